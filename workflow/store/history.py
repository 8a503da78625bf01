"""The append-only history: what happened to each request, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select

from workflow.store.mapping import event_from
from workflow.store.tables import EventRow, RequestRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from workflow.casework.events import Event

_events = EventRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_append = insert(_events).inline()


class Recorded(NamedTuple):
    """An event and the moment at which it was written down."""

    event: Event
    at: datetime


def append(
    connection: Connection, row_id: int, event: Event, *, version: int, at: datetime
) -> None:
    """Write down what happened. It can never be changed: the database refuses."""
    values = {
        "request_id": row_id,
        "version": version,
        "act": event.act.value,
        "by": event.by,
        "on": event.on,
        "at": at,
        "particulars": dict(event.particulars),
    }
    connection.execute(_append, values)


def of_version(connection: Connection, row_id: int, version: int) -> Event:
    """Give the event that made a version of a request."""
    statement = select(_events).where(_events.c.request_id == row_id, _events.c.version == version)
    return event_from(connection.execute(statement.limit(1)).mappings().one())


def latest(connection: Connection, row_id: int) -> Event:
    """Give the newest event of a request: there always is one, its logging at least."""
    statement = select(_events).where(_events.c.request_id == row_id).order_by(_events.c.id.desc())
    return event_from(connection.execute(statement.limit(1)).mappings().one())


def latest_reference_of(connection: Connection, handle: str) -> str | None:
    """Give the reference of the request on which somebody acted last, or None."""
    statement = (
        select(_requests.c.reference)
        .join(_events, _events.c.request_id == _requests.c.id)
        .where(_events.c.by == handle)
        .order_by(_events.c.id.desc())
        .limit(1)
    )
    found: str | None = connection.scalar(statement)
    return found


def since(connection: Connection, row_id: int, version: int) -> list[Recorded]:
    """Give what happened to a request after it had a version, the first first."""
    later = (_events.c.request_id == row_id, _events.c.version > version)
    rows = connection.execute(select(_events).where(*later).order_by(_events.c.id)).mappings()
    return [Recorded(event_from(row), row["at"]) for row in rows]


def of(connection: Connection, row_id: int) -> list[Recorded]:
    """Give everything that happened to a request, the first first."""
    statement = select(_events).where(_events.c.request_id == row_id).order_by(_events.c.id)
    rows = connection.execute(statement).mappings()
    return [Recorded(event_from(row), row["at"]) for row in rows]
