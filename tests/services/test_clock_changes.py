"""Nights on which the clocks change, and clocks that jump: nobody is told at night, nor twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest

from tests.casework.examples import DAYS, day, moment
from tests.services.desk import REFERENCE, Desk
from workflow.casework.ladder import UK, Wait, WorkingHours
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
        ("Fri 2026-03-27 16:50", "Mon 2026-03-30 17:00", "Mon 2026-03-30 09:00"),  # forward
        ("Fri 2026-10-23 16:50", "Mon 2026-10-26 17:00", "Mon 2026-10-26 09:00"),  # back
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


@pytest.mark.parametrize(
    ("begins", "after"),
    [
        ("Fri 2026-03-27 15:00", "Mon 2026-03-30 11:00"),  # Sunday the 29th has 23 hours
        ("Fri 2026-10-23 15:00", "Mon 2026-10-26 11:00"),  # Sunday the 25th has 25
        ("Fri 2026-07-17 15:00", "Mon 2026-07-20 11:00"),
    ],
)
def test_four_working_hours_over_a_weekend_are_two_and_two_whatever_the_night_between(
    begins: str, after: str
) -> None:
    hours = WorkingHours(time(9), time(17))

    assert hours.later(moment(begins), Wait(hours=4), DAYS) == moment(after)


@pytest.mark.parametrize(
    ("on", "in_utc"),
    [
        ("Fri 2026-03-27", 9),  # the last working day of winter
        ("Mon 2026-03-30", 8),
        ("Fri 2026-10-23", 8),
        ("Mon 2026-10-26", 9),
    ],
)
def test_the_office_opens_at_nine_by_the_clocks_of_the_day(on: str, in_utc: int) -> None:
    assert WorkingHours(time(9), time(17)).opening(day(on)).hour == in_utc


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_clock_that_jumps_over_the_opening_says_all_of_it_once(desk: Desk, hours: int) -> None:
    """At 07:00 it is suddenly 10:00; or at 10:00 it is 07:00, and 09:00 comes a second time."""
    opened(desk, "Tue 2026-03-24 10:00")
    list(ticks_until(desk, f"Wed 2026-03-25 {'07' if hours > 0 else '10'}:00"))

    desk.pass_time(hours=hours)
    list(ticks_until(desk, "Wed 2026-03-25 17:00"))
    unclaimed = [one for one in desk.recorder.posts if "|unclaimed|" in one.key]

    assert [one.recipient for one in unclaimed] == ["team:control-room"]


def test_a_machine_asleep_over_the_night_of_the_change_says_in_the_morning_what_came_meanwhile(
    desk: Desk,
) -> None:
    """Asleep from Friday noon to Monday noon over Sunday 25 October 2026: nothing ticks at all."""
    opened(desk, "Thu 2026-10-22 10:00")
    list(ticks_until(desk, "Fri 2026-10-23 08:50"))

    desk.at = desk.wall = moment("Mon 2026-10-26 12:00")
    said = list(ticks_until(desk, "Mon 2026-10-26 17:00"))

    assert {at for at, _ in said} == {moment("Mon 2026-10-26 12:00").astimezone(UK)}
    assert {key.split("|")[1] for _, key in said} >= {"unclaimed", "unclaimed, manager"}
    assert max(Counter(desk.recorder.keys).values()) == 1
