"""The form that asks on which request: its menu, and what follows when it is sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot import ids
from bot.answers import Asker
from bot.apologies import OLD_FORM, apology
from bot.blocks.fields import values_of
from bot.blocks.which import MOST_OPTIONS, options
from bot.conversation import chosen
from bot.desk import user_of
from bot.listeners.edge import whisper
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
        await ack(options=[])
        return
    words = str(body.get("value") or "")
    found = await desk.ask(
        lists.choosable, desk.office, officer, verb.acts, words, most=MOST_OPTIONS
    )
    await ack(options=options(found))


async def said_which(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
) -> None:
    """Go on with the chosen request: its form takes this one's place, or the act is done."""
    desk: Desk = context["desk"]
    try:
        verb, channel = _carried(view)
        reference = values_of(view["state"]).get(ids.WHICH_REQUEST) or ""
        asker = Asker(desk.officer(user_of(body)), channel)
        answer = await chosen(desk, asker, verb, reference)
    except Refusal as refusal:
        await ack(response_action="errors", errors={ids.WHICH_REQUEST: apology(refusal)})
        return
    if answer.modal is not None:
        await ack(response_action="update", view=answer.modal)
        return
    await ack()
    await whisper(answer, user=user_of(body), channel=channel, client=client)


def _carried(view: dict[str, Any]) -> tuple[Verb, str | None]:
    """Read the verb and where to answer. Raises Lacking for a form of another version."""
    try:
        said = json.loads(view["private_metadata"])
        return verb_named(said["verb"]), said["channel"]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Lacking(what=OLD_FORM, cure="") from None
