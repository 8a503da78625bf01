"""What is due to be said to whom, and when the next thing falls due. Pure: time is an argument.

A rule of the ladder (config/reminders.toml) names an anchor day, an offset in working days and the
people. Each rule gives occurrences: moments on working days within working hours. A request keeps
the moment up to which its occurrences have been considered; what lies after it and has come is due.
When a due date moves, the occurrences move with it: there is nothing to cancel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework import chain as chains
from workflow.casework.anchors import anchors, speaks
from workflow.casework.audience import is_person, one_ear, recipients
from workflow.casework.complaint import latest
from workflow.casework.ladder import UK, Anchor, Rule
from workflow.casework.referral import awaited
from workflow.casework.request import current_reading
from workflow.casework.rest import LAST_DAYS, Rest, rest_of
from workflow.law.dates import long_date
from workflow.law.working_days import CalendarTooShort

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from workflow.casework.ladder import Audience, Ladder
    from workflow.casework.request import Escalation, InformationRequest
    from workflow.casework.roles import Roster
    from workflow.law.working_days import WorkingDays


class Occurrence(NamedTuple):
    """A rule at a moment. `key` tells repeats of one rule apart; `day` is that of its anchor.

    `is_step` says that it is no rule of the ladder but a step of the chain that runs.
    """

    at: datetime
    rule: Rule
    key: str
    day: date | None = None
    is_step: bool = False


class Reminder(NamedTuple):
    """One message to one recipient about one request."""

    key: str
    rule: Rule
    to: Audience
    recipient: str  # an officer's handle, a team's key, or "" for the desk
    words: str


class _Hearing(NamedTuple):
    """That somebody is to hear an occurrence, at a moment that may be theirs alone."""

    at: datetime
    of: Occurrence
    to: Audience
    recipient: str


def occurrences(
    request: InformationRequest, ladder: Ladder, *, days: WorkingDays, on: date
) -> tuple[Occurrence, ...]:
    """Give every moment at which the ladder speaks of a request as it stands, in order of time."""
    if not request.is_open and not request.complaints:
        return ()
    from_days = anchors(request, ladder, days=days, on=on)
    found = (
        one
        for rule in ladder.rules
        if speaks(rule, request)
        for one in _of_rule(rule, from_days.get(rule.target or rule.anchor), ladder, days)
        # Before the stage began somebody held it, or it was not here.
        if not (rule.unclaimed and one.at.astimezone(UK).date() < request.since)
    )
    # Where several fall on one moment each person hears the last: an escalation before the rest.
    in_order = sorted(found, key=lambda one: (one.at, one.rule.escalates, one.rule.name))
    rested = [_rested(one, request.escalation, ladder, days) for one in in_order]
    rested += _next_step(request, ladder, from_days, days)
    return tuple(sorted(rested, key=lambda one: one.at))


def due(
    request: InformationRequest,
    ladder: Ladder,
    *,
    roster: Roster,
    days: WorkingDays,
    after: datetime,
    now: datetime,
) -> tuple[Reminder, ...]:
    """Say what is to be said now: for each recipient the latest of what fell due since `after`.

    Only the latest, so that downtime is followed by one message and not a flood. Outside working
    hours nothing is due; it is once they begin.
    """
    if not ladder.hours.include(now, days):
        return ()
    today = now.astimezone(UK).date()
    heard = _hearings(request, ladder, roster=roster, days=days, on=today, until=now)
    fallen = [one for one in heard if after < one.at <= now and not _rests(request, one.of, today)]
    heard_by: dict[tuple[Audience, str], Reminder] = {}
    # The law's last days are heard above all else that falls due with them.
    in_order = sorted(fallen, key=lambda heard: (_is_last_day(heard.of.rule), heard.at))
    for _, one, audience, recipient in in_order:
        if _supplanted(one, [each.of for each in fallen]):
            continue
        words = _words(one, request, roster, days=days, on=today)
        reminder = Reminder(one.key, one.rule, audience, recipient, words)
        heard_by[one_ear(audience, recipient)] = reminder
    return tuple(heard_by.values())


def escalations(
    request: InformationRequest,
    ladder: Ladder,
    *,
    days: WorkingDays,
    after: datetime,
    now: datetime,
) -> tuple[Occurrence, ...]:
    """Give what escalated since `after`, the first first: also what a later one overtook.

    Each cause once, by the latest of its occurrences.
    """
    if not ladder.hours.include(now, days):
        return ()
    today = now.astimezone(UK).date()
    fallen = [
        one
        for one in occurrences(request, ladder, days=days, on=today)
        if one.rule.escalates and after < one.at <= now and not _rests(request, one, today)
    ]
    by_cause = {one.rule.name: one for one in fallen if not _supplanted(one, fallen)}
    return tuple(sorted(by_cause.values(), key=lambda one: one.at))


# Days that bind the authority: the due date, what the ICO asks, the steps of a decision notice.
_BINDING = (Anchor.DUE, Anchor.ICO, Anchor.STEPS)


def is_urgent(rule: Rule) -> bool:
    """Say whether a rule's words can not wait: an escalation, or the last days of a binding day.

    Those are its last two working days, the day itself and what comes after it.
    """
    return rule.escalates or (rule.anchor in _BINDING and rule.offset >= -LAST_DAYS)


def _is_last_day(rule: Rule) -> bool:
    """Say whether a rule speaks of the statutory last day itself, or of what is overdue."""
    return rule.anchor is Anchor.DUE and rule.offset >= 0


def _supplanted(one: Occurrence, fallen: Sequence[Occurrence]) -> bool:
    """Say whether a new escalation takes the place of the one whose chain would go on now.

    One that fell due only after the step, while nothing ran, does not: the step was due before it.
    """
    return one.is_step and any(
        each.rule.escalates and not each.is_step and each.at <= one.at for each in fallen
    )


def next_at(
    request: InformationRequest,
    ladder: Ladder,
    *,
    roster: Roster,
    days: WorkingDays,
    after: datetime,
    on: date,
) -> datetime | None:
    """Give the first moment after `after` at which anybody is told, as things stand on a day.

    None when it never will. The moment may have passed already: then it is due.
    """
    sooner = None
    for one in _hearings(request, ladder, roster=roster, days=days, on=on):
        if one.of.at > after:  # whoever comes after it in the order of time hears it later still
            return one.of.at if sooner is None else min(sooner, one.of.at)
        if one.at > after:  # it has been, but this person was at rest
            sooner = one.at if sooner is None else min(sooner, one.at)
    return sooner


def _hearings(
    request: InformationRequest,
    ladder: Ladder,
    *,
    roster: Roster,
    days: WorkingDays,
    on: date,
    until: datetime | None = None,
) -> Iterator[_Hearing]:
    """Give who hears what falls due, in order of time, and when: each person's rest is heeded.

    With `until` only what falls due by then: who would hear what is to come need not be known.
    Nobody hears anything before it falls due. A step of the chain does not rest: it speaks
    because nobody settled what was escalated.
    """
    said = occurrences(request, ladder, days=days, on=on)
    rest = rest_of(request, days=days, on=on) if said else Rest((), None)
    people = {one.handle: one for one in roster.officers}
    for one in said:
        if until is not None and one.at > until:
            return
        day = max(on, one.at.astimezone(UK).date())
        for audience, recipient in recipients(one.rule, request, roster, on=day):
            officer = people.get(recipient) if is_person(audience) else None
            if officer is None or one.is_step:
                yield _Hearing(one.at, one, audience, recipient)
            elif officer.prefers.early or one.rule.escalates or rest.in_last_days(one.at):
                at = rest.over(one.at, officer, hours=ladder.hours, days=days)
                yield _Hearing(at, one, audience, recipient)


def _of_rule(
    rule: Rule, anchor: date | None, ladder: Ladder, days: WorkingDays
) -> Iterator[Occurrence]:
    if anchor is None:
        return
    for repeat in range(rule.again + 1):
        try:
            day = _moved(anchor, rule.offset + repeat, days)
        except CalendarTooShort:
            return  # beyond the proclaimed years nothing can be promised; the card says provisional
        name = rule.name if not rule.again else f"{rule.name} {repeat + 1}"
        key = f"{name}|{anchor.isoformat()}"
        yield Occurrence(ladder.hours.opening(day), rule, key, anchor)


def _moved(anchor: date, offset: int, days: WorkingDays) -> date:
    if offset > 0:
        return days.nth_after(anchor, offset)
    if offset < 0:
        return days.nth_before(anchor, -offset)
    return days.on_or_after(anchor)


def _next_step(
    request: InformationRequest,
    ladder: Ladder,
    from_days: Mapping[str, date | None],
    days: WorkingDays,
) -> Iterator[Occurrence]:
    """Give the next step of the chain that runs, as a rule that speaks once."""
    try:
        coming = chains.coming(request, ladder.hours, from_days, days=days)
    except CalendarTooShort:
        return
    if coming is None or request.chain is None:
        return
    cause = request.escalation.cause if request.escalation else ""
    rule = Rule(
        name=f"{cause}: step {coming.number}" if request.chain.cause else f"step {coming.number}",
        anchor=Anchor.STAGE,
        offset=0,
        stages=(request.stage,),
        to=coming.step.to,
        words=coming.step.words,
        escalates=True,
    )
    key = f"{rule.name}|{request.chain.began.isoformat()}"
    yield Occurrence(coming.at, rule, key, request.chain.anchor, is_step=True)


def _rested(
    one: Occurrence, answered: Escalation | None, ladder: Ladder, days: WorkingDays
) -> Occurrence:
    """Put an escalation that a manager's answer pauses off to the day on which the pause ends."""
    if not one.rule.escalates or answered is None or answered.until is None:
        return one
    if not answered.on < one.at.astimezone(UK).date() < answered.until:
        return one
    return one._replace(at=ladder.hours.opening(days.on_or_after(answered.until)))


