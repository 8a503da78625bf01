"""The answer a request gets, complete or not: what s.17 FOIA and reg. 14 EIR ask of a refusal.

`draft` turns an answer into a Notice, or says what it still lacks, each thing with its section.
Nothing else makes a Notice, so that a letter made from one cannot lack what the Act asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.answer import Answer, Outcome, Reliance
from workflow.law.citations import Citation, read_citation
from workflow.law.particulars import (
    gaps_in_fact,
    gaps_in_rights,
    gaps_in_time,
    gaps_in_whole_refusal,
    is_refusal,
)
from workflow.law.public_interest import Duty, Pending
from workflow.law.questions import gaps_in_questions
from workflow.law.reliances import gaps_in_reliances
from workflow.law.requirements import SECTIONS, Missing

if TYPE_CHECKING:
    from datetime import date


class NoNoticeUnderThisLaw(ValueError):
    """The house knows the notices of FOIA and of the EIR, and no others."""

    def __init__(self, regime: str) -> None:
        """Keep the regime that was asked for."""
        self.regime = regime
        super().__init__(
            f"FOI Desk knows no notice under {regime}: it writes those of FOIA and the EIR."
        )


class Ground(NamedTuple):
    """An exemption relied on, how it is cited in full, and the questions it answers."""

    citation: Citation
    reliance: Reliance
    questions: tuple[int, ...]

    @property
    def is_from_confirming(self) -> bool:
        """Tell whether it relieves from confirming or denying, rather than from disclosing."""
        return self.reliance.duty is Duty.CONFIRM


@dataclass(frozen=True, slots=True)
class Incomplete:
    """What an answer still lacks before it may be issued, in the order of the letter."""

    missing: tuple[Missing, ...]

    def told(self) -> tuple[str, ...]:
        """Tell each missing thing as one line, its section first."""
        return tuple(f"{one.section}: {one.words}" for one in self.missing)


@dataclass(frozen=True, slots=True)
class Notice:
    """A complete answer, ready to be put into a letter."""

    answer: Answer
    outcome: Outcome
    grounds: tuple[Ground, ...]

    @property
    def is_refusal(self) -> bool:
        """Tell whether s.17 (or reg. 14) is what asks for this notice."""
        return is_refusal(self.answer)

    @property
    def pending_until(self) -> date | None:
        """Give the latest date by which a pending public interest test is expected (s.17(2))."""
        dates = [
            ground.reliance.test.until
            for ground in self.grounds
            if isinstance(ground.reliance.test, Pending)
        ]
        return max(dates, default=None)


CHECKS = (
    gaps_in_fact,
    gaps_in_questions,
    gaps_in_whole_refusal,
    gaps_in_reliances,
    gaps_in_time,
    gaps_in_rights,
)


def draft(answer: Answer) -> Notice | Incomplete:
    """Make a notice of an answer, or say what it still lacks.

    Raises NoNoticeUnderThisLaw for a regime other than FOIA and the EIR.
    """
    if answer.regime not in SECTIONS:
        raise NoNoticeUnderThisLaw(answer.regime)
    missing = tuple(dict.fromkeys(one for check in CHECKS for one in check(answer)))
    if missing or answer.outcome is None:
        return Incomplete(missing)
    return Notice(answer, answer.outcome, tuple(_grounds(answer)))


def _grounds(answer: Answer) -> list[Ground]:
    citations = ((one, read_citation(answer.regime, one.citation)) for one in answer.reliances)
    return [
        Ground(citation, reliance, _questions(answer, reliance))
        for reliance, citation in citations
        if citation is not None
    ]


def _questions(answer: Answer, reliance: Reliance) -> tuple[int, ...]:
    return tuple(
        question.number
        for question in answer.questions
        if (
            reliance.citation in question.neither
            if reliance.duty is Duty.CONFIRM
            else any(reliance.citation in piece.under for piece in question.withheld)
        )
    )
