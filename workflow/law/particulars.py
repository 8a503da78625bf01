"""What surrounds a refusal: the fact of it, cost and vexation, time, review and Commissioner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.answer import Held, NoReview, Outcome
from workflow.law.dates import long_date
from workflow.law.regime import Regime
from workflow.law.requirements import Required, lacks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.law.answer import Answer, CommissionerParticulars, Question, ReviewParticulars
    from workflow.law.requirements import Missing

REPEATED_OR_VEXATIOUS = ("s.14(1)", "s.14(2)")


def is_refusal(answer: Answer) -> bool:
    """Tell whether the answer refuses anything, so that s.17 FOIA or reg. 14 EIR asks for a notice.

    Under the EIR not to hold information is an exception too (reg. 12(4)(a)).
    """
    whole = answer.cost is not None or answer.vexatious is not None
    is_formal = answer.regime is Regime.EIR and any(
        question.held in (Held.NOT_HELD, Held.PART) for question in answer.questions
    )
    return whole or is_formal or any(map(_is_refused, answer.questions))


def outcomes_of(answer: Answer) -> frozenset[Outcome]:
    """Give what the answers to the questions amount to: more than one word may be right for them.

    A reference to where information already is refuses it, by s.21, and yet leaves the applicant
    with it: such an answer may be called a refusal or a part disclosure.
    """
    if answer.vexatious is not None:
        return frozenset({Outcome.VEXATIOUS})
    if answer.cost is not None:
        return frozenset({Outcome.COST})
    gives = any(question.disclosed.strip() for question in answer.questions)
    points = any(question.elsewhere is not None for question in answer.questions)
    refuses = any(map(_is_refused, answer.questions))
    if refuses and not gives:
        return frozenset({Outcome.REFUSE, *((Outcome.PART,) if points else ())})
    if refuses:
        return frozenset({Outcome.PART})
    return frozenset({Outcome.DISCLOSE if gives else Outcome.NOT_HELD})


def _is_refused(question: Question) -> bool:
    return bool(question.withheld or question.neither or question.elsewhere)


def gaps_in_fact(answer: Answer) -> Iterator[Missing]:
    """Say when the answer does not state what it is (s.17(1)(a)): a refusal is called one."""
    fitting = outcomes_of(answer)
    if answer.outcome not in fitting:
        names = " or ".join(sorted(f"“{one}”" for one in fitting))
        words = f"The answer is called “{answer.outcome}”, but its questions make it {names}."
        if not answer.outcome:
            words = f"Decide: as the questions are answered so far, it is {names}."
        if not answer.outcome and not any(one.is_answered for one in answer.questions):
            words = "Answer the questions, then decide."
        yield lacks(answer.regime, Required.FACT, words)


def gaps_in_whole_refusal(answer: Answer) -> Iterator[Missing]:
    """Say what a refusal for cost or as vexatious lacks (s.17(5)). The EIR know neither."""
    if answer.regime is not Regime.FOIA:
        if answer.cost is not None or answer.vexatious is not None:
            words = "The EIR have no s.12 and no s.14: rely on reg. 12(4)(b) instead."
            yield lacks(answer.regime, Required.EXEMPTION, words)
        return
    if answer.cost is not None:
        if not answer.cost.cost.is_exceeded:
            words = f"£{answer.cost.cost.pounds} does not exceed the limit, so s.12 does not apply."
            yield lacks(answer.regime, Required.COST, words)
        if not answer.cost.advice.strip():
            words = "Help the applicant to ask for something within the limit."
            yield lacks(answer.regime, Required.ADVICE, words)
    if answer.vexatious is not None and answer.vexatious.citation not in REPEATED_OR_VEXATIOUS:
        words = "Say whether it is vexatious, s.14(1), or repeated, s.14(2)."
        yield lacks(answer.regime, Required.VEXATIOUS, words)


def gaps_in_time(answer: Answer) -> Iterator[Missing]:
    """Say when receipt, due date and answer are not stated, or the reason for being late."""
    timing = answer.timing
    if timing is None:
        words = "State when the request was received, when it was due and when it is answered."
        yield lacks(answer.regime, Required.TIME, words)
    elif timing.received > timing.answered:
        words = f"The answer of {long_date(timing.answered)} comes before the request: correct it."
        yield lacks(answer.regime, Required.TIME, words)
    elif timing.is_late and not timing.why_late.strip():
        words = f"It was due {long_date(timing.due)}: say that the answer is late, and why."
        yield lacks(answer.regime, Required.TIME, words)


def gaps_in_rights(answer: Answer) -> Iterator[Missing]:
    """Say what a refusal lacks of review and Commissioner (s.17(7); reg. 14(5) EIR)."""
    if not is_refusal(answer):
        return
    if answer.review is None:
        words = "Tell how to ask for an internal review, or that there is no procedure."
        yield lacks(answer.regime, Required.REVIEW, words)
    elif isinstance(answer.review, NoReview):
        if answer.regime is Regime.EIR:
            words = "Under the EIR there is always a review (reg. 11): tell how to ask for it."
            yield lacks(answer.regime, Required.REVIEW, words)
    else:
        for words in _gaps_in_review(answer.review):
            yield lacks(answer.regime, Required.REVIEW, words, "internal review")
    for words in _gaps_in_commissioner(answer.commissioner):
        yield lacks(answer.regime, Required.COMMISSIONER, words, "the Commissioner")


def _gaps_in_review(review: ReviewParticulars) -> Iterator[str]:
    if not review.email.strip() and not any(line.strip() for line in review.address):
        yield "Say where a request for an internal review is sent."
    if review.window is None or review.window < 1:
        yield "Say within how many working days a review is asked for: 40."
    if review.reply is None or review.reply < 1:
        yield "Say within how many working days the review is answered: 20, as a rule."


def _gaps_in_commissioner(commissioner: CommissionerParticulars | None) -> Iterator[str]:
    if commissioner is None:
        yield "Tell the right to apply to the Information Commissioner for a decision, s.50."
        return
    if not any(line.strip() for line in commissioner.address):
        yield "Give the Commissioner's address."
    if not commissioner.website.strip():
        yield "Give the Commissioner's website."
    if not commissioner.telephone.strip():
        yield "Give the Commissioner's telephone number."
