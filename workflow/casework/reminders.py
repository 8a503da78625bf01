"""What is due to be said to whom, and when the next thing falls due. Pure: time is an argument.

A rule of the ladder (config/reminders.toml) names an anchor day, an offset in working days and the
people. Each rule gives occurrences: moments on working days within working hours. A request keeps
the moment up to which its occurrences have been considered; what lies after it and has come is due.
When a due date moves, the occurrences move with it: there is nothing to cancel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from workflow.casework.complaint import latest
from workflow.casework.referral import awaited
from workflow.casework.request import current_reading
from workflow.casework.stages import Stage
from workflow.law.clock import ClockState, day_of_count
from workflow.law.dates import long_date
from workflow.law.lapse import MONTHS_OF_SILENCE, lapses
from workflow.law.working_days import CalendarTooShort

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workflow.casework.request import Escalation, InformationRequest
    from workflow.casework.roles import Roster
    from workflow.law.clock import Reading
    from workflow.law.working_days import WorkingDays

UK = ZoneInfo("Europe/London")


class Anchor(StrEnum):
    """The day from which a rule counts its working days."""

    RECEIVED = "received"  # the receipt from which the count runs now
    DUE = "due"
    ALLOCATED = "allocated"
    STAGE = "stage"  # the day on which the present stage began
    CLARIFICATION = "clarification"  # the day on which clarification was sought
    LAPSE = "lapse"  # the first day on which silence lets it be closed
    REFERRAL = "referral"  # the day on which the next reply to a referral is wanted
    ICO = "ico"  # the day by which the ICO's questions are to be answered
    STEPS = "steps"  # the day by which the steps of a decision notice are to be taken
    APPEAL = "appeal"  # the last day to appeal to the tribunal
    TARGET = "target"  # an internal date of the team's, by its name


class Audience(StrEnum):
    """Who is told. The team stands in for a holder while nobody holds the request.

    Once the searches are returned the work is with the desk, which then stands in for both.
    """

    HOLDER = "holder"
    TEAM = "team"
    DESK = "desk"
    MANAGER = "manager"
    APPROVERS = "approvers"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rung: `offset` working days from the anchor, at these stages, these people, these words.

    `again` more times follow, one each working day. `escalates` makes it an escalation: it is kept
    in the history, and rests while a manager's answer pauses it.
    """

    name: str
    anchor: Anchor
    offset: int
    stages: tuple[Stage, ...]
    to: tuple[Audience, ...]
    words: str
    again: int = 0
    unclaimed: bool = False
    escalates: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When people may be told, UK time: from `start` until `end`, on working days."""

    start: time
    end: time

    def include(self, now: datetime, days: WorkingDays) -> bool:
        """Say whether a moment lies in working hours on a working day."""
        local = now.astimezone(UK)
        return local.date() in days and self.start <= local.time() < self.end


@dataclass(frozen=True, slots=True)
class Ladder:
    """The whole ladder of an authority: its rules, its targets in working days, its hours.

    `team_targets` are the targets of teams that differ from the others.
    """

    rules: tuple[Rule, ...]
    targets: Mapping[str, int]
    hours: WorkingHours
    team_targets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    months_of_silence: int = MONTHS_OF_SILENCE

    def targets_of(self, team: str | None) -> Mapping[str, int]:
        """Give the targets of a team, in working days after receipt."""
        return {**self.targets, **self.team_targets.get(team or "", {})}


class Occurrence(NamedTuple):
    """A rule at a moment. `key` tells repeats of one rule apart; `day` is that of its anchor."""

    at: datetime
    rule: Rule
    key: str
    day: date


class Reminder(NamedTuple):
    """One message to one recipient about one request. `due` is the date it reminds of."""

    key: str
    rule: Rule
    to: Audience
    recipient: str  # an officer's handle, a team's key, or "" for the desk
    words: str


def occurrences(
    request: InformationRequest, ladder: Ladder, *, days: WorkingDays, on: date
) -> tuple[Occurrence, ...]:
    """Give every moment at which the ladder speaks of a request as it stands, in order of time."""
    if not request.is_open and not request.complaints:
        return ()
    clock = current_reading(request, days=days, on=on)
    anchors = _anchors(request, clock, ladder) | _targets(request, clock, ladder, days)
    found = (
        one
        for rule in ladder.rules
        if _speaks(rule, request)
        for one in _of_rule(rule, anchors.get(rule.target or rule.anchor), ladder, days)
        # Before the stage began somebody held it, or it was not here.
        if not (rule.unclaimed and one.at.astimezone(UK).date() < request.since)
    )
    in_order = sorted(found, key=lambda one: (one.at, one.rule.name))
    rested = (_rested(one, request.escalation, ladder, days) for one in in_order)
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
    latest: dict[tuple[Audience, str], Reminder] = {}
    for one in occurrences(request, ladder, days=days, on=today):
        if not after < one.at <= now or _rests(request, one, today):
            continue
        for audience, recipient in _recipients(one.rule, request, roster):
            words = _words(one, request, roster, days=days, on=today)
            reminder = Reminder(one.key, one.rule, audience, recipient, words)
            latest[_one_ear(audience, recipient)] = reminder
    return tuple(latest.values())


def next_at(
    request: InformationRequest,
    ladder: Ladder,
    *,
    days: WorkingDays,
    after: datetime,
    on: date,
) -> datetime | None:
    """Give the first moment after `after` at which the ladder speaks, as things stand on a day.

    None when it never will. The moment may have passed already: then it is due.
    """
    coming = (one.at for one in occurrences(request, ladder, days=days, on=on) if one.at > after)
    return next(coming, None)


def targets(
    request: InformationRequest, ladder: Ladder, *, days: WorkingDays, on: date
) -> dict[str, date]:
    """Give the internal dates of the count that runs now: target -> day. None while it waits."""
    clock = current_reading(request, days=days, on=on)
    found = _targets(request, clock, ladder, days)
    return {name: day for name, day in found.items() if day is not None}


def _targets(
    request: InformationRequest, clock: Reading, ladder: Ladder, days: WorkingDays
) -> dict[str, date | None]:
    """Count each target as the statute counts: days of suspension are passed over."""
    if clock.state is not ClockState.RUNNING or request.stage is Stage.REVIEW:
        return {}
    wanted = ladder.targets_of(request.team).items()
    return {name: day_of_count(clock, n, days=days) for name, n in wanted}


def _speaks(rule: Rule, request: InformationRequest) -> bool:
    """Say whether a rule has anything to say of a request as it stands."""
    if rule.to == (Audience.APPROVERS,) and request.approved_by is not None:
        return False
    return request.stage in rule.stages and not (rule.unclaimed and _is_claimed(request))


def _anchors(request: InformationRequest, clock: Reading, ladder: Ladder) -> dict[str, date | None]:
    silence = lapses(clock, months=ladder.months_of_silence)
    running = clock.state is ClockState.RUNNING
    waiting = clock.state is ClockState.AWAITING_CLARIFICATION
    return {
        Anchor.DUE: clock.due if running else None,
        Anchor.RECEIVED: _count_began(request) if running else None,
        Anchor.ALLOCATED: _with_the_team(request) if running else None,
        Anchor.STAGE: request.since if running else None,
        Anchor.CLARIFICATION: _latest(request, "ClarificationSought") if waiting else None,
        Anchor.LAPSE: silence.from_day if silence else None,
        **_outside(request),
    }


def _outside(request: InformationRequest) -> dict[str, date | None]:
    """Give the days that others set or owe: they hold whatever the clock does."""
    replies, complaint = awaited(request.referrals), latest(request.complaints)
    return {
        Anchor.REFERRAL: replies[0].wanted_by if replies and request.is_open else None,
        Anchor.ICO: complaint.answer_by if complaint and complaint.owes_answer else None,
        Anchor.STEPS: complaint.steps_by if complaint and complaint.owes_steps else None,
        Anchor.APPEAL: complaint.appeal_by if complaint else None,
    }


def _count_began(request: InformationRequest) -> date:
    """Give the receipt from which the count runs: the latest clarification, or the request's."""
    if request.stage is Stage.REVIEW:
        return request.review_clock[0].on
    return _latest(request, "ClarificationReceived") or request.received_on


