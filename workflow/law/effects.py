"""What each event does to the count: one function an event, with the section it acts under."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from workflow.law.dates import last_day_of_period, long_date
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
)
from workflow.law.limits import ONE_DAY, Span, Terms
from workflow.law.reading import ClockState
from workflow.law.regime import CLARIFICATIONS, EXTENSIONS, FEES


class Count(NamedTuple):
    """The count as it stands: where it began, what does not count, what it waits for."""

    terms: Terms
    day_zero: date
    suspended: tuple[Span, ...] = ()
    further: int = 0
    sought: date | None = None
    notice: date | None = None
    pay_by: date | None = None
    late_notice: bool = False
    stopped: date | None = None

    @property
    def state(self) -> ClockState:
        """Whether the clock runs, and if not, what it waits for."""
        if self.stopped is not None:
            return ClockState.STOPPED
        if self.sought is not None:
            return ClockState.AWAITING_CLARIFICATION
        return ClockState.RUNNING if self.notice is None else ClockState.SUSPENDED

    @property
    def due(self) -> date | None:
        """The last day for an answer; None while something is awaited."""
        if self.sought is not None or self.notice is not None:
            return None
        return self.terms.due(self.day_zero, further=self.further, suspended=self.suspended)

    @property
    def unextended(self) -> date:
        """The last day for notices, which an extension does not move (s.10(3), s.17(1))."""
        return self.terms.due(self.day_zero, suspended=self.suspended)

    def day(self, on: date) -> int:
        """Count the working days that have run by the end of a day, or when the clock stopped."""
        upto = min(moment for moment in (on, self.sought, self.stopped) if moment is not None)
        waiting = () if self.notice is None else (Span(self.notice, upto),)
        return self.terms.counted(self.day_zero, upto, (*self.suspended, *waiting))


class Outcome(NamedTuple):
    """What one event did: the count after it, and the words for the ledger."""

    after: Count
    what: str
    authority: str
    effect: str
    warning: str = ""


def effect_of(count: Count, event: ClockEvent) -> Outcome:  # noqa: PLR0911 (one for each event)
    """Apply one event to the count.

    Raises ImpossibleHistory when the event cannot follow what came before it.
    """
    if count.stopped is not None:
        raise ImpossibleHistory(
            f"The request was answered on {long_date(count.stopped)}, and then something happened "
            f"on {long_date(event.on)}: correct one of the two dates, or reopen the request first.",
            event,
        )
    match event:
        case Received():
            return _received(count)
        case ClarificationSought():
            return _clarification_sought(count, event)
        case ClarificationReceived():
            return _clarification_received(count, event)
        case FeesNoticeGiven():
            return _fees_notice_given(count, event)
        case FeeReceived():
            return _fee_received(count, event)
        case Extended():
            return _extended(count, event)
        case IdentityRequested() | IdentityReceived():
            raise ImpossibleHistory("not yet", event)
        case Responded():
            return _responded(count, event)


def _received(count: Count) -> Outcome:
    limit = count.terms.limit
    effect = f"the {limit.number} {limit.unit} begin on the day after, which is day 1 if it counts"
    return Outcome(count, "Request received", limit.authority, effect)


def _clarification_sought(count: Count, event: ClarificationSought) -> Outcome:
    again = count.sought is not None
    effect = "there is no due date until the applicant supplies it"
    what = "Clarification sought again" if again else "Clarification sought"
    asked = count if again else count._replace(sought=event.on)
    return Outcome(asked, what, CLARIFICATIONS[count.terms.regime].authority, effect)


def _clarification_received(count: Count, event: ClarificationReceived) -> Outcome:
    if count.sought is None:
        raise ImpossibleHistory(
            f"Clarification was received on {long_date(event.on)}, but none had been sought: "
            "record when it was sought, or take this out.",
            event,
        )
    again = count._replace(day_zero=event.on, sought=None, further=0)
    effect = f"a new count of {count.terms.limit.number} working days begins on the day after"
    authority = CLARIFICATIONS[count.terms.regime].authority
    return Outcome(again, "Clarification received", authority, effect)


def _fees_notice_given(count: Count, event: FeesNoticeGiven) -> Outcome:
    fees = FEES[count.terms.regime]
    if count.notice is not None:
        raise ImpossibleHistory(
            f"A second fees notice was given on {long_date(event.on)} while the one of "
            f"{long_date(count.notice)} was unpaid: record the payment first.",
            event,
        )
    if count.sought is None and event.on > count.unextended:
        effect = "no effect: it was given after the last day for giving one"
        warning = f"The fees notice of {long_date(event.on)} came too late to suspend the clock."
        return Outcome(
            count._replace(late_notice=True), "Fees notice given", fees.notice, effect, warning
        )
    pay_by = last_day_of_period(event.on, fees.pay_within)
    effect = (
        "the clock is suspended: no working day counts from this day to the day the fee is "
        f"received, both included; the last day to pay is {long_date(pay_by)}"
    )
    given = count._replace(notice=event.on, pay_by=pay_by)
    return Outcome(given, "Fees notice given", fees.suspension, effect)


def _fee_received(count: Count, event: FeeReceived) -> Outcome:
    fees = FEES[count.terms.regime]
    if count.notice is None or count.pay_by is None:
        if count.late_notice:
            done = count._replace(late_notice=False)
            return Outcome(done, "Fee received", fees.suspension, "no effect: the notice had none")
        raise ImpossibleHistory(
            f"A fee was received on {long_date(event.on)}, but no fees notice was outstanding: "
            "record when the notice was given, or take this out.",
            event,
        )
    if event.on > count.pay_by:
        effect = f"no effect: the last day to pay was {long_date(count.pay_by)}"
        warning = (
            f"The fee came on {long_date(event.on)}, after the last day to pay: the authority need "
            "not answer this request, and a new request would have its own clock."
        )
        return Outcome(count, "Fee received", fees.notice, effect, warning)
    span = Span(count.notice, event.on)
    lost = count.terms.days.between(span.start - ONE_DAY, span.end)
    paid = count._replace(notice=None, pay_by=None, suspended=_with(count.suspended, span))
    effect = f"the clock runs again: {lost} working days, both ends included, did not count"
    return Outcome(paid, "Fee received", fees.suspension, effect)


def _with(spans: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    """Add a span, so that a day in two of them is left out once."""
    if spans and span.start <= spans[-1].end:
        return (*spans[:-1], Span(spans[-1].start, max(spans[-1].end, span.end)))
    return (*spans, span)


def _extended(count: Count, event: Extended) -> Outcome:
    rule = EXTENSIONS[count.terms.regime]
    if event.further_working_days is None or event.further_working_days < 1:
        raise ImpossibleHistory(
            f"The extension of {long_date(event.on)} needs its length: say how many further "
            "working days, at least one.",
            event,
        )
    further = count.further + event.further_working_days
    effect = f"the end moves by {event.further_working_days} working days ({event.ground})"
    longer = count._replace(further=further)
    return Outcome(longer, "Time extended", rule.authority, effect)


def _responded(count: Count, event: Responded) -> Outcome:
    stopped = count._replace(stopped=event.on)
    effect = f"the clock stops on working day {stopped.day(event.on)}"
    return Outcome(stopped, "Answer given", count.terms.limit.authority, effect)
