"""Renewing without a pause: the program of the release before works on with the new schema.

It is started on its own schema, the database is migrated under it, and it goes on: acts, reminders,
deliveries. What it wrote is then read by the program of today.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from tests.recorder import Recorder
from tests.services.desk import REFERENCE, Desk
from workflow.casework.stages import Act
from workflow.services import delivery
from workflow.store import schema
from workflow.store.unit_of_work import open_store

ROOT = Path(__file__).resolve().parents[2]
# The schema of the release before. When a release is made, its own comes here.
RELEASED = "0002"
VERSIONS = "workflow/store/migrations/versions"

# What the old program does once the database is migrated under it: it knows nothing of this test.
OLD_PROGRAM = """
import sys, time, json
from pathlib import Path
from tests.services.desk import Desk, REFERENCE
from workflow.casework.stages import Act
from workflow.store import schema
from workflow.store.unit_of_work import open_store

url, signal = sys.argv[1], Path(sys.argv[2])
store = open_store(url)
schema.migrate(store)
store.close()
desk = Desk(url)
desk.log()
desk.do(Act.ALLOCATE, "dana", team="control-room")
desk.tick()
signal.with_suffix(".ready").touch()
while not signal.exists():
    time.sleep(0.05)
desk.do(Act.CLAIM, "amira")
desk.do(Act.LOG_SEARCH, "amira")
desk.log("R2")
desk.do(Act.SEEK_CLARIFICATION, "dana", "R2")
desk.tick()
desk.pass_time(days=14)
desk.tick()
desk.do(Act.UPDATE, "amira", note="by the old program")
print(json.dumps({"said": desk.recorder.keys, "stage": desk.found().stage}))
"""


@pytest.fixture(scope="session")
def old_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the program as it was before the first migration since the release."""
    first = f"{int(RELEASED) + 1:04d}_"
    new = [one.name for one in (ROOT / VERSIONS).iterdir() if one.name.startswith(first)]
    if not new:
        pytest.skip(f"the schema of the last release, {RELEASED}, is the newest")
    came = git("log", "--format=%H", "--diff-filter=A", "--", f"{VERSIONS}/{new[0]}").decode()
    if not came.split():
        pytest.skip("this checkout carries no history in which the program before could be found")
    folder = tmp_path_factory.mktemp("old")
    with tarfile.open(fileobj=io.BytesIO(git("archive", f"{came.split()[-1]}^"))) as archive:
        archive.extractall(folder, filter="data")
    return folder


def git(*words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no git here, and so no program of before")
    if done.returncode != 0:
        pytest.skip(f"the program of before is not here: {done.stderr.decode().strip()}")
    return done.stdout


def test_the_program_of_before_works_on_while_and_after_the_database_is_migrated(
    old_program: Path, empty_database_url: str, tmp_path: Path
) -> None:
    migrated = tmp_path / "migrated"
    running = subprocess.Popen(
        [sys.executable, "-c", OLD_PROGRAM, empty_database_url, str(migrated)],
        cwd=old_program,
        env=os.environ | {"PYTHONPATH": str(old_program)},  # noqa: TID251  # the old code, not ours
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _wait_for(migrated.with_suffix(".ready"), running)
    store = open_store(empty_database_url)
    assert schema.migrate(store) == (RELEASED, schema.newest())
    store.close()
    migrated.touch()
    printed, wrong = running.communicate(timeout=100)

    assert running.returncode == 0, wrong
    by_the_old = json.loads(printed)
    assert by_the_old["stage"] == "searching"
    assert len(set(by_the_old["said"])) == len(by_the_old["said"]) > 0

    desk = Desk(empty_database_url, recorder=Recorder())
    desk.pass_time(days=14)
    desk.do(Act.RETURN_SEARCHES, "amira")
    desk.tick()
    delivery.deliver(desk.office)
    assert desk.found().stage == "consideration"
    # The card alone is drawn anew, for the old program's Slack is not this one.
    assert set(desk.recorder.keys) & set(by_the_old["said"]) == {f"card|{REFERENCE}"}
    assert f"thread|{REFERENCE}|5" in desk.recorder.keys
    desk.close()


def test_a_program_of_before_may_be_started_on_a_database_that_is_ahead_of_it(
    database_url: str,
) -> None:
    store = open_store(database_url)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    assert schema.migrate(store) == ("9999", "9999")
    store.close()
    desk = Desk(database_url)
    desk.claimed()
    assert desk.found().holder == "amira"
    desk.close()


def _wait_for(path: Path, running: subprocess.Popen[str]) -> None:
    ends = time.monotonic() + 60
    while not path.exists():
        if running.poll() is not None or time.monotonic() > ends:
            running.kill()
            pytest.fail(f"the old program did not start: {running.communicate()[1]}")
        time.sleep(0.05)
