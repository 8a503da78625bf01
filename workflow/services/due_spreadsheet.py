"""Due dates for a spreadsheet: each row's date of receipt gives a column of due dates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from workflow.law.clock import Received
from workflow.services.due import UNANSWERABLE, answer
from workflow.services.due_questions import Question, QuestionUnclear, read_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workflow.bank_holidays import Calendars

DUE_COLUMNS = ("Due date", "Due date note")
PROVISIONAL = "provisional"

# As spreadsheets of this country write a day: the day before the month.
WRITTEN = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
TIME_OF_DAY = re.compile(r"[ T,]+\d{1,2}:\d{2}(:\d{2})?$")


def with_due_dates(
    rows: Iterable[Sequence[str]], column: str, question: Question, calendars: Calendars
) -> Iterator[tuple[str, ...]]:
    """Add two columns: the due date, and a note where there is none or it is provisional.

    The first row holds the names of the columns; `column` is the one with the date of receipt.
    `question` gives the regime and the limit; its events are replaced. Raises QuestionUnclear when
    there is no such column.
    """
    unread = iter(rows)
    header = tuple(next(unread, ()))
    place = _place(header, column)
    yield (*header, *DUE_COLUMNS)
    for row in unread:
        if row:
            padded = (*row, *[""] * (len(header) - len(row)))
            yield (*padded, *_due(padded[place], question, calendars))


def spreadsheet_day(written: str) -> date:
    """Read a day as a spreadsheet has it: 2020-07-14, 14/07/2020, 14 July 2020, with a time or not.

    Raises QuestionUnclear for anything else.
    """
    if re.match(r"\d{4}-", written):
        return read_day(TIME_OF_DAY.sub("", written))
    day = TIME_OF_DAY.sub("", written)
    for form in WRITTEN:
        try:
            return datetime.strptime(day, form).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    raise QuestionUnclear(f"{written[:40]!r} is not a date: write it as 14/07/2020.")


def _place(header: tuple[str, ...], column: str) -> int:
    names = [name.strip().casefold() for name in header]
    try:
        return names.index(column.strip().casefold())
    except ValueError:
        there = ", ".join(repr(name) for name in header) or "none"
        raise QuestionUnclear(
            f"There is no column {column!r}: the first row has {there}."
        ) from None


def _due(written: str, question: Question, calendars: Calendars) -> tuple[str, str]:
    if not written.strip():
        return "", ""
    try:
        received = Received(spreadsheet_day(written.strip()))
        found = answer(replace(question, events=(received,)), calendars)
    except UNANSWERABLE as error:
        return "", str(error)
    note = PROVISIONAL if found.reading.provisional else ""
    return ("" if found.by is None else found.by.isoformat()), note
