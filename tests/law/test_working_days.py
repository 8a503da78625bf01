"""Working days: what is skipped, where counting begins, and that nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.law.working_days import BankHoliday, CalendarTooShort, WorkingDays

EVERYWHERE = ("England", "Wales", "Scotland", "Northern Ireland")
NOT_SCOTLAND = ("England", "Wales", "Northern Ireland")

# The year 2020 and the turn of the year, typed from gov.uk/bank-holidays.
HOLIDAYS = (
    BankHoliday(date(2020, 1, 1), "New Year's Day", EVERYWHERE),
    BankHoliday(date(2020, 1, 2), "2nd January", ("Scotland",)),
    BankHoliday(date(2020, 3, 17), "St Patrick's Day", ("Northern Ireland",)),
    BankHoliday(date(2020, 4, 10), "Good Friday", EVERYWHERE),
    BankHoliday(date(2020, 4, 13), "Easter Monday", NOT_SCOTLAND),
    BankHoliday(date(2020, 5, 8), "Early May bank holiday (VE day)", EVERYWHERE),
    BankHoliday(date(2020, 5, 25), "Spring bank holiday", EVERYWHERE),
    BankHoliday(date(2020, 7, 13), "Battle of the Boyne (substitute day)", ("Northern Ireland",)),
    BankHoliday(date(2020, 8, 3), "Summer bank holiday", ("Scotland",)),
    BankHoliday(date(2020, 8, 31), "Summer bank holiday", NOT_SCOTLAND),
    BankHoliday(date(2020, 11, 30), "St Andrew's Day", ("Scotland",)),
    BankHoliday(date(2020, 12, 25), "Christmas Day", EVERYWHERE),
    BankHoliday(date(2020, 12, 28), "Boxing Day (substitute day)", EVERYWHERE),
    BankHoliday(date(2021, 1, 1), "New Year's Day", EVERYWHERE),
    BankHoliday(date(2021, 1, 4), "2nd January (substitute day)", ("Scotland",)),
)
DAYS = WorkingDays(HOLIDAYS, first_year=2020, last_year=2021, version="typed by hand")


def day(written: str) -> date:
    """Read "Tue 2020-07-14", and refuse a weekday that is not that date's."""
    weekday, iso = written.split()
    read = date.fromisoformat(iso)
    assert f"{read:%a}" == weekday, f"{iso} is a {read:%a}"
    return read


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("Tue 2020-07-14", 1, "Wed 2020-07-15"),
        ("Tue 2020-07-14", 20, "Wed 2020-08-12"),
        ("Fri 2020-07-31", 1, "Tue 2020-08-04"),
        ("Sat 2020-08-01", 1, "Tue 2020-08-04"),
        ("Mon 2020-08-03", 1, "Tue 2020-08-04"),
        ("Thu 2020-12-24", 1, "Tue 2020-12-29"),
        ("Thu 2020-12-31", 1, "Tue 2021-01-05"),
        ("Fri 2020-02-28", 1, "Mon 2020-03-02"),
        ("Tue 2020-07-14", 0, "Tue 2020-07-14"),
        ("Sat 2020-08-01", 0, "Sat 2020-08-01"),
    ],
)
def test_the_day_itself_is_day_0_and_the_count_begins_with_the_next_working_day(
    start: str, n: int, expected: str
) -> None:
    assert DAYS.nth_after(day(start), n) == day(expected)


def test_outside_its_years_the_calendar_says_so_instead_of_guessing() -> None:
    with pytest.raises(CalendarTooShort) as told:
        DAYS.nth_after(date(2021, 12, 30), 20)

    assert told.value.asked == 2022
    assert (told.value.first, told.value.last) == (date(2020, 1, 1), date(2021, 12, 31))
    assert str(told.value) == (
        "The calendar knows the bank holidays from Wednesday 1 January 2020 to Friday 31 December "
        "2021, and this needs the year 2022: correct the date, or add the missing years to the "
        "calendar."
    )
