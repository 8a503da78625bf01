"""How several things are named in one sentence, as people do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Join words as people do: "a, b and c"."""
    *most, last = words or ("",)
    return f"{', '.join(most)} {joint} {last}" if most else last


def numbered(numbers: Sequence[int]) -> str:
    """Name questions by number, runs shortened: "question 1", "questions 2 to 5 and 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        is_long = len(run) > 2  # noqa: PLR2004  # "2 and 3" is as short as "2 to 3"
        parts += [f"{run[0]} to {run[-1]}"] if is_long else [str(one) for one in run]
    word = "question" if len(numbers) == 1 else "questions"
    return f"{word} {listed(parts)}" if parts else ""
