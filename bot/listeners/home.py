"""App Home: one person's own page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.apologies import apology
from bot.blocks import home
from bot.blocks.home import A_FEW, A_PAGE, Asked
from bot.blocks.text import said
from bot.desk import user_of
from bot.listeners.edge import publish
from bot.listeners.patience import PATIENCE, settled, start, within
from workflow.casework.errors import Refusal
from workflow.services import board, heard
from workflow.services.board import Look

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from slack_bolt.async_app import AsyncAck, AsyncBoltContext
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.blocks.text import Block
    from bot.desk import Desk
    from workflow.casework.roles import Officer


async def opened(
    event: dict[str, Any],
    body: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
) -> None:
    """Draw App Home for whoever opened it, as they left it.

    Slack waits three seconds and then tells it again, up to five minutes later: what was drawn
    meanwhile is not to be drawn over with what was asked for then.
    """
    if event.get("tab") != "home" or "user" not in event:
        return
    before = (event.get("view") or {}).get("private_metadata") or ""
    asked = home.asked_of(before)
    desk, event_id = context["desk"], str(body.get("event_id") or "")
    await _soon(_once(desk, event_id, lambda: _show(desk, event["user"], asked, client)))


async def _once(desk: Desk, event_id: str, draw: Callable[[], Awaitable[None]]) -> None:
    if event_id and not await desk.ask(heard.begin, desk.office, event_id):
        return
    await draw()
    if event_id:
        await desk.ask(heard.done, desk.office, event_id)


async def changed(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
) -> None:
    """Draw App Home again after somebody searched, narrowed or turned a page on it."""
    await ack()
    option = action.get("selected_option") or {}
    value = str(option.get("value") or action.get("value") or "")
    asked = home.asked_of((body.get("view") or {}).get("private_metadata") or "")
    asked = home.changed(asked, action["action_id"], value)
    await _soon(_show(context["desk"], user_of(body), asked, client))


async def _soon(drawing: Coroutine[Any, Any, None]) -> None:
    """Draw within Slack's patience, or go on drawing after it."""
    drawn = asyncio.ensure_future(drawing)
    if not await within(drawn, PATIENCE):
        start(settled(drawn, lambda _fault: None))


async def _show(desk: Desk, user: str, asked: Asked, client: AsyncWebClient) -> None:
    try:
        view = await desk.ask(page, desk, desk.officer(user), asked)
    except Refusal as refusal:
        view = home.view(Asked(), [said(apology(refusal))])
    await publish(view, user=user, client=client)


def page(desk: Desk, officer: Officer, asked: Asked) -> Block:
    """Gather and draw one person's page."""
    office, roster = desk.office, desk.office.roster
    blocks = home.top(officer, roster, asked.look)
    if asked.look:
        found = board.find(office, officer, asked.look, limit=A_PAGE, offset=asked.page * A_PAGE)
        return home.view(asked, [*blocks, *home.results(asked, found, roster)])
    parts = {
        part: board.find(office, officer, Look(part), limit=A_FEW)
        for part in board.parts_for(officer)
    }
    blocks += home.board(parts)
    if home.manages(officer):
        blocks += home.falling_due(board.falling_due(office))
    return home.view(asked, blocks)
