"""The period that figures are told of: a quarter, a year, or any first and last day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.dates import MONTHS, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_YEAR_OR_MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
_ONE_DAY = timedelta(days=1)
_LAST_MONTH = 12


class NoSuchPeriod(ValueError):
    """What was given names no period."""

    def __init__(self, given: str, cure: str) -> None:
        """Keep what was given, and say what can be given."""
        self.given = given
        super().__init__(f"“{given}” is not a period. {cure}")


class Period(NamedTuple):
    """From a first to a last day, both included. Requests belong to it by their date of receipt."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """The period as people write it: "July to September 2020 (2020-Q3)"."""
        year, month = self.first.year, self.first.month
        if self == year_of(year):
            return f"the year {year}"
        if month % 3 == 1 and self == _three_months(year, month):
            return f"{MONTHS[month - 1]} to {MONTHS[month + 1]} {year} ({year}-Q{month // 3 + 1})"
        return f"{long_date(self.first)} to {long_date(self.last)}"

    def __contains__(self, day: object) -> bool:
        """Tell whether a day lies in the period."""
        return isinstance(day, date) and self.first <= day <= self.last


def quarter(written: str) -> Period:
    """Read a calendar quarter: "2020-Q3". Raises NoSuchPeriod."""
    found = _QUARTER.fullmatch(written.strip())
    if found is None or not 1 <= int(found[1]) < date.max.year:
        raise NoSuchPeriod(written, "Write a calendar quarter like 2020-Q3.")
    return _three_months(int(found[1]), 3 * int(found[2]) - 2)


def named(written: str, *, on: date) -> Period:
    """Read a period as it is typed: "2020", "2020-07", "2020-Q3", or month, quarter or year alone.

    A word alone, and nothing at all, mean the period that the day `on` lies in. Raises
    NoSuchPeriod.
    """
    typed = written.strip().casefold()
    here = {
        "": year_of(on.year),
        "year": year_of(on.year),
        "quarter": _three_months(on.year, (on.month - 1) // 3 * 3 + 1),
        "month": month_of(on.year, on.month),
    }
    if typed in here:
        return here[typed]
    found = _YEAR_OR_MONTH.fullmatch(typed)
    if found is None or not 1 <= int(found[1]) < date.max.year:
        return quarter(written)
    return month_of(int(found[1]), int(found[2])) if found[2] else year_of(int(found[1]))


def month_of(year: int, month: int) -> Period:
    """Give a calendar month."""
    after = date(year, month + 1, 1) if month < _LAST_MONTH else date(year + 1, 1, 1)
    return Period(date(year, month, 1), after - _ONE_DAY)


def year_of(year: int) -> Period:
    """Give a calendar year."""
    return Period(date(year, 1, 1), date(year, _LAST_MONTH, 31))


def between(first: date, last: date) -> Period:
    """Give the period between two days. Raises NoSuchPeriod when it ends before it begins."""
    if last < first:
        raise NoSuchPeriod(
            f"{first.isoformat()} to {last.isoformat()}", "It must not end before it begins."
        )
    return Period(first, last)


def months_of(period: Period) -> Iterator[str]:
    """Give the months that a period touches, in order: "2020-07", "2020-08"."""
    year, month = period.first.year, period.first.month
    while (year, month) <= (period.last.year, period.last.month):
        yield f"{year}-{month:02d}"
        year, month = (year, month + 1) if month < _LAST_MONTH else (year + 1, 1)


def month_name(month: str) -> str:
    """Write a month for people: "July 2020"."""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def _three_months(year: int, month: int) -> Period:
    first = date(year, month, 1)
    after = date(year + 1, 1, 1) if month + 3 > _LAST_MONTH else date(year, month + 3, 1)
    return Period(first, after - _ONE_DAY)
