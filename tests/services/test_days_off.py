"""A bank holiday somewhere: each law is spoken of on its own working days, under its own rules.

What falls on a day that one law counts and another leaves out is no downtime, and not late.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from tests.casework.examples import CONFIG, day, moment
from tests.services.desk import Desk, with_preferences
from workflow.bank_holidays import load
from workflow.casework.ladder import UK, WorkingHours
from workflow.casework.roles import Preferences
from workflow.law.regime import Regime
from workflow.services import lists
from workflow.services.health import health

# The bank holiday, whose it is not, a law that counts the day there, and a receipt due on it.
COUNTED = [
    ("Mon 2026-07-13", "england", Regime.SAR, "Sat 2026-06-13"),  # Northern Ireland's
    ("Mon 2026-08-03", "england", Regime.DPA_PART_3, "Thu 2026-07-02"),  # Scotland's
    ("Tue 2026-03-17", "wales", Regime.SAR, "Tue 2026-02-17"),  # Northern Ireland's
    ("Mon 2026-11-30", "northern ireland", Regime.SAR, "Fri 2026-10-30"),  # Scotland's
    ("Mon 2026-04-06", "scotland", Regime.FOISA, "Fri 2026-03-06"),  # not Scotland's
    ("Mon 2026-08-31", "scotland", Regime.SAR, "Fri 2026-07-31"),  # not Scotland's
]
# The same days for FOIA and the EIR, which leave them out wherever the authority is.
LEFT_OUT = [
    ("Mon 2026-07-13", "england", Regime.FOIA),
    ("Mon 2026-08-03", "wales", Regime.EIR),
    ("Tue 2026-03-17", "scotland", Regime.FOIA),
    ("Mon 2026-11-30", "northern ireland", Regime.FOIA),
    ("Mon 2026-04-06", "scotland", Regime.EIR),
    ("Mon 2026-08-31", "scotland", Regime.FOIA),
]
REFERENCES = ("R1", "R2")
DUE = {"due today", "overdue 1"}


def move(desk: Desk, to: datetime) -> None:
    desk.at = desk.wall = to


def opened(desk: Desk, nation: str, regime: Regime, *, received: date) -> None:
    """Log two requests on the day they came, in an authority of a nation."""
    desk.office = replace(desk.office, letterhead=desk.office.letterhead._replace(nation=nation))
    move(desk, datetime.combine(received, time(12), UK))
    for reference in REFERENCES:
        desk.log(reference, regime=regime, received=received)


def heard(desk: Desk, *, first: date, last: date) -> set[tuple[str, str, str]]:
    """Tick every hour, and give what the desk heard of its due dates: when, of what, the rule."""
    move(desk, datetime.combine(first, time(7), UK))
    found = set()
    while desk.at.astimezone(UK).date() <= last:
        known = len(desk.recorder.posts)
        desk.tick()
        at = f"{desk.at.astimezone(UK):%a %Y-%m-%d %H:%M}"
        for post in desk.recorder.posts[known:]:
            what, rule = post.key.split("|")[:2]
            if post.recipient == "desk:" and rule in {*DUE, "after downtime"}:
                found.add((at, what, rule))
        desk.pass_time(hours=1)
    return found


@pytest.mark.parametrize(("holiday", "nation", "regime", "received"), COUNTED)
def test_a_last_day_that_is_a_holiday_elsewhere_is_spoken_of_on_the_day(
    sqlite_desk: Desk, holiday: str, nation: str, regime: Regime, received: str
) -> None:
    on = day(holiday)
    opened(sqlite_desk, nation, regime, received=day(received))
    brought_near(sqlite_desk, before=on)

    said = heard(sqlite_desk, first=on - timedelta(days=1), last=on + timedelta(days=1))

    after = f"{on + timedelta(days=1):%a %Y-%m-%d}"
    assert said == {
        *((f"{holiday} 09:00", one, "due today") for one in REFERENCES),
        *((f"{after} 09:00", one, "overdue 1") for one in REFERENCES),
    }


@pytest.mark.parametrize(("holiday", "nation", "regime"), LEFT_OUT)
def test_nobody_is_told_of_a_request_on_a_day_its_law_leaves_out_and_the_day_after_is_not_late(
    sqlite_desk: Desk, holiday: str, nation: str, regime: Regime
) -> None:
    on = day(holiday)
    days = sqlite_desk.office.days
    opened(sqlite_desk, nation, regime, received=days.nth_before(days.nth_before(on, 1), 20))
    brought_near(sqlite_desk, before=days.nth_before(on, 1))

    said = heard(sqlite_desk, first=days.nth_before(on, 1), last=days.nth_after(on, 1))

    before, after = (
        f"{one:%a %Y-%m-%d}" for one in (days.nth_before(on, 1), days.nth_after(on, 1))
    )
    assert said == {
        *((f"{before} 09:00", one, "due today") for one in REFERENCES),
        *((f"{after} 09:00", one, "overdue 1") for one in REFERENCES),
    }


def brought_near(desk: Desk, *, before: date) -> None:
    """Run until the evening before a day: what fell due by then has been said."""
    while desk.at.astimezone(UK).date() < before:
        desk.tick()
        desk.pass_time(hours=5)


def test_what_piled_up_waits_for_its_laws_next_day_and_nothing_is_lost(sqlite_desk: Desk) -> None:
    """Down from Thursday 9 July to Monday 13 July 2026, Northern Ireland's holiday."""
    desk = sqlite_desk
    opened(desk, "england", Regime.FOIA, received=day("Fri 2026-06-12"))
    brought_near(desk, before=day("Thu 2026-07-09"))
    desk.at = desk.wall = moment("Mon 2026-07-13 10:00")
    known = len(desk.recorder.posts)
    desk.tick()
    waits = (len(desk.recorder.posts) - known, health(desk.office).sweep_lag)
    desk.at = desk.wall = moment("Tue 2026-07-14 10:00")
    desk.tick()

    assert waits == (0, 0.0)
    (told,) = [post for post in desk.recorder.posts[known:] if post.recipient == "desk:"]
    assert told.text.splitlines()[0].startswith("2 requests need you.")
    rules = {one.rule for one in lists.said(desk.office) if one.recipient == "desk:"}
    assert {"due today", "overdue"} & rules


