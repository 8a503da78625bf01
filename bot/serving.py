"""Serving a real workspace: by Socket Mode where there is an app token, else by signed HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import create_app, identify
from bot.desk import Desk
from bot.messenger import SlackMessenger
from bot.web import create_web
from workflow import practice, scheduler
from workflow.bootstrap import open_office
from workflow.casework.errors import Lacking

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler
    from pydantic import SecretStr
    from slack_bolt.async_app import AsyncApp

    from workflow.services.office import Office
    from workflow.settings import Settings

log = structlog.get_logger(__name__)

SECONDS_FOR_SLACK = 10


def messenger_for(settings: Settings) -> SlackMessenger:
    """Make the messenger of a workspace. Raises Lacking without a bot token."""
    client = WebClient(
        _needed("SLACK_BOT_TOKEN", settings.slack_bot_token),
        base_url=settings.slack_api_url,
        retry_handlers=[],  # a retried post could stand twice: the outbox retries
        timeout=SECONDS_FOR_SLACK,
    )
    return SlackMessenger(client, practice.read_roster(settings.config_dir))


def serve(settings: Settings) -> None:
    """Serve until interrupted, and tick beside it. Raises Lacking for what is not set.

    Slack's requests are answered on `port` at /slack/events, or come by Socket Mode; /health says
    that the process lives in both cases.
    """
    by_socket = settings.slack_app_token is not None
    secret = settings.slack_signing_secret
    signing_secret = "" if by_socket else _needed("SLACK_SIGNING_SECRET", secret)
    office = open_office(
        database_url=settings.database_url,
        config_dir=settings.config_dir,
        messenger=messenger_for(settings),
    )
    _Server(settings, office, signing_secret).run()


class _Server(uvicorn.Server):
    """A web server that brings the bot up before it listens and takes it down after."""

    def __init__(self, settings: Settings, office: Office, signing_secret: str) -> None:
        self._settings = settings
        self._office = office
        self._secret = signing_secret
        self._desk = Desk(office)
        self._socket: AsyncSocketModeHandler | None = None
        self._ticking: BackgroundScheduler | None = None
        super().__init__(
            uvicorn.Config(
                self._answer,
                interface="asgi3",  # of a bound method uvicorn would guess the older one
                host=settings.host,
                port=settings.port,
                log_level="warning",
            )
        )

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        await self._web(scope, receive, send)

    async def startup(self, sockets: list[Any] | None = None) -> None:
        client = AsyncWebClient(
            _needed("SLACK_BOT_TOKEN", self._settings.slack_bot_token),
            base_url=self._settings.slack_api_url,
        )
        identity = await identify(client)
        app = create_app(self._desk, client=client, identity=identity, signing_secret=self._secret)
        self._web = create_web(app, by_socket=self._settings.slack_app_token is not None)
        await super().startup(sockets)
        if self.started:
            self._ticking = scheduler.start(self._office, seconds=self._settings.tick_seconds)
            await self._connect(app)
            log.info("serving", team=identity.team_id, by_socket=self._socket is not None)

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]  # Bolt's own
        await super().shutdown(sockets)
        if self._ticking is not None:
            self._ticking.shutdown()
        self._desk.close()
        self._office.store.close()

    async def _connect(self, app: AsyncApp) -> None:
        if self._settings.slack_app_token is None:
            return
        token = self._settings.slack_app_token.get_secret_value()
        self._socket = AsyncSocketModeHandler(
            app, token, web_client=AsyncWebClient(token, base_url=self._settings.slack_api_url)
        )
        await self._socket.connect_async()  # type: ignore[no-untyped-call]  # Bolt's own


def _needed(name: str, secret: SecretStr | None) -> str:
    if secret is None or not secret.get_secret_value():
        raise Lacking(
            what=f"{name} is not set.", cure="Set it in the environment, or see: foi doctor"
        )
    return secret.get_secret_value()
