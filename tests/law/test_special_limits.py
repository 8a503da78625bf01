"""The limits of s.10(4) FOIA and s.10(2) FOISA, and who has them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.law.written import SCOTLAND, UK, day
from workflow.law.clock import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    Extended,
    FeeReceived,
    FeesNoticeGiven,
    Limit,
    NoSuchLimit,
    Reading,
    Received,
    Span,
    explain,
    read,
)
from workflow.law.regime import Regime

SUMMER = Span(date(2026, 7, 22), date(2026, 9, 1))
HALF_TERM = Span(date(2026, 2, 16), date(2026, 2, 20))


def school(*events: ClockEvent, closed: tuple[Span, ...] = ()) -> Reading:
    return read(events, days=UK, on=events[-1].on, limit=Limit.SCHOOL, closed=closed)


# --- reg. 3: 20 school days or 60 working days, whichever end first ---


@pytest.mark.parametrize(
    ("received", "closed", "due"),
    [
        ("Mon 2026-02-02", (), "Mon 2026-03-02"),
        ("Mon 2026-02-02", (HALF_TERM,), "Mon 2026-03-09"),
        ("Mon 2026-02-16", (HALF_TERM,), "Mon 2026-03-23"),  # received in the holidays
        ("Wed 2026-07-01", (SUMMER,), "Thu 2026-09-10"),
        ("Wed 2026-07-22", (SUMMER,), "Tue 2026-09-29"),  # the summer takes 27 working days
        ("Tue 2026-07-21", (Span(date(2026, 7, 22), date(2026, 10, 30)),), "Thu 2026-10-15"),
        ("Mon 2026-02-02", (Span(date(2026, 2, 14), date(2026, 2, 15)),), "Mon 2026-03-02"),
        # Twenty school days before the summer, and none until the sixtieth working day is past.
        ("Mon 2026-06-22", (Span(date(2026, 7, 22), date(2026, 10, 30)),), "Tue 2026-07-21"),
        # A day that belongs to two closures is left out once, in whatever order they come.
        (
            "Mon 2026-02-02",
            (Span(date(2026, 2, 19), date(2026, 2, 23)), HALF_TERM),
            "Tue 2026-03-10",
        ),
        ("Mon 2026-02-02", (Span(date(2026, 1, 26), date(2026, 2, 4)),), "Wed 2026-03-04"),
    ],
)
def test_a_school_has_20_school_days_or_60_working_days(
    received: str, closed: tuple[Span, ...], due: str
) -> None:
    assert school(Received(day(received)), closed=closed).due == day(due)


@pytest.mark.parametrize(
    ("last_closed", "due"),
    [
        ("Thu 2026-08-27", "Fri 2026-09-25"),  # the 20th school day is the 59th working day
        ("Mon 2026-08-31", "Mon 2026-09-28"),  # it is the 60th
        ("Tue 2026-09-01", "Mon 2026-09-28"),  # it would be the 61st
        ("Fri 2026-12-18", "Mon 2026-09-28"),  # there is none in sight
    ],
)
def test_the_sixtieth_working_day_is_the_furthest(last_closed: str, due: str) -> None:
    closed = (Span(date(2026, 7, 2), day(last_closed)),)

    assert school(Received(date(2026, 7, 1)), closed=closed).due == day(due)


def test_a_fee_is_waited_for_on_top_of_the_school_days() -> None:
    events = (
        Received(date(2026, 2, 2)),
        FeesNoticeGiven(date(2026, 2, 9)),
        FeeReceived(date(2026, 2, 11)),
    )

    assert school(*events, closed=(HALF_TERM,)).due == day("Thu 2026-03-12")


def test_a_fee_awaited_in_the_holidays_is_left_out_once() -> None:
    events = (
        Received(date(2026, 2, 2)),
        FeesNoticeGiven(date(2026, 2, 13)),
        FeeReceived(date(2026, 2, 18)),
    )

    # Fri 13, and the week of half term: six working days, though the notice ran into that week.
    assert school(*events, closed=(HALF_TERM,)).due == day("Tue 2026-03-10")


def test_the_sixty_days_wait_for_a_fee_too() -> None:
    closed = (Span(date(2026, 7, 2), date(2026, 12, 18)),)
    events = (
        Received(date(2026, 7, 1)),
        FeesNoticeGiven(date(2026, 7, 6)),
        FeeReceived(date(2026, 7, 8)),
    )

    assert school(events[0], closed=closed).due == day("Mon 2026-09-28")
    assert school(*events, closed=closed).due == day("Thu 2026-10-01")


def test_a_school_extends_from_its_own_limit() -> None:
    events = (Received(date(2026, 2, 2)), Extended(date(2026, 3, 2), "s.36", 5))

    assert school(*events, closed=(HALF_TERM,)).due == day("Mon 2026-03-16")


def test_a_schools_days_left_count_working_days_to_its_own_limit() -> None:
    reading = school(Received(date(2026, 2, 2)), closed=(HALF_TERM,))

    assert (reading.left, reading.day) == (25, 0)
    assert reading.ledger[0].effect == (
        "this is day 0 of 60 working days or 20 school days, whichever end first"
    )
    assert reading.ledger[0].authority == "reg. 3 SI 2004/3364"


# --- reg. 4, and s.10(2) FOISA: thirty working days ---


def test_an_archive_has_thirty_working_days() -> None:
    received = Received(date(2026, 1, 12))

    reading = read([received], days=UK, on=received.on, limit=Limit.ARCHIVE)

    assert (reading.due, reading.left) == (day("Mon 2026-02-23"), 30)
    assert explain(reading)[0] == (
        "Monday 12 January 2026: Request received (reg. 4 SI 2004/3364); this is day 0 of 30 "
        "working days."
    )


def test_the_keeper_of_the_records_of_scotland_has_thirty_scottish_working_days() -> None:
    received = Received(date(2026, 3, 16))

    reading = read(
        [received], days=SCOTLAND, on=received.on, regime=Regime.FOISA, limit=Limit.ARCHIVE
    )

    assert (reading.due, reading.ledger[0].authority) == (day("Tue 2026-04-28"), "s.10(2) FOISA")


# --- regs 5 and 6: the day the Commissioner sets, to the sixtieth ---


def leave(*events: ClockEvent, to: date | None, limit: Limit = Limit.OVERSEAS) -> Reading:
    return read(events, days=UK, on=events[-1].on, limit=limit, set_by_commissioner=to)


RECEIVED = Received(date(2026, 1, 12))


@pytest.mark.parametrize("limit", [Limit.ARMED_FORCES, Limit.OVERSEAS])
@pytest.mark.parametrize(
    ("to", "due"),
    [
        (None, "Mon 2026-02-09"),  # without leave, twenty
        ("Fri 2026-03-20", "Fri 2026-03-20"),
        ("Thu 2026-04-09", "Thu 2026-04-09"),  # the sixtieth
        ("Tue 2026-02-03", "Mon 2026-02-09"),  # leave to be earlier is no leave
    ],
)
def test_the_commissioner_may_set_a_day_up_to_the_sixtieth(
    limit: Limit, to: str | None, due: str
) -> None:
    reading = leave(RECEIVED, to=None if to is None else day(to), limit=limit)

    assert reading.due == day(due)
    days = UK.between(RECEIVED.on, day(due))
    assert reading.ledger[0].effect == f"this is day 0 of {days} working days"


def test_a_fee_is_waited_for_on_top_of_the_commissioners_day() -> None:
    events = (RECEIVED, FeesNoticeGiven(date(2026, 1, 19)), FeeReceived(date(2026, 1, 20)))

    assert leave(*events, to=day("Fri 2026-03-20")).due == day("Tue 2026-03-24")


def test_clarification_after_the_leave_still_gives_twenty_days() -> None:
    events = (
        RECEIVED,
        ClarificationSought(date(2026, 1, 19)),
        ClarificationReceived(date(2026, 3, 16)),
    )

    assert leave(*events, to=day("Fri 2026-03-20")).due == day("Thu 2026-04-16")


def test_the_commissioner_cannot_have_set_a_day_after_the_sixtieth() -> None:
    with pytest.raises(NoSuchLimit) as told:
        leave(RECEIVED, to=day("Fri 2026-04-10"))

    assert str(told.value) == (
        "The Commissioner cannot have set Friday 10 April 2026: the furthest day is Thursday 9 "
        "April 2026; correct the day."
    )


@pytest.mark.parametrize("limit", [Limit.STANDARD, Limit.ARCHIVE])
def test_the_commissioner_sets_no_day_for_other_requests(limit: Limit) -> None:
    with pytest.raises(NoSuchLimit) as told:
        leave(RECEIVED, to=day("Fri 2026-02-20"), limit=limit)

    assert str(told.value) == (
        "The Commissioner cannot have set Friday 20 February 2026: only the limits for the armed "
        "forces and for information overseas have one; correct the day."
    )


@pytest.mark.parametrize(
    ("regime", "limit", "sentence"),
    [
        (
            Regime.EIR,
            Limit.ARCHIVE,
            (
                "Environmental Information Regulations 2004 has no limit for archive: leave the "
                "limit out."
            ),
        ),
        (
            Regime.FOISA,
            Limit.SCHOOL,
            (
                "Freedom of Information (Scotland) Act 2002 has no limit for school: use one of "
                "archive, or none."
            ),
        ),
    ],
)
def test_a_limit_belongs_to_its_regime(regime: Regime, limit: Limit, sentence: str) -> None:
    with pytest.raises(NoSuchLimit) as told:
        read([RECEIVED], days=UK, on=RECEIVED.on, regime=regime, limit=limit)

    assert str(told.value) == sentence
