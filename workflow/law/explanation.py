"""The ledger of a reading in plain lines: for the applicant, the manager and the Commissioner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.law.reading import Reading, Step
    from workflow.law.working_days import BankHoliday

WHOLE_KINGDOM = ("England", "Wales", "Scotland", "Northern Ireland")


def explain(reading: Reading) -> tuple[str, ...]:
    """Tell how the date was reached: each step, its authority, its effect and the days skipped."""
    steps = (line for step in reading.ledger for line in _told(step))
    return (*steps, *reading.warnings, _standing(reading), _calendar(reading))


def holiday_told(holiday: BankHoliday) -> str:
    """Write a bank holiday by weekday, date, name and nation."""
    return f"{long_date(holiday.on)} ({holiday.name}, {nations_told(holiday.nations)})"


def nations_told(nations: tuple[str, ...]) -> str:
    """Write a list of nations as people do: "England, Wales and Northern Ireland"."""
    if set(nations) == set(WHOLE_KINGDOM):
        return "throughout the United Kingdom"
    *others, last = nations
    return f"{', '.join(others)} and {last}" if others else last


def days_told(n: int) -> str:
    """Write a number of working days, one or many."""
    return "1 working day" if n == 1 else f"{n} working days"


def _told(step: Step) -> Iterator[str]:
    yield f"{long_date(step.on)}: {step.what} ({step.authority}); {step.effect}."
    if step.due is not None and step.due != step.due_before:
        before = "" if step.due_before is None else f", instead of {long_date(step.due_before)}"
        yield f"The last day for an answer is {long_date(step.due)}{before}."
    for holiday in step.skipped:
        yield f"Not a working day: {holiday_told(holiday)}."


def _standing(reading: Reading) -> str:
    if reading.due is None:
        return f"The clock is {reading.state}: there is no due date."
    if reading.left is not None and reading.left < 0:
        late = days_told(-reading.left)
        return f"Due {long_date(reading.due)}; {late} late."
    return f"Due {long_date(reading.due)}; {days_told(reading.left or 0)} left."


def _calendar(reading: Reading) -> str:
    caution = " The date is provisional: later bank holidays may yet be proclaimed."
    return f"Calendar: {reading.calendar_version}.{caution if reading.provisional else ''}"
