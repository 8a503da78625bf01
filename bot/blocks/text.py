"""Words made safe for Slack. Whatever came from outside passes through here.

Our own words may be mrkdwn. Words of people, the public's most of all, are plain text: escaping
keeps a mention from pinging, but only plain text keeps `*` and `_` as they were written.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from workflow.cli.plain_text import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

Block = dict[str, Any]

# Slack's own limits (reference/block-kit). A text over them is shortened and says so.
HEADER, SECTION, FIELD, BUTTON, TITLE, OPTION = 150, 3000, 2000, 75, 24, 75
CUT = " … (shortened)"


def escape(text: str) -> str:
    """Make text literal in mrkdwn: `<!channel>` is shown and pings nobody.

    Marks that turn the direction of writing would show a due date backwards: they become signs.
    """
    return harmless(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: str, limit: int, *, whole: str = "") -> str:
    """Cut a text to a limit, saying that it was cut. A short limit has no room for the word.

    `whole` says where all of it is; without it that is said when the text goes out.
    """
    if len(text) <= limit:
        return text
    cut = f" … (shortened; the whole: {whole})" if whole else CUT
    cut = cut if limit > 2 * len(cut) else "…"
    return text[: limit - len(cut)].rstrip() + cut


def parted(text: str, limit: int) -> Iterator[str]:
    """Divide a text between its lines into parts of up to a limit, leaving nothing out."""
    part = ""
    for line in text.splitlines():
        for piece in textwrap.wrap(line, limit, drop_whitespace=False) or [""]:
            if part and len(part) + 1 + len(piece) > limit:
                yield part
                part = piece
            else:
                part = f"{part}\n{piece}" if part else piece
    if part:
        yield part


def mrkdwn(text: str, limit: int = SECTION) -> Block:
    """Make a text object of words that are already escaped. Nothing becomes a link by itself."""
    return {"type": "mrkdwn", "text": shortened(text, limit), "verbatim": True}


def plain(text: str, limit: int) -> Block:
    """Make a plain text object: nothing in it is read as formatting or as a mention."""
    return {"type": "plain_text", "text": shortened(harmless(text), limit), "emoji": False}


def section(text: str) -> Block:
    """Make a section of words that are already escaped."""
    return {"type": "section", "text": mrkdwn(text)}


def said(text: str) -> Block:
    """Make a section of anybody's words, shown as they were written."""
    return {"type": "section", "text": plain(text, SECTION)}


def header(text: str) -> Block:
    """Make a header of any words."""
    return {"type": "header", "text": plain(text, HEADER)}


def context(text: str) -> Block:
    """Make a line of small print of words that are already escaped."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def remark(label: str, words: str) -> Block:
    """Make a line of small print: a label of ours, already escaped, and anybody's words."""
    return {"type": "context", "elements": [mrkdwn(label), plain(words, FIELD)]}


def button(label: str, action_id: str, value: str, *, primary: bool = False) -> Block:
    """Make a button. `value` is an opaque id: the state is read anew when it is pressed."""
    made: Block = {
        "type": "button",
        "text": plain(label, BUTTON),
        "action_id": action_id,
        "value": value,
    }
    return made | {"style": "primary"} if primary else made


def named(act: str) -> str:
    """Write an act as a label: its first letter large, and the ICO's name as it is."""
    return act[:1].upper() + act[1:]


def field(label: str, value: str) -> Block:
    """Make a field of any words; the value begins as a sentence does, on every card."""
    return mrkdwn(f"*{label}*\n{escape(named(value))}", FIELD)


def actions(*elements: Block) -> Block:
    """Make a row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}
