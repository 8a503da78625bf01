"""An answer to one person, and who it is that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.blocks.text import Block, escape, said

if TYPE_CHECKING:
    from workflow.casework.roles import Officer


class Answer(NamedTuple):
    """A private answer: words, perhaps drawn; or a modal to open instead. Text is escaped."""

    text: str = ""
    blocks: list[Block] | None = None
    modal: Block | None = None

    def followed_by(self, *blocks: Block) -> Answer:
        """Give the same answer with more drawn under it."""
        return self._replace(blocks=[*(self.blocks or []), *blocks])


def plainly(words: str) -> Answer:
    """Answer with words as they are: nothing in them is formatting, and nobody is pinged."""
    return Answer(escape(words), [said(words)])


class Asker(NamedTuple):
    """Who asks, and in which channel (None in App Home).

    `once` is the key of what they did: Slack may send it again, and it is done once.
    """

    officer: Officer
    channel: str | None
    once: str = ""
