"""Months as the law counts them, dates as people write them, and the day it was in London."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.written import day
from workflow.law.dates import corresponding_date, last_day_of_period, long_date
from workflow.law.local_day import local_day


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("Mon 2025-01-27", 1, "Thu 2025-02-27"),
        ("Tue 2025-01-28", 1, "Fri 2025-02-28"),
        ("Wed 2025-01-29", 1, "Fri 2025-02-28"),
        ("Fri 2025-01-31", 1, "Fri 2025-02-28"),
        ("Wed 2024-01-31", 1, "Thu 2024-02-29"),
        ("Mon 2026-11-30", 3, "Sun 2027-02-28"),
        ("Tue 2026-12-15", 1, "Fri 2027-01-15"),
        ("Tue 2026-12-15", 12, "Wed 2027-12-15"),
        ("Thu 2024-02-29", 12, "Fri 2025-02-28"),
        ("Sun 2026-03-15", 0, "Sun 2026-03-15"),
    ],
)
def test_the_corresponding_date_is_the_same_number_or_the_months_end(
    start: str, months: int, expected: str
) -> None:
    assert corresponding_date(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("beginning", "months", "last"),
    [
        ("Thu 2026-01-15", 3, "Tue 2026-04-14"),
        ("Sun 2026-02-01", 3, "Thu 2026-04-30"),
        ("Mon 2026-11-30", 3, "Sun 2027-02-28"),
        ("Sun 2026-11-29", 3, "Sun 2027-02-28"),
        ("Sat 2026-11-28", 3, "Sat 2027-02-27"),
        ("Thu 2023-11-30", 3, "Thu 2024-02-29"),
        ("Wed 2023-11-29", 3, "Wed 2024-02-28"),
    ],
)
def test_a_period_beginning_with_a_day_ends_before_the_corresponding_date(
    beginning: str, months: int, last: str
) -> None:
    assert last_day_of_period(day(beginning), months) == day(last)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 48), st.integers(1, 48))
def test_a_longer_period_ends_later(start: date, months: int, more: int) -> None:
    assert corresponding_date(start, months) < corresponding_date(start, months + more)


def test_a_date_in_no_calendar_is_refused() -> None:
    assert corresponding_date(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert corresponding_date(date(1, 1, 15), 1) == date(1, 2, 15)
    with pytest.raises(OverflowError, match="1 months after 9999-12-01 is in no calendar"):
        corresponding_date(date(9999, 12, 1), 1)
    with pytest.raises(OverflowError, match="-1 months after 0001-01-01 is in no calendar"):
        corresponding_date(date(1, 1, 1), -1)


def test_dates_are_written_in_full_and_in_english() -> None:
    week = [long_date(date(2026, 6, number)) for number in range(1, 8)]
    year = [long_date(date(2026, month, 1)).split()[2] for month in range(1, 13)]

    assert week == [
        "Monday 1 June 2026",
        "Tuesday 2 June 2026",
        "Wednesday 3 June 2026",
        "Thursday 4 June 2026",
        "Friday 5 June 2026",
        "Saturday 6 June 2026",
        "Sunday 7 June 2026",
    ]
    assert year == [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "Sat 2026-03-28"),  # the last winter night
        (datetime(2026, 3, 29, 22, 59, tzinfo=UTC), "Sun 2026-03-29"),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), "Mon 2026-03-30"),  # summer: midnight here
        (datetime(2026, 7, 3, 22, 40, tzinfo=UTC), "Fri 2026-07-03"),  # 23:40 on a Friday
        (datetime(2026, 7, 3, 23, 0, tzinfo=UTC), "Sat 2026-07-04"),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), "Sun 2026-10-25"),  # the last summer night
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), "Sun 2026-10-25"),
        (datetime(2026, 1, 1, 3, 0, tzinfo=timezone(timedelta(hours=9))), "Wed 2025-12-31"),
        (datetime(2026, 7, 3, 23, 40), "Fri 2026-07-03"),  # noqa: DTZ001 (local time is meant)
    ],
)
def test_a_moment_belongs_to_the_day_it_was_in_london(moment: datetime, local: str) -> None:
    assert local_day(moment) == day(local)
