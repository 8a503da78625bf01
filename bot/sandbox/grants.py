"""What Slack grants for a moment: trigger ids (3 s, one use) and response URLs (5 uses, 30 min)."""

import secrets
import time
from dataclasses import dataclass
from typing import NamedTuple

from bot.sandbox.manifest import TEAM_ID
from bot.sandbox.refusals import SlackError


@dataclass(frozen=True)
class Times:
    """How long real waiting may take, in seconds; a test may shorten them."""

    ack: float = 3.0
    trigger: float = 3.0
    response_url: float = 30 * 60
    linger: float = 1.0  # how long an act waits for a first reply once it was acknowledged
    retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    connection: float = 4 * 60 * 60  # how long a Socket Mode connection lives


RESPONSE_URL_USES = 5
REMEMBERED = 10_000  # spent and expired triggers, so that each gets its own error


class Trigger(NamedTuple):
    """A person's act that allows one modal to be opened."""

    person: str
    view_id: str | None  # the view it came from, for views.push
    act: str


class Triggers:
    """Issues trigger ids and redeems each once, within its time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._issued: dict[str, tuple[Trigger, float]] = {}
        self._spent: set[str] = set()

    def issue(self, person: str, *, view_id: str | None = None, act: str = "") -> str:
        """Issue a trigger id for a person's act."""
        for old in list(self._issued)[:-REMEMBERED]:
            del self._issued[old]
            self._spent.discard(old)
        trigger_id = f"{time.time_ns() // 1_000_000}.{TEAM_ID}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = (Trigger(person, view_id, act), time.monotonic())
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        """Take the one use of a trigger; raises `SlackError` where it is unknown, used or late."""
        if trigger_id not in self._issued:
            raise SlackError("invalid_trigger_id")
        trigger, issued = self._issued[trigger_id]
        if trigger_id in self._spent:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - issued > self._seconds:
            raise SlackError("expired_trigger_id")
        self._spent.add(trigger_id)
        return trigger
