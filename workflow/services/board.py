"""The board: what somebody has before them, part by part, searched and narrowed, page by page."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from workflow.casework.roles import Role
from workflow.services.lists import card
from workflow.store import board
from workflow.store.board import Waits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workflow.casework.roles import Officer
    from workflow.services.office import Office
    from workflow.services.pictures import CardPicture

WEEK = 5  # working days, today being the first
FOUR_WEEKS = 20


class Part(StrEnum):
    """A part of the board. The value is its title."""

    OVERDUE = "Overdue"
    WEEK = "Due this week"
    MINE = "You hold"
    APPROVAL = "Waiting for your approval"
    REVIEW = "Reviews that nobody has taken"
    DESK = "Waiting for the desk"
    TEAM = "Your team's open requests"
    ALL = "Open requests"


_OF_ROLE = {
    Role.APPROVER: Part.APPROVAL,
    Role.REVIEWER: Part.REVIEW,
    Role.DESK: Part.DESK,
}
_FOR = {
    Part.APPROVAL: Waits.APPROVER,
    Part.REVIEW: Waits.REVIEWER,
    Part.DESK: Waits.DESK,
}


class Look(NamedTuple):
    """What is looked for: a part, a team, a stage, words of the reference, subject or request."""

    part: Part = Part.ALL
    team: str = ""
    stage: str = ""
    words: str = ""


class Found(NamedTuple):
    """A page of what was found, and how many there are in all."""

    pictures: Sequence[CardPicture]
    total: int


def find(office: Office, officer: Officer, look: Look, *, limit: int, offset: int = 0) -> Found:
    """Give a page of what an officer looks for, the soonest due first."""
    with office.store.reading() as connection:
        rows, total = board.page(
            connection, **_wanted(office, officer, look), limit=limit, offset=offset
        )
    return Found([card(office, row.request) for row in rows], total)


def parts_for(officer: Officer) -> tuple[Part, ...]:
    """Give the parts that an officer's board begins with."""
    by_role = (part for role, part in _OF_ROLE.items() if officer.has(role))
    return (Part.OVERDUE, Part.WEEK, Part.MINE, *by_role, Part.TEAM)


def sees_everything(officer: Officer) -> bool:
    """Say whether an officer's board is that of all teams: the desk's, a manager's."""
    return officer.has(Role.DESK) or officer.has(Role.MANAGER)


def falling_due(office: Office) -> tuple[tuple[date, int], ...]:
    """Count what falls due today and on each of the next twenty working days."""
    today = office.today()
    first = office.days.on_or_after(today)
    days = [first, *(office.days.nth_after(first, n) for n in range(1, FOUR_WEEKS + 1))]
    with office.store.reading() as connection:
        due = Counter(board.due_between(connection, days[0], days[-1]))
    return tuple((day, due[day]) for day in days)


def _wanted(office: Office, officer: Officer, look: Look) -> dict[str, Any]:
    """Say a look as the store is asked for it."""
    today = office.today()
    wanted: dict[str, Any] = {"team": look.team, "stage": look.stage, "words": look.words}
    mine = not sees_everything(officer) and not look.team
    match look.part:
        case Part.OVERDUE:
            wanted["due_before"] = today
        case Part.WEEK:
            wanted |= {"due_from": today, "due_before": office.days.nth_after(today, WEEK)}
        case Part.MINE:
            return wanted | {"hands": officer.handle}
        case Part.APPROVAL | Part.REVIEW | Part.DESK:
            return wanted | {"waits": _FOR[look.part]}
        case Part.TEAM:
            return wanted | {"team": look.team or officer.team}
        case Part.ALL:
            return wanted
    return wanted | ({"team": officer.team} if mine else {})
