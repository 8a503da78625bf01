"""Which days a period has, and how it is called."""

from __future__ import annotations

import pytest

from tests.casework.examples import day
from workflow.reports.period import NoSuchPeriod, Period, between, months_of, quarter, year_of


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2020-Q1", "Wed 2020-01-01", "Tue 2020-03-31"),
        ("2020-Q3", "Wed 2020-07-01", "Wed 2020-09-30"),
        ("2020q4", "Thu 2020-10-01", "Thu 2020-12-31"),
    ],
)
def test_a_quarter_is_three_months_of_the_calendar(written: str, first: str, last: str) -> None:
    assert quarter(written) == Period(day(first), day(last))


@pytest.mark.parametrize("written", ["2020-Q5", "2020-Q0", "Q3", "", "2020", "9999-Q4", "0000-Q1"])
def test_what_is_no_quarter_is_refused_with_the_cure(written: str) -> None:
    with pytest.raises(NoSuchPeriod, match="like 2020-Q3"):
        quarter(written)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(NoSuchPeriod, match="must not end before it begins"):
        between(day("Fri 2020-07-31"), day("Thu 2020-07-30"))


def test_both_ends_belong_to_a_period() -> None:
    period = quarter("2020-Q3")
    days = ("Tue 2020-06-30", "Wed 2020-07-01", "Wed 2020-09-30", "Thu 2020-10-01")

    assert [day(one) in period for one in days] == [False, True, True, False]


def test_a_period_touches_its_months_over_the_turn_of_a_year() -> None:
    assert list(months_of(Period(day("Mon 2019-11-18"), day("Mon 2020-02-03")))) == [
        *("2019-11", "2019-12", "2020-01", "2020-02")
    ]


def test_periods_have_names() -> None:
    assert quarter("2020-Q3").name == "July to September 2020 (2020-Q3)"
    assert quarter("2020-Q4").name == "October to December 2020 (2020-Q4)"
    assert year_of(2020).name == "the year 2020"
    assert Period(day("Mon 2020-06-01"), day("Tue 2020-06-30")).name == (
        "Monday 1 June 2020 to Tuesday 30 June 2020"
    )
