"""A terminal for tests: the real commands on a real database, with a messenger that records.

Run as a program it is the command `foi` with that messenger: `python -m tests.cli.terminal`.
"""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.recorder import Recorder
from workflow.cli.app import build, run

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = "002335/20"


class Answer(NamedTuple):
    """What a command answered: its exit status, and what it wrote on each stream."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Read standard output as JSON."""
        return json.loads(self.out)


class Terminal:
    """Types commands and reads answers. `now` is the office's time, and stands still."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], folder: Path, migrated: Path | None = None
    ) -> None:
        self._capsys, self._migrated = capsys, migrated
        self.database = folder / "foi.db"
        self.recorder = Recorder()
        self.now = datetime(2020, 7, 14, 9, 30, tzinfo=UTC)  # Tue 2020-07-14, 10:30 in the UK

    def typed(self, *words: str, as_: str | None = None) -> Answer:
        """Type a command, as somebody, and wait for its answer."""
        app = build(lambda _settings, _roster: self.recorder, now=lambda: self.now)
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            run(app, [*words, *(["--as", as_] if as_ else [])])
        out, err = self._capsys.readouterr()
        return Answer(int(ended.value.code or 0), out, err)

    def done(self, *words: str, as_: str | None = None) -> str:
        """Type a command that must be done, and give what it printed."""
        answer = self.typed(*words, as_=as_)
        assert (answer.status, answer.err) == (0, ""), answer
        return answer.out

    def on(self, day: str) -> None:
        """Move the office to the morning of a day written with its weekday: "Thu 2020-07-30"."""
        moved = datetime.strptime(day, "%a %Y-%m-%d").replace(hour=9, tzinfo=UTC)
        assert f"{moved:%a %Y-%m-%d}" == day, f"{day} is a {moved:%A}"
        self.now = moved

    def log(self, *more: str) -> str:
        """Log the request of the examples; where there is no desk, on a copy of an empty one."""
        if self._migrated and not self.database.exists():
            shutil.copy(self._migrated, self.database)
        return self.done(
            *("new", "--reference", REFERENCE, "--subject", "Emergency calls in 2019"),
            *("--received", "2020-07-14", "--description", "How many calls were received?"),
            *more,
            as_="dana",
        )

    def kept(self) -> list[str]:
        """Give every row of the database, to compare before with after."""
        with sqlite3.connect(self.database) as connection:
            lines = [one for one in connection.iterdump() if one.startswith("INSERT")]
        connection.close()
        return lines

    def stage(self) -> str:
        """Give the stage at which the request of the examples stands."""
        return str(self.typed("show", REFERENCE, "--json").json["request"]["stage"])


def on_standard_input(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    """Let what a command reads on standard input be these bytes."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Give the environment of a process: the real configuration, a database of its own."""
    return {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "FOI_CONFIG_DIR": str(ROOT / "config"),
        "FOI_DATABASE_URL": f"sqlite:///{folder / 'foi.db'}",
        **more,
    }


def command(*words: str) -> Sequence[str]:
    """Give the command line of `foi` as a process."""
    return [sys.executable, "-m", "tests.cli.terminal", *words]


if __name__ == "__main__":
    run(build(lambda _settings, _roster: Recorder()))
