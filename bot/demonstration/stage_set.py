"""Putting the demonstration up: one server on loopback, the local Slack and beside it the bot."""

from __future__ import annotations

import asyncio
import json
import secrets
import shutil
from typing import TYPE_CHECKING, Any

import uvicorn
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Mount

from bot import ids
from bot.app import create_app
from bot.calendar_page import calendar_routes
from bot.demonstration.clock import MovedClock, WorkingClock
from bot.demonstration.story import BEGINS, play
from bot.desk import Desk
from bot.identity import always, identify
from bot.messenger import SlackMessenger
from bot.sandbox import Channel, Person, Sandbox
from bot.server import SECONDS_TO_END, Server, listening
from bot.web import create_web
from workflow import practice
from workflow.bootstrap import PromisedRoster, open_office
from workflow.casework.errors import Lacking
from workflow.casework.roles import Role
from workflow.services import lists
from workflow.services.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workflow.casework.roles import Officer, Roster

HOST = "127.0.0.1"
SPEAKS_EVERY = 5  # seconds, by the machine's clock: the moved one stands still
BOT_TOKEN, APP_TOKEN = "xoxb-dev-foi-desk", "xapp-dev-foi-desk"  # of the local Slack

_OURS = ("office.db", "clock.", "sandbox", "played")

HINTS = (
    ("Amira claims the request that has just arrived", "/foi claim 002335/20"),
    ("How was its due date reached?", "/foi why 002335/20"),
    ("What is open, the soonest due first", "/foi list"),
    ("What does Amira hold?", "/foi mine"),
    ("Everything you can type", "/foi help"),
)


class Demonstration:
    """An office, its bot and a local Slack in one process, all kept in one folder."""

    def __init__(self, *, folder: Path, config_dir: Path, port: int) -> None:
        self.address = f"http://{HOST}:{port}"
        self._folder = folder
        _begin_anew_if_unfinished(folder)
        roster, in_force = practice.read_roster(config_dir), PromisedRoster()
        self._clock = MovedClock(folder / "clock.json", start=BEGINS)
        sync_client = WebClient(
            BOT_TOKEN, base_url=f"{self.address}/api/", retry_handlers=[], timeout=10
        )
        self.office = open_office(
            database_url=f"sqlite:///{folder / 'office.db'}",
            config_dir=config_dir,
            messenger=SlackMessenger(sync_client, in_force),
            now=self._clock.now,
            migrate=True,
        )
        in_force.keep(self.office)
        self.desk = Desk(self.office, address=self.address)
        self._secret = secrets.token_hex(16)
        self._sandbox = Sandbox(
            folder=folder / "sandbox",
            people=_people(roster),
            channels=_channels(roster),
            group_ids={one.name: one.group for one in roster.teams},
            manifest=json.loads((config_dir / "slack_manifest.json").read_text(encoding="utf-8")),
            signing_secret=self._secret,
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
            request_url=f"{self.address}{ids.SLACK_PATH}",
            clock=WorkingClock(self._clock, self.desk),
            completions=self._completions,
            hints=HINTS,
            own_url=self.address,
        )
        self.app = Starlette(routes=[Mount("/", self._sandbox.app)])

    async def open(self) -> None:
        """Attach the bot once the local Slack answers, and play the story if it was not yet."""
        client = AsyncWebClient(BOT_TOKEN, base_url=f"{self.address}/api/")
        identity = always(await identify(client))
        bolt = create_app(self.desk, client=client, identity=identity, signing_secret=self._secret)
        self.app.router.routes[:0] = create_web(bolt, pages=calendar_routes(self.desk)).routes
        if not _is_played(self._folder):
            await self.desk.ask(play, self.office, self._clock)
            (self._folder / "played").touch()
        self._speaking = asyncio.create_task(self._keep_speaking())

    async def _keep_speaking(self) -> None:
        """Try again, as a tick does elsewhere, what was put off or half sent at a kill."""
        while True:
            self.desk.speak()
            await asyncio.sleep(SPEAKS_EVERY)

    async def disconnect(self) -> None:
        """Let open pages and sockets go, so that the server can stop."""
        await self._sandbox.disconnect()

    def close(self) -> None:
        """Let go of threads and files. What is not delivered waits in the outbox."""
        self.desk.close()
        self._sandbox.close()
        self.office.store.close()

    def _completions(self, _handle: str, text: str) -> list[dict[str, Any]]:
        """Complete a command being typed: first the verb, then the reference."""
        typed = text.removeprefix(ids.COMMAND).lstrip()
        word, space, rest = typed.partition(" ")
        if not space:
            return [
                {"text": f"{ids.COMMAND} {verb.name} ", "description": verb.summary}
                for verb in VERBS
                if verb.name.startswith(word)
            ]
        found = lists.listing(self.office, limit=50)
        return [
            {
                "text": f"{ids.COMMAND} {word} {one.request.reference} ",
                "description": one.request.subject,
            }
            for one in found
            if rest.casefold() in one.request.reference.casefold() and rest != one.request.reference
        ][:8]


