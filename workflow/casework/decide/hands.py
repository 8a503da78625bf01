"""Acts on whose hands a request is in, and who may see it: handing over, restricting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workflow.casework.errors import Lacking, SameHands
from workflow.casework.occasion import carry_out, permit
from workflow.casework.roles import Role
from workflow.casework.stages import Act, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer


def hand_over(
    request: InformationRequest, occasion: Occasion, *, colleague: str, reason: str = ""
) -> Decision:
    """Hand a request, or its review, to somebody of any team: their holder has left or is away.

    Nobody is told here: whoever takes over is told once of all that comes to them. Raises Lacking
    when nobody holds it or the colleague cannot, SameHands where a review must be in other hands.
    """
    permit(Act.HAND_OVER, request, occasion.officer)
    comes = occasion.roster.officer(colleague)
    at_review = request.stage is Stage.REVIEW
    if (request.reviewer if at_review else request.holder) is None:
        raise Lacking(what=f"Nobody holds {request.reference}.", cure="It is claimed instead.")
    if at_review:
        _check_reviewer(request, comes)
    change: dict[str, Any] = {"reviewer" if at_review else "holder": comes.handle}
    said = {"officer": comes.name, "reason": reason}
    return carry_out(Act.HAND_OVER, request, occasion, said=said, **change)


def _check_reviewer(request: InformationRequest, comes: Officer) -> None:
    if not comes.has(Role.REVIEWER):
        raise Lacking(
            what=f"{request.reference} is in review, and {comes.name} is no reviewer.",
            cure="Name somebody who is.",
        )
    if comes.handle == request.decided_by:
        raise SameHands(
            reference=request.reference,
            act=Act.CLAIM_REVIEW,
            because=f"{comes.name} made the decision that is reviewed",
        )


def restrict(
    request: InformationRequest, occasion: Occasion, *, names: Sequence[str], reason: str
) -> Decision:
    """Let only these people see a request. Whoever restricts it is always one of them.

    Named anew it is for these people instead. Raises UnknownOfficer, and Lacking when somebody who
    has it in hand would not see it any more.
    """
    permit(Act.RESTRICT, request, occasion.officer)
    roster = occasion.roster
    chosen = {roster.officer(one).handle for one in names} | {occasion.officer.handle}
    shown_to = tuple(one.handle for one in roster.officers if one.handle in chosen)
    said = {"names": ", ".join(map(roster.name_of, shown_to)), "reason": reason}
    return carry_out(Act.RESTRICT, request, occasion, said=said, restricted_to=shown_to)


def unrestrict(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Let everybody see a request again. Raises Lacking when everybody does."""
    permit(Act.UNRESTRICT, request, occasion.officer)
    if not request.restricted_to:
        raise Lacking(what=f"{request.reference} is not restricted.", cure="Nothing was changed.")
    return carry_out(Act.UNRESTRICT, request, occasion, said={"reason": reason}, restricted_to=())
