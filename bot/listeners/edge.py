"""The edge between Slack and the desk: who asks, how an answer goes back, what a fault says."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import structlog
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.answers import Answer, Asker, plainly
from bot.apologies import apology, fault
from bot.desk import user_of
from workflow.casework.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk import Desk

log = structlog.get_logger(__name__)


def introduce(desk: Desk) -> Callable[..., Awaitable[Any]]:
    """Make the middleware that hands each listener the desk; who asks is found by `asker`."""

    async def introduction(context: AsyncBoltContext, next_: Callable[[], Awaitable[Any]]) -> Any:
        context["desk"] = desk
        return await next_()

    return introduction


def asker(context: AsyncBoltContext, body: dict[str, Any]) -> Asker:
    """Say who sent a payload and where. Raises Lacking for somebody the desk does not know."""
    desk: Desk = context["desk"]
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
    return Asker(desk.officer(user_of(body)), channel)


async def answered(conversation: Awaitable[Answer]) -> Answer:
    """Wait for an answer; a refusal is one too."""
    try:
        return await conversation
    except Refusal as refusal:
        return plainly(apology(refusal))


async def reply(
    answer: Answer, *, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
) -> None:
    """Give a private answer to a press: a modal, a message only they see, or a direct message."""
    if answer.modal is not None:
        await open_modal(answer.modal, body=body, client=client)
    elif body.get("response_url"):
        await respond(
            text=answer.text,
            blocks=answer.blocks,
            response_type="ephemeral",
            replace_original=False,
        )
    else:
        await whisper(answer, user=user_of(body), channel=None, client=client)


async def open_modal(
    modal: dict[str, Any], *, body: dict[str, Any], client: AsyncWebClient
) -> None:
    """Open a modal: on top of one that is open, else by itself."""
    open_or_push = client.views_push if body.get("view", {}).get("type") == "modal" else None
    await (open_or_push or client.views_open)(trigger_id=body["trigger_id"], view=modal)


async def whisper(
    answer: Answer, *, user: str, channel: str | None, client: AsyncWebClient
) -> None:
    """Tell one person something privately, where they asked or, failing that, directly."""
    words: dict[str, Any] = {"text": answer.text, "blocks": answer.blocks}
    if channel:
        try:
            await client.chat_postEphemeral(channel=channel, user=user, **words)
        except SlackApiError as error:
            log.info("no private answer in the channel", why=error.response.get("error"))
        else:
            return
    await client.chat_postMessage(channel=user, unfurl_links=False, unfurl_media=False, **words)


async def answer_fault(
    error: Exception, body: dict[str, Any], ack: AsyncAck, respond: AsyncRespond
) -> BoltResponse:
    """Log a fault of ours under a number and tell the person the number. No traceback leaves."""
    number = uuid.uuid4().hex[:8]
    log.error("a listener failed", number=number, exc_info=error)
    words = fault(number)
    if body.get("command"):
        said = json.dumps({"response_type": "ephemeral", "text": words})
        return BoltResponse(status=200, body=said, headers={"content-type": ["application/json"]})
    if body.get("type") == "view_submission":
        fields = [one["block_id"] for one in body["view"]["blocks"] if one["type"] == "input"]
        return await ack(response_action="errors", errors=dict.fromkeys(fields[:1], words))
    if body.get("response_url"):
        await respond(text=words, response_type="ephemeral", replace_original=False)
    await ack()
    return BoltResponse(status=200, body="")
