"""One call of the Web API: its arguments, and the workspace it acts on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.administration import Administration
from bot.sandbox.directory import Person
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.grants import Triggers
from bot.sandbox.installing import Installing
from bot.sandbox.json_values import Json
from bot.sandbox.refusals import SlackError
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.tokens import Tokens
from bot.sandbox.views import Views
from bot.sandbox.workspace import Workspace


@dataclass(frozen=True)
class Call:
    """What a method is given."""

    args: Json
    workspace: Workspace
    views: Views
    triggers: Triggers
    faults: Faults
    socket: SocketMode
    administration: Administration
    installing: Installing
    tokens: Tokens
    events: Events
    token: str = ""  # by which it was let in

    def text(self, name: str) -> str:
        """Read an argument that must be there; raises `SlackError`."""
        value = self.args.get(name)
        if value in (None, ""):
            raise SlackError(
                "invalid_arguments",
                f"[ERROR] missing required field: {name} [json-pointer:/{name}]",
            )
        return str(value)

    def maybe(self, name: str) -> str | None:
        """Read an argument that may be missing."""
        value = self.args.get(name)
        return None if value in (None, "") else str(value)

    def flag(self, name: str) -> bool:
        """Read a true or false argument, however it was written."""
        return str(self.args.get(name, "")).casefold() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        """Read a number; raises `SlackError` where it is none."""
        try:
            return int(self.args.get(name) or default)
        except (TypeError, ValueError):
            raise SlackError("invalid_arguments") from None

    def many(self, name: str) -> list[str]:
        """Read a list, written as a list or separated by commas."""
        value = self.args.get(name) or []
        return [str(one) for one in value] if isinstance(value, list) else str(value).split(",")

    def conversation(self, name: str = "channel") -> Json:
        """Find the conversation that an argument names; raises `SlackError`."""
        found = self.workspace.find(self.text(name))
        if found is None:
            raise SlackError("channel_not_found")
        return found

    def writable(self, name: str = "channel") -> Json:
        """Find a conversation that the app may write to; raises `SlackError`."""
        return self.open_to_app(self.conversation(name))

    def open_to_app(self, conversation: Json) -> Json:
        """See that the app may write to a conversation; raises `SlackError`."""
        if conversation.get("archived"):
            raise SlackError("is_archived")
        if conversation["kind"] == "im":
            self._active(conversation["person"])
        elif not self._may_write_anywhere() and not self._is_in(conversation):
            raise SlackError("not_in_channel")
        return conversation

    def _may_write_anywhere(self) -> bool:
        return self.administration.has("chat:write.public", self.workspace.app.scopes)

    def _is_in(self, conversation: Json) -> bool:
        return self.workspace.app.bot_person_id in self.workspace.members(conversation)

    def _active(self, person_id: str) -> None:
        person = self.workspace.directory.find(person_id)
        if person is not None:
            self.administration.see_active(person)

    def person(self, name: str = "user") -> Person:
        """Find the person that an argument names by id; raises `SlackError`."""
        wanted = self.text(name)
        for one in self.workspace.directory.people:
            if one.id == wanted:
                return one
        raise SlackError("user_not_found")

    def part(self, things: list[Any], *, most: int = 100) -> tuple[list[Any], Json]:
        """Cut a page out of a list by `cursor` and `limit`, with the answer's metadata."""
        start = int((self.maybe("cursor") or "from:0").removeprefix("from:") or 0)
        end = start + min(self.number("limit", most), 1000)
        following = f"from:{end}" if end < len(things) else ""
        return things[start:end], {"next_cursor": following}


Method = Callable[[Call], Json]
