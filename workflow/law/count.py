"""The count as it stands: where it began, what does not count, and what it waits for."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from workflow.law.limits import Span, Terms
from workflow.law.reading import ClockState


class Count(NamedTuple):
    """A count after some events; each event gives a new one.

    `sought`, `identity` and `notice` are the days since which clarification, proof of identity
    and a fee are awaited; `asked` is when clarification was last asked for. `idle_notice` and
    `idle_question` remember a notice or a question that came too late, or too early in history, to
    have an effect, so that its answer is understood.
    """

    terms: Terms
    day_zero: date
    suspended: tuple[Span, ...] = ()
    further: int = 0
    sought: date | None = None
    asked: date | None = None
    identity: date | None = None
    notice: date | None = None
    pay_by: date | None = None
    idle_notice: bool = False
    idle_question: bool = False
    stopped: date | None = None

    @property
    def state(self) -> ClockState:
        """Whether the clock runs, and if not, what it waits for."""
        if self.stopped is not None:
            return ClockState.STOPPED
        if self.sought is not None:
            return ClockState.AWAITING_CLARIFICATION
        if self.identity is not None:
            return ClockState.AWAITING_IDENTITY
        return ClockState.RUNNING if self.notice is None else ClockState.SUSPENDED

    @property
    def waits(self) -> bool:
        """Whether something is awaited, so that there is no due date."""
        return not (self.sought is None and self.identity is None and self.notice is None)

    @property
    def due(self) -> date | None:
        """The last day for an answer; None while something is awaited."""
        return None if self.waits else self.due_from(self.day_zero)

    @property
    def notice_by(self) -> date:
        """The last day for notices, which an extension does not move (s.10(3), s.17(1))."""
        return self.terms.due(self.day_zero, suspended=self.suspended)

    @property
    def unrolled(self) -> date | None:
        """The end of a count in months before it moves to a working day; None in working days."""
        if not self.terms.in_months:
            return None
        return self.terms.unrolled(self.day_zero, self.further, self.suspended)

    @property
    def number(self) -> int:
        """The working days that the whole count has, extensions included."""
        return self.terms.number(self.day_zero, self.suspended) + self.further

    def due_from(self, day_zero: date) -> date:
        """Give the last day for an answer, had the count begun on another day."""
        return self.terms.due(day_zero, further=self.further, suspended=self.suspended)

    def is_late_for_notices(self, on: date) -> bool:
        """Tell whether the last day for a notice has passed; never while the clock waits."""
        return not self.waits and on > self.notice_by

    def day(self, on: date) -> int:
        """Count the working days that have run by the end of a day, or when the clock stopped."""
        stops = (self.stopped, self.sought, self.identity)
        upto = min((on, *(stop for stop in stops if stop is not None)))
        waiting = () if self.notice is None else (Span(self.notice, upto),)
        return self.terms.counted(self.day_zero, upto, (*self.suspended, *waiting))


class Outcome(NamedTuple):
    """What one event did: the count after it, and the words for the ledger."""

    after: Count
    what: str
    authority: str
    effect: str
    warning: str = ""
