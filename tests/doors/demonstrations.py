"""The demonstration, started as `foi demo` starts it: office, local Slack and clock in one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.doors.page import Page
from tests.doors.programs import Program, free_port

if TYPE_CHECKING:
    from pathlib import Path


class Demonstration:
    """One demonstration in a folder of its own; it may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "demonstration"
        self.database = f"sqlite:///{self.folder / 'office.db'}"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.page = Page(self.url)
        self._log = folder / "demonstration.log"
        self.program = self._started()

    def start_again(self) -> None:
        """Start it again in the same folder, on the same port."""
        self.program = self._started()

    def end(self) -> None:
        self.page.close()
        self.program.end()

    def _started(self) -> Program:
        self._log.unlink(missing_ok=True)
        program = Program(
            *(sys.executable, "-m", "bot", "demo"),
            *("--port", str(self.port), "--folder", str(self.folder)),
            log=self._log,
        )
        program.wait_for(lambda: "Stop with Ctrl-C" in program.printed())
        return program
