"""The sweep: what has fallen due to be said is put in the outbox. Its cost follows what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework import reminders
from workflow.casework.counting import UNREADABLE
from workflow.casework.decide.escalation import escalate_by_clock
from workflow.casework.reminders import Audience
from workflow.services.acts import write
from workflow.services.office import timing
from workflow.store import outbox, requests
from workflow.store.outbox import Outgoing
from workflow.store.requests import Timing

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.casework.reminders import Reminder
    from workflow.services.office import Office
    from workflow.store.requests import Stored
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
    Outside working hours nothing is said, so nothing is done. Safe to run anywhere, any number of
    times at once: keys are unique and versions are checked.
    """
    now = office.now()
    if not office.ladder.hours.include(now, office.days):
        return Swept(0, 0)
    with office.store.reading() as connection:
        references = requests.due_references(connection, now, most=most)
    messages = sum(_remind_or_set_aside(office, one, now) for one in references)
    return Swept(len(references), messages)


def _remind_or_set_aside(office: Office, reference: str, now: datetime) -> int:
    """Remind of one request. One whose clock cannot be read must not silence all the others."""
    try:
        return _remind(office, reference, now)
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


def _remind(office: Office, reference: str, now: datetime) -> int:
    with office.store.writing() as connection:
        before = requests.get(connection, reference, to_change=True)
        found = reminders.due(
            before.request,
            office.ladder,
            roster=office.roster,
            days=office.days_of(before.request),
            after=before.noticed_to,
            now=now,
        )
        seen = before._replace(noticed_to=now)
        _keep(office, connection, seen, found)
        return outbox.put(
            connection, before.row_id, [_outgoing(reference, x) for x in found], at=now
        )


def _keep(
    office: Office, connection: Connection, seen: Stored, found: tuple[Reminder, ...]
) -> None:
    cause = next((one for one in found if one.rule.escalates), None)
    if cause is None:
        kept = timing(office, seen.request, noticed_to=seen.noticed_to)
        requests.save_timing(connection, seen, kept)
        return
    decision = escalate_by_clock(
        seen.request, on=office.today(), roster=office.roster, cause=cause.rule.name
    )
    write(office, connection, seen, decision)


def _outgoing(reference: str, reminder: Reminder) -> Outgoing:
    kind = {Audience.TEAM: "team", Audience.DESK: "desk"}.get(reminder.to, "person")
    recipient = f"{kind}:{reminder.recipient}"
    key = f"{reference}|{reminder.key}|{recipient}"
    return Outgoing(key, "notice", recipient, reminder.words, reminder.rule.name)


def next_due(office: Office) -> datetime | None:
    """Give the next moment, by the office's time, at which something falls due to be said."""
    with office.store.reading() as connection:
        return requests.next_notice_after(connection, office.now())
