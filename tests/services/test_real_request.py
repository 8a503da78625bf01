"""The life of a real request: 002335/20, received on Tuesday 14 July 2020 by a police force."""

from __future__ import annotations

import pytest

from tests.casework.examples import moment, shown
from tests.services.desk import REFERENCE, Desk
from workflow.casework.request import reading
from workflow.casework.stages import Act
from workflow.services import lists

AMIRA, MARCUS = "person:amira", "person:marcus"
TEAM, DESK = "team:control-room", "desk:"

# Monday 3 August 2020 was a bank holiday in Scotland, and so no working day anywhere (s.10(6)).
# Amira holds it, so of each escalation she hears as her manager does; and after five working days
# without an act of hers she is asked whether she is still working on it.
UNANSWERED = [
    ("Tue 2020-07-21 09:00", AMIRA, "still working on it?"),
    ("Fri 2020-07-24 09:00", AMIRA, "searches due soon"),
    ("Wed 2020-07-29 09:00", AMIRA, "searches not returned"),
    ("Wed 2020-07-29 09:00", MARCUS, "searches not returned"),
    ("Wed 2020-08-05 09:00", AMIRA, "due in five working days"),
    ("Wed 2020-08-05 09:00", TEAM, "due in five working days"),
    ("Wed 2020-08-05 09:00", DESK, "due in five working days"),
    ("Thu 2020-08-06 09:00", AMIRA, "no decision"),
    ("Thu 2020-08-06 09:00", DESK, "no decision"),
    ("Thu 2020-08-06 09:00", MARCUS, "no decision"),
    ("Mon 2020-08-10 09:00", AMIRA, "due in two working days"),
    ("Mon 2020-08-10 09:00", DESK, "due in two working days"),
    ("Mon 2020-08-10 09:00", MARCUS, "due in two working days"),
    ("Wed 2020-08-12 09:00", AMIRA, "due today"),
    ("Wed 2020-08-12 09:00", DESK, "due today"),
    ("Wed 2020-08-12 09:00", MARCUS, "due today"),
    ("Thu 2020-08-13 09:00", AMIRA, "overdue"),
    ("Thu 2020-08-13 09:00", DESK, "overdue"),
    ("Thu 2020-08-13 09:00", MARCUS, "overdue"),
]


@pytest.fixture
def real(desk: Desk) -> Desk:
    """Give the desk on the morning of Tuesday 14 July 2020, the request claimed by Amira."""
    desk.at = desk.wall = moment("Tue 2020-07-14 09:00")
    desk.claimed()
    return desk


def live(desk: Desk, until: str) -> None:
    """Let hour after hour pass, ticking."""
    while desk.at < moment(until):
        desk.pass_time(hours=1)
        desk.tick()


def reminded(desk: Desk) -> list[tuple[str, str, str]]:
    """List each reminder that was sent: when, to whom, by which rule."""
    return [
        (shown(one.at), one.recipient, one.rule)
        for one in lists.said(desk.office)
        if one.rule and one.at
    ]


def test_unanswered_each_rung_of_the_ladder_is_said_once_on_its_day(real: Desk) -> None:
    live(real, "Thu 2020-08-13 17:00")

    assert sorted(reminded(real)) == sorted(UNANSWERED)
    assert len(real.recorder.keys) == len(set(real.recorder.keys))
    assert [
        (line.on.isoformat(), line.sentence)
        for line in lists.history_of(real.office, REFERENCE)
        if "escalated" in line.sentence
    ] == [
        ("2020-07-29", "FOI Desk escalated it to Marcus Reid: searches not returned."),
        ("2020-08-06", "FOI Desk escalated it to Marcus Reid: no decision."),
        ("2020-08-13", "FOI Desk escalated it to Marcus Reid: overdue."),
    ]


def test_answered_on_30_july_the_clock_stops_on_working_day_12_and_nothing_more_is_said(
    real: Desk,
) -> None:
    live(real, "Thu 2020-07-30 10:00")
    for act, handle in (
        (Act.LOG_SEARCH, "amira"),
        (Act.RETURN_SEARCHES, "amira"),
        (Act.DECIDE, "dana"),
        (Act.APPROVE, "grace"),
        (Act.ISSUE, "dana"),
    ):
        real.do(act, handle)
    real.tick()
    said = list(real.recorder.posts)

    live(real, "Fri 2020-09-11 17:00")

    read = reading(real.found(), days=real.office.days, on=moment("Fri 2020-09-11 09:00").date())
    assert (read.day, str(read.stopped_on), str(read.original_due)) == (
        12,
        "2020-07-30",
        "2020-08-12",
    )
    assert reminded(real) == UNANSWERED[:4]
    assert real.recorder.posts == said


def test_nobody_claims_and_the_manager_hears_after_two_working_days(desk: Desk) -> None:
    desk.at = desk.wall = moment("Tue 2020-07-14 09:00")
    desk.log()
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    live(desk, "Fri 2020-07-17 17:00")

    assert reminded(desk) == [
        ("Wed 2020-07-15 09:00", TEAM, "unclaimed"),
        ("Thu 2020-07-16 09:00", DESK, "unallocated"),
        ("Thu 2020-07-16 09:00", MARCUS, "unclaimed, manager"),
    ]
