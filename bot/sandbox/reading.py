"""What a person can see: messages, modals, the App Home, people, channels, and the log."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from bot.sandbox.asked import Asked
from bot.sandbox.changes import Watch
from bot.sandbox.clock import told
from bot.sandbox.directory import group_handle
from bot.sandbox.events import Events
from bot.sandbox.json_values import Json
from bot.sandbox.log import Log
from bot.sandbox.workspace import Workspace, for_page

Completions = Callable[[str, str], list[dict[str, Any]]]
HOME_WAIT = 1.5  # seconds that opening the Home tab waits for the app to fill it


class Reading:
    """Answers every question that changes nothing."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        events: Events,
        log: Log,
        completions: Completions | None,
        hints: Sequence[tuple[str, str]],
        today_hint: str,
    ) -> None:
        self._workspace = workspace
        self._events = events
        self._log = log
        self._completions = completions
        self._hints = hints
        self._today_hint = today_hint

    async def messages(self, asked: Asked) -> list[Json]:
        """List a conversation's messages, the oldest first, threads among them."""
        conversation, person = asked.readable()
        thread = asked.maybe("thread_ts")
        found = self._workspace.store.messages(conversation["id"], person.id if person else None)
        return [
            for_page(body, only_for)
            for body, only_for in found
            if thread is None or thread in (body["ts"], body.get("thread_ts"))
        ]

    async def views(self, asked: Asked) -> list[Json]:
        """List a person's open modals, the top one last."""
        return self._workspace.store.open_views(asked.person().id)

    async def home(self, asked: Asked) -> Json | None:
        """Open the App Home as a person does, and give what it shows.

        With "tab": "messages" it is the other tab that is opened, and there is nothing to wait for.
        """
        person = asked.person()
        if asked.maybe("tab") == "messages":
            self._events.home_opened(person, "messages")
            return self._workspace.store.home(person.id)
        with self._workspace.changes.watching() as watch:
            if self._events.home_opened(person):
                await _home_filled(watch, person.id)
        return self._workspace.store.home(person.id)

    async def people(self, _asked: Asked) -> list[Json]:
        """List the people one may act as."""
        return [
            {
                "id": one.id,
                "handle": one.handle,
                "name": one.name,
                "team": one.team,
                "role": one.role,
            }
            for one in self._workspace.directory.people
        ]

    async def channels(self, _asked: Asked) -> list[Json]:
        """List the channels."""
        return [
            {
                "id": one["id"],
                "name": one["name"],
                "topic": one["topic"],
                "archived": bool(one.get("archived")),
                "members": self._workspace.members(one),
                "bookmarks": self._workspace.store.marks("bookmark", one["id"]),
            }
            for one in self._workspace.channels()
        ]

    async def log(self, _asked: Asked) -> list[Json]:
        """List the last deliveries and calls, the oldest first."""
        return self._log.entries()

    async def workspace(self, asked: Asked) -> Json:
        """Give the page all it needs to begin, as one person sees it."""
        directory = self._workspace.directory
        person = asked.person() if asked.maybe("as") else directory.people[0]
        app = self._workspace.app
        store = self._workspace.store
        return {
            "as": person.handle,
            "app": {
                "name": app.name,
                "description": app.description,
                "user": app.bot_person_id,
                "has_home": app.has_home,
            },
            "people": await self.people(asked),
            "groups": [
                {"id": directory.group_id(team), "name": team, "handle": group_handle(team)}
                for team in directory.teams()
            ],
            "channels": await self.channels(asked),
            "direct": self._workspace.direct_messages(person)["id"],
            "commands": [one._asdict() for one in app.commands],
            "shortcuts": [one._asdict() for one in app.shortcuts],
            "hints": [{"title": title, "command": command} for title, command in self._hints],
            "today_hint": self._today_hint,
            "clock": told(self._workspace.clock),
            "read": store.read_marks(person.id),
            "newest": store.newest(),
            "mentioned": store.newest(
                f"<@{person.id}>", f"<!subteam^{directory.group_id(person.team)}>"
            ),
        }

    async def complete(self, asked: Asked) -> list[dict[str, Any]]:
        """Complete what is being typed: command names here, the rest by the app's own words."""
        text = str(asked.fields.get("text") or "")
        if " " not in text:
            return [
                {"text": f"{one.command} ", "description": one.description}
                for one in self._workspace.app.commands
                if one.command.startswith(text)
            ]
        if self._completions is None:
            return []
        return await asyncio.to_thread(self._completions, asked.person().handle, text)


async def _home_filled(watch: Watch, person: str) -> None:
    try:
        async with asyncio.timeout(HOME_WAIT):
            while True:
                await watch.wait(HOME_WAIT)
                if any(one["what"] == "home" and one["person"] == person for one in watch.drain()):
                    return
    except TimeoutError:
        return  # the app left its Home as it was
