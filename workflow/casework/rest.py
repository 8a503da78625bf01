"""When a person's reminders rest: snoozed, or before their hours. Never in the law's last days.

A rest moves a reminder and does not cancel it: there is one mechanism, so nothing speaks twice.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.ladder import UK
from workflow.casework.request import current_reading
from workflow.law.working_days import CalendarTooShort

if TYPE_CHECKING:
    from datetime import date

    from workflow.casework.ladder import WorkingHours
    from workflow.casework.request import InformationRequest, Snooze
    from workflow.casework.roles import Officer
    from workflow.law.working_days import WorkingDays

# From so many working days before the due date nothing rests any more.
LAST_DAYS = 2


class Rest(NamedTuple):
    """What rests about one request, and from which day nothing does."""

    snoozes: tuple[Snooze, ...]
    last_days: date | None

    def over(
        self, at: datetime, officer: Officer, *, hours: WorkingHours, days: WorkingDays
    ) -> datetime:
        """Give the moment at which a person hears what falls due at a moment.

        In the last days that is the moment itself, whatever the person prefers.
        """
        if self.in_last_days(at):
            return at
        for snooze in self.snoozes:
            if snooze.by == officer.handle and snooze.at < at:
                until = days.on_or_after(snooze.until)
                woken = min(until, self.last_days) if self.last_days else until
                at = max(at, hours.opening(woken))
        return at if self.in_last_days(at) else max(at, _begins(officer, at))

    def in_last_days(self, at: datetime) -> bool:
        """Say whether a moment lies in the law's last days, or after them."""
        return self.last_days is not None and at.astimezone(UK).date() >= self.last_days


def _begins(officer: Officer, at: datetime) -> datetime:
    """Give when a person's own hours begin on the day of a moment; the moment if they have none."""
    starts_at = officer.prefers.starts_at
    if starts_at is None:
        return at
    return datetime.combine(at.astimezone(UK).date(), starts_at, UK).astimezone(UTC)


def rest_of(request: InformationRequest, *, days: WorkingDays, on: date) -> Rest:
    """Give the rests about a request as it stands on a day."""
    return Rest(request.snoozes, before_due(request, LAST_DAYS, days=days, on=on))


def before_due(request: InformationRequest, n: int, *, days: WorkingDays, on: date) -> date | None:
    """Give the day `n` working days before the due date; None while nothing is due."""
    due = current_reading(request, days=days, on=on).due
    try:
        return days.nth_before(due, n) if due else None
    except CalendarTooShort:
        return None
