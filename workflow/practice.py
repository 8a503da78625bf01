"""The authority's practice: teams, the ladder and the letterhead, read from its configuration.

Every mistake in a file becomes one sentence that names the file, the entry and the cure.
"""

from __future__ import annotations

import tomllib
from datetime import time
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from workflow.casework.ladder import Anchor, Audience, Ladder, Rule, WorkingHours
from workflow.casework.referral import DAYS_TO_REPLY
from workflow.casework.roles import Officer, Preferences, Role, Roster, Team
from workflow.casework.stages import Stage
from workflow.law.cost_limit import APPROPRIATE_LIMITS, AuthorityClass
from workflow.law.lapse import MONTHS_OF_SILENCE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum
    from pathlib import Path

TEAMS, REMINDERS, AUTHORITY = "teams.toml", "reminders.toml", "authority.toml"
WORDS = (
    *("reference", "subject", "holder", "team", "stage", "due", "left", "late"),
    *("day", "body", "ico"),
)
FURTHEST_OFFSET = 250
SIGNATORY = "Freedom of Information Officer"
HOW_TO_PAY = "Write to us at the address above, and we will tell you how to pay."

_E = TypeVar("_E", bound="StrEnum")


class PracticeError(ValueError):
    """A file of the configuration cannot be used as it stands."""

    def __init__(self, path: Path, entry: str, sentence: str) -> None:
        """Keep the file and the entry, and say what is wrong and how to mend it."""
        self.path, self.entry = path, entry
        super().__init__(f"{path.name}, {entry}: {sentence}")


class Letterhead(NamedTuple):
    """The authority as its letters print it, and the Commissioner's contact block.

    `signatory` is what stands under the name of whoever signs. `days_to_reply` are working days.
    """

    name: str
    address: tuple[str, ...]
    email: str
    nation: str
    authority_class: AuthorityClass
    months_of_silence: int
    ico: Mapping[str, str]
    days_to_reply: int = DAYS_TO_REPLY
    telephone: str = ""
    signatory: str = SIGNATORY
    how_to_pay: str = HOW_TO_PAY


def read_roster(folder: Path) -> Roster:
    """Read teams.toml. Raises PracticeError for a doubled handle, an unknown role or manager."""
    path = folder / TEAMS
    data = _read(path)
    officers = tuple(_officer(path, entry) for entry in data.get("person", []))
    teams = tuple(_team(path, entry) for entry in data.get("team", []))
    handles = [one.handle for one in officers]
    for handle in handles:
        if handles.count(handle) > 1:
            raise PracticeError(path, f"person {handle}", "this handle is given twice. Change one.")
    for team in teams:
        _known(path, f"team {team.key}", "manager", team.manager, handles)
        _known(path, f"team {team.key}", "deputy", team.deputy or team.manager, handles)
    desk = _table(path, data, "desk")
    manager, head = _text(path, "desk", desk, "manager"), _perhaps(path, "desk", desk, "head")
    _known(path, "desk", "manager", manager, handles)
    _known(path, "desk", "head", head or manager, handles)
    return Roster(officers, teams, _text(path, "desk", desk, "channel"), manager, head)


def _officer(path: Path, entry: Mapping[str, Any]) -> Officer:
    where = f"person {entry.get('handle', '?')}"
    roles = (_one_of(path, where, Role, role) for role in entry.get("roles", []))
    return Officer(
        handle=_text(path, where, entry, "handle"),
        name=_text(path, where, entry, "name"),
        slack=_perhaps(path, where, entry, "slack"),
        team=_text(path, where, entry, "team"),
        roles=frozenset(roles),
        email=_perhaps(path, where, entry, "email"),
        prefers=_preferences(path, where, entry.get("prefers", {})),
    )


def _preferences(path: Path, where: str, entry: object) -> Preferences:
    if not isinstance(entry, dict):
        raise PracticeError(path, where, "“prefers” must be a table, like { digest = false }.")
    kinds = {"digest": bool, "early": bool, "starts_at": str, "ends_at": str}
    for name, value in entry.items():
        if not isinstance(value, kinds.get(name, ())):
            told = f"prefers has no “{name}” of this kind: see the file's head."
            raise PracticeError(path, where, told)
    hours = {
        name: _time(path, entry, name, where) for name in ("starts_at", "ends_at") if name in entry
    }
    made = Preferences(entry.get("digest", True), entry.get("early", True), **hours)
    if made.starts_at and made.ends_at and made.starts_at >= made.ends_at:
        raise PracticeError(path, where, "prefers must start before they end.")
    return made


def _team(path: Path, entry: Mapping[str, Any]) -> Team:
    where = f"team {entry.get('key', '?')}"
    return Team(
        key=_text(path, where, entry, "key"),
        name=_text(path, where, entry, "name"),
        channel=_text(path, where, entry, "channel"),
        manager=_text(path, where, entry, "manager"),
        deputy=_perhaps(path, where, entry, "deputy"),
    )


def _known(path: Path, where: str, what: str, handle: str, handles: list[str]) -> None:
    if handle not in handles:
        raise PracticeError(path, where, f"the {what} {handle} is not a person of this file.")


