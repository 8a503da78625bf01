"""The scheduler itself, with its threads: it starts at once, and no clock and no job stops it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.desk import Desk
from workflow.scheduler import Ticking
from workflow.services import health

WITHIN = 20.0
ROOT = Path(__file__).parents[2]


@pytest.fixture
def real(sqlite_desk: Desk) -> Desk:
    """Give a desk whose machine keeps the real time."""
    sqlite_desk.office = replace(sqlite_desk.office, wall=now)
    return sqlite_desk


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # APScheduler goes by the real time


@contextmanager
def ticking(desk: Desk, seconds: float) -> Iterator[Ticking]:
    running = Ticking(desk.office, seconds=seconds)
    try:
        yield running
    finally:
        running.end()


def until(done: Callable[[], object]) -> None:
    ends = time.monotonic() + WITHIN
    while not done():
        assert time.monotonic() < ends, "it never happened"
        time.sleep(0.02)


def last(desk: Desk, job: str) -> datetime | None:
    return next((one.last for one in health.health(desk.office).jobs if one.name == job), None)


def test_it_ticks_at_once_when_it_is_started(real: Desk) -> None:
    real.log()

    with ticking(real, seconds=3600):
        until(lambda: last(real, "sweep") and last(real, "deliver"))
        until(lambda: len(real.recorder.posts) == 3)  # card, thread, weekly digest


def test_a_clock_that_was_put_back_by_an_hour_stops_no_tick(real: Desk) -> None:
    """What is left of it in the scheduler is a next run that lies an hour ahead."""
    with ticking(real, seconds=0.2) as running:
        until(lambda: last(real, "sweep"))
        for job in running._scheduler.get_jobs():  # noqa: SLF001  # nobody else can set the clock
            job.modify(next_run_time=now() + timedelta(hours=1))
        began = now()

        until(lambda: (last(real, "sweep") or began) > began)
        until(lambda: (last(real, "deliver") or began) > began)


def test_a_slack_that_hangs_keeps_nobody_from_being_reminded(real: Desk) -> None:
    real.log()
    hanging = []

    def hang(_kind: str, key: str) -> None:
        hanging.append(key)
        time.sleep(1.5)

    real.recorder.before = hang
    with ticking(real, seconds=0.2):
        until(lambda: hanging)
        began = now()
        until(lambda: (last(real, "sweep") or began) > began)
        assert last(real, "deliver") is None


def test_it_ends_after_the_message_in_hand(real: Desk) -> None:
    for number in range(40):
        real.log(f"R{number:02}")
    real.recorder.before = lambda _kind, _key: time.sleep(0.2)

    with ticking(real, seconds=60):
        until(lambda: real.recorder.posts)
        began = time.monotonic()
    took = time.monotonic() - began

    assert took < 5
    assert {state for _, state in real.outbox()} == {"sent", "waiting"}
    sent = [key for key, state in real.outbox() if state == "sent"]
    assert len(sent) == len(real.recorder.posts)


def test_a_machine_that_was_suspended_runs_each_job_once_and_not_for_every_missed_tick(
    real: Desk,
) -> None:
    with ticking(real, seconds=3600) as running:
        until(lambda: last(real, "sweep"))
        ran = []
        for job in running._scheduler.get_jobs():  # noqa: SLF001  # nobody can suspend it else
            job.modify(
                func=lambda *_a, **_k: ran.append(1), next_run_time=now() - timedelta(days=3)
            )
        until(lambda: len(ran) == 2)
        time.sleep(0.5)

    assert len(ran) == 2


def test_a_process_that_was_stopped_and_goes_on_ticks_again_at_once(real: Desk) -> None:
    """As on a laptop that is shut and opened: its threads stand still in the midst of waiting."""
    program = [sys.executable, "-m", "tests.services.ticker", real.database_url, "0.5"]
    process = subprocess.Popen(program, cwd=ROOT)
    try:
        until(lambda: last(real, "sweep") and last(real, "deliver"))
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.3)
        stopped = (last(real, "sweep"), last(real, "deliver"))
        time.sleep(2)
        meanwhile = (last(real, "sweep"), last(real, "deliver"))
        process.send_signal(signal.SIGCONT)
        until(lambda: last(real, "sweep") != stopped[0])
        until(lambda: last(real, "deliver") != stopped[1])
    finally:
        process.kill()
        process.wait()

    assert meanwhile == stopped
