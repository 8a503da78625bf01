"""What `foi due` prints: one answer, a file of answers, or a spreadsheet with due dates."""

from __future__ import annotations

import csv
import io
import json
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from workflow.bank_holidays import CalendarFileError, load
from workflow.cli.plain_text import one_line
from workflow.law.dates import long_date
from workflow.law.local_day import local_day
from workflow.services.due import UNANSWERABLE, Answer, answer, answers, as_json, lines_of
from workflow.services.due_questions import Question, read_question
from workflow.services.due_spreadsheet import DUE_COLUMNS, PROVISIONAL, with_due_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from workflow.bank_holidays import Calendars

SOME_FAILED, UNCLEAR = 1, 2
LONGEST_SENTENCE = 800
REFUSED = (*UNANSWERABLE, CalendarFileError)


def answer_one(line: Mapping[str, object], config: Path | None, *, as_json: bool) -> None:
    """Print one answer: the date first, then how it was reached, or all of it as JSON.

    A question that makes no sense ends the program with one sentence on standard error, status 2.
    """
    if not line["events"]:
        refuse("Say when the request was received, as in: foi due 2020-07-14.")
    try:
        found = _as_of_today(read_question(line), load(config))
    except REFUSED as error:
        refuse(str(error))
    typer.echo(_json(found) if as_json else _words(found))


def answer_batch(file: str, config: Path | None) -> None:
    """Print an answer for each line of a file of JSON Lines, or of standard input for "-".

    Ends the program with status 1 when some line could not be answered; the others were.
    """
    failed = asked = 0
    with _opened(file) as stream:
        for told in answers(lines_of(stream), _calendars(config)):
            asked += 1
            failed += "error" in told
            sys.stdout.write(f"{json.dumps(told)}\n")
    _report(failed, asked, "lines")


def fill_spreadsheet(
    file: str, column: str, facts: Mapping[str, object], config: Path | None
) -> None:
    """Print a CSV file with two more columns, the due date and a note.

    Ends the program with status 1 when some row has no date; the others have. What is not UTF-8
    goes out as it came in, whatever it was.
    """
    calendars = _calendars(config)
    somewhen = [{"event": "received", "on": calendars.uk.first.isoformat()}]
    failed = rows = 0
    with _opened(file) as stream, _outgoing() as out:
        incoming = io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
        writer = csv.writer(out, lineterminator="\n")
        try:
            question = read_question({**facts, "events": somewhen})
            for row in with_due_dates(csv.reader(incoming), column, question, calendars):
                rows += 1
                failed += row[-1] not in {"", PROVISIONAL, DUE_COLUMNS[-1]}
                writer.writerow(row)
        except REFUSED as error:
            refuse(str(error))
        except csv.Error as error:
            refuse(f"The spreadsheet cannot be read after row {rows}: {error}. Save it as CSV.")
    _report(failed, max(rows - 1, 0), "rows")


def refuse(sentence: str) -> NoReturn:
    """End the program with one sentence on standard error and status 2."""
    typer.echo(one_line(sentence, LONGEST_SENTENCE), err=True)
    raise typer.Exit(UNCLEAR)


def _as_of_today(question: Question, calendars: Calendars) -> Answer:
    """Answer as of the last event, or as of today while the date is still to come."""
    found = answer(question, calendars)
    due, last = found.reading.due, found.reading.ledger[-1].on
    if question.on is None and due is not None and last < (today := _today()) <= due:
        return answer(replace(question, on=today), calendars)
    return found


def _today() -> date:
    return local_day(datetime.now(UTC))  # noqa: TID251 (here the person's today comes in)


def _words(found: Answer) -> str:
    first = f"No date: {found.reading.state}" if found.by is None else long_date(found.by)
    return "\n".join((first, "", *found.told()))


def _json(found: Answer) -> str:
    return json.dumps(as_json(found), indent=2)


def _calendars(config: Path | None) -> Calendars:
    try:
        return load(config)
    except CalendarFileError as error:
        refuse(str(error))


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 (the `with` below closes it)
    except OSError as error:
        refuse(f"{file}: {error.strerror}. Correct the path or its permissions, and try again.")
    with stream:
        yield stream


@contextmanager
def _outgoing() -> Iterator[io.TextIOWrapper]:
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", errors="surrogateescape", newline="")
    try:
        yield out
        out.flush()
    finally:
        out.detach()


def _report(failed: int, asked: int, what: str) -> None:
    if failed:
        typer.echo(f"{failed} of {asked} {what} could not be answered; the others were.", err=True)
        raise typer.Exit(SOME_FAILED)
