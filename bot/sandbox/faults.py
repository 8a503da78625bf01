"""Faults that a test or a curious visitor may ask for: what goes wrong on the way to Slack."""

from dataclasses import dataclass
from random import Random

from bot.sandbox.json_values import Json
from bot.sandbox.refusals import Refused

DISCONNECT = "disconnect"  # happens at once, so it never waits
FAULTS = {
    "rate_limited": "the method answers 429 with Retry-After and does nothing",
    "fail_before": "the method answers 500 and does nothing",
    "fail_after": "the method does its work and then answers 500",
    "hang_before": "the method answers only after `seconds`, 500, and does nothing",
    "hang_after": "the method does its work and answers only after `seconds`",
    "drop_ephemeral": "an ephemeral message is accepted and never shown",
    "duplicate_delivery": "the app is given the same thing twice",
    "slow_ack": "the app's acknowledgement arrives `seconds` later than it was sent",
    DISCONNECT: "the app is asked to renew its Socket Mode connections, for a `reason`, at once",
}


@dataclass
class Fault:
    """One fault, how often it still happens, and to which Web API method (any, if None).

    `one_in` lets it happen by chance, to one call in so many; 1 is every call. `happened` counts.
    """

    fault: str
    times: int
    method: str | None
    seconds: float
    one_in: int = 1
    happened: int = 0

    def as_json(self) -> Json:
        """Describe the fault as it was asked for."""
        return {
            "fault": self.fault,
            "times": self.times,
            "method": self.method,
            "seconds": self.seconds,
            "one_in": self.one_in,
            "happened": self.happened,
        }


class Faults:
    """The faults that are waiting to happen."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.calls = 0
        self._chance = Random(1)  # noqa: S311 - the same faults in every run, and no secret

    def ask(self, wanted: Json) -> None:
        """Add a fault; raises `Refused` for one that is not known."""
        name = str(wanted.get("fault", ""))
        if name not in FAULTS:
            raise Refused(f"There is no fault “{name}”. There are: {', '.join(FAULTS)}.")
        method = wanted.get("method")
        try:
            times = int(wanted.get("times", 1))
            seconds = float(wanted.get("seconds") or wanted.get("retry_after") or 1)
            one_in = int(wanted.get("one_in", 1))
        except (TypeError, ValueError):
            raise Refused("“times”, “seconds” and “one_in” must be numbers.") from None
        self._waiting.append(Fault(name, times, str(method) if method else None, seconds, one_in))

    def clear(self) -> None:
        """Forget every fault."""
        self._waiting.clear()

    def waiting(self) -> list[Json]:
        """List the faults that have not happened yet."""
        return [one.as_json() for one in self._waiting]

    def happens(self, fault: str, method: str = "") -> Fault | None:
        """Use up one occurrence of a fault, if one is waiting for this method."""
        for one in self._waiting:
            if one.fault != fault or one.method not in (None, method):
                continue
            if one.one_in <= 1 or self._chance.randrange(one.one_in) == 0:
                one.times -= 1
                one.happened += 1
                if one.times <= 0:
                    self._waiting.remove(one)
                return one
        return None
