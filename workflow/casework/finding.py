"""What an internal review finds on one exemption of the first answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    """What becomes of an exemption at a review."""

    UPHELD = "upheld"
    NOT_UPHELD = "not-upheld"
    REPLACED = "replaced"  # something is withheld still, under another exemption


@dataclass(frozen=True, slots=True)
class Finding:
    """One exemption looked at afresh. `instead` is the exemption that replaces it."""

    section: str
    finding: Found
    reasons: str
    instead: str = ""

    @property
    def words(self) -> str:
        """Say what was found: "upheld", "not upheld", "replaced by s.43(2)"."""
        said = self.finding.value.replace("-", " ")
        return f"{said} by {self.instead}" if self.instead else said
