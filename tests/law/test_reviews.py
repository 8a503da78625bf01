"""The clocks after an answer: the review's window and reply, the Commissioner, the Tribunal."""

from __future__ import annotations

from datetime import date

import pytest

from tests.law.written import SCOTLAND, UK, calendar, day
from workflow.law.clock import (
    ClarificationSought,
    ClockEvent,
    Extended,
    Limit,
    Reading,
    Received,
    Responded,
    read,
)
from workflow.law.regime import Regime
from workflow.law.reviews import (
    Line,
    NoSuchDate,
    ReviewExtended,
    ReviewRequested,
    answer_the_commissioner_by,
    appeal_by,
    complain_by,
    complain_of_silence_from,
    request_review_by,
    review_reply_by,
)

RECEIVED = Received(date(2026, 1, 12))  # a Monday; due Mon 9 February
ANSWERED = Responded(date(2026, 2, 2))
CODE = "chapter 5 of the s.45 Code 2018"


def foia(*events: ClockEvent, regime: Regime = Regime.FOIA) -> Reading:
    days = SCOTLAND if regime is Regime.FOISA else UK
    return read(events, days=days, on=date(2026, 12, 1), regime=regime)


# --- the window to ask for a review ---


@pytest.mark.parametrize(
    ("answered", "by"),
    [
        ("Fri 2026-01-30", "Mon 2026-03-30"),
        ("Mon 2026-02-02", "Tue 2026-03-31"),  # over Tue 17 March
        ("Mon 2026-02-09", "Thu 2026-04-09"),
        ("Tue 2026-02-10", "Fri 2026-04-10"),  # a late answer opens the same window
    ],
)
@pytest.mark.parametrize("regime", [Regime.FOIA, Regime.EIR])
def test_a_review_may_be_asked_for_within_40_working_days_of_the_answer(
    regime: Regime, answered: str, by: str
) -> None:
    reading = foia(RECEIVED, Responded(day(answered)), regime=regime)

    assert request_review_by(reading, days=UK).on == day(by)


def test_the_line_says_what_it_is_how_it_came_about_and_by_what_authority() -> None:
    assert request_review_by(foia(RECEIVED, ANSWERED), days=UK) == Line(
        day("Tue 2026-03-31"),
        "Last day to ask for a review",
        "40 working days after Monday 2 February 2026, the day of the answer",
        CODE,
    )
    silent = request_review_by(foia(RECEIVED, regime=Regime.EIR), days=UK)
    assert silent == Line(
        day("Thu 2026-04-09"),
        "Last day to ask for a review",
        "40 working days after Monday 9 February 2026, the last day for an answer",
        "reg. 11(2) EIR",
    )


@pytest.mark.parametrize(
    ("events", "by"),
    [
        ((Received(day("Mon 2026-03-16")),), "Thu 2026-06-11"),  # silence
        ((Received(day("Mon 2026-03-16")), Responded(day("Mon 2026-03-23"))), "Thu 2026-06-11"),
        ((Received(day("Mon 2026-03-16")), Responded(day("Tue 2026-04-14"))), "Thu 2026-06-11"),
        # A late answer gives 40 days of its own: Mon 15 June is a holiday there.
        ((Received(day("Mon 2026-03-16")), Responded(day("Wed 2026-04-15"))), "Fri 2026-06-12"),
        ((Received(day("Mon 2026-03-16")), Responded(day("Thu 2026-04-16"))), "Tue 2026-06-16"),
    ],
)
def test_foisas_window_begins_when_the_time_for_an_answer_is_over(
    events: tuple[ClockEvent, ...], by: str
) -> None:
    assert request_review_by(foia(*events, regime=Regime.FOISA), days=SCOTLAND).on == day(by)


def test_an_answer_on_foisas_last_day_is_not_late() -> None:
    on_time = foia(
        Received(day("Mon 2026-03-16")), Responded(day("Tue 2026-04-14")), regime=Regime.FOISA
    )

    assert request_review_by(on_time, days=SCOTLAND).how == (
        "40 working days after Tuesday 14 April 2026, the last day for an answer"
    )


