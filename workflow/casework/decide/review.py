"""Acts after the answer: internal review and reopening."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.casework.errors import AlreadyHeld, Lacking, SameHands, shown
from workflow.casework.events import Told
from workflow.casework.finding import Finding, Found
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import reading, review_reading
from workflow.casework.stages import OPEN, Act, Stage
from workflow.law import clock, exemptions
from workflow.law.dates import long_date
from workflow.law.exemptions import Status
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

VARIED = "varied"
REVIEW_OUTCOMES = ("upheld", VARIED, "overturned")
LATE = "late:"
# That another authority holds it says that this one does not: s.1(1)(a), reg. 12(4)(a).
TRANSFERRED = "transferred"


def request_review(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Record that the applicant asks for an internal review: its own clock starts.

    The reviewers are told. Raises Lacking when the request ended without an answer, when the regime
    knows no review; and past the window (40 working days under the Code, chapter 5, and reg. 11(2)
    EIR) unless the reason begins with "late:" and says why it is accepted.
    """
    permit(Act.REQUEST_REVIEW, request, occasion.officer)
    # Withdrawn or lapsed after a decision, it was never answered.
    was_answered = request.outcome is not None and request.closed_as == request.outcome
    if not was_answered and request.closed_as != TRANSFERRED:
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
        findings=(),
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


def record_finding(
    request: InformationRequest,
    occasion: Occasion,
    *,
    section: str,
    finding: str,
    reasons: str,
    instead: str = "",
    balance: str = "",
) -> Decision:
    """Keep what the review finds on one exemption of the first answer. A later finding replaces it.

    Raises Lacking for an exemption that the answer did not rely on, and unless a replaced one names
    the exemption that applies instead, with the balance of the public interest where that one is
    qualified: it is a refusal of its own, and says why (s.17(1)-(3), reg. 14(3) EIR).
    """
    _must_have_it(Act.RECORD_FINDING, request, occasion)
    engaged = [one.section for one in request.exemptions]
    if section not in engaged:
        relied = ", ".join(engaged) or "none"
        raise Lacking(
            what=f"The answer to {request.reference} does not rely on {shown(section)}.",
            cure=f"It relies on: {relied}.",
        )
    if (Found(finding) is Found.REPLACED) != bool(instead):
        raise Lacking(
            what="An exemption that is replaced names the one that applies instead, no other does.",
            cure="Write it like: s.31(1)(a) replaced s.43(2) and the reasons.",
        )
    _check_exemption(request, instead, balance)
    made = Finding(section, Found(finding), reasons, instead)
    before = {one.section: one for one in request.findings}
    found = before | {section: made}
    return carry_out(
        Act.RECORD_FINDING,
        request,
        occasion,
        said={"section": section, "finding": made.words, "reasons": reasons}
        | ({"balance": balance} if balance else {}),
        findings=tuple(found[one] for one in engaged if one in found),
    )


def _check_exemption(request: InformationRequest, section: str, balance: str) -> None:
    cited = exemptions.cited(request.regime, section)
    statuses = {row.status for group in cited for row in group}
    if section and not statuses & {Status.ABSOLUTE, Status.QUALIFIED}:
        raise Lacking(
            what=f"{shown(section)} is not an exemption.",
            cure="Name the section and subsection: s.31(1)(a).",
        )
    if Status.QUALIFIED in statuses and not balance:
        raise Lacking(
            what=f"{shown(section)} is qualified: the letter is to say why the public interest "
            "favours withholding under it (s.17(3), reg. 14(3)).",
            cure="Say it after the reasons. Typed: balance: it would tell little and harm many.",
            asks="balance",
        )


def decide_review(
    request: InformationRequest, occasion: Occasion, *, outcome: str, reason: str
) -> Decision:
    """Decide the internal review afresh: upheld, varied or overturned. The desk is told.

    Raises Lacking where the findings on the exemptions are wanted and not all there, and where they
    say otherwise: upheld with one that is not, overturned with one that is.
    """
    _must_have_it(Act.DECIDE_REVIEW, request, occasion)
    _check_findings(request, outcome)
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


def _must_have_it(act: Act, request: InformationRequest, occasion: Occasion) -> None:
    permit(act, request, occasion.officer)
    _not_the_decision_maker(act, request, occasion)
    if request.reviewer != occasion.officer.handle:
        raise Lacking(
            what="The review is decided by the reviewer who claimed it, "
            f"and {occasion.roster.name_of(request.reviewer)} has it.",
            cure="Claim it first: claim.",
        )


def _check_findings(request: InformationRequest, outcome: str) -> None:
    """One outcome may speak for all exemptions; a varied answer says what became of each."""
    if not request.findings and outcome != VARIED:
        return
    found = {one.section: one.finding for one in request.findings}
    lacking = [one.section for one in request.exemptions if one.section not in found]
    if lacking:
        raise Lacking(
            what=f"What the review finds is not recorded for {', '.join(lacking)}.",
            cure="Record it for each exemption: finding.",
        )
    upheld = [section for section, one in found.items() if one is Found.UPHELD]
    against = {"upheld": [one for one in found if one not in upheld], "overturned": upheld}
    if against.get(outcome):
        raise Lacking(
            what=f"The review cannot be {outcome}: {against[outcome][0]} was found "
            f"{found[against[outcome][0]].value.replace('-', ' ')}.",
            cure="Decide it varied, or correct the finding: finding.",
        )


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
