"""The clock of s.10 counted as a clerk would, one day after the other: slow, and easy to believe.

It knows nothing of the product: it is what the product is compared with.
"""

from __future__ import annotations

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def walked_due(
    day_zero: date, n: int, holidays: set[date], left_out: list[tuple[date, date]] | None = None
) -> date:
    """Walk to the n-th working day after a day; spans are left out, both their ends included."""
    day, counted = day_zero, 0
    while counted < n:
        day += ONE_DAY
        is_working_day = day.weekday() < 5 and day not in holidays
        is_left_out = any(start <= day <= end for start, end in left_out or [])
        counted += is_working_day and not is_left_out
    return day


def walked_count(start: date, end: date, holidays: set[date]) -> int:
    """Count the working days after `start`, up to and including `end`, one by one."""
    count, day = 0, start
    while day < end:
        day += ONE_DAY
        count += day.weekday() < 5 and day not in holidays
    return count