def _rests(request: InformationRequest, one: Occurrence, today: date) -> bool:
    """Say whether a manager's answer pauses this escalation."""
    answered = request.escalation
    return (
        one.rule.escalates
        and answered is not None
        and answered.until is not None
        and today < answered.until
    )


def _words(
    one: Occurrence, request: InformationRequest, roster: Roster, *, days: WorkingDays, on: date
) -> str:
    clock = current_reading(request, days=days, on=on)
    left = clock.left or 0
    escalation, replies = request.escalation, awaited(request.referrals)
    complaint = latest(request.complaints)
    return one.rule.words.format(
        day=long_date(one.day) if one.day else "",
        body=replies[0].body if replies else "nobody",
        ico=complaint.ico_reference if complaint else "no complaint",
        reference=request.reference,
        subject=request.subject,
        holder=roster.name_of(request.holder),
        team=roster.team_name(request.team),
        stage=request.stage.value,
        due=long_date(clock.due) if clock.due else "not running",
        left=f"{left} working day{'s' if left != 1 else ''}",
        late=f"{-left} working day{'s' if left != -1 else ''}",
        cause=escalation.cause if escalation else "",
        plan=(escalation.plan if escalation else "") or "no plan yet",
        escalated=long_date(request.chain.began.astimezone(UK).date()) if request.chain else "",
    )