@pytest.mark.parametrize(
    ("events", "regime"),
    [
        ((RECEIVED,), Regime.FOIA),  # the Code's window begins with the answer
        ((RECEIVED, ClarificationSought(date(2026, 1, 14))), Regime.FOISA),
        ((RECEIVED, ClarificationSought(date(2026, 1, 14))), Regime.EIR),
    ],
)
def test_without_an_answer_or_a_failure_there_is_nothing_to_review(
    events: tuple[ClockEvent, ...], regime: Regime
) -> None:
    with pytest.raises(NoSuchDate) as told:
        request_review_by(foia(*events, regime=regime), days=UK)

    assert str(told.value) == ("There is no answer to review yet, so the window has not begun.")


def test_an_answer_without_a_due_date_opens_the_window_too() -> None:
    answered = (RECEIVED, ClarificationSought(date(2026, 1, 14)), ANSWERED)

    for regime, days in ((Regime.FOIA, UK), (Regime.FOISA, SCOTLAND)):
        reading = foia(*answered, regime=regime)
        assert request_review_by(reading, days=days).on == days.nth_after(ANSWERED.on, 40)


# --- the reply ---


@pytest.mark.parametrize(
    ("regime", "limit", "by", "authority"),
    [
        (Regime.FOIA, Limit.STANDARD, "Mon 2026-03-16", CODE),
        (Regime.FOIA, Limit.ARCHIVE, "Mon 2026-03-16", CODE),
        (Regime.EIR, Limit.STANDARD, "Thu 2026-04-16", "reg. 11(4) EIR"),
        (Regime.FOISA, Limit.STANDARD, "Mon 2026-03-16", "s.21(1) FOISA"),
        (Regime.FOISA, Limit.ARCHIVE, "Mon 2026-03-30", "s.21(1) FOISA"),
    ],
)
def test_the_reply_to_a_review_has_its_own_clock(
    regime: Regime, limit: Limit, by: str, authority: str
) -> None:
    days = SCOTLAND if regime is Regime.FOISA else UK
    reading = foia(RECEIVED, ANSWERED, regime=regime)

    reply = review_reply_by(reading, ReviewRequested(date(2026, 2, 16)), days=days, limit=limit)

    assert (reply.on, reply.authority, reply.note) == (day(by), authority, "")
    assert reply.what == "Last day to reply to the review"


@pytest.mark.parametrize(
    ("lengths", "by", "note"),
    [
        ((20,), "Thu 2026-04-16", ""),
        ((None,), "Thu 2026-04-16", ""),  # as long as the Code allows
        ((5,), "Tue 2026-03-24", ""),
        ((5, 15), "Thu 2026-04-16", ""),
        ((21,), "Thu 2026-04-16", "no more than 40 working days in all"),
        ((15, 15), "Thu 2026-04-16", "no more than 40 working days in all"),
        ((0,), "Mon 2026-03-16", ""),
        ((250,), "Thu 2026-04-16", "no more than 40 working days in all"),
    ],
)
def test_a_review_may_take_up_to_forty_days_with_a_reason(
    lengths: tuple[int | None, ...], by: str, note: str
) -> None:
    extensions = tuple(ReviewExtended(date(2026, 3, 9), length) for length in lengths)

    reply = review_reply_by(
        foia(RECEIVED, ANSWERED), ReviewRequested(date(2026, 2, 16)), extensions, days=UK
    )

    assert (reply.on, reply.note) == (day(by), note)


@pytest.mark.parametrize(
    ("regime", "by", "note"),
    [
        (Regime.EIR, "Thu 2026-04-16", "no more than 40 working days in all"),
        (Regime.FOISA, "Mon 2026-03-16", "no more than 20 working days in all"),
    ],
)
def test_where_the_time_is_law_a_review_is_not_extended(regime: Regime, by: str, note: str) -> None:
    days = SCOTLAND if regime is Regime.FOISA else UK
    reading = foia(RECEIVED, ANSWERED, regime=regime)
    requested = ReviewRequested(date(2026, 2, 16))

    reply = review_reply_by(reading, requested, (ReviewExtended(date(2026, 3, 9), 20),), days=days)
    usual = review_reply_by(reading, requested, (ReviewExtended(date(2026, 3, 9)),), days=days)

    assert (reply.on, reply.note) == (day(by), note)
    assert (usual.on, usual.note) == (day(by), "")


@pytest.mark.parametrize("length", [-1, 251, 780_000])
def test_a_review_is_not_extended_by_an_absurd_length(length: int) -> None:
    with pytest.raises(NoSuchDate) as told:
        review_reply_by(
            foia(RECEIVED, ANSWERED),
            ReviewRequested(date(2026, 2, 16)),
            (ReviewExtended(date(2026, 3, 9), length),),
            days=UK,
        )

    assert str(told.value) == (
        "The extension of the review on Monday 9 March 2026 needs its length: give the further "
        "working days, up to 250."
    )


