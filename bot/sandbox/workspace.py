"""The workspace itself: conversations and messages, and everyone told when they change."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from bot.sandbox.block_checks import with_block_ids
from bot.sandbox.changes import Changes
from bot.sandbox.clock import SandboxClock
from bot.sandbox.directory import Channel, Directory, Person
from bot.sandbox.former import Former
from bot.sandbox.json_values import Json
from bot.sandbox.limits import TEXT_CHARACTERS_KEPT
from bot.sandbox.manifest import TEAM_ID, App
from bot.sandbox.refusals import Refused, SlackError, not_known
from bot.sandbox.store import Store

GREATEST_SEQUENCE = 999_999


class Workspace:
    """People, conversations and messages of one local Slack."""

    def __init__(
        self,
        *,
        store: Store,
        directory: Directory,
        channels: Sequence[Channel],
        app: App,
        clock: SandboxClock,
        changes: Changes,
    ) -> None:
        self.store = store
        self.directory = directory
        self.app = app
        self.clock = clock
        self.changes = changes
        self.former = Former()
        self.own_url = "http://127.0.0.1"
        self.posted: Callable[[str, Json], None] = lambda _channel, _message: None
        self._block_numbers = itertools.count(store.next_number("blocks") * 1_000_000)
        self._conversations = {one["id"]: one for one in store.conversations()}
        for channel in channels:
            self._begin_with(channel)

    # --- conversations ------------------------------------------------------------------------

    def conversations(self) -> list[Json]:
        """List every conversation, channels and direct messages."""
        return list(self._conversations.values())

    def channels(self) -> list[Json]:
        """List the channels."""
        return [one for one in self.conversations() if one["kind"] == "channel"]

    def find(self, name: object) -> Json | None:
        """Find a conversation by id, name or "#name"."""
        wanted = str(name).strip()
        if wanted in self._conversations:
            return self._conversations[wanted]
        wanted = wanted.removeprefix("#").casefold()
        return next((one for one in self.channels() if one["name"] == wanted), None)

    def get(self, name: object) -> Json:
        """Find a conversation; raises `Refused` (404) with the names there are."""
        found = self.find(name)
        if found is None:
            raise not_known("channel", str(name), [one["name"] for one in self.channels()])
        return found

    def direct_messages(self, person: Person) -> Json:
        """Find or open the direct messages between a person and the app."""
        for one in self._conversations.values():
            if one["kind"] == "im" and one["person"] == person.id:
                return one
        return self.keep(
            {
                "id": f"D{person.id[1:]}",
                "kind": "im",
                "name": f"dm:{person.id}",
                "person": person.id,
                "topic": "",
                "members": [person.id, self.app.bot_person_id],
            }
        )

    def create_channel(self, name: str) -> Json:
        """Make a channel; raises `SlackError` where the name is taken."""
        if self.find(name):
            raise SlackError("name_taken")
        number = self.store.next_number("channels")
        return self.keep(
            {
                "id": f"C0NEW{number:05d}",
                "kind": "channel",
                "name": name.casefold(),
                "person": None,
                "topic": "",
                "members": [self.app.bot_person_id],
            }
        )

    def members(self, conversation: Json) -> list[str]:
        """List the ids of those in a conversation, the app among them."""
        listed: list[str] = conversation["members"]
        everyone = [*(one.id for one in self.directory.people), self.app.bot_person_id]
        return listed or everyone

    def add_members(self, conversation: Json, people: Sequence[str]) -> None:
        """Bring people into a channel; those already in it stay."""
        present = self.members(conversation)
        newcomers = [one for one in people if one not in present]
        if newcomers:
            self.keep({**conversation, "members": [*present, *newcomers]})
            self.changes.tell("channels")

    def keep(self, conversation: Json) -> Json:
        """Keep a conversation, new or changed."""
        self.store.save_conversation(conversation)
        self._conversations[conversation["id"]] = conversation
        return conversation

    def _begin_with(self, channel: Channel) -> None:
        if channel.id not in self._conversations:
            listed = [*channel.members, self.app.bot_person_id] if channel.members else []
            self.keep(
                {
                    "id": channel.id,
                    "kind": "channel",
                    "name": channel.name.removeprefix("#"),
                    "person": None,
                    "topic": "",
                    "members": listed,
                }
            )

    # --- messages -----------------------------------------------------------------------------

    def next_ts(self) -> str:
        """Give the next message's timestamp: the clock's second and a growing sequence."""
        second = f"{int(self.clock.now().timestamp()):010d}"
        last_second, _, last_number = (self.store.counter("ts") or "0000000000.0").partition(".")
        number = 1
        if second <= last_second:  # the clock stands still, or was moved back
            second, number = last_second, int(last_number) + 1
        if number > GREATEST_SEQUENCE:
            second, number = f"{int(second) + 1:010d}", 1
        ts = f"{second}.{number:06d}"
        self.store.set_counter("ts", ts)
        return ts

    def post(
        self, channel: str, message: Json, *, only_for: str | None = None, act: str = ""
    ) -> Json:
        """Keep a new message, give it its timestamp, and tell everyone who may see it."""
        with self.store.transaction():
            body = {**message, "ts": self.next_ts(), "team": TEAM_ID}
            body["text"] = str(body.get("text") or "")[:TEXT_CHARACTERS_KEPT]
            if body.get("blocks"):
                body["blocks"] = self.with_block_ids(body["blocks"])
            self.store.save_message(channel, body, only_for=only_for)
        self._told("message", channel, body, only_for, act)
        if only_for is None:
            self.posted(channel, body)
        return body

    def with_block_ids(self, blocks: list[Json]) -> list[Json]:
        """Give every block an id where the app gave none."""
        return with_block_ids(blocks, self._block_numbers)

    def edit(self, channel: str, ts: str, changes: Json, *, act: str = "") -> Json:
        """Change a message in place; raises `SlackError` where there is none."""
        body, only_for = self.message(channel, ts)
        self.former.keep(channel, ts, body.get("blocks") or [])
        body.update(changes)
        if body.get("blocks"):
            body["blocks"] = self.with_block_ids(body["blocks"])
        editor = body["user"]
        body["edited"] = {"user": editor, "ts": f"{int(self.clock.now().timestamp())}.000000"}
        self.store.save_message(channel, body, only_for=only_for)
        self._told("changed", channel, body, only_for, act)
        return body

    def annotate(self, channel: str, ts: str, changes: Json) -> None:
        """Change what surrounds a message, such as reactions, without marking it as edited."""
        body, only_for = self.message(channel, ts)
        body.update(changes)
        self.store.save_message(channel, body, only_for=only_for)
        self._told("changed", channel, body, only_for, "")

    def delete(self, channel: str, ts: str) -> None:
        """Remove a message; raises `SlackError` where there is none."""
        body, only_for = self.message(channel, ts)
        self.store.delete_message(channel, ts)
        self._told("deleted", channel, body, only_for, "")

    def message(self, channel: str, ts: str) -> tuple[Json, str | None]:
        """Find a message; raises `SlackError` where there is none."""
        found = self.store.message(channel, ts)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def shown(self, channel: str, ts: object, person: Person) -> Json:
        """Find a message that a person can see; raises `Refused` (404) where there is none."""
        found = self.store.message(channel, str(ts))
        if found is None or found[1] not in (None, person.id):
            raise Refused(f"There is no message {ts} here that {person.name} can see.", status=404)
        return found[0]

    def _told(self, what: str, channel: str, body: Json, only_for: str | None, act: str) -> None:
        self.changes.tell(
            what, channel=channel, message=for_page(body, only_for), only_for=only_for, act=act
        )


def for_page(body: Json, only_for: str | None) -> Json:
    """Describe a message as the page and a script read it."""
    thread_ts = body.get("thread_ts")
    return {
        "ts": body["ts"],
        "user": body["user"],
        "text": body["text"],
        "blocks": body.get("blocks") or [],
        "thread_ts": None if thread_ts == body["ts"] else thread_ts,
        "broadcast": body.get("subtype") == "thread_broadcast",
        "ephemeral": only_for is not None,
        "edited": bool(body.get("edited")),
        "from_app": "bot_id" in body,
        "metadata": body.get("metadata"),
        "files": body.get("files", []),
        "reactions": body.get("reactions", []),
    }


def from_app(app: App, content: Json) -> Json:
    """Write a message as the app posts it, with what Slack adds."""
    profile: dict[str, Any] = {
        "id": app.bot_id,
        "app_id": app.app_id,
        "name": app.name,
        "deleted": False,
        "team_id": TEAM_ID,
    }
    return {
        "type": "message",
        "user": app.bot_person_id,
        "bot_id": app.bot_id,
        "app_id": app.app_id,
        "bot_profile": profile,
        **content,
    }
