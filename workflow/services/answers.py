"""The answer of a request as the law looks at it, and what the law still misses in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.request import AnswerPart, Nature, Treatment, reading, search_cost
from workflow.law.answer import (
    Answer,
    CommissionerParticulars,
    CostRefusal,
    Elsewhere,
    Held,
    Likelihood,
    Outcome,
    QualifiedOpinion,
    Question,
    Reliance,
    ReviewParticulars,
    Timing,
    Vexatious,
    Withheld,
)
from workflow.law.cost_limit import Activity
from workflow.law.exclusions import are_alternatives
from workflow.law.public_interest import Balance, Duty, PublicInterestTest, read_arguments
from workflow.law.refusal_notice import Incomplete, NoNoticeUnderThisLaw, Notice, draft
from workflow.law.reviews import REVIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workflow.casework.request import Exemption, InformationRequest
    from workflow.law.regime import Regime
    from workflow.services.office import Office

# Outcomes that say one thing of everything asked for.
_ALIKE: Mapping[str, Treatment] = {
    Outcome.DISCLOSE: Treatment.DISCLOSED,
    Outcome.NOT_HELD: Treatment.NOT_HELD,
}
_FOUND: Mapping[str, Held] = {"held": Held.HELD, "not-held": Held.NOT_HELD}


class Checked(NamedTuple):
    """What a response comes to: a complete notice, or what is still missing, a line each."""

    notice: Notice | None
    missing: tuple[str, ...]


def check(office: Office, request: InformationRequest) -> Checked:
    """Check a response against s.17 (reg. 14 under the EIR). Under another regime nothing is."""
    try:
        drafted = draft(answer_of(office, request))
    except NoNoticeUnderThisLaw:
        return Checked(None, ())
    if isinstance(drafted, Incomplete):
        return Checked(None, drafted.told())
    return Checked(drafted, ())


def lacking(office: Office, request: InformationRequest) -> tuple[str, ...]:
    """Tell what the law still misses in the answer of a request, a line each, its section first."""
    return check(office, request).missing


def review_of(office: Office, regime: Regime) -> ReviewParticulars:
    """Give where a review is asked for, within how many working days, and when it is answered."""
    head, rules = office.letterhead, REVIEWS.get(regime)
    return ReviewParticulars(
        head.address,
        head.email,
        window=rules.window if rules else None,
        reply=rules.reply if rules else None,
    )


def commissioner_of(office: Office) -> CommissionerParticulars:
    """Give how the Commissioner is reached, as the authority's configuration says."""
    ico = office.letterhead.ico
    return CommissionerParticulars(
        name=ico.get("name", ""),
        address=tuple(ico.get("address", "").splitlines()),
        website=ico.get("website", ""),
        telephone=ico.get("telephone", ""),
    )


def answer_of(office: Office, request: InformationRequest) -> Answer:
    """Give the answer of a request as the law looks at it."""
    made = Answer(
        outcome=Outcome(request.outcome) if request.outcome else None,
        questions=tuple(_questions(request)),
        reliances=tuple(_reliances(office, request)),
        review=review_of(office, request.regime),
        commissioner=commissioner_of(office),
        timing=_timing(office, request),
        advice=request.advice,
        covering=_covering(request),
        regime=request.regime,
    )
    if made.outcome is Outcome.COST:
        return replace(made, cost=_cost(office, request))
    if made.outcome is Outcome.VEXATIOUS:
        return replace(made, vexatious=Vexatious("s.14(1)", request.letter))
    return made


def _covering(request: InformationRequest) -> str:
    """Give what the drafter wrote, where no other part of the letter is made of it."""
    is_used: Mapping[str, bool] = {
        Outcome.COST: not request.advice,
        Outcome.VEXATIOUS: True,
        Outcome.DISCLOSE: not request.answers,
        Outcome.NOT_HELD: not request.answers,
    }
    return "" if is_used.get(request.outcome or "") else request.letter.strip()


def _cost(office: Office, request: InformationRequest) -> CostRefusal:
    """Give the refusal for cost. Where finding out alone is too dear, nothing is confirmed."""
    authority = office.letterhead.authority_class
    cost = search_cost(request, authority=authority)
    finding_out = replace(
        request,
        searches=tuple(one for one in request.searches if one.activity is Activity.DETERMINING),
        estimates=tuple(one for one in request.estimates if one.activity is Activity.DETERMINING),
    )
    alone = search_cost(finding_out, authority=authority)
    return CostRefusal(
        cost, request.advice or request.letter, confirming_too=alone.is_exceeded
    )  # s.12(2)


def _questions(request: InformationRequest) -> Iterator[Question]:
    """Give the questions; a request without numbered ones is one question."""
    said = _by_question(request)
    for number, words in enumerate(request.questions or (request.description,), 1):
        parts = said.get(number, {})
        yield _question(number, words, parts, held=_returned(request), regime=request.regime)


