"""The time that messages carry: real time, or a demonstration's clock that is moved by hand."""

from datetime import UTC, datetime
from typing import Any, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from bot.sandbox.json_values import Json
from bot.sandbox.refusals import Refused

LONDON = ZoneInfo("Europe/London")


class SandboxClock(Protocol):
    """A clock that stands still until somebody moves it.

    Both moves return what happened on the way, each as {"at", "what", …} with `at` an ISO time (UK
    local where it has no offset). A move that cannot be made raises ValueError with the sentence
    that the person is to read.
    """

    def now(self) -> datetime:
        """Tell the time: aware, in UTC."""
        ...

    async def advance_working_days(self, n: int) -> list[dict[str, Any]]:
        """Move on by working days; return what happened once everything due has run."""
        ...

    async def move_to(self, when: datetime) -> list[dict[str, Any]]:
        """Move to an aware time; return what happened once everything due has run."""
        ...


@runtime_checkable
class ForeseeingClock(Protocol):
    """A clock that also knows when something will next fall due."""

    def next_due(self) -> datetime | None:
        """Tell when the next thing falls due (aware), None where nothing is foreseen."""
        ...


class RealTime:
    """Real time: it runs by itself and refuses to be moved."""

    def now(self) -> datetime:
        """Tell the system's time in UTC."""
        return datetime.now(UTC)

    async def advance_working_days(self, n: int) -> list[dict[str, Any]]:
        """Refuse: real time is not moved."""
        raise Refused(f"This sandbox keeps real time, so it cannot be moved by {n} working days.")

    async def move_to(self, when: datetime) -> list[dict[str, Any]]:
        """Refuse: real time is not moved."""
        raise Refused(f"This sandbox keeps real time, so it cannot be moved to {when:%Y-%m-%d}.")


def told(clock: SandboxClock) -> Json:
    """Describe a clock's time as the page shows it: UTC, UK local, and in words."""
    now = clock.now()
    local = now.astimezone(LONDON)
    due = clock.next_due() if isinstance(clock, ForeseeingClock) else None
    return {
        "now": now.isoformat(),
        "local": f"{local:%Y-%m-%dT%H:%M}",
        "text": in_words(local),
        "can_move": not isinstance(clock, RealTime),
        "next_due": f"{due.astimezone(LONDON):%Y-%m-%dT%H:%M}" if due else None,
        "next_due_text": in_words(due.astimezone(LONDON)) if due else None,
    }


def in_words(local: datetime) -> str:
    """Write a local time in UK style: "Tuesday 14 July 2020, 09:00"."""
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"


def uk_time(text: object) -> datetime:
    """Read "2020-08-12T09:00" as UK local time, or an ISO time with its offset.

    Raises `Refused` where the text is no time.
    """
    try:
        read = datetime.fromisoformat(str(text))
    except ValueError:
        raise Refused(f"“{text}” is not a time. Write it like 2020-08-12T09:00.") from None
    return read if read.tzinfo else read.replace(tzinfo=LONDON)
