"""Getting a payload to the app: Socket Mode or signed HTTP, in three seconds, with retries."""

import asyncio
import time
from typing import Any, NamedTuple, Protocol

from bot.sandbox.faults import Faults
from bot.sandbox.grants import Times
from bot.sandbox.json_values import Json
from bot.sandbox.log import Log

RETRY_REASONS = {
    "operation_timeout": "http_timeout",
    "dispatch_failed": "connection_failed",
    "http_error": "http_error",
}


class Unreachable(Exception):
    """The app could not be given something.

    Attributes:
        code: `dispatch_failed` or `http_error`, as a person is told.
        retry: False where the app asked not to be sent it again.
    """

    def __init__(self, code: str, detail: str, *, retry: bool = True) -> None:
        super().__init__(detail)
        self.code = code
        self.retry = retry


class Retry(NamedTuple):
    """Which repetition of an event this is, and why."""

    number: int
    reason: str


class Transport(Protocol):
    """One way to the app."""

    async def send(self, kind: str, payload: Json, retry: Retry | None) -> Json:
        """Send, wait for the acknowledgement and return its content; raises `Unreachable`."""
        ...

    def ready(self) -> bool:
        """Tell whether the app can be reached this way now."""
        ...


class Answer(NamedTuple):
    """How the app acknowledged."""

    ms: int
    error: str | None
    detail: str
    body: Json


class Delivery:
    """Sends what people do to the app, by the first way that is ready."""

    def __init__(
        self, transports: list[Transport], *, faults: Faults, times: Times, log: Log
    ) -> None:
        self._transports = transports
        self._faults = faults
        self._times = times
        self._log = log
        self._under_way: set[asyncio.Task[None]] = set()

    async def send(self, kind: str, payload: Json, retry: Retry | None = None) -> Answer:
        """Deliver a payload and wait for its acknowledgement, three seconds at most.

        Args:
            kind: "slash_commands", "interactive" or "events_api".
            payload: what the app is sent.
            retry: set when an event is sent again.
        """
        copies = 2 if self._faults.happens("duplicate_delivery") else 1
        answers = await asyncio.gather(*(self._once(kind, payload, retry) for _ in range(copies)))
        return answers[0]

    def send_event(self, payload: Json) -> None:
        """Deliver an event in the background, with Slack's three retries."""
        task = asyncio.get_running_loop().create_task(self._with_retries(payload))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Stop every retry."""
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _with_retries(self, payload: Json) -> None:
        retry: Retry | None = None
        for number, pause in enumerate((*self._times.retries, None), start=1):
            answer = await self.send("events_api", payload, retry)
            if answer.error is None or pause is None or answer.body.get("no_retry"):
                return
            await asyncio.sleep(pause)
            retry = Retry(number, RETRY_REASONS[answer.error])

    async def _once(self, kind: str, payload: Json, retry: Retry | None) -> Answer:
        began = time.perf_counter()
        error, detail, body, via = None, "", {}, "nothing"
        try:
            transport = self._ready()
            via = type(transport).__name__
            body = await asyncio.wait_for(
                self._through(transport, kind, payload, retry), self._times.ack
            )
        except TimeoutError:
            error = "operation_timeout"
            detail = f"The app did not acknowledge within {self._times.ack:g} seconds."
        except Unreachable as why:
            error, detail, body = why.code, str(why), {"no_retry": not why.retry}
        answer = Answer(round((time.perf_counter() - began) * 1000), error, detail, body)
        self._noted(kind, payload, retry, via, answer)
        return answer

    def _ready(self) -> Transport:
        for transport in self._transports:
            if transport.ready():
                return transport
        raise Unreachable("dispatch_failed", "The app is not connected.")

    async def _through(
        self, transport: Transport, kind: str, payload: Json, retry: Retry | None
    ) -> Json:
        slow = self._faults.happens("slow_ack")
        body = await transport.send(kind, payload, retry)
        if slow:
            await asyncio.sleep(slow.seconds)
        return body

    def _noted(
        self, kind: str, payload: Json, retry: Retry | None, via: str, answer: Answer
    ) -> None:
        details: dict[str, Any] = {"kind": kind, "via": via, "ms": answer.ms}
        if retry:
            details["retry"] = retry._asdict()
        self._log.note(
            "delivery", **details, error=answer.error, payload=payload, answer=answer.body
        )
