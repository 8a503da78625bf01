"""Serving a real workspace: by Socket Mode where there is an app token, else by signed HTTP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import aiohttp
import structlog
import uvicorn
from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids
from bot.app import create_app
from bot.applicant_page import applicant_routes
from bot.calendar_page import calendar_routes
from bot.connections import NOTED_EVERY, Connections, Signs
from bot.desk import Desk
from bot.health_pages import health_routes
from bot.identity import Identity, always, identify
from bot.install_pages import install_routes
from bot.installation import AsApp, InForce
from bot.listeners import patience
from bot.manifest import scopes_of
from bot.messenger import SlackMessenger
from bot.renewing import AsyncRenewingClient, RenewingClient
from bot.server import Server, listening
from bot.slack_errors import code_of
from bot.web import create_web
from workflow import scheduler
from workflow.bootstrap import PromisedRoster, open_office, wall_clock
from workflow.casework.errors import Lacking
from workflow.cli.entrance import limits_of, mail_of
from workflow.services import health
from workflow.store.paces import Pace
from workflow.store.unit_of_work import open_store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp

    from workflow.casework.roles import Roster
    from workflow.settings import Settings

log = structlog.get_logger(__name__)

T = TypeVar("T")
Identities: TypeAlias = "Callable[[], Awaitable[Identity | None]]"

SECONDS_FOR_SLACK = 10
SECONDS_FOR_ANSWERS = 2.0  # that are still under way when the process is to end
# What is under way when it is asked to stop is answered; Slack itself waits three seconds.
SECONDS_TO_ANSWER = 10
FRESH_SECONDS = 10.0  # between two looks at the installation; it is trusted for longer
DOCTOR = "See: foi doctor"


def messenger_for(
    settings: Settings, roster: Callable[[], Roster], in_force: InForce | None = None
) -> SlackMessenger:
    """Make the messenger of a workspace, to the people in force. Raises Lacking without a token.

    Where the app is installed by OAuth it speaks by the token `in_force`, in each process the same.
    """
    how: dict[str, Any] = {
        "base_url": settings.slack_api_url,
        "retry_handlers": [],  # a retried post could stand twice: the outbox retries
        "timeout": SECONDS_FOR_SLACK,
    }
    if settings.by_installing:
        return SlackMessenger(RenewingClient(in_force or in_force_for(settings), **how), roster)
    token = _needed("SLACK_BOT_TOKEN", settings.slack_bot_token)
    return SlackMessenger(WebClient(token, **how), roster)


def in_force_for(settings: Settings) -> InForce:
    """Make what gives the installation in force. Raises Lacking for what is not set.

    It asks the database by connections of its own: whoever holds all others may be waiting for it.
    """
    app = AsApp(
        client_id=settings.slack_client_id or "",
        client_secret=_needed("SLACK_CLIENT_SECRET", settings.slack_client_secret),
        api_url=settings.slack_api_url,
        address=settings.address,
        team=_needed("SLACK_TEAM_ID", settings.slack_team_id),
    )
    limits = limits_of(settings)._replace(pool=1, more=3)
    return InForce(open_store(settings.database_url, limits), app, now=wall_clock)


def serve(settings: Settings) -> None:
    """Serve until interrupted, and tick beside it. Raises Lacking for what is not set.

    Slack's requests are answered on `port` at /slack/events, or come by Socket Mode; /health says
    that the process lives in both cases.
    """
    by_socket = settings.slack_app_token is not None
    secret = settings.slack_signing_secret
    signing_secret = "" if by_socket else _needed("SLACK_SIGNING_SECRET", secret)
    in_force = in_force_for(settings) if settings.by_installing else None
    client, identity = _speaker(settings, in_force)
    cure = "Choose another one: FOI_PORT=3001 foi serve"
    with listening(settings.host, settings.port, cure=cure) as listener:
        roster = PromisedRoster()
        office = open_office(
            database_url=settings.database_url,
            config_dir=settings.config_dir,
            messenger=messenger_for(settings, roster, in_force),
            pace=Pace(settings.message_seconds),
            mail=mail_of(settings),
            limits=limits_of(settings),
        )
        roster.keep(office)
        desk = Desk(office, address=settings.address)
        app = create_app(
            desk,
            client=client,
            identity=identity,
            signing_secret=signing_secret,
            **({"ended": in_force.ended} if in_force else {}),
        )
        _Server(settings, desk, app, in_force).run(sockets=[listener])


class _Server(Server):
    """A server that connects and ticks once it listens, and takes everything down after."""

    def __init__(
        self, settings: Settings, desk: Desk, app: AsyncApp, in_force: InForce | None
    ) -> None:
        self._settings = settings
        self._in_force = in_force
        self._renewing: asyncio.Task[None] | None = None
        self._desk = desk
        self._bolt = app
        self._socket: Connections | None = None
        self._ticking: scheduler.Ticking | None = None
        web = create_web(
            app,
            by_socket=settings.slack_app_token is not None,
            signs=lambda: self._socket.signs() if self._socket else None,
            pages=[
                *health_routes(desk, lambda: self.should_exit),
                *calendar_routes(desk),
                *applicant_routes(desk),
                *(
                    install_routes(desk, in_force, scopes_of(settings.config_dir))
                    if in_force
                    else ()
                ),
            ],
        )
        super().__init__(
            uvicorn.Config(
                web,
                log_level="warning",
                timeout_graceful_shutdown=SECONDS_TO_ANSWER,
                lifespan="off",
            )
        )

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            if self._in_force is not None:
                self._renewing = asyncio.create_task(_keep_fresh(self._in_force))
            await self._connect()
            self._ticking = scheduler.Ticking(
                self._desk.office, seconds=self._settings.tick_seconds
            )
            log.info("serving", port=self._settings.port, by_socket=self._socket is not None)

    async def main_loop(self) -> None:
        """Serve until asked to stop, and then as long as whoever sends requests may not know it."""
        await super().main_loop()
        await asyncio.sleep(self._settings.drain_seconds)

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        if self._renewing is not None:
            self._renewing.cancel()
        if self._socket is not None:
            await self._socket.close()
        await super().shutdown(sockets)
        await patience.finish(SECONDS_FOR_ANSWERS)
        if self._ticking is not None:
            self._ticking.end()
        self._desk.close()
        self._desk.office.store.close()
        if self._in_force is not None:
            self._in_force.store.close()

    async def _connect(self) -> None:
        settings = self._settings
        if settings.slack_app_token is None:
            return
        token = settings.slack_app_token.get_secret_value()
        self._socket = Connections(
            self._bolt,
            AsyncWebClient(token, base_url=settings.slack_api_url),
            wanted=settings.socket_connections,
            silence=settings.socket_silence_seconds,
            note=self._note,
        )
        await self._socket.open()

    async def _note(self, _signs: Signs, trouble: str) -> None:
        """Keep how Socket Mode is where other processes see it: see `foi doctor` and /healthz."""
        office, every = self._desk.office, NOTED_EVERY
        await self._desk.ask(health.socket_mode, office, every=every, trouble=trouble)


def _speaker(settings: Settings, in_force: InForce | None) -> tuple[AsyncWebClient, Identities]:
    """Give the client that the app speaks by, and who it is. Raises Lacking for a token refused."""
    if in_force is None:
        token = _needed("SLACK_BOT_TOKEN", settings.slack_bot_token)
        client = AsyncWebClient(token, base_url=settings.slack_api_url)
        return client, always(asyncio.run(_introduced(client, settings)))
    asyncio.run(_app_token_is_good(settings))

    async def identity() -> Identity | None:
        found = await in_force.found_soon()
        return Identity(found.team_id, found.bot_id, found.bot_user_id) if found else None

    return AsyncRenewingClient(in_force, base_url=settings.slack_api_url), identity


async def _keep_fresh(in_force: InForce) -> None:
    """Look again and again, so that whoever waits for an answer does not wait for a new token."""
    await asyncio.to_thread(in_force.let_try)
    if await in_force.found_soon() is None:
        log.warning("installed nowhere yet", open=f"{in_force.app.address}{ids.INSTALL_PATH}")
    while True:
        await asyncio.sleep(FRESH_SECONDS)
        try:
            await asyncio.to_thread(in_force.looked)
        except Exception:  # an edge: whoever needs the token will look as well
            log.exception("the installation could not be looked at; it is tried again")


async def _introduced(client: AsyncWebClient, settings: Settings) -> Identity:
    """Learn from Slack who the bot is, and that both tokens are good. Raises Lacking."""
    identity = await _reached("the bot token", identify(client), settings)
    await _app_token_is_good(settings)
    return identity


async def _app_token_is_good(settings: Settings) -> None:
    """Ask Slack before connecting, which would try a token that is refused again and again."""
    if settings.slack_app_token is not None:
        token = settings.slack_app_token.get_secret_value()
        slack = AsyncWebClient(base_url=settings.slack_api_url)
        await _reached("the app token", slack.apps_connections_open(app_token=token), settings)


async def _reached(what: str, asking: Awaitable[T], settings: Settings) -> T:
    """Wait for Slack's first answer. Raises Lacking where it refuses a token or is not there."""
    try:
        return await asking
    except SlackApiError as error:
        code = code_of(error)
        raise Lacking(what=f"Slack does not accept {what}: {code}.", cure=DOCTOR) from None
    except aiohttp.ClientError:
        where = settings.slack_api_url
        raise Lacking(what=f"Slack cannot be reached at {where}.", cure=DOCTOR) from None


def _needed(name: str, given: SecretStr | str | None) -> str:
    value = given.get_secret_value() if isinstance(given, SecretStr) else given
    if not value:
        raise Lacking(
            what=f"{name} is not set.", cure="Set it in the environment, or see: foi doctor"
        )
    return value
