"""A form that only says something: that it takes a while, or what came of it."""

from __future__ import annotations

from bot.blocks.text import TITLE, Block, plain, said


def notice(words: str, *, title: str = "FOI Desk") -> Block:
    """Draw a form without fields that says some words."""
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": plain(title, TITLE),
        "close": plain("Close", TITLE),
        "blocks": [said(words)],
    }
