"""Chains and snoozes through the real services: kept, paused, taken step by step, and ended."""

from __future__ import annotations

from dataclasses import replace

from tests.casework.examples import day, moment, shown
from tests.services.desk import REFERENCE, Desk
from workflow.casework.stages import Act
from workflow.services import deadlines, lists

OVERDUE = "Thu 2020-08-13 09:00"


def heard_until(desk: Desk, last: str, rule: str) -> dict[str, set[str]]:
    """Let the hours pass until a moment; give on which days a rule was said, and to whom."""
    found: dict[str, set[str]] = {}
    known = len(lists.said(desk.office))
    while desk.at < moment(last):
        desk.pass_time(hours=1)
        deadlines.sweep(desk.office)
        for one in lists.said(desk.office)[known:]:
            if one.rule and rule in one.rule:
                found.setdefault(shown(desk.at)[:14], set()).add(one.recipient)
        known = len(lists.said(desk.office))
    return found


def test_what_nobody_settles_goes_on_to_the_head_every_five_working_days(sqlite_desk: Desk) -> None:
    sqlite_desk.claimed()
    sqlite_desk.at = moment("Thu 2020-08-13 08:00")

    steps = heard_until(sqlite_desk, "Mon 2020-10-12 17:00", "step")

    everybody = {"person:marcus", "person:grace", "person:amira"}
    assert list(steps) == [
        "Thu 2020-08-20",
        "Thu 2020-08-27",
        "Fri 2020-09-04",  # Monday 31 August is a holiday
        "Fri 2020-09-11",
        "Fri 2020-09-18",
    ]
    assert all(ears <= everybody and "person:marcus" in ears for ears in steps.values())


def test_a_plan_pauses_the_chain_and_an_answered_request_ends_it(sqlite_desk: Desk) -> None:
    sqlite_desk.claimed()
    sqlite_desk.at = moment("Thu 2020-08-13 08:00")
    heard_until(sqlite_desk, OVERDUE, "step")
    until = day("Wed 2020-09-02")
    sqlite_desk.do(Act.ACKNOWLEDGE_ESCALATION, "marcus", until=until)

    paused = heard_until(sqlite_desk, "Thu 2020-09-03 17:00", "overdue")
    sqlite_desk.do(Act.WITHDRAW, "dana")

    assert list(paused) == ["Wed 2020-09-02"]
    assert heard_until(sqlite_desk, "Mon 2020-10-12 17:00", "step") == {}


def test_a_later_edit_of_the_file_changes_no_chain_that_runs(sqlite_desk: Desk) -> None:
    sqlite_desk.claimed()
    sqlite_desk.at = moment("Thu 2020-08-13 08:00")
    heard_until(sqlite_desk, OVERDUE, "step")
    edited = replace(sqlite_desk.office.ladder, chains=())
    sqlite_desk.office = replace(sqlite_desk.office, ladder=edited)

    assert list(heard_until(sqlite_desk, "Thu 2020-08-20 17:00", "step")) == ["Thu 2020-08-20"]


def test_a_snooze_rests_ones_own_reminders_until_its_day_and_nobody_elses(
    sqlite_desk: Desk,
) -> None:
    sqlite_desk.claimed()
    sqlite_desk.at = moment("Tue 2020-07-28 10:00")
    sqlite_desk.do(Act.SNOOZE, "amira", until=day("Mon 2020-08-03"), reason="on a course")

    heard = heard_until(sqlite_desk, "Wed 2020-08-05 08:00", "searches not returned")

    # Monday 3 August is a holiday in Scotland: the rest ends on Tuesday.
    assert heard == {"Wed 2020-07-29": {"person:marcus"}, "Tue 2020-08-04": {"person:amira"}}
    assert "Amira Hassan wants no reminders of it until Tuesday 4 August 2020: on a course." in [
        line.sentence for line in lists.history_of(sqlite_desk.office, REFERENCE)
    ]


def test_still_working_on_it_counts_the_days_anew(sqlite_desk: Desk) -> None:
    sqlite_desk.claimed()
    asked = heard_until(sqlite_desk, "Tue 2020-07-21 12:00", "still working")
    sqlite_desk.do(Act.CONFIRM, "amira")
    again = heard_until(sqlite_desk, "Thu 2020-07-30 12:00", "still working")

    assert (list(asked), list(again)) == (["Tue 2020-07-21"], ["Tue 2020-07-28"])
