"""What was amiss with the way to people: each kind, and whom or what it was about, as last seen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.store.tables import TroubleRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

_troubles = TroubleRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Seen(NamedTuple):
    """A trouble since it began: how often it was seen, the last time, in whose words; its end."""

    kind: str
    about: str
    first_at: datetime
    last_at: datetime
    times: int
    why: str
    over_at: datetime | None


def note(connection: Connection, kind: str, about: str, *, at: datetime, why: str) -> datetime:
    """Note that something is amiss. Gives since when: one that was over begins anew."""
    known = {"kind": kind, "about": about}
    same = (_troubles.c.kind == kind) & (_troubles.c.about == about)
    anew = {"first_at": at, "times": 0, "over_at": None}
    connection.execute(
        update(_troubles).where(same, _troubles.c.over_at.is_not(None)).values(**anew)
    )
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    first = {"first_at": at, "last_at": at, "times": 1, "why": why}
    adding = dialect.insert(_troubles).values(**known, **first)
    again = {"last_at": at, "times": _troubles.c.times + 1, "why": why}
    written = adding.on_conflict_do_update(index_elements=["kind", "about"], set_=again)
    since: datetime = connection.execute(written.returning(_troubles.c.first_at)).scalar_one()
    return since


def lasting(connection: Connection) -> list[Seen]:
    """List what is not known to be over."""
    return [one for one in seen(connection) if one.over_at is None]


def seen(connection: Connection) -> list[Seen]:
    """List what was seen, each kind once for whatever it was about."""
    rows = connection.execute(select(_troubles).order_by(_troubles.c.kind, _troubles.c.about))
    return [Seen(**row) for row in rows.mappings()]


def over(
    connection: Connection, kinds: Collection[str], about: Collection[str], *, at: datetime
) -> None:
    """Note that these kinds are over for those whom they were about."""
    connection.execute(
        update(_troubles)
        .where(
            _troubles.c.kind.in_(kinds),
            _troubles.c.about.in_(about),
            _troubles.c.over_at.is_(None),
        )
        .values(over_at=at)
    )
