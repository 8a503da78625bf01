"""Acts of the desk on why information is withheld: exemptions, harm, opinion, balance, answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workflow.casework.decide.exempting import (
    check_citable,
    check_likelihood,
    engaged,
    full_citation,
)
from workflow.casework.errors import Lacking
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import AnswerPart, Exemption, Nature, Treatment
from workflow.casework.stages import Act
from workflow.law.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest

FAVOURS = ("favours-withholding", "favours-disclosure")


def engage_exemption(
    request: InformationRequest, occasion: Occasion, *, section: str, why: str
) -> Decision:
    """Rely on an exemption for some of the information, and say why it applies (s.17(1)).

    Raises Lacking unless the section is one of Part II (of reg. 12 or 13 under the EIR), named in
    full: s.17(1)(b) asks for subsection and limb, and for s.40 which condition is met.
    """
    permit(Act.ENGAGE_EXEMPTION, request, occasion.officer)
    section = full_citation(request, section)
    known = {one.section: one for one in request.exemptions}
    named = replace(known.get(section, Exemption(section, why)), why=why)
    return carry_out(
        Act.ENGAGE_EXEMPTION,
        request,
        occasion,
        said={"section": section, "why": why},
        exemptions=tuple((known | {section: named}).values()),
    )


def record_harm(
    request: InformationRequest, occasion: Occasion, *, section: str, likelihood: str, harm: str
) -> Decision:
    """Keep what harm disclosure would do, or would be likely to, apart from the public interest.

    Raises Lacking under the EIR for a harm that is only likely (reg. 12(5)).
    """
    permit(Act.RECORD_HARM, request, occasion.officer)
    section = engaged(request, section)
    check_likelihood(request, likelihood)
    return carry_out(
        Act.RECORD_HARM,
        request,
        occasion,
        said={"section": section, "likelihood": likelihood.replace("-", " "), "harm": harm},
        exemptions=_with(request, section, likelihood=likelihood, harm=harm),
    )


def record_opinion(  # whose opinion, of what office and day, each by name
    request: InformationRequest,
    occasion: Occasion,
    *,
    section: str,
    given: date,
    who: str,
    office_held: str,
    opinion: str,
) -> Decision:
    """Keep the qualified person's reasonable opinion, which s.36 needs before the decision.

    Raises Lacking for an exemption that needs none, and for a day that has not come.
    """
    permit(Act.RECORD_OPINION, request, occasion.officer)
    section = engaged(request, section)
    if not full_citation(request, section).startswith("s.36"):
        raise Lacking(
            what=f"{section} needs no qualified person's opinion.", cure="Only s.36 does."
        )
    if given > occasion.on:
        raise Lacking(
            what=f"{long_date(given)} has not come yet.", cure="Say when the opinion was given."
        )
    told = {"who": who, "office_held": office_held, "given": long_date(given), "opinion": opinion}
    return carry_out(
        Act.RECORD_OPINION,
        request,
        occasion,
        said={"section": section} | told,
        exemptions=_with(
            request,
            section,
            opinion_by=who,
            opinion_office=office_held,
            opinion_on=given,
            opinion=opinion,
        ),
    )


def record_public_interest_test(  # both sides, the balance and its way, by name
    request: InformationRequest,
    occasion: Occasion,
    *,
    section: str,
    balance: str,
    favours: str = FAVOURS[0],
    for_disclosure: str = "",
    for_withholding: str = "",
) -> Decision:
    """Keep the public interest test of an exemption already engaged (s.2(2)(b), s.17(3)).

    Each side is a list of arguments, one a line, with its weight if that is said. Who weighed it
    and when is the officer and the day.
    """
    permit(Act.RECORD_PUBLIC_INTEREST_TEST, request, occasion.officer)
    section = engaged(request, section)
    way = favours.removeprefix("favours-")
    weighed = _with(
        request,
        section,
        for_disclosure=for_disclosure,
        for_withholding=for_withholding,
        public_interest=balance,
        favours=way,
        weighed_by=occasion.officer.handle,
        weighed_on=occasion.on,
    )
    return carry_out(
        Act.RECORD_PUBLIC_INTEREST_TEST,
        request,
        occasion,
        said={
            "section": section,
            "for_disclosure": for_disclosure,
            "for_withholding": for_withholding,
            "balance": balance,
            "favours": way,
        },
        exemptions=weighed,
    )


def _with(
    request: InformationRequest,
    section: str,
    **changes: Any,  # noqa: ANN401  # fields of Exemption
) -> tuple[Exemption, ...]:
    """Give the exemptions with one of them changed."""
    return tuple(
        replace(one, **changes) if one.section == section else one for one in request.exemptions
    )


def answer(  # what becomes of which questions, under what, each by name
    request: InformationRequest,
    occasion: Occasion,
    *,
    numbers: tuple[int, ...],
    treatment: Treatment,
    words: str,
    sections: tuple[str, ...] = (),
    nature: Nature | None = None,
) -> Decision:
    """Answer questions one by one: disclosed, elsewhere, withheld, not held, or neither.

    A second answer of the same treatment to a question replaces the first. For "elsewhere" the
    words are "what | where" (s.21). Raises Lacking for a question there is none of; when something
    is withheld under an exemption that is not engaged (s.17(1)(b)), under two that exclude each
    other, or against reg. 12(9); and when an exemption does not relieve from confirming.
    """
    permit(Act.ANSWER, request, occasion.officer)
    total = max(len(request.questions), 1)
    if not set(numbers) <= set(range(1, total + 1)):
        raise Lacking(
            what=f"The questions of {request.reference} are numbered 1 to {total}.",
            cure="Name some of them, like 2-11.",
        )
    cited = tuple(engaged(request, one) for one in sections)
    check_citable(request, treatment, cited, nature)
    what, _, where = words.partition("|") if treatment is Treatment.ELSEWHERE else (words, "", "")
    made = [
        AnswerPart(number, treatment, what.strip(), where.strip(), cited, nature)
        for number in sorted(set(numbers))
    ]
    done = carry_out(
        Act.ANSWER,
        request,
        occasion,
        said={
            "numbers": ", ".join(map(str, sorted(set(numbers)))),
            "treatment": treatment.replace("-", " "),
            "words": words,
        },
        answers=_in_order(request, made),
    )
    if treatment is not Treatment.NEITHER:
        return done
    return replace(done, advice=_same_before(occasion, cited))


def _in_order(request: InformationRequest, made: Iterable[AnswerPart]) -> tuple[AnswerPart, ...]:
    """Give the answers with these in place of what they replace, by question and treatment."""
    parts = {(one.number, one.treatment): one for one in (*request.answers, *made)}
    order = list(Treatment)
    return tuple(parts[key] for key in sorted(parts, key=lambda key: (key[0], order.index(key[1]))))


def _same_before(occasion: Occasion, sections: tuple[str, ...]) -> str:
    """Remind that neither confirming nor denying says something unless it is always done."""
    before = dict.fromkeys(one for section in sections for one in occasion.neither_before(section))
    told = f"Neither confirmed nor denied under {', '.join(sections)} before: "
    return (
        f"{told}{', '.join(before) or 'never'}. Is this said to every similar request, whether "
        "the information is held or not? If only where it is, the answer gives it away."
    )
