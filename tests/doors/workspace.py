"""A local Slack in a process of its own: `python -m tests.doors.workspace --port N …`.

Its people and channels are those of config/ or of --config, and with them Eve, whom the desk does
not know.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from bot.sandbox import Channel, Person, Sandbox
from tests.doors.programs import ROOT
from workflow import practice

if TYPE_CHECKING:
    from workflow.casework.roles import Roster

SIGNING_SECRET = "made-up-signing-secret"
BOT_TOKEN, APP_TOKEN = "xoxb-dev-made-up", "xapp-dev-made-up"
STRANGER = Person("U0EVE", "eve", "Eve Stranger", "elsewhere", "", "eve@example.org")
# How somebody of the roster may be no full member of the workspace.
OUTSIDERS: dict[str, dict[str, Any]] = {
    "": {},
    "guest": {"guest": True},
    "single-channel": {"single_channel": True},
    "elsewhere": {"team_id": "T0ELSEWHERE"},
}


def main() -> None:
    """Serve a workspace on loopback until it is ended."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--port", type=int, required=True)
    asked.add_argument("--folder", type=Path, required=True)
    asked.add_argument("--request-url")
    asked.add_argument("--own-url")
    asked.add_argument("--config", type=Path, default=ROOT / "config")
    asked.add_argument("--outsider", action="append", default=[], metavar="HANDLE=HOW")
    given = asked.parse_args()
    config = given.config
    roster = practice.read_roster(config)
    sandbox = Sandbox(
        folder=given.folder,
        people=[*_people(roster, dict(one.split("=") for one in given.outsider)), STRANGER],
        channels=_channels(roster),
        group_ids={one.key: one.group for one in roster.teams},
        manifest=json.loads((config / "slack_manifest.json").read_text(encoding="utf-8")),
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        request_url=given.request_url,
        own_url=given.own_url or f"http://127.0.0.1:{given.port}",
    )
    uvicorn.run(sandbox.app, host="127.0.0.1", port=given.port, log_level="warning")


def _people(roster: Roster, outsiders: dict[str, str]) -> list[Person]:
    return [
        Person(
            *(one.slack, one.handle, one.name, one.team, "officer", f"{one.handle}@example.org"),
            **OUTSIDERS[outsiders.get(one.handle, "")],
        )
        for one in roster.officers
    ]


def _channels(roster: Roster) -> list[Channel]:
    names = dict.fromkeys((roster.desk_channel, *(team.channel for team in roster.teams)))
    return [Channel(f"C0{name.upper()}", name) for name in names]


if __name__ == "__main__":
    main()
