"""Saying again what was typed, with the word that was meant: a button for each that it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import ids
from bot.blocks.text import Block, actions, button, said

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_VALUE = 2000  # what a button carries


def again(words: str, choices: Sequence[str], text: str, meant_for: str) -> list[Block]:
    """Draw why a command was not understood, and a button for each word it may have meant.

    `meant_for` is the word of `text` that a choice takes the place of. A command that is too long
    for a button has none.
    """
    buttons = [
        button(choice, f"{ids.MENU}:again:{n}", text.replace(meant_for, choice, 1))
        for n, choice in enumerate(choices)
    ]
    fitting = [one for one in buttons if len(one["value"]) <= LONGEST_VALUE]
    return [said(words), *([actions(*fitting)] if fitting else [])]