def _by_question(request: InformationRequest) -> dict[int, dict[Treatment, AnswerPart]]:
    """Give what becomes of each question.

    A decision that says one thing of all that was asked, disclosed or not held, is the answer to
    every question: s.17 asks nothing of it, and s.1(1) no more than to be told. A refusal is never
    taken for granted so: it says question by question what is withheld under which exemption.
    """
    said: dict[int, dict[Treatment, AnswerPart]] = {}
    for one in request.answers:
        said.setdefault(one.number, {})[one.treatment] = one
    alike = _ALIKE.get(request.outcome or "")
    if said or alike is None or not request.letter.strip():
        return said
    numbers = range(1, max(len(request.questions), 1) + 1)
    return {number: {alike: AnswerPart(number, alike, request.letter)} for number in numbers}


def _returned(request: InformationRequest) -> Held | None:
    """Tell what the searches found, for a refusal for cost: it still confirms or denies (s.1)."""
    return _FOUND.get(request.held or "") if request.outcome == Outcome.COST else None


def _question(
    number: int,
    words: str,
    parts: dict[Treatment, AnswerPart],
    *,
    held: Held | None,
    regime: Regime,
) -> Question:
    elsewhere = parts.get(Treatment.ELSEWHERE)
    withheld, neither = parts.get(Treatment.WITHHELD), parts.get(Treatment.NEITHER)
    return Question(
        number=number,
        words=words,
        held=_held(parts) or held,
        disclosed=_words(parts, Treatment.DISCLOSED),
        elsewhere=Elsewhere(elsewhere.words, elsewhere.where) if elsewhere else None,
        withheld=(_withheld(regime, withheld),) if withheld else (),
        not_held=_words(parts, Treatment.NOT_HELD),
        neither=neither.sections if neither else (),
    )


def _withheld(regime: Regime, part: AnswerPart) -> Withheld:
    return Withheld(
        part.words,
        part.sections,
        in_the_alternative=are_alternatives(regime, part.sections),
        is_statistical=part.nature is Nature.STATISTICS,
        is_on_emissions=part.nature is Nature.EMISSIONS,
    )


def _words(parts: dict[Treatment, AnswerPart], treatment: Treatment) -> str:
    found = parts.get(treatment)
    return found.words if found else ""


def _held(parts: dict[Treatment, AnswerPart]) -> Held | None:
    """Tell whether what a question asks for is held (s.1(1)(a)); None while it is not answered."""
    known = set(parts) - {Treatment.NEITHER}
    if not known:
        return None
    if known == {Treatment.NOT_HELD}:
        return Held.NOT_HELD
    return Held.PART if Treatment.NOT_HELD in known else Held.HELD


def _relied_on(request: InformationRequest) -> tuple[Exemption, ...]:
    """Give the exemptions that the answer rests on.

    One that was thought of, weighed and let go is not relied on where everything is disclosed; in
    a refusal it is, so that the notice is held to say which question it answers.
    """
    cited = {section for one in request.answers for section in one.sections}
    is_given = request.outcome in _ALIKE
    return tuple(
        one
        for one in request.exemptions
        if one.section in cited or not (is_given or one.favours == "disclosure")
    )


def _reliances(office: Office, request: InformationRequest) -> list[Reliance]:
    return [
        Reliance(
            citation=one.section,
            why=one.why,
            harm=one.harm,
            likelihood=_likelihood(one.likelihood),
            test=_test(office, one),
            opinion=_opinion(one),
            besides=one.why,  # the enactment of s.44(1)(a), or who finishes it, is named there
            duty=duty,
        )
        for one in _relied_on(request)
        for duty in _duties(request, one.section)
    ]


def _duties(request: InformationRequest, section: str) -> tuple[Duty, ...]:
    """Tell from which duty of s.1(1) an exemption relieves: confirming, disclosing, or both."""
    cited = {one.treatment for one in request.answers if section in one.sections}
    if Treatment.NEITHER not in cited:
        return (Duty.DISCLOSE,)
    return (Duty.DISCLOSE, Duty.CONFIRM) if len(cited) > 1 else (Duty.CONFIRM,)


def _likelihood(kept: str) -> Likelihood | None:
    said = {"would": Likelihood.WOULD, "would-be-likely": Likelihood.WOULD_BE_LIKELY}
    return said.get(kept)


def _opinion(one: Exemption) -> QualifiedOpinion | None:
    if one.opinion_on is None:
        return None
    return QualifiedOpinion(one.opinion_by, one.opinion_office, one.opinion_on, one.opinion)


def _test(office: Office, one: Exemption) -> PublicInterestTest | None:
    if not one.public_interest:
        return None
    return PublicInterestTest(
        for_disclosure=read_arguments(one.for_disclosure),
        for_withholding=read_arguments(one.for_withholding),
        balance=Balance.DISCLOSE if one.favours == "disclosure" else Balance.WITHHOLD,
        reasons=one.public_interest,
        by=office.roster.name_of(one.weighed_by),
        on=one.weighed_on,
    )


def _timing(office: Office, request: InformationRequest) -> Timing | None:
    now = reading(request, days=office.days_of(request), on=office.today())
    if now.due is None:
        return None
    return Timing(
        received=request.received_on,
        due=now.due,
        answered=now.stopped_on or office.today(),
        why_late=request.why_late,
    )
