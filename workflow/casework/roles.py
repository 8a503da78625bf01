"""The people: officers, their roles and teams, and how an officer stands to a request."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from workflow.casework.errors import UnknownOfficer, UnknownTeam
from workflow.casework.stages import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from workflow.casework.request import InformationRequest

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")  # how Slack writes "@amira" if asked to


class Role(StrEnum):
    """What an officer is trusted with."""

    OFFICER = "officer"
    DESK = "desk"
    MANAGER = "manager"
    APPROVER = "approver"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a person likes to be told, within what the law's last days demand of everybody.

    `digest` is the daily digest, `early` whatever is said before the last days. `starts_at` is
    when the person's own day begins, UK time; None for the office's.
    """

    digest: bool = True
    early: bool = True
    starts_at: time | None = None


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who works on requests. `handle` is how the office writes the person: "amira".

    `slack` is empty for somebody whom Slack cannot reach. `covers` are the absent people for whom
    the officer acts on the day of the roster: see `Roster.on`.
    """

    handle: str
    name: str
    slack: str
    team: str
    roles: frozenset[Role]
    email: str = ""
    prefers: Preferences = Preferences()
    covers: frozenset[str] = frozenset()

    def has(self, role: Role) -> bool:
        """Say whether the officer has a role."""
        return role in self.roles


@dataclass(frozen=True, slots=True)
class Team:
    """A business area that holds information. `channel` is where its people talk.

    `deputy` stands in for the manager: a handle, or empty where nobody is named. `group` is the id
    of the Slack user group that is mentioned there when something is urgent; empty for none.
    """

    key: str
    name: str
    channel: str
    manager: str
    deputy: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a person is away, both included; `last` is None until they say they are back.

    `cover` is the handle of whoever stands in, or empty where nobody is named.
    """

    handle: str
    first: date
    last: date | None
    cover: str = ""

    def includes(self, on: date) -> bool:
        """Say whether the person is away on a day."""
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Roster:
    """All officers and teams of the authority: config/teams.toml and what was changed since.

    `head` is above the managers: a handle, or empty. `former` have left: their names stand in the
    history, and they act no more. `desk_group` is to the desk what its `group` is to a team.
    """

    officers: tuple[Officer, ...]
    teams: tuple[Team, ...]
    desk_channel: str
    desk_manager: str
    head: str = ""
    absences: tuple[Absence, ...] = ()
    former: tuple[Officer, ...] = ()
    desk_group: str = ""

    def officer(self, handle: str) -> Officer:
        """Find an officer by handle, with or without "@", by Slack id, or as Slack mentions them.

        Raises UnknownOfficer when nobody answers to it.
        """
        mentioned = _MENTION.fullmatch(handle.strip())
        wanted = (mentioned[1] if mentioned else handle.strip().removeprefix("@")).casefold()
        for officer in self.officers:
            if wanted and wanted in (officer.handle.casefold(), officer.slack.casefold()):
                return officer
        raise UnknownOfficer(handle=handle, known=tuple(one.handle for one in self.officers))

    def here_or_gone(self, handle: str) -> Officer:
        """Find somebody who works here or has left, as `officer` does. Raises UnknownOfficer."""
        return replace(self, officers=(*self.officers, *self.former)).officer(handle)

    def by_slack(self, slack_id: str) -> Officer:
        """Find an officer by Slack id alone: a handle typed in its place is nobody's.

        Raises UnknownOfficer when nobody has it.
        """
        for officer in self.officers:
            if slack_id and officer.slack == slack_id:
                return officer
        raise UnknownOfficer(handle=slack_id, known=tuple(one.handle for one in self.officers))

    def team(self, name: str) -> Team:
        """Find a team by key or by name. Raises UnknownTeam, naming the teams there are."""
        wanted = name.strip().casefold().replace(" ", "-")
        for team in self.teams:
            if wanted in (team.key.casefold(), team.name.casefold().replace(" ", "-")):
                return team
        raise UnknownTeam(team=name, known=tuple(one.key for one in self.teams))

    def name_of(self, handle: str | None) -> str:
        """Give an officer's name for people to read; a handle that nobody has stays as it is."""
        known = (*self.officers, *self.former)
        return next((one.name for one in known if one.handle == handle), handle or "nobody")

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

    def deputy_of(self, team: str | None) -> str:
        """Give the handle of the deputy of a team's manager, or nothing where nobody is named."""
        return next((one.deputy for one in self.teams if one.key == team), "")

    def group_of(self, team: str) -> str:
        """Give the id of the Slack user group of a team, or nothing where it names none."""
        return next((one.group for one in self.teams if one.key == team), "")

    def absence_of(self, handle: str, on: date) -> Absence | None:
        """Give a person's absence on a day, the one noted last; None for whoever is present."""
        away = [one for one in self.absences if one.handle == handle and one.includes(on)]
        return away[-1] if away else None

    def is_present(self, handle: str, on: date) -> bool:
        """Say whether somebody works here and is not away on a day."""
        works_here = any(one.handle == handle for one in self.officers)
        return works_here and self.absence_of(handle, on) is None

    def reached_at(self, handle: str, on: date) -> str:
        """Say who is to be told in a person's place on a day: the person, when present.

        Otherwise whoever covers, and who covers for them; failing those the team's manager, the
        deputy, the desk's manager, the head. When all are away the person: somebody must be told.
        """
        if self.is_present(handle, on):
            return handle
        in_turn = (*self._covers_of(handle, on), *self._above(handle))
        return next((one for one in in_turn if self.is_present(one, on)), handle)

    def on(self, day: date) -> Roster:
        """Give the roster of a day, on which each officer knows for whom they act."""
        covered: dict[str, set[str]] = {}
        for away in {one.handle for one in self.absences if one.includes(day)}:
            covered.setdefault(self._stand_in(away, day), set()).add(away)
        return replace(
            self,
            officers=tuple(
                replace(one, covers=frozenset(covered.get(one.handle, ()))) for one in self.officers
            ),
        )

    def _stand_in(self, handle: str, on: date) -> str:
        """Give who acts for an absent person: only who was named, for above them nobody was."""
        named = self._covers_of(handle, on)
        return next((one for one in named if self.is_present(one, on)), "")

    def _covers_of(self, handle: str, on: date) -> Iterator[str]:
        """Follow covers of covers, the person first, and nobody twice."""
        seen: set[str] = set()
        while handle and handle not in seen:
            yield handle
            seen.add(handle)
            away = self.absence_of(handle, on)
            handle = away.cover if away else ""

    def _above(self, handle: str) -> tuple[str, ...]:
        known = (*self.officers, *self.former)
        team = next((one.team for one in known if one.handle == handle), None)
        return (self.manager_of(team), self.deputy_of(team), self.desk_manager, self.head)


def stands(officer: Officer, relation: Relation, request: InformationRequest) -> bool:
    """Say whether an officer stands in a relation to a request."""
    return relation in standing(officer, request)


_BY_ROLE = (
    (Role.DESK, Relation.DESK),
    (Role.MANAGER, Relation.MANAGER),
    (Role.APPROVER, Relation.APPROVER),
    (Role.REVIEWER, Relation.REVIEWER),
)


def standing(officer: Officer, request: InformationRequest) -> frozenset[Relation]:
    """Give every relation in which an officer stands to a request.

    Whoever covers for the holder stands as the holder; a role passes to nobody. Nobody is the
    clock; and the picture does not know who acted last: see `decide.undo`.
    """
    found = {relation for role, relation in _BY_ROLE if officer.has(role)} | {Relation.ANYONE}
    if request.team is not None and officer.team == request.team:
        found.add(Relation.TEAM)
    if request.holder in (officer.handle, *officer.covers):
        found.add(Relation.HOLDER)
    return frozenset(found)
