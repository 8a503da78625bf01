"""Who hears a rule: the people of the roster behind its words, and whoever stands in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.ladder import Audience
from workflow.casework.stages import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from workflow.casework.ladder import Rule
    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Roster

Ear = tuple[Audience, str]
_CHANNELS = (Audience.TEAM, Audience.DESK)


def recipients(
    rule: Rule, request: InformationRequest, roster: Roster, *, on: date
) -> Iterator[Ear]:
    """Give who hears a rule on a day: as what, and the person, the team, or "" for the desk.

    Of a person who is away, whoever covers hears it. Whoever holds what is escalated hears of it.
    """
    for audience in _wanted(rule, request):
        for kind, name in _of(audience, request, roster):
            yield kind, (name if kind in _CHANNELS else roster.reached_at(name, on))


def one_ear(audience: Audience, recipient: str) -> Ear:
    """A person is one recipient, whether told as holder or as manager."""
    return (audience if audience in _CHANNELS else Audience.HOLDER), recipient


def is_person(audience: Audience) -> bool:
    """Say whether a person is told, and not a channel."""
    return audience not in _CHANNELS


def _wanted(rule: Rule, request: InformationRequest) -> tuple[Audience, ...]:
    held = request.holder is not None and request.stage is Stage.SEARCHING
    if not (rule.escalates and held) or Audience.HOLDER in rule.to:
        return rule.to
    return (*rule.to, Audience.HOLDER)


def _of(audience: Audience, request: InformationRequest, roster: Roster) -> Iterator[Ear]:
    searching = request.stage in (Stage.RECEIVED, Stage.SEARCHING)
    match audience:
        case Audience.HOLDER | Audience.TEAM if not searching:
            yield Audience.DESK, ""
        case Audience.HOLDER if request.holder is not None:
            yield audience, request.holder
        case Audience.HOLDER | Audience.TEAM if request.team is not None:
            yield Audience.TEAM, request.team
        case Audience.MANAGER:
            yield audience, roster.manager_of(request.team)
        case Audience.DEPUTY:
            yield audience, roster.deputy_of(request.team) or roster.manager_of(request.team)
        case Audience.HEAD:
            yield audience, roster.head or roster.desk_manager
        case Audience.APPROVERS:
            yield from ((audience, one.handle) for one in roster.approvers_for(request))
        case Audience.REVIEWER if request.reviewer is not None:
            yield audience, request.reviewer
        case Audience.REVIEWER:
            yield from ((audience, one.handle) for one in roster.reviewers_for(request))
        case _:
            yield Audience.DESK, ""
