"""What changes in the workspace, told at once to every open page and to whoever waits for it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.sandbox.json_values import Json

KEPT_FOR_A_SLOW_PAGE = 500  # a page that lags further than this is told to load again


class Watch:
    """One listener's view of the changes, in order."""

    def __init__(self) -> None:
        self.seen: list[Json] = []
        self._arrived = asyncio.Event()
        self.closed = False

    def take(self, change: Json) -> None:
        """Add one change, dropping the oldest once too many lie unread."""
        self.seen.append(change)
        del self.seen[:-KEPT_FOR_A_SLOW_PAGE]
        self._arrived.set()

    def close(self) -> None:
        """Wake whoever waits, for the last time."""
        self.closed = True
        self._arrived.set()

    async def wait(self, seconds: float) -> bool:
        """Wait until something arrives; False when the time is over first."""
        try:
            await asyncio.wait_for(self._arrived.wait(), seconds)
        except TimeoutError:
            return False
        self._arrived.clear()
        return True

    def drain(self) -> list[Json]:
        """Take everything that has arrived."""
        taken, self.seen = self.seen, []
        return taken


class Changes:
    """Tells each change to every watch that is open."""

    def __init__(self) -> None:
        self._watches: set[Watch] = set()
        self.closed = False

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        """Open a watch for the length of a block."""
        watch = Watch()
        self._watches.add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)

    def tell(self, what: str, **details: Any) -> None:
        """Tell everyone that something changed."""
        for watch in tuple(self._watches):
            watch.take({"what": what, **details})

    def close(self) -> None:
        """End every watch: the sandbox is closing."""
        self.closed = True
        for watch in tuple(self._watches):
            watch.close()
