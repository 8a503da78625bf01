"""What becomes of a row that was not sent: it waits, is said to another, or is set aside."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from workflow.services import health, troubles
from workflow.services.messenger import SlowDown, Trouble, Undelivered, Unknown
from workflow.services.office import DESK
from workflow.store import cards, outbox, paces

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.services.messenger import Undeliverable
    from workflow.services.office import Office
    from workflow.store.outbox import Leased
    from workflow.store.unit_of_work import Connection

# An unknown sending is looked after once Slack's own time-outs are over.
UNKNOWN_WAITS = 5.0
# However long Slack is away nothing is lost: each try waits twice as long, up to five minutes.
LONGEST_WAIT = 300.0
# A permission is given by somebody who then looks whether it helped.
LONGEST_FOR_PERMISSION = 60.0
# About three quarters of an hour of one and the same answer that says nothing.
MOST_ANSWERS = 15


class Outcome(Enum):
    """How it went with one row."""

    SENT = "it was said"
    AWAY = "Slack is away: it is tried again later"
    PUT_OFF = "Slack answered what nobody understands: it is tried again later"
    SLOWED = "it is tried again when the recipient takes messages again"
    UNDELIVERABLE = "it was set aside"
    INSTEAD = "whoever stands in for the recipient is told"
    NEEDLESS = "there is nothing to be said any more"


def not_sent(office: Office, row: Leased, error: Undelivered | Undeliverable | Unknown) -> Outcome:
    """Settle a row that was not sent, or of which nobody knows."""
    if isinstance(error, SlowDown):
        return _slow_down(office, row, error)
    if isinstance(error, Undelivered):
        if error.trouble is Trouble.SCOPE:
            return _wait_for_permission(office, row, error)
        return _put_off(office, row, error)
    if isinstance(error, Unknown):
        return _leave_unknown(office, row, error)
    if said := troubles.instead(office, row, error.trouble):
        return _say_instead(office, row, error, said)
    return give_up(office, row, error.why, trouble=error.trouble)


def _slow_down(office: Office, row: Leased, error: Undelivered) -> Outcome:
    """Wait as long as Slack says, with everything else for this recipient, and nobody else's."""
    now = office.wall()
    until = now + timedelta(seconds=error.retry_after)
    with office.store.writing() as connection:
        outbox.put_off(connection, row, until=until, why=error.why)
        paces.close(connection, row.recipient, until=until, now=now, pace=office.pace)
    return Outcome.SLOWED


def let_go(office: Office, row: Leased) -> Outcome:
    """Let a row be whose request has moved on: there is nothing to be said any more."""
    with office.store.writing() as connection:
        why = "the request has moved on"
        outbox.give_up(connection, row, at=office.now(), why=why, state="superseded")
    return Outcome.NEEDLESS


def _put_off(office: Office, row: Leased, error: Undelivered) -> Outcome:
    until = _later(office, row, error.retry_after)
    with office.store.writing() as connection:
        outbox.put_off(connection, row, until=until, why=error.why)
    health.failed(office, health.SLACK, every=0, why=error.why)
    return Outcome.AWAY


def _wait_for_permission(office: Office, row: Leased, error: Undelivered) -> Outcome:
    """Wait until the permission is given; a file holds nothing else back, and is set aside."""
    if row.kind == "file":
        return give_up(office, row, error.why)
    with office.store.writing() as connection:
        until = _later(office, row, 0.0, most=LONGEST_FOR_PERMISSION)
        outbox.put_off(connection, row, until=until, why=error.why)
    return Outcome.PUT_OFF


def _say_instead(
    office: Office, row: Leased, error: Undeliverable, said: outbox.Outgoing
) -> Outcome:
    """Say a notice to whoever stands in for its recipient: it counts as told, and not as lost."""
    why = f"{error.why}; told instead: {said.recipient}"
    with office.store.writing() as connection:
        if outbox.give_up(connection, row, at=office.now(), why=why, state="superseded"):
            outbox.put(connection, row.request_id, [said], at=office.now())
    return Outcome.INSTEAD


def _leave_unknown(office: Office, row: Leased, error: Unknown) -> Outcome:
    """Look after it later; what Slack answers again and again without a meaning is set aside."""
    if error.answered and row.attempts >= MOST_ANSWERS:
        return give_up(office, row, f"{error.why}, {row.attempts} times")
    until = _later(office, row, UNKNOWN_WAITS)
    with office.store.writing() as connection:
        outbox.leave_unknown(connection, row, until=until, why=error.why)
    if error.answered:
        return Outcome.PUT_OFF
    health.failed(office, health.SLACK, every=0, why=error.why)
    return Outcome.AWAY


def _later(office: Office, row: Leased, least: float, *, most: float = LONGEST_WAIT) -> datetime:
    doubled = min(2.0 ** min(row.attempts, 10), most)
    return office.wall() + timedelta(seconds=max(least, doubled))


def give_up(office: Office, row: Leased, why: str, *, trouble: Trouble | None = None) -> Outcome:
    """Set a row aside with the reason, and tell the desk.

    A card that another channel has too needs no telling, and stands where it stood for when its
    channel is back.
    """
    is_elsewhere = row.kind == "card" and row.recipient != DESK and trouble is not None
    state = "superseded" if is_elsewhere else "undeliverable"
    with office.store.writing() as connection:
        outbox.give_up(connection, row, at=office.now(), why=why, state=state)
        if row.kind == "card":
            if trouble is None:
                _forget_card(connection, row)
        elif row.recipient != DESK:
            about = row.reference or "Several requests"
            news = f"{about}: a notice to {row.recipient} could not be delivered: {why}."
            told = outbox.Outgoing(f"undeliverable|{row.key}", "notice", "desk:", news)
            outbox.put(connection, row.request_id, [told], at=office.now())
    return Outcome.UNDELIVERABLE


def _forget_card(connection: Connection, row: Leased) -> None:
    if row.request_id is not None:
        cards.forget(connection, row.request_id, row.recipient)
