"""Slack's Socket Mode: several connections, each watched, and replaced before it is given up.

slack_sdk's client keeps one connection and closes it before it opens the next: what Slack sends
meanwhile finds nobody, and an answer that is not sent yet is lost. It also takes a connection for
well on which its own pings are answered and nothing else comes. So each connection here has a
client of its own that does not reconnect, and who keeps it opens another one first.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack_errors import code_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp
    from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

log = structlog.get_logger(__name__)

# Between our own pings; an answer must come within half of that. aiohttp gives a connection up
# whose answer is there but was not read in time: a busy machine needs more than the usual 5 s.
PING_SECONDS = 20
OPENED_WITHIN = 15.0
WAITS = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)  # before the next try, and then always the last of them
DRAINED_WITHIN = 3.0  # Slack waits no longer for an answer
NOTED_EVERY = 60.0  # seconds between two notes that all is well
LOST, SILENT = "lost", "silent"
FIRST_OUT = {"too_many_websockets", "link_disabled", LOST, SILENT}  # closed before another is open
OVER = {
    aiohttp.WSMsgType.CLOSE,
    aiohttp.WSMsgType.CLOSING,
    aiohttp.WSMsgType.CLOSED,
    aiohttp.WSMsgType.ERROR,
}
OF_ITS_OWN_ACCORD = {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.PING}
CANNOT_CONNECT = (SlackApiError, aiohttp.ClientError, OSError, TimeoutError)


class Signs(NamedTuple):
    """How the connections are. `heard_ago` is in seconds, of the one that is silent longest."""

    wanted: int
    open: int
    heard_ago: float


class _Session(aiohttp.ClientWebSocketResponse):
    """A connection that notes when Slack last said something by itself, and when it is over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heard_at = time.monotonic()
        self.over = asyncio.Event()

    async def receive(self, timeout: float | None = None) -> aiohttp.WSMessage:  # noqa: ASYNC109  # as aiohttp's own
        message = await super().receive(timeout)
        if message.type in OF_ITS_OWN_ACCORD:
            self.heard_at = time.monotonic()
        elif message.type in OVER:
            self.over.set()
        return message


class _Line(SocketModeClient):
    """One connection. It says when it is to be replaced, and does not replace itself."""

    def __init__(self, token: str, web_client: AsyncWebClient, logger: logging.Logger) -> None:
        super().__init__(
            token,
            logger,
            web_client,
            auto_reconnect_enabled=False,
            ping_interval=PING_SECONDS,
        )
        self.greeted = asyncio.Event()
        self.asked_to_leave = ""
        self.under_way = 0

    async def open(self) -> None:
        """Connect and wait until Slack says hello. Raises one of CANNOT_CONNECT."""
        await self.aiohttp_client_session.close()
        self.aiohttp_client_session = aiohttp.ClientSession(ws_response_class=_Session)
        async with asyncio.timeout(OPENED_WITHIN):
            opened = await self.web_client.apps_connections_open(app_token=self.app_token)
            self.wss_uri = opened["url"]
            await self.connect()  # type: ignore[no-untyped-call]  # slack_sdk's own
            await self.greeted.wait()

    @property
    def session(self) -> _Session:
        """Give the connection itself, once it is open."""
        return cast("_Session", self.current_session)

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """Take what Slack says: a greeting, a farewell, or something to be answered."""
        if message.get("type") == "disconnect":
            self.asked_to_leave = str(message.get("reason") or "asked")
            self.session.over.set()
            return
        if message.get("type") == "hello":
            self.greeted.set()
        self.under_way += 1
        try:
            await super().run_message_listeners(message, raw_message)
        finally:
            self.under_way -= 1

    async def over(self, *, silence: float) -> str:
        """Wait until there is a reason to replace it, and give that: Slack's own word, or ours."""
        while not self.session.over.is_set():
            left = self.session.heard_at + silence - time.monotonic()
            if left <= 0:
                return SILENT
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.session.over.wait(), left)
        return self.asked_to_leave or LOST

    async def retire(self) -> None:
        """Send the answers that are under way, for as long as Slack waits, and close."""
        ends = time.monotonic() + DRAINED_WITHIN
        while self.under_way and not self.session.closed and time.monotonic() < ends:  # noqa: ASYNC110  # a count
            await asyncio.sleep(0.02)
        await self.end()

    async def end(self) -> None:
        """Close at once."""
        with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
            async with asyncio.timeout(DRAINED_WITHIN):
                await self.close()  # type: ignore[no-untyped-call]  # slack_sdk's own


