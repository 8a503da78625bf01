"""Subject access: months instead of working days, counted from whatever came last."""

from __future__ import annotations

from datetime import date

import pytest

from tests.law.written import calendar, day
from workflow.law.clock import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    ClockState,
    Extended,
    FeeReceived,
    FeesNoticeGiven,
    IdentityReceived,
    IdentityRequested,
    ImpossibleHistory,
    Limit,
    NoSuchLimit,
    Reading,
    ReceiptPolicy,
    Received,
    Responded,
    explain,
    read,
)
from workflow.law.regime import Regime

RECEIVED = Received(date(2026, 3, 2))


def sar(*events: ClockEvent, regime: Regime = Regime.SAR, nation: str = "England") -> Reading:
    return read(events, days=calendar(nation), on=events[-1].on, regime=regime)


# The first four are the ICO's own examples.
@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("Thu 2026-01-01", "Mon 2026-02-02"),  # 1 February, which is a Sunday
        ("Mon 2024-11-25", "Fri 2024-12-27"),  # past Christmas Day and Boxing Day
        ("Fri 2025-01-31", "Fri 2025-02-28"),  # no 31 February
        ("Wed 2024-01-31", "Thu 2024-02-29"),  # in a leap year
        ("Sat 2026-01-31", "Mon 2026-03-02"),  # 28 February is a Saturday
        ("Mon 2026-03-02", "Thu 2026-04-02"),
        ("Tue 2026-03-03", "Tue 2026-04-07"),  # Good Friday to Easter Monday
        ("Sat 2026-02-28", "Mon 2026-03-30"),  # 28 March is a Saturday
        ("Thu 2025-12-25", "Mon 2026-01-26"),  # received on a bank holiday: from that day itself
        ("Sun 2026-08-30", "Wed 2026-09-30"),
        ("Tue 2020-06-30", "Thu 2020-07-30"),
    ],
)
def test_one_month_from_the_day_of_receipt_moved_on_to_a_working_day(
    received: str, due: str
) -> None:
    assert sar(Received(day(received))).due == day(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("Tue 2026-06-30", "Mon 2026-08-03"),  # 1 August, which is a Saturday
        ("Thu 2022-06-30", "Mon 2022-08-01"),  # the ICO's example, in another year
        ("Fri 2025-01-31", "Mon 2025-03-03"),  # from 1 February to 1 March, a Saturday
        ("Mon 2026-03-02", "Tue 2026-04-07"),  # 3 April is Good Friday
        ("Thu 2026-01-29", "Mon 2026-03-02"),  # from 30 January: 28 February, a Saturday
    ],
)
def test_under_part_3_the_month_begins_on_the_day_after(received: str, due: str) -> None:
    assert sar(Received(day(received)), regime=Regime.DPA_PART_3).due == day(due)


@pytest.mark.parametrize(
    ("nation", "due"),
    [
        ("England", "Mon 2025-12-01"),
        ("Wales", "Mon 2025-12-01"),
        ("Northern Ireland", "Mon 2025-12-01"),
        ("Scotland", "Tue 2025-12-02"),  # St Andrew's Day, the substitute
    ],
)
def test_the_holidays_are_those_of_the_authoritys_own_nation(nation: str, due: str) -> None:
    assert sar(Received(day("Fri 2025-10-31")), nation=nation).due == day(due)


def test_the_day_it_moved_on_from_is_told() -> None:
    reading = sar(Received(day("Mon 2024-11-25")))

    assert reading.ledger[0].rolled_from == day("Wed 2024-12-25")
    assert [holiday.on for holiday in reading.ledger[0].skipped] == [
        day("Wed 2024-12-25"),
        day("Thu 2024-12-26"),
    ]
    assert explain(reading)[:3] == (
        (
            "Monday 25 November 2024: Request received (Art. 12(3) UK GDPR); the period of 1 month "
            "begins."
        ),
        "The last day for an answer is Friday 27 December 2024.",
        "It moves on from Wednesday 25 December 2024, which is not a working day.",
    )


