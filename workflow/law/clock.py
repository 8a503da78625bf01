"""The statutory clock: a fold over dated events that gives a reading and how it was reached.

Three effects must never be blurred. Clarification starts the count again (s.1(3), s.10(6) FOIA);
a fees notice suspends it (s.10(2)); a public interest extension moves its end (s.10(3)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.dates import long_date
from workflow.law.effects import Count, Outcome, effect_of
from workflow.law.explanation import explain
from workflow.law.history import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    Extended,
    FeeReceived,
    FeesNoticeGiven,
    IdentityReceived,
    IdentityRequested,
    ImpossibleHistory,
    Received,
    Responded,
    in_order,
)
from workflow.law.limits import Terms
from workflow.law.reading import ClockState, Reading, Step
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from workflow.law.working_days import BankHoliday, WorkingDays

__all__ = [
    "ClarificationReceived",
    "ClarificationSought",
    "ClockEvent",
    "ClockState",
    "Extended",
    "FeeReceived",
    "FeesNoticeGiven",
    "IdentityReceived",
    "IdentityRequested",
    "ImpossibleHistory",
    "Reading",
    "Received",
    "Responded",
    "Step",
    "explain",
    "read",
]


def read(
    events: Iterable[ClockEvent],
    *,
    days: WorkingDays,
    on: date,
    regime: Regime = Regime.FOIA,
) -> Reading:
    """Read the clock as it stands at the end of the day `on`.

    `days` is the calendar of the regime (see `HOLIDAYS`). What happened after `on` had not
    happened yet and is left out. Raises ImpossibleHistory when the facts cannot all be true, and
    CalendarTooShort when the answer lies outside the years whose bank holidays are known.
    """
    happened = [event for event in in_order(events) if event.on <= on]
    if not happened:
        raise ImpossibleHistory(f"By {long_date(on)} the request had not been received yet.")
    count, due = Count(Terms(regime, days), happened[0].on), None
    original_due = count.unextended
    ledger: list[Step] = []
    warnings: list[str] = []
    for event in happened:
        outcome = effect_of(count, event)
        count, due_before = outcome.after, due
        due = count.due
        ledger.append(_step(outcome, event.on, due_before, due))
        if outcome.warning:
            warnings.append(outcome.warning)
    return Reading(
        state=count.state,
        due=due,
        original_due=original_due,
        left=_left(count, due, on),
        day=count.day(on),
        stopped_on=count.stopped,
        pay_by=count.pay_by if count.notice is not None else None,
        provisional=due is not None and days.is_provisional(due),
        calendar_version=days.version,
        ledger=tuple(ledger),
        warnings=tuple(warnings),
    )


def _left(count: Count, due: date | None, on: date) -> int | None:
    """Count the working days left; the first day after the end is already one day late."""
    measured = on if count.stopped is None else count.stopped
    if due is None:
        if count.sought is not None:
            return None
        return count.terms.limit.number + count.further - count.day(on)
    left = count.terms.days.between(measured, due)
    return min(left, -1) if measured > due else left


def _step(outcome: Outcome, on: date, due_before: date | None, due: date | None) -> Step:
    days = outcome.after.terms.days
    skipped: tuple[BankHoliday, ...] = ()
    if due is not None and due != due_before:
        skipped = days.skipped(on if due_before is None else due_before, due)
    return Step(
        on=on,
        what=outcome.what,
        authority=outcome.authority,
        effect=outcome.effect,
        due=due,
        due_before=due_before,
        skipped=skipped,
        day=outcome.after.day(on),
    )
