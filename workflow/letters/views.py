"""A notice as a template sees it: plain words in place of law's values, nothing to work out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from workflow.law.answer import Held, NoReview, Outcome, Silence
from workflow.law.citations import read_citation
from workflow.law.exemptions import Basis, Status
from workflow.law.naming import listed, numbered
from workflow.law.public_interest import Pending, PublicInterestTest
from workflow.law.regime import Regime
from workflow.law.reliances import NEED_NOT_LIKELIHOOD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from workflow.law.answer import (
        CommissionerParticulars,
        CostRefusal,
        QualifiedOpinion,
        Question,
        ReviewParticulars,
        Timing,
        Vexatious,
    )
    from workflow.law.refusal_notice import Ground, Notice


@dataclass(frozen=True, slots=True)
class LawWords:
    """What a law calls things, for templates that serve two laws."""

    title: str
    short: str
    exemption: str
    duty: str
    notice: str
    time: str


LAW_WORDS = {
    Regime.FOIA: LawWords(
        "Freedom of Information Act 2000", "the Act", "exemption", "section 1(1)", "section 17",
        "section 10(1)",
    ),
    Regime.EIR: LawWords(
        "Environmental Information Regulations 2004", "the Regulations", "exception",
        "regulation 5(1)", "regulation 14", "regulation 5(2)",
    ),
}  # fmt: skip

ELSEWHERE = {Regime.FOIA: "section 21(1)", Regime.EIR: "regulation 6(1)(b)"}
HELD_WORDS = {
    Held.HELD: "Yes",
    Held.PART: "In part",
    Held.NOT_HELD: "No",
    None: "We neither confirm nor deny it",
}


@dataclass(frozen=True, slots=True)
class WithheldView:
    """A piece that is not given, and its exemptions in words."""

    what: str
    under: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question and its answer in words."""

    number: int
    words: str
    held: str
    disclosed: str
    elsewhere: str
    withheld: tuple[WithheldView, ...]
    not_held: str
    neither: str
    is_not_held: bool

    @property
    def treatment(self) -> tuple[object, ...]:
        """Give what is said to this question, which may be the same as what is said to the next."""
        return (
            self.held,
            self.disclosed,
            self.elsewhere,
            self.withheld,
            self.not_held,
            self.neither,
        )


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer, and the questions in a row that it answers."""

    questions: tuple[QuestionView, ...]
    same: QuestionView


@dataclass(frozen=True, slots=True)
class Place:
    """Where information already is, what it is, and the questions that it answers."""

    what: str
    where: str
    questions: str


@dataclass(frozen=True, slots=True)
class GroundView:
    """An exemption relied on, in words.

    `provision` relieves from confirming or denying, and is empty elsewhere. `why` is empty where
    it is apparent or may not be said (`is_silent`).
    """

    citation: str
    title: str
    questions: str
    is_qualified: bool
    is_class: bool
    is_need: bool
    provision: str
    why: str
    besides: str
    is_silent: bool
    harm: str
    likelihood: str
    test: PublicInterestTest | None
    pending_until: date | None
    opinion: QualifiedOpinion | None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A whole notice in words."""

    is_refusal: bool
    is_all_elsewhere: bool
    answers: tuple[AnswerView, ...]
    places: tuple[Place, ...]
    grounds: tuple[GroundView, ...]
    neither: tuple[GroundView, ...]
    are_alternatives: bool
    pending_until: date | None
    cost: CostRefusal | None
    vexatious: Vexatious | None
    vexatious_section: str
    timing: Timing
    review: ReviewParticulars | None
    has_no_review: bool
    commissioner: CommissionerParticulars | None
    advice: str
    covering: str
    elsewhere_under: str


