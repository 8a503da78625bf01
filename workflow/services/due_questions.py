"""A question about a deadline, read from JSON or from the command line: checked facts, no answer.

What comes in is hostile until it is read here: each fault is one sentence that says what to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from workflow.law.clock import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    Extended,
    FeeReceived,
    FeesNoticeGiven,
    IdentityReceived,
    IdentityRequested,
    Limit,
    ReceiptPolicy,
    Received,
    Responded,
    Span,
)
from workflow.law.local_day import local_day
from workflow.law.regime import Regime
from workflow.law.reviews import ReviewDecided, ReviewEvent, ReviewExtended, ReviewRequested

if TYPE_CHECKING:
    from collections.abc import Callable

QUOTED_LENGTH = 40
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class QuestionUnclear(ValueError):
    """The question cannot be read: the sentence says which part, and how to write it."""


class Ask(StrEnum):
    """What date is wanted."""

    RESPOND_BY = "respond_by"
    PAY_FEE_BY = "pay_fee_by"
    EXTENSION_NOTICE_BY = "extension_notice_by"
    REQUEST_REVIEW_BY = "request_review_by"
    REVIEW_REPLY_BY = "review_reply_by"
    COMPLAIN_TO_ICO_BY = "complain_to_ico_by"


class Nation(StrEnum):
    """Where the authority is: it decides which bank holidays move a subject access deadline."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern ireland"


@dataclass(frozen=True, slots=True)
class Question:
    """What happened to a request, and which date is asked for.

    `on` is the day for which the answer is wanted; without it, the day of the last event.
    """

    regime: Regime
    events: tuple[ClockEvent, ...]
    reviews: tuple[ReviewEvent, ...] = ()
    ask: Ask = Ask.RESPOND_BY
    nation: Nation = Nation.ENGLAND
    limit: Limit = Limit.STANDARD
    closed: tuple[Span, ...] = ()
    set_by_commissioner: date | None = None
    receipt_policy: ReceiptPolicy = ReceiptPolicy.STATUTE
    on: date | None = None


SIMPLE_EVENTS: Mapping[str, Callable[[date], ClockEvent | ReviewEvent]] = {
    "received": Received,
    "clarification_sought": ClarificationSought,
    "clarification_received": ClarificationReceived,
    "fees_notice_given": FeesNoticeGiven,
    "fee_received": FeeReceived,
    "identity_requested": IdentityRequested,
    "identity_received": IdentityReceived,
    "responded": Responded,
    "review_requested": ReviewRequested,
    "review_decided": ReviewDecided,
}
EVENTS = (*SIMPLE_EVENTS, "extended", "review_extended")

Word = TypeVar("Word", bound=StrEnum)


def read_question(line: Mapping[str, object]) -> Question:
    """Read one line of a batch. Keys that are not part of a question are left alone.

    Raises QuestionUnclear for what cannot be understood.
    """
    if line.get("regime") is None:
        raise QuestionUnclear(f"The line has no regime: give one of {', '.join(Regime)}.")
    regime = _word(Regime, line, "regime", Regime.FOIA)
    limit = _word(Limit, line, "limit", Limit.STANDARD)
    closed = _spans(line.get("non_school_days"))
    if closed and limit is not Limit.SCHOOL:
        raise QuestionUnclear('non_school_days matter to a school only: give "limit": "school".')
    events, reviews = sorted_out(_events(line.get("events")))
    return Question(
        regime=regime,
        events=events,
        reviews=reviews,
        ask=_word(Ask, line, "ask", Ask.RESPOND_BY),
        nation=_word(Nation, line, "nation", Nation.ENGLAND),
        limit=limit,
        closed=closed,
        set_by_commissioner=_optional_day(line, "commissioner_day"),
        receipt_policy=_word(ReceiptPolicy, line, "receipt_policy", ReceiptPolicy.STATUTE),
        on=_optional_day(line, "on"),
    )


def sorted_out(
    events: tuple[ClockEvent | ReviewEvent, ...],
) -> tuple[tuple[ClockEvent, ...], tuple[ReviewEvent, ...]]:
    """Part the request's own events from its review's, each in the order of their dates.

    An answer given after a review was asked for, where the request had its own answer before, is
    the review's outcome.
    """
    clock: list[ClockEvent] = []
    reviews: list[ReviewEvent] = []
    for event in sorted(events, key=_moment):
        answered = any(isinstance(earlier, Responded) for earlier in clock)
        if isinstance(event, Responded) and answered and reviews:
            reviews.append(ReviewDecided(event.on))
        elif isinstance(event, ReviewRequested | ReviewExtended | ReviewDecided):
            reviews.append(event)
        else:
            clock.append(event)
    return tuple(clock), tuple(reviews)


