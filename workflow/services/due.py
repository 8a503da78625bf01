"""Answers to questions about deadlines, one or a file of them: no database, no clock."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from workflow.bank_holidays import load
from workflow.law.clock import (
    ClockEvent,
    FeesNoticeGiven,
    ImpossibleHistory,
    NoSuchLimit,
    Reading,
    Step,
    explain,
    read,
)
from workflow.law.dates import long_date
from workflow.law.regime import EXTENSIONS, TIME_LIMITS
from workflow.law.reviews import (
    Line,
    NoSuchDate,
    ReviewDecided,
    ReviewExtended,
    ReviewRequested,
    complain_by,
    request_review_by,
    review_reply_by,
)
from workflow.law.working_days import CalendarTooShort
from workflow.services.due_questions import Ask, Question, QuestionUnclear, read_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workflow.bank_holidays import Calendars
    from workflow.law.working_days import WorkingDays

LONGEST_LINE = 1_000_000  # characters: a request with thousands of events still fits
REMEMBERED = 10_000  # answers
UNANSWERABLE = (QuestionUnclear, ImpossibleHistory, NoSuchLimit, NoSuchDate, CalendarTooShort)
# An id as JSON writes one, so that what matches can be read back.
AN_ID = re.compile(
    r'"id"\s*:\s*("(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4}){0,200}"'
    r"|-?(?:0|[1-9][0-9]{0,19})(?![0-9]))"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The date asked for, the reading it comes from, and what the other clocks add to its ledger.

    `by` is None while nothing is due because the applicant has something to do.
    `statutory_limit` is given where the date is the Code's and so not the statute's.
    """

    by: date | None
    reading: Reading
    lines: tuple[Line, ...] = ()
    statutory_limit: date | None = None

    def told(self) -> tuple[str, ...]:
        """Tell in plain lines how the date was reached."""
        also = (f"{line.what}: {long_date(line.on)}, {_how(line)}." for line in self.lines)
        return (*explain(self.reading), *also)


def answer(question: Question, calendars: Calendars) -> Answer:
    """Answer one question.

    Raises one of `UNANSWERABLE`, whose text is a sentence for the person who asked.
    """
    days = calendars.of(question.regime, question.nation.title())
    reading = _read(question, question.events, days)
    reply = _review_reply(question, reading, days)
    match question.ask:
        case Ask.RESPOND_BY:
            return _respond_by(reading)
        case Ask.PAY_FEE_BY:
            return _pay_fee_by(question, reading, days)
        case Ask.EXTENSION_NOTICE_BY:
            return _extension_notice_by(reading)
        case Ask.REQUEST_REVIEW_BY:
            return _from(reading, request_review_by(reading, days=days))
        case Ask.REVIEW_REPLY_BY:
            return _from(reading, _asked_for(reply))
        case Ask.COMPLAIN_TO_ICO_BY:
            return _complain_by(question, reading, reply)


def batch(lines: Iterable[str], calendars: Calendars | None = None) -> Iterator[str]:
    """Answer questions written as JSON Lines with JSON Lines: see `answers`."""
    return map(json.dumps, answers(lines, load() if calendars is None else calendars))


def answers(lines: Iterable[str], calendars: Calendars) -> Iterator[dict[str, object]]:
    """Answer questions written as JSON Lines, one for each line that is not blank.

    A line that makes no sense gives its id and an error, and the others are still answered.
    """
    worked_out: dict[Question, dict[str, object]] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answered(line, number, calendars, worked_out)
        if len(worked_out) >= REMEMBERED:
            worked_out.clear()


def lines_of(stream: BinaryIO) -> Iterator[str]:
    """Read lines without ever holding one longer than `LONGEST_LINE`: its rest is passed over.

    A byte that is not UTF-8 is shown as a sign, so that it spoils no more than its own word.
    """
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield line.decode("utf-8", errors="replace").lstrip("\ufeff")
        else:
            _pass_over_rest(stream)
            yield line.decode("latin-1")  # one character a byte, so that it stays too long


def as_json(answer: Answer) -> dict[str, object]:
    """Turn an answer into what a line of the batch says: a date, a state and the ledger."""
    reading = answer.reading
    told: dict[str, object] = {
        "date": _iso(answer.by),
        "state": reading.state.value,
        "ledger": [
            *(_step_as_json(step) for step in reading.ledger),
            *(_line_as_json(line) for line in answer.lines),
        ],
        "original_date": reading.original_due.isoformat(),
        "calendar": reading.calendar_version,
    }
    if answer.statutory_limit is not None:
        told["statutory_limit"] = answer.statutory_limit.isoformat()
    if reading.provisional:
        told["provisional"] = True
    if reading.warnings:
        told["warnings"] = list(reading.warnings)
    return told


def _pass_over_rest(stream: BinaryIO) -> None:
    while rest := stream.readline(LONGEST_LINE):
        if rest.endswith(b"\n"):
            return


def _answered(
    line: str, number: int, calendars: Calendars, worked_out: dict[Question, dict[str, object]]
) -> dict[str, object]:
    """Answer one line. Many requests share their days, and those share one answer."""
    try:
        asked = _parsed(line)
    except QuestionUnclear as error:
        return {**_id_of(line, number), "error": str(error)}
    try:
        question = read_question(asked)
        if question not in worked_out:
            worked_out[question] = as_json(answer(question, calendars))
        return {"id": asked.get("id"), **worked_out[question]}
    except UNANSWERABLE as error:
        return {"id": asked.get("id"), "error": str(error)}


