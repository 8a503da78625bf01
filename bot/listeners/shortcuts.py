"""Shortcuts: logging a request from anywhere in Slack, or out of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answers import Answer
from bot.forms import form
from bot.intake import from_a_message
from bot.listeners.edge import asker, reply
from bot.listeners.patience import Ways, in_time
from workflow.casework.stages import Act

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient


async def log_request(
    ack: AsyncAck,
    body: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
    respond: AsyncRespond,
) -> None:
    """Open the form of a new request."""

    async def conversation() -> Answer:
        return await form(context["desk"], asker(context, body), Act.LOG, None)

    await _opened(conversation(), Ways(body, ack, client, respond))


async def log_message(
    ack: AsyncAck,
    body: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
    respond: AsyncRespond,
) -> None:
    """Open the form of a new request with what a message says."""

    async def conversation() -> Answer:
        return await from_a_message(context["desk"], asker(context, body), body["message"])

    await _opened(conversation(), Ways(body, ack, client, respond))


async def _opened(conversation: Coroutine[Any, Any, Answer], ways: Ways) -> None:
    answer = await in_time(conversation, ways, opens_form=True)
    if answer is not None:
        await reply(answer, body=ways.body, client=ways.client, respond=ways.respond)
        await ways.ack()
