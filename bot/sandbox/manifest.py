"""The app as its manifest describes it: name, slash commands, shortcuts, events."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

TEAM_ID = "T0SANDBOX01"
TEAM_DOMAIN = "sandbox"
TEAM_NAME = "Sandbox"


class SlashCommand(NamedTuple):
    """One slash command, with its leading slash."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


class Shortcut(NamedTuple):
    """One shortcut; its type is "global" or "message"."""

    callback_id: str
    name: str
    type: str
    description: str


@dataclass(frozen=True)
class App:
    """The one app that is installed in the workspace."""

    app_id: str
    bot_id: str
    bot_person_id: str
    name: str
    description: str
    commands: tuple[SlashCommand, ...]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    scopes: tuple[str, ...]
    has_home: bool
    rotates: bool  # its tokens run out and are renewed

    def command(self, name: str) -> SlashCommand | None:
        """Find a slash command by its name with the slash."""
        return next((one for one in self.commands if one.command == name), None)


def read_manifest(manifest: Mapping[str, Any]) -> App:
    """Read a Slack app manifest; ids are made from the app's name, so they stay the same."""
    display = manifest.get("display_information", {})
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    name = features.get("bot_user", {}).get("display_name") or display.get("name", "App")
    mark = hashlib.sha256(str(name).encode()).hexdigest()[:8].upper()
    return App(
        app_id=f"A0{mark}",
        bot_id=f"B0{mark}",
        bot_person_id=f"U0{mark}B",
        name=name,
        description=display.get("description", ""),
        commands=tuple(_commands(features.get("slash_commands", []))),
        shortcuts=tuple(_shortcuts(features.get("shortcuts", []))),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        scopes=tuple(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        has_home=bool(features.get("app_home", {}).get("home_tab_enabled")),
        rotates=bool(settings.get("token_rotation_enabled")),
    )


def _commands(rows: list[dict[str, Any]]) -> list[SlashCommand]:
    return [
        SlashCommand(
            command=row["command"],
            description=row.get("description", ""),
            usage_hint=row.get("usage_hint", ""),
            should_escape=bool(row.get("should_escape")),
        )
        for row in rows
    ]


def _shortcuts(rows: list[dict[str, Any]]) -> list[Shortcut]:
    return [
        Shortcut(row["callback_id"], row["name"], row["type"], row.get("description", ""))
        for row in rows
    ]
