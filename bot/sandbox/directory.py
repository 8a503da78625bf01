"""Who is in the workspace: people with their teams and roles, and the channels to begin with."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.sandbox.manifest import TEAM_ID
from bot.sandbox.refusals import not_known


@dataclass(frozen=True)
class Person:
    """One person of the workspace, whom a visitor of the page may act as.

    A guest of one channel is `single_channel`; somebody of another workspace, who meets this one in
    a shared channel, has another `team_id`.
    """

    id: str
    handle: str
    name: str
    team: str
    role: str
    email: str = ""
    guest: bool = False
    single_channel: bool = False
    team_id: str = TEAM_ID


@dataclass(frozen=True)
class Channel:
    """One channel to begin with; no members means that everyone is in it."""

    id: str
    name: str
    members: tuple[str, ...] = ()


class Directory:
    """The people of the workspace, found by id, handle or "@handle", and its user groups.

    Each team is a user group; `group_ids` are the ids of those whose team has one given.
    """

    def __init__(
        self, people: Sequence[Person], group_ids: Mapping[str, str] | None = None
    ) -> None:
        self.people = tuple(people)
        self._group_ids = dict(group_ids or {})
        self._by_name = {name: one for one in people for name in (one.id, one.handle.casefold())}

    def find(self, who: object) -> Person | None:
        """Find a person by id, handle or "@handle"; None where nobody is called so."""
        name = str(who).strip().removeprefix("@")
        return self._by_name.get(name) or self._by_name.get(name.casefold())

    def get(self, who: object) -> Person:
        """Find a person; raises `Refused` (404) with the handles there are."""
        found = self.find(who)
        if found is None:
            raise not_known("person", str(who), [one.handle for one in self.people])
        return found

    def by_email(self, email: str) -> Person | None:
        """Find a person by e-mail address, whatever its capitals."""
        wanted = email.strip().casefold()
        return next((one for one in self.people if wanted and one.email.casefold() == wanted), None)

    def teams(self) -> dict[str, list[Person]]:
        """Group the people by team, in the order given."""
        groups: dict[str, list[Person]] = {}
        for one in self.people:
            groups.setdefault(one.team, []).append(one)
        return groups

    def group_id(self, team: str) -> str:
        """Give the id of a team's user group, by which it is mentioned: <!subteam^S0…>."""
        made_up = f"S0{hashlib.sha256(team.encode()).hexdigest()[:8].upper()}"
        return self._group_ids.get(team) or made_up


def group_handle(team: str) -> str:
    """Give the handle of a team's user group: "Control Room" is @control-room."""
    return team.casefold().replace(" ", "-")
