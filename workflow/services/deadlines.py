"""The sweep: what has fallen due to be said is put in the outbox. Its cost follows what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework import reminders
from workflow.casework.counting import UNREADABLE
from workflow.casework.decide.escalation import escalate_by_clock
from workflow.casework.ladder import UK, Audience
from workflow.services.acts import write
from workflow.services.gathering import gather
from workflow.services.office import timing
from workflow.store import gathered, outbox, requests
from workflow.store.alone import SWEEPING, alone
from workflow.store.outbox import Outgoing
from workflow.store.requests import Timing

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.casework.reminders import Occurrence, Reminder
    from workflow.law.regime import Regime
    from workflow.services.office import Office
    from workflow.store.requests import Stored, Waiting
    from workflow.store.unit_of_work import Connection

# How many requests one sweep looks at. The rest are looked at by the next.
MOST = 500


class Swept(NamedTuple):
    """What one sweep did: requests looked at, messages put in the outbox."""

    requests: int
    messages: int


def sweep(office: Office, *, most: int = MOST) -> Swept:
    """Put in the outbox whatever has fallen due by the office's time.

    Side effects, one transaction per request: reminders under their unique keys, an escalation in
    the history where a rule escalates, and the moment at which the request is next looked at.
    After downtime the reminders of all requests are gathered, so that each person hears one
    message: see `gathering`. Outside working hours nothing is said, so nothing is done. Safe to run
    anywhere, any number of times at once: keys are unique and versions are checked. While one
    process sweeps the others leave it to that one and sweep nothing.
    """
    office = office.whole
    now, speaking = office.now(), office.speaking
    if not speaking or not _is_any_work(office, now, speaking):
        return Swept(0, 0)
    with alone(office.store, SWEEPING) as is_ours:
        return _sweep(office, now, speaking, most) if is_ours else Swept(0, 0)


def _is_any_work(office: Office, now: datetime, speaking: tuple[Regime, ...]) -> bool:
    with office.store.reading() as connection:
        found = requests.longest_due(connection, now, under=speaking)
        return found is not None or gathered.is_gathering(connection)


def _sweep(office: Office, now: datetime, speaking: tuple[Regime, ...], most: int) -> Swept:
    with office.store.reading() as connection:
        found = requests.due_moments(connection, now, under=speaking, most=most)
        gathering = gathered.is_gathering(connection)
    together = gathering or any(_is_late(office, one) for one in found[:1])
    state = "gathering" if together else "waiting"
    messages = sum(_remind_or_set_aside(office, one.reference, now, state) for one in found)
    if together:
        gather(office)
    return Swept(len(found), messages)


def _is_late(office: Office, one: Waiting) -> bool:
    """Say whether nothing ran on an earlier day on which this was to be said.

    Days off between are no downtime: it counts from the first working moment of the request's law.
    """
    could = office.ladder.hours.first_from(one.at, office.days_under(one.regime))
    return could.astimezone(UK).date() < office.today()


def _remind_or_set_aside(office: Office, reference: str, now: datetime, state: str) -> int:
    """Remind of one request. One whose clock cannot be read must not silence all the others."""
    try:
        return _remind(office, reference, now, state)
    except UNREADABLE as error:
        return _set_aside(office, reference, now, str(error))


def _set_aside(office: Office, reference: str, now: datetime, why: str) -> int:
    """Tell the desk that nobody can be reminded of a request until its dates are corrected."""
    with office.store.writing() as connection:
        stored = requests.get(connection, reference, to_change=True)
        kept = Timing(stored.due_on, office.calendars.version, now, None)
        requests.save_timing(connection, stored, kept)
        words = f"{reference}: its clock cannot be read, so nobody is reminded of it. {why}"
        key = f"unreadable|{reference}|{stored.request.version}"
        told = [Outgoing(key, "notice", "desk:", words)]
        return outbox.put(connection, stored.row_id, told, at=now)


def _remind(office: Office, reference: str, now: datetime, state: str) -> int:
    with office.store.writing() as connection:
        before = requests.get(connection, reference, to_change=True)
        request, after = before.request, before.noticed_to
        days = office.days_of(request)
        found = reminders.due(
            request, office.ladder, roster=office.roster, days=days, after=after, now=now
        )
        escalated = reminders.escalations(request, office.ladder, days=days, after=after, now=now)
        _keep(office, connection, before._replace(noticed_to=now), escalated)
        rows = [_outgoing(reference, one) for one in found]
        return outbox.put(connection, before.row_id, rows, at=now, state=state)


def _keep(
    office: Office, connection: Connection, seen: Stored, escalated: tuple[Occurrence, ...]
) -> None:
    """Write down each escalation, the first first, also one that a later overtook in downtime."""
    if not escalated:
        kept = timing(office, seen.request, noticed_to=seen.noticed_to)
        requests.save_timing(connection, seen, kept)
    for one in escalated:
        decision = escalate_by_clock(
            seen.request, one, ladder=office.ladder, roster=office.roster, at=office.now()
        )
        seen = seen._replace(request=write(office, connection, seen, decision).request)


def _outgoing(reference: str, reminder: Reminder) -> Outgoing:
    kind = {Audience.TEAM: "team", Audience.DESK: "desk"}.get(reminder.to, "person")
    recipient = f"{kind}:{reminder.recipient}"
    key = f"{reference}|{reminder.key}|{recipient}"
    offers = reminder.rule.offers or None
    urgent = reminder.rule.escalates or None
    return Outgoing(
        key, "notice", recipient, reminder.words, reminder.rule.name, offers, urgent=urgent
    )


def next_due(office: Office) -> datetime | None:
    """Give the next moment, by the office's time, at which something falls due to be said."""
    with office.store.reading() as connection:
        return requests.next_notice_after(connection, office.now())
