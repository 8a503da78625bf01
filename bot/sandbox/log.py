"""The last deliveries and calls, for the page's inspector."""

from collections import deque
from typing import Any

from bot.sandbox.changes import Changes
from bot.sandbox.clock import RealTime
from bot.sandbox.json_values import Json

KEPT = 200


class Log:
    """Remembers what went to the app and what the app asked for, the newest last."""

    def __init__(self, changes: Changes) -> None:
        self._entries: deque[Json] = deque(maxlen=KEPT)
        self._changes = changes
        self._number = 0

    def note(self, what: str, **details: Any) -> None:
        """Remember one delivery or call."""
        self._number += 1
        entry = {"n": self._number, "at": RealTime().now().isoformat(), "what": what, **details}
        self._entries.append(entry)
        self._changes.tell("log", n=self._number)

    def entries(self) -> list[Json]:
        """List what is remembered, the oldest first."""
        return list(self._entries)
