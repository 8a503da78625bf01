"""A skip is named, and where nothing may be skipped it is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.checkout import ROOT

SKIPPING = """
import pytest

@pytest.mark.{marker}
def test_that_needs_what_is_not_here():
    pytest.skip("it is not here")
"""


def run(test: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if "REQUIRE" not in name}  # noqa: TID251 - a child's environment
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-rs",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [*command, "-c", str(ROOT / "pyproject.toml"), str(test)],
        cwd=ROOT,
        env=inherited | settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("marker", ["postgres", "browser", "javascript"])
def test_a_skip_is_named(tmp_path: Path, marker: str) -> None:
    test = tmp_path / "test_skipping.py"
    test.write_text(SKIPPING.format(marker=marker))

    outcome = run(test)

    assert outcome.returncode == 0, outcome.stdout
    assert "it is not here" in outcome.stdout


@pytest.mark.parametrize("marker", ["postgres", "browser", "javascript"])
def test_a_skip_fails_where_nothing_may_be_skipped(tmp_path: Path, marker: str) -> None:
    test = tmp_path / "test_skipping.py"
    test.write_text(SKIPPING.format(marker=marker))

    outcome = run(test, **{f"FOI_REQUIRE_{marker.upper()}": "1"})

    assert outcome.returncode == 1, outcome.stdout
    assert f"FOI_REQUIRE_{marker.upper()} is set" in outcome.stdout
