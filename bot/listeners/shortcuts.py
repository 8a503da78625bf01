"""Shortcuts: logging a request from anywhere in Slack, or out of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answers import Answer
from bot.forms import form
from bot.intake import from_a_message
from bot.listeners.edge import answered, asker, reply
from workflow.casework.stages import Act

if TYPE_CHECKING:
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

    await reply(await answered(conversation()), body=body, client=client, respond=respond)
    await ack()


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

    await reply(await answered(conversation()), body=body, client=client, respond=respond)
    await ack()
