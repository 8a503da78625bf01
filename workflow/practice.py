"""The authority's practice: teams and the letterhead, read from its configuration.

Every mistake in a file becomes one sentence that names the file, the entry and the cure.
"""

from __future__ import annotations

import re
import tomllib
from datetime import time
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from workflow.casework.guidance import EVERY
from workflow.casework.referral import DAYS_TO_REPLY
from workflow.casework.roles import Officer, Preferences, Role, Roster, Team
from workflow.law.cost_limit import APPROPRIATE_LIMITS, AuthorityClass
from workflow.law.exemptions import cited
from workflow.law.lapse import MONTHS_OF_SILENCE
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum
    from pathlib import Path

TEAMS, AUTHORITY, GUIDANCE = "teams.toml", "authority.toml", "guidance.toml"
FURTHEST_OFFSET = 250
SIGNATORY = "Freedom of Information Officer"
USER_GROUP = re.compile(r"S[A-Z0-9]{2,20}")  # as Slack writes the id of one
HOW_TO_PAY = "Write to us at the address above, and we will tell you how to pay."

_E = TypeVar("_E", bound="StrEnum")


class PracticeError(ValueError):
    """A file of the configuration cannot be used as it stands. `line` is where the entry begins."""

    def __init__(self, path: Path, entry: str, sentence: str) -> None:
        """Keep the file and the entry, and say what is wrong and how to mend it."""
        self.path, self.entry, self.line = path, entry, line_of(path, entry)
        line = f", line {self.line}" if self.line else ""
        super().__init__(f"{path.name}{line}, {entry}: {sentence}")


# How an entry of each kind is known in its file.
_KNOWN_BY = {"rule": "name", "chain": "name", "person": "handle", "team": "key"}


def line_of(path: Path, entry: str) -> int | None:
    """Find the line of a file on which an entry stands: "rule overdue", "targets.digital".

    None where it cannot be told. The parser knows no lines, so the file is read again.
    """
    kind, _, name = entry.partition(" ")
    table = re.escape(entry.strip("[]"))
    pattern = rf"\s*\[\[?{table}\]\]?"
    if kind in _KNOWN_BY:
        pattern = rf"\s*{_KNOWN_BY[kind]}\s*=\s*[\"']{re.escape(name)}[\"']"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    found = (number for number, line in enumerate(lines, 1) if re.match(pattern, line))
    return next(found, None)


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
    """Read teams.toml.

    Raises PracticeError for a doubled handle, an unknown role or manager, and for a user group that
    has not the shape of one or stands for two channels.
    """
    path = folder / TEAMS
    data = read_file(path)
    officers = tuple(_officer(path, entry) for entry in data.get("person", []))
    teams = tuple(_team(path, entry) for entry in data.get("team", []))
    handles = [one.handle for one in officers]
    for handle in handles:
        if handles.count(handle) > 1:
            raise PracticeError(path, f"person {handle}", "this handle is given twice. Change one.")
    for team in teams:
        _known(path, f"team {team.key}", "manager", team.manager, handles)
        _known(path, f"team {team.key}", "deputy", team.deputy or team.manager, handles)
    desk = table_of(path, data, "desk")
    manager, head = text_of(path, "desk", desk, "manager"), _perhaps(path, "desk", desk, "head")
    _known(path, "desk", "manager", manager, handles)
    _known(path, "desk", "head", head or manager, handles)
    channel, group = text_of(path, "desk", desk, "channel"), _group(path, "desk", desk)
    _one_channel_each(path, {group: channel}, teams)
    return Roster(officers, teams, channel, manager, head, desk_group=group)


def _officer(path: Path, entry: Mapping[str, Any]) -> Officer:
    where = f"person {entry.get('handle', '?')}"
    roles = (one_of(path, where, Role, role) for role in entry.get("roles", []))
    return Officer(
        handle=text_of(path, where, entry, "handle"),
        name=text_of(path, where, entry, "name"),
        slack=_perhaps(path, where, entry, "slack"),
        team=text_of(path, where, entry, "team"),
        roles=frozenset(roles),
        email=_perhaps(path, where, entry, "email"),
        prefers=_preferences(path, where, entry.get("prefers", {})),
    )


def _preferences(path: Path, where: str, entry: object) -> Preferences:
    if not isinstance(entry, dict):
        raise PracticeError(path, where, "“prefers” must be a table, like { digest = false }.")
    kinds = {"digest": bool, "early": bool, "starts_at": str}
    for name, value in entry.items():
        if not isinstance(value, kinds.get(name, ())):
            told = f"prefers has no “{name}” of this kind: see the file's head."
            raise PracticeError(path, where, told)
    starts = time_of(path, entry, "starts_at", where) if "starts_at" in entry else None
    return Preferences(entry.get("digest", True), entry.get("early", True), starts)


def _team(path: Path, entry: Mapping[str, Any]) -> Team:
    where = f"team {entry.get('key', '?')}"
    return Team(
        key=text_of(path, where, entry, "key"),
        name=text_of(path, where, entry, "name"),
        channel=text_of(path, where, entry, "channel"),
        manager=text_of(path, where, entry, "manager"),
        deputy=_perhaps(path, where, entry, "deputy"),
        group=_group(path, where, entry),
    )


