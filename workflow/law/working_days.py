"""Working days: Monday to Friday, less the bank holidays that the regime looks at.

The table is built once, so that a question about it is one look at a list. It never guesses:
outside its years it raises `CalendarTooShort`.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST_DAY_OF_WEEKEND = 5  # date.weekday() of a Saturday


class BankHoliday(NamedTuple):
    """A day that is a bank holiday in at least one nation of the United Kingdom."""

    on: date
    name: str
    nations: tuple[str, ...]


class CalendarTooShort(LookupError):
    """The answer lies outside the years whose bank holidays are known: add them, never guess.

    `asked` is the date asked about, or the first year that is missing.
    """

    def __init__(self, asked: date | int, first: date, last: date) -> None:
        """Say what was asked and which days are known, both ends included."""
        self.asked, self.first, self.last = asked, first, last
        told = long_date(asked) if isinstance(asked, date) else f"the year {asked}"
        super().__init__(
            f"The calendar knows the bank holidays from {long_date(first)} to {long_date(last)}, "
            f"and this needs {told}: correct the date, or add the missing years to the calendar."
        )


class WorkingDays:
    """The working days of whole years, each reachable in one step.

    A day asked about is always day 0, whatever kind of day it is: s.10(1) FOIA counts the
    working days *following* the date of receipt.
    """

    __slots__ = (
        *("version", "first", "last", "proclaimed_to"),
        *("_base", "_days", "_passed", "_holidays", "_holiday_dates"),
    )

    def __init__(
        self,
        holidays: Iterable[BankHoliday],
        *,
        first_year: int,
        last_year: int,
        version: str,
        proclaimed_to: date | None = None,
    ) -> None:
        """Build the table for the years from `first_year` to `last_year`, both included.

        `version` names the data and is printed with every date computed from it. After
        `proclaimed_to` (the last day unless given) the bank holidays are expected, not proclaimed.
        Raises ValueError when the years run backwards.
        """
        if last_year < first_year:
            raise ValueError(f"the calendar cannot end in {last_year} before it begins")
        self.version = version
        self.first, self.last = date(first_year, 1, 1), date(last_year, 12, 31)
        self.proclaimed_to = self.last if proclaimed_to is None else proclaimed_to
        self._holidays = _one_a_day(holidays, self.first, self.last)
        self._holiday_dates = [holiday.on for holiday in self._holidays]
        self._base = self.first.toordinal()
        self._days, self._passed = _table(self.first, self.last, frozenset(self._holiday_dates))

    @property
    def holidays(self) -> tuple[BankHoliday, ...]:
        """Give the weekday bank holidays of the table, in order, one a day."""
        return self._holidays

    def __contains__(self, day: date) -> bool:
        """Tell whether a day is a working day."""
        passed = self._passed[self._place(day)]
        return passed > 0 and self._days[passed - 1] == day

    def nth_after(self, day: date, n: int) -> date:
        """Give the n-th working day strictly after a day; with n = 0, the day itself.

        Raises CalendarTooShort outside the known years and ValueError for a negative n.
        """
        place = day.toordinal() - self._base
        if n < 1 or place < 0:
            return self._at_day_zero(day, n)
        try:
            return self._days[self._passed[place] + n - 1]
        except IndexError:
            raise self._too_short(day if day > self.last else self.last.year + 1) from None

    def nth_before(self, day: date, n: int) -> date:
        """Give the n-th working day strictly before a day; with n = 0, the day itself."""
        if n < 1:
            return self._at_day_zero(day, n)
        before = self._passed[self._place(day)] - (day in self)
        if n > before:
            raise self._too_short(self.first.year - 1)
        return self._days[before - n]

    def on_or_after(self, day: date) -> date:
        """Give the day itself when it is a working day, otherwise the next one that is."""
        return day if day in self else self.nth_after(day, 1)

    def after(self, day: date) -> date:
        """Give the next working day after a day."""
        return self.nth_after(day, 1)

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start`, up to and including `end`.

        Negative when `end` comes before `start`, so that it reads as days late.
        """
        return self._passed[self._place(end)] - self._passed[self._place(start)]

    def skipped(self, start: date, end: date) -> tuple[BankHoliday, ...]:
        """Give the weekday bank holidays after `start`, up to and including `end`, in order."""
        self._place(start), self._place(end)
        dates = self._holiday_dates
        return self._holidays[bisect_right(dates, start) : bisect_right(dates, end)]

    def is_provisional(self, day: date) -> bool:
        """Tell whether a day lies beyond the years for which bank holidays are proclaimed."""
        return day > self.proclaimed_to

    def _place(self, day: date) -> int:
        if not self.first <= day <= self.last:
            raise self._too_short(day)
        return day.toordinal() - self._base

    def _at_day_zero(self, day: date, n: int) -> date:
        self._place(day)
        if n < 0:
            raise ValueError(f"count {-n} working days the other way, with a positive number")
        return day

    def _too_short(self, asked: date | int) -> CalendarTooShort:
        return CalendarTooShort(asked, self.first, self.last)


def _one_a_day(holidays: Iterable[BankHoliday], first: date, last: date) -> tuple[BankHoliday, ...]:
    """Keep weekday holidays in range, in order; nations that share a day share one entry."""
    by_day: dict[date, list[BankHoliday]] = {}
    for holiday in holidays:
        if holiday.on.weekday() < FIRST_DAY_OF_WEEKEND and first <= holiday.on <= last:
            by_day.setdefault(holiday.on, []).append(holiday)
    return tuple(_merged(by_day[day]) for day in sorted(by_day))


def _merged(same_day: list[BankHoliday]) -> BankHoliday:
    names = dict.fromkeys(holiday.name for holiday in same_day)
    nations = dict.fromkeys(nation for holiday in same_day for nation in holiday.nations)
    return BankHoliday(same_day[0].on, "; ".join(names), tuple(nations))


def _table(first: date, last: date, closed: frozenset[date]) -> tuple[list[date], list[int]]:
    """List the working days, and for each calendar day how many have passed at its end."""
    days: list[date] = []
    passed: list[int] = []
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if day.weekday() < FIRST_DAY_OF_WEEKEND and day not in closed:
            days.append(day)
        passed.append(len(days))
    return days, passed
