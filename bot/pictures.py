"""Pictures that stand in Slack: each uploaded once, for as long as its figures are the same."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeAlias

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.chart import drawn

if TYPE_CHECKING:
    from datetime import date

    from slack_sdk.web.async_client import AsyncWebClient

    Days: TypeAlias = tuple[tuple[date, int], ...]

log = structlog.get_logger(__name__)

KEPT = 5  # pictures of earlier figures: somebody's Home may still show one
SECONDS_WITHOUT = 3600.0  # before it is tried again where Slack takes no files
NAME = "what-falls-due.png"


class Pictures:
    """The charts that were uploaded, by their figures. Where Slack takes no files there are none.

    That is where the scope files:write lacks: what a picture says stands in words all the same.
    """

    def __init__(self) -> None:
        self._files: dict[Days, str] = {}
        self._refused_at: float | None = None
        self._guard = asyncio.Lock()

    def known(self, days: Days) -> str:
        """Give the id of the file with the chart of these figures; empty where there is none."""
        return self._files.get(days, "")

    async def make(self, days: Days, client: AsyncWebClient, *, words: str) -> str:
        """Draw and upload the chart of these figures, once. Gives the file's id, or empty.

        `words` say the same to who cannot see it. Charts of long past figures are deleted.
        """
        async with self._guard:
            if self.known(days) or self._is_refused():
                return self.known(days)
            content = await asyncio.to_thread(drawn, days)
            try:
                answer = await client.files_upload_v2(
                    content=content, filename=NAME, title="What falls due", alt_txt=words[:1000]
                )
                self._files[days] = str(answer["files"][0]["id"])
                await self._forget_old(client)
            except (SlackApiError, SlackClientError, aiohttp.ClientError, OSError) as error:
                self.refused(days, why=_why(error))
            return self.known(days)

    def refused(self, days: Days, *, why: str) -> None:
        """Take note that Slack would not take or show a picture: for an hour none is made."""
        log.warning("App Home has no chart", why=why)
        self._files.pop(days, None)
        self._refused_at = time.monotonic()

    def _is_refused(self) -> bool:
        at = self._refused_at
        return at is not None and time.monotonic() - at < SECONDS_WITHOUT

    async def _forget_old(self, client: AsyncWebClient) -> None:
        while len(self._files) > KEPT:
            file = self._files.pop(next(iter(self._files)))
            try:
                await client.files_delete(file=file)
            except SlackApiError as error:
                log.info("an old chart stays in Slack", why=_why(error))


def _why(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return type(error).__name__
