"""What `foi doctor` asks Slack: is the token good, are scopes and channels there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from workflow import practice
from workflow.cli.doctor import Check, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 5


def examine(*, token: str, api_url: str, config_dir: Path) -> list[Check]:
    """Ask Slack what is well, missing or wrong, and give the cure. Nothing is changed."""
    client = WebClient(token, base_url=api_url, timeout=SECONDS, retry_handlers=[])
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error", "nothing")
        cure = "Copy the bot token anew from the app's page, OAuth & Permissions."
        return [Check("Slack token", State.WRONG, f"Slack says {code}. {cure}")]
    except (URLError, OSError) as error:
        why = getattr(error, "reason", error)
        told = getattr(why, "strerror", None) or why
        cure = "Correct SLACK_API_URL, or look at the network."
        return [Check("Slack", State.WRONG, f"{api_url} does not answer: {told}. {cure}")]
    team = f"{answer.get('team', '?')} ({answer['team_id']})"
    return [
        Check("Slack token", State.OK, f"workspace {team}, as {answer.get('user', '?')}"),
        _scopes(config_dir, answer.headers),
        *_channels(config_dir, client),
    ]


def _scopes(config_dir: Path, headers: dict[str, Any]) -> Check:
    manifest = json.loads((config_dir / "slack_manifest.json").read_text("utf-8"))
    wanted = set(manifest["oauth_config"]["scopes"]["bot"])
    found = {key.casefold(): value for key, value in headers.items()}.get("x-oauth-scopes", "")
    if not found:
        return Check("Slack scopes", State.MISSING, "Slack did not say which scopes it gave.")
    lacking = sorted(wanted - {one.strip() for one in found.split(",")})
    if lacking:
        cure = "Paste config/slack_manifest.json and install the app again."
        return Check("Slack scopes", State.WRONG, f"lacking {', '.join(lacking)}. {cure}")
    return Check("Slack scopes", State.OK, "all that the manifest asks for")


def _channels(config_dir: Path, client: WebClient) -> Iterator[Check]:
    """Look whether every channel of teams.toml is there."""
    roster = practice.read_roster(config_dir)
    try:
        there = {
            name
            for page in client.conversations_list(types="public_channel,private_channel", limit=200)
            for channel in page["channels"]
            for name in (channel["name"], channel["id"])
        }
    except SlackApiError as error:
        yield Check("Slack channels", State.WRONG, f"Slack says {error.response.get('error')}.")
        return
    wanted = dict.fromkeys((roster.desk_channel, *(one.channel for one in roster.teams)))
    lacking = [name for name in wanted if name.removeprefix("#") not in there]
    if lacking:
        cure = "Create them, invite the bot, or correct config/teams.toml."
        yield Check("Slack channels", State.WRONG, f"not found: {', '.join(lacking)}. {cure}")
    else:
        yield Check("Slack channels", State.OK, ", ".join(wanted))
