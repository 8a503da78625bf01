"""Programs as somebody else finds them: processes of their own, reached over real sockets."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.doors.forked import typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 90.0  # seconds; it takes one or two, on a machine that is not busy


class Program:
    """A process that was started by a test, and what it printed."""

    def __init__(self, *command: str, log: Path, settings: Mapping[str, str] | None = None) -> None:
        self.log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment(settings or {}), stdout=out, stderr=out
            )

    def wait_for(self, ready: Callable[[], bool], *, within: float = STARTS_WITHIN) -> None:
        """Wait until it is up. Fails with what it printed if it ends or takes too long."""
        ends = time.monotonic() + within
        while not ready():
            if self.process.poll() is not None or time.monotonic() > ends:
                self.end()
                raise AssertionError(f"it did not start: {self.printed()}")
            time.sleep(0.02)

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """Kill it as a power cut would: kill -9."""
        self.process.kill()
        self.process.wait()

    def stop(self, *, within: float = 60) -> int:
        """Ask it to stop and give its exit status. Fails if it takes longer than that."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within)

    def end(self) -> None:
        """End it however it is."""
        if self.process.poll() is None:
            self.kill()


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a program: this one's without its settings, and then those given."""
    inherited = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - a program needs its PATH
        if not name.startswith(("FOI_", "SLACK_"))
    }
    return {**inherited, "PYTHONUNBUFFERED": "1", **settings}


def foi(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the terminal's door and give what it printed."""
    return typed(words, folder=ROOT, environment=environment(settings), within=60)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def answers(url: str) -> bool:
    """Say whether something answers at an address."""
    try:
        return httpx.get(url, timeout=2).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
