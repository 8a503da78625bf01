"""The ledger of a reading in plain lines: for the applicant, the manager and the Commissioner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.dates import long_date
from workflow.law.reading import ClockState
from workflow.law.regime import TIME_LIMITS, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.law.reading import Reading, Step
    from workflow.law.working_days import BankHoliday

WHOLE_KINGDOM = frozenset({"England", "Wales", "Scotland", "Northern Ireland"})


def explain(reading: Reading) -> tuple[str, ...]:
    """Tell how the date was reached: each step, its authority, its effect and the days skipped."""
    steps = (line for step in reading.ledger for line in _told(step))
    return (*steps, *reading.warnings, *_standing(reading), _calendar(reading))


def holiday_told(holiday: BankHoliday) -> str:
    """Write a bank holiday by weekday, date, name and nation."""
    return f"{long_date(holiday.on)} ({holiday.name}, {nations_told(holiday.nations)})"


def nations_told(nations: tuple[str, ...]) -> str:
    """Write a list of nations as people do: "England, Wales and Northern Ireland"."""
    if set(nations) >= WHOLE_KINGDOM:
        return "throughout the United Kingdom"
    *others, last = nations
    return f"{', '.join(others)} and {last}" if others else last


def days_told(n: int) -> str:
    """Write a number of working days, one or many."""
    return counted_told(n, Unit.WORKING_DAYS)


def counted_told(n: int, unit: Unit) -> str:
    """Write a number of working days or months, one or many."""
    return f"1 {unit.value.removesuffix('s')}" if n == 1 else f"{n} {unit}"


def _told(step: Step) -> Iterator[str]:
    yield f"{long_date(step.on)}: {step.what} ({step.authority}); {step.effect}."
    if step.due is not None and step.due != step.due_before:
        before = "" if step.due_before is None else f", instead of {long_date(step.due_before)}"
        yield f"The last day for an answer is {long_date(step.due)}{before}."
    if step.rolled_from is not None:
        yield f"It moves on from {long_date(step.rolled_from)}, which is not a working day."
    for holiday in step.skipped:
        yield f"Not a working day: {holiday_told(holiday)}."


def _standing(reading: Reading) -> Iterator[str]:
    if reading.state is ClockState.STOPPED:
        yield _stopped(reading)
    elif reading.due is None:
        yield f"The clock is {reading.state}: there is no due date."
        if reading.pay_by is not None:
            left = "" if reading.left is None else f"; {days_told(reading.left)} will then be left"
            yield f"The last day to pay is {long_date(reading.pay_by)}{left}."
    else:
        yield f"Due {long_date(reading.due)}; {_left(reading)}."
    if reading.code_due is not None and reading.code_due != reading.due:
        yield (
            f"By the Code's rule for receipt on a day that is no working day: "
            f"{long_date(reading.code_due)}, which is not the statutory limit."
        )


def _stopped(reading: Reading) -> str:
    if reading.due is None:
        return "The clock is stopped: there was no due date when it did."
    return f"The clock is stopped; it was due {long_date(reading.due)}, with {_left(reading)}."


def _left(reading: Reading) -> str:
    left = reading.left or 0
    return f"{days_told(-left)} late" if left < 0 else f"{days_told(left)} left"


def _calendar(reading: Reading) -> str:
    title = TIME_LIMITS[reading.regime].title
    caution = " The date is provisional: later bank holidays may yet be proclaimed."
    told = f"{title}. Calendar: {reading.calendar_version}."
    return f"{told}{caution if reading.provisional else ''}"
