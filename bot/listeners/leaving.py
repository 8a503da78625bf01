"""The app's own end: it was uninstalled, or its tokens were revoked, and Slack says so by an event.

Slack promises no order of the two, and may tell of a token before the one in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from workflow.services import delivery
from workflow.services.installation import REVOKED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncBoltContext

    from bot.desk import Desk
    from bot.identity import Identity
    from workflow.services.office import Office

log = structlog.get_logger(__name__)


def leaving(
    identity: Callable[[], Awaitable[Identity | None]], ended: Callable[[str], None]
) -> Callable[..., Awaitable[None]]:
    """Make the listener of both events. `ended` keeps that the installation is over, if it is."""

    async def left(event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext) -> None:
        bot = await identity()
        if bot is None or body.get("team_id") != bot.team_id:
            return
        word = event["type"]
        if word == REVOKED and bot.bot_user_id not in (
            (event.get("tokens") or {}).get("bot") or ()
        ):
            return  # somebody's own token, and not the bot's
        desk: Desk = context["desk"]
        await desk.ask(_look, desk.office, word, ended)

    return left


def _look(office: Office, word: str, ended: Callable[[str], None]) -> None:
    ended(word)
    error = delivery.refusal(office)
    log.warning("Slack says that the app may not stay", said=word, why=error.why if error else "")
