"""What a person does to an element: the action that an app is sent, and the state of a form."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

from bot.sandbox.json_values import Json
from bot.sandbox.refusals import Refused

PersonId = Callable[[str], str]  # a handle or id, as its id

# type -> the key of its value in a form's state, and the field that it begins with
ONE_VALUE = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
}
MANY_VALUES = {
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", ""),
}
STATEFUL = ONE_VALUE | MANY_VALUES
PICKED_BY_OPTION = frozenset({"selected_option", "selected_options"})
WRITTEN_AS: dict[str, tuple[Callable[[str], Any], str]] = {
    "selected_date": (date.fromisoformat, "2020-08-12"),
    "selected_time": (time.fromisoformat, "09:00"),
    "selected_date_time": (int, "1597222800"),
}
PICKED_BY_PERSON = frozenset({"selected_user", "selected_users"})


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Go through a surface's elements, each with its block."""
    for block in blocks:
        for element in block.get("elements") or []:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element
        for name in ("accessory", "element"):
            if isinstance(block.get(name), dict) and "action_id" in block[name]:
                yield block, block[name]


def find_element(
    blocks: list[Json], action_id: str, *, block_id: str | None, value: Any
) -> tuple[Json, Json]:
    """Find the element to act on; raises `Refused` (404) with the ids there are.

    Where several blocks have the same action_id, `block_id` chooses, or a button's `value`.
    """
    found = [
        (block, element)
        for block, element in elements_of(blocks)
        if element["action_id"] == action_id and block_id in (None, block["block_id"])
    ]
    if not found:
        known = ", ".join(dict.fromkeys(one["action_id"] for _, one in elements_of(blocks)))
        raise Refused(f"Nothing here has the action “{action_id}”. There are: {known}.", status=404)
    by_value = [pair for pair in found if pair[1].get("value") == value]
    return (by_value or found)[0]


def action(block: Json, element: Json, value: Any, *, person_id: PersonId, at: str) -> Json:
    """Write the action of a person on an element."""
    kind = element["type"]
    done: Json = {"action_id": element["action_id"], "block_id": block["block_id"], "type": kind}
    if kind in STATEFUL:
        done.update(_chosen(element, value, person_id))
    else:
        done.update(
            {key: element[key] for key in ("text", "value", "style", "url") if key in element}
        )
    for key in ("placeholder", "confirm"):
        if key in element and kind != "button":
            done[key] = element[key]
    return {**done, "action_ts": at}


def state_of(
    blocks: list[Json], given: Json, *, kept: Json, person_id: PersonId, whole_form: bool
) -> Json:
    """Write a form's state: what was given, else what was kept, else what it begins with.

    Args:
        blocks: the form.
        given: values by block_id or action_id, or Slack's own nested state.
        kept: the state before.
        person_id: turns a handle into an id.
        whole_form: whether every element that can hold a value is to be listed.
    """
    state: Json = {}
    for block, element in elements_of(blocks):
        if element["type"] not in STATEFUL or element["type"] == "overflow":
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        found, value = _given(given, block_id, action_id)
        before = kept.get(block_id, {}).get(action_id)
        if found and isinstance(value, dict) and "type" in value:
            chosen = {key: one for key, one in value.items() if key != "type"}
        elif found:
            chosen = _chosen(element, value, person_id)
        elif before is not None:
            chosen = before
        elif whole_form:
            chosen = _beginning(element)
        else:
            continue
        state.setdefault(block_id, {})[action_id] = {"type": element["type"], **chosen}
    return state


def missing(blocks: list[Json], state: Json) -> dict[str, str]:
    """Say which fields Slack itself would not let a person leave as they are, by block_id."""
    found: dict[str, str] = {}
    for block in blocks:
        element = block.get("element")
        if block["type"] != "input" or not isinstance(element, dict):
            continue
        held = state.get(block["block_id"], {}).get(element["action_id"], {})
        value = next((one for key, one in held.items() if key != "type"), None)
        if value in (None, "", []):
            if not block.get("optional"):
                found[block["block_id"]] = "This field is required."
        elif isinstance(value, str):
            least, most = element.get("min_length", 0), element.get("max_length", 3000)
            if not least <= len(value) <= most:
                found[block["block_id"]] = f"Write between {least} and {most} characters."
    return found


def options_of(element: Json) -> list[Json]:
    """List an element's options, whether or not they are in groups."""
    grouped = [one for group in element.get("option_groups") or [] for one in group["options"]]
    return [*(element.get("options") or []), *grouped]


def _given(given: Json, block_id: str, action_id: str) -> tuple[bool, Any]:
    for name in (block_id, action_id):
        if name not in given:
            continue
        value = given[name]
        if isinstance(value, dict) and action_id in value:
            return True, value[action_id]
        return True, value
    return False, None


def _beginning(element: Json) -> Json:
    kind = element["type"]
    key, initial = STATEFUL[kind]
    return {key: element.get(initial, [] if kind in MANY_VALUES else None)}


def _chosen(element: Json, value: Any, person_id: PersonId) -> Json:
    kind = element["type"]
    if kind in MANY_VALUES:
        key = MANY_VALUES[kind][0]
        values = value if isinstance(value, list) else [value]
        return {
            key: [_one(element, key, one, person_id) for one in values if one not in (None, "")]
        }
    key = ONE_VALUE[kind][0]
    if value in (None, ""):
        return {key: None}
    if kind == "rich_text_input" and isinstance(value, str):
        return {key: rich_text(value)}
    return {key: _one(element, key, value, person_id)}


def _one(element: Json, key: str, value: Any, person_id: PersonId) -> Any:
    if key in PICKED_BY_OPTION:
        return _option(element, value)
    if key in PICKED_BY_PERSON:
        return person_id(str(value))
    if key in WRITTEN_AS:
        return _read(value, *WRITTEN_AS[key])
    return str(value) if key == "value" else value


def _read(value: Any, read: Callable[[str], Any], like: str) -> Any:
    """Check that a date or time is one; a moment is given as Unix seconds."""
    try:
        moment = read(str(value))
    except ValueError:
        raise Refused(f"“{value}” cannot be picked here. Write it like {like}.") from None
    return moment if isinstance(moment, int) else str(value)


def _option(element: Json, value: Any) -> Json:
    if isinstance(value, dict):
        return value
    options = options_of(element)
    for option in options:
        if option["value"] == value or option["text"]["text"] == value:
            return {key: one for key, one in option.items() if key != "url"}
    if element["type"].endswith("external_select"):
        return {
            "text": {"type": "plain_text", "text": str(value), "emoji": True},
            "value": str(value),
        }
    known = ", ".join(option["value"] for option in options)
    raise Refused(f"“{value}” is not one of the options. There are: {known}.")


def rich_text(text: str) -> Json:
    """Write plain text as Slack's rich text."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
