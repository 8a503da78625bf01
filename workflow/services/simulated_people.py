"""The people of a simulated office: how many, in which teams, how long they have, when away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking
from workflow.casework.roles import Officer, Role, Roster, Team

if TYPE_CHECKING:
    from collections.abc import Sequence

# On how many days of a hundred each role gives time to requests, and how many minutes then; the
# teams have work of their own. The requests of a year that one person can carry follow from that.
# All are guesses of ours.
TIME_GIVEN = {
    Role.DESK: (100, 330),
    Role.OFFICER: (35, 180),
    Role.APPROVER: (60, 90),
    Role.REVIEWER: (50, 150),
    Role.MANAGER: (100, 45),
}
CARRIED_BY_DESK, CARRIED_BY_OFFICER, CARRIED_BY_APPROVER = 330, 75, 900
FEWEST_DESK, FEWEST_OFFICERS, FEWEST_APPROVERS, REVIEWERS, OFFICERS_IN_A_TEAM = 2, 6, 2, 2, 3
_WEEK_AWAY, _SICK = 0.1, 0.015  # five weeks of leave a year, and three or four days of illness
_ABSENCE = re.compile(r"(\d+):(\d{4})-(\d{2})(?::(desk|officer|approver|reviewer))?")


class Absence(NamedTuple):
    """So many people away for a whole month; of one role, or of the desk and the teams.

    `for_good` from that month on: they have left, and nobody comes after them.
    """

    people: int
    month: date
    role: Role | None = None
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated: how much is asked, for how long, of whom, from which day, by which seed.

    None for a number of people lets it follow from the number of requests.
    """

    requests_per_year: int
    years: int
    seed: int
    start: date
    desk: int | None = None
    officers: int | None = None
    teams: int | None = None
    absences: tuple[Absence, ...] = ()
    until: date | None = None

    @property
    def end(self) -> date:
        """The last day of the simulation: `until`, or the end of its years."""
        if self.until is not None:
            return self.until
        return self.start.replace(year=self.start.year + self.years) - timedelta(days=1)


def read_absence(written: str, *, for_good: bool = False) -> Absence:
    """Read "2:2026-08", two people away in August 2026; "1:2026-08:desk" of the desk.

    `for_good` when they leave in that month. Raises Lacking.
    """
    found = _ABSENCE.fullmatch(written.strip())
    try:
        month = date(int(found[2]), int(found[3]), 1) if found else None
    except ValueError:
        month = None
    if found is None or month is None:
        raise Lacking(
            what=f"“{written}” is not an absence.",
            cure="Write people and month, 2:2026-08, or with a role, 2:2026-08:desk.",
        )
    return Absence(int(found[1]), month, Role(found[4]) if found[4] else None, for_good)


def staff(plan: Plan) -> Roster:
    """Make the people who can carry the requests of a plan; their names are made up."""
    year = plan.requests_per_year
    desk = plan.desk or max(FEWEST_DESK, -(-year // CARRIED_BY_DESK))
    officers = plan.officers or max(FEWEST_OFFICERS, -(-year // CARRIED_BY_OFFICER))
    teams = min(plan.teams or -(-officers // OFFICERS_IN_A_TEAM), officers)
    approvers = max(FEWEST_APPROVERS, -(-year // CARRIED_BY_APPROVER))
    kept = [_team(number) for number in range(1, teams + 1)]
    people = [
        *_people("desk", "foi-desk", desk, Role.DESK),
        *_people("approver", "foi-desk", approvers, Role.APPROVER),
        *_people("reviewer", "legal", REVIEWERS, Role.REVIEWER),
        _person("head", "foi-desk", Role.MANAGER),
        *(_person(team.manager, team.key, Role.MANAGER) for team in kept),
        *(
            _person(f"officer-{number + 1}", kept[number % teams].key, Role.OFFICER)
            for number in range(officers)
        ),
    ]
    return Roster(tuple(people), tuple(kept), "foi-desk", "head")


def _team(number: int) -> Team:
    return Team(f"team-{number}", f"Team {number}", f"team-{number}", f"manager-{number}")


def _people(name: str, team: str, how_many: int, role: Role) -> list[Officer]:
    return [_person(f"{name}-{number}", team, role) for number in range(1, how_many + 1)]


def _person(handle: str, team: str, role: Role) -> Officer:
    name = handle.replace("-", " ").capitalize()
    return Officer(handle, name, f"U{handle.upper()}", team, frozenset({role}))


class Diary:
    """Who is away when: leave by the week, illness by the day, and what the plan says."""

    def __init__(self, plan: Plan, roster: Roster) -> None:
        self._seed = plan.seed
        chosen = [
            (officer.handle, absence)
            for absence in plan.absences
            for officer in self._chosen(absence, roster.officers)
        ]
        self._months = {(handle, one.month) for handle, one in chosen}
        self._left: dict[str, date] = {}
        for handle, one in chosen:
            if one.for_good:
                self._left[handle] = min(one.month, self._left.get(handle, one.month))
        self._weeks: dict[tuple[str, date], bool] = {}

    def is_away(self, officer: Officer, day: date) -> bool:
        """Say whether an officer is away on a day."""
        if (officer.handle, day.replace(day=1)) in self._months:
            return True
        if day >= self._left.get(officer.handle, date.max):
            return True
        monday = day - timedelta(days=day.weekday())
        return self._by_chance(officer, monday, _WEEK_AWAY) or self._by_chance(officer, day, _SICK)

    def minutes(self, officer: Officer, day: date) -> int:
        """Say how many minutes an officer has for requests on a working day."""
        if self.is_away(officer, day):
            return 0
        return max(
            minutes if self._by_chance(officer, day, share / 100) else 0
            for share, minutes in (TIME_GIVEN[role] for role in officer.roles)
        )

    def _by_chance(self, officer: Officer, day: date, chance: float) -> bool:
        key = (f"{officer.handle}:{chance}", day)
        if key not in self._weeks:
            drawn = Random(f"{self._seed}:{officer.handle}:{day}:{chance}")  # noqa: S311  # no secret
            self._weeks[key] = drawn.random() < chance
        return self._weeks[key]

    def _chosen(self, absence: Absence, officers: Sequence[Officer]) -> list[Officer]:
        roles = (absence.role,) if absence.role else (Role.DESK, Role.OFFICER)
        able = [one for one in officers if any(one.has(role) for role in roles)]
        drawn = Random(f"{self._seed}:{absence.month}")  # noqa: S311  # no secret
        return drawn.sample(able, min(absence.people, len(able)))
