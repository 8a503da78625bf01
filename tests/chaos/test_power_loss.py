"""The power fails at every write, in every run of the tests; power_loss.py is the large run."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.doors.programs import ROOT, environment


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_whenever_the_power_fails_nothing_is_lost_and_nothing_said_twice() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.power_loss", "--notices", "60"],
        cwd=ROOT,
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for point in ("post", "commit, update requests", "commit, update outbox"):
        assert f"  {point} " in done.stdout
