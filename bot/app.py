"""The Bolt app: one workspace, answers after the commit, listeners attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.doorkeeper import Doorkeeper
from bot.listeners import register
from bot.payloads import wrong_with
from bot.renewing import AsyncRenewingClient

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk import Desk
    from bot.identity import Identity

log = structlog.get_logger(__name__)


class _App(AsyncApp):
    """An app that looks at a payload before anything reads it, its own middleware too."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        if why := wrong_with(req.body):
            log.warning("a payload that cannot be read", why=why)
            return BoltResponse(status=400, body=wording.NOT_SLACK)
        return await super().async_dispatch(req)


def create_app(
    desk: Desk,
    *,
    client: AsyncWebClient,
    identity: Callable[[], Awaitable[Identity | None]],
    signing_secret: str,
    ended: Callable[[str], None] = lambda _word: None,
) -> AsyncApp:
    """Make the app, which speaks through a client of its own, made like `client`.

    `identity` gives who the bot is, None as long as it is installed nowhere. A request from another
    workspace is not authorised and gets no answer.

    `ended` is told what Slack says when it is there no more: see `listeners.leaving`.

    `process_before_response`: the answer is sent after the handler, so that nothing is confirmed
    that was not stored.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        bot = await identity()
        if bot is None or team_id != bot.team_id:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=client.token,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
        )

    app = _App(
        client=AsyncWebClient(base_url=client.base_url),  # `authorize` gives the token
        signing_secret=signing_secret,
        authorize=authorize,  # type: ignore[arg-type]  # Bolt refuses for None, its types forgot
        process_before_response=True,
        user_facing_authorize_error_message=wording.ELSEWHERE,
    )
    if isinstance(client, AsyncRenewingClient):
        app.middleware(client.hand_over)
    register(app, desk, Doorkeeper(client), identity, ended)
    return app
