"""Months as the law counts them, and dates as people write them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def corresponding_date(day: date, months: int) -> date:
    """Give the day with the same number so many months later.

    Where that month has no such day, its last day stands in: one month after Friday 31 January
    2025 is Friday 28 February 2025 (the corresponding date rule; the ICO counts one month so).

    Raises OverflowError for a date beyond the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= date.max.year:
        raise OverflowError(f"{months} months after {day.isoformat()} is in no calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of_period(beginning: date, months: int) -> date:
    """Give the last day of a period of months *beginning with* a day.

    The first day counts, so the period ends on the day before the corresponding date: three
    months beginning with Wednesday 15 January end on Monday 14 April (s.9(2) FOIA). Where there is
    no corresponding date, the period ends with the month.
    """
    end = corresponding_date(beginning, months)
    return end if end.day < beginning.day else end - timedelta(days=1)


def long_date(day: date) -> str:
    """Write a date in full, in English whatever the machine's locale: Tuesday 14 July 2020."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
