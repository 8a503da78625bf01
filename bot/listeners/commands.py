"""The command /foi."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answers import Answer
from bot.conversation import may_open_form, typed
from bot.listeners.edge import answer_command, asker, open_modal
from bot.listeners.patience import Ways, in_time

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient


async def foi(
    ack: AsyncAck,
    body: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
    respond: AsyncRespond,
) -> None:
    """Answer a command: privately, in the answer to the request itself."""
    text = body.get("text") or ""

    async def conversation() -> Answer:
        return await typed(context["desk"], asker(context, body), text)

    ways = Ways(body, ack, client, respond)
    answer = await in_time(conversation(), ways, opens_form=may_open_form(text))
    if answer is None:
        return
    if answer.modal is not None:
        await open_modal(answer.modal, body=body, client=client)
        await ack()
        return
    await answer_command(answer, ack)
