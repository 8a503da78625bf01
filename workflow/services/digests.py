"""The digests: a person's day as it begins, and a manager's week. Off or on as each prefers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from workflow.casework import digests
from workflow.casework.digests import NEAR, Counted, Line
from workflow.casework.ladder import UK
from workflow.casework.roles import Role
from workflow.casework.stages import Stage
from workflow.store import outbox, requests, rounds
from workflow.store.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from workflow.casework.roles import Officer
    from workflow.services.office import Office
    from workflow.store.requests import Stored
    from workflow.store.unit_of_work import Connection

# A digest belongs to the start of the day: later, reminders have said what it would say.
WHILE_FRESH = timedelta(hours=2)
WEEKLY = "weekly"
MOST = 10_000


def digest(office: Office) -> int:
    """Put the digests that belong to this moment in the outbox. Gives how many came in.

    Each round (a time at which people begin, or the week) is one transaction, made once a day by
    whichever process comes first. Nothing is done outside working hours.
    """
    now = office.now()
    if not office.ladder.hours.include(now, office.days):
        return 0
    today, local = office.today(), now.astimezone(UK)
    coming = [one for one in _starts(office) if _is_fresh(one, local)]
    if not coming:
        return 0
    with office.store.reading() as connection:
        made = rounds.done(connection, today)
    put = sum(_day(office, one) for one in coming if _name(one) not in made)
    opens = office.ladder.hours.start
    if opens in coming and WEEKLY not in made and digests.begins_week(today, days=office.days):
        put += _week(office)
    return put


def next_round(office: Office) -> datetime | None:
    """Give the next moment, by the office's time, at which people's days begin and digests come.

    None where nobody begins within working hours any more. Raises CalendarTooShort beyond the
    calendar.
    """
    now, days, hours = office.now(), office.days, office.ladder.hours
    coming = days.on_or_after(office.today())
    begins = (
        datetime.combine(on, start, UK)
        for on in (coming, days.nth_after(coming, 1))
        for start in sorted(_starts(office))
    )
    return next((at for at in begins if at > now and hours.include(at, days)), None)


def _starts(office: Office) -> set[time]:
    """Give the times at which people begin: the office's opening, or later where they say so."""
    return {_start(office, one) for one in office.roster.officers} | {office.ladder.hours.start}


def _start(office: Office, officer: Officer) -> time:
    return max(officer.prefers.starts_at or office.ladder.hours.start, office.ladder.hours.start)


def _is_fresh(start: time, local: datetime) -> bool:
    began = datetime.combine(local.date(), start, UK)
    return began <= local < began + WHILE_FRESH


def _name(start: time) -> str:
    return f"daily {start:%H:%M}"


def _day(office: Office, start: time) -> int:
    """Make the round of those who begin at a time."""
    today = office.today()
    with office.store.writing() as connection:
        if not rounds.begin(connection, _name(start), today):
            return 0
        told = [
            _message("daily", today, one.handle, words)
            for one in _busy(office, connection, start)
            if (words := _words(office, connection, one))
        ]
        return outbox.put(connection, None, told, at=office.now())


def _busy(office: Office, connection: Connection, start: time) -> list[Officer]:
    """Give who begins at a time, is here, wants a digest, and may have anything due soon."""
    today = office.today()
    horizon = office.days.nth_after(today, NEAR)
    near = [one.request for one in requests.due_until(connection, horizon, most=MOST)]
    names = {name for one in near for name in (one.holder, one.reviewer)}
    if any(one.stage is Stage.RESPONSE for one in near):
        names |= {one.handle for one in office.roster.having(Role.APPROVER)}
    return [
        one
        for one in office.roster.officers
        if one.handle in names
        and one.prefers.digest
        and _start(office, one) == start
        and office.roster.is_present(one.handle, today)
    ]


def _words(office: Office, connection: Connection, officer: Officer) -> str:
    lines = list(_lines(office, connection, officer))
    return digests.daily(lines, days=office.days, on=office.today())


def _lines(office: Office, connection: Connection, officer: Officer) -> Iterator[Line]:
    """Give what somebody holds or reviews, and what waits for their approval."""
    me = officer.handle
    for waits, wanted in (
        ("", {"holder": me, "stage": Stage.SEARCHING.value}),
        ("your review", {"reviewer": me, "stage": Stage.REVIEW.value}),
        ("your approval", {"stage": Stage.RESPONSE.value}),
    ):
        for one in requests.listing(connection, wanted, limit=MOST):
            request = one.request
            signs = officer in office.roster.approvers_for(request) and not request.approved_by
            if request.is_shown_to(me) and (signs or request.stage is not Stage.RESPONSE):
                yield Line(request.reference, request.subject, one.due_on, waits)


def _week(office: Office) -> int:
    """Make the round of the managers: each of their teams, and the whole office for the desk's."""
    today = office.today()
    with office.store.writing() as connection:
        if not rounds.begin(connection, WEEKLY, today):
            return 0
        everything = requests.listing(connection, {}, limit=MOST)
        told = [
            _message(f"weekly {of}", today, office.roster.reached_at(manager, today), words)
            for manager, of, theirs in _managed(office, everything)
            if (words := _summary(office, of, theirs))
        ]
        return outbox.put(connection, None, told, at=office.now())


def _managed(office: Office, everything: list[Stored]) -> Iterator[tuple[str, str, list[Stored]]]:
    roster = office.roster
    for team in roster.teams:
        yield team.manager, team.name, [one for one in everything if one.request.team == team.key]
    yield roster.desk_manager, "The whole office", everything


def _summary(office: Office, of: str, theirs: list[Stored]) -> str:
    counted = [
        Counted(
            one.request.reference,
            office.roster.name_of(one.request.holder),
            one.due_on,
            one.request.escalation is not None,
        )
        for one in theirs
    ]
    return digests.weekly(counted, of=of, days=office.days, on=office.today())


def _message(kind: str, on: date, handle: str, words: str) -> Outgoing:
    recipient = f"person:{handle}"
    return Outgoing(f"digest|{kind}|{on.isoformat()}|{recipient}", "notice", recipient, words, kind)
