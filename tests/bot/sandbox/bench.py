"""A sandbox on a real socket and, beside it, an unmodified Bolt app that it talks to."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.sandbox import Channel, Person, Sandbox, Times

SECRET = "made-up-signing-secret"
BOT_TOKEN = "xoxb-dev-made-up"
APP_TOKEN = "xapp-dev-made-up"

PEOPLE = [
    Person("U0AMAL", "amal", "Amal Haddad", "Library", "lender", "amal@example.org"),
    Person("U0BRYN", "bryn", "Bryn Cole", "Library", "manager", "bryn@example.org"),
    Person("U0CORA", "cora", "Cora Lind", "Archive", "lender", "cora@example.org", guest=True),
]
CHANNELS = [Channel("C0DESK", "desk"), Channel("C0QUIET", "quiet", members=("U0CORA",))]

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Lending", "description": "Lends things"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Lending"},
        "slash_commands": [
            {"command": "/lend", "description": "Lend a thing", "should_escape": False},
            {"command": "/escaped", "description": "Escaped words", "should_escape": True},
        ],
        "shortcuts": [
            {"name": "Lend it", "type": "message", "callback_id": "lend_it", "description": "…"},
            {"name": "Begin", "type": "global", "callback_id": "begin", "description": "…"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "message.im", "app_mention", "message.channels"]
        }
    },
}


class StandingClock:
    """A clock that stands until it is moved; weekends are skipped, and it says what it passed."""

    def __init__(self) -> None:
        self.time = datetime(2020, 7, 14, 8, 0, tzinfo=UTC)  # Tue 2020-07-14 09:00 in London

    def now(self) -> datetime:
        return self.time

    async def advance_working_days(self, n: int) -> list[dict[str, Any]]:
        passed: list[dict[str, Any]] = []
        while len(passed) < n:
            self.time += timedelta(days=1)
            if self.time.weekday() < 5:
                passed.append({"at": self.time.isoformat(), "what": "A working day passed"})
        return passed

    async def move_to(self, when: datetime) -> list[dict[str, Any]]:
        if when < self.time:
            raise ValueError("The clock does not go back.")
        self.time = when.astimezone(UTC)
        return [{"at": f"{when:%Y-%m-%dT%H:%M}", "what": "The clock was set", "by": "hand"}]


@contextlib.asynccontextmanager
async def served(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """Serve an application on a loopback port for the length of a block."""
    listener = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1, lifespan="on")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])  # `serve` would only look for the end now and then
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await server.shutdown(sockets=[listener])


@dataclass
class Bench:
    """A running sandbox, the app beside it, and what the app has been sent."""

    url: str
    http: httpx.AsyncClient
    client: AsyncWebClient
    bolt: AsyncApp
    sandbox: Sandbox
    clock: StandingClock
    app_url: str
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, Any]] = field(default_factory=list)

    async def post(self, path: str, /, **body: Any) -> Any:
        answer = await self.http.post(f"/sandbox/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def get(self, path: str, /, **query: Any) -> Any:
        answer = await self.http.get(f"/sandbox/{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def command(self, text: str, who: str = "amal", channel: str = "desk") -> Any:
        return await self.post("command", **{"as": who, "channel": channel, "text": text})

    async def until(self, true: Callable[[], bool], seconds: float = 3) -> None:
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - what is awaited has no event of its own
                await asyncio.sleep(0.01)


def bolt_app(url: str) -> AsyncApp:
    client = AsyncWebClient(token=BOT_TOKEN, base_url=f"{url}/api/")
    return AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)


def bolt_door(app: AsyncApp, seen: Callable[[Request], Awaitable[None]]) -> Starlette:
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        await seen(request)
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextlib.asynccontextmanager
async def running(folder: Path, times: Times | None = None, **options: Any) -> AsyncIterator[Bench]:
    """Run a sandbox and a Bolt app that is reached by signed HTTP."""
    app_port = free_port()
    port = options.pop("port", 0)
    clock = StandingClock()
    sandbox = Sandbox(
        folder=folder,
        people=PEOPLE,
        channels=CHANNELS,
        manifest=MANIFEST,
        signing_secret=SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        request_url=options.pop("request_url", f"http://127.0.0.1:{app_port}/slack/events"),
        clock=clock,
        times=times or Times(linger=0.4, retries=(0.0, 0.05, 0.05)),
        **options,
    )
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(sandbox.close)
        url = await stack.enter_async_context(served(sandbox.app, port))
        stack.push_async_callback(sandbox.disconnect)
        bolt = bolt_app(url)
        client = bolt.client
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=url, timeout=20))
        app_url = f"http://127.0.0.1:{app_port}/slack/events"
        bench = Bench(url, http, client, bolt, sandbox, clock, app_url)

        async def seen(request: Request) -> None:
            bench.headers.append(dict(request.headers))

        @bolt.use
        async def remember(body: dict[str, Any], next_: Callable[[], Awaitable[None]]) -> None:
            bench.bodies.append(body)
            await next_()

        await stack.enter_async_context(served(bolt_door(bolt, seen), app_port))
        yield bench
