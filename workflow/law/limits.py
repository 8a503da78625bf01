"""The last day of a count: working days or months, with the days that do not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.regime import TIME_LIMITS

if TYPE_CHECKING:
    from workflow.law.regime import Regime, TimeLimit
    from workflow.law.working_days import WorkingDays

ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days that do not count, from `start` to `end`, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Terms:
    """What the law allows for one request: its regime's limit, on its regime's calendar."""

    regime: Regime
    days: WorkingDays

    @property
    def limit(self) -> TimeLimit:
        """Give the regime's row of the table of limits."""
        return TIME_LIMITS[self.regime]

    def due(self, day_zero: date, *, further: int = 0, suspended: tuple[Span, ...] = ()) -> date:
        """Give the last day for an answer, counted from the day after `day_zero`."""
        return last_counted_day(self.days, day_zero, self.limit.number + further, suspended)

    def counted(self, day_zero: date, upto: date, suspended: tuple[Span, ...]) -> int:
        """Count the working days that have run after `day_zero`, up to and including `upto`."""
        run = self.days.between(day_zero, upto)
        return run - sum(
            lost_days(self.days, day_zero, Span(s, min(e, upto))) for s, e in suspended
        )


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
    return days.between(before, span.end) if span.end > before else 0
