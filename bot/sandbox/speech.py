"""What a person types: slash commands and messages, as Slack reads them."""

import re

from bot.sandbox.acts import Acts, Place
from bot.sandbox.block_checks import complaints_about_message
from bot.sandbox.delivery import Answer
from bot.sandbox.directory import Person
from bot.sandbox.json_values import Json
from bot.sandbox.payloads import slash_command
from bot.sandbox.workspace import Workspace, for_page

MENTION = re.compile(r"(?<![\w@])@([\w.-]*\w)")
CHANNEL = re.compile(r"(?<![\w#&])#([\w-]+)")
WEB_ADDRESS = re.compile(r"\bhttps?://[^\s<>|]+")


async def command(acts: Acts, person: Person, conversation: Json, text: str) -> Json:
    """Run a slash command; a text with no slash is given to the app's first command."""
    app = acts.workspace.app
    name, _, rest = text.strip().partition(" ")
    if not name.startswith("/"):
        first = app.commands[0].command if app.commands else "/"
        name, rest = first, text.strip()
    known = app.command(name)
    place = Place(channel=conversation["id"])
    if known is None:
        return _unknown(acts, person, place, name)
    words = rest.strip()
    if known.should_escape:
        words = with_references(acts.workspace, escaped(words), named=True)

    def show(answer: Answer, grant: Json) -> None:
        refused = complaints_about_message(answer.body.get("blocks") or [])
        if refused:
            acts.say_privately(grant, f"{name} was answered with invalid_blocks: {refused[0]}")
        else:
            acts.response_urls.answer(grant, answer.body)

    payload = slash_command(app, person, conversation, command=name, text=words)
    return await acts.perform(person, place, kind="slash_commands", payload=payload, then=show)


def say(
    workspace: Workspace, person: Person, conversation: Json, text: str, *, thread_ts: str | None
) -> Json:
    """Post what a person writes; @handles, #channels and web addresses become references."""
    message: Json = {
        "type": "message",
        "user": person.id,
        "text": with_references(workspace, escaped(text), named=False),
    }
    if thread_ts:
        message["thread_ts"] = thread_ts
    return for_page(workspace.post(conversation["id"], message), None)


def escaped(text: str) -> str:
    """Escape what Slack escapes in a person's text: & < >."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def with_references(workspace: Workspace, text: str, *, named: bool) -> str:
    """Turn @handle, #channel and web addresses into Slack's references.

    Args:
        workspace: whose people and channels may be referred to.
        text: escaped text.
        named: whether a reference carries the name too, as in a command.
    """

    def person(found: re.Match[str]) -> str:
        handle = found[1]
        one = workspace.directory.find(handle)
        if one is not None:
            return f"<@{one.id}|{one.handle}>" if named else f"<@{one.id}>"
        if handle.casefold() == workspace.app.name.casefold().replace(" ", "-"):
            return f"<@{workspace.app.bot_person_id}>"
        return found[0]

    def channel(found: re.Match[str]) -> str:
        one = workspace.find(found[1])
        return f"<#{one['id']}|{one['name']}>" if one else found[0]

    linked = WEB_ADDRESS.sub(lambda found: f"<{found[0]}>", text)
    return CHANNEL.sub(channel, MENTION.sub(person, linked))


def _unknown(acts: Acts, person: Person, place: Place, name: str) -> Json:
    names = ", ".join(one.command for one in acts.workspace.app.commands)
    text = f"“{escaped(name)}” is not a command here. There are: {names}."
    grant = {"person": person.id, "channel": place.channel, "act": "", "thread_ts": None}
    reply = for_page(acts.say_privately(grant, text), person.id)
    return {
        "ack_ms": None,
        "error": "unknown_command",
        "reply": reply,
        "replies": [reply],
        "view_id": None,
        "ack": {},
    }
