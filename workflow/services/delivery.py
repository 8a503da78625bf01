"""Delivery: what is in the outbox is said, once, in order, whatever crashes.

Lease (commit), send, settle (commit). A worker that dies in between leaves a lease that runs out;
the next worker looks for the message by its key before it says anything again.
"""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

import structlog

from workflow.casework.counting import UNREADABLE
from workflow.services import discretion, health, troubles
from workflow.services.letter_files import file_of
from workflow.services.lists import card_for
from workflow.services.messenger import (
    Message,
    Needless,
    PlaceGone,
    Undeliverable,
    Undelivered,
    Unknown,
)
from workflow.services.office import DESK
from workflow.services.settling import Outcome, give_up, let_go, not_sent
from workflow.store import cards, outbox, requests, unsent
from workflow.store.cards import Place
from workflow.store.unit_of_work import DATABASE_TROUBLE

if TYPE_CHECKING:
    from workflow.services.office import Office
    from workflow.store.outbox import Leased
    from workflow.store.unit_of_work import Connection

log = structlog.get_logger(__name__)

BATCH = 20
SHORTEST_WAIT = 0.2
# So many messages that reach nobody, one after another, and the others are left for later.
MOST_AWAY = 3
IN_A_THREAD = ("thread", "file")  # the kinds that hang on a card


class Delivered(NamedTuple):
    """What one delivery did."""

    sent: int
    put_off: int
    undeliverable: int


class _Overtaken(Exception):
    """Another worker has the row by now, and sends it."""


class _StillAtIt(Exception):
    """The worker whose lease ran out is at work: the clock jumped, and it may be posting now."""


# The runs of this process, by the names of their leases.
_under_way: set[str] = set()
# No post takes as long: a clock that jumps must not let two workers say the same.
AT_IT_FOR = 15.0


class Stop(Protocol):
    """Says when to leave off, as a `threading.Event` does."""

    def is_set(self) -> bool:
        """Say whether to leave off now."""

    def wait(self, timeout: float) -> bool:
        """Wait for so many seconds, or until it is time to leave off. Gives whether it is."""


NEVER: Stop = threading.Event()


def try_again(office: Office) -> int:
    """Let what was put off be tried at once: the way to people may have been mended.

    Gives how many rows it was. Nothing goes twice: what may have been sent is looked after first.
    """
    office = office.whole
    with office.store.writing() as connection:
        return unsent.hasten(connection, now=office.wall())


def deliver(
    office: Office, *, stop: Stop = NEVER, patience: float = 0.0, settled: bool = False
) -> Delivered:
    """Say everything in the outbox that can be said now. Gives how it went.

    Side effects: messages; the state of their rows; where cards stand. Reminders wait for working
    hours. Safe to run anywhere, any number of times at once. When `stop` is set the message in
    hand is finished and the leases of the others are given back. With `patience`, in seconds, it
    waits for channels that take only so much at once, and ends when the patience does.
    `settled` leaves a card alone that changed just now: more may change.
    """
    office = office.whole
    run = _Run(office, stop)
    _under_way.add(run.name)
    try:
        _run(run, office, stop, patience=patience, settled=settled)
    finally:
        _under_way.discard(run.name)
    return run.delivered()


def _run(run: _Run, office: Office, stop: Stop, *, patience: float, settled: bool) -> None:
    ends = office.wall() + timedelta(seconds=patience)
    while not stop.is_set():
        leased = _lease(office, run.name, settled=settled)
        if leased:
            if not run.send(leased):
                break
        elif run.finds_slack_back():
            continue
        elif not patience or not _is_any_held(office):
            break
        else:
            stop.wait(max(office.pace.seconds, SHORTEST_WAIT))
        if patience and office.wall() >= ends:
            break


