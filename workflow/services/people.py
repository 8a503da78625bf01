"""Changing the people of the office, and looking at them: one transaction a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.decide.people import Changing
from workflow.casework.errors import Lacking
from workflow.casework.people import What, in_force, sentence
from workflow.law.dates import long_date
from workflow.store import once as repeats
from workflow.store import people, requests
from workflow.store.mapping import legible

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflow.casework.people import Change
    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Absence, Officer, Roster
    from workflow.services.office import Office
    from workflow.store.people import Noted
    from workflow.store.unit_of_work import Connection


NOTHING_CHANGED = "Nothing changed since teams.toml."


class Changed(NamedTuple):
    """A change that was written down, said in a sentence, and what is still to be thought of.

    `leaves_behind` is the handle of somebody who has left and still holds something.
    """

    change: Change
    sentence: str
    remarks: tuple[str, ...] = ()
    leaves_behind: str = ""


def change(
    office: Office,
    decide: Callable[[Changing], Change],
    *,
    officer: Officer,
    rehearsing: bool = False,
    once: str = "",
) -> Changed:
    """Change the people as one of them decides, now. A rehearsal writes nothing.

    `once` is a key under which this is done once: Slack may send it again. Raises Lacking then.

    Side effect: one row, which every process follows within a second. Raises a Refusal and writes
    nothing otherwise. Who changes is looked at anew, so that a leaver cannot be the last to act.
    """
    if rehearsing:
        office.people.look()
        return _told(office, decide(_now(office, officer)))
    with office.store.writing() as connection:
        people.take_turn(connection)
        if once:
            _see_that_it_is_new(office, connection, once)
        office.people.look()
        made = decide(_now(office, officer))
        value = {name: legible(text) for name, text in made.value.items()}
        made = replace(made, value=value, reason=legible(made.reason))
        people.append(connection, made, at=office.now())
    told = _told(office, made)
    office.people.look()
    return told


def _see_that_it_is_new(office: Office, connection: Connection, key: str) -> None:
    try:
        repeats.keep(connection, key, repeats.Before("", 0), at=office.wall())
    except repeats.Repeated:
        what = "This came twice, and was noted when it came first."
        raise Lacking(what=what, cure="See: foi people history") from None


def _now(office: Office, officer: Officer) -> Changing:
    roster = office.roster
    return Changing(roster.officer(officer.handle), office.today(), roster)


def _told(office: Office, made: Change) -> Changed:
    """Say a change, by the roster that comes of it."""
    before = office.roster
    after = in_force(before, [made])
    left = made.handle if made.what is What.LEFT and held_by(office, made.handle) else ""
    return Changed(made, sentence(made, after), _remarks(office, made, after), left)


class Person(NamedTuple):
    """Somebody of the office: as they stand today, and when they are or will be away."""

    officer: Officer
    team: str
    away: tuple[Absence, ...]


def listing(office: Office) -> list[Person]:
    """List everybody who works here, in the order of the file and of their coming."""
    roster, today = office.roster, office.today()
    return [
        Person(
            one,
            roster.team_name(one.team),
            tuple(
                away
                for away in roster.absences
                if away.handle == one.handle and (away.last is None or away.last >= today)
            ),
        )
        for one in roster.officers
    ]


def away_told(office: Office, person: Person) -> str:
    """Say when somebody is away and who covers; nothing for whoever is here and will be."""
    roster = office.roster
    return "; ".join(
        f"{long_date(one.first)} to {long_date(one.last) if one.last else 'further notice'}"
        + (f", covered by {roster.name_of(one.cover)}" if one.cover else "")
        for one in person.away
    )


def history(office: Office, *, handle: str | None = None) -> list[tuple[Noted, str]]:
    """Give what changed, the first first, each with its sentence; of one person, or of all."""
    with office.store.reading() as connection:
        noted = people.changes(connection)
    roster = office.roster
    return [
        (one, sentence(one.change, roster))
        for one in noted
        if handle is None or one.change.handle == handle
    ]


def _remarks(office: Office, made: Change, after: Roster) -> tuple[str, ...]:
    """Say what a change leaves to be thought of: nothing of it is a reason to refuse."""
    name, found = after.name_of(made.handle), []
    if made.what is What.LEFT:
        if held := held_by(office, made.handle):
            found.append(f"{name} still has {_counted(held)}: hand them over.")
        managed = [one.name for one in after.teams if made.handle in (one.manager, one.deputy)]
        if managed:
            found.append(f"{', '.join(managed)}: name another manager or deputy.")
    if made.what is What.ADDED and not after.officer(made.handle).slack:
        found.append(f"Without a Slack member ID {name} cannot use or hear FOI Desk in Slack.")
    if made.what is What.AWAY:
        first = date.fromisoformat(made.value["first"])
        told = after.reached_at(made.handle, first)
        if told != made.value.get("cover"):
            found.append(f"What is due to {name} then goes to {after.name_of(told)}.")
    return tuple(found)


def held_by(office: Office, handle: str) -> list[InformationRequest]:
    """List the open requests that somebody holds, and the reviews they have taken."""
    with office.store.reading() as connection:
        held = requests.in_hands(connection, handle)
    return [one.request for one in held]


def _counted(held: list[InformationRequest]) -> str:
    return f"{len(held)} request{'s' if len(held) != 1 else ''} in hand"
