"""The door for people: everything the page does, as an HTTP API that a script can use as well."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import clicks, modals, speech
from bot.sandbox.acts import Acts
from bot.sandbox.asked import Asked, read
from bot.sandbox.changes import Watch
from bot.sandbox.clock import told, uk_time
from bot.sandbox.events import Events
from bot.sandbox.faults import FAULTS, Faults
from bot.sandbox.json_values import Json, dump
from bot.sandbox.log import Log
from bot.sandbox.refusals import Refused, SlackError
from bot.sandbox.workspace import for_page

Completions = Callable[[str, str], list[dict[str, Any]]]
Answerer = Callable[[Asked], Awaitable[Any]]
MOST_WORKING_DAYS = 400
MOST_CHARACTERS = 40_000
HEARTBEAT = 15.0  # seconds between signs of life on a quiet stream
HOME_WAIT = 1.5  # seconds that opening the Home tab waits for the app to fill it
CLOCK_PROGRESS = 0.3  # seconds between two looks at a clock that is being moved


class PeopleDoor:
    """Routes under /sandbox."""

    def __init__(
        self,
        *,
        acts: Acts,
        events: Events,
        faults: Faults,
        log: Log,
        completions: Completions | None,
        hints: Sequence[tuple[str, str]],
        today_hint: str,
    ) -> None:
        self._acts = acts
        self._workspace = acts.workspace
        self._events = events
        self._faults = faults
        self._log = log
        self._completions = completions
        self._hints = hints
        self._today_hint = today_hint
        self._moving = asyncio.Lock()

    def routes(self) -> list[Route]:
        """List the routes."""
        posts: dict[str, Answerer] = {
            "command": self.command,
            "click": self.click,
            "submit": self.submit,
            "close": self.close,
            "shortcut": self.shortcut,
            "message": self.message,
            "clock": self.move_clock,
            "faults": self.ask_fault,
            "read": self.mark_read,
            "options": self.options,
        }
        gets: dict[str, Answerer] = {
            "messages": self.messages,
            "views": self.views,
            "home": self.home,
            "clock": self.clock,
            "people": self.people,
            "channels": self.channels,
            "log": self.log,
            "faults": self.faults,
            "workspace": self.workspace,
            "complete": self.complete,
        }
        routes = [self._route(name, "GET", answer) for name, answer in gets.items()]
        routes += [self._route(name, "POST", answer) for name, answer in posts.items()]
        return [*routes, Route("/sandbox/events", self.stream, methods=["GET"])]

    def _route(self, name: str, method: str, answer: Answerer) -> Route:
        async def answered(request: Request) -> Response:
            try:
                return JSONResponse(await answer(await read(self._workspace, request)))
            except Refused as why:
                return JSONResponse({"error": why.sentence}, status_code=why.status)
            except SlackError as why:
                return JSONResponse({"error": f"Refused: {why.code}."}, status_code=400)

        return Route(f"/sandbox/{name}", answered, methods=[method])

    # --- acts -----------------------------------------------------------------------------------

    async def command(self, asked: Asked) -> Json:
        """Run a slash command."""
        person = asked.person()
        text = _short(str(asked.must("text")))
        outcome = await speech.command(self._acts, person, asked.conversation(person), text)
        return _without_ack(outcome)

    async def message(self, asked: Asked) -> Json:
        """Post what a person writes."""
        person = asked.person()
        conversation = asked.conversation(person)
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

    # --- reading --------------------------------------------------------------------------------

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
        """Open the App Home as a person does, and give what it shows."""
        person = asked.person()
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
        person = asked.person() if asked.maybe("as") else self._workspace.directory.people[0]
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
            "channels": await self.channels(asked),
            "direct": self._workspace.direct_messages(person)["id"],
            "commands": [one._asdict() for one in app.commands],
            "shortcuts": [one._asdict() for one in app.shortcuts],
            "hints": [{"title": title, "command": command} for title, command in self._hints],
            "today_hint": self._today_hint,
            "clock": told(self._workspace.clock),
            "read": store.read_marks(person.id),
            "newest": store.newest(),
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

    # --- clock and faults -----------------------------------------------------------------------

    async def clock(self, _asked: Asked) -> Json:
        """Tell the time."""
        return told(self._workspace.clock)

    async def move_clock(self, asked: Asked) -> Json:
        """Move the clock, and answer when what fell due has run."""
        clock = self._workspace.clock
        if self._moving.locked():
            raise Refused("The clock is being moved already; wait until it has arrived.")
        async with self._moving:
            if "advance_working_days" in asked.fields:
                moved = clock.advance_working_days(_days(asked.fields["advance_working_days"]))
            else:
                moved = clock.move_to(uk_time(asked.must("to")))
            progress = asyncio.create_task(self._show_progress())
            try:
                happened = await moved
            finally:
                progress.cancel()
                self._workspace.changes.tell("clock", clock=told(clock), moving=False)
        return {**told(clock), "happened": happened}

    async def _show_progress(self) -> None:
        while True:
            clock = told(self._workspace.clock)
            self._workspace.changes.tell("clock", clock=clock, moving=True)
            await asyncio.sleep(CLOCK_PROGRESS)

    async def ask_fault(self, asked: Asked) -> Json:
        """Ask for a fault, or forget them all with {"clear": true}."""
        if asked.fields.get("clear"):
            self._faults.clear()
        else:
            self._faults.ask(asked.fields)
        return await self.faults(asked)

    async def faults(self, _asked: Asked) -> Json:
        """List the faults that wait, and those there are."""
        return {"waiting": self._faults.waiting(), "known": FAULTS}

    # --- live updates ---------------------------------------------------------------------------

    async def stream(self, request: Request) -> Response:
        """Stream the changes that a person may see, as Server-Sent Events."""
        person = self._workspace.directory.find(request.query_params.get("as", ""))
        return StreamingResponse(
            self._changes_for(person.id if person else None),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def _changes_for(self, person: str | None) -> AsyncIterator[str]:
        with self._workspace.changes.watching() as watch:
            yield "retry: 1000\n\n"
            while not self._workspace.changes.closed:
                if not await watch.wait(HEARTBEAT):
                    yield ": still here\n\n"
                for change in watch.drain():
                    if _may_see(change, person):
                        yield f"data: {dump(change)}\n\n"


async def _home_filled(watch: Watch, person: str) -> None:
    try:
        async with asyncio.timeout(HOME_WAIT):
            while True:
                await watch.wait(HOME_WAIT)
                if any(one["what"] == "home" and one["person"] == person for one in watch.drain()):
                    return
    except TimeoutError:
        return  # the app left its Home as it was


def _may_see(change: Json, person: str | None) -> bool:
    return change.get("only_for") in (None, person) and change.get("person") in (None, person)


def _without_ack(outcome: Json) -> Json:
    return {key: value for key, value in outcome.items() if key != "ack"}


def _short(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"The text is too long: at most {MOST_CHARACTERS:,} characters.")
    return text


def _days(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given <= MOST_WORKING_DAYS:
        raise Refused(
            f"“advance_working_days” must be a whole number from 1 to {MOST_WORKING_DAYS}."
        )
    return given
