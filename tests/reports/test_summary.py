"""The figures in lines, for a chat."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.reports import period, report, summary
from workflow.reports.period import NoSuchPeriod, Period

ON = date(2020, 8, 13)  # Thu


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("", date(2020, 1, 1), date(2020, 12, 31)),
        ("year", date(2020, 1, 1), date(2020, 12, 31)),
        ("month", date(2020, 8, 1), date(2020, 8, 31)),
        ("quarter", date(2020, 7, 1), date(2020, 9, 30)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31)),
        ("2020-q3", date(2020, 7, 1), date(2020, 9, 30)),
    ],
)
def test_a_period_is_named_as_people_type_it(typed: str, first: date, last: date) -> None:
    assert period.named(typed, on=ON) == Period(first, last)


@pytest.mark.parametrize("typed", ["2020-13", "2020-Q5", "July", "0000"])
def test_what_names_no_period_is_refused(typed: str) -> None:
    with pytest.raises(NoSuchPeriod, match="is not a period"):
        period.named(typed, on=ON)


def test_nothing_received_is_told_too() -> None:
    made = report.make(
        (), authority="Midshire Police", period=period.year_of(2020), as_at=ON, team_names={}
    )

    told = summary.lines(made)

    assert told[0] == "Midshire Police: requests received, the year 2020"
    assert ". Requests received: 0" in told
    assert told[-1] == "Late, answered or still open: 0"
