"""What Slack says when it refuses. A proxy's page or a 5xx carries no code, and slack_sdk trips."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError


def code_of(error: SlackApiError) -> str:
    """Give Slack's own code for what was wrong; nothing where the answer was not Slack's."""
    content = getattr(error.response, "data", error.response)
    return str(content.get("error") or "") if isinstance(content, dict) else ""
