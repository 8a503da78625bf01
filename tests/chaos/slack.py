"""A local Slack in a process of its own, for a large authority, whose time is the office's.

`python -m tests.chaos.slack --port N --folder F --config C --ahead SECONDS`
"""

from __future__ import annotations

import argparse
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn

from bot.sandbox import Channel, Person, Sandbox
from bot.sandbox.clock import RealTime
from tests.doors.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from workflow import practice


class Ahead(RealTime):
    """Real time, so much ahead."""

    def __init__(self, seconds: float) -> None:
        self._by = timedelta(seconds=seconds)

    def now(self) -> datetime:
        """Tell the time in UTC."""
        return super().now() + self._by


def main() -> None:
    """Serve a workspace on loopback until it is ended."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--port", type=int, required=True)
    asked.add_argument("--folder", type=Path, required=True)
    asked.add_argument("--config", type=Path, required=True)
    asked.add_argument("--ahead", type=float, required=True)
    given = asked.parse_args()
    roster = practice.read_roster(given.config)
    names = dict.fromkeys((roster.desk_channel, *(team.channel for team in roster.teams)))
    manifest: dict[str, Any] = json.loads(
        (given.config / "slack_manifest.json").read_text(encoding="utf-8")
    )
    sandbox = Sandbox(
        folder=given.folder,
        people=[
            Person(
                one.slack, one.handle, one.name, one.team, "officer", f"{one.handle}@example.org"
            )
            for one in roster.officers
        ],
        channels=[Channel(f"C0{name.upper()}", name) for name in names],
        manifest=manifest,
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        clock=Ahead(given.ahead),
        own_url=f"http://127.0.0.1:{given.port}",
    )
    uvicorn.run(sandbox.app, host="127.0.0.1", port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
