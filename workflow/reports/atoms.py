"""Atoms: one frozen row of facts per request at a monitoring day. Every figure is made of them.

The Code under s.45 and the Cabinet Office count differently, so neither count is stored: both are
derived from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.events import standing
from workflow.casework.request import reading, review_reading
from workflow.casework.stages import Act, Stage
from workflow.law import clock
from workflow.law.reading import ClockState
from workflow.law.regime import Regime
from workflow.law.reviews import ReviewDecided, ReviewRequested
from workflow.reports.as_at import as_it_stood

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workflow.casework.events import Event
    from workflow.casework.request import InformationRequest
    from workflow.law.reading import Reading
    from workflow.law.working_days import WorkingDays
    from workflow.reports.as_at import Stood


class Standing(StrEnum):
    """How a request stands at the monitoring day. Waiting: for a clarification or a fee."""

    OPEN_IN_TIME = "open, in time"
    OPEN_LATE = "open, late"
    WAITING = "waiting"
    CLOSED = "closed"


class Ending(StrEnum):
    """How a request ended. The first six are answers; a request that ends otherwise gets none."""

    DISCLOSE = "disclose"
    PART = "part"
    REFUSE = "refuse"
    NOT_HELD = "not-held"
    S12 = "s.12"
    S14 = "s.14"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


ANSWERS = (
    *(Ending.DISCLOSE, Ending.PART, Ending.REFUSE),
    *(Ending.NOT_HELD, Ending.S12, Ending.S14),
)
# Withheld by an exemption, wholly or in part: the answers that a section stands behind.
WITHHELD = (Ending.PART, Ending.REFUSE)


class Timeliness(StrEnum):
    """How an answer kept to time. A permitted extension is in time, and told apart."""

    MET = "met"
    EXTENDED = "extended"
    LATE = "late"


class Review(NamedTuple):
    """An internal review: `late` is None where the regime sets no day, or none can be told."""

    requested_on: date
    decided_on: date | None
    outcome: str | None
    due_on: date | None
    late: bool | None


class Delay(NamedTuple):
    """Why a request is late: by how much, where it stood when time ran out, where time went.

    `by` counts working days; `spent` names each stage with the working days it lasted.
    """

    by: int
    stood_at: Stage | None
    spent: tuple[tuple[Stage, int], ...]
    escalations: int

    @property
    def longest(self) -> tuple[Stage, int] | None:
        """The stage that took longest, with its working days."""
        return max(self.spent, key=lambda one: one[1], default=None)


@dataclass(frozen=True, slots=True)
class Atom:
    """What the figures know of one request at the end of the monitoring day.

    `due_on` is the last day as it stands, `unextended_on` what it is without an extension; both
    None while nothing is due. `taken` counts the working days that the statute counts, `elapsed`
    all working days since receipt, both to the ending. `exemptions` are those engaged, as cited.
    """

    reference: str
    regime: Regime
    received_on: date
    standing: Standing
    team: str | None
    due_on: date | None
    unextended_on: date | None
    extended: bool
    ended_on: date | None
    ending: Ending | None
    taken: int | None
    elapsed: int | None
    exemptions: tuple[str, ...]
    review: Review | None
    complained_on: date | None
    delay: Delay | None

    @property
    def is_answered(self) -> bool:
        """Say whether an answer was given."""
        return self.ending in ANSWERS

    @property
    def is_open(self) -> bool:
        """Say whether an answer is still owed, or waited for."""
        return self.ended_on is None

    @property
    def timeliness(self) -> Timeliness | None:
        """Say how the answer kept to time; None without an answer.

        An answer given while nothing was due (clarification awaited) is in time.
        """
        if not self.is_answered or self.ended_on is None:
            return None
        if self.due_on is not None and self.ended_on > self.due_on:
            return Timeliness.LATE
        if self.unextended_on is not None and self.ended_on > self.unextended_on:
            return Timeliness.EXTENDED
        return Timeliness.MET


def atom(
    request: InformationRequest, happened: Sequence[Event], *, days: WorkingDays, on: date
) -> Atom | None:
    """Make the atom of a request at the end of the day `on`; None when it came later.

    `happened` is its history, the first first; `days` the calendar of its regime.
    """
    if request.received_on > on:
        return None
    stood = as_it_stood(request, standing(happened), on=on)
    then, ended_on = stood.request, stood.ended_on
    now = reading(then, days=days, on=on)
    return Atom(
        reference=then.reference,
        regime=then.regime,
        received_on=then.received_on,
        standing=_standing(now, ended_on),
        team=then.team,
        due_on=now.due,
        unextended_on=now.notice_by if now.due is not None else None,
        extended=any(isinstance(one, clock.Extended) for one in then.clock),
        ended_on=ended_on,
        ending=Ending(then.closed_as) if ended_on is not None and then.closed_as else None,
        taken=now.day if ended_on is not None else None,
        elapsed=days.between(then.received_on, ended_on) if ended_on is not None else None,
        exemptions=_exemptions(stood),
        review=_review(stood, days=days, on=on),
        complained_on=_first(stood, Act.RECORD_COMPLAINT),
        delay=_delay(stood, now, days=days, on=on),
    )


def _standing(now: Reading, ended_on: date | None) -> Standing:
    if ended_on is not None:
        return Standing.CLOSED
    if now.state is not ClockState.RUNNING:
        return Standing.WAITING
    return Standing.OPEN_LATE if now.is_late else Standing.OPEN_IN_TIME


def _exemptions(stood: Stood) -> tuple[str, ...]:
    """Give the sections engaged by that day; the picture has them where no history tells."""
    kept = tuple(one.section for one in stood.request.exemptions)
    engaged = (one for one in stood.seen if one.act is Act.ENGAGE_EXEMPTION)
    told = tuple(dict.fromkeys(one.particulars["section"] for one in engaged))
    return tuple(one for one in told if one in kept) if stood.seen else kept


def _review(stood: Stood, *, days: WorkingDays, on: date) -> Review | None:
    events = stood.request.review_clock
    if not events:
        return None
    requested = next(one.on for one in events if isinstance(one, ReviewRequested))
    decided = next((one.on for one in events if isinstance(one, ReviewDecided)), None)
    outcome = stood.request.review_outcome
    if stood.ended_on is None or stood.ended_on > requested:  # it was reopened since
        return Review(requested, decided, outcome, None, None)
    clock_of_it = review_reading(stood.request, days=days, on=on)
    return Review(requested, decided, outcome, clock_of_it.due, clock_of_it.is_late)


def _first(stood: Stood, act: Act) -> date | None:
    return next((event.on for event in stood.seen if event.act is act), None)


def _delay(stood: Stood, now: Reading, *, days: WorkingDays, on: date) -> Delay | None:
    answered = stood.request.closed_as in ANSWERS
    if not now.is_late or now.due is None or not (answered or stood.ended_on is None):
        return None
    until = stood.ended_on or on
    spent: dict[Stage, int] = {}
    for stay in stood.stays:
        if stay.stage not in (Stage.CLOSED, Stage.REVIEW):
            end = min(stay.until or until, until)
            spent[stay.stage] = spent.get(stay.stage, 0) + days.between(stay.since, end)
    then = [stay.stage for stay in stood.stays if stay.since <= now.due]
    return Delay(
        by=-(now.left or 0),
        stood_at=then[-1] if then else None,
        spent=tuple(spent.items()),
        escalations=sum(event.act is Act.ESCALATE for event in stood.seen),
    )