def read_ladder(folder: Path) -> Ladder:
    """Read reminders.toml. Raises PracticeError naming the rule that cannot be used."""
    path = folder / REMINDERS
    data = _read(path)
    hours = _table(path, data, "working_hours")
    targets = _targets(path, data)
    rules = tuple(_rule(path, entry, targets) for entry in data.get("rule", []))
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise PracticeError(path, f"rule {name}", "this name is given twice. Change one.")
    start, end = (_time(path, hours, name) for name in ("start", "end"))
    if start >= end:
        raise PracticeError(path, "working_hours", "they must start before they end.")
    return Ladder(rules, targets, WorkingHours(start, end), _team_targets(path, data, targets))


def _targets(path: Path, data: Mapping[str, Any]) -> dict[str, int]:
    """Read the targets of all teams, the numbers of [targets]."""
    return {
        name: _number(path, "targets", value, 1, FURTHEST_OFFSET)
        for name, value in data.get("targets", {}).items()
        if not isinstance(value, dict)
    }


def _team_targets(
    path: Path, data: Mapping[str, Any], known: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Read the targets of single teams, the tables [targets.TEAM]."""
    found: dict[str, dict[str, int]] = {}
    for team, table in data.get("targets", {}).items():
        for name, value in table.items() if isinstance(table, dict) else ():
            if name not in known:
                raise PracticeError(path, f"targets.{team}", f"there is no target “{name}”.")
            number = _number(path, f"targets.{team}", value, 1, FURTHEST_OFFSET)
            found.setdefault(team, {})[name] = number
    return found


def _rule(path: Path, entry: Mapping[str, Any], targets: Mapping[str, int]) -> Rule:
    where = f"rule {entry.get('name', '?')}"
    words = _text(path, where, entry, "words")
    try:
        words.format(**dict.fromkeys(WORDS, ""))
    except (KeyError, IndexError, ValueError) as error:
        raise PracticeError(
            path, where, f"words may use only {{{'}, {'.join(WORDS)}}}; this has {error}."
        ) from None
    anchor = entry.get("anchor")
    target = str(anchor) if anchor in targets else ""
    return Rule(
        name=_text(path, where, entry, "name"),
        anchor=Anchor.TARGET if target else _one_of(path, where, Anchor, anchor),
        target=target,
        offset=_number(path, where, entry.get("offset"), -FURTHEST_OFFSET, FURTHEST_OFFSET),
        stages=tuple(_one_of(path, where, Stage, one) for one in entry.get("stages", [])),
        to=tuple(_one_of(path, where, Audience, one) for one in entry.get("to", [])),
        words=words,
        again=_number(path, where, entry.get("again", 0), 0, FURTHEST_OFFSET),
        unclaimed=bool(entry.get("unclaimed", False)),
        escalates=bool(entry.get("escalates", False)),
    )


def read_letterhead(folder: Path) -> Letterhead:
    """Read authority.toml. Raises PracticeError for what is missing."""
    path = folder / AUTHORITY
    data = _read(path)
    authority, ico = _table(path, data, "authority"), _table(path, data, "ico")
    return Letterhead(
        name=_text(path, "authority", authority, "name"),
        address=tuple(authority.get("address", [])),
        email=_text(path, "authority", authority, "email"),
        nation=_text(path, "authority", authority, "nation"),
        authority_class=_class(path, authority),
        months_of_silence=_number(
            path, "authority", authority.get("months_of_silence", MONTHS_OF_SILENCE), 1, 24
        ),
        ico={key: _lines(value) for key, value in ico.items()},
        days_to_reply=_number(
            path, "authority", authority.get("days_to_reply", DAYS_TO_REPLY), 1, FURTHEST_OFFSET
        ),
        telephone=_optional(path, authority, "telephone", ""),
        signatory=_optional(path, authority, "signatory", SIGNATORY),
        how_to_pay=_optional(path, authority, "how_to_pay", HOW_TO_PAY),
    )


def _class(path: Path, authority: Mapping[str, Any]) -> AuthorityClass:
    """Read the limit of s.12 as the class of authority to which it belongs (Fees Regs reg. 3)."""
    limits = {pence // 100: kind for kind, pence in APPROPRIATE_LIMITS.items()}
    limit = authority.get("cost_limit")
    if limit not in limits:
        raise PracticeError(path, "authority", f"cost_limit is 450 or 600 pounds, not {limit}.")
    return limits[limit]


def _lines(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PracticeError(
            path, "the file", f"it is not in {path.parent}. Set FOI_CONFIG_DIR to its folder."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PracticeError(path, "the file", f"it is not valid TOML: {error}.") from None


def _table(path: Path, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    if not isinstance(found, dict):
        raise PracticeError(path, f"[{name}]", "this table is missing. Add it.")
    return found


def _text(path: Path, where: str, entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise PracticeError(path, where, f"“{name}” must be some text.")
    return value.strip()


def _perhaps(path: Path, where: str, entry: Mapping[str, Any], name: str) -> str:
    return _text(path, where, entry, name) if entry.get(name) else ""


def _optional(path: Path, entry: Mapping[str, Any], name: str, otherwise: str) -> str:
    return _text(path, "authority", entry, name) if name in entry else otherwise


def _number(path: Path, where: str, value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or not least <= value <= most:
        raise PracticeError(path, where, f"{value} must be a whole number, {least} to {most}.")
    return value


def _one_of(path: Path, where: str, kind: type[_E], value: object) -> _E:
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(kind)
        raise PracticeError(path, where, f"“{value}” is not one of: {known}.") from None


def _time(path: Path, hours: Mapping[str, Any], name: str, where: str = "working_hours") -> time:
    text = _text(path, where, hours, name)
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise PracticeError(path, where, f"“{text}” is not a time like 09:00.") from None
