"""Who the bot is in its workspace, and how Slack is asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_sdk.web.async_client import AsyncWebClient


class Identity(NamedTuple):
    """Who the bot is in its workspace, as Slack's auth.test says."""

    team_id: str
    bot_id: str
    bot_user_id: str


async def identify(client: AsyncWebClient) -> Identity:
    """Ask Slack who the bot is. Raises SlackApiError when the token is not good."""
    answer = await client.auth_test()
    return Identity(answer["team_id"], answer.get("bot_id", ""), answer["user_id"])


def always(identity: Identity) -> Callable[[], Awaitable[Identity | None]]:
    """Give the same identity whenever it is asked for: that of a token that never changes."""

    async def same() -> Identity:
        return identity

    return same
