"""Submitted forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.answers import Asker
from bot.apologies import OLD_FORM, apology
from bot.blocks.modal import values_of
from bot.conversation import done, logged
from bot.desk import user_of
from bot.listeners.edge import whisper
from workflow.casework.errors import Lacking, Refusal
from workflow.casework.stages import Act
from workflow.services import forms
from workflow.services.forms import Missing

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncBoltContext
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.answers import Answer
    from bot.desk import Desk


class Carried(NamedTuple):
    """What a form carries with it: the act, the request (None for a new one), where to answer."""

    act: Act
    reference: str | None
    channel: str | None


async def submitted(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
) -> None:
    """Do the act of a submitted form; what is wrong is said on the form, which stays open."""
    try:
        carried = _carried(view)
        answer = await _obey(context["desk"], carried, body, view)
    except Refusal as refusal:
        await ack(response_action="errors", errors=_errors(view, refusal))
        return
    await ack()
    await whisper(answer, user=user_of(body), channel=carried.channel, client=client)


def _carried(view: dict[str, Any]) -> Carried:
    """Read what a form carries. Raises Lacking for a form of another version of the desk."""
    try:
        said = json.loads(view["private_metadata"])
        return Carried(Act[said["act"]], said["reference"], said["channel"])
    except (KeyError, TypeError, ValueError):
        raise Lacking(what=OLD_FORM, cure="") from None


async def _obey(desk: Desk, carried: Carried, body: dict[str, Any], view: dict[str, Any]) -> Answer:
    asker = Asker(desk.officer(user_of(body)), carried.channel)
    values = forms.from_values(carried.act, values_of(view["state"]))
    if carried.act is Act.LOG:
        return await logged(desk, asker, values)
    return await done(desk, asker, carried.act, str(carried.reference), values)


def _errors(view: dict[str, Any], refusal: Refusal) -> dict[str, str]:
    """Put a refusal on the fields it is about, or on the first."""
    fields = {
        one["block_id"]: one["label"]["text"] for one in view["blocks"] if one["type"] == "input"
    }
    if isinstance(refusal, Missing):
        return {one.name: "This is needed." for one in refusal.fields}
    words = apology(refusal)
    if isinstance(refusal, Lacking) and refusal.asks in fields:
        return {refusal.asks: words}
    named = [name for name, label in fields.items() if words.startswith(f"{label.rstrip('?')}:")]
    return dict.fromkeys([*named, *fields][:1], words)