def test_what_falls_due_after_closing_is_not_late_the_next_working_day(sqlite_desk: Desk) -> None:
    """Somebody whose own hours begin after the office's end hears the next morning, one by one."""
    desk = sqlite_desk
    with_preferences(desk, Preferences(starts_at=time(17, 30)))
    for reference in REFERENCES:
        desk.claimed(reference)
    falls_due = moment("Tue 2020-07-21 09:00")  # five idle working days: still working on it?
    while desk.at < falls_due + timedelta(days=1, hours=4):
        desk.tick()
        desk.pass_time(hours=1)

    rules = [
        one.key.split("|")[1] for one in desk.recorder.posts if one.recipient == "person:amira"
    ]

    assert rules.count("still working on it?") == len(REFERENCES)
    assert "after downtime" not in rules


@pytest.mark.parametrize(
    ("moment_of", "first"),
    [
        ("Fri 2026-07-10 16:59", "Fri 2026-07-10 16:59"),
        ("Fri 2026-07-10 17:00", "Tue 2026-07-14 09:00"),  # the 13th is Northern Ireland's
        ("Sat 2026-07-11 10:00", "Tue 2026-07-14 09:00"),
        ("Mon 2026-07-13 09:00", "Tue 2026-07-14 09:00"),
        ("Tue 2026-07-14 08:59", "Tue 2026-07-14 09:00"),
        ("Tue 2026-07-14 09:00", "Tue 2026-07-14 09:00"),
        ("Sat 2026-03-28 23:00", "Mon 2026-03-30 09:00"),  # the clocks go forward on the 29th
    ],
)
def test_the_first_working_moment_from_a_moment(moment_of: str, first: str) -> None:
    hours = WorkingHours(time(9), time(17))

    assert hours.first_from(moment(moment_of), load(CONFIG).uk) == moment(first)
