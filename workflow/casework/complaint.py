"""A complaint to the Commissioner and what followed: each step with its day (s.50, s.52, s.57)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflow.law.reviews import appeal_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WHO_APPEALS = ("applicant", "authority")


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal against a decision notice to the First-tier Tribunal (s.57)."""

    by: str  # one of WHO_APPEALS
    on: date
    decided_on: date | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the applicant complained of, and the days that the Commissioner sets.

    `answer_by` is the day by which the Commissioner's questions are answered; `steps` are those of
    the decision notice, to be taken by `steps_by` (s.50(4)).
    """

    ico_reference: str
    on: date
    asked_on: date | None = None
    asked: str = ""
    answer_by: date | None = None
    answered_on: date | None = None
    decided_on: date | None = None
    decision: str = ""
    steps: str = ""
    steps_by: date | None = None
    steps_done_on: date | None = None
    appeal: Appeal | None = None

    @property
    def is_undecided(self) -> bool:
        """Say whether the Commissioner has not decided it."""
        return self.decided_on is None

    @property
    def owes_answer(self) -> bool:
        """Say whether questions of the Commissioner's wait for our answer."""
        return self.is_undecided and self.answer_by is not None and self.answered_on is None

    @property
    def owes_steps(self) -> bool:
        """Say whether steps that a decision notice requires are not taken yet."""
        return self.steps_by is not None and self.steps_done_on is None

    @property
    def appeal_by(self) -> date | None:
        """Give the last day to appeal, while there is a decision and no appeal."""
        if self.decided_on is None or self.appeal is not None:
            return None
        return appeal_by(self.decided_on)

    @property
    def is_before_tribunal(self) -> bool:
        """Say whether an appeal waits for the tribunal's decision."""
        return self.appeal is not None and self.appeal.decided_on is None

    @property
    def is_unsettled(self) -> bool:
        """Say whether anything may still come of it: a decision, steps, a judgment."""
        return self.is_undecided or self.owes_steps or self.is_before_tribunal


def latest(complaints: Sequence[Complaint]) -> Complaint | None:
    """Give the complaint that is dealt with now: the one recorded last."""
    return complaints[-1] if complaints else None
