"""A request for information as a frozen picture, and the two readings of its clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from workflow.casework.stages import Stage
from workflow.law import clock
from workflow.law.cost_limit import (
    Activity,
    AuthorityClass,
    CountedRequest,
    SearchCost,
    SearchTime,
    expected_cost,
)
from workflow.law.regime import Regime
from workflow.law.review_clock import read_review

if TYPE_CHECKING:
    from datetime import date, datetime

    from workflow.casework.complaint import Complaint
    from workflow.casework.finding import Finding
    from workflow.casework.ladder import Rule, Step
    from workflow.casework.referral import Referral
    from workflow.law.clock import ClockEvent, Reading
    from workflow.law.reviews import ReviewEvent
    from workflow.law.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Search:
    """One search for the information. Its hours count toward s.12's limit (Fees Regs reg. 4)."""

    by: str
    on: date
    where: str
    hours: float
    found: bool
    activity: Activity = Activity.LOCATING


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long an activity is expected to take, in hours: made before the searches (s.12(1))."""

    activity: Activity
    hours: float


@dataclass(frozen=True, slots=True)
class Escalation:
    """A request brought to a manager's attention, and what the manager answered."""

    on: date
    cause: str
    by: str | None
    acknowledged_by: str | None = None
    plan: str = ""
    until: date | None = None

    @property
    def is_acknowledged(self) -> bool:
        """Say whether a manager has answered."""
        return self.acknowledged_by is not None


@dataclass(frozen=True, slots=True)
class RunningChain:
    """The steps that follow an escalation, as the ladder had them when it began.

    `cause` is the rule that escalated, and `anchor` the day it counted from; None when it was done
    by hand. `taken` steps were said, the last of them at `last`, which is `began` at first.
    """

    began: datetime
    last: datetime
    steps: tuple[Step, ...]
    cause: Rule | None = None
    anchor: date | None = None
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Snooze:
    """One person's reminders about a request rest from a moment until a working day."""

    by: str
    at: datetime
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """An exemption engaged for some of the information, with its harm and its test if any.

    `public_interest` are the reasons for the balance, which falls for withholding unless `favours`
    says "disclosure"; `weighed_by` struck it on `weighed_on`. `opinion` is that of the qualified
    person `opinion_by`, who holds `opinion_office`, given on `opinion_on` (s.36(2)).
    """

    section: str
    why: str
    harm: str = ""
    likelihood: str = ""
    for_disclosure: str = ""
    for_withholding: str = ""
    public_interest: str = ""
    favours: str = ""
    weighed_by: str | None = None
    weighed_on: date | None = None
    opinion_by: str = ""
    opinion_office: str = ""
    opinion_on: date | None = None
    opinion: str = ""


class Treatment(StrEnum):
    """What becomes of what a question asks for."""

    DISCLOSED = "disclosed"
    ELSEWHERE = "elsewhere"  # accessible without asking, s.21
    WITHHELD = "withheld"
    NOT_HELD = "not-held"
    NEITHER = "neither"  # neither confirmed nor denied


