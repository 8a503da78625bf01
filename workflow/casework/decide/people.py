"""Changing the people of the office: who may, and what makes no sense. Each gives a `Change`.

Every function takes the officer who changes, on a UK day, among a roster, and raises NotYours or
Lacking.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking, Refusal, shown
from workflow.casework.people import Change, Post, What
from workflow.casework.roles import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, time

    from workflow.casework.roles import Officer, Roster

_HANDLE = re.compile(r"[a-z][a-z0-9._-]{0,30}")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,20}")
_LONGEST_NAME = 100
_FIELDS = ("name", "slack", "team", "roles", "email")


class NotYours(Refusal):
    """Only others may change this about a person."""

    def __init__(self, *, what: str, may: str) -> None:
        """Keep what was tried and who may do it."""
        self.what, self.may = what, may
        super().__init__(f"Only {may} may {what}.")


class Changing(NamedTuple):
    """Who changes the people, on which UK day, and among whom."""

    officer: Officer
    on: date
    roster: Roster


def add(now: Changing, handle: str, given: Mapping[str, str], *, reason: str = "") -> Change:
    """Add somebody: name, team and roles, and the Slack id and address if there are any.

    Who has left may come again under their own name; nobody else is given their handle.
    """
    _must_be_desk(now, "add people")
    wanted = handle.strip().removeprefix("@").casefold()
    if not _HANDLE.fullmatch(wanted):
        raise Lacking(
            what=f"{shown(handle, 40)} cannot be a handle.",
            cure="Write it like amira.",
            asks="handle",
        )
    for one in now.roster.former:
        if one.handle == wanted and one.name != given.get("name", "").strip():
            cure = "Take another: the history must not speak of two people by one handle."
            raise Lacking(
                what=f"{wanted} is the handle of {one.name}, who has left.",
                cure=cure,
                asks="handle",
            )
    if any(one.handle == wanted for one in now.roster.officers):
        raise Lacking(
            what=f"{wanted} is somebody's handle already.", cure="Take another.", asks="handle"
        )
    value = _checked(now, wanted, given)
    missing = [name for name in ("name", "team", "roles") if not value.get(name)]
    if missing:
        raise Lacking(what=f"To add {wanted}, this is still needed: {', '.join(missing)}.", cure="")
    return Change(wanted, What.ADDED, now.officer.handle, now.on, value, reason)


def change(now: Changing, handle: str, given: Mapping[str, str], *, reason: str = "") -> Change:
    """Change somebody's name, team, roles, Slack id or address; what is not given stays."""
    _must_be_desk(now, "change people")
    person = now.roster.officer(handle)
    value = _checked(now, person.handle, given)
    if not value:
        raise Lacking(what=f"Nothing was said to change about {person.name}.", cure="")
    if "roles" in value:
        _check_roles(now, person, value["roles"])
    return Change(person.handle, What.CHANGED, now.officer.handle, now.on, value, reason)


def leave(now: Changing, handle: str, *, reason: str = "") -> Change:
    """Note that somebody has left: they act no more, and their name stays in the history."""
    _must_be_desk(now, "note that somebody has left")
    person = now.roster.officer(handle)
    _keep_a_desk(now, person)
    return Change(person.handle, What.LEFT, now.officer.handle, now.on, {}, reason)


def be_away(  # what an absence has, each by name
    now: Changing,
    handle: str,
    *,
    first: date | None = None,
    last: date | None = None,
    cover: str = "",
    reason: str = "",
) -> Change:
    """Note that somebody is away, from today unless given, both days included.

    `last` None: until they are back. By the person, the team's manager or deputy, or the desk.
    """
    person = now.roster.officer(handle)
    _must_be_near(now, person, "note an absence")
    begins = first or now.on
    if last is not None and last < max(begins, now.on):
        raise Lacking(
            what="That absence would be over already.",
            cure="Give a last day that is not past.",
            asks="last",
        )
    standing_in = now.roster.officer(cover).handle if cover else ""
    if standing_in == person.handle:
        raise Lacking(
            what="Nobody can cover for themselves.", cure="Name somebody else.", asks="cover"
        )
    value = {"first": begins.isoformat()}
    value |= {"last": last.isoformat()} if last else {}
    value |= {"cover": standing_in} if standing_in else {}
    return Change(person.handle, What.AWAY, now.officer.handle, now.on, value, reason)


def come_back(now: Changing, handle: str) -> Change:
    """Note that somebody is back from today. Raises Lacking when they are not away."""
    person = now.roster.officer(handle)
    _must_be_near(now, person, "note that somebody is back")
    if now.roster.is_present(person.handle, now.on):
        raise Lacking(what=f"{person.name} is not away.", cure="Nothing was changed.")
    return Change(person.handle, What.BACK, now.officer.handle, now.on)


