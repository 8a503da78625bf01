"""What each event does to the count: one function an event, with the section it acts under."""

from __future__ import annotations

from datetime import date

from workflow.law.count import Count, Outcome
from workflow.law.dates import last_day_of_period, long_date
from workflow.law.explanation import counted_told, days_told
from workflow.law.extending import extended
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
)
from workflow.law.limits import ONE_DAY, Span, lost_days, merged
from workflow.law.regime import CLARIFICATIONS, FEES, IDENTITY, TIME_LIMITS, Effect, Fees, Unit


def effect_of(count: Count, event: ClockEvent) -> Outcome:  # noqa: C901, PLR0911 (one line for each event)
    """Apply one event to the count.

    Raises ImpossibleHistory when the event cannot follow what came before it.
    """
    if count.stopped is not None:
        raise ImpossibleHistory(
            f"The clock stopped on {long_date(count.stopped)}, and something else happened on "
            f"{long_date(event.on)}: correct one of the two dates, or reopen the request first.",
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
            return extended(count, event)
        case IdentityRequested():
            return _identity_requested(count, event)
        case IdentityReceived():
            return _identity_received(count, event)
        case Responded():
            return _responded(count, event)
        case Closed():
            return _closed(count, event)


def _received(count: Count) -> Outcome:
    limit, special = count.terms.time_limit, count.terms.special
    if count.terms.in_months:
        effect = f"the period of {counted_told(limit.number, limit.unit)} begins"
        return Outcome(count, "Request received", limit.authority, effect)
    school = " or 20 school days, whichever end first" if special.school_days else ""
    number = special.furthest if special.school_days else count.number
    effect = f"this is day 0 of {days_told(number)}{school}"
    return Outcome(count, "Request received", special.authority, effect)


def _clarification_sought(count: Count, event: ClarificationSought) -> Outcome:
    rule = CLARIFICATIONS[count.terms.regime]
    if event.on < rule.since:
        effect = f"no effect: the clock could not be paused before {long_date(rule.since)}"
        idle = count._replace(idle_question=True)
        return Outcome(idle, "Clarification sought", rule.authority, effect)
    if count.sought is not None:
        effect = "the wait goes on"
        again = count._replace(asked=event.on)
        return Outcome(again, "Clarification sought again", rule.authority, effect)
    asked = count._replace(sought=event.on, asked=event.on)
    effect = "there is no due date until the applicant supplies it"
    warning = ""
    if count.is_late_for_notices(event.on):
        warning = f"Clarification was sought after {long_date(count.notice_by)}, the last day."
    return Outcome(asked, "Clarification sought", rule.authority, effect, warning)


def _clarification_received(count: Count, event: ClarificationReceived) -> Outcome:
    rule = CLARIFICATIONS[count.terms.regime]
    if count.sought is None and count.idle_question:
        answered = count._replace(idle_question=False)
        return Outcome(answered, "Clarification received", rule.authority, "no effect")
    if count.sought is None:
        raise ImpossibleHistory(
            f"Clarification was received on {long_date(event.on)}, but none had been sought: "
            "record when it was sought, or leave this out.",
            event,
        )
    if rule.effect is Effect.SUSPENDS:
        return _resumed(count, Span(count.sought, event.on), rule.authority)
    again = count._replace(day_zero=event.on, sought=None, further=0)
    effect = f"the count starts again: this is day 0 of {days_told(again.number)}"
    return Outcome(again, "Clarification received", rule.authority, effect)


def _resumed(count: Count, span: Span, authority: str) -> Outcome:
    lost = (span.end - span.start + ONE_DAY).days
    resumed = count._replace(sought=None, suspended=merged((*count.suspended, span)))
    days = "1 day" if lost == 1 else f"{lost} days"
    effect = f"the clock runs again: {days}, the first and the last included, did not count"
    return Outcome(resumed, "Clarification received", authority, effect)


def _fees_notice_given(count: Count, event: FeesNoticeGiven) -> Outcome:
    fees = FEES[count.terms.regime]
    if count.notice is not None:
        raise ImpossibleHistory(
            f"A second fees notice was given on {long_date(event.on)} while the one of "
            f"{long_date(count.notice)} was unpaid: record the payment first.",
            event,
        )
    if fees.effect is Effect.SUSPENDS and count.is_late_for_notices(event.on):
        by = long_date(count.notice_by)
        idle = count._replace(idle_notice=True)
        effect = f"no effect: it had to be given by {by}"
        warning = f"The fees notice of {long_date(event.on)} has no effect: it was due by {by}."
        return Outcome(idle, "Fees notice given", fees.notice, effect, warning)
    pay_by = _last_day_to_pay(count, event.on, fees)
    given = count._replace(notice=event.on, pay_by=pay_by)
    if pay_by is None:
        effect = "there is no due date until the fee is paid"
        return Outcome(given, "Fee asked for", fees.notice, effect)
    effect = (
        "the clock is suspended: no working day counts from this day to the day the fee is "
        f"received, both included; the last day to pay is {long_date(pay_by)}"
    )
    return Outcome(given, "Fees notice given", fees.authority, effect)


def _last_day_to_pay(count: Count, given: date, fees: Fees) -> date | None:
    """Give the last day to pay: the months begin with the notice, the EIR's days follow it."""
    if fees.pay_within is None:
        return None
    if fees.unit is Unit.MONTHS:
        return last_day_of_period(given, fees.pay_within)
    return count.terms.days.nth_after(given, fees.pay_within)


def _fee_received(count: Count, event: FeeReceived) -> Outcome:
    fees = FEES[count.terms.regime]
    if count.notice is None and count.idle_notice:
        paid = count._replace(idle_notice=False)
        return Outcome(paid, "Fee received", fees.authority, "no effect: nor had the notice")
    if count.notice is None:
        raise ImpossibleHistory(
            f"A fee was received on {long_date(event.on)}, but no fees notice was outstanding: "
            "record when the notice was given, or leave this out.",
            event,
        )
    if count.pay_by is not None and event.on > count.pay_by:
        effect = f"no effect: the last day to pay was {long_date(count.pay_by)}"
        warning = (
            f"The fee came on {long_date(event.on)}, after the last day to pay: the authority need "
            "not answer this request; a new request would have its own clock."
        )
        return Outcome(count, "Fee received", fees.notice, effect, warning)
    paid = count._replace(notice=None, pay_by=None)
    if fees.effect is Effect.STARTS_AGAIN:
        return _begun(paid, event.on, "Fee received", fees.authority)
    span = Span(count.notice, event.on)
    lost = lost_days(count.terms.days, count.day_zero, span)
    effect = f"the clock runs again: {days_told(lost)}, both ends included, did not count"
    resumed = paid._replace(suspended=merged((*count.suspended, span)))
    return Outcome(resumed, "Fee received", fees.authority, effect)


def _identity_requested(count: Count, event: IdentityRequested) -> Outcome:
    authority = _identity_authority(count, event)
    asked = count._replace(identity=count.identity or event.on)
    effect = "there is no due date until the person shows who they are"
    return Outcome(asked, "Proof of identity requested", authority, effect)


def _identity_received(count: Count, event: IdentityReceived) -> Outcome:
    authority = _identity_authority(count, event)
    if count.identity is None:
        raise ImpossibleHistory(
            f"Proof of identity was received on {long_date(event.on)}, but none had been "
            "requested: record when it was, or leave this out.",
            event,
        )
    proved = count._replace(identity=None)
    return _begun(proved, event.on, "Proof of identity received", authority)


def _identity_authority(count: Count, event: ClockEvent) -> str:
    if count.terms.regime in IDENTITY:
        return IDENTITY[count.terms.regime]
    raise ImpossibleHistory(
        f"Proof of identity plays no part under {TIME_LIMITS[count.terms.regime].title}: leave "
        "it out, or change the regime.",
        event,
    )


def _begun(count: Count, on: date, what: str, authority: str) -> Outcome:
    limit = count.terms.time_limit
    effect = f"the period of {counted_told(limit.number, limit.unit)} begins only now"
    return Outcome(count._replace(day_zero=on), what, authority, effect)


def _responded(count: Count, event: Responded) -> Outcome:
    stopped = count._replace(stopped=event.on)
    effect = f"the clock stops on working day {stopped.day(event.on)}"
    return Outcome(stopped, "Answer given", count.terms.special.authority, effect)


def _closed(count: Count, event: Closed) -> Outcome:
    stopped = count._replace(stopped=event.on)
    return Outcome(stopped, f"Closed: {event.reason}", "no answer is due", "the clock stops")