def _with_the_team(request: InformationRequest) -> date | None:
    """Give the day from which the team has had it to claim: the allocation, or a later release."""
    if request.stage is not Stage.RECEIVED or request.allocated_on is None:
        return request.allocated_on
    return max(request.allocated_on, request.since)


def _latest(request: InformationRequest, event: str) -> date | None:
    found = [one.on for one in request.clock if type(one).__name__ == event]
    return found[-1] if found else None


def _is_claimed(request: InformationRequest) -> bool:
    held_by = request.reviewer if request.stage is Stage.REVIEW else request.holder
    return held_by is not None


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
        at = _opening(day, ladder)
        name = rule.name if not rule.again else f"{rule.name} {repeat + 1}"
        yield Occurrence(at, rule, f"{name}|{anchor.isoformat()}", anchor)


def _moved(anchor: date, offset: int, days: WorkingDays) -> date:
    if offset > 0:
        return days.nth_after(anchor, offset)
    if offset < 0:
        return days.nth_before(anchor, -offset)
    return days.on_or_after(anchor)


def _opening(day: date, ladder: Ladder) -> datetime:
    return datetime.combine(day, ladder.hours.start, UK).astimezone(UTC)


def _rested(
    one: Occurrence, answered: Escalation | None, ladder: Ladder, days: WorkingDays
) -> Occurrence:
    """Put an escalation that a manager's answer pauses off to the day on which the pause ends."""
    if not one.rule.escalates or answered is None or answered.until is None:
        return one
    if not answered.on < one.at.astimezone(UK).date() < answered.until:
        return one
    return one._replace(at=_opening(days.on_or_after(answered.until), ladder))


