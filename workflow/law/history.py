"""What has happened to a request, so far as its clock is concerned: dated facts, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflow.law.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Received:
    """The authority received the request: any mailbox counts, not only the desk's."""

    on: date


@dataclass(frozen=True, slots=True)
class ClarificationSought:
    """The authority told the applicant what more it needs to find the information."""

    on: date


@dataclass(frozen=True, slots=True)
class ClarificationReceived:
    """The applicant supplied what was asked for."""

    on: date


@dataclass(frozen=True, slots=True)
class FeesNoticeGiven:
    """The authority gave the applicant a fees notice."""

    on: date


@dataclass(frozen=True, slots=True)
class FeeReceived:
    """The authority received the fee."""

    on: date


@dataclass(frozen=True, slots=True)
class Extended:
    """The authority told the applicant that it needs longer, and why.

    The length is further to the date as it stood: working days, or months for subject access.
    """

    on: date
    ground: str
    further_working_days: int | None = None
    further_months: int | None = None


@dataclass(frozen=True, slots=True)
class IdentityRequested:
    """The authority asked who the person is (subject access only)."""

    on: date


@dataclass(frozen=True, slots=True)
class IdentityReceived:
    """The person showed who they are (subject access only)."""

    on: date


@dataclass(frozen=True, slots=True)
class Responded:
    """The authority answered: this stops the clock."""

    on: date


@dataclass(frozen=True, slots=True)
class Closed:
    """The request came to an end without an answer: transferred, withdrawn or lapsed."""

    on: date
    reason: str


ClockEvent = (
    Received
    | ClarificationSought
    | ClarificationReceived
    | FeesNoticeGiven
    | FeeReceived
    | Extended
    | IdentityRequested
    | IdentityReceived
    | Responded
    | Closed
)


class ImpossibleHistory(ValueError):
    """These facts cannot all be true in this order: one of them was recorded wrongly.

    `event` is the one that does not fit, where one can be named.
    """

    def __init__(self, sentence: str, event: ClockEvent | None = None) -> None:
        """Keep the sentence, which says what happened and what to do, and the event."""
        self.event = event
        super().__init__(sentence)


def in_order(events: Iterable[ClockEvent]) -> tuple[ClockEvent, ...]:
    """Put events in the order of their dates; those of one day stay as they were recorded.

    Raises ImpossibleHistory unless the history begins with exactly one receipt.
    """
    ordered = tuple(sorted(events, key=_moment))
    if not ordered or not isinstance(ordered[0], Received):
        raise ImpossibleHistory(_beginning(ordered), ordered[0] if ordered else None)
    again = next((event for event in ordered[1:] if isinstance(event, Received)), None)
    if again is not None:
        raise ImpossibleHistory(
            f"The request was received on {long_date(ordered[0].on)} and again on "
            f"{long_date(again.on)}: give one date of receipt.",
            again,
        )
    return ordered


def _moment(event: ClockEvent) -> tuple[date, bool]:
    return event.on, not isinstance(event, Received)


def _beginning(ordered: tuple[ClockEvent, ...]) -> str:
    received = next((event for event in ordered if isinstance(event, Received)), None)
    if received is None:
        return "No date of receipt was given: say when the request was received."
    return (
        f"Something happened on {long_date(ordered[0].on)}, before the request was received on "
        f"{long_date(received.on)}: correct one of the two dates."
    )
