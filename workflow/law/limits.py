"""The last day of a count: working days or months, with the days that do not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.dates import corresponding_date, long_date
from workflow.law.regime import TIME_LIMITS, Regime, Unit
from workflow.law.special_limits import Limit, NoSuchLimit, SpecialLimit, special_limit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workflow.law.regime import TimeLimit
    from workflow.law.working_days import BankHoliday, WorkingDays

ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days that do not count, from `start` to `end`, both included."""

    start: date
    end: date


@dataclass(frozen=True)
class Terms:
    """What the law allows for one request: its limit, on its regime's calendar.

    `closed` are the days without a session, for a school; `set_by_commissioner` is the day the
    Commissioner specified, for the armed forces and information overseas.
    """

    regime: Regime
    days: WorkingDays
    limit: Limit = Limit.STANDARD
    closed: tuple[Span, ...] = ()
    set_by_commissioner: date | None = None

    @cached_property
    def time_limit(self) -> TimeLimit:
        """The regime's row of the table of limits."""
        return TIME_LIMITS[self.regime]

    @cached_property
    def special(self) -> SpecialLimit:
        """The row of s.10(4) that applies."""
        return special_limit(self.regime, self.limit)

    @cached_property
    def in_months(self) -> bool:
        """Whether the limit is counted in months."""
        return self.time_limit.unit is Unit.MONTHS

    def due(self, day_zero: date, *, further: int = 0, suspended: tuple[Span, ...] = ()) -> date:
        """Give the last day for an answer, counted from `day_zero`."""
        if self.in_months:
            return self.days.on_or_after(self.unrolled(day_zero, further, suspended))
        number = self.number(day_zero, suspended) + further
        return last_counted_day(self.days, day_zero, number, suspended)

    def number(self, day_zero: date, suspended: tuple[Span, ...] = ()) -> int:
        """Give the limit as a number of working days, for a count that began on `day_zero`."""
        if self.special.school_days:
            return self._school_limit(day_zero, suspended)
        if self.set_by_commissioner is not None:
            return self._set_limit(day_zero, self.set_by_commissioner)
        return self.special.number

    def counted(self, day_zero: date, upto: date, suspended: tuple[Span, ...]) -> int:
        """Count the working days that have run after `day_zero`, up to and including `upto`."""
        seen = (Span(span.start, min(span.end, upto)) for span in suspended)
        lost = sum(lost_days(self.days, day_zero, span) for span in seen)
        return self.days.between(day_zero, upto) - lost

    def unrolled(self, day_zero: date, further: int, suspended: tuple[Span, ...]) -> date:
        """Give the end of a count in months before it moves to a working day.

        The months are added once, to the day the count began: three months are not one month,
        moved to a working day, and two more (ICO guidance on the right of access).
        """
        begins = day_zero + self.time_limit.begins * ONE_DAY
        end = corresponding_date(begins, self.time_limit.number + further)
        return end + sum((_calendar_days(day_zero, span) for span in suspended), 0 * ONE_DAY)

    def passed_over(self, after: date, due: date, unrolled: date | None) -> tuple[BankHoliday, ...]:
        """Give the bank holidays that a due date passes over, counted from the day `after`."""
        return self.days.skipped(after if unrolled is None else unrolled - ONE_DAY, due)

    def _school_limit(self, day_zero: date, suspended: tuple[Span, ...]) -> int:
        """Count the days to the 20th school day, or stop at the 60th working day (reg. 3(2))."""
        furthest = last_counted_day(self.days, day_zero, self.special.furthest, suspended)
        no_session = merged((*suspended, *self.closed))
        if self.counted(day_zero, furthest, no_session) < self.special.number:
            return self.special.furthest
        end = last_counted_day(self.days, day_zero, self.special.number, no_session)
        return min(self.counted(day_zero, end, suspended), self.special.furthest)

    def _set_limit(self, day_zero: date, day: date) -> int:
        """Count the working days to the day the Commissioner set, which is the 60th at most."""
        row = self.special
        furthest = self.days.nth_after(day_zero, row.furthest)
        if not row.leave or day > furthest:
            why = (
                f"the furthest day is {long_date(furthest)}"
                if row.leave
                else "only the limits for the armed forces and for information overseas have one"
            )
            raise NoSuchLimit(
                f"The Commissioner cannot have set {long_date(day)}: {why}; correct the day."
            )
        return max(row.number, self.days.between(day_zero, day))


@lru_cache(maxsize=256)
def terms_of(
    regime: Regime,
    days: WorkingDays,
    limit: Limit = Limit.STANDARD,
    closed: tuple[Span, ...] = (),
    set_by_commissioner: date | None = None,
) -> Terms:
    """Give the terms of a request; those of all requests under one regime are the same."""
    return Terms(regime, days, limit, closed, set_by_commissioner)


def last_counted_day(
    days: WorkingDays, day_zero: date, n: int, disregarded: tuple[Span, ...]
) -> date:
    """Give the n-th working day after `day_zero`, where some spans do not count.

    The spans are in order and do not overlap. Each pushes the end on by the working days in it,
    so a span that begins after the end as it then stands pushes nothing.
    """
    end = days.nth_after(day_zero, n)
    for span in disregarded:
        if span.start > end:
            break
        end = days.nth_after(end, lost_days(days, day_zero, span))
    return end


def lost_days(days: WorkingDays, day_zero: date, span: Span) -> int:
    """Count the working days of a span that come after `day_zero`."""
    before = max(day_zero, span.start - ONE_DAY)
    return days.between(before, max(before, span.end))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order and join those that overlap, so that no day is left out twice."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _calendar_days(day_zero: date, span: Span) -> timedelta:
    """Count the days of a span from `day_zero` on: both its days are left out (s.54(3C))."""
    return max(span.end - max(day_zero, span.start) + ONE_DAY, 0 * ONE_DAY)
