"""What the answer to each question still lacks: held or not, given or not, and under what.

s.1(1) FOIA gives two rights for everything asked; s.17(1)(b) wants each refusal to name its own
exemption, so that an applicant can tell which question was refused for which reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.answer import Held
from workflow.law.exclusions import barred_by_emissions, excluded
from workflow.law.naming import numbered
from workflow.law.public_interest import Duty
from workflow.law.requirements import Required, lacks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.law.answer import Answer, Question, Withheld
    from workflow.law.requirements import Missing


def gaps_in_questions(answer: Answer) -> Iterator[Missing]:
    """Say what each question's answer lacks, then which exemptions are tied to no question."""
    if not answer.questions:
        yield lacks(answer.regime, Required.HELD, "The request has no questions: list them.")
    if answer.vexatious is None:
        yield from _unanswered(answer)
        for question in answer.questions:
            yield from _in_holding(answer, question)
            yield from _in_treatment(answer, question)
            yield from _in_mapping(answer, question)
    yield from _unused(answer)


def place(question: Question) -> str:
    """Name a question as the sentences do."""
    return f"question {question.number}"


def _unanswered(answer: Answer) -> Iterator[Missing]:
    """Name the questions of which nothing is said yet: all in one sentence."""
    numbers = [one.number for one in answer.questions if not one.is_answered]
    if numbers and not (answer.cost is not None and answer.cost.confirming_too):
        where = numbered(numbers)
        words = f"Say whether the information is held ({where})."
        yield lacks(answer.regime, Required.HELD, words, where)


def _in_holding(answer: Answer, question: Question) -> Iterator[Missing]:
    if answer.cost is not None and answer.cost.confirming_too:
        return
    where = place(question)
    if question.neither:
        if question.held is not None:
            words = f"Either say whether it is held or refuse to say, not both ({where})."
            yield lacks(answer.regime, Required.HELD, words, where)
    elif question.held is Held.PART and not question.not_held.strip():
        words = f"Say which part is not held ({where})."
        yield lacks(answer.regime, Required.HELD, words, where)


def _in_treatment(answer: Answer, question: Question) -> Iterator[Missing]:
    where = place(question)
    gives = bool(question.disclosed.strip() or question.elsewhere)
    if question.held in (Held.NOT_HELD, None) and (gives or question.withheld):
        words = f"What is not confirmed to be held can be neither given nor withheld ({where})."
        yield lacks(answer.regime, Required.HELD, words, where)
    is_held = question.held in (Held.HELD, Held.PART)
    is_treated = gives or question.withheld or question.neither
    if is_held and answer.cost is None and not is_treated:
        words = f"It is held: disclose it, say where it is, or name an exemption ({where})."
        yield lacks(answer.regime, Required.GIVEN, words, where)
    if question.elsewhere is not None and not question.elsewhere.where.strip():
        words = f"Say where the applicant finds it, exactly ({where})."
        yield lacks(answer.regime, Required.ELSEWHERE, words, where)


def _in_mapping(answer: Answer, question: Question) -> Iterator[Missing]:
    where = place(question)
    for piece in question.withheld:
        if not piece.what.strip():
            yield lacks(answer.regime, Required.MAPPING, f"Say what is withheld ({where}).", where)
        if not piece.under:
            words = f"Name the exemption for “{piece.what}” ({where})."
            yield lacks(answer.regime, Required.EXEMPTION, words, where)
        yield from _unknown(answer, piece.under, Duty.DISCLOSE, where)
        yield from _at_odds(answer, piece, where)
    yield from _unknown(answer, question.neither, Duty.CONFIRM, where)


def _unknown(
    answer: Answer, citations: tuple[str, ...], duty: Duty, where: str
) -> Iterator[Missing]:
    for citation in citations:
        if not any(one.citation == citation and one.duty is duty for one in answer.reliances):
            words = f"{citation} is cited for {where}, but why it applies is nowhere said."
            yield lacks(answer.regime, Required.WHY, words, where)


def _at_odds(answer: Answer, piece: Withheld, where: str) -> Iterator[Missing]:
    for words in excluded(answer.regime, piece.under, in_the_alternative=piece.in_the_alternative):
        yield lacks(answer.regime, Required.MAPPING, f"{words}: choose one ({where}).", where)
    if piece.is_on_emissions:
        for words in barred_by_emissions(answer.regime, piece.under):
            yield lacks(
                answer.regime, Required.EXEMPTION, f"{words}: disclose it ({where}).", where
            )


def _unused(answer: Answer) -> Iterator[Missing]:
    for reliance in answer.reliances:
        is_used = any(
            reliance.citation in question.neither
            if reliance.duty is Duty.CONFIRM
            else any(reliance.citation in piece.under for piece in question.withheld)
            for question in answer.questions
        )
        if not is_used:
            words = f"Say which question is refused under {reliance.citation}."
            yield lacks(answer.regime, Required.MAPPING, words, reliance.citation)
