"""The machinery watched: each job leaves a heartbeat, and a silence is told to the desk once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.examples import moment
from tests.services.desk import Desk
from workflow.scheduler import guarded
from workflow.services import delivery, health

EVERY = 20.0


def tick(desk: Desk) -> None:
    """Run both jobs as the scheduler does."""
    for job in (health.SWEEP, health.DELIVER):
        guarded(desk.office, job, dict, every=EVERY)


def on(desk: Desk, day_and_time: str) -> None:
    """Move both clocks to a UK time: "Tue 2020-07-14 10:00"."""
    desk.at = desk.wall = moment(day_and_time)


def told(desk: Desk) -> list[str]:
    """Deliver, and give what the desk was told of silences."""
    delivery.deliver(desk.office)
    return [text for _, text in desk.recorder.notices]


def jobs(desk: Desk) -> dict[str, tuple[bool, str | None]]:
    return {one.name: (one.silent, one.trouble) for one in health.health(desk.office).jobs}


def test_a_job_that_runs_is_not_silent_and_nobody_is_told(desk: Desk) -> None:
    for _ in range(5):
        tick(desk)
        desk.pass_time(seconds=EVERY)

    assert jobs(desk) == {"sweep": (False, None), "deliver": (False, None)}
    assert health.watch(desk.office) == ()
    assert told(desk) == []
    assert health.health(desk.office).is_well


def test_a_tick_that_did_not_run_is_noticed_by_another_process_and_told_once(desk: Desk) -> None:
    on(desk, "Tue 2020-07-14 10:00")
    tick(desk)
    another = Desk(desk.database_url, recorder=desk.recorder)
    on(another, "Tue 2020-07-14 11:00")
    guarded(another.office, health.DELIVER, dict, every=EVERY)

    silent = [health.watch(another.office) for _ in range(3)]
    sentences = told(another)
    another.close()

    assert silent == [("sweep",)] * 3
    assert sentences == [
        (
            "From Tuesday 14 July 2020, 10:00, to Tuesday 14 July 2020, 11:00, nothing was "
            "delivered: the machine was off, or its worker had stopped. What was missed is caught "
            "up now."
        ),
        "Since Tuesday 14 July 2020, 10:00, nobody looked at what falls due. See: foi doctor.",
    ]


def test_a_silence_that_was_told_while_it_lasted_is_not_told_again_when_it_ends(
    desk: Desk,
) -> None:
    on(desk, "Tue 2020-07-14 10:00")
    tick(desk)
    on(desk, "Tue 2020-07-14 11:00")
    health.watch(desk.office)
    tick(desk)

    assert len(told(desk)) == 2  # one for each job


def test_a_second_silence_is_told_too(desk: Desk) -> None:
    for at in ("10:00", "11:00", "12:00"):
        on(desk, f"Tue 2020-07-14 {at}")
        guarded(desk.office, health.SWEEP, dict, every=EVERY)

    assert len(told(desk)) == 2


@pytest.mark.parametrize(
    ("last", "now", "told_of"),
    [
        ("Tue 2020-07-14 17:30", "Wed 2020-07-15 08:30", 0),  # a laptop shut for the night
        ("Fri 2020-07-17 17:30", "Mon 2020-07-20 08:59", 0),  # and for the weekend
        ("Fri 2020-07-31 17:30", "Tue 2020-08-04 08:59", 0),  # a bank holiday in Scotland
        ("Fri 2020-07-17 17:30", "Mon 2020-07-20 09:30", 1),  # late for work
        ("Tue 2020-07-14 10:00", "Tue 2020-07-14 10:14", 0),  # a restart
        ("Tue 2020-07-14 10:00", "Tue 2020-07-14 10:31", 1),
        ("Sat 2020-10-24 17:00", "Mon 2020-10-26 08:59", 0),  # the clocks go back on the 25th
        ("Sat 2021-03-27 17:00", "Mon 2021-03-29 08:59", 0),  # and forward on the 28th
        ("Mon 2020-03-02 09:00", "Tue 2020-07-14 10:00", 1),  # months
    ],
)
def test_only_a_silence_in_working_hours_is_told(
    desk: Desk, last: str, now: str, told_of: int
) -> None:
    on(desk, last)
    guarded(desk.office, health.SWEEP, dict, every=EVERY)
    on(desk, now)
    guarded(desk.office, health.SWEEP, dict, every=EVERY)
    on(desk, "Wed 2021-06-02 10:00")

    assert len(told(desk)) == told_of


def test_a_clock_that_is_put_back_is_no_silence_and_makes_no_age_negative(desk: Desk) -> None:
    on(desk, "Tue 2020-07-14 12:00")
    tick(desk)
    on(desk, "Tue 2020-07-14 11:00")

    assert health.watch(desk.office) == ()
    assert {one.age for one in health.health(desk.office).jobs} == {0.0}
    tick(desk)
    assert told(desk) == []


def test_a_job_that_fails_says_since_when_and_why_until_it_works_again(desk: Desk) -> None:
    def fail() -> dict[str, int]:
        raise RuntimeError("the ladder has no rungs")

    tick(desk)
    for _ in range(3):
        desk.pass_time(minutes=1)
        guarded(desk.office, health.SWEEP, fail, every=EVERY)
    failing = next(one for one in health.health(desk.office).jobs if one.name == "sweep")
    desk.pass_time(minutes=1)
    tick(desk)

    assert failing.trouble == "RuntimeError: the ladder has no rungs"
    assert failing.failing_since == failing.last + timedelta(minutes=1)
    assert jobs(desk)["sweep"] == (False, None)


def test_lags_are_those_of_what_waits_longest(desk: Desk) -> None:
    desk.log()
    desk.pass_time(seconds=90)

    assert health.health(desk.office).delivery_lag == 90
    assert health.health(desk.office).sweep_lag == 0
    desk.pass_time(days=8)
    assert health.health(desk.office).sweep_lag > 0
    desk.tick()
    assert health.health(desk.office).delivery_lag == 0
    assert health.health(desk.office).sweep_lag == 0


def test_while_slack_is_away_nothing_is_put_in_doubt(desk: Desk) -> None:
    """The first three find nobody there; after that somebody is asked for before anything."""
    for number in range(10):
        desk.log(f"R{number}")
    desk.recorder.away = True

    for _ in range(4):
        delivery.deliver(desk.office)
        desk.pass_time(minutes=6)
    away_since = health.slack_is_away_since(desk.office)
    tried = [key for kind, key in desk.recorder.calls if kind == "draw"]
    desk.recorder.away = False
    delivery.deliver(desk.office)

    assert len(tried) == delivery.MOST_AWAY
    assert away_since == moment("Tue 2020-07-14 09:30")
    assert health.slack_is_away_since(desk.office) is None
    assert {state for _, state in desk.outbox()} == {"sent"}
    assert len(desk.recorder.keys) == len(set(desk.recorder.keys)) == 20
