"""The command /foi."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answers import Answer
from bot.conversation import typed
from bot.listeners.edge import answered, asker, open_modal

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncBoltContext
    from slack_sdk.web.async_client import AsyncWebClient


async def foi(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer a command: privately, in the answer to the request itself."""

    async def conversation() -> Answer:
        return await typed(context["desk"], asker(context, body), body.get("text") or "")

    answer = await answered(conversation())
    if answer.modal is not None:
        await open_modal(answer.modal, body=body, client=client)
        await ack()
        return
    await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")
