"""The people: officers, their roles and teams, and how an officer stands to a request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflow.casework.errors import UnknownOfficer, UnknownTeam
from workflow.casework.stages import Relation

if TYPE_CHECKING:
    from workflow.casework.request import InformationRequest


class Role(StrEnum):
    """What an officer is trusted with."""

    OFFICER = "officer"
    DESK = "desk"
    MANAGER = "manager"
    APPROVER = "approver"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who works on requests. `handle` is how the office writes the person: "amira"."""

    handle: str
    name: str
    slack: str
    team: str
    roles: frozenset[Role]

    def has(self, role: Role) -> bool:
        """Say whether the officer has a role."""
        return role in self.roles


@dataclass(frozen=True, slots=True)
class Team:
    """A business area that holds information. `channel` is where its people talk."""

    key: str
    name: str
    channel: str
    manager: str


@dataclass(frozen=True, slots=True)
class Roster:
    """All officers and teams of the authority, as config/teams.toml has them."""

    officers: tuple[Officer, ...]
    teams: tuple[Team, ...]
    desk_channel: str
    desk_manager: str

    def officer(self, handle: str) -> Officer:
        """Find an officer by handle, with or without "@", or by Slack id.

        Raises UnknownOfficer when nobody answers to it.
        """
        wanted = handle.strip().removeprefix("@").casefold()
        for officer in self.officers:
            if wanted in (officer.handle.casefold(), officer.slack.casefold()):
                return officer
        raise UnknownOfficer(handle=handle, known=tuple(one.handle for one in self.officers))

    def team(self, name: str) -> Team:
        """Find a team by key or by name. Raises UnknownTeam, naming the teams there are."""
        wanted = name.strip().casefold().replace(" ", "-")
        for team in self.teams:
            if wanted in (team.key.casefold(), team.name.casefold().replace(" ", "-")):
                return team
        raise UnknownTeam(team=name, known=tuple(one.key for one in self.teams))

    def name_of(self, handle: str | None) -> str:
        """Give an officer's name for people to read; a handle that nobody has stays as it is."""
        return next((one.name for one in self.officers if one.handle == handle), handle or "nobody")

    def team_name(self, key: str | None) -> str:
        """Give a team's name for people to read."""
        return next((one.name for one in self.teams if one.key == key), key or "no team")

    def having(self, role: Role) -> tuple[Officer, ...]:
        """Give the officers with a role."""
        return tuple(one for one in self.officers if one.has(role))

    def approvers_for(self, request: InformationRequest) -> tuple[Officer, ...]:
        """Give the approvers who may sign it off: not its drafter, not its decision-maker."""
        barred = {request.drafter, request.decided_by}
        return tuple(one for one in self.having(Role.APPROVER) if one.handle not in barred)

    def reviewers_for(self, request: InformationRequest) -> tuple[Officer, ...]:
        """Give the reviewers who may review: not the one who made the decision."""
        return tuple(one for one in self.having(Role.REVIEWER) if one.handle != request.decided_by)

    def manager_of(self, team: str | None) -> str:
        """Give the handle of the manager to whom a team's requests are escalated."""
        return next((one.manager for one in self.teams if one.key == team), self.desk_manager)


def stands(officer: Officer, relation: Relation, request: InformationRequest) -> bool:
    """Say whether an officer stands in a relation to a request."""
    return {
        Relation.DESK: officer.has(Role.DESK),
        Relation.TEAM: request.team is not None and officer.team == request.team,
        Relation.HOLDER: request.holder == officer.handle,
        Relation.MANAGER: officer.has(Role.MANAGER),
        Relation.APPROVER: officer.has(Role.APPROVER),
        Relation.REVIEWER: officer.has(Role.REVIEWER),
        Relation.ANYONE: True,
        Relation.CLOCK: False,
    }[relation]
