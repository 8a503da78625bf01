"""Acts of the team: claim, release, reassign, log a search, return the searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.errors import AlreadyHeld, Lacking, NotAllocated
from workflow.casework.events import Told
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import Search
from workflow.casework.stages import Act

if TYPE_CHECKING:
    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest

HELD = ("held", "part-held", "not-held")
LONGEST_SEARCH_HOURS = 1000


def claim(request: InformationRequest, occasion: Occasion) -> Decision:
    """Take a request: the officer holds it from now on. One winner.

    Raises AlreadyHeld, naming the holder, before anything else: that is what the loser wants to
    know. Raises NotAllocated while no team has it.
    """
    if request.holder is not None and request.is_open:
        raise AlreadyHeld(
            reference=request.reference,
            holder=occasion.roster.name_of(request.holder),
            yours=request.holder == occasion.officer.handle,
        )
    permit(Act.CLAIM, request, occasion.officer)
    if request.team is None:
        raise NotAllocated(reference=request.reference)
    return carry_out(Act.CLAIM, request, occasion, holder=occasion.officer.handle)


def release(request: InformationRequest, occasion: Occasion, *, reason: str = "") -> Decision:
    """Give a request back to its team, which is told that nobody holds it."""
    told: tuple[Told, ...] = ()
    if request.team is not None:
        note = f"{request.reference} was released and nobody holds it. Who claims it?"
        told = (Told("team", request.team, note),)
    return carry_out(
        Act.RELEASE, request, occasion, said={"reason": reason}, told=told, holder=None
    )


def reassign(request: InformationRequest, occasion: Occasion, *, officer: str) -> Decision:
    """Hand a request to another officer of the team, who is told.

    Raises UnknownOfficer, or Lacking when the officer is of another team.
    """
    permit(Act.REASSIGN, request, occasion.officer)
    chosen = occasion.roster.officer(officer)
    if chosen.team != request.team:
        raise Lacking(
            what=f"{chosen.name} is not in {occasion.roster.team_name(request.team)}.",
            cure="Release it, and let the desk allocate it to the other team.",
        )
    note = f"{occasion.officer.name} handed {request.reference} “{request.subject}” to you."
    return carry_out(
        Act.REASSIGN,
        request,
        occasion,
        said={"officer": chosen.name},
        told=(Told("person", chosen.handle, note),),
        holder=chosen.handle,
    )


def log_search(
    request: InformationRequest, occasion: Occasion, *, hours: float, where: str, found: str
) -> Decision:
    """Keep a search: where, how long, found or not. Its hours count toward the s.12 limit."""
    permit(Act.LOG_SEARCH, request, occasion.officer)
    if not 0 <= hours <= LONGEST_SEARCH_HOURS:
        raise Lacking(
            what=f"A search takes 0 to {LONGEST_SEARCH_HOURS:,} hours.", cure="Give hours: 1.5."
        )
    made = Search(occasion.officer.handle, occasion.on, where, hours, found == "found")
    return carry_out(
        Act.LOG_SEARCH,
        request,
        occasion,
        said={"where": where, "hours": f"{hours:g}", "found": found.replace("-", " ")},
        searches=(*request.searches, made),
    )


def return_searches(
    request: InformationRequest, occasion: Occasion, *, held: str, note: str = ""
) -> Decision:
    """Return the searches: held, part held or not held (s.1(1)(a)). The desk is told."""
    permit(Act.RETURN_SEARCHES, request, occasion.officer)
    if not request.searches:
        raise Lacking(
            what=f"No search of {request.reference} is logged yet, so nothing can be returned.",
            cure="Log where you looked first: search.",
        )
    news = f"{request.reference}: searches are returned, {held.replace('-', ' ')}."
    return carry_out(
        Act.RETURN_SEARCHES,
        request,
        occasion,
        said={"held": held.replace("-", " "), "note": note},
        told=(Told("desk", "", news),),
        held=held,
    )