@pytest.mark.parametrize(
    ("events", "requested"),
    [
        ((RECEIVED,), "Mon 2026-02-09"),  # the last day is not over yet
        ((RECEIVED, Responded(date(2026, 2, 2))), "Sun 2026-02-01"),
        ((RECEIVED, Extended(date(2026, 2, 2), "s.31", 20)), "Tue 2026-02-10"),
        ((RECEIVED, ClarificationSought(date(2026, 1, 14))), "Mon 2026-03-02"),
    ],
)
def test_a_review_before_an_answer_is_refused(
    events: tuple[ClockEvent, ...], requested: str
) -> None:
    with pytest.raises(NoSuchDate, match="before the request was answered or overdue: correct"):
        review_reply_by(foia(*events), ReviewRequested(day(requested)), days=UK)


@pytest.mark.parametrize(
    ("events", "requested"),
    [
        ((RECEIVED,), "Tue 2026-02-10"),  # overdue by a day
        ((RECEIVED, Responded(date(2026, 2, 2))), "Mon 2026-02-02"),  # on the day of the answer
        ((RECEIVED, Responded(date(2026, 3, 2))), "Tue 2026-02-10"),  # and answered after all
    ],
)
def test_an_answer_or_the_failure_to_give_one_can_be_reviewed(
    events: tuple[ClockEvent, ...], requested: str
) -> None:
    reply = review_reply_by(foia(*events), ReviewRequested(day(requested)), days=UK)

    assert reply.on == UK.nth_after(day(requested), 20)


# --- the Commissioner and the Tribunal ---


@pytest.mark.parametrize(
    ("regime", "begins", "by", "how"),
    [
        (Regime.FOIA, "Mon 2026-02-02", "Mon 2026-03-16", "6 weeks after Monday 2 February 2026"),
        (Regime.EIR, "Fri 2026-02-20", "Fri 2026-04-03", "6 weeks after Friday 20 February 2026"),
        (Regime.FOISA, "Fri 2026-05-29", "Sun 2026-11-29", "6 months after Friday 29 May 2026"),
        (Regime.FOISA, "Mon 2026-08-31", "Sun 2027-02-28", "6 months after Monday 31 August 2026"),
    ],
)
def test_the_commissioner_is_asked_within_six_weeks_or_six_months(
    regime: Regime, begins: str, by: str, how: str
) -> None:
    line = complain_by(regime, day(begins))

    assert (line.on, line.how) == (day(by), how)
    assert (
        line.authority
        == {
            Regime.FOIA: "s.50 FOIA and the ICO's six weeks",
            Regime.EIR: "reg. 18 EIR and the ICO's six weeks",
            Regime.FOISA: "s.47(4) FOISA",
        }[regime]
    )
    assert line.what == "Last day to go to the Commissioner"


@pytest.mark.parametrize("regime", [Regime.SAR, Regime.DPA_PART_3])
def test_subject_access_has_no_review_and_no_such_day(regime: Regime) -> None:
    reading = read([RECEIVED], days=calendar("England"), on=RECEIVED.on, regime=regime)

    with pytest.raises(NoSuchDate, match="knows no internal review"):
        request_review_by(reading, days=UK)
    with pytest.raises(NoSuchDate, match="knows no internal review"):
        review_reply_by(reading, ReviewRequested(date(2026, 5, 1)), days=UK)
    with pytest.raises(NoSuchDate, match="sets no last day for going to the ICO"):
        complain_by(regime, date(2026, 5, 1))


def test_the_ico_takes_a_complaint_about_silence_after_forty_working_days() -> None:
    requested = ReviewRequested(date(2026, 2, 16))

    assert complain_of_silence_from(requested, days=UK) == day("Fri 2026-04-17")


def test_the_commissioners_questions_are_answered_as_the_letter_says() -> None:
    asked = day("Mon 2026-03-02")

    assert answer_the_commissioner_by(asked, days=UK) == day("Tue 2026-03-31")
    assert answer_the_commissioner_by(asked, days=UK, working_days=10) == day("Mon 2026-03-16")


def test_an_appeal_has_28_days_from_the_day_the_notice_was_sent() -> None:
    assert appeal_by(day("Mon 2026-03-02")) == day("Mon 2026-03-30")