def view_of(notice: Notice) -> NoticeView:
    """Put a notice into words. A complete notice has its times (s.10(1))."""
    answer = notice.answer
    if answer.timing is None:
        raise ValueError("a complete notice states its times: make it with refusal_notice.draft")
    grounds = tuple(_ground(ground) for ground in notice.grounds)
    return NoticeView(
        is_refusal=notice.is_refusal,
        is_all_elsewhere=notice.outcome is Outcome.REFUSE and not grounds,
        answers=tuple(_answers(_question(one, answer.regime) for one in answer.questions)),
        places=tuple(_places(answer.questions)),
        grounds=tuple(one for one in grounds if not one.provision),
        neither=tuple(one for one in grounds if one.provision),
        are_alternatives=any(
            piece.in_the_alternative for one in answer.questions for piece in one.withheld
        ),
        pending_until=notice.pending_until,
        cost=answer.cost,
        vexatious=answer.vexatious,
        vexatious_section=_section(answer.vexatious.citation) if answer.vexatious else "",
        timing=answer.timing,
        review=None if isinstance(answer.review, NoReview) else answer.review,
        has_no_review=isinstance(answer.review, NoReview),
        commissioner=answer.commissioner,
        advice=answer.advice,
        covering=answer.covering,
        elsewhere_under=ELSEWHERE[answer.regime],
    )


def _answers(questions: Iterable[QuestionView]) -> Iterable[AnswerView]:
    for _, alike in groupby(questions, key=lambda one: one.treatment):
        row = tuple(alike)
        yield AnswerView(row, row[0])


def _question(question: Question, regime: Regime) -> QuestionView:
    return QuestionView(
        number=question.number,
        words=question.words,
        held=HELD_WORDS[question.held],
        disclosed=question.disclosed,
        elsewhere=question.elsewhere.what if question.elsewhere else "",
        withheld=tuple(
            WithheldView(
                piece.what,
                listed(
                    [_long(regime, one) for one in piece.under],
                    "or" if piece.in_the_alternative else "and",
                ),
            )
            for piece in question.withheld
        ),
        not_held=question.not_held,
        neither=listed([_provision(regime, one) for one in question.neither]),
        is_not_held=question.held is Held.NOT_HELD,
    )


def _long(regime: Regime, citation: str) -> str:
    read = read_citation(regime, citation)
    return read.long if read else citation


def _provision(regime: Regime, citation: str) -> str:
    read = read_citation(regime, citation)
    return _section(read.row.neither_confirm_nor_deny) if read else citation


def _section(short: str) -> str:
    """Write out "s.31(3)" as a letter does: "section 31(3)"."""
    return short.replace("reg. ", "regulation ").replace("s.", "section ")


def _places(questions: Iterable[Question]) -> list[Place]:
    by_place: dict[tuple[str, str], list[int]] = {}
    for question in questions:
        if question.elsewhere is not None:
            key = (question.elsewhere.what, question.elsewhere.where)
            by_place.setdefault(key, []).append(question.number)
    return [Place(what, where, numbered(n)) for (what, where), n in by_place.items()]


def _ground(ground: Ground) -> GroundView:
    reliance, row = ground.reliance, ground.citation.row
    test = reliance.test
    is_silent = reliance.silence is Silence.EXEMPT
    return GroundView(
        citation=ground.citation.long,
        title=row.title,
        questions=numbered(ground.questions),
        is_qualified=row.status is Status.QUALIFIED,
        is_class=row.basis not in (Basis.PREJUDICE, Basis.ADVERSE_EFFECT),
        is_need=row.ref in NEED_NOT_LIKELIHOOD,
        provision=_section(row.neither_confirm_nor_deny) if ground.is_from_confirming else "",
        why="" if is_silent else reliance.why,
        besides="" if reliance.besides == reliance.why else reliance.besides,
        is_silent=is_silent,
        harm="" if is_silent else reliance.harm,
        likelihood=str(reliance.likelihood or ""),
        test=test if isinstance(test, PublicInterestTest) and not is_silent else None,
        pending_until=test.until if isinstance(test, Pending) else None,
        opinion=reliance.opinion,
    )
