"""The day on which something happened in the United Kingdom, from a moment anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, datetime

LONDON = ZoneInfo("Europe/London")


def local_day(moment: datetime) -> date:
    """Give the United Kingdom's date at a moment: in summer, 23:30 UTC is already the next day.

    A day ends at midnight (Berend v IC and LB Richmond, EA/2006/0049 and 0050), so a request that
    came in at 23:40 on a Friday was received on that Friday. A moment without a time zone is taken
    to be local time.
    """
    return (moment if moment.tzinfo is None else moment.astimezone(LONDON)).date()