def run(*, folder: Path, config_dir: Path, port: int, ready: Callable[[str], None]) -> None:
    """Run the demonstration kept in a folder, on loopback, until it is interrupted.

    `ready` is called with its address once it is up. Raises Lacking when the port is taken.
    """
    cure = "Choose another one: FOI_DEMO_PORT=3001 make demo"
    with listening(HOST, port, cure=cure) as listener:
        demonstration = Demonstration(folder=folder, config_dir=config_dir, port=port)
        config = uvicorn.Config(
            demonstration.app, log_level="warning", timeout_graceful_shutdown=SECONDS_TO_END
        )
        try:
            _Server(config, demonstration, ready).run(sockets=[listener])
        finally:
            demonstration.close()


def forget(folder: Path) -> bool:
    """Empty the folder of a demonstration. False when there was none.

    Raises Lacking for a folder that holds something else: it is not ours to empty.
    """
    if not folder.exists() or not any(folder.iterdir()):
        return False
    strange = sorted(one.name for one in folder.iterdir() if not one.name.startswith(_OURS))
    if strange:
        raise Lacking(
            what=f"{folder} holds {strange[0]}, which is not of a demonstration.",
            cure="Name another folder, or empty it yourself.",
        )
    shutil.rmtree(folder)
    return True


class _Server(Server):
    """A server that opens the demonstration as soon as it listens."""

    def __init__(
        self, config: uvicorn.Config, demonstration: Demonstration, ready: Callable[[str], None]
    ) -> None:
        super().__init__(config)
        self._demonstration = demonstration
        self._ready = ready

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            await self._demonstration.open()
            self._ready(self._demonstration.address)

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        await self._demonstration.disconnect()  # an open page would hold the server up
        await super().shutdown(sockets)


def _is_played(folder: Path) -> bool:
    return (folder / "played").exists()


def _begin_anew_if_unfinished(folder: Path) -> None:
    """Empty a folder whose story was interrupted: half a story would be played twice."""
    if not _is_played(folder):
        forget(folder)
    folder.mkdir(parents=True, exist_ok=True)


def _people(roster: Roster) -> list[Person]:
    return [
        Person(
            id=one.slack,
            handle=one.handle,
            name=one.name,
            team=roster.team_name(one.team),
            role=_role(one),
            email=f"{one.handle}@midshire.police.example",
        )
        for one in roster.officers
    ]


def _role(officer: Officer) -> str:
    """Give the one role a visitor looks for, the rarest first."""
    order = (Role.REVIEWER, Role.APPROVER, Role.MANAGER, Role.DESK, Role.OFFICER)
    return next(role.value for role in order if officer.has(role))


def _channels(roster: Roster) -> list[Channel]:
    names = dict.fromkeys((roster.desk_channel, *(team.channel for team in roster.teams)))
    return [Channel(f"C0{name.replace('-', '').upper()}", name) for name in names]