def test_holidays_within_the_month_are_neither_skipped_nor_told() -> None:
    reading = sar(Received(day("Mon 2026-03-30")))

    assert (reading.due, reading.ledger[0].skipped) == (day("Thu 2026-04-30"), ())
    assert reading.ledger[0].rolled_from is None


# --- what came last begins the month ---


def test_the_month_begins_with_the_proof_of_identity() -> None:
    asked = IdentityRequested(day("Tue 2026-03-03"))

    waiting = sar(RECEIVED, asked)
    proved = sar(RECEIVED, asked, IdentityReceived(day("Tue 2026-03-10")))

    assert (waiting.state, waiting.due, waiting.left) == (ClockState.AWAITING_IDENTITY, None, None)
    assert (proved.state, proved.due) == (ClockState.RUNNING, day("Fri 2026-04-10"))
    assert proved.original_due == day("Thu 2026-04-02")
    assert proved.ledger[-1].authority == "Art. 12(6) UK GDPR"


def test_asking_for_identity_twice_waits_from_the_first_time() -> None:
    reading = sar(
        RECEIVED,
        IdentityRequested(day("Wed 2026-03-04")),
        IdentityRequested(day("Mon 2026-03-09")),
    )

    assert (reading.state, reading.day) == (ClockState.AWAITING_IDENTITY, 2)


def test_the_month_begins_with_the_fee_where_one_is_charged() -> None:
    asked = FeesNoticeGiven(day("Tue 2026-03-03"))

    waiting = sar(RECEIVED, asked)
    paid = sar(RECEIVED, asked, FeeReceived(day("Tue 2026-03-10")))

    assert (waiting.state, waiting.due, waiting.pay_by) == (ClockState.SUSPENDED, None, None)
    assert waiting.left is None
    assert (paid.state, paid.due) == (ClockState.RUNNING, day("Fri 2026-04-10"))


def test_a_fee_may_be_asked_for_at_any_time() -> None:
    reading = sar(
        RECEIVED, FeesNoticeGiven(day("Mon 2026-05-11")), FeeReceived(day("Tue 2026-05-12"))
    )

    assert (reading.due, reading.warnings) == (day("Fri 2026-06-12"), ())


def test_an_extension_told_before_the_proof_of_identity_still_stands() -> None:
    reading = sar(
        RECEIVED,
        IdentityRequested(day("Tue 2026-03-03")),
        Extended(day("Wed 2026-03-04"), "complex"),
        IdentityReceived(day("Tue 2026-03-10")),
    )

    assert reading.due == day("Wed 2026-06-10")


# --- clarification pauses: both its days are left out ---


@pytest.mark.parametrize(
    ("sought", "answered", "due"),
    [
        ("Thu 2026-03-05", "Tue 2026-03-10", "Wed 2026-04-08"),  # six days after Thu 2 April
        ("Thu 2026-03-05", "Thu 2026-03-05", "Tue 2026-04-07"),  # one: Good Friday, so Tuesday
        ("Mon 2026-03-02", "Wed 2026-03-04", "Tue 2026-04-07"),  # the day of receipt counts not
        ("Thu 2026-04-02", "Wed 2026-04-08", "Thu 2026-04-09"),  # asked on the last day
    ],
)
def test_clarification_pauses_subject_access_and_does_not_start_it_again(
    sought: str, answered: str, due: str
) -> None:
    reading = sar(RECEIVED, ClarificationSought(day(sought)), ClarificationReceived(day(answered)))

    assert (reading.state, reading.due) == (ClockState.RUNNING, day(due))
    assert reading.original_due == day("Thu 2026-04-02")


def test_while_clarification_is_awaited_subject_access_has_no_due_date() -> None:
    reading = sar(RECEIVED, ClarificationSought(day("Thu 2026-03-05")))

    assert (reading.state, reading.due, reading.left) == (
        ClockState.AWAITING_CLARIFICATION,
        None,
        None,
    )


def test_the_pause_is_told_in_days() -> None:
    def effect(answered: str) -> str:
        events = (ClarificationSought(day("Thu 2026-03-05")), ClarificationReceived(day(answered)))
        return sar(RECEIVED, *events).ledger[-1].effect

    assert effect("Thu 2026-03-05") == (
        "the clock runs again: 1 day, the first and the last included, did not count"
    )
    assert effect("Tue 2026-03-10") == (
        "the clock runs again: 6 days, the first and the last included, did not count"
    )


