"""What follows an escalation that nobody settles: a chain of steps, as it was when it began."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.anchors import speaks
from workflow.casework.ladder import BY_HAND
from workflow.casework.request import RunningChain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from workflow.casework.ladder import Ladder, Rule, Step, WorkingHours
    from workflow.casework.request import InformationRequest
    from workflow.law.working_days import WorkingDays

LONGEST_REPEAT = 5  # a step is said at most so often


class Coming(NamedTuple):
    """The next step of a chain, and the moment at which it falls due."""

    at: datetime
    step: Step
    number: int  # of the tellings, from 1


def begin(
    ladder: Ladder,
    team: str | None,
    *,
    at: datetime,
    cause: Rule | None = None,
    anchor: date | None = None,
) -> RunningChain | None:
    """Begin the chain that follows an escalation now, by a rule or by hand. None: nothing follows.

    The steps are copied: a later edit of the ladder changes no chain that runs.
    """
    steps = ladder.steps_for(team, cause.name if cause else BY_HAND)
    return RunningChain(at, at, steps, cause, anchor) if steps else None


def goes_on(chain: RunningChain | None, cause: Rule, anchor: date | None) -> bool:
    """Say whether a chain already runs for this very cause: it is not begun anew."""
    if chain is None or chain.cause is None:
        return False
    return (chain.cause.name, chain.anchor) == (cause.name, anchor)


def taken(chain: RunningChain, *, at: datetime) -> RunningChain:
    """Give the chain once its next step has been said: the wait for the one after begins now."""
    return replace(chain, taken=chain.taken + 1, last=at)


def coming(
    request: InformationRequest,
    hours: WorkingHours,
    anchors: Mapping[str, date | None],
    *,
    days: WorkingDays,
) -> Coming | None:
    """Give the next step of a request's chain, or None: it has ended, or so has its cause.

    A manager's answer pauses it: what falls into the pause is said on the day the pause ends.
    Raises CalendarTooShort beyond the calendar.
    """
    chain = request.chain
    if chain is None or not _cause_lasts(chain, request, anchors):
        return None
    tellings = [step for step in chain.steps for _ in range(step.again + 1)]
    if chain.taken >= len(tellings):
        return None
    step = tellings[chain.taken]
    at = hours.later(chain.last, step.after, days)
    answered = request.escalation
    if answered is not None and answered.until is not None:
        at = max(at, hours.opening(days.on_or_after(answered.until)))
    return Coming(at, step, chain.taken + 1)


def _cause_lasts(
    chain: RunningChain, request: InformationRequest, anchors: Mapping[str, date | None]
) -> bool:
    """An escalation by hand lasts as long as the request is open."""
    if chain.cause is None:
        return True
    anchor = anchors.get(chain.cause.target or chain.cause.anchor)
    return anchor == chain.anchor and speaks(chain.cause, request)
