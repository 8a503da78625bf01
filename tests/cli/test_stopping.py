"""Stopping while much waits to be said: the message in hand is finished, the rest is given back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.cli.slowly import SECONDS_A_MESSAGE
from tests.cli.terminal import ROOT, environment
from tests.services.desk import REFERENCE, Desk
from workflow.store import outbox, requests
from workflow.store.outbox import Outgoing

NOTICES = 200
BESIDES = 3  # the card, its thread, and the managers' week, which the first tick puts in
ENDS_WITHIN = 5.0  # seconds; the outbox alone would take fifty


@pytest.fixture
def full(sqlite_url: str) -> str:
    """Give a database in whose outbox two hundred notices wait."""
    desk = Desk(sqlite_url)
    desk.log()
    notices = [Outgoing(f"n{n:03}", "notice", f"team:t{n}", "words") for n in range(NOTICES)]
    with desk.office.store.writing() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        outbox.put(connection, row_id, notices, at=desk.at)
    desk.close()
    return sqlite_url


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("word", ["worker", "tick"])
def test_a_stop_is_obeyed_at_once_and_what_was_leased_is_given_back(
    full: str, tmp_path: Path, word: str, stop: signal.Signals
) -> None:
    said = tmp_path / "said.jsonl"
    environ = environment(tmp_path, FOI_DATABASE_URL=full, FOI_TICK_SECONDS="1")
    with _running(said, word, environ) as running:
        _wait_for_posts(said, running, 4)
        running.send_signal(stop)
        began = time.monotonic()
        _, wrong = running.communicate(timeout=60)
        took = time.monotonic() - began

    assert (running.returncode, "Traceback" in wrong) == (0, False), wrong
    assert took < ENDS_WITHIN
    states, keys = _rows(full), _keys(said)
    assert states["sending"] == 0
    assert states["sent"] == len(keys) == len(set(keys))
    assert states["waiting"] == NOTICES + BESIDES - len(keys)


def test_another_worker_takes_at_once_what_was_given_back(full: str, tmp_path: Path) -> None:
    said = tmp_path / "said.jsonl"
    environ = environment(tmp_path, FOI_DATABASE_URL=full)
    with _running(said, "tick", environ) as running:
        _wait_for_posts(said, running, 2)
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
    before = len(_keys(said))

    desk = Desk(full)
    desk.wall = datetime.now(UTC)  # noqa: TID251  # the stopped worker leased by the machine's clock
    desk.tick()
    desk.close()

    assert before < NOTICES
    assert len(desk.recorder.keys) + before == NOTICES + BESIDES
    assert set(desk.recorder.keys).isdisjoint(_keys(said))


@contextmanager
def _running(said: Path, word: str, environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run a slow desk, and see that it has ended however the test does."""
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.slowly", str(said), word],
        cwd=ROOT,
        env=environ | {"PATH": os.environ["PATH"]},  # noqa: TID251  # a program needs its PATH
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def _wait_for_posts(said: Path, running: subprocess.Popen[Any], number: int) -> None:
    ends = time.monotonic() + 60
    while len(_keys(said)) < number:
        assert running.poll() is None, "it ended by itself"
        assert time.monotonic() < ends, "it said nothing"
        time.sleep(SECONDS_A_MESSAGE / 5)


def _keys(said: Path) -> list[str]:
    lines = said.read_text().splitlines() if said.exists() else []
    return [json.loads(line)[1] for line in lines]


def _rows(url: str) -> Counter[str]:
    desk = Desk(url)
    with desk.office.store.reading() as connection:
        found = Counter(connection.scalars(text("SELECT state FROM outbox")))
    desk.close()
    return found
