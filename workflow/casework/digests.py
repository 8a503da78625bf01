"""What a person is told once, at the start of a working day or week. Pure: time is an argument."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workflow.law.working_days import WorkingDays

# A digest comes while something is due within so many working days, and a week has as many.
NEAR = 5
# One request alone is spoken of by its own reminders: a digest would only say it again.
FEWEST = 2
MOST_LINES = 40


class Line(NamedTuple):
    """A request as a digest lists it. `waits` says what it waits for, of the person themselves."""

    reference: str
    subject: str
    due: date | None
    waits: str = ""


class Counted(NamedTuple):
    """A request as a manager's summary counts it: who holds it, by name."""

    reference: str
    holder: str
    due: date | None
    is_escalated: bool


def daily(lines: Sequence[Line], *, days: WorkingDays, on: date) -> str:
    """Say what somebody holds and what waits for them, the soonest due first.

    Nothing ("") when there are fewer than two, or when none is due within five working days: then
    their own reminders are enough.
    """
    horizon = days.nth_after(on, NEAR)
    if len(lines) < FEWEST or not any(one.due and one.due <= horizon for one in lines):
        return ""
    in_order = sorted(lines, key=lambda one: (one.due is None, one.due, one.reference))
    told = [f"• {_said(one, on)}" for one in in_order[:MOST_LINES]]
    more = len(in_order) - len(told)
    rest = [f"… and {more} more: /foi mine"] if more else []
    return "\n".join([f"Today you have {len(in_order)} requests.", *told, *rest])


def weekly(counted: Sequence[Counted], *, of: str, days: WorkingDays, on: date) -> str:
    """Say to a manager how the requests of a team stand as a week begins. "" when none is open."""
    if not counted:
        return ""
    end = days.nth_after(on, NEAR)
    late = sorted((one for one in counted if one.due and one.due < on), key=_by_due)
    soon = sorted((one for one in counted if one.due and on <= one.due < end), key=_by_due)
    escalated = sum(one.is_escalated for one in counted)
    officers = Counter(one.holder for one in counted).most_common()
    return "\n".join(
        [
            (
                f"{of} this week: {len(counted)} open, {len(soon)} due within five working days, "
                f"{len(late)} overdue, {escalated} escalated."
            ),
            *_listed("Overdue", late),
            *_listed("Due", soon),
            f"By officer: {', '.join(f'{name} {count}' for name, count in officers)}.",
        ]
    )


def begins_week(on: date, *, days: WorkingDays) -> bool:
    """Say whether a day is the first working day of its week."""
    if on not in days:
        return False
    return days.nth_before(on, 1).isocalendar()[:2] != on.isocalendar()[:2]


def _said(one: Line, on: date) -> str:
    due = f"due {long_date(one.due)}" if one.due else "nothing is due"
    late = ", overdue" if one.due and one.due < on else ""
    waits = f" It waits for {one.waits}." if one.waits else ""
    return f"{one.reference} “{one.subject}”: {due}{late}.{waits}"


def _listed(label: str, found: Sequence[Counted]) -> list[str]:
    named = [
        f"{one.reference} ({long_date(one.due)}, {one.holder})"
        for one in found[:MOST_LINES]
        if one.due
    ]
    more = [f"and {len(found) - MOST_LINES} more"] if len(found) > MOST_LINES else []
    return [f"{label}: {'; '.join(named + more)}."] if named else []


def _by_due(one: Counted) -> tuple[date | None, str]:
    return one.due, one.reference
