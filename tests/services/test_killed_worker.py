"""A worker killed with kill -9 at the worst moments: nothing is lost and nothing is said twice."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.desk import REFERENCE, Desk
from tests.services.file_messenger import FileMessenger
from workflow.services import delivery
from workflow.store.outbox import LEASE

ROOT = Path(__file__).parents[2]
TO_BE_SAID = [
    ["desk:", f"card|{REFERENCE}"],
    ["desk:", f"thread|{REFERENCE}|0"],
    ["desk:", f"thread|{REFERENCE}|1"],
    ["team:control-room", f"told|{REFERENCE}|1|team:control-room"],
    ["desk:", f"thread|{REFERENCE}|2"],
    ["team:control-room", f"card|{REFERENCE}|team:control-room"],
]


def kill_where_it_stops(database_url: str, path: Path, stop: str, on: str) -> None:
    """Start a worker, wait until it stands where it shall be killed, and kill it."""
    program = [sys.executable, "-m", "tests.services.file_messenger"]
    worker = subprocess.Popen([*program, database_url, str(path), stop, on], cwd=ROOT)
    try:
        until = time.monotonic() + 60
        while not path.with_suffix(".stopped").exists():
            assert worker.poll() is None, "the worker ended by itself"
            assert time.monotonic() < until, "the worker never came so far"
            time.sleep(0.02)
    finally:
        worker.kill()
        worker.wait()


@pytest.mark.parametrize("stop", ["before", "after"])
@pytest.mark.parametrize(
    "on", [f"card|{REFERENCE}", f"thread|{REFERENCE}|0", f"told|{REFERENCE}|1|team:control-room"]
)
def test_a_worker_killed_before_or_after_it_posts_leaves_each_message_to_be_said_once(
    database_url: str, tmp_path: Path, stop: str, on: str
) -> None:
    path = tmp_path / "said.jsonl"
    messenger = FileMessenger(path)
    desk = Desk(database_url, messenger=messenger)
    desk.claimed()
    kill_where_it_stops(database_url, path, stop, on)

    desk.wall = datetime.now(UTC)  # noqa: TID251  # the killed worker leased by the machine's clock
    delivery.deliver(desk.office)
    while_leased = messenger.posted()
    desk.wall += LEASE + timedelta(seconds=1)
    delivery.deliver(desk.office)

    assert [on in key for _, key in while_leased].count(True) == (stop == "after")
    assert messenger.posted() == TO_BE_SAID
    assert {state for _, state in desk.outbox()} == {"sent", "superseded"}
    desk.close()
