"""Personal data that must not be published: found by its pattern, masked, and told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# Masking too much costs a word, too little a person's privacy: where in doubt, it is masked.
PATTERNS = (
    ("an e-mail address", re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "a national insurance number",
        re.compile(
            r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r"(?:[ -]?\d{2}){3}[ -]?[A-D]\b",
            re.IGNORECASE,
        ),
    ),
    (
        # Ten or eleven digits from 0, or from +44; a year, a date and a reference are shorter.
        "a telephone number",
        re.compile(r"(?<![\w/])(?:(?:\+|00)44[ -]?(?:\(0\))?|\(?0)(?:[ ().-]{0,2}\d){9,10}(?!\w)"),
    ),
    (
        "a postcode",
        re.compile(
            r"\b(?:GIR ?0AA|[A-PR-UWYZ](?:\d[\dA-Z]?|[A-HK-Y]\d[\dA-Z]?) ?\d[ABD-HJLNP-UW-Z]{2})\b",
            re.IGNORECASE,
        ),
    ),
)
APPLICANT = "the applicant's name"


class Masked(NamedTuple):
    """A text as it may be published, and what was taken out of it, each time."""

    text: str
    removed: tuple[str, ...]


def masked(text: str, *, names: Iterable[str] = ()) -> Masked:
    """Mask e-mail addresses, telephone and national insurance numbers, postcodes, and names.

    A name is masked wherever it stands as whole words, however it is written.
    """
    removed: list[str] = []
    for what, pattern in (*_of_names(names), *PATTERNS):
        text, times = pattern.subn(f"[{what.split(' ', 1)[1]} removed]", text)
        removed += [what] * times
    return Masked(text, tuple(removed))


def _of_names(names: Iterable[str]) -> Iterable[tuple[str, re.Pattern[str]]]:
    for name in names:
        words = name.split()
        if words:
            written = r"\s+".join(map(re.escape, words))
            yield APPLICANT, re.compile(rf"(?<!\w){written}(?!\w)", re.IGNORECASE)
