"""The local Slack, put together."""

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.sandbox.acts import Acts
from bot.sandbox.administration import Administering, Administration
from bot.sandbox.changes import Changes
from bot.sandbox.clock import RealTime, SandboxClock
from bot.sandbox.delivery import Delivery, Transport
from bot.sandbox.directory import Channel, Directory, Person
from bot.sandbox.doing import Doing
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.grants import Times, Triggers
from bot.sandbox.guard import Guard
from bot.sandbox.installing import Installing
from bot.sandbox.json_values import Json
from bot.sandbox.live import Live
from bot.sandbox.log import Log
from bot.sandbox.manifest import read_manifest
from bot.sandbox.people_door import people_routes
from bot.sandbox.reading import Completions, Reading
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.signed_http import SignedHttp
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.store import Store
from bot.sandbox.tokens import Tokens
from bot.sandbox.views import Views
from bot.sandbox.web_api import Call
from bot.sandbox.web_api_door import WebApiDoor
from bot.sandbox.workspace import Workspace

PAGE = Path(__file__).parent / "page"
CLIENT_ID, CLIENT_SECRET = "0.0", "made-up-client-secret"


class Sandbox:
    """A local Slack with one installed app, for demonstrations and tests.

    Args:
        folder: where everything is kept; the same folder gives the same workspace again.
        people: who may be acted as.
        channels: the channels to begin with.
        manifest: the app's Slack manifest.
        signing_secret: signs what is posted to `request_url`.
        bot_token: the app's token; must begin with xoxb-dev-.
        app_token: the token for Socket Mode; must begin with xapp-dev-.
        client_id, client_secret: by which the app shows who it is when it is installed.
        request_url: where the app listens; None where it comes by Socket Mode. A connected
            socket goes first.
        clock: the time that messages carry; None for real time.
        group_ids: the ids of user groups, by the names of teams; the others' are made up.
        completions: completes a command being typed; given a handle and the line so far, it
            returns whole lines as {"text", "description"}.
        hints: the lines of the page's "Try this": a title and a command.
        today_hint: a sentence beside the clock.
        own_url: where the app reaches the sandbox, if not where people do.
        times: how long real waiting may take.
    """

    def __init__(  # noqa: PLR0913 - every part of a workspace is handed in, all by name
        self,
        *,
        folder: Path,
        people: Sequence[Person],
        channels: Sequence[Channel],
        manifest: Mapping[str, Any],
        signing_secret: str,
        bot_token: str,
        app_token: str,
        client_id: str = CLIENT_ID,
        client_secret: str = CLIENT_SECRET,
        request_url: str | None = None,
        clock: SandboxClock | None = None,
        group_ids: Mapping[str, str] | None = None,
        completions: Completions | None = None,
        hints: Sequence[tuple[str, str]] = (),
        today_hint: str = "",
        own_url: str | None = None,
        times: Times | None = None,
    ) -> None:
        _check_tokens(bot_token, app_token)
        times = times or Times()
        changes = Changes()
        self._fixed_url = own_url
        self._faults = Faults()
        self._administration = Administration()
        self._log = Log(changes)
        self._triggers = Triggers(times.trigger)
        self._workspace = Workspace(
            store=Store(folder),
            directory=Directory(people, group_ids),
            channels=channels,
            app=read_manifest(manifest),
            clock=clock or RealTime(),
            changes=changes,
        )
        if own_url:
            self._workspace.own_url = own_url.rstrip("/")
        self._views = Views(self._workspace)
        rotates = self._workspace.app.rotates
        self._tokens = Tokens(self._workspace.store, bot_token, rotates=rotates)
        self._installing = Installing(
            self._workspace,
            self._administration,
            self._tokens,
            client_id=client_id,
            client_secret=client_secret,
        )
        self._socket = SocketMode(self._workspace.app.app_id, times)
        self._http = SignedHttp(request_url, signing_secret) if request_url else None
        transports: list[Transport] = [self._socket]
        if self._http:
            transports.append(self._http)
        self._delivery = Delivery(transports, faults=self._faults, times=times, log=self._log)
        self._events = Events(self._workspace, self._delivery)
        self._workspace.posted = self._events.message_posted
        response_urls = ResponseUrls(self._workspace, self._faults, times.response_url)
        acts = Acts(
            workspace=self._workspace,
            views=self._views,
            delivery=self._delivery,
            triggers=self._triggers,
            response_urls=response_urls,
            times=times,
        )
        reading = Reading(
            workspace=self._workspace,
            events=self._events,
            log=self._log,
            completions=completions,
            hints=hints,
            today_hint=today_hint,
        )
        self._people_routes = people_routes(
            self._workspace,
            doing=Doing(acts),
            reading=reading,
            live=Live(self._workspace, self._faults, self._socket),
            administering=Administering(
                self._workspace, self._administration, self._tokens, self._events
            ),
        )
        self._web_api_door = WebApiDoor(
            call=self._call,
            response_urls=response_urls,
            log=self._log,
            installing=self._installing,
            tokens=self._tokens,
            app_token=app_token,
        )
        self.app = self._starlette()

    async def disconnect(self) -> None:
        """Stop retries and connections; runs by itself when the server shuts down."""
        self._workspace.changes.close()
        await self._delivery.close()
        await self._socket.close()
        if self._http:
            await self._http.close()

    def close(self) -> None:
        """Close what is kept; the sandbox cannot be used any more."""
        self._workspace.changes.close()
        self._workspace.store.close()

    def _call(self, args: Json) -> Call:
        return Call(
            args=args,
            workspace=self._workspace,
            views=self._views,
            triggers=self._triggers,
            faults=self._faults,
            socket=self._socket,
            administration=self._administration,
            installing=self._installing,
            tokens=self._tokens,
            events=self._events,
        )

    def _starlette(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", _page),
                Mount("/page", StaticFiles(directory=PAGE)),
                Route("/archives/{channel}/p{ts}", _permalink),
                Route("/files/{file_id}", self._file),
                WebSocketRoute("/link/", self._socket.serve),
                *self._web_api_door.routes(),
                *self._people_routes,
            ],
            middleware=[Middleware(Guard, reached_at=self._reached_at)],
            lifespan=self._lifespan,
        )

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        yield
        await self.disconnect()

    def _reached_at(self, url: str) -> None:
        if self._fixed_url is None:
            self._workspace.own_url = url

    async def _file(self, request: Request) -> Response:
        found = self._workspace.store.file(request.path_params["file_id"])
        if found is None or found[2] is None:
            return Response("There is no such file.", status_code=404)
        described, _, content = found
        name = str(described["name"]).replace('"', "").replace("\n", " ")
        disposition = f'attachment; filename="{name.encode("ascii", "replace").decode()}"'
        return Response(
            content,
            media_type=described["mimetype"],
            headers={"Content-Disposition": disposition},
        )


async def _page(_request: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})


async def _permalink(request: Request) -> Response:
    return RedirectResponse(f"/#{request.path_params['channel']}/{request.path_params['ts']}")


def _check_tokens(bot_token: str, app_token: str) -> None:
    if not bot_token.startswith("xoxb-dev-"):
        raise ValueError(
            "The sandbox's bot token must begin with xoxb-dev-; give it a made-up one."
        )
    if not app_token.startswith("xapp-dev-"):
        raise ValueError(
            "The sandbox's app token must begin with xapp-dev-; give it a made-up one."
        )
