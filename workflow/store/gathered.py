"""What waits in the outbox to be said together with others."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Text, literal_column, select, update

from workflow.store.tables import OutboxRow, RequestRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

_outbox = OutboxRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Gathered(NamedTuple):
    """A row that waits to be said together with others, and the due date of its request."""

    id: int
    request_id: int
    reference: str
    due_on: date | None
    recipient: str
    rule: str
    text: str
    created_at: datetime
    urgent: bool | None


_waits_to_be_gathered = _outbox.c.state == literal_column("'gathering'", Text)
_any_gathering = select(_outbox.c.id).where(_waits_to_be_gathered).limit(1)
_gathering = (
    select(
        *(_outbox.c[name] for name in ("id", "request_id", "recipient", "rule", "text")),
        *(_outbox.c.created_at, _outbox.c.urgent),
        _requests.c.reference,
        _requests.c.due_on,
    )
    .join(_requests, _requests.c.id == _outbox.c.request_id)
    .where(_waits_to_be_gathered)
    .order_by(_outbox.c.recipient, _outbox.c.id)
    .with_for_update(of=_outbox)
)


def is_gathering(connection: Connection) -> bool:
    """Say whether any rows wait to be said together."""
    return connection.scalar(_any_gathering) is not None


def gathering(connection: Connection) -> list[Gathered]:
    """Give the rows that wait to be said together, by recipient, and hold them until the commit."""
    return [Gathered(**row) for row in connection.execute(_gathering).mappings()]


def release(connection: Connection, ids: Sequence[int]) -> None:
    """Let rows be sent by themselves."""
    _become(connection, ids, "waiting")


def mark_gathered(connection: Connection, ids: Sequence[int]) -> None:
    """Mark rows as said in a message of several: their keys are never said again."""
    _become(connection, ids, "gathered")


def _become(connection: Connection, ids: Sequence[int], state: str) -> None:
    connection.execute(update(_outbox).where(_outbox.c.id.in_(ids)).values(state=state))
