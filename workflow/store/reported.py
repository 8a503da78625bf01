"""What figures are made of: requests by their date of receipt, each with its whole history."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, select

from workflow.casework.stages import Stage
from workflow.store.mapping import event_from, request_from
from workflow.store.tables import ApplicantRow, EventRow, RequestRow

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from workflow.casework.events import Event
    from workflow.casework.request import InformationRequest

_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_events = EventRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it

_applicants = ApplicantRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it

_received = _requests.c.received_on.between(bindparam("first"), bindparam("last"))
_pictures = select(_requests).where(_received).order_by(_requests.c.received_on, _requests.c.id)
_histories = (
    select(_events)
    .join(_requests, _requests.c.id == _events.c.request_id)
    .where(_received)
    .order_by(_events.c.id)
)


class Reported(NamedTuple):
    """A request as it stands, and what happened to it, the first first."""

    request: InformationRequest
    happened: tuple[Event, ...]


def received_between(connection: Connection, first: date, last: date) -> list[Reported]:
    """Give every request received in a period, both days included, with its history."""
    period = {"first": first, "last": last}
    happened: dict[int, list[Event]] = defaultdict(list)
    for row in connection.execute(_histories, period).mappings():
        happened[row["request_id"]].append(event_from(row))
    return [
        Reported(request_from(row), tuple(happened[row["id"]]))
        for row in connection.execute(_pictures, period).mappings()
    ]


def due_by(connection: Connection, on: date) -> list[tuple[InformationRequest, date]]:
    """Give the open requests that are due on a day or were due before it, each with that date."""
    statement = (
        select(_requests)
        .where(_requests.c.due_on <= on, _requests.c.stage != Stage.CLOSED.value)
        .order_by(_requests.c.due_on, _requests.c.id)
    )
    rows = connection.execute(statement).mappings()
    return [(request_from(row), row["due_on"]) for row in rows]


def applicant_names(connection: Connection) -> dict[str, str]:
    """Give the names of all applicants by reference: only so that they can be left out."""
    statement = select(_requests.c.reference, _applicants.c.name).join(
        _applicants, _applicants.c.request_id == _requests.c.id
    )
    return {row.reference: row.name for row in connection.execute(statement)}
