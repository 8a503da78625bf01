"""People in Slack: the list, the form of an absence, the form that adds somebody, a hand-over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot import ids, wording
from bot.blocks.pages import latest
from bot.blocks.text import (
    OPTION,
    TITLE,
    Block,
    actions,
    button,
    context,
    header,
    plain,
    said,
)
from workflow.casework.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, time

    from workflow.casework.roles import Officer, Roster

MOST_LETTERS = 2900  # of one block, below Slack's 3,000
MOST_TOLD = 11_000  # letters of one message
_LABEL = 150


# What everybody may say of themselves.
FOR_ONESELF = (("absent", "I will be away"), ("prefer", "How I am told"))
# What a desk officer may change about people, each a form: what is typed, and its button.
FOR_THE_DESK = (
    ("people add", "Add somebody"),
    ("people change", "Change somebody"),
    ("people absent", "Somebody is away"),
    ("people leave", "Somebody has left"),
    ("handover", "Hand over"),
)


def listing(title: str, lines: Sequence[str], *, may_change: bool) -> list[Block]:
    """Draw who works here, and what one may change."""
    typed = [*FOR_ONESELF, *(FOR_THE_DESK if may_change else ())]
    buttons = [button(name, f"{ids.MENU}:{one.replace(' ', '_')}", one) for one, name in typed]
    return [header(title), *_paragraphs(lines), actions(*buttons)]


def history(lines: Sequence[str]) -> list[Block]:
    """Draw what changed about people; where it is too much, the latest of it."""
    return [header("What changed about people"), *_paragraphs(latest(lines, MOST_TOLD))]


def handover(title: str, lines: Sequence[str], *, value: str) -> list[Block]:
    """Draw what is to be handed over, and the button that does it."""
    if not lines:
        return [said(title)]
    do = button("Hand them over", f"{ids.MENU}:handover", value, primary=True)
    return [said(title), *_paragraphs(lines), actions(do)]


def _paragraphs(lines: Sequence[str]) -> list[Block]:
    """Put lines into as few blocks as hold them."""
    made: list[str] = []
    for line in lines:
        if made and len(made[-1]) + len(line) < MOST_LETTERS:
            made[-1] += f"\n{line}"
        else:
            made.append(line)
    return [said(one) for one in made]


def absent_modal(
    officer: Officer, roster: Roster, *, today: date, channel: str | None, whose: str | None = None
) -> Block:
    """Draw the form of an absence, and who covers: one's own, or somebody's whom one chooses.

    `whose` None is one's own; otherwise the handle that is chosen to begin with, or "" for nobody.
    """
    near = [one.handle for one in roster.officers if one.team == officer.team]
    others = {one.handle: one.name for one in roster.officers if one.handle != officer.handle}
    ordered = sorted(others, key=lambda handle: (handle not in near, others[handle]))
    covers = {handle: others[handle] for handle in ordered}
    who: list[Block] = []
    if whose is not None:
        covers |= {officer.handle: officer.name}
        who = [_input("who", wording.WHO_IS_AWAY, _somebody(roster, whose))]
    yours = whose is None
    return _modal(
        "absent" if yours else "absence",
        "Away",
        wording.YOU_ARE_COVERED if yours else wording.THEY_ARE_COVERED,
        [
            *who,
            _input(
                "first",
                "First day away",
                {"type": "datepicker", "initial_date": today.isoformat()},
            ),
            _input("last", "Last day away", {"type": "datepicker"}, optional=True),
            _input(
                "cover",
                wording.WHO_COVERS_YOU if yours else wording.WHO_COVERS_THEM,
                _select(covers),
                optional=True,
            ),
            _REASON,
        ],
        channel=channel,
    )


def add_modal(roster: Roster, *, channel: str | None) -> Block:
    """Draw the form that adds somebody to the office."""
    return _modal(
        "add",
        "Add somebody",
        wording.THEY_ARE_ADDED,
        [
            _input("slack", wording.WHO_IN_SLACK, {"type": "users_select"}),
            _input("name", "Name", _NAME),
            _input("handle", "Handle, like amira", {"type": "plain_text_input", "max_length": 31}),
            _input("team", "Team", _teams(roster)),
            _input("roles", "Roles", _roles()),
            _input("email", "E-mail address", {"type": "email_text_input"}, optional=True),
            _REASON,
        ],
        channel=channel,
    )


def change_modal(roster: Roster, whose: str, *, channel: str | None) -> Block:
    """Draw the form that changes somebody, who is chosen already if `whose` names them."""
    return _modal(
        "change",
        "Change somebody",
        wording.EMPTY_STAYS,
        [
            _input("who", "Who?", _somebody(roster, whose)),
            _input("name", "New name", _NAME, optional=True),
            _input("team", "New team", _teams(roster), optional=True),
            _input("roles", "Roles from now on", _roles(), optional=True),
            _input("slack", wording.WHO_IN_SLACK, {"type": "users_select"}, optional=True),
            _input("email", "E-mail address", {"type": "email_text_input"}, optional=True),
            _REASON,
        ],
        channel=channel,
    )


def leave_modal(roster: Roster, whose: str, *, channel: str | None) -> Block:
    """Draw the form that notes that somebody has left."""
    return _modal(
        "leave",
        "Somebody has left",
        wording.THEY_LEFT,
        [_input("who", "Who?", _somebody(roster, whose)), _REASON],
        channel=channel,
    )


def prefer_modal(officer: Officer, *, channel: str | None) -> Block:
    """Draw the form in which somebody says how they like to be told, as it stands."""
    prefers = officer.prefers
    return _modal(
        "prefer",
        "How I am told",
        wording.NEVER_SILENT,
        [
            _input("digest", wording.WANTS_DIGEST, _yes_or_no(chosen=prefers.digest)),
            _input("early", wording.WANTS_EARLY, _yes_or_no(chosen=prefers.early)),
            _input("starts_at", "Your day begins at", _hour(prefers.starts_at), optional=True),
        ],
        channel=channel,
    )


def hand_over_next(leaver: str) -> Block:
    """Draw the button that opens the form for all that somebody holds, by their handle."""
    typed, name = FOR_THE_DESK[-1]
    return actions(button(name, f"{ids.MENU}:{typed}", f"{typed} {leaver}"))


def handover_modal(roster: Roster, *, channel: str | None, leaver: str = "") -> Block:
    """Draw the form of a hand-over. What it would move is listed before anything is done.

    `leaver` is the handle of whoever hands over, where that is known.
    """
    gone = {one.handle: f"{one.name} (has left)" for one in roster.former}
    here = {one.handle: one.name for one in roster.officers}
    return _modal(
        "handover",
        "Hand over",
        wording.LISTED_FIRST,
        [
            _input("who", wording.WHO_HANDS_OVER, _chosen(_select({**gone, **here}), leaver)),
            _input("successor", wording.WHO_TAKES_OVER, _select(here)),
            _REASON,
        ],
        channel=channel,
        does="Show the list",
    )


def _modal(
    kind: str,
    title: str,
    told: str,
    inputs: Sequence[Block],
    *,
    channel: str | None,
    does: str = "Save",
) -> Block:
    return {
        "type": "modal",
        "callback_id": ids.PEOPLE_MODAL,
        "private_metadata": json.dumps({"form": kind, "channel": channel}),
        "title": plain(title, TITLE),
        "submit": plain(does, TITLE),
        "close": plain("Cancel", TITLE),
        "blocks": [context(told), *inputs],
    }


def _input(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label, _LABEL),
        "optional": optional,
        "element": element | {"action_id": name},
    }


def _select(choices: Mapping[str, str]) -> Block:
    return {"type": "static_select", "options": _options(choices)}


def _chosen(menu: Block, value: str) -> Block:
    chosen = [one for one in menu["options"] if one["value"] == value]
    return menu | ({"initial_option": chosen[0]} if chosen else {})


def _options(choices: Mapping[str, str]) -> list[Block]:
    return [{"text": plain(name, OPTION), "value": key} for key, name in choices.items()]


def _yes_or_no(*, chosen: bool) -> Block:
    made = _select({"on": "Yes", "off": "No"})
    return made | {"initial_option": made["options"][0 if chosen else 1]}


def _hour(at: time | None) -> Block:
    return {"type": "timepicker"} | ({"initial_time": f"{at:%H:%M}"} if at else {})


def _somebody(roster: Roster, chosen: str) -> Block:
    return _chosen(_select({one.handle: one.name for one in roster.officers}), chosen)


def _teams(roster: Roster) -> Block:
    return _select({one.key: one.name for one in roster.teams})


def _roles() -> Block:
    roles = {role.value: role.value.capitalize() for role in Role}
    return {"type": "multi_static_select", "options": _options(roles)}


_NAME: Block = {"type": "plain_text_input", "max_length": 100}
_REASON = _input("reason", "Reason", {"type": "plain_text_input"}, optional=True)
