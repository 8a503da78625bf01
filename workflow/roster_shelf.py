"""The roster in force: config/teams.toml and every change since, as of the office's day.

A process asks the database for the number of the last change once a second at most, and reads the
changes only when there is a new one. So a leaver is out everywhere within a second, and an act
costs nothing more.
"""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

from workflow.casework.people import in_force
from workflow.store import people

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from workflow.casework.roles import Roster
    from workflow.store.unit_of_work import Store

SECONDS_BETWEEN_LOOKS = 1.0


class RosterShelf:
    """Gives the roster in force: `base` with the changes that a store keeps."""

    def __init__(
        self,
        base: Roster,
        store: Store,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._base, self._store, self._now = base, store, now
        self._looking = threading.Lock()
        self._last, self._folded = 0, base
        self._today: tuple[int, date, Roster] | None = None
        self._looked_at = now()
        self.look()

    def roster(self, on: date) -> Roster:
        """Give the roster in force on a day, on which each officer knows for whom they act.

        Within an event loop it looks at nothing: there everybody would wait for the database, and
        whoever comes in sees to it that the roster is fresh. See `look_if_stale`.
        """
        if self.is_stale() and not _is_in_a_loop():
            self._look_unless_somebody_does()
        last, folded, kept = self._last, self._folded, self._today
        if kept is None or kept[:2] != (last, on):
            kept = self._today = (last, on, folded.on(on))
        return kept[2]

    def is_stale(self) -> bool:
        """Say whether it is time to look again."""
        return self._now() - self._looked_at >= SECONDS_BETWEEN_LOOKS

    def look_if_stale(self) -> None:
        """Look whether anything changed, where nobody did within a second."""
        if self.is_stale():
            self._look_unless_somebody_does()

    def look(self) -> None:
        """Look at once whether anything changed."""
        with self._looking:
            self._read()

    def _look_unless_somebody_does(self) -> None:
        # Whoever comes meanwhile takes what is here: of twenty threads one needs a connection.
        if self._looking.acquire(blocking=False):
            try:
                self._read()
            finally:
                self._looking.release()

    def _read(self) -> None:
        with self._store.reading() as connection:
            last = people.last_id(connection)
            if last != self._last:
                noted = people.changes(connection)
                self._folded = in_force(self._base, (one.change for one in noted))
                self._last = last
        self._looked_at = self._now()


def _is_in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
