"""What became of one line of a file that was to be taken in."""

from __future__ import annotations

from typing import NamedTuple


class Verdict(NamedTuple):
    """What became of a line: taken in, or why not; with what is to be noted of it."""

    line: int
    reference: str
    why_not: str = ""
    remarks: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Say whether it was taken in."""
        return not self.why_not
