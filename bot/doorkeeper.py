"""Who may come in from Slack: full members of the workspace that the desk serves.

A guest, or somebody from another workspace in a shared channel, is turned away even where the
roster has their member ID: what an authority holds is not for its visitors.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot import wording
from bot.desk import user_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger(__name__)

SECONDS_KNOWN = 600.0  # for so long an answer of Slack's about somebody is taken for granted
SECONDS_UNKNOWN = 30.0
SECONDS_TO_WAIT = 1.0  # of the three in which Slack must be answered
# Where a payload says of which workspace its sender is: interactions in `user`, messages of shared
# channels in the event.
_SENDERS_TEAM = ("user_team", "source_team")


class _Known(NamedTuple):
    refused: str
    until: float


class Doorkeeper:
    """Asks Slack who somebody is, once in ten minutes, and says why they may not come in."""

    def __init__(
        self, client: AsyncWebClient, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._now = client, now
        self._known: dict[str, _Known] = {}

    async def refuses(self, body: dict[str, Any], *, team_id: str) -> str:
        """Say why the sender of a payload may not come in; nothing when they may.

        `team_id` is the workspace that the desk serves.

        Where Slack cannot say who somebody is they may: the roster knows them all the same.
        """
        if any(team != team_id for team in _teams_of(body)):
            return wording.VISITOR
        user = user_of(body)
        if not user:  # an event of the app's own, and of nobody's
            return ""
        known = self._known.get(user)
        if known is None or known.until <= self._now():
            known = await self._ask(user, team_id)
        return known.refused

    async def _ask(self, user: str, team_id: str) -> _Known:
        try:
            asking = self._client.users_info(user=user)
            answer = await asyncio.wait_for(asking, SECONDS_TO_WAIT)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("Slack did not say who somebody is", user=user, why=repr(error))
            found = _Known("", self._now() + SECONDS_UNKNOWN)
        else:
            found = _Known(_why_not(answer["user"], team_id), self._now() + SECONDS_KNOWN)
        self._known[user] = found
        return found


def _teams_of(body: dict[str, Any]) -> list[str]:
    """Give every workspace of which a payload says that its sender is."""
    user, event = body.get("user"), body.get("event")
    said = [user.get("team_id")] if isinstance(user, dict) else []
    if isinstance(event, dict):
        said += [event.get(name) for name in _SENDERS_TEAM]
    return [str(team) for team in said if team]


def _why_not(user: Mapping[str, Any], team_id: str) -> str:
    if user.get("is_stranger") or user.get("team_id", team_id) != team_id:
        return wording.VISITOR
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return wording.GUEST
    return wording.GONE if user.get("deleted") else ""
