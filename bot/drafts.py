"""Keeping what people fill in while they fill it in, without writing at every letter."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

import structlog

from workflow.services import drafts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from workflow.services.office import Office
    from workflow.store.drafts import Form

log = structlog.get_logger(__name__)

WAITS = 0.5  # seconds: letters typed in a row are written once
REMEMBERED = 1000  # forms that were sent: a letter typed in one may arrive after it


class Drafts:
    """What is being filled in now. Slack tells of every letter; the database hears of the last."""

    def __init__(self, office: Office, ask: Callable[..., Awaitable[None]]) -> None:
        """Keep them in an office's store. `ask` calls a service without holding anybody up."""
        self._office, self._ask = office, ask
        self._pending: dict[Form, Mapping[str, str | None]] = {}
        self._sent: deque[str] = deque(maxlen=REMEMBERED)
        self._writing: asyncio.Task[None] | None = None

    def note(self, view_id: str, form: Form, words: Mapping[str, str | None]) -> None:
        """Take note of what a form holds now. It is written down in half a second."""
        if view_id in self._sent:
            return
        self._pending[form] = words
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_later())

    async def keep_now(self) -> None:
        """Write down at once what was noted: a form was closed."""
        for form in list(self._pending):
            words = self._pending.pop(form)
            await self._ask(drafts.keep, self._office, form, words)

    async def forget(self, form: Form, *, sent: str = "") -> None:
        """Forget a draft: it is begun afresh, or its form was `sent`, whose id is given then."""
        if sent:
            self._sent.append(sent)
        self._pending.pop(form, None)
        await self._ask(drafts.forget, self._office, form)

    def close(self) -> None:
        """Write down what was noted, before the program ends."""
        while self._pending:
            form, words = self._pending.popitem()
            drafts.keep(self._office, form, words)

    async def _write_later(self) -> None:
        while self._pending:
            await asyncio.sleep(WAITS)
            try:
                await self.keep_now()
            except Exception:  # an edge: a draft that is not kept must not stop the next one
                log.exception("a draft was not kept")