def prefer(now: Changing, handle: str, given: Mapping[str, bool | time | None]) -> Change:
    """Note how somebody likes to be told: digest, early, starts_at; None: as the office.

    By the person or the desk. It never silences what the law's last days demand.
    """
    person = now.roster.officer(handle)
    if person.handle != now.officer.handle:
        _must_be_desk(now, "say what another person prefers")
    value = {name: _written(one) for name, one in given.items()}
    return Change(person.handle, What.PREFERS, now.officer.handle, now.on, value)


def name_as(now: Changing, handle: str, post: Post, team: str, *, reason: str = "") -> Change:
    """Name somebody manager or deputy of a team. They need the role of a manager."""
    _must_be_desk(now, "name managers and deputies")
    person, of = now.roster.officer(handle), now.roster.team(team)
    if not person.has(Role.MANAGER):
        cure = f"Give them the role first: people change {person.handle} --role manager."
        raise Lacking(what=f"{person.name} is not a manager.", cure=cure)
    value = {"as": post.value, "team": of.key}
    return Change(person.handle, What.NAMED, now.officer.handle, now.on, value, reason)


def _written(preference: object) -> str:
    if isinstance(preference, bool):
        return "on" if preference else "off"
    return f"{preference:%H:%M}" if preference else ""


def _must_be_desk(now: Changing, what: str) -> None:
    if not now.officer.has(Role.DESK):
        raise NotYours(what=what, may="the FOI desk")


def _must_be_near(now: Changing, person: Officer, what: str) -> None:
    """Let the person, the manager or deputy of their team, and the desk pass."""
    above = (now.roster.manager_of(person.team), now.roster.deputy_of(person.team))
    if now.officer.handle in (person.handle, *above) or now.officer.has(Role.DESK):
        return
    raise NotYours(
        what=f"{what} of {person.name}", may="they themselves, their manager or the FOI desk"
    )


def _checked(now: Changing, handle: str, given: Mapping[str, str]) -> dict[str, str]:
    """Read what is said of a person, each field by its own rule. Raises Lacking."""
    value = {name: given[name].strip() for name in _FIELDS if given.get(name, "").strip()}
    if len(value.get("name", "")) > _LONGEST_NAME:
        raise Lacking(
            what="That name is too long.", cure=f"Keep it under {_LONGEST_NAME}.", asks="name"
        )
    if "team" in value:
        value["team"] = now.roster.team(value["team"]).key
    if "roles" in value:
        value["roles"] = _roles(value["roles"])
    if "email" in value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value["email"]):
        raise Lacking(
            what=f"{shown(value['email'], 40)} is not an e-mail address.", cure="", asks="email"
        )
    if "slack" in value:
        value["slack"] = _slack(now, handle, value["slack"])
    return value


def _slack(now: Changing, handle: str, typed: str) -> str:
    slack_id = typed.upper()
    if not _SLACK_ID.fullmatch(slack_id):
        cure = "It is on their profile in Slack: Copy member ID."
        raise Lacking(what=f"{shown(typed, 40)} is not a Slack member ID.", cure=cure, asks="slack")
    for one in now.roster.officers:
        if one.slack == slack_id and one.handle != handle:
            raise Lacking(
                what=f"{slack_id} is {one.name}'s Slack member ID.", cure="", asks="slack"
            )
    return slack_id


def _roles(typed: str) -> str:
    wanted = [one.strip().casefold() for one in typed.split(",") if one.strip()]
    unknown = [one for one in wanted if one not in set(Role)]
    if unknown or not wanted:
        what = f"{shown(', '.join(unknown), 40)} is no role."
        raise Lacking(what=what, cure=f"The roles are: {', '.join(Role)}.", asks="roles")
    return ",".join(role for role in Role if role in wanted)


def _check_roles(now: Changing, person: Officer, roles: str) -> None:
    """Let nobody give themselves a role, nor the desk be left without an officer."""
    new: Collection[str] = set(roles.split(",")) - person.roles
    if person.handle == now.officer.handle and new:
        raise NotYours(what="give you a role", may="another officer of the FOI desk")
    if Role.DESK not in roles.split(","):
        _keep_a_desk(now, person)


def _keep_a_desk(now: Changing, person: Officer) -> None:
    others = [one for one in now.roster.having(Role.DESK) if one.handle != person.handle]
    if person.has(Role.DESK) and not others:
        raise Lacking(
            what=f"{person.name} is the only officer of the FOI desk.",
            cure="Give somebody else the role first.",
        )