def read_day(written: object) -> date:
    """Read a day, 2020-07-14, or a moment, whose day is that of the United Kingdom.

    Raises QuestionUnclear for anything else, and for a day that no calendar has.
    """
    if not isinstance(written, str) or not A_DAY.match(written):
        raise QuestionUnclear(f"{_quoted(written)} is not a date: write it as 2020-07-14.")
    try:
        if A_DAY.fullmatch(written):
            return date.fromisoformat(written)
        return local_day(datetime.fromisoformat(written))
    except (ValueError, OverflowError):
        raise QuestionUnclear(
            f"{_quoted(written)} is not a day of the calendar: correct the date."
        ) from None


def _moment(event: ClockEvent | ReviewEvent) -> tuple[date, bool]:
    return event.on, not isinstance(event, Received)


def _events(written: object) -> tuple[ClockEvent | ReviewEvent, ...]:
    if not isinstance(written, list) or not written:
        raise QuestionUnclear("The line has no events: give a list that begins with received.")
    return tuple(_event(entry) for entry in written)


def _event(entry: object) -> ClockEvent | ReviewEvent:
    if not isinstance(entry, Mapping):
        raise QuestionUnclear(f'{_quoted(entry)} is not an event: write {{"event", "on"}}.')
    kind = entry.get("event")
    on = read_day(entry.get("on"))
    if not isinstance(kind, str) or kind not in EVENTS:
        raise QuestionUnclear(f"{_quoted(kind)} is not an event: use {', '.join(EVENTS)}.")
    if kind == "extended":
        return Extended(
            on,
            _ground(entry.get("ground")),
            _number(entry, "further_working_days"),
            _number(entry, "further_months"),
        )
    if kind == "review_extended":
        return ReviewExtended(on, _number(entry, "further_working_days"))
    return SIMPLE_EVENTS[kind](on)


def _ground(written: object) -> str:
    if written is None:
        return ""
    if not isinstance(written, str):
        raise QuestionUnclear(f"{_quoted(written)} is not a ground: write it in words.")
    return " ".join(written.split())


def _number(entry: Mapping[str, object], key: str) -> int | None:
    number = entry.get(key)
    if number is None:
        return None
    if not isinstance(number, int) or isinstance(number, bool):
        raise QuestionUnclear(f"{_quoted(number)} is not a whole number: correct {key}.")
    return number


def _word(words: type[Word], line: Mapping[str, object], key: str, usual: Word) -> Word:
    """Read one of a fixed set of words, whatever its case, with spaces or underscores."""
    written = line.get(key)
    if written is None:
        return usual
    if isinstance(written, str):
        word = _spellings(words).get(written.strip().lower().replace("_", " "))
        if isinstance(word, words):
            return word
    raise QuestionUnclear(f"{_quoted(written)} is not a {key}: use one of {', '.join(words)}.")


@cache
def _spellings(words: type[StrEnum]) -> Mapping[str, StrEnum]:
    return {word.value.replace("_", " "): word for word in words}


def _spans(written: object) -> tuple[Span, ...]:
    if written is None:
        return ()
    if not isinstance(written, list):
        raise QuestionUnclear("non_school_days must be a list of [from, to].")
    return tuple(_span(pair) for pair in written)


def _span(pair: object) -> Span:
    if not isinstance(pair, list) or len(pair) != len(Span._fields):
        raise QuestionUnclear(f"{_quoted(pair)} is not a span of days: write [from, to].")
    start, end = read_day(pair[0]), read_day(pair[1])
    if end < start:
        raise QuestionUnclear(f"The days from {start} to {end} run backwards: swap them.")
    return Span(start, end)


def _optional_day(line: Mapping[str, object], key: str) -> date | None:
    return None if line.get(key) is None else read_day(line[key])


def _quoted(written: object) -> str:
    """Quote what was written, shortened, since it may be anything of any length."""
    text = str(written) if isinstance(written, str | int | float) else type(written).__name__
    return repr(text if len(text) <= QUOTED_LENGTH else f"{text[:QUOTED_LENGTH]}…")
