"""App Home: one person's own page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog

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
    from bot.pictures import Days
    from workflow.casework.roles import Officer

log = structlog.get_logger(__name__)


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
        officer = desk.officer(user)
        days = await _charted(desk, officer, asked)
        view = await desk.ask(page, desk, officer, asked, days)
    except Refusal as refusal:
        view, days = home.view(Asked(), [said(apology(refusal))]), ()
    drawn = await publish(view, user=user, client=client)
    if not days:
        return
    if not drawn and desk.pictures.known(days):  # Slack does not show the chart: it is in words
        desk.pictures.refused(days, why="App Home was refused with it")
        await publish(await desk.ask(page, desk, officer, asked, days), user=user, client=client)
    elif drawn and not desk.pictures.known(days):
        start(_with_chart(desk, user, asked, client, days, drawn))


async def _charted(desk: Desk, officer: Officer, asked: Asked) -> Days:
    """Give the figures of the chart on somebody's page; none where it has no chart."""
    if asked.look or not home.manages(officer):
        return ()
    days = await desk.ask(board.falling_due, desk.office)
    return days if any(count for _, count in days) else ()


async def _with_chart(  # whose page, and what it shows now
    desk: Desk, user: str, asked: Asked, client: AsyncWebClient, days: Days, drawn: str
) -> None:
    """Draw the page again once its chart is there, if it is still the same page."""
    if await desk.pictures.make(days, client, words=home.in_words(days)):
        view = await desk.ask(page, desk, desk.officer(user), asked, days)
        if not await publish(view, user=user, client=client, instead_of=drawn):
            log.info("the chart waits until App Home is opened again")


def page(desk: Desk, officer: Officer, asked: Asked, days: Days | None = None) -> Block:
    """Gather and draw one person's page. `days` are what falls due, if it is known already."""
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
        days = days or board.falling_due(office)
        blocks += home.falling_due(days, chart=desk.pictures.known(days))
    return home.view(asked, blocks)
