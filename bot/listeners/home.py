"""App Home: one person's own page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.apologies import apology
from bot.blocks import pages
from bot.blocks.text import said
from bot.listeners.edge import publish
from bot.listeners.patience import PATIENCE, settled, start, within
from bot.looking import held_by
from workflow.casework.errors import Refusal
from workflow.casework.roles import Role
from workflow.casework.stages import Stage
from workflow.services import lists

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncBoltContext
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.blocks.text import Block
    from bot.desk import Desk
    from workflow.casework.roles import Officer


async def opened(event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """Draw App Home for whoever opened it. Slack waits three seconds and then asks again."""
    if event.get("tab") != "home" or "user" not in event:
        return
    drawing = asyncio.ensure_future(_draw(context["desk"], event["user"], client))
    if not await within(drawing, PATIENCE):
        start(settled(drawing, lambda _fault: None))


async def _draw(desk: Desk, user: str, client: AsyncWebClient) -> None:
    try:
        blocks = await desk.ask(page, desk, desk.officer(user))
    except Refusal as refusal:
        blocks = [said(apology(refusal))]
    await publish(blocks, user=user, client=client)


def page(desk: Desk, officer: Officer) -> list[Block]:
    """Gather and draw one person's page."""
    approver = officer.has(Role.APPROVER)
    waiting = lists.listing(desk.office, stage=Stage.RESPONSE.value) if approver else []
    sees_all = officer.has(Role.DESK) or officer.has(Role.MANAGER)
    soonest = lists.listing(desk.office, team=None if sees_all else officer.team)
    return pages.home(
        officer,
        mine=held_by(desk, officer),
        team=lists.listing(desk.office, team=officer.team),
        approvals=[one for one in waiting if one.request.approved_by is None],
        overdue=[one for one in soonest if one.reading.is_late and one.reading.due],
    )
