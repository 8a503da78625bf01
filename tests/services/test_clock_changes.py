"""Nights on which the clocks change, and clocks that jump: nobody is told at night, nor twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.casework.examples import moment
from tests.services.desk import REFERENCE, Desk
from workflow.casework.ladder import UK
from workflow.casework.stages import Act

TICK = timedelta(minutes=10)


def opened(desk: Desk, day_and_time: str) -> None:
    """Log a request at a UK time and let it wait to be claimed."""
    desk.at = desk.wall = moment(day_and_time)
    desk.log()
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    desk.tick()


def ticks_until(desk: Desk, end: str) -> Iterator[tuple[datetime, str]]:
    """Tick to a UK time, and give what was said of the request, each with when by UK clocks."""
    known = set(desk.recorder.keys)
    while desk.at <= moment(end):
        desk.tick()
        for key in desk.recorder.keys:
            if key not in known and REFERENCE in key:
                known.add(key)
                yield desk.at.astimezone(UK), key
        desk.pass_time(seconds=TICK.total_seconds())


@pytest.mark.parametrize(
    ("begins", "ends", "first"),
    [
        ("Fri 2020-10-23 16:50", "Mon 2020-10-26 17:00", "Mon 2020-10-26 09:00"),  # back
        ("Fri 2021-03-26 16:50", "Mon 2021-03-29 17:00", "Mon 2021-03-29 09:00"),  # forward
    ],
)
def test_on_the_monday_after_the_clocks_change_people_are_told_at_nine_by_the_new_time(
    desk: Desk, begins: str, ends: str, first: str
) -> None:
    opened(desk, begins)

    said = list(ticks_until(desk, ends))

    assert said[0][0] == moment(first).astimezone(UK)
    assert {f"{at:%a}" for at, _ in said} == {"Mon"}
    assert max(Counter(desk.recorder.keys).values()) == 1


@pytest.mark.parametrize("hours", [-26, -1, 1, 26])
def test_a_clock_that_jumps_makes_nobody_be_told_twice_and_nobody_be_forgotten(
    desk: Desk, hours: int
) -> None:
    opened(desk, "Tue 2020-07-14 10:00")
    list(ticks_until(desk, "Thu 2020-07-16 10:00"))

    desk.pass_time(hours=hours)
    list(ticks_until(desk, "Tue 2020-07-21 10:00"))
    rules = {key.split("|")[1] for key in desk.recorder.keys if "unclaimed" in key}

    assert max(Counter(desk.recorder.keys).values()) == 1
    assert rules == {"unclaimed", "unclaimed, manager"}
