"""The clock of an internal review, read and explained as the request's own is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.reading import ClockState, Reading, Step
from workflow.law.reviews import (
    ReviewDecided,
    ReviewEvent,
    ReviewExtended,
    ReviewRequested,
    review_reply_by,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from workflow.law.working_days import WorkingDays


def read_review(
    events: Iterable[ReviewEvent], *, of: Reading, days: WorkingDays, on: date
) -> Reading:
    """Read the clock of a review as it stands at the end of the day `on`.

    `of` is the reading of the request under review. The first event is the request for the review.
    Raises NoSuchDate when the regime has no review, and CalendarTooShort as the other clocks do.
    """
    happened = [one for one in events if one.on <= on]
    requested = next(one for one in happened if isinstance(one, ReviewRequested))
    ledger: list[Step] = []
    extensions: tuple[ReviewExtended, ...] = ()
    warnings: tuple[str, ...] = ()
    for event in happened:
        if isinstance(event, ReviewDecided):
            continue
        if isinstance(event, ReviewExtended):
            extensions += (event,)
        reply = review_reply_by(of, requested, extensions, days=days)
        before = ledger[-1].due if ledger else None
        what = "Review extended" if extensions else "Internal review requested"
        skipped = days.skipped(before or requested.on, reply.on)
        ledger.append(Step(event.on, what, reply.authority, reply.how, reply.on, before, skipped))
        warnings += (f"The extension has no effect beyond {reply.note}.",) if reply.note else ()
    due = ledger[-1].due or requested.on
    decided = next((one.on for one in happened if isinstance(one, ReviewDecided)), None)
    measured = decided or on
    left = days.between(measured, due)
    return Reading(
        state=ClockState.RUNNING if decided is None else ClockState.STOPPED,
        due=due,
        original_due=ledger[0].due or due,
        left=min(left, -1) if measured > due else left,
        day=days.between(requested.on, measured),
        stopped_on=decided,
        pay_by=None,
        provisional=days.is_provisional(due),
        calendar_version=days.version,
        ledger=tuple(ledger),
        regime=of.regime,
        day_zero=requested.on,
        warnings=warnings,
    )
