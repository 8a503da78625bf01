"""The ledger in plain lines: what an applicant, a manager and the Commissioner are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law.written import UK
from workflow.law.clock import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    Closed,
    Extended,
    FeeReceived,
    FeesNoticeGiven,
    ReceiptPolicy,
    Received,
    Responded,
    explain,
    read,
)
from workflow.law.explanation import counted_told, days_told, holiday_told, nations_told
from workflow.law.regime import Unit
from workflow.law.working_days import BankHoliday, WorkingDays

RECEIVED = Received(date(2026, 3, 2))
LAST_LINE = "Freedom of Information Act 2000. Calendar: gov.uk, typed."


def told(*events: ClockEvent, on: date | None = None) -> tuple[str, ...]:
    return explain(read([RECEIVED, *events], days=UK, on=on or [RECEIVED, *events][-1].on))


def test_receipt_tells_the_last_day_and_each_holiday_passed_over() -> None:
    assert told() == (
        "Monday 2 March 2026: Request received (s.10(1) FOIA); this is day 0 of 20 working days.",
        "The last day for an answer is Tuesday 31 March 2026.",
        (
            "Not a working day: Tuesday 17 March 2026 (Bank holiday of 2026-03-17, Northern "
            "Ireland)."
        ),
        "Due Tuesday 31 March 2026; 20 working days left.",
        LAST_LINE,
    )


def test_a_suspension_tells_what_did_not_count_and_when_to_pay() -> None:
    notice = FeesNoticeGiven(date(2026, 3, 5))

    assert told(notice)[3:] == (
        (
            "Thursday 5 March 2026: Fees notice given (s.10(2) FOIA); the clock is suspended: no "
            "working day counts from this day to the day the fee is received, both included; the "
            "last day to pay is Thursday 4 June 2026."
        ),
        "The clock is suspended: there is no due date.",
        "The last day to pay is Thursday 4 June 2026; 18 working days will then be left.",
        LAST_LINE,
    )
    assert told(notice, FeeReceived(date(2026, 3, 20)))[4:6] == (
        (
            "Friday 20 March 2026: Fee received (s.10(2) FOIA); the clock runs again: 11 working "
            "days, both ends included, did not count."
        ),
        "The last day for an answer is Friday 17 April 2026.",
    )


def test_while_both_a_fee_and_clarification_are_awaited_no_days_are_promised() -> None:
    both = told(FeesNoticeGiven(date(2026, 3, 5)), ClarificationSought(date(2026, 3, 6)))

    assert both[-3:] == (
        "The clock is awaiting clarification: there is no due date.",
        "The last day to pay is Thursday 4 June 2026.",
        LAST_LINE,
    )


def test_clarification_tells_that_there_is_no_due_date_and_then_a_new_count() -> None:
    sought = ClarificationSought(date(2026, 3, 5))

    assert told(sought)[3:] == (
        (
            "Thursday 5 March 2026: Clarification sought (s.1(3) and s.10(6) FOIA); there is no "
            "due date until the applicant supplies it."
        ),
        "The clock is awaiting clarification: there is no due date.",
        LAST_LINE,
    )
    assert told(sought, ClarificationReceived(date(2026, 3, 18)))[4:6] == (
        (
            "Wednesday 18 March 2026: Clarification received (s.1(3) and s.10(6) FOIA); the count "
            "starts again: this is day 0 of 20 working days."
        ),
        "The last day for an answer is Friday 17 April 2026.",
    )


def test_an_extension_tells_what_the_date_was_before_it() -> None:
    assert told(Extended(date(2026, 3, 31), "s.31(1)(a)", 21))[3:] == (
        (
            "Tuesday 31 March 2026: Time extended (s.10(3) FOIA); the end moves by 21 working days "
            "(s.31(1)(a))."
        ),
        "The last day for an answer is Friday 1 May 2026, instead of Tuesday 31 March 2026.",
        (
            "Not a working day: Friday 3 April 2026 (Bank holiday of 2026-04-03, throughout the "
            "United Kingdom)."
        ),
        (
            "Not a working day: Monday 6 April 2026 (Bank holiday of 2026-04-06, England, Wales "
            "and Northern Ireland)."
        ),
        (
            "This makes 41 working days in all: the Commissioner accepts more than 40 only "
            "exceptionally."
        ),
        "Due Friday 1 May 2026; 21 working days left.",
        LAST_LINE,
    )


def test_an_extension_for_no_stated_ground_names_none() -> None:
    assert told(Extended(date(2026, 3, 31), " ", 1))[3] == (
        "Tuesday 31 March 2026: Time extended (s.10(3) FOIA); the end moves by 1 working day."
    )


@pytest.mark.parametrize(
    ("events", "on", "last"),
    [
        ((), date(2026, 3, 30), "Due Tuesday 31 March 2026; 1 working day left."),
        ((), date(2026, 3, 31), "Due Tuesday 31 March 2026; 0 working days left."),
        ((), date(2026, 4, 1), "Due Tuesday 31 March 2026; 1 working day late."),
        ((), date(2026, 4, 2), "Due Tuesday 31 March 2026; 2 working days late."),
        (
            (Responded(date(2026, 3, 18)),),
            date(2026, 6, 1),
            "The clock is stopped; it was due Tuesday 31 March 2026, with 9 working days left.",
        ),
        (
            (Responded(date(2026, 4, 1)),),
            date(2026, 6, 1),
            "The clock is stopped; it was due Tuesday 31 March 2026, with 1 working day late.",
        ),
        (
            (ClarificationSought(date(2026, 3, 5)), Closed(date(2026, 6, 1), "lapsed")),
            date(2026, 6, 1),
            "The clock is stopped: there was no due date when it did.",
        ),
    ],
)
def test_the_reading_ends_with_where_the_clock_stands(
    events: tuple[ClockEvent, ...], on: date, last: str
) -> None:
    assert told(*events, on=on)[-2] == last


def test_the_codes_date_is_told_apart_from_the_statutory_limit() -> None:
    saturday = read(
        [Received(date(2026, 3, 7))],
        days=UK,
        on=date(2026, 3, 7),
        receipt_policy=ReceiptPolicy.NEXT_WORKING_DAY,
    )
    monday = read(
        [RECEIVED], days=UK, on=RECEIVED.on, receipt_policy=ReceiptPolicy.NEXT_WORKING_DAY
    )

    assert explain(saturday)[-3:-1] == (
        "Due Wednesday 8 April 2026; 20 working days left.",
        (
            "By the Code's rule for receipt on a day that is no working day: Thursday 9 April "
            "2026, which is not the statutory limit."
        ),
    )
    assert explain(monday)[-2] == "Due Tuesday 31 March 2026; 20 working days left."


def test_a_date_beyond_the_proclaimed_years_is_told_as_provisional() -> None:
    days = WorkingDays(
        [], first_year=2026, last_year=2027, version="test", proclaimed_to=date(2026, 3, 29)
    )

    reading = read([RECEIVED], days=days, on=RECEIVED.on)

    assert reading.provisional
    assert explain(reading)[-1] == (
        "Freedom of Information Act 2000. Calendar: test. The date is provisional: later bank "
        "holidays may yet be proclaimed."
    )
    assert not replace(reading, provisional=False).provisional


def test_a_date_on_the_last_proclaimed_day_is_not_provisional() -> None:
    days = WorkingDays(
        [], first_year=2026, last_year=2027, version="test", proclaimed_to=date(2026, 3, 30)
    )

    assert not read([RECEIVED], days=days, on=RECEIVED.on).provisional


@pytest.mark.parametrize(
    ("nations", "words"),
    [
        (("Scotland",), "Scotland"),
        (("England", "Wales"), "England and Wales"),
        (("England", "Wales", "Northern Ireland"), "England, Wales and Northern Ireland"),
        (("England", "Wales", "Scotland", "Northern Ireland"), "throughout the United Kingdom"),
        (("Northern Ireland", "Scotland", "Wales", "England"), "throughout the United Kingdom"),
    ],
)
def test_nations_are_listed_as_people_do(nations: tuple[str, ...], words: str) -> None:
    assert nations_told(nations) == words


def test_a_holiday_is_told_by_weekday_date_name_and_nation() -> None:
    holiday = BankHoliday(date(2020, 8, 3), "Summer bank holiday", ("Scotland",))

    assert holiday_told(holiday) == "Monday 3 August 2020 (Summer bank holiday, Scotland)"


def test_one_is_told_in_the_singular() -> None:
    assert [days_told(n) for n in (0, 1, 2)] == [
        "0 working days",
        "1 working day",
        "2 working days",
    ]
    assert [counted_told(n, Unit.MONTHS) for n in (1, 2)] == ["1 month", "2 months"]
