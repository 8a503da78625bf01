"""Slack's three seconds: answered within them, or told that it takes longer and answered later.

An answer is awaited for a second. If it is not there by then Slack gets its acknowledgement, and
the person the answer when it comes: by the response URL, directly, or in the form that was opened
to keep its place, for a form cannot be opened any later.
"""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import structlog

from bot import wording
from bot.answers import Answer, plainly
from bot.apologies import fault_of
from bot.blocks.notice import notice
from bot.listeners.edge import answered, open_modal, reply, update

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from slack_bolt.async_app import AsyncAck, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger(__name__)
T = TypeVar("T")

PATIENCE = 1.0  # of the three seconds; the rest is for the way, and for opening a form
_under_way: set[asyncio.Task[Any]] = set()  # asyncio itself keeps no hold of a task


class Ways(NamedTuple):
    """How a person can be answered who did one thing."""

    body: dict[str, Any]
    ack: AsyncAck
    client: AsyncWebClient
    respond: AsyncRespond


async def in_time(
    conversation: Awaitable[Answer], ways: Ways, *, opens_form: bool
) -> Answer | None:
    """Wait for an answer for as long as Slack allows; None when it will be given later.

    `opens_form` says that the answer may be a form, whose place must then be kept in time.
    """
    talk = asyncio.ensure_future(answered(conversation))
    if await within(talk, PATIENCE):
        return talk.result()
    kept = await _keep_place(ways) if opens_form else None
    await ways.ack()
    start(_answer_later(talk, ways, kept))
    return None


async def within(talk: asyncio.Future[Any], seconds: float) -> bool:
    """Wait so long for something that goes on all the same. Says whether it is done."""
    done, _ = await asyncio.wait((talk,), timeout=seconds)
    return bool(done)


def start(work: Coroutine[Any, Any, None]) -> None:
    """Let work go on after the acknowledgement."""
    task = asyncio.create_task(work)
    _under_way.add(task)
    task.add_done_callback(_ended)


def _ended(task: asyncio.Task[None]) -> None:
    _under_way.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("what went on after the acknowledgement failed", exc_info=error)


async def finish(seconds: float) -> None:
    """Wait, before the process ends, for the answers that are still under way."""
    if _under_way:
        await asyncio.wait(set(_under_way), timeout=seconds)


async def _keep_place(ways: Ways) -> str | None:
    """Open a form that says to wait. Gives its id, or None when Slack opened none."""
    return await open_modal(notice(wording.ONE_MOMENT), body=ways.body, client=ways.client)


async def _answer_later(talk: asyncio.Future[Answer], ways: Ways, kept: str | None) -> None:
    answer = await settled(talk, lambda fault: fault)
    if kept is not None:
        await update(kept, answer.modal or notice(answer.text), client=ways.client)
    if kept is None or answer.modal is None:
        await reply(answer, body=ways.body, client=ways.client, respond=ways.respond)


async def settled(talk: asyncio.Future[T], otherwise: Callable[[Answer], T]) -> T:
    """Wait for what Slack no longer waits for. A fault of ours becomes words, by `otherwise`."""
    try:
        return await talk
    except Exception as error:  # an edge, like Bolt's error handler: nothing waits above
        number = uuid.uuid4().hex[:8]
        log.exception("an answer that takes longer failed", number=number)
        return otherwise(plainly(fault_of(error, number)))
