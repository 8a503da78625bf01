"""How alike two requests read: by the words they share, the rare ones counting for more.

A proposal to a person, never a decision: whether one repeats another is for the desk (s.14(2)).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

ALIKE = 0.5  # of 1.0, the very same words
_WORD = re.compile(r"[^\W_]+")
# Words that every request has, whatever it asks for.
_EMPTY = frozenset(
    _WORD.findall(
        """
        a all am an and any are as at be been by can could did do for from had has have how i if in
        information is it its me my of on or our please request send that the their them there these
        they this to under was we were what when where which who with would you your foi act freedom
        dear sir madam thank thanks regards yours each per provide like copy many much
        """
    )
)


class Likeness(NamedTuple):
    """One text that reads alike, and how much: 0.0 nothing in common, 1.0 the same words."""

    key: str
    share: float


def alike(text: str, others: Mapping[str, str], *, least: float = ALIKE) -> tuple[Likeness, ...]:
    """Find the texts that read like this one, the most alike first.

    The cosine of the words of both, each weighed by how few of the texts have it.
    """
    bags = {key: words_of(other) for key, other in others.items()}
    mine = words_of(text)
    known = Counter(word for bag in (*bags.values(), mine) for word in bag)
    weight = {word: 1 + math.log((len(bags) + 1) / many) for word, many in known.items()}
    found = (Likeness(key, _cosine(mine, bag, weight)) for key, bag in bags.items())
    near = [one for one in found if one.share >= least]
    return tuple(sorted(near, key=lambda one: (-one.share, one.key)))


def words_of(text: str) -> frozenset[str]:
    """Give the words of a text that say what it asks for, each in its shortest form."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_stem(word) for word in words if word not in _EMPTY)


def _stem(word: str) -> str:
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) > 2:  # noqa: PLR2004  # "gas", "red"
            return word.removesuffix(ending) + instead
    return word


def _cosine(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    both = sum(weight[word] ** 2 for word in one & other)
    size = math.sqrt(_square(one, weight) * _square(other, weight))
    return both / size if size else 0.0


def _square(bag: frozenset[str], weight: Mapping[str, float]) -> float:
    return sum(weight[word] ** 2 for word in bag)
