"""The statutory clock: a fold over dated events that gives a reading and how it was reached.

Three effects must never be blurred. Clarification starts the count again (s.1(3), s.10(6) FOIA);
a fees notice suspends it (s.10(2)); a public interest extension moves its end (s.10(3)).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from workflow.law.count import Count, Outcome
from workflow.law.dates import long_date
from workflow.law.effects import effect_of
from workflow.law.explanation import explain
from workflow.law.history import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    Closed,
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
from workflow.law.limits import Span, last_counted_day, merged, terms_of
from workflow.law.reading import ClockState, Reading, Step
from workflow.law.regime import Regime
from workflow.law.special_limits import Limit, NoSuchLimit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from workflow.law.working_days import BankHoliday, WorkingDays

__all__ = [
    "ClarificationReceived",
    "ClarificationSought",
    "ClockEvent",
    "ClockState",
    "Closed",
    "Extended",
    "FeeReceived",
    "FeesNoticeGiven",
    "IdentityReceived",
    "IdentityRequested",
    "ImpossibleHistory",
    "Limit",
    "NoSuchLimit",
    "Reading",
    "ReceiptPolicy",
    "Received",
    "Responded",
    "Span",
    "Step",
    "day_of_count",
    "explain",
    "read",
]


class ReceiptPolicy(StrEnum):
    """What a receipt on a day that is no working day counts as.

    The Act starts from that day itself, so the next working day is day 1. Paragraph 4.2 of the
    Code under s.45 treats the next working day as the day of receipt: one day later. An authority
    may work to the Code's date; it is never the statutory limit.
    """

    STATUTE = "statute"
    NEXT_WORKING_DAY = "next_working_day"


def read(
    events: Iterable[ClockEvent],
    *,
    days: WorkingDays,
    on: date,
    regime: Regime = Regime.FOIA,
    limit: Limit = Limit.STANDARD,
    closed: Iterable[Span] = (),
    set_by_commissioner: date | None = None,
    receipt_policy: ReceiptPolicy = ReceiptPolicy.STATUTE,
) -> Reading:
    """Read the clock as it stands at the end of the day `on`.

    `days` is the calendar of the regime (see `HOLIDAYS`). What happened after `on` had not
    happened yet and is left out. `closed` are a school's days without a session. Raises
    ImpossibleHistory when the facts cannot all be true, NoSuchLimit when the regime does not know
    the limit, and CalendarTooShort outside the years whose bank holidays are known.
    """
    happened = _happened(events, on)
    terms = terms_of(regime, days, limit, merged(closed), set_by_commissioner)
    count = Count(terms, happened[0].on)
    original_due = count.notice_by
    ledger: list[Step] = []
    warnings: list[str] = []
    for event in happened:
        outcome = effect_of(count, event)
        count = outcome.after
        ledger.append(_step(outcome, event.on, ledger[-1].due if ledger else None))
        if outcome.warning:
            warnings.append(outcome.warning)
    due = ledger[-1].due
    return Reading(
        state=count.state,
        due=due,
        original_due=original_due,
        left=_left(count, due, on),
        day=count.day(on),
        stopped_on=count.stopped,
        pay_by=count.pay_by if count.stopped is None else None,
        provisional=due is not None and days.is_provisional(due),
        calendar_version=days.version,
        ledger=tuple(ledger),
        regime=regime,
        day_zero=count.day_zero,
        notice_by=None if count.waits else count.notice_by,
        asked_on=None if count.sought is None else count.asked,
        code_due=_code_due(count, due, receipt_policy),
        suspended=count.suspended,
        warnings=tuple(warnings),
    )


def day_of_count(reading: Reading, n: int, *, days: WorkingDays) -> date | None:
    """Give the date of the n-th working day of the count, for internal targets.

    Days during which the count was suspended are passed over; while something is awaited there
    is no such date. The reading has to be one of a regime that counts working days.
    """
    if reading.due is None:
        return None
    return last_counted_day(days, reading.day_zero, n, reading.suspended)


def _happened(events: Iterable[ClockEvent], on: date) -> tuple[ClockEvent, ...]:
    ordered = in_order(events)
    happened = tuple(event for event in ordered if event.on <= on)
    if not happened:
        raise ImpossibleHistory(
            f"By {long_date(on)} the request had not been received: it was received on "
            f"{long_date(ordered[0].on)}.",
            ordered[0],
        )
    return happened


def _step(outcome: Outcome, on: date, due_before: date | None) -> Step:
    count = outcome.after
    due = count.due
    skipped: tuple[BankHoliday, ...] = ()
    unrolled = None
    if due is not None and due != due_before:
        unrolled = count.unrolled
        after = on if due_before is None else due_before
        skipped = count.terms.passed_over(after, due, unrolled)
    return Step(
        on=on,
        what=outcome.what,
        authority=outcome.authority,
        effect=outcome.effect,
        due=due,
        due_before=due_before,
        skipped=skipped,
        day=count.day(on),
        rolled_from=None if unrolled == due else unrolled,
    )


def _left(count: Count, due: date | None, on: date) -> int | None:
    """Count the working days left; the first day after the end is already one day late."""
    if due is not None:
        measured = on if count.stopped is None else count.stopped
        left = count.terms.days.between(measured, due)
        return min(left, -1) if measured > due else left
    only_suspended = count.sought is None and count.identity is None
    if only_suspended and not count.terms.in_months:
        return count.number - count.day(on)
    return None


def _code_due(count: Count, due: date | None, policy: ReceiptPolicy) -> date | None:
    if due is None or policy is ReceiptPolicy.STATUTE or count.terms.in_months:
        return None
    return count.due_from(count.terms.days.on_or_after(count.day_zero))
