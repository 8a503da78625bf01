"""The form that asks on which request: its menu, and what follows when it is sent."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from bot import ids, wording
from bot.answers import Answer, Asker
from bot.apologies import apology
from bot.blocks.fields import values_of
from bot.blocks.notice import notice
from bot.blocks.which import MOST_OPTIONS, options
from bot.conversation import chosen
from bot.desk import user_of
from bot.listeners.edge import offer, show_instead, update, whisper
from bot.listeners.patience import PATIENCE, settled, start, within
from workflow.casework.errors import Lacking, Refusal
from workflow.services import lists
from workflow.services.verbs import verb_named

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncBoltContext
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk import Desk
    from workflow.services.verbs import Verb


async def suggested(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
    """Offer the requests on which this person may do what they typed: none to a stranger."""
    desk: Desk = context["desk"]
    try:
        officer = desk.officer(user_of(body))
        verb, _ = _carried(body.get("view") or {})
    except Refusal:
        await offer([], ack)
        return
    words = str(body.get("value") or "")
    looking = asyncio.ensure_future(
        desk.ask(lists.choosable, desk.office, officer, verb.acts, words, most=MOST_OPTIONS)
    )
    in_time = await within(looking, PATIENCE)  # a menu that opens late opens empty
    await offer(options(looking.result()) if in_time else [], ack)


async def said_which(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
) -> None:
    """Go on with the chosen request: its form takes this one's place, or the act is done."""
    going_on = asyncio.ensure_future(_gone_on(context["desk"], body, view))
    if not await within(going_on, PATIENCE):
        await show_instead(notice(wording.ONE_MOMENT), ack)
        start(_told_later(going_on, body, view, client))
        return
    answer, refused = going_on.result()
    if refused:
        await ack(response_action="errors", errors={ids.WHICH_REQUEST: answer.text})
    elif answer.modal is not None:
        await show_instead(answer.modal, ack)
    else:
        await ack()
        await whisper(answer, user=user_of(body), channel=_channel(view), client=client)


async def _gone_on(desk: Desk, body: dict[str, Any], view: dict[str, Any]) -> tuple[Answer, bool]:
    """Give the answer, and whether it is a refusal."""
    try:
        verb, channel = _carried(view)
        reference = values_of(view["state"]).get(ids.WHICH_REQUEST) or ""
        asker = Asker(desk.officer(user_of(body)), channel, body.get("trigger_id") or "")
        return await chosen(desk, asker, verb, reference), False
    except Refusal as refusal:
        return Answer(apology(refusal)), True


async def _told_later(
    going_on: asyncio.Future[tuple[Answer, bool]],
    body: dict[str, Any],
    view: dict[str, Any],
    client: AsyncWebClient,
) -> None:
    answer, refused = await settled(going_on, lambda fault: (fault, True))
    await update(view["id"], answer.modal or notice(answer.text), client=client)
    if answer.modal is None and not refused:
        await whisper(answer, user=user_of(body), channel=_channel(view), client=client)


def _channel(view: dict[str, Any]) -> str | None:
    return _carried(view)[1]


def _carried(view: dict[str, Any]) -> tuple[Verb, str | None]:
    """Read the verb and where to answer. Raises Lacking for a form of another version."""
    try:
        said = json.loads(view["private_metadata"])
        return verb_named(said["verb"]), said["channel"]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Lacking(what=wording.OLD_FORM, cure="") from None
