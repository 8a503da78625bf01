"""A request as it stood at the end of a day, read from its picture and its history.

The picture says how things stand now; a monitoring day may lie before. Where the picture has moved
on since (an answer that was reopened, a review that was asked for twice), the history says.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.stages import Act, Stage, row
from workflow.law import clock, reviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.casework.events import Event
    from workflow.casework.request import InformationRequest
    from workflow.law.clock import ClockEvent
    from workflow.law.reviews import ReviewEvent

_ENDED = (clock.Responded, clock.Closed)
_CLOSED_AS = {Act.TRANSFER: "transferred", Act.WITHDRAW: "withdrawn", Act.LAPSE: "lapsed"}


class Stay(NamedTuple):
    """A stage and the days between which a request stood there; `until` is None while it does."""

    stage: Stage
    since: date
    until: date | None


class Stood(NamedTuple):
    """How a request stood: its picture of that day, when it ended, and the way it had gone."""

    request: InformationRequest
    ended_on: date | None
    stays: tuple[Stay, ...]
    seen: tuple[Event, ...]


def as_it_stood(request: InformationRequest, happened: Sequence[Event], *, on: date) -> Stood:
    """Give a request as it stood at the end of a day on which it had been received.

    `happened` is its whole history, the first first. The date of receipt and the team are those of
    today: a correction of either tells what was true all along.
    """
    seen = tuple(event for event in happened if event.on <= on)
    ending, closed_as = _ending(request, seen, on)
    counted = tuple(one for one in request.clock if one.on <= on and not isinstance(one, _ENDED))
    outcome = _latest_outcome(seen) if ending is None else closed_as
    then = replace(
        request,
        clock=counted if ending is None else (*counted, ending),
        closed_as=closed_as,
        outcome=outcome,
        review_clock=_review_clock(request, seen, on),
        review_outcome=_review_outcome(request, seen, on),
    )
    return Stood(then, None if ending is None else ending.on, _stays(seen), seen)


def _ending(
    request: InformationRequest, seen: Sequence[Event], on: date
) -> tuple[ClockEvent | None, str | None]:
    """Find how it had ended by a day: by the picture, or before it was reopened since."""
    kept = next((one for one in request.clock if isinstance(one, _ENDED)), None)
    if kept is not None and kept.on <= on:
        return kept, request.closed_as
    ending: ClockEvent | None = None
    closed_as: str | None = None
    for position, event in enumerate(seen):
        if event.act is Act.REOPEN:
            ending = closed_as = None
        elif event.act is Act.ISSUE:
            closed_as = _latest_outcome(seen[:position])
            sent = event.particulars.get("sent")
            ending = clock.Responded(date.fromisoformat(sent) if sent else event.on)
        elif event.act in _CLOSED_AS:
            closed_as = _CLOSED_AS[event.act]
            ending = clock.Closed(event.on, closed_as)
    return ending, closed_as


def _latest_outcome(seen: Sequence[Event]) -> str | None:
    decided = [event for event in seen if event.act is Act.DECIDE]
    return decided[-1].particulars["outcome"].replace(" ", "-") if decided else None


def _review_clock(
    request: InformationRequest, seen: Sequence[Event], on: date
) -> tuple[ReviewEvent, ...]:
    """Give the events of the latest review by a day; a later review has taken their place."""
    kept = tuple(one for one in request.review_clock if one.on <= on)
    if kept and isinstance(kept[0], reviews.ReviewRequested):
        return kept
    made: list[ReviewEvent] = []
    for event in seen:
        if event.act is Act.REQUEST_REVIEW:
            made = [reviews.ReviewRequested(event.on)]
        elif event.act is Act.EXTEND_REVIEW:
            made.append(reviews.ReviewExtended(event.on, int(event.particulars["further"])))
        elif event.act is Act.DECIDE_REVIEW:
            made.append(reviews.ReviewDecided(event.on))
    return tuple(made)


def _review_outcome(request: InformationRequest, seen: Sequence[Event], on: date) -> str | None:
    if any(isinstance(one, reviews.ReviewDecided) and one.on <= on for one in request.review_clock):
        return request.review_outcome
    told: str | None = None
    for event in seen:
        if event.act is Act.REQUEST_REVIEW:
            told = None
        elif event.act is Act.DECIDE_REVIEW:
            told = event.particulars["outcome"]
    return told


def _stays(seen: Sequence[Event]) -> tuple[Stay, ...]:
    """Follow the table of transitions through the history: each stage, from when until when."""
    stays: list[Stay] = []
    left = Stage.RECEIVED
    for event in seen:
        here = stays[-1].stage if stays else None
        target = _target(event, here, left)
        if target is None or target is here:
            continue
        if target is Stage.CLOSED and here is not None and here is not Stage.REVIEW:
            left = here
        if stays:
            stays[-1] = stays[-1]._replace(until=event.on)
        stays.append(Stay(target, event.on, None))
    return tuple(stays)


def _target(event: Event, here: Stage | None, left: Stage) -> Stage | None:
    if here is None:
        return Stage.RECEIVED if event.act is Act.LOG else None
    if event.act is Act.REOPEN:
        return left
    line = row(event.act, here)
    return None if line is None else line.to
