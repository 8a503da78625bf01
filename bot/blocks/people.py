"""People in Slack: the list, the form of an absence, the form that adds somebody, a hand-over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot import ids
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
    from datetime import date

    from workflow.casework.roles import Officer, Roster

MOST_OPTIONS = 100  # Slack shows no more
MOST_LETTERS = 2900  # of one block, below Slack's 3,000
MOST_BLOCKS = 40
_LABEL = 150


def listing(title: str, lines: Sequence[str], *, may_add: bool) -> list[Block]:
    """Draw who works here, and what one may change."""
    add = [button("Add somebody", f"{ids.MENU}:people_add", "people add")] if may_add else []
    away = button("I will be away", f"{ids.MENU}:absent", "absent")
    return [header(title), *_paragraphs(lines), actions(away, *add)]


def history(lines: Sequence[str]) -> list[Block]:
    """Draw what changed about people; where it is too much, the latest of it."""
    return [header("What changed about people"), *_paragraphs(lines)[-MOST_BLOCKS:]]


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
    return [said(one) for one in made[:MOST_BLOCKS]]


def absent_modal(officer: Officer, roster: Roster, *, today: date, channel: str | None) -> Block:
    """Draw the form in which somebody says that they will be away, and who covers."""
    others = {one.handle: one.name for one in roster.officers if one.handle != officer.handle}
    near = [one.handle for one in roster.officers if one.team == officer.team]
    ordered = sorted(others, key=lambda handle: (handle not in near, others[handle]))
    first = {"type": "datepicker", "initial_date": today.isoformat()}
    return _modal(
        "absent",
        "Away",
        "What is due to you goes to whoever covers, and they may do what you may.",
        [
            _input("first", "First day away", first),
            _input("last", "Last day away", {"type": "datepicker"}, optional=True),
            _input(
                "cover",
                "Who covers for you?",
                _select({handle: others[handle] for handle in ordered}),
                optional=True,
            ),
            _input("reason", "Reason", {"type": "plain_text_input"}, optional=True),
        ],
        channel=channel,
    )


def add_modal(roster: Roster, *, channel: str | None) -> Block:
    """Draw the form that adds somebody to the office."""
    roles = {role.value: role.value.capitalize() for role in Role}
    chosen = {"type": "multi_static_select", "options": _options(roles)}
    return _modal(
        "add",
        "Add somebody",
        "They can use FOI Desk at once. It is kept who added them.",
        [
            _input("slack", "Who in Slack?", {"type": "users_select"}),
            _input("name", "Name", {"type": "plain_text_input", "max_length": 100}),
            _input("handle", "Handle, like amira", {"type": "plain_text_input", "max_length": 31}),
            _input("team", "Team", _select({one.key: one.name for one in roster.teams})),
            _input("roles", "Roles", chosen),
            _input("email", "E-mail address", {"type": "email_text_input"}, optional=True),
            _input("reason", "Reason", {"type": "plain_text_input"}, optional=True),
        ],
        channel=channel,
    )


def _modal(
    kind: str, title: str, told: str, inputs: Sequence[Block], *, channel: str | None
) -> Block:
    return {
        "type": "modal",
        "callback_id": ids.PEOPLE_MODAL,
        "private_metadata": json.dumps({"form": kind, "channel": channel}),
        "title": plain(title, TITLE),
        "submit": plain("Save", TITLE),
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


def _options(choices: Mapping[str, str]) -> list[Block]:
    some = list(choices.items())[:MOST_OPTIONS]
    return [{"text": plain(name, OPTION), "value": key} for key, name in some]
