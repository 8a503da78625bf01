"""A hurried hand: two signs of a reference exchanged, one wrong, one left out or one too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearly(typed: str, references: Iterable[str], *, most: int = 5) -> list[str]:
    """Give the references of which one slip makes what was typed, in whole or at their end.

    Two signs exchanged come first: that is the commonest slip, and the only one that keeps them
    all. Case makes no difference.
    """
    wanted = typed.casefold()
    ranked = [(_rank(wanted, one.casefold()), one) for one in references]
    return [one for rank, one in sorted(ranked) if rank][:most]


def _rank(typed: str, reference: str) -> int:
    """Say how near: 1 for two signs exchanged, 2 for another slip, 0 for none."""
    if _is_exchanged(typed, reference[-len(typed) :]):
        return 1
    ends = (reference[-length:] for length in (len(typed) - 1, len(typed), len(typed) + 1))
    return 2 if any(_is_one_off(typed, end) for end in ends if len(end) > 1) else 0


def _is_exchanged(typed: str, meant: str) -> bool:
    differ = [n for n, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other]
    return (
        len(typed) == len(meant)
        and len(differ) == 2  # noqa: PLR2004  # two signs beside each other
        and differ[1] - differ[0] == 1
        and (typed[differ[0]], typed[differ[1]]) == (meant[differ[1]], meant[differ[0]])
    )


def _is_one_off(typed: str, meant: str) -> bool:
    """Say whether one sign is wrong, left out or too many."""
    if len(typed) == len(meant):
        return sum(one != other for one, other in zip(typed, meant, strict=True)) == 1
    longer, shorter = sorted((typed, meant), key=len, reverse=True)
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
