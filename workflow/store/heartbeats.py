"""When each job last did its work, and since when it fails: kept where every process sees it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.store.tables import HeartbeatRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_beats = HeartbeatRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Heartbeat(NamedTuple):
    """A job: how often it should run, in seconds; when it last did; since when it fails, and why.

    Before it did its work for the first time, `succeeded_at` says when it was first tried.
    """

    job: str
    every: float
    succeeded_at: datetime
    failing_since: datetime | None
    trouble: str | None


def beat(connection: Connection, job: str, *, now: datetime, every: float) -> datetime | None:
    """Note that a job did its work. Gives when it had before, or None for the first time."""
    before = connection.scalar(select(_beats.c.succeeded_at).where(_beats.c.job == job))
    values = {"every": every, "succeeded_at": now, "failing_since": None, "trouble": None}
    _keep(connection, job, values, values)
    return before


def fail(connection: Connection, job: str, *, now: datetime, every: float, why: str) -> None:
    """Note that a job could not do its work. Since when it fails is when it first did."""
    changed = {
        "every": every,
        "failing_since": func.coalesce(_beats.c.failing_since, now),
        "trouble": why,
    }
    first = {"every": every, "succeeded_at": now, "failing_since": now, "trouble": why}
    _keep(connection, job, first, changed)


def _keep(
    connection: Connection, job: str, first: dict[str, object], changed: dict[str, object]
) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    adding = dialect.insert(_beats).values(job=job, **first)
    connection.execute(adding.on_conflict_do_update(index_elements=["job"], set_=changed))


def kept(connection: Connection) -> list[Heartbeat]:
    """List all jobs, by name."""
    rows = connection.execute(select(_beats).order_by(_beats.c.job)).mappings()
    return [Heartbeat(**row) for row in rows]


def of(connection: Connection, job: str) -> Heartbeat | None:
    """Find one job, or None when it never ran."""
    return next((one for one in kept(connection) if one.job == job), None)
