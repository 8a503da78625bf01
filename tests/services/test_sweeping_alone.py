"""Of several processes one sweeps, on PostgreSQL; whoever dies or stands still holds up nobody."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.casework.examples import moment
from tests.services.desk import Desk
from workflow.services import deadlines, lists

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[2]
OVERDUE = "Thu 2020-08-13 09:00"
MANY, EACH = 40, 4  # requests, and messages of each
HOLD = text("LOCK TABLE outbox IN SHARE MODE")  # it may be read
WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def filled(url: str) -> Desk:
    """Give a desk at which forty requests fell overdue while nothing ran."""
    desk = Desk(url)
    for number in range(MANY):
        desk.claimed(f"R{number}")
    desk.at = moment(OVERDUE)
    return desk


@contextmanager
def sweepers(many: int, url: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Start processes that are ready to sweep, and end those that are still there."""
    program = [sys.executable, "-m", "tests.services.sweeper", url, OVERDUE]
    pipe = subprocess.PIPE
    started = [
        subprocess.Popen(program, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) for _ in range(many)
    ]
    try:
        for one in started:
            assert read(one) == "ready\n"
        yield started
    finally:
        for one in started:
            one.kill()
            one.communicate()


def read(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def rows(desk: Desk) -> int:
    return sum(one.rule is not None for one in lists.said(desk.office) if one.reference)


def test_four_processes_at_once_do_each_others_work_not_over_again(
    migrated_postgres_url: str,
) -> None:
    desk = filled(migrated_postgres_url)
    with sweepers(4, migrated_postgres_url) as processes:
        for one in processes:
            go(one)
        swept = [json.loads(read(one)) for one in processes]

    assert sum(requests for requests, _, _ in swept) == MANY
    assert sorted(messages for _, messages, _ in swept) == [0, 0, 0, MANY * EACH]
    assert rows(desk) == MANY * EACH
    desk.close()


@contextmanager
def sweeping_stands_still(url: str, desk: Desk) -> Iterator[subprocess.Popen[str]]:
    """Give a process in the middle of its sweep: it waits to write into the outbox."""
    with sweepers(1, url) as (process,), desk.office.store.writing() as connection:
        connection.execute(HOLD)
        go(process)
        until = time.monotonic() + 30
        while connection.scalar(WAITS) == 0:
            assert time.monotonic() < until, "the process never came so far"
            time.sleep(0.05)
        yield process


def swept_in_the_end(desk: Desk, *, within: float) -> float:
    """Sweep until it is ours. Gives how many seconds that took."""
    began = time.monotonic()
    while deadlines.sweep(desk.office) == (0, 0):
        assert time.monotonic() - began < within
        time.sleep(0.1)
    return time.monotonic() - began


def test_whoever_comes_while_another_sweeps_does_nothing_and_does_not_wait(
    migrated_postgres_url: str,
) -> None:
    desk = filled(migrated_postgres_url)
    with sweeping_stands_still(migrated_postgres_url, desk):
        began = time.monotonic()
        swept = deadlines.sweep(desk.office)
        took = time.monotonic() - began

    assert swept == (0, 0)
    assert took < 2
    desk.close()


def test_one_killed_in_the_middle_of_its_sweep_leaves_it_to_the_next(
    migrated_postgres_url: str,
) -> None:
    desk = filled(migrated_postgres_url)
    with sweeping_stands_still(migrated_postgres_url, desk) as process:
        process.kill()
        process.wait()

    swept_in_the_end(desk, within=10)

    assert rows(desk) == MANY * EACH
    assert sum(state == "gathering" for _, state in desk.outbox()) == 0
    desk.close()


def test_one_that_stands_still_loses_its_turn(migrated_postgres_url: str) -> None:
    """A laptop shut in the middle: its connections stay open, and PostgreSQL ends them."""
    desk = filled(migrated_postgres_url)
    short = "-c statement_timeout=1000 -c idle_in_transaction_session_timeout=2000"
    with sweeping_stands_still(f"{migrated_postgres_url}&options={short}", desk) as process:
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.2)
        held = deadlines.sweep(desk.office)
        time.sleep(4)

    assert held == (0, 0)
    swept_in_the_end(desk, within=10)
    assert rows(desk) == MANY * EACH
    desk.close()