def _rests(request: InformationRequest, one: Occurrence, today: date) -> bool:
    """Say whether a manager's answer pauses this escalation."""
    answered = request.escalation
    return (
        one.rule.escalates
        and answered is not None
        and answered.until is not None
        and today < answered.until
    )


def _recipients(
    rule: Rule, request: InformationRequest, roster: Roster
) -> Iterator[tuple[Audience, str]]:
    searching = request.stage in (Stage.RECEIVED, Stage.SEARCHING)
    for audience in rule.to:
        match audience:
            case Audience.HOLDER | Audience.TEAM if not searching:
                yield Audience.DESK, ""
            case Audience.HOLDER if request.holder is not None:
                yield audience, request.holder
            case Audience.HOLDER | Audience.TEAM if request.team is not None:
                yield Audience.TEAM, request.team
            case Audience.MANAGER:
                yield audience, roster.manager_of(request.team)
            case Audience.APPROVERS:
                yield from ((audience, one.handle) for one in roster.approvers_for(request))
            case Audience.REVIEWER if request.reviewer is not None:
                yield audience, request.reviewer
            case Audience.REVIEWER:
                yield from ((audience, one.handle) for one in roster.reviewers_for(request))
            case _:
                yield Audience.DESK, ""


def _one_ear(audience: Audience, recipient: str) -> tuple[Audience, str]:
    """A person is one recipient, whether told as holder or as manager."""
    channels = (Audience.TEAM, Audience.DESK)
    return (audience if audience in channels else Audience.HOLDER), recipient


def _words(
    one: Occurrence, request: InformationRequest, roster: Roster, *, days: WorkingDays, on: date
) -> str:
    clock = current_reading(request, days=days, on=on)
    left = clock.left or 0
    replies, complaint = awaited(request.referrals), latest(request.complaints)
    return one.rule.words.format(
        day=long_date(one.day),
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
    )
