"""Where each request's card stands in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, insert, select

from workflow.store.tables import CardRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_cards = CardRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Place(NamedTuple):
    """A message: its channel and its time stamp, by which it is known."""

    channel: str
    ts: str


def place_of(connection: Connection, request_id: int | None, recipient: str) -> Place | None:
    """Find where a request's card stands for a recipient, or None when it has not been posted."""
    statement = select(_cards.c.channel, _cards.c.ts).where(
        _cards.c.request_id == request_id, _cards.c.recipient == recipient
    )
    row = connection.execute(statement).first()
    return Place(row.channel, row.ts) if row else None


def keep(connection: Connection, request_id: int, recipient: str, place: Place) -> None:
    """Remember where the card stands now, in place of where it stood."""
    connection.execute(
        delete(_cards).where(_cards.c.request_id == request_id, _cards.c.recipient == recipient)
    )
    connection.execute(
        insert(_cards),
        {
            "request_id": request_id,
            "recipient": recipient,
            "channel": place.channel,
            "ts": place.ts,
        },
    )