class Nature(StrEnum):
    """What kind of information is withheld, where the law treats that kind in its own way."""

    STATISTICS = "statistics"  # s.36 needs no qualified person, s.36(4)
    EMISSIONS = "emissions"  # reg. 12(5)(d) to (g) do not withhold it, reg. 12(9)


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One part of the answer to one question. A question may have several, one a treatment.

    `words` is what is disclosed, withheld or not held; `where` it can be found elsewhere (s.21).
    """

    number: int
    treatment: Treatment
    words: str
    where: str = ""
    sections: tuple[str, ...] = ()
    nature: Nature | None = None


@dataclass(frozen=True, slots=True)
class InformationRequest:
    """What is known of a request at one moment. The applicant is not in it: see `store.applicants`.

    `clock` holds the dated events that the statute counts; `review_clock` those of the internal
    review. `since` is the day on which the present stage began. `party` and `matter` are the desk's
    judgement for aggregation (Fees Regs reg. 5): whose campaign it belongs to, and on what subject.
    `letter` is the answer in the desk's own words, `advice` helps to ask for something else (s.16),
    `why_late` is told where the answer comes late.
    `acted_on` is the day on which a person last did anything to it.
    `restricted_to` are the handles of those who may see it; none means everybody here.
    """

    reference: str
    subject: str
    description: str
    received_on: date
    stage: Stage
    since: date
    clock: tuple[ClockEvent, ...]
    regime: Regime = Regime.FOIA
    questions: tuple[str, ...] = ()
    acknowledged_on: date | None = None
    team: str | None = None
    allocated_on: date | None = None
    holder: str | None = None
    searches: tuple[Search, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    held: str | None = None
    exemptions: tuple[Exemption, ...] = ()
    answers: tuple[AnswerPart, ...] = ()
    outcome: str | None = None
    decided_by: str | None = None
    drafter: str | None = None
    letter: str = ""
    advice: str = ""
    why_late: str = ""
    restricted_to: tuple[str, ...] = ()
    approved_by: str | None = None
    closed_as: str | None = None
    left: Stage | None = None
    escalation: Escalation | None = None
    chain: RunningChain | None = None
    snoozes: tuple[Snooze, ...] = ()
    acted_on: date | None = None
    review_clock: tuple[ReviewEvent, ...] = ()
    reviewer: str | None = None
    review_outcome: str | None = None
    findings: tuple[Finding, ...] = ()
    referrals: tuple[Referral, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    split_from: str | None = None
    party: str = ""
    matter: str = ""
    version: int = 0

    def is_shown_to(self, handle: str) -> bool:
        """Say whether somebody may see it: everybody, unless it is restricted to named people."""
        return not self.restricted_to or handle in self.restricted_to

    @property
    def is_open(self) -> bool:
        """Say whether anything is still owed on it."""
        return self.stage is not Stage.CLOSED

    @property
    def hours_searched(self) -> float:
        """Sum the hours that count toward the cost limit of s.12."""
        return sum(search.hours for search in self.searches)


def reading(request: InformationRequest, *, days: WorkingDays, on: date) -> Reading:
    """Read the statutory clock of a request on a day: due date, state, ledger (s.10)."""
    return _read(request.clock, request.regime, days, on)


@lru_cache(maxsize=1024)  # an act, its reminders and its answer all ask for the same reading
def _read(events: tuple[ClockEvent, ...], regime: Regime, days: WorkingDays, on: date) -> Reading:
    return clock.read(events, days=days, on=on, regime=regime)


def review_reading(request: InformationRequest, *, days: WorkingDays, on: date) -> Reading:
    """Read the clock of the internal review (s.45 Code, chapter 5; reg. 11 EIR; s.21 FOISA)."""
    of = reading(request, days=days, on=on)
    return read_review(request.review_clock, of=of, days=days, on=on)


def search_cost(request: InformationRequest, *, authority: AuthorityClass) -> SearchCost:
    """Hold the search time against the limit of s.12, by estimate and by what was spent."""
    estimates = [_time(one.activity, one.hours) for one in request.estimates]
    spent = [_time(one.activity, one.hours) for one in request.searches]
    return expected_cost(estimates, spent, authority=authority)


def counted_for_aggregation(request: InformationRequest) -> CountedRequest:
    """Give a request as aggregation sees it (Fees Regs reg. 5)."""
    times = tuple(_time(one.activity, one.hours) for one in request.searches)
    return CountedRequest(
        request.reference, request.received_on, request.party, request.matter, times
    )


def _time(activity: Activity, hours: float) -> SearchTime:
    return SearchTime(activity, round(hours * 60))


def current_reading(request: InformationRequest, *, days: WorkingDays, on: date) -> Reading:
    """Read the clock that is running now: the review's while in review, else the request's own."""
    at_review = request.stage is Stage.REVIEW
    return (review_reading if at_review else reading)(request, days=days, on=on)
