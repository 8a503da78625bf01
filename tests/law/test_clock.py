"""The clock of s.10 FOIA: what each event does to the due date, and that nothing is blurred."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.law.written import UK, day
from workflow.law.clock import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    ClockState,
    Closed,
    Extended,
    FeeReceived,
    FeesNoticeGiven,
    IdentityReceived,
    IdentityRequested,
    ImpossibleHistory,
    Reading,
    ReceiptPolicy,
    Received,
    Responded,
    day_of_count,
    read,
)

RECEIVED = Received(date(2026, 1, 12))  # a Monday; day 5 is Mon 19, day 20 Mon 9 February
TWENTIETH = date(2026, 2, 9)


def after(*events: ClockEvent, on: date | None = None) -> Reading:
    history = (RECEIVED, *events)
    return read(history, days=UK, on=on or history[-1].on)


# --- s.10(1): twenty working days following the date of receipt ---


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("Fri 2026-01-09", "Fri 2026-02-06"),
        ("Sat 2026-01-10", "Fri 2026-02-06"),  # Monday is day 1, as it is after a Friday
        ("Sun 2026-01-11", "Fri 2026-02-06"),
        ("Mon 2026-01-12", "Mon 2026-02-09"),  # a day later than after the Sunday
        ("Tue 2026-01-13", "Tue 2026-02-10"),
        ("Tue 2020-07-14", "Wed 2020-08-12"),  # Mon 3 August: Scotland
        ("Mon 2020-07-13", "Tue 2020-08-11"),  # received on Northern Ireland's holiday
        ("Fri 2020-07-10", "Tue 2020-08-11"),  # and before it
        ("Fri 2024-02-02", "Fri 2024-03-01"),  # a leap day counts
        ("Thu 2023-02-02", "Thu 2023-03-02"),
        ("Wed 2025-12-24", "Tue 2026-01-27"),  # Christmas to 2 January: four days do not count
        ("Thu 2025-12-25", "Tue 2026-01-27"),
        ("Fri 2026-01-02", "Fri 2026-01-30"),
        ("Sat 2026-03-28", "Tue 2026-04-28"),  # the night summer time begins
        ("Sun 2026-10-25", "Fri 2026-11-20"),  # the night it ends
    ],
)
def test_the_last_day_is_the_twentieth_working_day_after_receipt(received: str, due: str) -> None:
    reading = read([Received(day(received))], days=UK, on=day(received))

    assert (reading.state, reading.due) == (ClockState.RUNNING, day(due))
    assert reading.original_due == reading.notice_by == day(due)


@pytest.mark.parametrize(
    ("on", "left", "counted"),
    [
        ("Mon 2026-01-12", 20, 0),
        ("Tue 2026-01-13", 19, 1),
        ("Sat 2026-01-17", 16, 4),
        ("Fri 2026-02-06", 1, 19),
        ("Sat 2026-02-07", 1, 19),
        ("Mon 2026-02-09", 0, 20),
        ("Tue 2026-02-10", -1, 21),
        ("Wed 2026-02-11", -2, 22),
    ],
)
def test_days_left_are_0_on_the_last_day_and_negative_only_after_it(
    on: str, left: int, counted: int
) -> None:
    reading = after(on=day(on))

    assert (reading.left, reading.day, reading.is_late) == (left, counted, left < 0)


@pytest.mark.parametrize("on", ["Sat 2026-02-07", "Sun 2026-02-08", "Mon 2026-02-09"])
def test_the_weekend_after_the_last_day_is_already_late(on: str) -> None:
    friday = read([Received(date(2026, 1, 9))], days=UK, on=day(on))

    assert (friday.due, friday.left, friday.is_late) == (date(2026, 2, 6), -1, True)


def test_the_seed_letter_was_sent_on_working_day_12_of_20() -> None:
    events: list[ClockEvent] = [Received(date(2020, 7, 14)), Responded(date(2020, 7, 30))]

    reading = read(events, days=UK, on=date(2020, 12, 1))

    assert (reading.state, reading.stopped_on) == (ClockState.STOPPED, date(2020, 7, 30))
    assert (reading.day, reading.left, reading.due) == (12, 8, date(2020, 8, 12))
    assert reading.ledger[-1].effect == "the clock stops on working day 12"


def test_a_late_answer_stays_late_however_long_ago_it_was() -> None:
    reading = after(Responded(date(2026, 2, 11)), on=date(2026, 12, 1))

    assert (reading.left, reading.day, reading.is_late) == (-2, 22, True)


def test_a_closed_request_is_neither_running_nor_counted_further() -> None:
    reading = after(Closed(date(2026, 1, 16), "withdrawn"), on=date(2026, 12, 1))

    assert (reading.state, reading.day, reading.left) == (ClockState.STOPPED, 4, 16)
    assert reading.ledger[-1].what == "Closed: withdrawn"


# --- s.1(3), s.10(6): clarification starts the count again ---


def test_while_clarification_is_awaited_there_is_no_due_date() -> None:
    reading = after(ClarificationSought(date(2026, 1, 19)), on=date(2026, 3, 2))

    assert reading.state is ClockState.AWAITING_CLARIFICATION
    assert (reading.due, reading.left, reading.notice_by) == (None, None, None)
    assert (reading.day, reading.asked_on) == (5, date(2026, 1, 19))
    assert reading.original_due == TWENTIETH


@pytest.mark.parametrize(
    ("answered", "due"),
    [
        ("Mon 2026-01-19", "Mon 2026-02-16"),  # asked and answered on one day: still a new count
        ("Fri 2026-02-20", "Mon 2026-03-23"),  # Tue 17 March: Northern Ireland
        ("Sat 2026-02-21", "Mon 2026-03-23"),
        ("Mon 2026-02-23", "Tue 2026-03-24"),
    ],
)
def test_clarification_gives_a_fresh_twenty_days(answered: str, due: str) -> None:
    reading = after(ClarificationSought(date(2026, 1, 19)), ClarificationReceived(day(answered)))

    assert (reading.state, reading.due) == (ClockState.RUNNING, day(due))
    assert (reading.day, reading.left, reading.day_zero) == (0, 20, day(answered))
    assert reading.original_due == TWENTIETH
    assert reading.asked_on is None


def test_every_round_of_clarification_starts_the_count_again() -> None:
    reading = after(
        ClarificationSought(date(2026, 1, 14)),
        ClarificationReceived(date(2026, 1, 16)),
        ClarificationSought(date(2026, 1, 21)),
        ClarificationReceived(date(2026, 1, 28)),
    )

    assert reading.due == day("Wed 2026-02-25")
    assert [step.due for step in reading.ledger] == [
        TWENTIETH,
        None,
        day("Fri 2026-02-13"),
        None,
        day("Wed 2026-02-25"),
    ]


def test_asking_again_before_an_answer_goes_on_waiting() -> None:
    reading = after(ClarificationSought(date(2026, 1, 19)), ClarificationSought(date(2026, 2, 2)))

    assert reading.state is ClockState.AWAITING_CLARIFICATION
    assert (reading.day, reading.asked_on) == (5, date(2026, 2, 2))
    assert reading.ledger[-1].what == "Clarification sought again"


def test_clarification_sought_after_the_last_day_is_told_as_late() -> None:
    assert after(ClarificationSought(TWENTIETH)).warnings == ()
    assert after(ClarificationSought(date(2026, 2, 10))).warnings == (
        "Clarification was sought after Monday 9 February 2026, the last day.",
    )


# --- s.9, s.10(2): a fees notice suspends it ---


@pytest.mark.parametrize(
    ("notice", "paid", "due"),
    [
        ("Mon 2026-01-19", "Mon 2026-01-19", "Tue 2026-02-10"),  # one day is left out
        ("Mon 2026-01-19", "Fri 2026-01-23", "Mon 2026-02-16"),  # five are: day 5 is Mon 26 Jan
        ("Mon 2026-01-19", "Sat 2026-01-24", "Mon 2026-02-16"),  # the weekend adds none
        ("Sat 2026-01-17", "Sun 2026-01-18", "Mon 2026-02-09"),  # and alone moves nothing
        ("Mon 2026-02-09", "Fri 2026-02-20", "Mon 2026-02-23"),  # on day 20: the next working day
        ("Mon 2026-01-12", "Wed 2026-01-14", "Wed 2026-02-11"),  # on the day of receipt, day 0
        ("Mon 2026-02-02", "Tue 2026-03-17", "Wed 2026-03-25"),  # paid on a bank holiday
    ],
)
def test_the_days_from_the_notice_to_the_fee_do_not_count(notice: str, paid: str, due: str) -> None:
    reading = after(FeesNoticeGiven(day(notice)), FeeReceived(day(paid)))

    assert (reading.state, reading.due, reading.pay_by) == (ClockState.RUNNING, day(due), None)


def test_while_a_fee_is_awaited_the_days_used_stay_used() -> None:
    reading = after(FeesNoticeGiven(date(2026, 1, 19)), on=date(2026, 3, 2))

    assert (reading.state, reading.due) == (ClockState.SUSPENDED, None)
    assert (reading.day, reading.left) == (4, 16)
    assert (reading.pay_by, reading.notice_by) == (day("Sat 2026-04-18"), None)


def test_the_first_working_day_after_payment_is_the_day_of_the_notice_again() -> None:
    paid = (FeesNoticeGiven(date(2026, 1, 19)), FeeReceived(date(2026, 1, 23)))

    assert after(*paid).day == 4
    assert after(*paid, on=date(2026, 1, 25)).day == 4
    assert after(*paid, on=date(2026, 1, 26)).day == 5


def test_two_notices_leave_a_day_they_share_out_only_once() -> None:
    reading = after(
        FeesNoticeGiven(date(2026, 1, 19)),
        FeeReceived(date(2026, 1, 20)),
        FeesNoticeGiven(date(2026, 1, 20)),
        FeeReceived(date(2026, 1, 21)),
    )

    assert reading.due == day("Thu 2026-02-12")


def test_two_notices_apart_are_both_left_out() -> None:
    reading = after(
        FeesNoticeGiven(date(2026, 1, 19)),
        FeeReceived(date(2026, 1, 20)),
        FeesNoticeGiven(date(2026, 2, 10)),
        FeeReceived(date(2026, 2, 11)),
    )

    assert reading.due == day("Fri 2026-02-13")


def test_a_notice_after_the_last_day_suspends_nothing() -> None:
    late = FeesNoticeGiven(date(2026, 2, 10))

    assert (after(late).state, after(late).due) == (ClockState.RUNNING, TWENTIETH)
    assert after(late).warnings == (
        (
            "The fees notice of Tuesday 10 February 2026 has no effect: it was due by Monday 9 "
            "February 2026."
        ),
    )
    paid = after(late, FeeReceived(date(2026, 2, 12)))
    assert (paid.due, paid.left) == (TWENTIETH, -3)
    assert paid.ledger[-1].effect == "no effect: nor had the notice"


def test_a_notice_given_while_clarification_is_awaited_is_in_time() -> None:
    reading = after(
        ClarificationSought(date(2026, 1, 19)),
        FeesNoticeGiven(date(2026, 2, 20)),
        ClarificationReceived(date(2026, 2, 23)),
    )
    assert reading.state is ClockState.SUSPENDED

    paid = after(
        ClarificationSought(date(2026, 1, 19)),
        FeesNoticeGiven(date(2026, 2, 20)),
        ClarificationReceived(date(2026, 2, 23)),
        FeeReceived(date(2026, 2, 25)),
    )
    assert paid.due == day("Thu 2026-03-26")  # two days of the new count, 24 and 25, are left out


@pytest.mark.parametrize(
    ("notice", "pay_by"),
    [
        ("Thu 2026-01-15", "Tue 2026-04-14"),  # the day before the same date
        ("Mon 2026-01-12", "Sat 2026-04-11"),  # a Saturday stays one
        ("Tue 2026-12-01", "Sun 2027-02-28"),
        ("Mon 2026-11-30", "Sun 2027-02-28"),  # no 30 February: the month's end
        ("Thu 2023-11-30", "Thu 2024-02-29"),  # in a leap year
        ("Sat 2026-01-31", "Thu 2026-04-30"),
    ],
)
def test_a_fee_has_to_be_paid_within_three_months_beginning_with_the_notice(
    notice: str, pay_by: str
) -> None:
    given = day(notice)

    reading = read([Received(given), FeesNoticeGiven(given)], days=UK, on=given)

    assert reading.pay_by == day(pay_by)


def test_a_fee_paid_on_the_last_day_counts_and_a_day_later_does_not() -> None:
    notice = FeesNoticeGiven(date(2026, 1, 15))

    in_time = after(notice, FeeReceived(date(2026, 4, 14)))
    too_late = after(notice, FeeReceived(date(2026, 4, 15)))

    assert (in_time.state, in_time.due) == (ClockState.RUNNING, day("Mon 2026-05-11"))
    assert (too_late.state, too_late.due) == (ClockState.SUSPENDED, None)
    assert too_late.warnings == (
        (
            "The fee came on Wednesday 15 April 2026, after the last day to pay: the authority "
            "need not answer this request; a new request would have its own clock."
        ),
    )


def test_answering_without_waiting_for_the_fee_leaves_no_due_date() -> None:
    reading = after(FeesNoticeGiven(date(2026, 1, 19)), Responded(date(2026, 1, 23)))

    assert (reading.state, reading.due, reading.day) == (ClockState.STOPPED, None, 4)
    assert reading.pay_by is None


# --- the three together ---


def test_clarification_forgets_what_went_before_but_the_original_date() -> None:
    reading = after(
        FeesNoticeGiven(date(2026, 1, 14)),
        FeeReceived(date(2026, 1, 16)),
        Extended(date(2026, 1, 20), "s.31(1)(a)", 20),
        ClarificationSought(date(2026, 1, 21)),
        ClarificationReceived(date(2026, 2, 23)),
    )

    assert reading.due == day("Tue 2026-03-24")
    assert reading.original_due == TWENTIETH


def test_a_suspension_and_an_extension_add_up() -> None:
    reading = after(
        FeesNoticeGiven(date(2026, 1, 19)),
        FeeReceived(date(2026, 1, 23)),
        Extended(date(2026, 2, 16), "s.43(2)", 20),
    )

    assert (reading.due, reading.notice_by) == (day("Mon 2026-03-16"), day("Mon 2026-02-16"))


def test_a_corrected_date_of_receipt_recomputes_everything_the_extension_too() -> None:
    events = (Extended(date(2026, 1, 20), "s.31", 10), Responded(date(2026, 2, 16)))

    reading = read([Received(date(2026, 1, 9)), *events], days=UK, on=date(2026, 3, 2))

    assert after(*events).due == day("Mon 2026-02-23")
    assert (reading.due, reading.original_due) == (day("Fri 2026-02-20"), day("Fri 2026-02-06"))


def test_events_are_read_in_the_order_of_their_dates_whatever_order_they_came_in() -> None:
    events = (
        FeeReceived(date(2026, 1, 23)),
        Responded(date(2026, 2, 2)),
        RECEIVED,
        FeesNoticeGiven(date(2026, 1, 19)),
    )

    assert read(events, days=UK, on=date(2026, 3, 2)) == after(
        FeesNoticeGiven(date(2026, 1, 19)),
        FeeReceived(date(2026, 1, 23)),
        Responded(date(2026, 2, 2)),
        on=date(2026, 3, 2),
    )


def test_receipt_comes_first_among_the_events_of_its_day() -> None:
    events = (FeesNoticeGiven(RECEIVED.on), RECEIVED)

    assert read(events, days=UK, on=RECEIVED.on).state is ClockState.SUSPENDED


def test_what_happened_later_had_not_happened_yet() -> None:
    events = (FeesNoticeGiven(date(2026, 1, 19)), Responded(date(2026, 2, 20)))

    assert after(*events, on=date(2026, 1, 18)) == after(on=date(2026, 1, 18))
    assert after(*events, on=date(2026, 1, 19)).state is ClockState.SUSPENDED
    assert after(*events, on=date(2026, 2, 20)).state is ClockState.STOPPED


def test_a_reading_carries_the_version_of_its_calendar() -> None:
    assert after().calendar_version == UK.version


def test_a_notice_on_the_first_day_of_the_calendar_needs_no_day_before_it() -> None:
    first = UK.first

    reading = read(
        [Received(first), FeesNoticeGiven(first), FeeReceived(first + timedelta(days=3))],
        days=UK,
        on=first + timedelta(days=3),
    )

    assert reading.ledger[-1].effect.startswith("the clock runs again: 1 working day, ")
    assert reading.due == UK.nth_after(first, 21)


# --- receipt on a day that is no working day: the Act, and the Code's other reading ---


@pytest.mark.parametrize(
    ("received", "statute", "code"),
    [
        ("Fri 2026-01-09", "Fri 2026-02-06", "Fri 2026-02-06"),
        ("Sat 2026-01-10", "Fri 2026-02-06", "Mon 2026-02-09"),
        ("Sun 2026-01-11", "Fri 2026-02-06", "Mon 2026-02-09"),
        ("Mon 2026-01-12", "Mon 2026-02-09", "Mon 2026-02-09"),
        ("Mon 2020-08-03", "Tue 2020-09-01", "Wed 2020-09-02"),
    ],
)
def test_the_codes_later_date_is_never_shown_as_the_statutory_limit(
    received: str, statute: str, code: str
) -> None:
    reading = read(
        [Received(day(received))],
        days=UK,
        on=day(received),
        receipt_policy=ReceiptPolicy.NEXT_WORKING_DAY,
    )

    assert (reading.due, reading.code_due) == (day(statute), day(code))
    assert read([Received(day(received))], days=UK, on=day(received)).code_due is None


def test_the_codes_date_follows_the_count_it_belongs_to() -> None:
    events: list[ClockEvent] = [
        Received(date(2026, 1, 10)),
        FeesNoticeGiven(date(2026, 1, 19)),
        FeeReceived(date(2026, 1, 20)),
        Extended(date(2026, 1, 21), "s.31", 5),
    ]
    policy = ReceiptPolicy.NEXT_WORKING_DAY

    reading = read(events, days=UK, on=date(2026, 1, 21), receipt_policy=policy)
    waiting = read(events[:2], days=UK, on=date(2026, 1, 19), receipt_policy=policy)

    assert (reading.due, reading.code_due) == (day("Tue 2026-02-17"), day("Wed 2026-02-18"))
    assert waiting.code_due is None


# --- internal targets ---


def test_a_day_of_the_count_passes_over_a_suspension_and_follows_a_new_count() -> None:
    paid = after(FeesNoticeGiven(date(2026, 1, 19)), FeeReceived(date(2026, 1, 23)))
    again = after(ClarificationSought(date(2026, 1, 19)), ClarificationReceived(date(2026, 2, 2)))

    assert day_of_count(after(), 10, days=UK) == day("Mon 2026-01-26")
    assert day_of_count(paid, 4, days=UK) == day("Fri 2026-01-16")
    assert day_of_count(paid, 10, days=UK) == day("Mon 2026-02-02")
    assert day_of_count(again, 10, days=UK) == day("Mon 2026-02-16")
    waiting = after(FeesNoticeGiven(date(2026, 1, 19)))
    assert day_of_count(waiting, 10, days=UK) is None


# --- what cannot have been ---


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ((), "No date of receipt was given: say when the request was received."),
        (
            (Responded(date(2026, 1, 12)),),
            "No date of receipt was given: say when the request was received.",
        ),
        (
            (RECEIVED, Responded(date(2026, 1, 11))),
            (
                "Something happened on Sunday 11 January 2026, before the request was received on "
                "Monday 12 January 2026: correct one of the two dates."
            ),
        ),
        (
            (RECEIVED, Received(date(2026, 1, 13))),
            (
                "The request was received on Monday 12 January 2026 and again on Tuesday 13 "
                "January 2026: give one date of receipt."
            ),
        ),
        (
            (RECEIVED, ClarificationReceived(date(2026, 1, 13))),
            (
                "Clarification was received on Tuesday 13 January 2026, but none had been sought: "
                "record when it was sought, or leave this out."
            ),
        ),
        (
            (RECEIVED, FeeReceived(date(2026, 1, 13))),
            (
                "A fee was received on Tuesday 13 January 2026, but no fees notice was "
                "outstanding: record when the notice was given, or leave this out."
            ),
        ),
        (
            (RECEIVED, FeesNoticeGiven(date(2026, 1, 13)), FeesNoticeGiven(date(2026, 1, 14))),
            (
                "A second fees notice was given on Wednesday 14 January 2026 while the one of "
                "Tuesday 13 January 2026 was unpaid: record the payment first."
            ),
        ),
        (
            (RECEIVED, Responded(date(2026, 1, 13)), FeesNoticeGiven(date(2026, 1, 14))),
            (
                "The clock stopped on Tuesday 13 January 2026, and something else happened on "
                "Wednesday 14 January 2026: correct one of the two dates, or reopen the request "
                "first."
            ),
        ),
        (
            (RECEIVED, IdentityRequested(date(2026, 1, 13))),
            (
                "Proof of identity plays no part under Freedom of Information Act 2000: leave it "
                "out, or change the regime."
            ),
        ),
        (
            (RECEIVED, IdentityReceived(date(2026, 1, 13))),
            (
                "Proof of identity plays no part under Freedom of Information Act 2000: leave it "
                "out, or change the regime."
            ),
        ),
    ],
)
def test_a_history_that_cannot_have_been_is_told_in_a_sentence(
    events: tuple[ClockEvent, ...], sentence: str
) -> None:
    with pytest.raises(ImpossibleHistory) as told:
        read(events, days=UK, on=date(2026, 3, 2))

    assert str(told.value) == sentence
    assert told.value.event == (events[-1] if events else None)


def test_before_receipt_there_is_nothing_to_read() -> None:
    with pytest.raises(ImpossibleHistory) as told:
        after(on=date(2026, 1, 11))

    assert str(told.value) == (
        "By Sunday 11 January 2026 the request had not been received: it was received on Monday 12 "
        "January 2026."
    )
    assert told.value.event == RECEIVED