class _Run:
    """One run of delivery, by the name under which it leases."""

    def __init__(self, office: Office, stop: Stop) -> None:
        self.name = uuid.uuid4().hex
        self._counts: Counter[Outcome] = Counter()
        self._office, self._stop = office, stop
        self._away = 0  # how many in a row found nobody there
        self._amiss: frozenset[str] | None = None  # about what there is trouble, as the run began
        self._unrestricted: int | None = None  # the row that comes next, where it was seen to be so

    def send(self, leased: list[Leased]) -> bool:
        """Send what was leased, but for what need not be tried now: that is given back.

        Gives False when Slack is away, and nothing more is to be tried in this run.
        """
        slow: set[str] = set()
        if self._amiss is None:
            self._amiss = troubles.lasting(self._office)
        if self._nobody_is_there():
            self._away = MOST_AWAY
        for row, coming in zip(leased, (*leased[1:], None), strict=True):
            if self._stop.is_set() or self._away >= MOST_AWAY or row.recipient in slow:
                _give_back(self._office, row)
            elif _is_ours(self._office, row):
                outcome = self._send(row, coming)
                if outcome is Outcome.SENT:
                    self._amiss = self._mended(row, self._amiss)
                self._counts[outcome] += 1
                self._away = self._away + 1 if outcome is Outcome.AWAY else 0
                if outcome is Outcome.SLOWED:
                    slow.add(row.recipient)
        if self._counts and not self._away:
            health.slack_answers(self._office)
        return self._away < MOST_AWAY

    def _send(self, row: Leased, coming: Leased | None) -> Outcome:
        """Send one row and settle it, with a look at the one that comes next. Gives how it went."""
        said = _said(self._office, row, is_unrestricted=row.id == self._unrestricted)
        self._unrestricted = None
        if isinstance(said, Outcome):
            return said
        self._unrestricted = _settle(self._office, row, said, coming)
        return Outcome.SENT

    def _mended(self, row: Leased, amiss: frozenset[str]) -> frozenset[str]:
        """Note what a message that arrived proves to be over. Gives what is still amiss.

        What waits for the same need not wait any longer: its next try could be minutes away.
        """
        proven = amiss & troubles.proven_by(row)
        if proven or row.trouble:
            with self._office.store.writing() as connection:
                troubles.over(self._office, connection, proven)
                why = None if "" in proven else row.trouble
                if "" in proven or why:
                    unsent.hasten(connection, now=self._office.wall(), why=why)
        return amiss - proven

    def _nobody_is_there(self) -> bool:
        """Ask before the first message of an outage, so that the message is not put in doubt."""
        if self._counts or health.slack_is_away_since(self._office) is None:
            return False
        return refusal(self._office) is not None

    def finds_slack_back(self) -> bool:
        """Ask whether an outage is over when nothing is to be tried yet; then all of it is."""
        if self._counts or health.slack_is_away_since(self._office) is None:
            return False
        if refusal(self._office) is not None:
            return False
        health.slack_answers(self._office)
        with self._office.store.writing() as connection:
            troubles.over(self._office, connection, [""])
        return try_again(self._office) > 0

    def delivered(self) -> Delivered:
        """Count what was done."""
        later = (Outcome.AWAY, Outcome.PUT_OFF, Outcome.SLOWED, Outcome.INSTEAD)
        return Delivered(
            self._counts[Outcome.SENT],
            sum(self._counts[one] for one in later),
            self._counts[Outcome.UNDELIVERABLE],
        )


def refusal(office: Office) -> Undelivered | Undeliverable | Unknown | None:
    """Ask whether anybody is there, and keep why not. Side effects: a heartbeat and a trouble."""
    error = office.messenger.refusal()
    if error is not None:
        health.failed(office, health.SLACK, every=0, why=error.why)
        troubles.still(office, error)
    return error


def _give_back(office: Office, row: Leased) -> None:
    with office.store.writing() as connection:
        outbox.give_back(connection, row, now=office.wall())


def _is_any_held(office: Office) -> bool:
    in_hours = office.is_at_work
    with office.store.reading() as connection:
        open_to = office.wall() + office.pace.slack
        return outbox.is_any_held(connection, open_to=open_to, in_hours=in_hours)


def _lease(office: Office, name: str, *, settled: bool) -> list[Leased]:
    in_hours = office.is_at_work
    with office.store.writing() as connection:
        return outbox.lease(
            connection,
            name=name,
            now=office.wall(),
            most=BATCH,
            in_hours=in_hours,
            pace=office.pace,
            settled=settled,
        )


def _is_ours(office: Office, row: Leased) -> bool:
    """Say whether the lease still holds: one half spent on the rows before is renewed first."""
    if office.wall() < row.until - outbox.LEASE / 2:
        return True
    with office.store.writing() as connection:
        return outbox.renew(connection, row, now=office.wall())


def _said(office: Office, row: Leased, *, is_unrestricted: bool) -> Place | Outcome:
    """Send one row. Gives where it stands, to be settled, or how else it went."""
    try:
        return _say(office, row, is_unrestricted=is_unrestricted)
    except (Undelivered, Undeliverable, Unknown) as error:
        troubles.note(office, row, error)
        return not_sent(office, row, error)
    except UNREADABLE as error:
        return give_up(office, row, str(error))
    except (Needless, _Overtaken) as error:
        return let_go(office, row) if isinstance(error, Needless) else Outcome.PUT_OFF
    except _StillAtIt:
        until = office.wall() + timedelta(seconds=AT_IT_FOR)
        with office.store.writing() as connection:
            outbox.leave_unknown(connection, row, until=until, why="another worker is at it")
        return Outcome.PUT_OFF
    except DATABASE_TROUBLE:
        raise
    except Exception as error:  # an edge: one row that breaks the program must not silence others
        log.exception("a row that cannot be sent", key=row.key)
        return give_up(office, row, f"a fault of FOI Desk itself: {type(error).__name__}, {error}")


