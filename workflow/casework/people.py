"""How the people of the office change: who comes, moves, leaves, is away, is back. Pure.

config/teams.toml says who was there to begin with. What changed since is written down, one change
after another, and folded over it: the roster in force is the file and all the changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from workflow.casework.roles import Absence, Officer, Preferences, Role, Roster
from workflow.law.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class What(StrEnum):
    """What changed about a person."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"
    AWAY = "away"
    BACK = "back"
    PREFERS = "prefers"
    NAMED = "named"  # a team's manager or deputy


class Post(StrEnum):
    """What somebody may be named as, for a team."""

    MANAGER = "manager"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: about whom, what, by whom, on which UK day, and why.

    `value` holds words only, so that it is kept as it stands: "team" -> "digital", and days as
    "2020-07-14". What is not in it stays as it was.
    """

    handle: str
    what: What
    by: str
    on: date
    value: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(slots=True)
class _Books:
    """The roster while changes are being written into it."""

    roster: Roster

    def put(self, officer: Officer) -> None:
        """Put somebody in the place of whoever has the handle, or at the end."""
        others = self.roster.officers
        if all(one.handle != officer.handle for one in others):
            others = (*others, officer)
        kept = tuple(officer if one.handle == officer.handle else one for one in others)
        gone = tuple(one for one in self.roster.former if one.handle != officer.handle)
        self.roster = replace(self.roster, officers=kept, former=gone)


def in_force(roster: Roster, changes: Iterable[Change]) -> Roster:
    """Fold changes over the roster of the file, the first first.

    A change about somebody whom the file has lost since changes nothing: the file was edited.
    """
    books = _Books(roster)
    for change in changes:
        found = next((one for one in books.roster.officers if one.handle == change.handle), None)
        if change.what is What.ADDED:
            books.put(_officer(change))
        elif found is not None:
            _FOLDS[change.what](books, change, found)
    return books.roster


def _officer(change: Change) -> Officer:
    blank = Officer(change.handle, change.handle, "", "", frozenset())
    return _changed(blank, change.value)


def _changed(officer: Officer, value: Mapping[str, str]) -> Officer:
    roles = officer.roles
    if "roles" in value:
        known = {role.value for role in Role}
        roles = frozenset(Role(one) for one in value["roles"].split(",") if one in known)
    return replace(
        officer,
        name=value.get("name", officer.name),
        slack=value.get("slack", officer.slack),
        team=value.get("team", officer.team),
        email=value.get("email", officer.email),
        roles=roles,
    )


def _fold_changed(books: _Books, change: Change, officer: Officer) -> None:
    books.put(_changed(officer, change.value))


def _fold_left(books: _Books, _change: Change, officer: Officer) -> None:
    roster = books.roster
    books.roster = replace(
        roster,
        officers=tuple(one for one in roster.officers if one is not officer),
        former=(*roster.former, replace(officer, roles=frozenset())),
        absences=tuple(one for one in roster.absences if one.handle != officer.handle),
    )


def _fold_away(books: _Books, change: Change, officer: Officer) -> None:
    value = change.value
    last = date.fromisoformat(value["last"]) if value.get("last") else None
    first = date.fromisoformat(value["first"])
    absence = Absence(officer.handle, first, last, value.get("cover", ""))
    books.roster = replace(books.roster, absences=(*books.roster.absences, absence))


def _fold_back(books: _Books, change: Change, officer: Officer) -> None:
    day_before = change.on - timedelta(days=1)
    kept = (
        _ended(one, day_before) if one.handle == officer.handle and one.includes(change.on) else one
        for one in books.roster.absences
    )
    books.roster = replace(
        books.roster,
        absences=tuple(one for one in kept if one.last is None or one.last >= one.first),
    )


def _ended(absence: Absence, last: date) -> Absence:
    return replace(absence, last=last)


def _fold_prefers(books: _Books, change: Change, officer: Officer) -> None:
    value, prefers = change.value, officer.prefers
    prefers = Preferences(
        digest=value["digest"] == "on" if "digest" in value else prefers.digest,
        early=value["early"] == "on" if "early" in value else prefers.early,
        starts_at=_hour(value, "starts_at", prefers.starts_at),
    )
    books.put(replace(officer, prefers=prefers))


def _hour(value: Mapping[str, str], name: str, before: time | None) -> time | None:
    if name not in value:
        return before
    return time.fromisoformat(value[name]) if value[name] else None


def _fold_named(books: _Books, change: Change, officer: Officer) -> None:
    roster, key, post = books.roster, change.value["team"], change.value["as"]
    teams = tuple(
        replace(one, **{post: officer.handle}) if one.key == key else one for one in roster.teams
    )
    books.roster = replace(roster, teams=teams)
    at_desk = any(one.key == key and one.channel == roster.desk_channel for one in teams)
    if at_desk and post == Post.MANAGER:
        books.roster = replace(books.roster, desk_manager=officer.handle)


_FOLDS: Mapping[What, Callable[[_Books, Change, Officer], None]] = {
    What.CHANGED: _fold_changed,
    What.LEFT: _fold_left,
    What.AWAY: _fold_away,
    What.BACK: _fold_back,
    What.PREFERS: _fold_prefers,
    What.NAMED: _fold_named,
}


def sentence(change: Change, roster: Roster) -> str:
    """Say a change in one past-tense sentence. The words stand as typed: whoever shows, escapes."""
    who, by = roster.name_of(change.handle), roster.name_of(change.by)
    said = f"{by} {_SAID[change.what](change, roster, who)}"
    return f"{said}: {change.reason}." if change.reason else f"{said}."


def _said_added(change: Change, roster: Roster, who: str) -> str:
    team = roster.team_name(change.value.get("team"))
    roles = change.value.get("roles", "").replace(",", ", ")
    return f"added {who} ({change.handle}) to {team} as {roles}"


def _said_changed(change: Change, _roster: Roster, who: str) -> str:
    told = (f"{name} {value.replace(',', ', ') or 'none'}" for name, value in change.value.items())
    return f"changed {who}: {'; '.join(told)}"


def _said_away(change: Change, roster: Roster, who: str) -> str:
    first, last, cover = (change.value.get(name) for name in ("first", "last", "cover"))
    until = f"to {long_date(date.fromisoformat(last))}" if last else "until they are back"
    covered = f", covered by {roster.name_of(cover)}" if cover else ", with nobody named to cover"
    since = long_date(date.fromisoformat(first or change.on.isoformat()))
    return f"{_is(change, who)} away from {since} {until}{covered}"


def _is(change: Change, who: str) -> str:
    return "is" if change.by == change.handle else f"noted that {who} is"


def _said_prefers(change: Change, _roster: Roster, who: str) -> str:
    told = (
        f"{name.replace('_', ' ')} {value or 'as the office'}"
        for name, value in change.value.items()
    )
    prefers = "they prefer" if change.by == change.handle else f"{who} prefers"
    return f"noted what {prefers}: {', '.join(told)}"


def _said_named(change: Change, roster: Roster, who: str) -> str:
    return f"named {who} {change.value['as']} of {roster.team_name(change.value['team'])}"


_SAID: Mapping[What, Callable[[Change, Roster, str], str]] = {
    What.ADDED: _said_added,
    What.CHANGED: _said_changed,
    What.LEFT: lambda _change, _roster, who: f"noted that {who} has left",
    What.AWAY: _said_away,
    What.BACK: lambda change, _roster, who: f"{_is(change, who)} back",
    What.PREFERS: _said_prefers,
    What.NAMED: _said_named,
}
