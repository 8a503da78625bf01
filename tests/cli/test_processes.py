"""The command as a process: signals, pipes, terminals, encodings, and what it imports."""

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.terminal import REFERENCE, command, environment

NEVER_FOR_A_QUICK_ANSWER = {
    *("sqlmodel", "sqlalchemy", "alembic", "slack_sdk", "slack_bolt", "apscheduler"),
    *("rich.table", "rich.console", "pydantic_settings"),
}
LONGEST_WAIT = 30.0


def foi(folder: Path, *words: str | bytes, **more: str) -> subprocess.CompletedProcess[bytes]:
    line: list[str | bytes] = [*command(), *words]
    return subprocess.run(
        line, cwd=folder, env=environment(folder, **more), capture_output=True, check=False
    )


def log(folder: Path, subject: str) -> None:
    done = foi(folder, "new", "--subject", subject, "--description", "x", FOI_OFFICER="dana")
    assert done.returncode == 0, done.stderr


def test_a_refusal_is_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    done = foi(tmp_path, "claim", REFERENCE, "--as", "amira")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        f"There is no request “{REFERENCE}”. List the open ones with: list.\n"
    )


@pytest.mark.parametrize("words", [("due", "2020-07-14"), ("stages",)], ids=" ".join)
def test_a_quick_answer_imports_nothing_slow(tmp_path: Path, words: tuple[str, ...]) -> None:
    python, *rest = command(*words)
    line = [python, "-X", "importtime", *rest]
    done = subprocess.run(
        line, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=True
    )

    imported = {one.rpartition("|")[2].strip() for one in done.stderr.splitlines()}
    recorder_brings = {"sqlmodel", "sqlalchemy", "alembic"}  # the tests' messenger knows the store
    assert imported & (NEVER_FOR_A_QUICK_ANSWER - recorder_brings) == set()


def test_a_desk_that_is_up_to_date_is_opened_without_what_migrates_it(tmp_path: Path) -> None:
    log(tmp_path, "Emergency calls")
    line = [sys.executable, "-X", "importtime", "-m", "bot", "list"]
    done = subprocess.run(
        line, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=True
    )

    imported = {one.rpartition("|")[2].strip() for one in done.stderr.splitlines()}
    assert "workflow.store.schema" in imported
    assert [one for one in imported if one.partition(".")[0] in {"alembic", "mako"}] == []


def test_letters_that_the_terminal_has_no_code_for_are_escaped(tmp_path: Path) -> None:
    log(tmp_path, "Siân 😀")

    done = foi(tmp_path, "list", PYTHONIOENCODING="ascii", COLUMNS="60")

    assert done.returncode == 0, done.stderr
    assert b"Si\\xe2n \\U0001f600" in done.stdout


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    done = foi(tmp_path, "new", "--subject", b"\xff\xfe", "--description", "x", FOI_OFFICER="dana")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"What was typed is not UTF-8 text.")


def test_a_reader_that_goes_away_is_no_disaster(tmp_path: Path) -> None:
    with subprocess.Popen(
        command("stages"),
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read().decode()

    assert running.returncode == 1
    assert told == "The reader of the output went away before it was all written.\n"


@pytest.mark.parametrize("columns", [40, 120])
def test_stages_are_drawn_on_a_terminal_without_colour_where_none_is_wanted(
    tmp_path: Path, columns: int
) -> None:
    told = on_a_terminal(tmp_path, "stages", columns=columns)

    assert "acknowledge" in told
    assert "| at | act |" not in told
    assert set(re.findall(r"\x1b\[\d*m", told)) <= {"\x1b[1m", "\x1b[0m"}  # bold is no colour
    plain = re.sub(r"\x1b\[\d*m", "", told)
    assert max(len(line) for line in plain.split("\r\n")) <= columns


def on_a_terminal(folder: Path, *words: str, columns: int) -> str:
    ours, theirs = pty.openpty()
    env = environment(folder, COLUMNS=str(columns), NO_COLOR="1", TERM="xterm-256color")
    with subprocess.Popen(command(*words), cwd=folder, env=env, stdout=theirs) as running:
        os.close(theirs)
        told = b""
        while chunk := _read(ours):
            told += chunk
    os.close(ours)
    assert running.returncode == 0
    return told.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how a terminal says that the other side hung up
        return b""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_ticks_until_it_is_told_to_stop(tmp_path: Path, stop: signal.Signals) -> None:
    log(tmp_path, "Emergency calls")
    with subprocess.Popen(
        command("worker"),
        cwd=tmp_path,
        env=environment(tmp_path, FOI_TICK_SECONDS="1", PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        _wait_until_sent(tmp_path)
        running.send_signal(stop)
        rest, wrong = running.communicate(timeout=LONGEST_WAIT)

    assert first == "Ticking every 1 seconds. Stop with Ctrl-C.\n"
    assert rest.endswith(f"Stopped ({stop.name}); nothing was left half done.\n")
    assert "Traceback" not in rest + wrong
    assert running.returncode == 0


def _wait_until_sent(folder: Path) -> None:
    """Wait until the worker has drawn the card of the request that was logged."""
    import sqlite3  # noqa: PLC0415  # the one test that looks into the outbox

    ends = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < ends:
        with sqlite3.connect(folder / "foi.db") as connection:
            rows = connection.execute("SELECT state FROM outbox").fetchall()
        connection.close()
        if {state for (state,) in rows} == {"sent"}:
            return
        time.sleep(0.1)
    pytest.fail("the worker delivered nothing")
