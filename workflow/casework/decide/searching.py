"""Acts of the team: claim, release, reassign, log a search, return the searches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.casework.errors import AlreadyHeld, Lacking, NotAllocated
from workflow.casework.events import Told
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import Estimate, Search, search_cost
from workflow.casework.stages import OPEN, Act
from workflow.law.cost_limit import Activity

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
    if request.holder is not None and request.stage in OPEN:
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


def reassign(request: InformationRequest, occasion: Occasion, *, colleague: str) -> Decision:
    """Hand a request to another officer of the team, who is told.

    Raises UnknownOfficer, or Lacking when the officer is of another team.
    """
    permit(Act.REASSIGN, request, occasion.officer)
    chosen = occasion.roster.officer(colleague)
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


def estimate(
    request: InformationRequest,
    occasion: Occasion,
    *,
    hours: float,
    activity: Activity = Activity.LOCATING,
) -> Decision:
    """Estimate, before searching, how long an activity will take (s.12(1), Fees Regs reg. 4).

    A second estimate of the same activity replaces the first. The desk is told when the limit
    is near or exceeded.
    """
    permit(Act.ESTIMATE, request, occasion.officer)
    _check_hours(hours)
    others = tuple(one for one in request.estimates if one.activity is not activity)
    estimates = (*others, Estimate(activity, hours))
    return carry_out(
        Act.ESTIMATE,
        request,
        occasion,
        said={"hours": f"{hours:g}", "activity": activity.value},
        told=_limit_told(request, replace(request, estimates=estimates), occasion),
        estimates=estimates,
    )


def log_search(  # what a search log asks for, each by name
    request: InformationRequest,
    occasion: Occasion,
    *,
    hours: float,
    where: str,
    found: str,
    activity: Activity = Activity.LOCATING,
) -> Decision:
    """Keep a search: where, how long, found or not. Its hours count toward the s.12 limit.

    The desk is told when three quarters of the limit are reached, and when it is exceeded.
    """
    permit(Act.LOG_SEARCH, request, occasion.officer)
    _check_hours(hours)
    by = occasion.officer.handle
    made = Search(by, occasion.on, where, hours, found == "found", activity)
    searches = (*request.searches, made)
    return carry_out(
        Act.LOG_SEARCH,
        request,
        occasion,
        said={"where": where, "hours": f"{hours:g}", "found": found.replace("-", " ")},
        told=_limit_told(request, replace(request, searches=searches), occasion),
        searches=searches,
    )


def _check_hours(hours: float) -> None:
    if not 0 <= hours <= LONGEST_SEARCH_HOURS:
        raise Lacking(
            what=f"A search takes 0 to {LONGEST_SEARCH_HOURS:,} hours.", cure="Give hours: 1.5."
        )


def _limit_told(
    before: InformationRequest, after: InformationRequest, occasion: Occasion
) -> tuple[Told, ...]:
    """Tell the desk once that the limit of s.12 is near, and once that it is exceeded."""
    was = search_cost(before, authority=occasion.authority)
    now = search_cost(after, authority=occasion.authority)
    limit = now.limit_pence // 100
    if now.is_exceeded and not was.is_exceeded:
        news = f"exceeds the limit of £{limit} (s.12): consider refusing, with advice (s.16)."
    elif now.is_near and not was.is_near:
        news = f"is near the limit of £{limit} (s.12)."
    else:
        return ()
    return (Told("desk", "", f"{after.reference}: search time comes to £{now.pounds} and {news}"),)


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
