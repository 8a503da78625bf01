"""When silence lets an authority close a request: no clarification, or no fee."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.dates import corresponding_date
from workflow.law.reading import ClockState
from workflow.law.regime import FEES

if TYPE_CHECKING:
    from workflow.law.reading import Reading

# No law sets this: bodies use two or three months after asking, and the authority chooses.
MONTHS_OF_SILENCE = 3
OWN_RULE = "the authority's own rule"


class Lapse(NamedTuple):
    """The last day on which the applicant can still keep the request alive, and why."""

    last_day: date
    why: str
    authority: str

    @property
    def from_day(self) -> date:
        """The first day on which the authority may close the request."""
        return self.last_day + timedelta(days=1)


def lapses(reading: Reading, *, months: int = MONTHS_OF_SILENCE) -> Lapse | None:
    """Tell when a request that waits for its applicant may be closed; None when it does not wait.

    A fee lapses by law (s.9(2) FOIA, reg. 8(5) EIR, s.9(3) FOISA), clarification by the
    authority's own rule: `months` after it was last sought.
    """
    if reading.state is ClockState.SUSPENDED and reading.pay_by is not None:
        return Lapse(reading.pay_by, "the fee was not paid", FEES[reading.regime].notice)
    if reading.state is ClockState.AWAITING_CLARIFICATION and reading.asked_on is not None:
        why = f"no clarification came within {months} months"
        return Lapse(corresponding_date(reading.asked_on, months), why, OWN_RULE)
    return None
