"""What each exemption relied on still needs before a notice may name it.

s.17(1)(b) and (c), (2), (3) and (4) FOIA; reg. 14(3) and (4) EIR.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.answer import Likelihood, Silence
from workflow.law.citations import read_citation
from workflow.law.exemptions import Basis
from workflow.law.public_interest import Duty, Pending, gaps_in
from workflow.law.regime import Regime
from workflow.law.requirements import Required, lacks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.law.answer import Answer, Reliance
    from workflow.law.citations import Citation
    from workflow.law.requirements import Missing

# s.24 asks whether the exemption is *required* to safeguard national security: a need, not a
# likelihood, though it is no matter of class either.
NEED_NOT_LIKELIHOOD = frozenset({"s.24"})
HARMFUL = frozenset({Basis.PREJUDICE, Basis.ADVERSE_EFFECT})

# What else an exemption asks a notice to name.
BESIDES = {
    "44(1)(a)": ("s.44(1)(a)", "Name the enactment that prohibits disclosure"),
    "12(4)(d)": ("reg. 14(4)", "Say who is completing the material, and when it will be done"),
}


def needs_likelihood(citation: Citation) -> bool:
    """Tell whether the notice has to say how sure the harm is."""
    return citation.row.basis in HARMFUL and citation.row.ref not in NEED_NOT_LIKELIHOOD


def gaps_in_reliances(answer: Answer) -> Iterator[Missing]:
    """Say what the exemptions relied on lack, one by one."""
    for reliance in answer.reliances:
        citation = read_citation(answer.regime, reliance.citation)
        if citation is None:
            yield lacks(
                answer.regime,
                Required.EXEMPTION,
                f"“{reliance.citation}” names no exemption: write it like "
                f"{'s.31(1)(a)' if answer.regime is Regime.FOIA else 'reg. 12(5)(b)'}.",
                reliance.citation,
            )
            continue
        yield from _in_citation(answer, reliance, citation)
        yield from _in_reasons(answer, reliance, citation)
        yield from _in_balance(answer, reliance, citation)
        yield from _in_opinion(answer, reliance, citation)


def _in_citation(answer: Answer, reliance: Reliance, citation: Citation) -> Iterator[Missing]:
    if not citation.is_full:
        words = f"{citation.short} does not say which: name subsection and limb, {citation.example}"
        yield lacks(answer.regime, Required.EXEMPTION, f"{words}.", citation.short)
    if reliance.duty is Duty.CONFIRM and not citation.row.neither_confirm_nor_deny:
        words = (
            f"{citation.short} never relieves from confirming or denying: say whether it is held."
        )
        yield lacks(answer.regime, Required.HELD, words, citation.short)
    section, wanted = BESIDES.get(citation.number, ("", ""))
    if section and not reliance.besides.strip():
        yield lacks(answer.regime, Required.WHY, f"{wanted} ({section}).", citation.short)


def _in_reasons(answer: Answer, reliance: Reliance, citation: Citation) -> Iterator[Missing]:
    if reliance.silence is Silence.EXEMPT:
        return
    where = citation.short
    is_unsaid = reliance.silence is Silence.NONE and not reliance.why.strip()
    if is_unsaid:
        yield lacks(answer.regime, Required.WHY, f"Say why {where} applies.", where)
    if citation.row.basis not in HARMFUL:
        return
    if not reliance.harm.strip():
        what = "why it is required" if _is_need(citation) else "what the harm is, and to whom"
        yield lacks(answer.regime, Required.HARM, f"Say {what} ({where}).", where)
    if needs_likelihood(citation):
        yield from _in_likelihood(answer, reliance, where)


def _in_likelihood(answer: Answer, reliance: Reliance, where: str) -> Iterator[Missing]:
    if reliance.likelihood is None:
        words = f"Say whether disclosure would, or would be likely to, do the harm ({where})."
        yield lacks(answer.regime, Required.HARM, words, where)
    elif answer.regime is Regime.EIR and reliance.likelihood is not Likelihood.WOULD:
        words = f"Under the EIR the harm has to be one that would happen, not one likely ({where})."
        yield lacks(answer.regime, Required.HARM, words, where)


def _is_need(citation: Citation) -> bool:
    return citation.row.ref in NEED_NOT_LIKELIHOOD


def _in_balance(answer: Answer, reliance: Reliance, citation: Citation) -> Iterator[Missing]:
    where = citation.short
    if not citation.row.needs_public_interest_test:
        if isinstance(reliance.test, Pending):
            words = f"{where} is absolute: no public interest is weighed, so nothing is pending."
            yield lacks(answer.regime, Required.ESTIMATE, words, where)
    elif reliance.test is None:
        words = f"{where} is qualified: weigh the public interest for it, apart from the others."
        yield lacks(answer.regime, Required.BALANCE, words, where)
    elif isinstance(reliance.test, Pending):
        yield from _in_estimate(answer, reliance.test, where)
    elif reliance.silence is not Silence.EXEMPT:
        yield from gaps_in(reliance.test, regime=answer.regime, exemption=where)


def _in_estimate(answer: Answer, pending: Pending, where: str) -> Iterator[Missing]:
    if answer.regime is not Regime.FOIA:
        words = f"The EIR give no time to weigh the public interest later: weigh it now ({where})."
        yield lacks(answer.regime, Required.BALANCE, words, where)
    elif answer.timing is not None and pending.until <= answer.timing.answered:
        words = f"The estimate for the public interest test must lie ahead ({where})."
        yield lacks(answer.regime, Required.ESTIMATE, words, where)


def _in_opinion(answer: Answer, reliance: Reliance, citation: Citation) -> Iterator[Missing]:
    if not citation.row.needs_qualified_person or _only_statistics(answer, reliance):
        return
    where, opinion = citation.short, reliance.opinion
    if opinion is None or not all(
        one.strip() for one in (opinion.who, opinion.office, opinion.opinion)
    ):
        words = f"{where} needs the qualified person: who, by what office, and the opinion."
        yield lacks(answer.regime, Required.QUALIFIED_PERSON, words, where)
    elif answer.timing is not None and opinion.on > answer.timing.answered:
        words = f"The qualified person's opinion has to come before the answer ({where})."
        yield lacks(answer.regime, Required.QUALIFIED_PERSON, words, where)


def _only_statistics(answer: Answer, reliance: Reliance) -> bool:
    """Tell whether all that this exemption withholds is statistical information (s.36(4))."""
    pieces = [
        piece.is_statistical
        for question in answer.questions
        for piece in question.withheld
        if reliance.citation in piece.under
    ]
    return bool(pieces) and all(pieces)
