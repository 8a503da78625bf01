"""What Slack says when it refuses. A proxy's page or a 5xx carries no code, and slack_sdk trips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError


_CODE = re.compile(r"[a-z][a-z0-9_]*")


def code_of(error: SlackApiError) -> str:
    """Give Slack's own code for what was wrong; nothing where the answer was not Slack's."""
    content = getattr(error.response, "data", error.response)
    said = str(content.get("error") or "") if isinstance(content, dict) else ""
    # Of what is no answer of Slack's, slack_sdk makes an "error" that is a sentence and a page.
    return said if _CODE.fullmatch(said) else ""
