"""Delivery: what is in the outbox is said, once, in order, whatever crashes.

Lease (commit), send, settle (commit). A worker that dies in between leaves a lease that runs out;
the next worker looks for the message by its key before it says anything again.
"""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from workflow.casework.counting import UNREADABLE
from workflow.services.lists import card
from workflow.services.messenger import Message, PlaceGone, Undeliverable, Undelivered, Unknown
from workflow.store import cards, outbox, requests
from workflow.store.cards import Place

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.services.office import Office
    from workflow.store.outbox import Leased
    from workflow.store.unit_of_work import Connection

BATCH = 20
# An unknown sending is looked after once Slack's own time-outs are over.
UNKNOWN_WAITS = 5.0
# However long Slack is away nothing is lost: each try waits twice as long, up to five minutes.
LONGEST_WAIT = 300.0


class Delivered(NamedTuple):
    """What one delivery did."""

    sent: int
    put_off: int
    undeliverable: int


class Stop(Protocol):
    """Says when to leave off, as a `threading.Event` does."""

    def is_set(self) -> bool:
        """Say whether to leave off now."""

    def wait(self, timeout: float) -> bool:
        """Wait for so many seconds, or until it is time to leave off. Gives whether it is."""


NEVER: Stop = threading.Event()


def deliver(office: Office, *, stop: Stop = NEVER) -> Delivered:
    """Say everything in the outbox that can be said now. Gives how it went.

    Side effects: messages; the state of their rows; where cards stand. Reminders wait for working
    hours. Safe to run anywhere, any number of times at once. When `stop` is set the message in
    hand is finished and the leases of the others are given back.
    """
    counts = [0, 0, 0]
    name = uuid.uuid4().hex
    while not stop.is_set() and (leased := _lease(office, name)):
        for number, row in enumerate(leased):
            if stop.is_set():
                _give_back(office, leased[number:])
                break
            if _is_ours(office, row):
                counts[_send(office, row)] += 1
    return Delivered(*counts)


def _give_back(office: Office, rows: list[Leased]) -> None:
    with office.store.writing() as connection:
        for row in rows:
            outbox.give_back(connection, row, now=office.wall())


def _lease(office: Office, name: str) -> list[Leased]:
    in_hours = office.ladder.hours.include(office.now(), office.days)
    with office.store.writing() as connection:
        return outbox.lease(connection, name=name, now=office.wall(), most=BATCH, in_hours=in_hours)


def _is_ours(office: Office, row: Leased) -> bool:
    """Say whether the lease still holds: one half spent on the rows before is renewed first."""
    if office.wall() < row.until - outbox.LEASE / 2:
        return True
    with office.store.writing() as connection:
        return outbox.renew(connection, row, now=office.wall())


def _send(office: Office, row: Leased) -> int:
    """Send one row and settle it. Gives which of the counts of Delivered it adds to."""
    try:
        place = _say(office, row)
    except Undelivered as error:
        return _put_off(office, row, error)
    except Undeliverable as error:
        return _give_up(office, row, error.why)
    except UNREADABLE as error:
        return _give_up(office, row, str(error))
    except Unknown as error:
        until = _later(office, row, UNKNOWN_WAITS)
        with office.store.writing() as connection:
            outbox.leave_unknown(connection, row, until=until, why=error.why)
        return 1
    with office.store.writing() as connection:
        settled = outbox.settle(
            connection, row, at=office.now(), channel=place.channel, ts=place.ts
        )
        if settled and row.kind == "card":
            _keep_place(connection, row, place)
    return 0


def _say(office: Office, row: Leased) -> Place:
    if row.kind == "card":
        return _draw(office, row)
    thread = _card_place(office, row) if row.kind == "thread" else None
    if row.again:
        found = office.messenger.find(row.recipient, row.key, since=row.since, thread=thread)
        if found is not None:
            return found
    message = Message(row.key, row.recipient, row.text, row.reference, thread, row.offers)
    return office.messenger.say(message)


def _draw(office: Office, row: Leased) -> Place:
    with office.store.reading() as connection:
        request = requests.get(connection, row.reference).request
        place = cards.place_of(connection, row.request_id, row.recipient)
    picture = card(office, request)
    # Only the first drawing can stand twice; drawing over the same place again does no harm.
    if place is None and row.again:
        place = office.messenger.find(row.recipient, _first_key(row.reference), since=row.since)
    key = _first_key(row.reference)
    try:
        return office.messenger.draw(picture, recipient=row.recipient, key=key, at=place)
    except PlaceGone:
        return office.messenger.draw(picture, recipient=row.recipient, key=key, at=None)


def _first_key(reference: str) -> str:
    return f"card|{reference}"


def _card_place(office: Office, row: Leased) -> Place:
    """Find the card that a thread hangs on, drawing it first if it is not there yet."""
    with office.store.reading() as connection:
        place = cards.place_of(connection, row.request_id, row.recipient)
    if place is not None:
        return place
    place = _draw(office, row._replace(again=True))
    with office.store.writing() as connection:
        _keep_place(connection, row, place)
    return place


def _keep_place(connection: Connection, row: Leased, place: Place) -> None:
    if row.request_id is not None:  # only a request has a card
        cards.keep(connection, row.request_id, row.recipient, place)


def _put_off(office: Office, row: Leased, error: Undelivered) -> int:
    until = _later(office, row, error.retry_after)
    with office.store.writing() as connection:
        outbox.put_off(connection, row, until=until, why=error.why)
    return 1


def _later(office: Office, row: Leased, least: float) -> datetime:
    doubled = min(2.0 ** min(row.attempts, 10), LONGEST_WAIT)
    return office.wall() + timedelta(seconds=max(least, doubled))


def _give_up(office: Office, row: Leased, why: str) -> int:
    with office.store.writing() as connection:
        outbox.give_up(connection, row, at=office.now(), why=why)
        if row.recipient != "desk:":
            about = row.reference or "Several requests"
            news = f"{about}: a notice to {row.recipient} could not be delivered: {why}."
            told = outbox.Outgoing(f"undeliverable|{row.key}", "notice", "desk:", news)
            outbox.put(connection, row.request_id, [told], at=office.now())
    return 2
