"""The moved clock: it stands still until it is moved, and stops at all that falls due."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workflow.casework.ladder import UK
from workflow.law.dates import long_date
from workflow.law.working_days import CalendarTooShort
from workflow.scheduler import tick
from workflow.services import deadlines, digests, lists
from workflow.services.delivery import deliver

if TYPE_CHECKING:
    from pathlib import Path

    from bot.desk import Desk
    from workflow.store.outbox import Said

FURTHEST = 250  # working days in one move


class MovedClock:
    """The time of the demonstration, kept in a file so that a restart goes on where it was."""

    def __init__(self, path: Path, *, start: datetime) -> None:
        self._path = path
        self._now = _kept(path) or start

    def now(self) -> datetime:
        """Tell the demonstration's time, in UTC."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Set the time and keep it: a crash right after finds it again."""
        self._now = moment.astimezone(UTC)
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"now": self._now.isoformat()}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


def _kept(path: Path) -> datetime | None:
    if not path.exists():
        return None
    return datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["now"])


class WorkingClock:
    """The moved clock at work: moving it runs what falls due on the way, each at its own moment."""

    def __init__(self, clock: MovedClock, desk: Desk) -> None:
        self._clock = clock
        self._desk = desk

    def now(self) -> datetime:
        """Tell the demonstration's time, in UTC."""
        return self._clock.now()

    def next_due(self) -> datetime | None:
        """Tell when the next thing falls due to be said, or None."""
        return deadlines.next_due(self._desk.office)

    async def advance_working_days(self, n: int) -> list[dict[str, Any]]:
        """Move on by working days, at the same time of day. Raises ValueError for no such move."""
        if not 0 <= n <= FURTHEST:
            raise ValueError(f"The clock moves 0 to {FURTHEST} working days.")
        local = self._clock.now().astimezone(UK)
        day = self._desk.office.days.nth_after(local.date(), n)
        return await self.move_to(datetime.combine(day, local.time(), UK))

    async def move_to(self, when: datetime) -> list[dict[str, Any]]:
        """Move to a moment. Gives what was said on the way. Raises ValueError for the past."""
        if when < self._clock.now():
            raise ValueError("The clock does not go back. Start anew: make demo-reset")
        self._check_known(when)
        said_before = len(await self._desk.ask(lists.said, self._desk.office))
        while (stop := await self._desk.ask(self._next_stop)) is not None and stop <= when:
            await self._stop_at(stop)
        await self._stop_at(when)
        said = await self._desk.ask(lists.said, self._desk.office)
        return [self._told(one) for one in said[said_before:]]

    def _next_stop(self) -> datetime | None:
        """Give the next moment at which something is said by itself: what falls due, or digests."""
        office = self._desk.office
        stops = (deadlines.next_due(office), digests.next_round(office))
        return min((stop for stop in stops if stop is not None), default=None)

    async def _stop_at(self, moment: datetime) -> None:
        await self._desk.quiet()
        await self._desk.ask(deliver, self._desk.office)  # a card that waits for more to change too
        await self._desk.ask(self._clock.set, moment)
        await self._desk.ask(tick, self._desk.office)

    def _check_known(self, when: datetime) -> None:
        day = when.astimezone(UK).date()
        try:
            self._desk.office.days.nth_after(day, FURTHEST)
        except CalendarTooShort as error:
            last = long_date(error.last)
            raise ValueError(
                f"The calendar ends on {last}, too near {long_date(day)}. Choose an earlier day."
            ) from None

    def _told(self, said: Said) -> dict[str, Any]:
        at = said.at.astimezone(UK).strftime("%Y-%m-%dT%H:%M") if said.at else None
        return {"at": at, "what": said.text, "to": self._name_of(said.recipient), "rule": said.rule}

    def _name_of(self, recipient: str) -> str:
        """Give the name that people read of "person:amira", "team:x" or "desk:"."""
        kind, _, name = recipient.partition(":")
        roster = self._desk.office.roster
        names = {"person": roster.name_of, "team": roster.team_name}
        return names[kind](name) if kind in names else "FOI Desk"
