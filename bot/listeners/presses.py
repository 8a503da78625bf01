"""Buttons and menus. They carry an opaque id; what stands is read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import ids, wording
from bot.answers import Answer, Asker
from bot.conversation import READ_FIRST, everything, pressed, typed
from bot.listeners.edge import asker, reply
from bot.listeners.patience import Ways, in_time
from bot.looking import looked
from workflow.services.forms import FORMS

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

        ways = Ways(body, ack, client, respond)
        answer = await in_time(conversation(), ways, opens_form=form_behind(action))
        if answer is not None:
            await reply(answer, body=body, client=client, respond=respond)
            await ack()

    return listen


def form_behind(action: dict[str, Any]) -> bool:
    """Say whether what was pressed may open a form."""
    chosen = action.get("selected_option") or {}
    try:
        if action["action_id"] == ids.MORE:
            act = ids.option_from(chosen.get("value", ""))[0]
        else:
            act = ids.act_from(action["action_id"])
    except KeyError:
        return bool(action["action_id"].startswith(f"{ids.MENU}:"))
    return act in READ_FIRST or bool(FORMS[act])


async def _act(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    try:
        act = ids.act_from(action["action_id"])
    except KeyError:
        return Answer(wording.OUT_OF_DATE)
    return await pressed(desk, asker, act, action["value"])


async def _more(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    value = action["selected_option"]["value"]
    if (shown := ids.everything_from(value)) is not None:
        return await everything(desk, asker, shown)
    try:
        act, reference = ids.option_from(value)
    except KeyError:
        return Answer(wording.OUT_OF_DATE)
    return await pressed(desk, asker, act, reference)


async def _show(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    return await looked(desk, asker, "show", action["value"])


async def _why(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    return await looked(desk, asker, "why", action["value"])


async def _menu(desk: Desk, asker: Asker, action: dict[str, Any]) -> Answer:
    return await typed(desk, asker, action["value"])


async def _out_of_date(_desk: Desk, _asker: Asker, _action: dict[str, Any]) -> Answer:
    return Answer(wording.OUT_OF_DATE)


pressed_act = listener(_act)
pressed_more = listener(_more)
pressed_show = listener(_show)
pressed_why = listener(_why)
pressed_menu = listener(_menu)
pressed_out_of_date = listener(_out_of_date)
