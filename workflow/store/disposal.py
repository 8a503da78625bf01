"""Erasing what a request's people wrote once nobody may need it: the facts stay, the words go.

The history stays append-only. The database lets the words of an event be erased only where a
disposal of its request stands recorded, and never its act, its day, its moment or who did it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, bindparam, delete, exists, insert, or_, select, update

from workflow.casework.stages import Stage
from workflow.store import drafts
from workflow.store.requests import Stored
from workflow.store.tables import ApplicantRow, DisposalRow, EventRow, OutboxRow, RequestRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_applicants = ApplicantRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_events = EventRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_outbox = OutboxRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_disposals = DisposalRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it

_erase_event = (
    update(_events)
    .where(_events.c.id == bindparam("event_id"))
    .values(particulars=bindparam("words"))
)


class Disposal(NamedTuple):
    """That a request was disposed of: by whom, when, and under which rule."""

    by: str
    at: datetime
    why: str


def of(connection: Connection, request_id: int) -> Disposal | None:
    """Give the disposal of a request, or None while its words are kept."""
    statement = select(_disposals).where(_disposals.c.request_id == request_id)
    row = connection.execute(statement).mappings().first()
    return Disposal(row["by"], row["at"], row["why"]) if row else None


def closed_references(connection: Connection) -> Sequence[str]:
    """Give the references of closed requests whose words are still kept, the oldest first."""
    disposed = exists().where(_disposals.c.request_id == _requests.c.id)
    statement = (
        select(_requests.c.reference)
        .where(_requests.c.stage == Stage.CLOSED.value, ~disposed)
        .order_by(_requests.c.since, _requests.c.id)
    )
    return connection.scalars(statement).all()


def erase(
    connection: Connection,
    stored: Stored,
    disposal: Disposal,
    *,
    words_of: Callable[[Mapping[str, str]], dict[str, str]],
    instead: str,
) -> None:
    """Record a disposal, then erase words: the applicant, the events' words, what was said.

    `words_of` gives an event's particulars as they stay; `instead` stands where a message was.
    What was not sent yet is not sent any more. The request's own row is saved by the caller.
    """
    if connection.dialect.name == "sqlite":  # else what is erased stays legible in the file
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    about = stored.row_id
    connection.execute(insert(_disposals), disposal._asdict() | {"request_id": about})
    connection.execute(delete(_applicants).where(_applicants.c.request_id == about))
    drafts.forget_of_request(connection, stored.request.reference)
    erased = [
        {"event_id": event_id, "words": words_of(particulars)}
        for event_id, particulars in _particulars(connection, about)
    ]
    if erased:
        connection.execute(_erase_event, erased)
    unsent = _outbox.c.state.in_(("waiting", "sending"))
    theirs = _outbox.c.request_id == about
    connection.execute(update(_outbox).where(theirs, unsent).values(state="superseded"))
    # A digest, or a message after downtime, speaks of several requests and belongs to none.
    names_it = _outbox.c.text.contains(stored.request.reference, autoescape=True)
    said = update(_outbox).where(
        or_(theirs, and_(_outbox.c.request_id.is_(None), names_it)), _outbox.c.text != ""
    )
    connection.execute(said.values(text=instead))
    connection.execute(update(_outbox).where(theirs).values(trouble=None))


def forget_free_pages(connection: Connection) -> None:
    """Empty SQLite's log of recent writes, in which what was erased could still be read."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _particulars(
    connection: Connection, request_id: int
) -> Iterator[tuple[int, Mapping[str, str]]]:
    statement = select(_events.c.id, _events.c.particulars).where(
        _events.c.request_id == request_id
    )
    for row in connection.execute(statement).all():
        yield row.id, row.particulars
