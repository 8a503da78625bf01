"""The ladder of an authority, read from reminders.toml: rules, chains, targets and working hours.

Every mistake becomes one sentence that names the file, the line, the entry and the cure.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

from workflow.casework.chain import LONGEST_REPEAT
from workflow.casework.ladder import (
    BY_HAND,
    Anchor,
    Audience,
    Chain,
    Ladder,
    Rule,
    Step,
    Wait,
    WorkingHours,
)
from workflow.casework.stages import Act, Stage
from workflow.practice import (
    FURTHEST_OFFSET,
    PracticeError,
    number_of,
    one_of,
    read_file,
    table_of,
    text_of,
    time_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

REMINDERS = "reminders.toml"
WORDS = (
    *("reference", "subject", "holder", "team", "stage", "due", "left", "late"),
    *("day", "body", "ico", "cause", "plan", "escalated"),
)
TABLES = ("working_hours", "targets", "rule", "chain")
RULE = (
    *("name", "anchor", "offset", "stages", "to", "words", "again"),
    *("unclaimed", "escalates", "offers"),
)
CHAIN, STEP = ("name", "teams", "causes", "step"), ("after", "to", "words", "again")
_WAIT = re.compile(r"(\d+) working (day|hour)s?")


def read_ladder(folder: Path) -> Ladder:
    """Read reminders.toml. Raises PracticeError naming the line and the entry that is wrong."""
    path = folder / REMINDERS
    data = read_file(path)
    _only(path, "the file", data, TABLES)
    targets = _targets(path, data)
    rules = tuple(_rule(path, entry, targets) for entry in data.get("rule", []))
    _each_once(path, "rule", [rule.name for rule in rules])
    causes = [rule.name for rule in rules if rule.escalates] + [BY_HAND]
    chains = tuple(_chain(path, entry, causes) for entry in data.get("chain", []))
    _each_once(path, "chain", [chain.name for chain in chains])
    return Ladder(rules, targets, _hours(path, data), _team_targets(path, data, targets), chains)


def _hours(path: Path, data: Mapping[str, Any]) -> WorkingHours:
    hours = table_of(path, data, "working_hours")
    start, end = (time_of(path, hours, name) for name in ("start", "end"))
    if start >= end:
        raise PracticeError(path, "working_hours", "they must start before they end.")
    return WorkingHours(start, end)


def _targets(path: Path, data: Mapping[str, Any]) -> dict[str, int]:
    """Read the targets of all teams, the numbers of [targets]."""
    return {
        name: number_of(path, "targets", value, 1, FURTHEST_OFFSET)
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
            number = number_of(path, f"targets.{team}", value, 1, FURTHEST_OFFSET)
            found.setdefault(team, {})[name] = number
    return found


def _rule(path: Path, entry: Mapping[str, Any], targets: Mapping[str, int]) -> Rule:
    where = f"rule {entry.get('name', '?')}"
    _only(path, where, entry, RULE)
    anchor = entry.get("anchor")
    target = str(anchor) if anchor in targets else ""
    return Rule(
        name=_name(path, where, entry),
        anchor=Anchor.TARGET if target else one_of(path, where, Anchor, anchor),
        target=target,
        offset=number_of(path, where, entry.get("offset"), -FURTHEST_OFFSET, FURTHEST_OFFSET),
        stages=tuple(
            one_of(path, where, Stage, one) for one in _some(path, where, entry, "stages")
        ),
        to=_audiences(path, where, entry),
        words=_words(path, where, entry),
        again=number_of(path, where, entry.get("again", 0), 0, FURTHEST_OFFSET),
        unclaimed=_flag(path, where, entry, "unclaimed"),
        escalates=_flag(path, where, entry, "escalates"),
        offers=_offered(path, where, entry),
    )


def _chain(path: Path, entry: Mapping[str, Any], causes: list[str]) -> Chain:
    where = f"chain {entry.get('name', '?')}"
    _only(path, where, entry, CHAIN)
    for cause in entry.get("causes", []):
        if cause not in causes:
            told = f"no rule that escalates is called “{cause}”. There are: {', '.join(causes)}."
            raise PracticeError(path, where, told)
    steps = [_step(path, where, step) for step in _some(path, where, entry, "step")]
    teams, chosen = (tuple(map(str, entry.get(name, ()))) for name in ("teams", "causes"))
    return Chain(_name(path, where, entry), tuple(steps), teams, chosen)


def _step(path: Path, where: str, entry: Mapping[str, Any]) -> Step:
    _only(path, where, entry, STEP)
    said = text_of(path, where, entry, "after")
    match = _WAIT.fullmatch(said)
    if match is None or int(match[1]) == 0:
        told = f"“{said}” is no wait. Write “2 working days” or “4 working hours”."
        raise PracticeError(path, where, told)
    count = number_of(path, where, int(match[1]), 1, FURTHEST_OFFSET)
    return Step(
        after=Wait(days=count) if match[2] == "day" else Wait(hours=count),
        to=_audiences(path, where, entry),
        words=_words(path, where, entry),
        again=number_of(path, where, entry.get("again", 0), 0, LONGEST_REPEAT - 1),
    )


def _name(path: Path, where: str, entry: Mapping[str, Any]) -> str:
    name = text_of(path, where, entry, "name")
    if "|" in name:
        raise PracticeError(path, where, "a name may not have “|” in it. Leave it out.")
    return name


def _audiences(path: Path, where: str, entry: Mapping[str, Any]) -> tuple[Audience, ...]:
    return tuple(one_of(path, where, Audience, one) for one in _some(path, where, entry, "to"))


def _some(path: Path, where: str, entry: Mapping[str, Any], name: str) -> list[Any]:
    """Read a list that has something in it: a rule for nobody would be silent for ever."""
    found = entry.get(name)
    if not isinstance(found, list) or not found:
        raise PracticeError(path, where, f"“{name}” must be a list with something in it.")
    return found


def _flag(path: Path, where: str, entry: Mapping[str, Any], name: str) -> bool:
    found = entry.get(name, False)
    if not isinstance(found, bool):
        raise PracticeError(path, where, f"“{name}” must be true or false, not {found!r}.")
    return found


def _words(path: Path, where: str, entry: Mapping[str, Any]) -> str:
    words = text_of(path, where, entry, "words")
    try:
        words.format(**dict.fromkeys(WORDS, ""))
    except (KeyError, IndexError, ValueError) as error:
        told = f"words may use only {{{'}, {'.join(WORDS)}}}; this has {error}."
        raise PracticeError(path, where, told) from None
    return words


def _offered(path: Path, where: str, entry: Mapping[str, Any]) -> str:
    """Read the act that a message offers as a button, by its name: "claim"."""
    name = entry.get("offers", "")
    acts = {act.name.lower(): act for act in Act}
    if name and name not in acts:
        near = difflib.get_close_matches(str(name), acts, n=1)
        hint = f"Did you mean {near[0]}?" if near else "Write the name of an act, like claim."
        raise PracticeError(path, where, f"“{name}” is no act. {hint}")
    return str(name)


def _only(path: Path, where: str, entry: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse a misspelt name, which would otherwise be left out in silence."""
    for name in entry:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(known)}."
            raise PracticeError(path, where, f"it has “{name}”, which means nothing. {hint}")


def _each_once(path: Path, kind: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise PracticeError(path, f"{kind} {name}", "this name is given twice. Change one.")
