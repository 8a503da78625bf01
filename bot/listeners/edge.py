"""The edge between Slack and the desk: who asks, how an answer goes back, what a fault says."""

from __future__ import annotations

import json
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot import wording
from bot.answers import Answer, Asker, plainly
from bot.apologies import apology, fault_of
from bot.blocks.fitting import fitted_message, fitted_options, fitted_view
from bot.blocks.notice import notice
from bot.blocks.text import said
from bot.desk import user_of
from bot.slack_errors import code_of
from workflow.casework.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.blocks.text import Block
    from bot.desk import Desk
    from bot.doorkeeper import Doorkeeper

log = structlog.get_logger(__name__)

# What is raised where Slack, or the address to answer at, cannot be reached.
UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError)
# What Slack says of a trigger that is over, was used, or never was. Only the first two are normal.
TOO_LATE = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"}


def introduce(desk: Desk, doorkeeper: Doorkeeper) -> Callable[..., Awaitable[Any]]:
    """Make the middleware that hands each listener the desk; who asks is found by `asker`.

    Whom the doorkeeper refuses is told so, and no listener hears of it.
    """

    async def introduction(
        context: AsyncBoltContext,
        body: dict[str, Any],
        ack: AsyncAck,
        client: AsyncWebClient,
        respond: AsyncRespond,
        next_: Callable[[], Awaitable[Any]],
    ) -> Any:
        await desk.know_the_people()
        context["desk"] = desk.seen_by(user_of(body))
        if words := await doorkeeper.refuses(body, team_id=context.team_id or ""):
            return await _turn_away(words, body=body, ack=ack, client=client, respond=respond)
        return await next_()

    return introduction


async def _turn_away(
    words: str,
    *,
    body: dict[str, Any],
    ack: AsyncAck,
    client: AsyncWebClient,
    respond: AsyncRespond,
) -> BoltResponse:
    """Tell somebody that they may not come in, in the way in which they came."""
    log.info("turned away", user=user_of(body), why=words)
    event = body.get("event") or {}
    if body.get("type") == "block_suggestion":
        return await offer([], ack)
    if body.get("command") or body.get("type") == "view_submission":
        return await _told_in_the_answer(words, body, ack)
    if event.get("type") == "app_home_opened":
        await publish({"type": "home", "blocks": [said(words)]}, user=user_of(body), client=client)
    elif not event:
        await reply(plainly(words), body=body, client=client, respond=respond)
    return await ack()


async def _told_in_the_answer(words: str, body: dict[str, Any], ack: AsyncAck) -> BoltResponse:
    """Say something in the answer itself: privately to a command, on the first field of a form."""
    if body.get("command"):
        told = json.dumps({"response_type": "ephemeral", "text": words, "blocks": [said(words)]})
        return BoltResponse(status=200, body=told, headers={"content-type": ["application/json"]})
    fields = [one["block_id"] for one in body["view"]["blocks"] if one["type"] == "input"]
    return await refuse_form(dict.fromkeys(fields[:1], words), words, ack)


async def refuse_form(errors: dict[str, str], words: str, ack: AsyncAck) -> BoltResponse:
    """Say on a form, which stays open, what is wrong: on its fields, or instead of it."""
    if errors:
        return await ack(response_action="errors", errors=errors)
    return await show_instead(notice(words), ack)


async def show_instead(view: Block, ack: AsyncAck) -> BoltResponse:
    """Acknowledge a form that was sent by showing another in its place."""
    return await ack(response_action="update", view=fitted_view(view))


async def offer(options: Sequence[Block], ack: AsyncAck) -> BoltResponse:
    """Answer what was typed into a menu that is searched."""
    return await ack(options=fitted_options(options))


async def answer_command(answer: Answer, ack: AsyncAck) -> BoltResponse:
    """Answer a command privately, in the acknowledgement itself."""
    text, blocks = fitted_message(answer.text, answer.blocks)
    return await ack(text=text, blocks=blocks, response_type="ephemeral")