def _parsed(line: str) -> Mapping[str, object]:
    if len(line) > LONGEST_LINE:
        raise QuestionUnclear(
            f"The line is longer than {LONGEST_LINE} characters: a line is one request."
        )
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        raise QuestionUnclear("The line is not JSON: write one object on each line.") from None
    if not isinstance(asked, dict):
        raise QuestionUnclear("The line is not a JSON object: write one object on each line.")
    return asked


def _id_of(line: str, number: int) -> dict[str, object]:
    """Find the id even in a line that cannot be read; failing that, its number in the file."""
    found = AN_ID.search(line[:LONGEST_LINE])
    return {"id": None, "line": number} if found is None else {"id": json.loads(found[1])}


def _read(question: Question, events: tuple[ClockEvent, ...], days: WorkingDays) -> Reading:
    every = (*events, *question.reviews)
    last = max((event.on for event in every), default=days.first)
    return read(
        events,
        days=days,
        on=last if question.on is None else question.on,
        regime=question.regime,
        limit=question.limit,
        closed=question.closed,
        set_by_commissioner=question.set_by_commissioner,
        receipt_policy=question.receipt_policy,
    )


def _respond_by(reading: Reading) -> Answer:
    if reading.code_due is None or reading.code_due == reading.due:
        return Answer(reading.due, reading)
    return Answer(reading.code_due, reading, statutory_limit=reading.due)


def _pay_fee_by(question: Question, reading: Reading, days: WorkingDays) -> Answer:
    """Give the last day to pay under the latest fees notice, whether it has been paid or not."""
    notices = [n for n, e in enumerate(question.events) if isinstance(e, FeesNoticeGiven)]
    if not notices:
        raise NoSuchDate("No fees notice was given, so there is no last day to pay.")
    then = _read(question, question.events[: notices[-1] + 1], days)
    if then.pay_by is None:
        raise NoSuchDate(then.warnings[-1] if then.warnings else "The law sets no last day to pay.")
    notice = then.ledger[-1]
    return _from(reading, Line(then.pay_by, "Last day to pay", notice.effect, notice.authority))


def _extension_notice_by(reading: Reading) -> Answer:
    rule = EXTENSIONS.get(reading.regime)
    if rule is None or (reading.notice_by is not None and reading.notice_by < rule.since):
        title = TIME_LIMITS[reading.regime].title
        raise NoSuchDate(f"{title} knows no extension for this request, so no notice of one.")
    if reading.notice_by is None:
        raise NoSuchDate(f"The clock is {reading.state}: no day for a notice is set until it runs.")
    told = "the last day for an answer, before any extension"
    return _from(reading, Line(reading.notice_by, "Last day to notify", told, rule.notice))


def _review_reply(question: Question, reading: Reading, days: WorkingDays) -> Line | None:
    """Give the last day for a reply to the review; None where none was asked for.

    Raises NoSuchDate for a review that cannot have been: twice, unasked, before an answer.
    """
    requested = [event for event in question.reviews if isinstance(event, ReviewRequested)]
    if len(requested) > 1:
        raise NoSuchDate(
            f"A review was asked for on {long_date(requested[0].on)} and again on "
            f"{long_date(requested[1].on)}: give one."
        )
    for event in question.reviews:
        if not requested or event.on < requested[0].on:
            raise NoSuchDate(
                f"Something happened in a review on {long_date(event.on)}, before one was asked "
                "for: record the request for a review, or correct the date."
            )
    if not requested:
        return None
    extensions = tuple(event for event in question.reviews if isinstance(event, ReviewExtended))
    return review_reply_by(reading, requested[0], extensions, days=days, limit=question.limit)


def _asked_for(reply: Line | None) -> Line:
    if reply is None:
        raise NoSuchDate("No review was asked for, so no reply to one is due.")
    return reply


def _complain_by(question: Question, reading: Reading, reply: Line | None) -> Answer:
    decided = [event.on for event in question.reviews if isinstance(event, ReviewDecided)]
    if decided:
        return _from(reading, complain_by(reading.regime, decided[-1]))
    if reply is not None:
        return _from(reading, reply, complain_by(reading.regime, reply.on))
    if reading.stopped_on is None:
        raise NoSuchDate("Nothing was answered yet, so no last day to complain has been set.")
    return _from(reading, complain_by(reading.regime, reading.stopped_on))


def _from(reading: Reading, *lines: Line) -> Answer:
    return Answer(lines[-1].on, reading, lines)


def _step_as_json(step: Step) -> dict[str, object]:
    return {
        "on": step.on.isoformat(),
        "what": step.what,
        "authority": step.authority,
        "effect": step.effect,
        "day": step.day,
        "due": _iso(step.due),
        "due_before": _iso(step.due_before),
        "skipped": [
            {"on": holiday.on.isoformat(), "name": holiday.name, "nations": holiday.nations}
            for holiday in step.skipped
        ],
    }


def _line_as_json(line: Line) -> dict[str, object]:
    return {
        "on": line.on.isoformat(),
        "what": line.what,
        "authority": line.authority,
        "effect": line.how,
        "note": line.note,
    }


def _how(line: Line) -> str:
    return f"{line.how} ({line.authority}{f'; {line.note}' if line.note else ''})"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
