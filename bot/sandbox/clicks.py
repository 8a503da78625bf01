"""What a person clicks and picks: buttons, menus and shortcuts, and options asked of the app."""

from typing import Any

from bot.sandbox.acts import Acts, Place
from bot.sandbox.directory import Person
from bot.sandbox.elements import action, elements_of, find_element, options_of, state_of
from bot.sandbox.json_values import Json
from bot.sandbox.payloads import (
    in_message,
    in_view,
    interaction,
    message_shortcut,
    shortcut,
)
from bot.sandbox.refusals import not_known


async def in_conversation(
    acts: Acts,
    person: Person,
    conversation: Json,
    ts: object,
    *,
    action_id: str,
    block_id: str | None,
    value: Any,
    values: Json,
) -> Json:
    """Use an element of a message."""
    message = acts.workspace.shown(conversation["id"], ts, person)
    ephemeral = acts.workspace.message(conversation["id"], message["ts"])[1] is not None
    blocks = _as_seen(acts, conversation["id"], message, action_id)
    block, element = find_element(blocks, action_id, block_id=block_id, value=value)
    given = _with(values, block, element, value)
    payload = {
        **interaction(acts.workspace.app, person, "block_actions"),
        **in_message(conversation, message, ephemeral=ephemeral),
        "state": {"values": _state(acts, blocks, given, kept={})},
        "actions": [_action(acts, block, element, value)],
    }
    place = Place(conversation["id"], message["ts"], message.get("thread_ts"))
    return await acts.perform(person, place, kind="interactive", payload=payload)


def _as_seen(acts: Acts, channel: str, message: Json, action_id: str) -> list[Json]:
    """Give the blocks that were pressed: those there are, or those of a moment ago."""
    now: list[Json] = message.get("blocks") or []
    seen = [now, *acts.workspace.former.versions(channel, message["ts"])]
    fits = (
        blocks
        for blocks in seen
        if any(one["action_id"] == action_id for _, one in elements_of(blocks))
    )
    return next(fits, now)


async def on_view(
    acts: Acts,
    person: Person,
    view_id: object,
    *,
    action_id: str,
    block_id: str | None,
    value: Any,
    values: Json,
) -> Json:
    """Use an element of a modal or of the App Home."""
    view = acts.views.get(person.id, view_id)
    block, element = find_element(view["blocks"], action_id, block_id=block_id, value=value)
    given = _with(values, block, element, value)
    filled = acts.views.fill(person.id, view, given)
    payload = {
        **interaction(acts.workspace.app, person, "block_actions"),
        **in_view(filled),
        "actions": [_action(acts, block, element, value)],
    }
    place = Place(view_id=view["id"])
    return await acts.perform(person, place, kind="interactive", payload=payload)


async def use_shortcut(
    acts: Acts, person: Person, callback_id: str, conversation: Json | None, ts: object
) -> Json:
    """Use a global shortcut, or a message shortcut on a message."""
    known = acts.workspace.app.shortcuts
    wanted = next((one for one in known if one.callback_id == callback_id), None)
    if wanted is None:
        raise not_known("shortcut", callback_id, [one.callback_id for one in known])
    at = _at(acts)
    if wanted.type != "message" or conversation is None:
        payload = shortcut(person, callback_id, action_ts=at)
        return await acts.perform(person, Place(), kind="interactive", payload=payload)
    message = acts.workspace.shown(conversation["id"], ts, person)
    payload = message_shortcut(person, callback_id, conversation, message, action_ts=at)
    place = Place(conversation["id"], message["ts"], message.get("thread_ts"))
    return await acts.perform(person, place, kind="interactive", payload=payload)


async def suggestions(
    acts: Acts, person: Person, surface: Json, *, action_id: str, block_id: str | None, text: str
) -> list[Json]:
    """Ask the app for an external menu's options.

    Args:
        acts: carries the question.
        person: who types.
        surface: {"view": …} or {"conversation": …, "message": …, "ephemeral": …}.
        action_id: the menu.
        block_id: its block, where several menus have the same action_id.
        text: what has been typed.
    """
    holder = surface.get("view") or surface["message"]
    block, element = find_element(holder["blocks"], action_id, block_id=block_id, value=None)
    if element["type"] not in {"external_select", "multi_external_select"}:
        return options_of(element)
    where = (
        in_view(surface["view"])
        if "view" in surface
        else in_message(surface["conversation"], surface["message"], ephemeral=surface["ephemeral"])
    )
    payload = {
        **interaction(acts.workspace.app, person, "block_suggestion"),
        **where,
        "action_id": action_id,
        "block_id": block["block_id"],
        "value": text,
    }
    answer = await acts.delivery.send("interactive", payload)
    return options_of(answer.body)


def _action(acts: Acts, block: Json, element: Json, value: Any) -> Json:
    return action(block, element, value, person_id=_person_id(acts), at=_at(acts))


def _state(acts: Acts, blocks: list[Json], given: Json, *, kept: Json) -> Json:
    return state_of(blocks, given, kept=kept, person_id=_person_id(acts), whole_form=True)


def _person_id(acts: Acts) -> Any:
    return lambda who: acts.workspace.directory.get(who).id


def _at(acts: Acts) -> str:
    return f"{acts.workspace.clock.now().timestamp():.6f}"


def _with(values: Json, block: Json, element: Json, value: Any) -> Json:
    """Add what was just picked to the rest of the form."""
    if value is None or element["type"] in {"button", "overflow"}:
        return values
    return {**values, block["block_id"]: {element["action_id"]: value}}
