"""Submitted forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.apologies import apology
from bot.blocks.modal import values_of
from bot.conversation import Asker, done, logged
from bot.desk import user_of
from bot.listeners.edge import whisper
from workflow.casework.errors import Refusal
from workflow.casework.stages import Act
from workflow.services import forms
from workflow.services.forms import FORMS, Missing

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncBoltContext
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.conversation import Answer
    from bot.desk import Desk


async def submitted(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
) -> None:
    """Do the act of a submitted form; what is wrong is said on the form, which stays open."""
    carried = json.loads(view["private_metadata"])
    act = Act[carried["act"]]
    try:
        answer = await _obey(context["desk"], act, carried, body, view)
    except Refusal as refusal:
        await ack(response_action="errors", errors=_errors(act, refusal))
        return
    await ack()
    await whisper(answer, user=user_of(body), channel=carried["channel"], client=client)


async def _obey(
    desk: Desk, act: Act, carried: dict[str, Any], body: dict[str, Any], view: dict[str, Any]
) -> Answer:
    asker = Asker(desk.officer(user_of(body)), carried["channel"])
    values = forms.from_values(act, values_of(view["state"]))
    if act is Act.LOG:
        return await logged(desk, asker, values)
    return await done(desk, asker, act, carried["reference"], values)


def _errors(act: Act, refusal: Refusal) -> dict[str, str]:
    """Put a refusal on the fields it is about, or on the first."""
    if isinstance(refusal, Missing):
        return {one.name: "This is needed." for one in refusal.fields}
    words = apology(refusal)
    named = [one.name for one in FORMS[act] if words.startswith(f"{one.label}:")]
    return {(named or [FORMS[act][0].name])[0]: words}
