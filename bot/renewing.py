"""Slack's clients that speak by the token in force, and once again by a newer one if refused.

A call that is refused for its token was not obeyed, so that it may be made again.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack_errors import code_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncBoltContext
    from slack_sdk.web.async_slack_response import AsyncSlackResponse
    from slack_sdk.web.slack_response import SlackResponse

    from bot.installation import InForce


class RenewingClient(WebClient):
    """For threads: the messenger's."""

    def __init__(self, in_force: InForce, **how: Any) -> None:
        """Speak by the token in force; `how` is as for any client."""
        super().__init__(**how)
        self._in_force = in_force

    def api_call(self, api_method: str, **how: Any) -> SlackResponse:
        """Call Slack. Raises SlackApiError as any client does."""
        token = self._in_force.token()
        try:
            return super().api_call(api_method, **_by(token, how))
        except SlackApiError as error:
            another = self._in_force.another(token, code_of(error))
            if not another:
                raise
        return super().api_call(api_method, **_by(another, how))


class AsyncRenewingClient(AsyncWebClient):
    """For the listeners and the doorkeeper."""

    def __init__(self, in_force: InForce, **how: Any) -> None:
        """Speak by the token in force; `how` is as for any client."""
        super().__init__(**how)
        self._in_force = in_force

    async def api_call(self, api_method: str, **how: Any) -> AsyncSlackResponse:
        """Call Slack. Raises SlackApiError as any client does."""
        token = await self._in_force.token_soon()
        try:
            return await super().api_call(api_method, **_by(token, how))
        except SlackApiError as error:
            another = await asyncio.to_thread(self._in_force.another, token, code_of(error))
            if not another:
                raise
        return await super().api_call(api_method, **_by(another, how))

    async def hand_over(
        self, context: AsyncBoltContext, next_: Callable[[], Awaitable[Any]]
    ) -> Any:
        """Let a listener speak through this client: Bolt's own knows one token, and no other."""
        context["client"] = self
        return await next_()


def _by(token: str, how: dict[str, Any]) -> dict[str, Any]:
    """Add the token to a call, and leave the client itself, which threads share, as it is."""
    return how | {"headers": {**(how.get("headers") or {}), "Authorization": f"Bearer {token}"}}