def asker(context: AsyncBoltContext, body: dict[str, Any]) -> Asker:
    """Say who sent a payload and where. Raises Lacking for somebody the desk does not know."""
    desk: Desk = context["desk"]
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
    return Asker(desk.officer(user_of(body)), channel, body.get("trigger_id") or "")


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
    elif not (body.get("response_url") and await _answered_there(answer, respond)):
        await whisper(answer, user=user_of(body), channel=None, client=client)


async def _answered_there(answer: Answer, respond: AsyncRespond) -> bool:
    """Answer where something was pressed. False where Slack takes no more: 5 in half an hour."""
    text, blocks = fitted_message(answer.text, answer.blocks)
    try:
        told = await respond(
            text=text,
            blocks=blocks,
            response_type="ephemeral",
            replace_original=False,
        )
    except UNREACHABLE as error:
        log.warning("the place to answer at cannot be reached", why=type(error).__name__)
        return False
    if told.status_code != HTTPStatus.OK:
        log.warning("the place to answer at is closed", why=told.body[:80])
    return bool(told.status_code == HTTPStatus.OK)


async def open_modal(
    modal: dict[str, Any], *, body: dict[str, Any], client: AsyncWebClient
) -> str | None:
    """Open a modal: on top of one that is open, else by itself. Gives its id.

    Where Slack's three seconds for it are over the person is told so; None then.
    """
    view = body.get("view") or {}
    open_or_push = client.views_push if view.get("type") == "modal" else client.views_open
    trigger = body.get("trigger_id") or ""
    try:
        opened = await open_or_push(trigger_id=trigger, view=fitted_view(modal))
    except SlackApiError as error:
        if trigger and code_of(error) not in TOO_LATE:
            raise
        log.info("no form", why=code_of(error))
        channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
        await whisper(
            plainly(wording.LATE_FORM), user=user_of(body), channel=channel, client=client
        )
        return None
    return str(opened["view"]["id"])


async def update(view_id: str, view: Block, *, client: AsyncWebClient) -> None:
    """Draw an open form anew. Where it was closed meanwhile there is nothing to draw."""
    try:
        await client.views_update(view_id=view_id, view=fitted_view(view))
    except SlackApiError as error:
        log.info("the form is there no more", why=code_of(error))


async def publish(
    view: Block, *, user: str, client: AsyncWebClient, instead_of: str | None = None
) -> str:
    """Draw a person's App Home. Gives the hash of what is drawn, empty where nothing could be.

    `instead_of` is the hash of what may be drawn over: nothing else that was drawn meanwhile.
    """
    try:
        drawn = await client.views_publish(user_id=user, view=fitted_view(view), hash=instead_of)
    except SlackApiError as error:
        log.warning("no App Home could be drawn", why=code_of(error))
        return ""
    return str((drawn.get("view") or {}).get("hash") or "")


async def whisper(
    answer: Answer, *, user: str, channel: str | None, client: AsyncWebClient
) -> None:
    """Tell one person something privately, where they asked or, failing that, directly."""
    text, blocks = fitted_message(answer.text, answer.blocks)
    words: dict[str, Any] = {"text": text, "blocks": blocks}
    if channel:
        try:
            await client.chat_postEphemeral(channel=channel, user=user, **words)
        except SlackApiError as error:
            log.info("no private answer in the channel", why=code_of(error))
        else:
            return
    try:
        await client.chat_postMessage(channel=user, unfurl_links=False, unfurl_media=False, **words)
    except SlackApiError as error:
        log.warning("no private answer at all", why=code_of(error))


async def answer_fault(
    error: Exception, body: dict[str, Any], ack: AsyncAck, respond: AsyncRespond
) -> BoltResponse:
    """Log a fault of ours under a number and tell the person the number. No traceback leaves."""
    number = uuid.uuid4().hex[:8]
    if isinstance(error, UNREACHABLE):
        log.warning("Slack could not be told", number=number, why=type(error).__name__)
    else:
        log.error("a listener failed", number=number, exc_info=error)
    words = fault_of(error, number)
    if body.get("command") or body.get("type") == "view_submission":
        return await _told_in_the_answer(words, body, ack)
    if body.get("response_url"):
        await _answered_there(Answer(words), respond)
    await ack()
    return BoltResponse(status=200, body="")
