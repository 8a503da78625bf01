"""What a person does: commands, messages, clicks, modals and shortcuts."""

from typing import Any

from bot.sandbox import clicks, modals, speech
from bot.sandbox.acts import Acts
from bot.sandbox.asked import Asked
from bot.sandbox.json_values import Json
from bot.sandbox.refusals import Refused

MOST_CHARACTERS = 40_000


class Doing:
    """Does each act that is asked for, and answers with what came of it."""

    def __init__(self, acts: Acts) -> None:
        self._acts = acts
        self._workspace = acts.workspace

    async def command(self, asked: Asked) -> Json:
        """Run a slash command."""
        person = asked.person()
        text = _short(str(asked.must("text")))
        place = _open(asked.conversation(person))
        outcome = await speech.command(self._acts, person, place, text)
        return _without_ack(outcome)

    async def message(self, asked: Asked) -> Json:
        """Post what a person writes."""
        person = asked.person()
        conversation = _open(asked.conversation(person))
        thread_ts = asked.maybe("thread_ts")
        if thread_ts:
            self._workspace.shown(conversation["id"], thread_ts, person)
        text = _short(str(asked.must("text")))
        return speech.say(self._workspace, person, conversation, text, thread_ts=thread_ts)

    async def click(self, asked: Asked) -> Json:
        """Use a button or a menu, in a message, a modal or the App Home."""
        person = asked.person()
        what: dict[str, Any] = {
            "action_id": str(asked.must("action_id")),
            "block_id": asked.maybe("block_id"),
            "value": asked.fields.get("value"),
            "values": asked.values(),
        }
        if asked.maybe("view_id"):
            view_id = asked.fields["view_id"]
            return _without_ack(await clicks.on_view(self._acts, person, view_id, **what))
        ts, conversation = asked.must("ts"), asked.conversation(person)
        outcome = await clicks.in_conversation(self._acts, person, conversation, ts, **what)
        return _without_ack(outcome)

    async def submit(self, asked: Asked) -> Json:
        """Submit a modal."""
        view_id, values = asked.must("view_id"), asked.values()
        return _without_ack(await modals.submit(self._acts, asked.person(), view_id, values))

    async def close(self, asked: Asked) -> Json:
        """Close a modal, or all of them."""
        everything = bool(asked.fields.get("all"))
        view_id = asked.must("view_id")
        return await modals.close(self._acts, asked.person(), view_id, everything=everything)

    async def shortcut(self, asked: Asked) -> Json:
        """Use a shortcut, on a message where it is a message shortcut."""
        person = asked.person()
        placed = asked.maybe("channel") or asked.maybe("dm")
        conversation = asked.conversation(person) if placed else None
        callback_id, ts = str(asked.must("callback_id")), asked.fields.get("ts")
        outcome = await clicks.use_shortcut(self._acts, person, callback_id, conversation, ts)
        return _without_ack(outcome)

    async def options(self, asked: Asked) -> list[Json]:
        """Ask the app for an external menu's options."""
        person = asked.person()
        if asked.maybe("view_id"):
            surface: Json = {"view": self._acts.views.get(person.id, asked.fields["view_id"])}
        else:
            conversation = asked.conversation(person)
            message = self._workspace.shown(conversation["id"], asked.must("ts"), person)
            only_for = self._workspace.message(conversation["id"], message["ts"])[1]
            surface = {
                "conversation": conversation,
                "message": message,
                "ephemeral": only_for is not None,
            }
        return await clicks.suggestions(
            self._acts,
            person,
            surface,
            action_id=str(asked.must("action_id")),
            block_id=asked.maybe("block_id"),
            text=asked.maybe("text") or "",
        )

    async def mark_read(self, asked: Asked) -> Json:
        """Note how far a person has read."""
        person, conversation = asked.person(), asked.readable()[0]
        newest = self._workspace.store.newest().get(conversation["id"], "")
        ts = asked.maybe("ts") or newest
        self._workspace.store.mark_read(person.id, conversation["id"], ts)
        return {"channel": conversation["id"], "ts": ts}


def _without_ack(outcome: Json) -> Json:
    return {key: value for key, value in outcome.items() if key != "ack"}


def _short(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"The text is too long: at most {MOST_CHARACTERS:,} characters.")
    return text


def _open(conversation: Json) -> Json:
    if conversation.get("archived"):
        raise Refused(f"#{conversation['name']} is archived: unarchive it to write there.")
    return conversation
