"""The last act on a request with the picture before it: kept beside the request, to undo it by."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, select

from workflow.casework.decide.undo import LastAct
from workflow.casework.events import Event
from workflow.casework.stages import Act
from workflow.store.mapping import columns_of, request_from
from workflow.store.tables import RequestRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_DAYS = {column.name for column in _requests.c if isinstance(column.type, Date)}


def written(last: LastAct | None) -> dict[str, Any] | None:
    """Give the value of the column: plain values only."""
    if last is None:
        return None
    event = last.event
    before = columns_of(last.before)
    return {
        "act": event.act.value,
        "by": event.by,
        "on": event.on.isoformat(),
        "particulars": dict(event.particulars),
        "at": last.at.isoformat(),
        "told": [list(one) for one in last.told],
        "before": {k: v.isoformat() if isinstance(v, date) else v for k, v in before.items()},
    }


def of(connection: Connection, row_id: int) -> LastAct | None:
    """Give the last act on a request, or None where nothing can be undone."""
    kept = connection.scalar(select(_requests.c.last_act).where(_requests.c.id == row_id))
    if kept is None:
        return None
    event = Event(Act(kept["act"]), kept["by"], date.fromisoformat(kept["on"]), kept["particulars"])
    told = tuple((kind, name) for kind, name in kept["told"])
    before = {
        name: date.fromisoformat(value) if name in _DAYS and value else value
        for name, value in kept["before"].items()
    }
    return LastAct(event, datetime.fromisoformat(kept["at"]), told, request_from(before))
