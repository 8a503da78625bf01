"""Working days: what is skipped, where counting begins, and that nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.walked import walked_count, walked_due
from tests.law.written import SCOTLAND, UK, bank_holidays, day
from workflow.law.working_days import BankHoliday, CalendarTooShort, WorkingDays

HOLIDAYS = {holiday.on for holiday in bank_holidays()}
INSIDE = st.dates(date(2012, 6, 1), date(2028, 6, 1))


# The count begins on the day after, and goes round whatever is no working day in any nation.
@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("Tue 2020-07-14", 1, "Wed 2020-07-15"),
        ("Fri 2020-07-17", 1, "Mon 2020-07-20"),
        ("Sat 2020-07-18", 1, "Mon 2020-07-20"),
        ("Sun 2020-07-19", 1, "Mon 2020-07-20"),
        ("Mon 2020-07-20", 1, "Tue 2020-07-21"),
        ("Fri 2020-07-31", 1, "Tue 2020-08-04"),  # Mon 3 August: Scotland
        ("Mon 2020-08-03", 1, "Tue 2020-08-04"),
        ("Mon 2026-03-16", 1, "Wed 2026-03-18"),  # Tue 17 March: Northern Ireland
        ("Fri 2026-07-10", 1, "Tue 2026-07-14"),  # Mon 13 July: Northern Ireland
        ("Fri 2026-08-28", 1, "Tue 2026-09-01"),  # Mon 31 August: not Scotland
        ("Fri 2026-11-27", 1, "Tue 2026-12-01"),  # Mon 30 November: Scotland
        ("Fri 2026-06-12", 1, "Tue 2026-06-16"),  # Mon 15 June: Scotland, this once
        ("Thu 2026-04-02", 1, "Tue 2026-04-07"),  # Good Friday and Easter Monday
        ("Fri 2022-09-16", 1, "Tue 2022-09-20"),  # Mon 19 September: the State Funeral
        ("Thu 2020-05-07", 1, "Mon 2020-05-11"),  # Fri 8 May: moved from Mon 4 May
        ("Fri 2020-05-01", 1, "Mon 2020-05-04"),  # so that that Monday counted
        ("Thu 2026-12-24", 1, "Tue 2026-12-29"),  # Christmas, and Boxing Day's substitute
        ("Thu 2026-12-31", 1, "Tue 2027-01-05"),  # and Mon 4 January: Scotland
        ("Wed 2025-12-31", 1, "Mon 2026-01-05"),  # and Fri 2 January: Scotland
        ("Fri 2024-02-23", 4, "Thu 2024-02-29"),  # a leap day counts
        ("Wed 2024-02-28", 2, "Fri 2024-03-01"),
        ("Tue 2023-02-28", 1, "Wed 2023-03-01"),
        ("Fri 2026-03-27", 1, "Mon 2026-03-30"),  # summer time begins on the Sunday
        ("Tue 2020-07-14", 20, "Wed 2020-08-12"),
    ],
)
def test_the_nth_working_day_follows_the_day_which_is_day_0(
    start: str, n: int, expected: str
) -> None:
    assert UK.nth_after(day(start), n) == day(expected)


@pytest.mark.parametrize("start", ["Tue 2020-07-14", "Sat 2020-07-18", "Mon 2020-08-03"])
def test_no_working_days_after_a_day_is_the_day_itself(start: str) -> None:
    assert UK.nth_after(day(start), 0) == day(start)
    assert UK.nth_before(day(start), 0) == day(start)


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("Tue 2020-08-04", 1, "Fri 2020-07-31"),
        ("Mon 2020-08-03", 1, "Fri 2020-07-31"),
        ("Sun 2020-08-02", 1, "Fri 2020-07-31"),
        ("Sat 2020-08-01", 1, "Fri 2020-07-31"),
        ("Fri 2020-07-31", 1, "Thu 2020-07-30"),
        ("Wed 2020-08-12", 20, "Tue 2020-07-14"),
    ],
)
def test_counting_back_begins_on_the_day_before(start: str, n: int, expected: str) -> None:
    assert UK.nth_before(day(start), n) == day(expected)


@pytest.mark.parametrize(
    ("asked", "on_or_after", "after"),
    [
        ("Fri 2020-07-31", "Fri 2020-07-31", "Tue 2020-08-04"),
        ("Sat 2020-08-01", "Tue 2020-08-04", "Tue 2020-08-04"),
        ("Mon 2020-08-03", "Tue 2020-08-04", "Tue 2020-08-04"),
        ("Tue 2020-08-04", "Tue 2020-08-04", "Wed 2020-08-05"),
    ],
)
def test_a_day_that_does_not_count_gives_way_to_the_next_that_does(
    asked: str, on_or_after: str, after: str
) -> None:
    assert UK.on_or_after(day(asked)) == day(on_or_after)
    assert UK.after(day(asked)) == day(after)


@pytest.mark.parametrize(
    ("asked", "in_the_uk", "in_scotland"),
    [
        ("Mon 2026-04-06", False, True),  # Easter Monday
        ("Tue 2026-03-17", False, True),  # St Patrick's Day
        ("Mon 2026-07-13", False, True),  # the Battle of the Boyne
        ("Mon 2026-08-31", False, True),  # the summer bank holiday of the others
        ("Mon 2026-08-03", False, False),  # Scotland's own
        ("Mon 2026-11-30", False, False),  # St Andrew's Day
        ("Fri 2026-04-03", False, False),  # Good Friday
        ("Fri 2026-12-25", False, False),  # Christmas Day
        ("Fri 2026-01-02", False, False),
        ("Tue 2026-12-29", True, True),  # a council's own closure is no bank holiday
        ("Sat 2026-08-29", False, False),
    ],
)
def test_scotland_looks_at_its_own_holidays_and_the_kingdom_at_all(
    asked: str, *, in_the_uk: bool, in_scotland: bool
) -> None:
    assert (day(asked) in UK, day(asked) in SCOTLAND) == (in_the_uk, in_scotland)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("Tue 2020-07-14", "Wed 2020-08-12", 20),
        ("Wed 2020-08-12", "Tue 2020-07-14", -20),
        ("Tue 2020-07-14", "Tue 2020-07-14", 0),
        ("Fri 2020-07-31", "Sun 2020-08-02", 0),
        ("Fri 2020-07-31", "Mon 2020-08-03", 0),
        ("Fri 2020-07-31", "Tue 2020-08-04", 1),
        ("Thu 2020-07-30", "Fri 2020-07-31", 1),
    ],
)
def test_between_counts_the_last_day_but_not_the_first(start: str, end: str, expected: int) -> None:
    assert UK.between(day(start), day(end)) == expected


def test_skipped_names_the_weekday_holidays_after_the_first_day_up_to_the_last() -> None:
    def skipped(start: str, end: str) -> list[date]:
        return [holiday.on for holiday in UK.skipped(day(start), day(end))]

    assert skipped("Tue 2020-07-14", "Wed 2020-08-12") == [date(2020, 8, 3)]
    assert skipped("Mon 2020-08-03", "Wed 2020-08-12") == []
    assert skipped("Sun 2020-08-02", "Mon 2020-08-03") == [date(2020, 8, 3)]
    assert skipped("Wed 2020-08-12", "Tue 2020-07-14") == []
    assert skipped("Thu 2026-12-24", "Mon 2027-01-04") == [
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 1, 4),
    ]


def test_nations_that_share_a_day_share_one_entry() -> None:
    days = WorkingDays(
        [
            BankHoliday(date(2026, 8, 3), "Summer bank holiday", ("Scotland",)),
            BankHoliday(date(2026, 1, 2), "2nd January", ("Scotland",)),
            BankHoliday(date(2026, 1, 2), "A day off", ("Wales",)),
            BankHoliday(date(2026, 1, 2), "A day off", ("England",)),
            BankHoliday(date(2026, 8, 1), "A Saturday", ("England",)),
            BankHoliday(date(2027, 1, 1), "Beyond the table", ("England",)),
        ],
        first_year=2026,
        last_year=2026,
        version="made up",
    )

    assert days.holidays == (
        BankHoliday(date(2026, 1, 2), "2nd January; A day off", ("Scotland", "Wales", "England")),
        BankHoliday(date(2026, 8, 3), "Summer bank holiday", ("Scotland",)),
    )
    assert days.version == "made up"
    assert (days.first, days.last) == (date(2026, 1, 1), date(2026, 12, 31))


def test_every_day_of_the_table_can_be_reached_and_none_beyond_it() -> None:
    days = WorkingDays([], first_year=2026, last_year=2026, version="no holidays")

    assert days.nth_after(date(2026, 1, 1), 1) == date(2026, 1, 2)
    assert days.nth_after(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert days.nth_after(date(2026, 12, 31), 0) == date(2026, 12, 31)
    assert days.nth_before(date(2026, 1, 2), 1) == date(2026, 1, 1)
    assert date(2026, 1, 1) in days
    assert days.between(date(2026, 1, 1), date(2026, 12, 31)) == 260
    with pytest.raises(CalendarTooShort) as beyond:
        days.nth_after(date(2026, 12, 31), 1)
    assert beyond.value.asked == 2027
    with pytest.raises(CalendarTooShort):
        days.nth_before(date(2026, 1, 1), 1)
    with pytest.raises(CalendarTooShort):
        days.nth_before(date(2026, 1, 2), 2)


def test_a_holiday_on_the_first_or_the_last_day_of_the_table_counts() -> None:
    both = [
        BankHoliday(date(2026, 1, 1), "The first day", ("England",)),
        BankHoliday(date(2026, 12, 31), "The last day", ("England",)),
    ]

    days = WorkingDays(both, first_year=2026, last_year=2026, version="two holidays")

    assert days.holidays == tuple(both)
    assert date(2026, 12, 31) not in days


def test_a_table_that_begins_on_a_holiday_does_not_take_its_last_day_for_its_first() -> None:
    new_year = BankHoliday(date(2026, 1, 1), "New Year's Day", ("England",))
    days = WorkingDays([new_year], first_year=2026, last_year=2026, version="one holiday")

    assert date(2026, 1, 1) not in days
    assert days.on_or_after(date(2026, 1, 1)) == date(2026, 1, 2)


BEFORE, AFTER = date(2011, 12, 31), date(2029, 1, 1)


@pytest.mark.parametrize("outside", [BEFORE, AFTER])
@pytest.mark.parametrize(
    "ask",
    [
        lambda days, day: day in days,
        lambda days, day: days.nth_after(day, 0),
        lambda days, day: days.nth_after(day, 1),
        lambda days, day: days.nth_before(day, 0),
        lambda days, day: days.nth_before(day, 1),
        lambda days, day: days.on_or_after(day),
        lambda days, day: days.after(day),
        lambda days, day: days.between(day, date(2020, 1, 6)),
        lambda days, day: days.between(date(2020, 1, 6), day),
        lambda days, day: days.skipped(day, date(2020, 1, 6)),
        lambda days, day: days.skipped(date(2020, 1, 6), day),
    ],
)
def test_a_day_outside_the_years_is_refused_by_every_question(ask: object, outside: date) -> None:
    assert callable(ask)
    with pytest.raises(CalendarTooShort) as told:
        ask(UK, outside)

    assert told.value.asked == outside


def test_the_calendar_says_what_it_knows_what_was_asked_and_what_to_do() -> None:
    with pytest.raises(CalendarTooShort) as told:
        UK.nth_after(date(2028, 12, 15), 20)

    assert told.value.asked == 2029
    assert (told.value.first, told.value.last) == (date(2012, 1, 1), date(2028, 12, 31))
    assert str(told.value) == (
        "The calendar knows the bank holidays from Sunday 1 January 2012 to Sunday 31 December "
        "2028, and this needs the year 2029: correct the date, or add the missing years to the "
        "calendar."
    )
    with pytest.raises(CalendarTooShort, match="this needs the year 2011: correct the date"):
        UK.nth_before(date(2012, 1, 6), 10)
    with pytest.raises(CalendarTooShort, match="this needs Monday 27 February 1899: correct"):
        UK.nth_after(date(1899, 2, 27), 20)


def test_a_negative_count_is_refused_rather_than_turned_round() -> None:
    with pytest.raises(ValueError, match="count 3 working days the other way"):
        UK.nth_after(date(2020, 7, 14), -3)
    with pytest.raises(ValueError, match="count 3 working days the other way"):
        UK.nth_before(date(2020, 7, 14), -3)


def test_a_calendar_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end in 2025 before it begins"):
        WorkingDays([], first_year=2026, last_year=2025, version="none")


def test_after_the_last_proclaimed_day_a_date_is_provisional() -> None:
    days = WorkingDays(
        [], first_year=2026, last_year=2027, version="v", proclaimed_to=date(2026, 12, 31)
    )

    assert not days.is_provisional(date(2026, 12, 31))
    assert days.is_provisional(date(2027, 1, 1))
    assert not UK.is_provisional(date(2028, 12, 31))


@given(INSIDE, st.integers(1, 80))
def test_the_table_agrees_with_walking(start: date, n: int) -> None:
    assert UK.nth_after(start, n) == walked_due(start, n, HOLIDAYS)


@given(INSIDE, st.integers(0, 120))
def test_between_agrees_with_walking(start: date, length: int) -> None:
    end = date.fromordinal(start.toordinal() + length)

    assert UK.between(start, end) == walked_count(start, end, HOLIDAYS)
    assert UK.between(end, start) == -walked_count(start, end, HOLIDAYS)


@given(INSIDE, st.integers(1, 80))
def test_going_forward_and_back_ends_where_it_began(start: date, n: int) -> None:
    begin = UK.on_or_after(start)

    assert UK.nth_before(UK.nth_after(begin, n), n) == begin


@given(INSIDE, st.integers(0, 60), st.integers(0, 60))
def test_two_counts_in_a_row_are_one(start: date, first: int, second: int) -> None:
    begin = UK.on_or_after(start)

    assert UK.nth_after(UK.nth_after(begin, first), second) == UK.nth_after(begin, first + second)


THREE_YEARS = [holiday for holiday in bank_holidays() if holiday.on.year < 2015]


@given(st.dates(date(2012, 6, 1), date(2014, 6, 1)), st.integers(1, 80), st.integers(0, 200))
def test_a_new_bank_holiday_never_brings_a_date_forward(start: date, n: int, later: int) -> None:
    new = BankHoliday(date.fromordinal(start.toordinal() + later), "A new one", ("Wales",))
    with_it = WorkingDays([*THREE_YEARS, new], first_year=2012, last_year=2014, version="one more")

    assert with_it.nth_after(start, n) >= UK.nth_after(start, n)
