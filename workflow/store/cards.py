"""Where each request's card stands in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, bindparam, delete, exists, insert, select

from workflow.store.outbox import waiting_cards
from workflow.store.tables import CardRow, RequestRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection

_cards = CardRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it

_standing = select(_cards.c.recipient, exists().where(*waiting_cards)).where(
    _cards.c.request_id == bindparam("request")
)
_of_a_recipient = and_(
    _cards.c.request_id == bindparam("request"), _cards.c.recipient == bindparam("to")
)
_place = select(_cards.c.channel, _cards.c.ts).where(_of_a_recipient)
_forget = delete(_cards).where(_of_a_recipient)


class Place(NamedTuple):
    """A message: its channel and its time stamp, by which it is known."""

    channel: str
    ts: str


class Standing(NamedTuple):
    """For whom a request's card stands, and whether one may wait in the outbox to be drawn."""

    recipients: frozenset[str]
    may_wait: bool


def place_of(connection: Connection, request_id: int | None, recipient: str) -> Place | None:
    """Find where a request's card stands for a recipient, or None when it has not been posted."""
    row = connection.execute(_place, {"request": request_id, "to": recipient}).first()
    return Place(row.channel, row.ts) if row else None


def standing(connection: Connection, request_id: int) -> Standing:
    """Give the recipients for whom a request's card stands somewhere."""
    rows = connection.execute(_standing, {"request": request_id}).all()
    waits = rows[0][1] if rows else True  # where none stands yet, the first may be on its way
    return Standing(frozenset(row[0] for row in rows), waits)


def fallen_behind(connection: Connection, today: date, *, most: int) -> Sequence[str]:
    """Give the references of open requests whose card was last drawn before today."""
    behind = select(_cards.c.request_id).where(_cards.c.drawn_on < today).distinct().limit(most)
    statement = select(_requests.c.reference).where(_requests.c.id.in_(behind))
    return connection.scalars(statement).all()


def keep(
    connection: Connection,
    request_id: int,
    recipient: str,
    place: Place,
    *,
    drawn_on: date | None = None,
) -> None:
    """Remember where the card stands now, in place of where it stood.

    `drawn_on` is the day whose truth it shows; None for one that no day makes untrue.
    """
    forget(connection, request_id, recipient)
    connection.execute(
        insert(_cards),
        {
            "request_id": request_id,
            "recipient": recipient,
            "channel": place.channel,
            "ts": place.ts,
            "drawn_on": drawn_on,
        },
    )


def forget(connection: Connection, request_id: int, recipient: str) -> None:
    """Forget where a card stood: it can be changed no more."""
    connection.execute(_forget, {"request": request_id, "to": recipient})
