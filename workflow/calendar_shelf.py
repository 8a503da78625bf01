"""The calendars as they stand now: a file of proclamations that changes is read again.

A process that read its bank holidays only at its start would keep the old ones until somebody
thought of restarting it. The file is looked at once a second at most: an act asks many times.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from workflow import bank_holidays
from workflow.law.dates import long_date
from workflow.law.explanation import nations_told
from workflow.proclamations import FILE_NAME, CalendarFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workflow.bank_holidays import Calendars

SECONDS_BETWEEN_LOOKS = 1.0


class CalendarShelf:
    """Gives the calendars of a folder of configuration, read anew whenever the file changes.

    A file that cannot be used leaves the calendars as they were; `trouble` says why.
    """

    def __init__(self, config_dir: Path, *, now: Callable[[], float] = time.monotonic) -> None:
        self._folder, self._now = config_dir, now
        self._looked_at = now()
        self._seen = self._mark()
        self._calendars = bank_holidays.load(config_dir)
        self.trouble: CalendarFileError | None = None
        self.change = ""
        self.reckoned: str | None = None

    @property
    def calendars(self) -> Calendars:
        """The calendars as the file had them a second ago at most."""
        if self._now() - self._looked_at >= SECONDS_BETWEEN_LOOKS:
            self.look()
        return self._calendars

    def look(self) -> None:
        """Look at once whether the file changed."""
        self._looked_at = self._now()
        mark = self._mark()
        if mark != self._seen:
            self._seen = mark
            self._read_again()

    def _read_again(self) -> None:
        try:
            fresh = bank_holidays.load(self._folder)
        except CalendarFileError as error:
            self.trouble = error
            return
        self.trouble = None
        if fresh.version != self._calendars.version:
            self.change = told_difference(self._calendars, fresh)
        self._calendars = fresh

    def _mark(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / FILE_NAME).stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_size


def told_difference(before: Calendars, after: Calendars) -> str:
    """Say in words which bank holidays have come and which have gone."""
    old, new = set(before.holidays), set(after.holidays)
    come = [
        f"{long_date(one.on)} ({one.name}, {nations_told(one.nations)}) is a bank holiday"
        for one in sorted(new - old)
    ]
    gone = [f"{long_date(one.on)} ({one.name}) is none any more" for one in sorted(old - new)]
    return "; ".join(come + gone)