def _settle(office: Office, row: Leased, place: Place, coming: Leased | None) -> int | None:
    """Settle a row that was said. Gives the one that comes next if it is seen to be unrestricted.

    It is looked at here, for it is said at once: a look of its own would take as long as settling.
    """
    with office.store.writing() as connection:
        settled = outbox.settle(
            connection, row, at=office.now(), channel=place.channel, ts=place.ts
        )
        if settled and row.kind == "card":
            _keep(office, connection, row, place)
        if coming is None or coming.kind == "card" or coming.request_id is None:
            return None
        return None if requests.is_restricted(connection, coming.request_id) else coming.id


def _say(office: Office, row: Leased, *, is_unrestricted: bool) -> Place:
    if row.kind == "card":
        return _draw(office, row)[0]
    thread = _card_place(office, row) if row.kind in IN_A_THREAD else None
    if row.again:
        found = _find(office, row, row.key, thread)
        if found is not None:
            return found
    if row.kind == "file" and thread is not None:
        return office.messenger.file(file_of(office, row, thread))
    text = row.text if is_unrestricted else discreet(office, row)
    urgent = bool(row.urgent) and text == row.text  # nothing calls anybody to what is veiled
    message = Message(row.key, row.recipient, text, row.reference, thread, row.offers, urgent)
    return office.messenger.say(message)


def _find(office: Office, row: Leased, key: str, thread: Place | None = None) -> Place | None:
    """Look for what an earlier try may have posted. Looking can outlast a lease.

    Raises _Overtaken where another worker has the row by now, who may have posted it meanwhile, and
    _StillAtIt where the one before was not cut off at all.
    """
    found = office.messenger.find(row.recipient, key, since=row.since, thread=thread)
    if found is None and row.lapsed != row.lease and row.lapsed in _under_way:
        raise _StillAtIt
    if found is None and not _is_ours(office, row):
        raise _Overtaken
    return found


def discreet(office: Office, row: Leased) -> str:
    """Give the words of a row as its recipient may hear them."""
    if row.request_id is None:
        return row.text
    with office.store.reading() as connection:
        if not requests.is_restricted(connection, row.request_id):
            return row.text
        request = requests.get(connection, row.reference).request
    return discretion.words(request, row.recipient, row.text)


def _draw(office: Office, row: Leased) -> tuple[Place, int]:
    """Draw a card as the request stands. Gives where it stands, and the version that it shows."""
    with office.store.reading() as connection:
        request = requests.get(connection, row.reference).request
        place = cards.place_of(connection, row.request_id, row.recipient)
    picture = card_for(office, request, row.recipient)
    # Only the first drawing can stand twice; drawing over the same place again does no harm.
    key = _first_key(row)
    if place is None and row.again:
        place = _find(office, row, key)
    try:
        drawn = office.messenger.draw(picture, recipient=row.recipient, key=key, at=place)
    except PlaceGone:
        drawn = office.messenger.draw(picture, recipient=row.recipient, key=key, at=None)
    return drawn, request.version


def _first_key(row: Leased) -> str:
    """Give the key by which a card is found in Slack: the desk's has the shortest."""
    return f"card|{row.reference}" + ("" if row.recipient == DESK else f"|{row.recipient}")


def _keep(office: Office, connection: Connection, row: Leased, place: Place) -> None:
    """Remember where a card stands, and whose day's truth it shows while the request is open."""
    if row.request_id is None:  # only a request has a card
        return
    is_open = requests.get(connection, row.reference).request.is_open
    drawn_on = office.today() if is_open else None
    cards.keep(connection, row.request_id, row.recipient, place, drawn_on=drawn_on)


def _card_place(office: Office, row: Leased) -> Place:
    """Find the card that a thread hangs on, drawing it first if it is not there yet."""
    with office.store.reading() as connection:
        place = cards.place_of(connection, row.request_id, row.recipient)
    if place is not None:
        return place
    place, version = _draw(office, row._replace(again=True))
    with office.store.writing() as connection:
        _keep(office, connection, row, place)
        drawn_last = requests.get(connection, row.reference).request.version == version
        if row.request_id is not None and drawn_last:
            outbox.spare_cards(connection, row.request_id, row.recipient)
    return place
