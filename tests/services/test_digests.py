"""The digest of a person's day and the summary of a manager's week: once, at the start."""

from __future__ import annotations

from datetime import time

import pytest

from tests.casework.examples import moment
from tests.services.desk import Desk, with_preferences
from workflow.casework.roles import Preferences
from workflow.casework.stages import Act
from workflow.services import digests
from workflow.services.delivery import deliver
from workflow.services.digests import digest

NEAR = "Wed 2020-08-05 09:05"  # due Wed 12 August: five working days


def at_work(desk: Desk, *received: str) -> None:
    for number, day in enumerate(received):
        desk.log(f"R{number}", received=moment(f"{day} 09:00").date())
        desk.do(Act.ALLOCATE, "dana", f"R{number}", team="control-room")
        desk.do(Act.CLAIM, "amira", f"R{number}")


def heard(desk: Desk, who: str) -> list[str]:
    deliver(desk.office)
    return [
        one.text
        for one in desk.recorder.posts
        if one.recipient == f"person:{who}" and one.key.startswith("digest|")
    ]


def test_a_digest_lists_what_somebody_holds_the_soonest_due_first_and_once(desk: Desk) -> None:
    at_work(desk, "Tue 2020-07-14", "Wed 2020-07-08")
    desk.at = moment(NEAR)

    assert digest(desk.office) == 1
    assert digest(desk.office) == 0

    assert heard(desk, "amira") == [
        (
            "Today you have 2 requests.\n"
            "• R1 “Computer aided dispatch”: due Friday 7 August 2020.\n"
            "• R0 “Computer aided dispatch”: due Wednesday 12 August 2020."
        )
    ]


def test_one_request_alone_and_nothing_due_soon_are_left_to_the_reminders(desk: Desk) -> None:
    at_work(desk, "Tue 2020-07-14")
    desk.at = moment(NEAR)
    assert digest(desk.office) == 0

    at_work_too = "Tue 2020-08-04"
    desk.log("R9", received=moment(f"{at_work_too} 09:00").date())
    assert heard(desk, "amira") == []


def test_on_a_bank_holiday_and_in_the_afternoon_there_is_no_digest(desk: Desk) -> None:
    at_work(desk, "Tue 2020-07-14", "Wed 2020-07-08")
    for at in ("Mon 2020-08-03 09:05", "Sat 2020-08-08 09:05", "Wed 2020-08-05 11:00"):
        desk.at = moment(at)
        assert digest(desk.office) == 0


def test_whoever_wants_none_gets_none(desk: Desk) -> None:
    at_work(desk, "Tue 2020-07-14", "Wed 2020-07-08")
    with_preferences(desk, Preferences(digest=False))
    desk.at = moment(NEAR)

    assert digest(desk.office) == 0


def test_whoever_begins_later_gets_it_then(desk: Desk) -> None:
    at_work(desk, "Tue 2020-07-14", "Wed 2020-07-08")
    with_preferences(desk, Preferences(starts_at=time(10, 30)))
    desk.at = moment(NEAR)
    assert digest(desk.office) == 0

    desk.at = moment("Wed 2020-08-05 10:30")

    assert digest(desk.office) == 1


def test_a_managers_week_begins_with_a_summary(desk: Desk) -> None:
    at_work(desk, "Tue 2020-07-14", "Wed 2020-07-08")
    desk.log("R2", received=moment("Tue 2020-07-14 09:00").date())
    desk.at = moment("Tue 2020-08-04 09:05")  # Monday 3 August is a holiday in Scotland

    digest(desk.office)

    assert heard(desk, "marcus") == [
        (
            "Control Room this week: 2 open, 1 due within five working days, 0 overdue, "
            "0 escalated.\n"
            "Due: R1 (Friday 7 August 2020, Amira Hassan).\n"
            "By officer: Amira Hassan 2."
        )
    ]
    assert heard(desk, "grace") == [
        (
            "The whole office this week: 3 open, 1 due within five working days, 0 overdue, "
            "0 escalated.\n"
            "Due: R1 (Friday 7 August 2020, Amira Hassan).\n"
            "By officer: Amira Hassan 2, nobody 1."
        )
    ]
    desk.at = moment("Wed 2020-08-05 09:05")
    desk.recorder.posts.clear()
    digest(desk.office)
    assert heard(desk, "marcus") == []


@pytest.mark.parametrize(
    ("now", "coming"),
    [
        ("Tue 2020-07-14 08:59", "Tue 2020-07-14 09:00"),
        ("Tue 2020-07-14 09:00", "Tue 2020-07-14 10:30"),  # those who begin later
        ("Tue 2020-07-14 10:30", "Wed 2020-07-15 09:00"),
        ("Fri 2020-07-31 12:00", "Tue 2020-08-04 09:00"),  # Monday is a holiday in Scotland
        ("Sat 2020-10-24 23:00", "Mon 2020-10-26 09:00"),  # the clocks go back on the 25th
    ],
)
def test_the_next_round_is_where_the_next_day_begins_for_anybody(
    sqlite_desk: Desk, now: str, coming: str
) -> None:
    with_preferences(sqlite_desk, Preferences(starts_at=time(10, 30)))
    sqlite_desk.at = moment(now)

    assert digests.next_round(sqlite_desk.office) == moment(coming)
