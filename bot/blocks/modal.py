"""Modals made from the table of forms: one input per field, errors on the fields themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot import ids
from bot.blocks.text import OPTION, TITLE, Block, context, escape, named, plain
from workflow.casework.stages import Act
from workflow.services.fields import LONGEST_TEXT, Field, Kind
from workflow.services.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from workflow.casework.roles import Roster

LONGEST_INPUT = LONGEST_TEXT
_SUBJECT = 150
_HINT = 150


def act_modal(
    act: Act,
    *,
    reference: str,
    channel: str | None,
    roster: Roster,
    team: str | None,
    today: date,
    given: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
) -> Block:
    """Draw the modal of an act. `given` are words typed already; `channel` is where to answer.

    `notes` stand above the fields: why it is asked, and what to think about.
    """
    carried = {"act": act.name, "reference": reference, "channel": channel}
    values = given or {}
    return {
        "type": "modal",
        "callback_id": ids.ACT_MODAL,
        "private_metadata": json.dumps(carried),
        "title": plain(_title(act), TITLE),
        "submit": plain(_title(act), TITLE),
        "close": plain("Cancel", TITLE),
        "blocks": [
            context(
                f"*{escape(reference)}*: {act}." if reference else "A request that has arrived."
            ),
            *(context(escape(note)) for note in notes),
            *(_input(one, values.get(one.name), roster, team, today) for one in FORMS[act]),
        ],
    }


def values_of(state: Mapping[str, Any]) -> dict[str, str | None]:
    """Read the values of a submitted modal: field name -> what was typed or chosen."""
    return {
        block_id: _value(next(iter(elements.values())))
        for block_id, elements in state["values"].items()
    }


def _value(element: Mapping[str, Any]) -> str | None:
    chosen = element.get("selected_option")
    value = chosen["value"] if chosen else element.get("selected_date") or element.get("value")
    return str(value) if value is not None else None


def _title(act: Act) -> str:
    short = {
        Act.LOG: "Log a request",
        Act.ACKNOWLEDGE_ESCALATION: "Answer the escalation",
        Act.RECORD_PUBLIC_INTEREST_TEST: "Public interest test",
        Act.CORRECT_RECEIPT: "Date of receipt",
        Act.RECORD_COMPLAINT: "Complaint to the ICO",
        Act.RECORD_ICO_QUESTIONS: "The ICO's questions",
        Act.RECORD_ICO_DECISION: "The ICO's decision",
        Act.RECORD_STEPS: "Steps taken",
        Act.RECORD_TRIBUNAL: "The tribunal's decision",
    }
    return short.get(act, named(act))


def _input(field: Field, given: str | None, roster: Roster, team: str | None, today: date) -> Block:
    made: Block = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label, _HINT),
        "optional": not field.required,
        "element": _element(field, given, roster, team, today) | {"action_id": field.name},
    }
    return made | {"hint": plain(field.hint, _HINT)} if field.hint else made


def _element(
    field: Field, given: str | None, roster: Roster, team: str | None, today: date
) -> Block:
    match field.kind:
        case Kind.CHOICE | Kind.ACTIVITY | Kind.REGIME | Kind.TREATMENT:
            return _select({one: one.replace("-", " ") for one in field.choices}, given)
        case Kind.TEAM:
            return _select({one.key: one.name for one in roster.teams}, given)
        case Kind.OFFICER:
            people = {one.handle: one.name for one in roster.officers if one.team == team}
            return _select(people or {one.handle: one.name for one in roster.officers}, given)
        case Kind.DAY:
            start = {"initial_date": today.isoformat()} if field.name == "received" else {}
            return {"type": "datepicker"} | start
        case Kind.TEXT:
            return _typed(given, multiline=True, longest=LONGEST_INPUT)
        case _:
            return _typed(given, multiline=False, longest=_SUBJECT)


def _typed(given: str | None, *, multiline: bool, longest: int) -> Block:
    made: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": longest}
    return made | {"initial_value": given[:longest]} if given else made


def _select(choices: Mapping[str, str], given: str | None) -> Block:
    options = {key: {"text": plain(name, OPTION), "value": key} for key, name in choices.items()}
    made: Block = {"type": "static_select", "options": list(options.values())[:100]}
    return made | {"initial_option": options[given]} if given in options else made