def _group(path: Path, where: str, entry: Mapping[str, Any]) -> str:
    """Read the id of a user group. It goes into a message as it stands, so its shape is checked."""
    group = _perhaps(path, where, entry, "group")
    if group and not USER_GROUP.fullmatch(group):
        cure = "Give its id, like S0CONTROL: the end of the group's address in a browser."
        raise PracticeError(path, where, f"“{group}” is not the id of a Slack user group. {cure}")
    return group


def _one_channel_each(path: Path, heard_in: dict[str, str], teams: tuple[Team, ...]) -> None:
    """See that no group stands for two channels: a line copied over would call the wrong people."""
    for team in (one for one in teams if one.group):
        channel = heard_in.setdefault(team.group, team.channel).removeprefix("#")
        if channel != team.channel.removeprefix("#"):
            told = f"the group {team.group} is called in #{channel} already."
            cure = "Give this team its own, or none."
            raise PracticeError(path, f"team {team.key}", f"{told} {cure}")


def _known(path: Path, where: str, what: str, handle: str, handles: list[str]) -> None:
    if handle not in handles:
        raise PracticeError(path, where, f"the {what} {handle} is not a person of this file.")


def read_letterhead(folder: Path) -> Letterhead:
    """Read authority.toml. Raises PracticeError for what is missing."""
    path = folder / AUTHORITY
    data = read_file(path)
    authority, ico = table_of(path, data, "authority"), table_of(path, data, "ico")
    return Letterhead(
        name=text_of(path, "authority", authority, "name"),
        address=tuple(authority.get("address", [])),
        email=text_of(path, "authority", authority, "email"),
        nation=text_of(path, "authority", authority, "nation"),
        authority_class=_class(path, authority),
        months_of_silence=number_of(
            path, "authority", authority.get("months_of_silence", MONTHS_OF_SILENCE), 1, 24
        ),
        ico={key: _lines(value) for key, value in ico.items()},
        days_to_reply=number_of(
            path, "authority", authority.get("days_to_reply", DAYS_TO_REPLY), 1, FURTHEST_OFFSET
        ),
        telephone=_optional(path, authority, "telephone", ""),
        signatory=_optional(path, authority, "signatory", SIGNATORY),
        how_to_pay=_optional(path, authority, "how_to_pay", HOW_TO_PAY),
    )


def read_guidance(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Read guidance.toml: questions by section. None where there is no such file.

    Raises PracticeError for a key that names no exemption, and for what is no list of questions.
    """
    path = folder / GUIDANCE
    if not path.exists():
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for key, questions in read_file(path).items():
        regime = Regime.EIR if key.startswith("reg") else Regime.FOIA
        if key != EVERY and not cited(regime, key):
            raise PracticeError(path, key, "this is no exemption. Write it like s.31.")
        if not isinstance(questions, list) or not all(isinstance(one, str) for one in questions):
            raise PracticeError(path, key, 'write questions in a list, ["…", "…"].')
        found[key] = tuple(questions)
    return found


def _class(path: Path, authority: Mapping[str, Any]) -> AuthorityClass:
    """Read the limit of s.12 as the class of authority to which it belongs (Fees Regs reg. 3)."""
    limits = {pence // 100: kind for kind, pence in APPROPRIATE_LIMITS.items()}
    limit = authority.get("cost_limit")
    if limit not in limits:
        raise PracticeError(path, "authority", f"cost_limit is 450 or 600 pounds, not {limit}.")
    return limits[limit]


def _lines(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def read_file(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises PracticeError when it is not there or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PracticeError(
            path, "the file", f"it is not in {path.parent}. Set FOI_CONFIG_DIR to its folder."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PracticeError(path, "the file", f"it is not valid TOML: {error}.") from None


def table_of(path: Path, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Read a table. Raises PracticeError when it is missing."""
    found = data.get(name)
    if not isinstance(found, dict):
        raise PracticeError(path, f"[{name}]", "this table is missing. Add it.")
    return found


def text_of(path: Path, where: str, entry: Mapping[str, Any], name: str) -> str:
    """Read some text of an entry. Raises PracticeError when there is none."""
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise PracticeError(path, where, f"“{name}” must be some text.")
    return value.strip()


def _perhaps(path: Path, where: str, entry: Mapping[str, Any], name: str) -> str:
    return text_of(path, where, entry, name) if entry.get(name) else ""


def _optional(path: Path, entry: Mapping[str, Any], name: str, otherwise: str) -> str:
    return text_of(path, "authority", entry, name) if name in entry else otherwise


def number_of(path: Path, where: str, value: object, least: int, most: int) -> int:
    """Read a whole number within bounds. Raises PracticeError for anything else."""
    if not isinstance(value, int) or not least <= value <= most:
        raise PracticeError(path, where, f"{value} must be a whole number, {least} to {most}.")
    return value


def one_of(path: Path, where: str, kind: type[_E], value: object) -> _E:
    """Read one of the words of a kind. Raises PracticeError, naming those there are."""
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(kind)
        raise PracticeError(path, where, f"“{value}” is not one of: {known}.") from None


def time_of(path: Path, hours: Mapping[str, Any], name: str, where: str = "working_hours") -> time:
    """Read a time of day like 09:00. Raises PracticeError for anything else."""
    text = text_of(path, where, hours, name)
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise PracticeError(path, where, f"“{text}” is not a time like 09:00.") from None
