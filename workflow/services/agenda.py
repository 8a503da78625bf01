"""The coming days: what falls due, for a person, a team or the whole desk. Nothing is written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking, UnknownOfficer, UnknownTeam, shown
from workflow.casework.stages import Stage
from workflow.services import lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workflow.casework.roles import Roster
    from workflow.services.office import Office
    from workflow.services.pictures import CardPicture

MOST = 5000
USUAL_DAYS = 28
DAYS_OF_A_WEEK = 5
PERSON, TEAM = "person", "team"


class Entry(NamedTuple):
    """Something on a day: what it is, of which request, and who has it in hand.

    `left` counts the working days to it, as the clock does; only a statutory date has it.
    """

    on: date
    what: str
    reference: str
    subject: str
    team: str
    who: str
    left: int | None


class DueToday(NamedTuple):
    """What is overdue, what is due today, and what in the next five working days."""

    overdue: tuple[Entry, ...]
    today: tuple[Entry, ...]
    this_week: tuple[Entry, ...]


def whose(roster: Roster, words: str) -> str:
    """Read a person or a team: "person:amira" or "team:digital". Raises Lacking for neither."""
    try:
        return f"{PERSON}:{roster.officer(words).handle}"
    except UnknownOfficer:
        pass
    try:
        return f"{TEAM}:{roster.team(words).key}"
    except UnknownTeam as error:
        what = f"Nobody and no team is called {shown(words, 30)}."
        raise Lacking(what=what, cure=f"The teams are: {', '.join(error.known)}.") from None


def name_of(roster: Roster, owner: str) -> str:
    """Name a person or a team for people to read."""
    kind, _, name = owner.partition(":")
    return roster.name_of(name) if kind == PERSON else roster.team_name(name)


def agenda(office: Office, owner: str, *, days: int = USUAL_DAYS) -> list[Entry]:
    """List what falls due for a person or a team within so many days, the soonest first.

    Beside the statutory dates there are the internal targets that are still ahead. What is overdue
    comes first.
    """
    end = office.today() + timedelta(days=days)
    entries = (one for card in _cards(office, owner) for one in (*_due(card), *_targets(card)))
    return sorted(one for one in entries if one.on <= end)


def statutory(office: Office, owner: str) -> list[Entry]:
    """List every statutory date of a person's or team's open requests, the soonest first."""
    return sorted(one for card in _cards(office, owner) for one in _due(card))


def due_today(office: Office, *, team: str | None = None) -> DueToday:
    """List what is overdue, due today and due in the next five working days.

    From the database alone: for the day on which Slack is away.
    """
    today = office.today()
    end = office.days.nth_after(today, DAYS_OF_A_WEEK)
    cards = lists.listing(office, limit=MOST, team=team)
    entries = sorted(one for card in cards for one in _due(card))
    return DueToday(
        overdue=tuple(one for one in entries if one.on < today),
        today=tuple(one for one in entries if one.on == today),
        this_week=tuple(one for one in entries if today < one.on <= end),
    )


def _cards(office: Office, owner: str) -> Sequence[CardPicture]:
    kind, _, name = owner.partition(":")
    if kind == TEAM:
        return lists.listing(office, limit=MOST, team=name)
    held = lists.listing(office, limit=MOST, holder=name)
    reviews = lists.listing(office, limit=MOST, reviewer=name, stage=Stage.REVIEW.value)
    # Whoever held a request does not do its review.
    return [one for one in held if one.request.stage is not Stage.REVIEW] + reviews


def _due(card: CardPicture) -> Iterator[Entry]:
    if card.reading.due is not None:
        review = card.request.stage is Stage.REVIEW
        what = "internal review due" if review else "answer due"
        yield _entry(card, card.reading.due, what, card.reading.left)


def _targets(card: CardPicture) -> Iterator[Entry]:
    for name, on in card.targets.items():
        if on >= card.today:
            yield _entry(card, on, f"target: {name.replace('_', ' ')}", None)


def _entry(card: CardPicture, on: date, what: str, left: int | None) -> Entry:
    review = card.request.stage is Stage.REVIEW
    who = (card.reviewer if review else card.holder) or "nobody"
    return Entry(on, what, card.request.reference, card.request.subject, card.team, who, left)
