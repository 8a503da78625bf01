"""What the app asks of Slack, as config/slack_manifest.json says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def scopes_of(config_dir: Path) -> list[str]:
    """Give the permissions of the bot."""
    manifest = json.loads((config_dir / "slack_manifest.json").read_text("utf-8"))
    scopes: list[str] = manifest["oauth_config"]["scopes"]["bot"]
    return scopes