class Connections:
    """Keeps so many connections open until it is closed. `note` is told how they are.

    Slack sends each thing to one of them. `silence` is in seconds: Slack itself pings far more
    often on a connection that is well.
    """

    def __init__(
        self,
        app: AsyncApp,
        web_client: AsyncWebClient,
        *,
        wanted: int,
        silence: float,
        note: Callable[[Signs, str], Awaitable[None]],
    ) -> None:
        self._app, self._web_client = app, web_client
        self._wanted, self._silence, self._note = wanted, silence, note
        self._open: set[_Line] = set()
        self._any = asyncio.Event()
        self._in_trouble = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._logger = _logger()

    async def open(self) -> None:
        """Begin to keep them open, and wait a while for the first."""
        for _ in range(self._wanted):
            self._begin(self._keep())
        self._begin(self._note_now_and_then())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._any.wait(), OPENED_WITHIN)

    async def close(self) -> None:
        """Answer what is under way, and close them all."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(line.retire() for line in tuple(self._open)))
        self._open.clear()

    def signs(self) -> Signs:
        """Say how they are now."""
        heard = [line.session.heard_at for line in self._open]
        return Signs(self._wanted, len(heard), time.monotonic() - min(heard) if heard else 0.0)

    async def _keep(self) -> None:
        """Keep one open: where Slack wants it closed, the next is open before."""
        line = None
        while True:
            fresh = await self._opened()
            if line is not None:
                self._begin(self._leave(line))
            line = fresh
            why = await line.over(silence=self._silence)
            (log.warning if why in FIRST_OUT else log.info)("a connection is replaced", why=why)
            if why in FIRST_OUT:
                await self._gave_way(line, why)
                line = None

    async def _gave_way(self, line: _Line, why: str) -> None:
        self._open.discard(line)
        self._begin(line.end())
        await self._tell("" if self._open else f"its last connection is gone ({why})")

    async def _leave(self, line: _Line) -> None:
        self._open.discard(line)
        await line.retire()

    async def _opened(self) -> _Line:
        """Open one, however often it takes: with a new address each time, for each is good once."""
        tries = 0
        while True:
            line = _Line(str(self._web_client.token), self._web_client, self._logger)
            line.socket_mode_request_listeners.append(self._answer)
            try:
                await line.open()
            except CANNOT_CONNECT as error:
                await line.end()
                await self._could_not(error)
                await asyncio.sleep(WAITS[min(tries, len(WAITS) - 1)])
                tries += 1
            except asyncio.CancelledError:
                await line.end()
                raise
            else:
                self._open.add(line)
                self._any.set()
                if self._in_trouble:
                    await self._tell("")
                return line

    async def _could_not(self, error: Exception) -> None:
        code = code_of(error) if isinstance(error, SlackApiError) else None
        why = f"Slack says {code}" if code else f"no answer of Slack's ({type(error).__name__})"
        log.warning("no connection", why=why, open=len(self._open))
        if not self._open:
            await self._tell(f"it has no connection: {why}")

    async def _answer(self, line: AsyncBaseSocketModeClient, asked: SocketModeRequest) -> None:
        began = time.time()  # noqa: TID251  # what Bolt measures by
        answer = await run_async_bolt_app(self._app, asked)
        try:
            await send_async_response(line, asked, answer, began)
        except (ConnectionError, aiohttp.ClientError) as error:
            log.warning("an answer found its connection closed", why=type(error).__name__)

    async def _note_now_and_then(self) -> None:
        while True:
            await self._any.wait()
            if self._open:
                await self._tell("")
            await asyncio.sleep(NOTED_EVERY)

    async def _tell(self, trouble: str) -> None:
        self._in_trouble = bool(trouble)
        try:
            await self._note(self.signs(), trouble)
        except Exception:  # an edge: a note that cannot be kept must not end a connection
            log.exception("how Socket Mode is could not be noted")

    def _begin(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _logger() -> logging.Logger:
    """Give slack_sdk a log without tracebacks: what failed is in the line itself."""
    logger = logging.getLogger("slack_sdk.socket_mode")
    if not any(isinstance(one, _InOneLine) for one in logger.filters):
        logger.addFilter(_InOneLine())
    return logger


class _InOneLine(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = None
        return True
