"""The sweep: what has fallen due to be said is put in the outbox. Its cost follows what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework import reminders
from workflow.casework.counting import UNREADABLE
from workflow.casework.decide.escalation import escalate_by_clock
from workflow.casework.ladder import UK, Audience, Wait
from workflow.services.acts import write
from workflow.services.gathering import gather
from workflow.services.office import timing
from workflow.store import gathered, outbox, requests
from workflow.store.alone import SWEEPING, alone
from workflow.store.outbox import Outgoing
from workflow.store.requests import Timing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from workflow.casework.reminders import Occurrence, Reminder
    from workflow.law.regime import Regime
    from workflow.services.office import Office
    from workflow.store.requests import Stored, Waiting
    from workflow.store.unit_of_work import Connection

# How many requests one sweep looks at. The rest are looked at by the next.
MOST = 500
# What became due so shortly before the day's last working moment that no timer came by any more:
# nothing was down. Working time, as that of a chain.
UNNOTICED = Wait(hours=2)
# How many of them share a transaction, for which those who act on one of them may have to wait.
TOGETHER = 10


class Swept(NamedTuple):
    """What one sweep did: requests looked at, messages put in the outbox."""

    requests: int
    messages: int


def sweep(office: Office, *, most: int = MOST) -> Swept:
    """Put in the outbox whatever has fallen due by the office's time.

    Side effects, in one transaction for a few requests: reminders under their unique keys, an
    escalation in the history where a rule escalates, the moment at which each is next looked at.
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
    references = [one.reference for one in found]
    messages = sum(
        _remind_or_set_aside(office, references[first : first + TOGETHER], now, state)
        for first in range(0, len(references), TOGETHER)
    )
    if together:
        gather(office)
    return Swept(len(found), messages)


def _is_late(office: Office, one: Waiting) -> bool:
    """Say whether nothing ran on an earlier day on which this was to be said.

    Days off between are no downtime: it counts from the first working moment of the request's law.
    Nor are the last hours of a day, after which an act made it due: see `office.timing`.
    """
    hours, days = office.ladder.hours, office.days_under(one.regime)
    today, could = office.today(), hours.first_from(one.at, days)
    return _day(could) < today and _day(hours.later(could, UNNOTICED, days)) < today


def _day(moment: datetime) -> date:
    return moment.astimezone(UK).date()


def _remind_or_set_aside(
    office: Office, references: Sequence[str], now: datetime, state: str
) -> int:
    """Remind of some requests. One whose clock cannot be read must not silence all the others."""
    try:
        return _remind(office, references, now, state)
    except UNREADABLE as error:
        if len(references) == 1:
            return _set_aside(office, references[0], now, str(error))
    return sum(_remind_or_set_aside(office, [one], now, state) for one in references)


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


def _remind(office: Office, references: Sequence[str], now: datetime, state: str) -> int:
    """Remind of those that are still due and that nobody else has in hand at this moment."""
    with office.store.writing() as connection:
        kept: list[tuple[Stored, Timing]] = []
        told: list[tuple[int, Outgoing]] = []
        for before in requests.still_due(connection, references, now):
            words, escalated = _fallen_due(office, before, now)
            seen = before._replace(noticed_to=now)
            if escalated:
                _escalate(office, connection, seen, escalated)
            else:
                kept.append((seen, timing(office, seen.request, noticed_to=now)))
            told += [(before.row_id, _outgoing(before.request.reference, one)) for one in words]
        requests.save_timings(connection, kept)
        return outbox.put_several(connection, told, at=now, state=state)


def _fallen_due(
    office: Office, stored: Stored, now: datetime
) -> tuple[tuple[Reminder, ...], tuple[Occurrence, ...]]:
    request, after, days = stored.request, stored.noticed_to, office.days_of(stored.request)
    found = reminders.due(
        request, office.ladder, roster=office.roster, days=days, after=after, now=now
    )
    return found, reminders.escalations(request, office.ladder, days=days, after=after, now=now)


def _escalate(
    office: Office, connection: Connection, seen: Stored, escalated: tuple[Occurrence, ...]
) -> None:
    """Write down each escalation, the first first, also one that a later overtook in downtime."""
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
    in_channel = kind != "person"
    urgent = reminder.rule.escalates or (in_channel and reminders.is_urgent(reminder.rule)) or None
    return Outgoing(
        key, "notice", recipient, reminder.words, reminder.rule.name, offers, urgent=urgent
    )


def next_due(office: Office) -> datetime | None:
    """Give the next moment, by the office's time, at which something falls due to be said."""
    with office.store.reading() as connection:
        return requests.next_notice_after(connection, office.now())
