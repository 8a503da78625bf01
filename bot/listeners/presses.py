"""Buttons and menus. They carry an opaque id; what stands is read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import ids
from bot.answers import Answer, Asker
from bot.apologies import OUT_OF_DATE
from bot.conversation import everything, pressed, typed
from bot.listeners.edge import answered, asker, reply
from bot.looking import looked

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk import Desk

    Press = Callable[[Desk, Asker, dict[str, Any]], Awaitable[Answer]]


def listener(press: Press) -> Callable[..., Awaitable[None]]:
    """Make a listener of what a press means: answer it privately, then ack."""

    async def listen(
        ack: AsyncAck,
        body: dict[str, Any],
        action: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        async def conversation() -> Answer:
            return await press(context["desk"], asker(context, body), action)

        await reply(await answered(conversation()), body=body, client=client, respond=respond)
        await ack()

    return listen


async def _act(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    try:
        act = ids.act_from(action["action_id"])
    except KeyError:
        return Answer(OUT_OF_DATE)
    return await pressed(desk, asker, act, action["value"])


async def _more(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    value = action["selected_option"]["value"]
    if (shown := ids.everything_from(value)) is not None:
        return await everything(desk, asker, shown)
    try:
        act, reference = ids.option_from(value)
    except KeyError:
        return Answer(OUT_OF_DATE)
    return await pressed(desk, asker, act, reference)


async def _show(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    return await looked(desk, asker, "show", action["value"])


async def _why(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    return await looked(desk, asker, "why", action["value"])


async def _menu(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    return await typed(desk, asker, action["value"])


async def _out_of_date(_desk: Desk, _asker: Asker, _action: dict[str, Any]) -> Answer:
    return Answer(OUT_OF_DATE)


pressed_act = listener(_act)
pressed_more = listener(_more)
pressed_show = listener(_show)
pressed_why = listener(_why)
pressed_menu = listener(_menu)
pressed_out_of_date = listener(_out_of_date)
