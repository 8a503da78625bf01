"""The days from which the rules of the ladder count, for a request as it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.casework.complaint import latest
from workflow.casework.ladder import Anchor, Audience
from workflow.casework.referral import awaited
from workflow.casework.request import current_reading, search_cost
from workflow.casework.stages import Stage
from workflow.law.clock import ClockState, day_of_count
from workflow.law.lapse import lapses

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workflow.casework.ladder import Ladder, Rule
    from workflow.casework.request import InformationRequest
    from workflow.law.clock import Reading
    from workflow.law.working_days import WorkingDays

Anchors = dict[str, "date | None"]


def anchors(
    request: InformationRequest, ladder: Ladder, *, days: WorkingDays, on: date
) -> Mapping[str, date | None]:
    """Give the day of each anchor and each target by its name; None where it has no day now."""
    clock = current_reading(request, days=days, on=on)
    return _of_the_clock(request, clock, ladder) | _targets(request, clock, ladder, days)


def targets(
    request: InformationRequest, ladder: Ladder, *, days: WorkingDays, on: date
) -> dict[str, date]:
    """Give the internal dates of the count that runs now: target -> day. None while it waits."""
    clock = current_reading(request, days=days, on=on)
    found = _targets(request, clock, ladder, days)
    return {name: day for name, day in found.items() if day is not None}


def speaks(rule: Rule, request: InformationRequest) -> bool:
    """Say whether a rule has anything to say of a request as it stands."""
    if Audience.APPROVERS in rule.to and request.approved_by is not None:
        return False
    return request.stage in rule.stages and not (rule.unclaimed and is_claimed(request))


def is_claimed(request: InformationRequest) -> bool:
    """Say whether somebody holds a request, or in review has taken the review."""
    held_by = request.reviewer if request.stage is Stage.REVIEW else request.holder
    return held_by is not None


def _of_the_clock(request: InformationRequest, clock: Reading, ladder: Ladder) -> Anchors:
    silence = lapses(clock, months=ladder.months_of_silence)
    running = clock.state is ClockState.RUNNING
    waiting = clock.state is ClockState.AWAITING_CLARIFICATION
    return {
        Anchor.DUE: clock.due if running else None,
        Anchor.RECEIVED: _count_began(request) if running else None,
        Anchor.ALLOCATED: _with_the_team(request) if running else None,
        Anchor.STAGE: request.since if running else None,
        Anchor.ACTED: _last_touched(request) if running else None,
        Anchor.CLARIFICATION: _latest(request, "ClarificationSought") if waiting else None,
        Anchor.LAPSE: silence.from_day if silence else None,
        Anchor.COST_LIMIT: _limit_passed(request, ladder),
        **_outside(request),
    }


def _outside(request: InformationRequest) -> Anchors:
    """Give the days that others set or owe: they hold whatever the clock does."""
    replies, complaint = awaited(request.referrals), latest(request.complaints)
    return {
        Anchor.REFERRAL: replies[0].wanted_by if replies and request.is_open else None,
        Anchor.ICO: complaint.answer_by if complaint and complaint.owes_answer else None,
        Anchor.STEPS: complaint.steps_by if complaint and complaint.owes_steps else None,
        Anchor.APPEAL: complaint.appeal_by if complaint else None,
    }


def _targets(
    request: InformationRequest, clock: Reading, ladder: Ladder, days: WorkingDays
) -> Anchors:
    """Count each target as the statute counts: days of suspension are passed over."""
    if clock.state is not ClockState.RUNNING or request.stage is Stage.REVIEW:
        return {}
    wanted = ladder.targets_of(request.team).items()
    return {name: day_of_count(clock, n, days=days) for name, n in wanted}


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


def _last_touched(request: InformationRequest) -> date:
    """Give the day of the last act. Requests of before this was kept: when their stage began."""
    return max(request.acted_on or request.since, request.since)


def _latest(request: InformationRequest, event: str) -> date | None:
    found = [one.on for one in request.clock if type(one).__name__ == event]
    return found[-1] if found else None


def _limit_passed(request: InformationRequest, ladder: Ladder) -> date | None:
    """Give the day of the search with which the time spent passed the limit of s.12."""
    if not request.searches:
        return None
    for number, search in enumerate(request.searches, start=1):
        spent = replace(request, searches=request.searches[:number], estimates=())
        if search_cost(spent, authority=ladder.authority).is_exceeded:
            return search.on
    return None
