"""What a reader of a letter can say of one requirement: found, with the words, or not found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workflow.letters.passages import Passage

SHORTEST_QUOTE, LONGEST_QUOTE = 30, 140


class Finding(NamedTuple):
    """One thing looked for: its section, what it is, and the words that were found, or none.

    `is_law` where the Act or the Regulations ask for it; otherwise the Code under s.45, the ICO
    or good practice does. `cure` says what to add where it was not found.
    """

    section: str
    what: str
    words: str
    cure: str
    is_law: bool = True

    @property
    def is_found(self) -> bool:
        """Tell whether words that say it were found. That they say it well is for a person."""
        return bool(self.words)


def sign(pattern: str) -> re.Pattern[str]:
    """Compile a sign to look for, whatever its capitals."""
    return re.compile(pattern, re.IGNORECASE)


def quoted(passages: Iterable[Passage], pattern: re.Pattern[str]) -> str:
    """Give the first words of the passages that bear a sign, with what stands around them."""
    for passage in passages:
        found = pattern.search(passage.text)
        if found:
            return _around(passage.text, found.start(), found.end())
    return ""


def _around(text: str, start: int, end: int) -> str:
    """Cut the sentence that holds the sign, shortened at its ends."""
    begin = max(text.rfind(". ", 0, start) + 2, 0) if ". " in text[:start] else 0
    stop = text.find(". ", end)
    stop = len(text) if stop < 0 else stop + 1
    if stop - begin < SHORTEST_QUOTE:  # a lead-in such as "Why it applies." says nothing alone
        stop = min(len(text), begin + LONGEST_QUOTE)
    if stop - begin > LONGEST_QUOTE:
        begin = max(begin, start - 50)
        stop = min(stop, begin + LONGEST_QUOTE)
    ahead = "…" if begin and text[begin - 2 : begin] != ". " else ""
    behind = "…" if stop < len(text) and text[stop - 1] != "." else ""
    return f"{ahead}{text[begin:stop].strip()}{behind}"
