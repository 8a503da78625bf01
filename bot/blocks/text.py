"""Words made safe for Slack. Whatever came from outside passes through here."""

from __future__ import annotations

from typing import Any

Block = dict[str, Any]

# Slack's own limits (reference/block-kit). A text over them is shortened and says so.
HEADER, SECTION, FIELD, BUTTON, TITLE, OPTION = 150, 3000, 2000, 75, 24, 75
_CUT = " … (shortened)"


def escape(text: str) -> str:
    """Make text literal in mrkdwn: `<!channel>` is shown and pings nobody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: str, limit: int) -> str:
    """Cut a text to a limit, saying that it was cut. A short limit has no room for the word."""
    if len(text) <= limit:
        return text
    cut = _CUT if limit > 2 * len(_CUT) else "…"
    return text[: limit - len(cut)].rstrip() + cut


def mrkdwn(text: str, limit: int = SECTION) -> Block:
    """Make a text object of words that are already escaped."""
    return {"type": "mrkdwn", "text": shortened(text, limit)}


def plain(text: str, limit: int) -> Block:
    """Make a plain text object: nothing in it is read as formatting or as a mention."""
    return {"type": "plain_text", "text": shortened(text, limit), "emoji": False}


def section(text: str) -> Block:
    """Make a section of words that are already escaped."""
    return {"type": "section", "text": mrkdwn(text)}


def header(text: str) -> Block:
    """Make a header of any words."""
    return {"type": "header", "text": plain(text, HEADER)}


def context(text: str) -> Block:
    """Make a line of small print of words that are already escaped."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def button(label: str, action_id: str, value: str, *, primary: bool = False) -> Block:
    """Make a button. `value` is an opaque id: the state is read anew when it is pressed."""
    made: Block = {
        "type": "button",
        "text": plain(label, BUTTON),
        "action_id": action_id,
        "value": value,
    }
    return made | {"style": "primary"} if primary else made


def actions(*elements: Block) -> Block:
    """Make a row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}
