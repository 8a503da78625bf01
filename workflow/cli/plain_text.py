"""Text made harmless for a terminal. What the public wrote may hold anything, so all of it passes.

A terminal obeys control characters: some move the cursor, some paste, some rewrite what was said
above. They are shown as signs instead. Marks that turn the direction of writing are shown too, for
they can make a line read as its opposite; letters of any script and emoji are left as they are.
"""

from __future__ import annotations

import re

# C0 but the line break, DEL and C1; lone surrogates; line and paragraph separators; the marks that
# override or isolate direction; invisible tags; and the byte order mark.
_HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u061c\u200e\u200f"
    "\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_PICTURES = 0x2400  # the block "Control Pictures" shows each control character as a sign
_FIRST_PRINTABLE, _DELETE = 0x20, 0x7F
_DELETED, _UNKNOWN = "\u2421", "\ufffd"

LONGEST_BLOCK = 1500
LONGEST_LINE = 300


def harmless(text: str) -> str:
    """Show control characters as signs, and keep line breaks and everything else."""
    return _HARMFUL.sub(_sign, text.replace("\r\n", "\n").replace("\t", "    "))


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < _FIRST_PRINTABLE:
        return chr(_PICTURES + code)
    return _DELETED if code == _DELETE else _UNKNOWN


def one_line(text: str, limit: int = LONGEST_LINE) -> str:
    """Put a text on one harmless line, shortened honestly."""
    return _shortened(" ".join(harmless(text).split()), limit)


def block(text: str, limit: int = LONGEST_BLOCK) -> str:
    """Keep the lines of a text, harmless, shortened honestly."""
    return _shortened(harmless(text).strip(), limit)


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[:limit].rstrip()}… ({len(text):,} characters)"
