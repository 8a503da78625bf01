"""Links at which a desk officer may read who asked: each opened once, and soon, or never."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, insert, select, update

from workflow.store.tables import RevealRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_reveals = RevealRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Reveal(NamedTuple):
    """Of which request, to whom, why, and until when."""

    reference: str
    by: str
    why: str
    ends_at: datetime


def add(connection: Connection, reveal: Reveal, *, digest: str) -> None:
    """Keep a link by the digest of its secret; those that have ended are forgotten."""
    connection.execute(insert(_reveals), reveal._asdict() | {"digest": digest})


def forget_ended(connection: Connection, now: datetime) -> None:
    """Forget the links that have ended: who looked stands in `looks`."""
    connection.execute(delete(_reveals).where(_reveals.c.ends_at < now))


def find(connection: Connection, digest: str, *, now: datetime) -> Reveal | None:
    """Find a link that can still be opened, or None."""
    statement = select(_reveals).where(
        _reveals.c.digest == digest, _reveals.c.ends_at >= now, _reveals.c.opened_at.is_(None)
    )
    row = connection.execute(statement).mappings().first()
    return Reveal(row["reference"], row["by"], row["why"], row["ends_at"]) if row else None


def use(connection: Connection, digest: str, *, now: datetime) -> bool:
    """Use a link up. Gives whether it was this call that did."""
    statement = (
        update(_reveals)
        .where(_reveals.c.digest == digest, _reveals.c.opened_at.is_(None))
        .values(opened_at=now)
    )
    return connection.execute(statement).rowcount == 1
