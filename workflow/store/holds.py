"""Legal holds: what is held is not disposed of. Placing and lifting one are both kept for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, insert, select

from workflow.store.tables import HoldRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_holds = HoldRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Hold(NamedTuple):
    """A hold placed (or lifted, when `placed` is false): by whom, when and why."""

    placed: bool
    by: str
    at: datetime
    reason: str


def keep(connection: Connection, request_id: int, hold: Hold) -> None:
    """Write down that a hold was placed or lifted."""
    connection.execute(insert(_holds), hold._asdict() | {"request_id": request_id})


def of(connection: Connection, request_id: int) -> list[Hold]:
    """Give what was placed and lifted on a request, the first first."""
    statement = select(_holds).where(_holds.c.request_id == request_id).order_by(_holds.c.id)
    rows = connection.execute(statement).mappings()
    return [Hold(row["placed"], row["by"], row["at"], row["reason"]) for row in rows]


def current(connection: Connection, request_id: int) -> Hold | None:
    """Give the hold that stands on a request now, or None."""
    last = next(reversed(of(connection, request_id)), None)
    return last if last is not None and last.placed else None


def held(connection: Connection) -> dict[int, Hold]:
    """Give every hold that stands now, by the id of its request's row."""
    latest = select(func.max(_holds.c.id)).group_by(_holds.c.request_id)
    statement = select(_holds).where(_holds.c.id.in_(latest), _holds.c.placed)
    return {
        row["request_id"]: Hold(row["placed"], row["by"], row["at"], row["reason"])
        for row in connection.execute(statement).mappings()
    }
