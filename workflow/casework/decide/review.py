"""Acts after the answer: internal review, complaint to the ICO, reopening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.errors import AlreadyHeld, Lacking, SameHands
from workflow.casework.events import Told
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import reading
from workflow.casework.stages import OPEN, Act, Stage
from workflow.law import clock

if TYPE_CHECKING:
    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest

REVIEW_OUTCOMES = ("upheld", "varied", "overturned")
# Working days from the day of issue in which a review may be asked for (s.45 Code, chapter 5).
WINDOW = 40
# A review is answered in 20 working days, 40 at most in all (s.45 Code, chapter 5).
LONGEST_REVIEW_EXTENSION = 20


def request_review(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Record that the applicant asks for an internal review: its own clock starts.

    The reviewers are told. Raises Lacking when the request ended without an answer; and, past the
    40 working days of the window, unless the reason says "late:" and why it is accepted.
    """
    permit(Act.REQUEST_REVIEW, request, occasion.officer)
    stopped = reading(request, days=occasion.days, on=occasion.on).stopped_on
    # Withdrawn, transferred or lapsed after a decision, it was never answered.
    if stopped is None or request.outcome is None or request.closed_as != request.outcome:
        raise Lacking(
            what=f"{request.reference} ended without a decision, so there is none to review.",
            cure="Reopen it instead.",
        )
    gone = occasion.days.between(stopped, occasion.on)
    if gone > WINDOW and not reason.casefold().startswith("late:"):
        raise Lacking(
            what=f"The window of {WINDOW} working days to ask for a review has passed "
            f"({gone} working days since the answer).",
            cure="To accept it all the same, begin the reason with “late:” and say why.",
        )
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
        review_clock=(clock.Received(occasion.on),),
        reviewer=None,
        review_outcome=None,
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
    """Allow more working days for an exceptional review: 40 in all at most (s.45 Code)."""
    permit(Act.EXTEND_REVIEW, request, occasion.officer)
    spent = sum(
        one.further_working_days or 0
        for one in request.review_clock
        if isinstance(one, clock.Extended)
    )
    if not 1 <= further <= LONGEST_REVIEW_EXTENSION - spent:
        raise Lacking(
            what="A review takes 40 working days at most in all.",
            cure=f"It can be extended by up to {LONGEST_REVIEW_EXTENSION - spent} working days.",
        )
    moved = clock.Extended(occasion.on, "internal review", further_working_days=further)
    return carry_out(
        Act.EXTEND_REVIEW,
        request,
        occasion,
        said={"further": str(further), "reason": reason},
        review_clock=(*request.review_clock, moved),
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
        review_clock=(*request.review_clock, clock.Responded(occasion.on)),
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
    running = tuple(one for one in request.clock if not isinstance(one, clock.Responded))
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