def test_two_pauses_and_an_extension_add_up_and_move_once() -> None:
    reading = sar(
        RECEIVED,
        ClarificationSought(day("Thu 2026-03-05")),
        ClarificationReceived(day("Fri 2026-03-06")),
        ClarificationSought(day("Fri 2026-03-06")),
        ClarificationReceived(day("Mon 2026-03-09")),
        Extended(day("Tue 2026-03-10"), "complex", None, 2),
    )

    # Three months give Tue 2 June; 5 to 9 March are five days, the shared one left out once.
    assert reading.due == day("Mon 2026-06-08")


def test_a_pause_before_the_proof_of_identity_is_forgotten_with_the_days_before_it() -> None:
    reading = sar(
        RECEIVED,
        ClarificationSought(day("Tue 2026-03-03")),
        ClarificationReceived(day("Thu 2026-03-05")),
        IdentityRequested(day("Fri 2026-03-06")),
        IdentityReceived(day("Tue 2026-03-10")),
    )

    assert reading.due == day("Fri 2026-04-10")


@pytest.mark.parametrize(
    ("sought", "due"),
    [
        ("Wed 2026-02-04", "Mon 2026-02-16"),  # the last day without a pause
        ("Thu 2026-02-05", "Mon 2026-02-23"),  # the first with one: 15 February and 6 days
    ],
)
def test_part_3_has_had_a_pause_since_5_february_2026(sought: str, due: str) -> None:
    reading = sar(
        Received(day("Wed 2026-01-14")),
        ClarificationSought(day(sought)),
        ClarificationReceived(day("Tue 2026-02-10")),
        regime=Regime.DPA_PART_3,
    )

    assert (reading.state, reading.due) == (ClockState.RUNNING, day(due))


def test_a_question_from_before_the_pause_existed_leaves_the_clock_running() -> None:
    reading = sar(
        Received(day("Wed 2026-01-14")),
        ClarificationSought(day("Mon 2026-02-02")),
        regime=Regime.DPA_PART_3,
    )

    assert reading.state is ClockState.RUNNING
    assert reading.ledger[-1].effect == (
        "no effect: the clock could not be paused before Thursday 5 February 2026"
    )


# --- what subject access does not have ---


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (
            IdentityReceived(day("Tue 2026-03-03")),
            (
                "Proof of identity was received on Tuesday 3 March 2026, but none had been "
                "requested: record when it was, or leave this out."
            ),
        ),
        (
            ClarificationReceived(day("Tue 2026-03-03")),
            (
                "Clarification was received on Tuesday 3 March 2026, but none had been sought: "
                "record when it was sought, or leave this out."
            ),
        ),
    ],
)
def test_an_answer_needs_its_question(event: ClockEvent, sentence: str) -> None:
    with pytest.raises(ImpossibleHistory) as told:
        sar(RECEIVED, event)

    assert str(told.value) == sentence
    assert told.value.event == event


def test_subject_access_has_no_special_limits() -> None:
    with pytest.raises(NoSuchLimit) as told:
        read(
            [RECEIVED],
            days=calendar("England"),
            on=RECEIVED.on,
            regime=Regime.SAR,
            limit=Limit.SCHOOL,
        )

    assert str(told.value) == (
        "UK GDPR, right of access has no limit for school: leave the limit out."
    )


def test_the_codes_rule_of_receipt_is_not_one_of_subject_access() -> None:
    reading = read(
        [Received(day("Sat 2026-03-07"))],
        days=calendar("England"),
        on=day("Sat 2026-03-07"),
        regime=Regime.SAR,
        receipt_policy=ReceiptPolicy.NEXT_WORKING_DAY,
    )

    assert (reading.due, reading.code_due) == (day("Tue 2026-04-07"), None)


def test_days_left_are_working_days_here_too() -> None:
    reading = sar(RECEIVED, Responded(day("Fri 2026-03-27")))

    assert (reading.day, reading.left, reading.is_late) == (19, 4, False)
