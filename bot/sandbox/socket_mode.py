"""Socket Mode: the app dials in, each payload goes to one connection and is acknowledged there."""

import asyncio
import itertools
import json
import secrets
import time
import uuid

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.delivery import Retry, Unreachable
from bot.sandbox.grants import Times
from bot.sandbox.json_values import Json, dump, load

MOST_CONNECTIONS = 10
TICKET_SECONDS = 60
REASONS = ("warning", "refresh_requested", "too_many_websockets", "link_disabled")
WARNING_SECONDS = 10  # between Slack's warning and the end of a connection
DRAINED_WITHIN = 3.0  # what was sent on a connection that Slack itself renews is waited for


class SocketMode:
    """The app's open connections."""

    def __init__(self, app_id: str, times: Times) -> None:
        self._app_id = app_id
        self._times = times
        self._tickets: dict[str, float] = {}
        self._open: list[WebSocket] = []
        self._turn = itertools.count()
        self._ending: set[asyncio.Task[None]] = set()
        self._waiting: dict[str, tuple[WebSocket, asyncio.Future[Json]]] = {}

    def ready(self) -> bool:
        """Tell whether the app is connected."""
        return bool(self._open)

    def connections(self) -> int:
        """Count the open connections."""
        return len(self._open)

    def ticket(self) -> str:
        """Issue the ticket that one connection needs, for a minute."""
        ticket = secrets.token_urlsafe(16)
        self._tickets[ticket] = time.monotonic() + TICKET_SECONDS
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Serve one connection until it ends."""
        expires = self._tickets.pop(socket.query_params.get("ticket", ""), 0.0)
        if expires < time.monotonic():
            await socket.close(code=1008)
            return
        await socket.accept()
        if len(self._open) >= MOST_CONNECTIONS:
            await self._disconnect(socket, "too_many_websockets")
            return
        self._open.append(socket)
        refresh = asyncio.create_task(self._refresh_later(socket))
        try:
            await self._talk(socket)
        except WebSocketDisconnect:
            pass
        finally:
            refresh.cancel()
            self._lost(socket)

    async def send(self, kind: str, payload: Json, retry: Retry | None) -> Json:
        """Send one envelope on one connection and wait for its acknowledgement."""
        if not self._open:
            raise Unreachable("dispatch_failed", "The app is not connected.")
        socket = self._open[next(self._turn) % len(self._open)]
        envelope_id = str(uuid.uuid4())
        envelope: Json = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope["retry_attempt"] = retry.number if retry else 0
            envelope["retry_reason"] = retry.reason if retry else ""
        acknowledged: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, acknowledged)
        try:
            await socket.send_text(dump(envelope))
            return await acknowledged
        except (RuntimeError, WebSocketDisconnect) as why:
            raise Unreachable("dispatch_failed", "The app's connection was lost.") from why
        finally:
            self._waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str, *, most: int | None = None) -> None:
        """Ask the app to reconnect: all connections, or the `most` oldest.

        After a "warning" they stay for a while. One that is refreshed is sent nothing more, and
        ends when what it was sent is acknowledged; for other reasons they end at once.
        """
        for socket in tuple(self._open)[:most]:
            await self._disconnect(socket, reason)
            if reason == "warning":
                ending = asyncio.create_task(self._end_later(socket))
                self._ending.add(ending)
                ending.add_done_callback(self._ending.discard)

    async def _end_later(self, socket: WebSocket) -> None:
        await asyncio.sleep(WARNING_SECONDS)
        if socket in self._open:
            await self._disconnect(socket, "refresh_requested")

    async def close(self) -> None:
        """End every connection."""
        for ending in tuple(self._ending):
            ending.cancel()
        await self.disconnect("link_disabled")

    async def _talk(self, socket: WebSocket) -> None:
        await socket.send_text(dump(self._hello()))
        while True:
            said = _object(await socket.receive_text())
            _, acknowledged = self._waiting.get(said.get("envelope_id", ""), (None, None))
            if acknowledged is not None and not acknowledged.done():
                acknowledged.set_result(said.get("payload") or {})

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": int(self._times.connection),
            },
            "connection_info": {"app_id": self._app_id},
        }

    async def _refresh_later(self, socket: WebSocket) -> None:
        await asyncio.sleep(self._times.connection)
        await socket.send_text(dump(_disconnect_message("warning")))
        await asyncio.sleep(WARNING_SECONDS)
        await self._disconnect(socket, "refresh_requested")

    async def _disconnect(self, socket: WebSocket, reason: str) -> None:
        if reason == "refresh_requested":
            await self._drained(socket)
        try:
            await socket.send_text(dump(_disconnect_message(reason)))
            if reason != "warning":
                await socket.close()
        except (RuntimeError, WebSocketDisconnect):
            self._lost(socket)  # it had gone already

    async def _drained(self, socket: WebSocket) -> None:
        if socket in self._open:
            self._open.remove(socket)
        waited_on = [answer for on, answer in self._waiting.values() if on is socket]
        if waited_on:
            await asyncio.wait(waited_on, timeout=DRAINED_WITHIN)

    def _lost(self, socket: WebSocket) -> None:
        if socket in self._open:
            self._open.remove(socket)
        for waited_on, acknowledged in list(self._waiting.values()):
            if waited_on is socket and not acknowledged.done():
                acknowledged.set_exception(
                    Unreachable("dispatch_failed", "The app's connection was lost.")
                )


def _object(text: str) -> Json:
    """Read what a client said; what is not a JSON object acknowledges nothing."""
    try:
        said = load(text)
    except json.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _disconnect_message(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
