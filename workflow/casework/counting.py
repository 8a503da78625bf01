"""Adding an event to a request's clock: what cannot be true, or would be void, is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking
from workflow.law import clock
from workflow.law.clock import ImpossibleHistory
from workflow.law.working_days import CalendarTooShort

if TYPE_CHECKING:
    from workflow.casework.occasion import Occasion
    from workflow.casework.request import InformationRequest
    from workflow.law.clock import ClockEvent, Reading

VOID = "has no effect"
# What reading a clock may raise: facts that cannot be true, or days outside the years known.
UNREADABLE = (ImpossibleHistory, CalendarTooShort)


def counted(
    request: InformationRequest, occasion: Occasion, event: ClockEvent
) -> tuple[ClockEvent, ...]:
    """Give the clock with one event more. Raises Lacking when it cannot be, or would be void."""
    events = checked((*request.clock, event), request, occasion)
    new = set(_read(events, request, occasion).warnings)
    old = set(_read(request.clock, request, occasion).warnings)
    void = [warning for warning in new - old if VOID in warning]
    if void:
        raise Lacking(what=void[0], cure="So it was not recorded.")
    return events


def checked(
    events: tuple[ClockEvent, ...], request: InformationRequest, occasion: Occasion
) -> tuple[ClockEvent, ...]:
    """Give the events back if they can all be true. Raises Lacking with the law's own sentence."""
    try:
        _read(events, request, occasion)
    except UNREADABLE as error:
        raise Lacking(what=str(error), cure="") from None
    return events


def _read(
    events: tuple[ClockEvent, ...], request: InformationRequest, occasion: Occasion
) -> Reading:
    return clock.read(events, days=occasion.days, on=occasion.on, regime=request.regime)
