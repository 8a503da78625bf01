"""Acts after the answer: internal review, complaint to the ICO, reopening."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.casework.errors import AlreadyHeld, Lacking, SameHands
from workflow.casework.events import Told
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import reading, review_reading
from workflow.casework.stages import OPEN, Act, Stage
from workflow.law import clock
from workflow.law.dates import long_date
from workflow.law.reviews import (
    NoSuchDate,
    ReviewDecided,
    ReviewExtended,
    ReviewRequested,
    request_review_by,
)

if TYPE_CHECKING:
    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest

REVIEW_OUTCOMES = ("upheld", "varied", "overturned")
LATE = "late:"


def request_review(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Record that the applicant asks for an internal review: its own clock starts.

    The reviewers are told. Raises Lacking when the request ended without an answer, when the regime
    knows no review; and past the window (40 working days under the Code, chapter 5, and reg. 11(2)
    EIR) unless the reason begins with "late:" and says why it is accepted.
    """
    permit(Act.REQUEST_REVIEW, request, occasion.officer)
    # Withdrawn, transferred or lapsed after a decision, it was never answered.
    if request.outcome is None or request.closed_as != request.outcome:
        raise Lacking(
            what=f"{request.reference} ended without a decision, so there is none to review.",
            cure="Reopen it instead.",
        )
    _check_window(request, occasion, reason)
    note = f"{request.reference} “{request.subject}”: the applicant asks for an internal review."
    reviewers = tuple(
        Told("person", one.handle, note) for one in occasion.roster.reviewers_for(request)
    )
    return carry_out(
        Act.REQUEST_REVIEW,
        request,
        occasion,
        said={"reason": reason},
        told=reviewers,
        review_clock=(ReviewRequested(occasion.on),),
        reviewer=None,
        review_outcome=None,
    )


def _check_window(request: InformationRequest, occasion: Occasion, reason: str) -> None:
    answered = reading(request, days=occasion.days, on=occasion.on)
    try:
        window = request_review_by(answered, days=occasion.days)
    except NoSuchDate as error:
        raise Lacking(what=str(error), cure="") from None
    if occasion.on > window.on and not reason.casefold().startswith(LATE):
        raise Lacking(
            what=f"The last day to ask for a review was {long_date(window.on)}: {window.how}.",
            cure=f"To accept it all the same, begin the reason with “{LATE}” and say why.",
        )


def claim_review(request: InformationRequest, occasion: Occasion) -> Decision:
    """Take the internal review. Raises SameHands for the one who made the decision."""
    permit(Act.CLAIM_REVIEW, request, occasion.officer)
    _not_the_decision_maker(Act.CLAIM_REVIEW, request, occasion)
    if request.reviewer is not None:
        raise AlreadyHeld(
            reference=request.reference,
            holder=occasion.roster.name_of(request.reviewer),
            yours=request.reviewer == occasion.officer.handle,
        )
    return carry_out(Act.CLAIM_REVIEW, request, occasion, reviewer=occasion.officer.handle)


def extend_review(
    request: InformationRequest, occasion: Occasion, *, further: int, reason: str
) -> Decision:
    """Allow more working days for an exceptional review: 40 in all at most (s.45 Code).

    Raises Lacking for more, and where the law allows none (reg. 11 EIR, s.21 FOISA).
    """
    permit(Act.EXTEND_REVIEW, request, occasion.officer)
    if further < 1:
        raise Lacking(what="An extension is at least one working day.", cure="Write it like 10.")
    before = review_reading(request, days=occasion.days, on=occasion.on).due
    events = (*request.review_clock, ReviewExtended(occasion.on, further))
    after = review_reading(
        replace(request, review_clock=events), days=occasion.days, on=occasion.on
    )
    gained = occasion.days.between(before, after.due) if before and after.due else 0
    if further != gained:
        raise Lacking(
            what=f"The review can be extended by {gained} working days at most.",
            cure="A review takes 40 working days at most in all (s.45 Code, chapter 5).",
        )
    return carry_out(
        Act.EXTEND_REVIEW,
        request,
        occasion,
        said={"further": str(further), "reason": reason},
        review_clock=events,
    )


def decide_review(
    request: InformationRequest, occasion: Occasion, *, outcome: str, reason: str
) -> Decision:
    """Decide the internal review afresh: upheld, varied or overturned. The desk is told."""
    permit(Act.DECIDE_REVIEW, request, occasion.officer)
    _not_the_decision_maker(Act.DECIDE_REVIEW, request, occasion)
    if request.reviewer != occasion.officer.handle:
        raise Lacking(
            what="The review is decided by the reviewer who claimed it, "
            f"and {occasion.roster.name_of(request.reviewer)} has it.",
            cure="Claim it first: claim.",
        )
    return carry_out(
        Act.DECIDE_REVIEW,
        request,
        occasion,
        said={"outcome": outcome, "reason": reason},
        told=(Told("desk", "", f"{request.reference}: the review is decided, {outcome}."),),
        review_clock=(*request.review_clock, ReviewDecided(occasion.on)),
        review_outcome=outcome,
        escalation=None,
    )


def record_complaint(
    request: InformationRequest, occasion: Occasion, *, ico_reference: str
) -> Decision:
    """Record that the applicant complained to the Commissioner (s.50(1))."""
    return carry_out(Act.RECORD_COMPLAINT, request, occasion, said={"ico_reference": ico_reference})


def record_ico_decision(
    request: InformationRequest, occasion: Occasion, *, decision: str
) -> Decision:
    """Record the Commissioner's decision notice (s.50(3))."""
    return carry_out(Act.RECORD_ICO_DECISION, request, occasion, said={"decision": decision})


def reopen(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Reopen a request at the stage it left. The clock runs on as if it had never stopped."""
    permit(Act.REOPEN, request, occasion.officer)
    stage = request.left if request.left in OPEN else Stage.RECEIVED
    ended = (clock.Responded, clock.Closed)
    running = tuple(one for one in request.clock if not isinstance(one, ended))
    told: tuple[Told, ...] = ()
    if request.holder not in (None, occasion.officer.handle) and request.holder:
        told = (Told("person", request.holder, f"{request.reference} is reopened: {reason}"),)
    return carry_out(
        Act.REOPEN,
        request,
        occasion,
        said={"reason": reason},
        told=told,
        to=stage,
        clock=running,
        closed_as=None,
        approved_by=None,
    )


def _not_the_decision_maker(act: Act, request: InformationRequest, occasion: Occasion) -> None:
    if occasion.officer.handle == request.decided_by:
        raise SameHands(
            reference=request.reference, act=act, because="you made the decision under review"
        )
