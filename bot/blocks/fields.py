"""The fields of a form: one input each, by the kind of thing it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bot import ids
from bot.blocks.limits import HOLDS
from bot.blocks.text import OPTION, Block, plain
from workflow.casework.errors import Lacking
from workflow.law.citations import in_full
from workflow.law.exemption_search import citation, search
from workflow.law.regime import Regime
from workflow.services.fields import LONGEST_TEXT, Field, Kind, in_words, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from workflow.casework.roles import Roster
    from workflow.law.exemptions import Exemption

LONGEST_INPUT = LONGEST_TEXT
MOST_OPTIONS = 100  # that are offered to what was typed
AGAIN = "~"  # after a field's name: the same field, begun afresh
_LINE = 150
_HINT = 150
_VALUE = HOLDS["option"].ids["value"]


class Setting(NamedTuple):
    """What a form is drawn for: the people, the day, and what is known of the request."""

    roster: Roster
    today: date
    team: str | None = None
    regime: Regime = Regime.FOIA
    engaged: tuple[str, ...] = ()


def field_input(field: Field, given: str | None, setting: Setting, *, kept: bool) -> Block:
    """Draw the input of a field. `kept` has Slack tell what is filled in, so that it is kept."""
    element = _element(field, given, setting) | {"action_id": ids.field_id(field.name)}
    if kept and element["type"] == "plain_text_input":
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    made: Block = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label, _HINT),
        "optional": not field.required,
        "dispatch_action": kept,
        "element": element,
    }
    return made | {"hint": plain(field.hint, _HINT)} if field.hint else made


def name_of(block_id: str) -> str:
    """Read a field's name from the id of its block."""
    return block_id.removesuffix(AGAIN)


def values_of(state: Mapping[str, Any]) -> dict[str, str | None]:
    """Read what is filled in: field name -> what was typed or chosen, several with commas."""
    return {
        name_of(block_id): _value(next(iter(elements.values())))
        for block_id, elements in state["values"].items()
    }


def sections(regime: Regime, typed: str) -> list[Block]:
    """Give the exemptions that fit what was typed, as the entries of a menu."""
    rows = search(regime, typed)
    made = [_cited(regime, row, number) for row in rows for number in in_full(row)]
    limb = _as_typed(regime, typed)
    if limb and rows and limb not in {one["value"] for one in made}:
        made.insert(0, _option(limb, f"{limb} {rows[0].title}", f"{rows[0].status}"))
    return made[:MOST_OPTIONS]


def _cited(regime: Regime, row: Exemption, number: str) -> Block:
    section = citation(regime, number)
    return _option(section, f"{section} {row.title}", f"{row.status}")


def _as_typed(regime: Regime, typed: str) -> str:
    """Give a limb finer than the table's as it was typed: "31(1)(a)"; empty for anything else."""
    if "(" not in typed or not typed.rstrip().endswith(")"):
        return ""
    try:
        section = str(read(Field("section", Kind.SECTION, "Exemption"), "".join(typed.split())))
    except Lacking:
        return ""
    return citation(regime, section.removeprefix("s.").removeprefix("reg. "))


def _option(value: str, text: str, description: str = "") -> Block:
    made: Block = {"text": plain(text, OPTION), "value": value}
    return made | {"description": plain(description, OPTION)} if description else made


def _value(element: Mapping[str, Any]) -> str | None:
    if several := element.get("selected_options"):
        return ",".join(one["value"] for one in several)
    chosen = element.get("selected_option")
    value = chosen["value"] if chosen else element.get("selected_date") or element.get("value")
    return str(value) if value is not None else None


def _element(field: Field, given: str | None, setting: Setting) -> Block:
    if field.kind in (Kind.SECTION, Kind.SECTIONS):
        return _exemptions(field, given, setting)
    if field.kind is Kind.DAY:
        start = setting.today.isoformat() if field.name == "received" else None
        day = given or start
        return {"type": "datepicker"} | ({"initial_date": day} if day else {})
    if choices := _choices(field, setting):
        return _select(choices, given)
    if field.kind is Kind.TEXT:
        return _typed(given, multiline=True, longest=LONGEST_INPUT)
    return _typed(given, multiline=False, longest=_LINE)


def _choices(field: Field, setting: Setting) -> dict[str, str]:
    if field.kind is Kind.TEAM:
        return {one.key: one.name for one in setting.roster.teams}
    if field.kind in (Kind.OFFICER, Kind.ANYBODY):
        everybody = {one.handle: one.name for one in setting.roster.officers}
        theirs = [one.handle for one in setting.roster.officers if one.team == setting.team]
        wanted = theirs if field.kind is Kind.OFFICER and theirs else everybody
        return {handle: everybody[handle] for handle in wanted}
    return {one: in_words(one) for one in field.choices}


def _exemptions(field: Field, given: str | None, setting: Setting) -> Block:
    """Offer what is engaged already where an act speaks of that, else the whole table to search."""
    if field.name == "section" and setting.engaged:
        return _select({one: one for one in setting.engaged}, given)
    several = field.kind is Kind.SECTIONS
    made: Block = {
        "type": "multi_external_select" if several else "external_select",
        "min_query_length": 0,
        "placeholder": plain("Section or words: 31, commercial", _HINT),
    }
    chosen = [_option(one, one) for one in _parts(given) if len(one) <= _VALUE]
    if not chosen:
        return made
    return made | ({"initial_options": chosen} if several else {"initial_option": chosen[0]})


def _parts(given: str | None) -> Sequence[str]:
    return [one.strip() for one in (given or "").split(",") if one.strip()]


def _typed(given: str | None, *, multiline: bool, longest: int) -> Block:
    made: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": longest}
    return made | {"initial_value": given[:longest]} if given else made


def _select(choices: Mapping[str, str], given: str | None) -> Block:
    options = {key: _option(key, name) for key, name in choices.items()}
    made: Block = {"type": "static_select", "options": list(options.values())}
    return made | {"initial_option": options[given]} if given in options else made
