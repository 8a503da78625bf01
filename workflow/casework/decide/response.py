"""Acts at the answer: draft, approve, issue; and the three other ways in which a request ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.counting import checked
from workflow.casework.errors import Lacking, SameHands
from workflow.casework.events import Told
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import reading
from workflow.casework.stages import Act
from workflow.law import clock
from workflow.law.dates import long_date
from workflow.law.lapse import lapses

if TYPE_CHECKING:
    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest


def draft_letter(request: InformationRequest, occasion: Occasion, *, letter: str) -> Decision:
    """Keep the words of the answer. A change after approval voids the approval."""
    return carry_out(
        Act.DRAFT_LETTER,
        request,
        occasion,
        letter=letter,
        drafter=occasion.officer.handle,
        approved_by=None,
    )


def approve(request: InformationRequest, occasion: Occasion) -> Decision:
    """Approve the response. The desk is told that it can be issued.

    Raises SameHands for the one who drafted or decided it: sign-off is by somebody else.
    """
    permit(Act.APPROVE, request, occasion.officer)
    if occasion.officer.handle in (request.drafter, request.decided_by):
        raise SameHands(
            reference=request.reference, act=Act.APPROVE, because="you drafted the response"
        )
    news = f"{request.reference} is approved and can be issued."
    return carry_out(
        Act.APPROVE,
        request,
        occasion,
        told=(Told("desk", "", news),),
        approved_by=occasion.officer.handle,
    )


def issue(request: InformationRequest, occasion: Occasion, *, how: str = "by e-mail") -> Decision:
    """Send the answer out: the clock stops (s.10(1)). Raises Lacking without an approval."""
    permit(Act.ISSUE, request, occasion.officer)
    if request.approved_by is None:
        raise Lacking(
            what=f"{request.reference} is not approved yet.",
            cure="An approver, not the drafter, approves it first.",
        )
    said = {"how": how or "by e-mail"}
    return _close(Act.ISSUE, request, occasion, said, request.outcome or "answered")


def transfer(request: InformationRequest, occasion: Occasion, *, body: str) -> Decision:
    """Close the request as transferred to the authority that holds the information (s.16)."""
    return _close(Act.TRANSFER, request, occasion, {"body": body}, "transferred")


def withdraw(request: InformationRequest, occasion: Occasion, *, reason: str = "") -> Decision:
    """Close the request because the applicant withdrew it."""
    return _close(Act.WITHDRAW, request, occasion, {"reason": reason}, "withdrawn")


def lapse(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Close the request because no clarification or fee came in time (s.1(3), s.9(2)).

    Raises Lacking while the clock runs, when an answer is owed; and while there is still time.
    """
    permit(Act.LAPSE, request, occasion.officer)
    now = reading(request, days=occasion.days, on=occasion.on)
    silence = lapses(now, months=occasion.months_of_silence)
    if silence is None:
        raise Lacking(
            what=f"The clock of {request.reference} is {now.state}, so it cannot lapse.",
            cure="Only a request that waits for a clarification or a fee can.",
        )
    if occasion.on < silence.from_day:
        raise Lacking(
            what=f"The applicant of {request.reference} has until {long_date(silence.last_day)}.",
            cure=f"It can lapse from {long_date(silence.from_day)} ({silence.authority}).",
        )
    return _close(Act.LAPSE, request, occasion, {"reason": reason}, "lapsed")


def _close(
    act: Act,
    request: InformationRequest,
    occasion: Occasion,
    said: dict[str, str],
    closed_as: str,
) -> Decision:
    permit(act, request, occasion.officer)
    answered = act is Act.ISSUE
    ending = clock.Responded(occasion.on) if answered else clock.Closed(occasion.on, closed_as)
    told: tuple[Told, ...] = ()
    if request.holder not in (None, occasion.officer.handle) and request.holder:
        told = (Told("person", request.holder, f"{request.reference} is closed: {closed_as}."),)
    return carry_out(
        act,
        request,
        occasion,
        said=said,
        told=told,
        clock=checked((*request.clock, ending), request, occasion),
        closed_as=closed_as,
        escalation=None,
    )
