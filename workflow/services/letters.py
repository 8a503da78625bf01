"""The letter of a request: made from what was decided, with what s.17 still lacks beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking
from workflow.casework.request import Treatment, search_cost
from workflow.law.answer import (
    Answer,
    CommissionerParticulars,
    CostRefusal,
    Elsewhere,
    Held,
    Likelihood,
    Outcome,
    Question,
    Reliance,
    ReviewParticulars,
    Timing,
    Vexatious,
    Withheld,
)
from workflow.law.public_interest import Argument, Balance, Duty, PublicInterestTest
from workflow.law.refusal_notice import Incomplete, NoNoticeUnderThisLaw, Notice, draft
from workflow.law.reviews import REVIEWS
from workflow.letters.compose import compose
from workflow.letters.contents import (
    NOBODY_NAMED,
    AnswerToRequest,
    Applicant,
    Envelope,
    Sender,
    Signatory,
)
from workflow.services.lists import statutory_reading
from workflow.store import applicants, requests

if TYPE_CHECKING:
    from workflow.casework.request import AnswerPart, Exemption, InformationRequest
    from workflow.casework.roles import Officer
    from workflow.letters.document import Document
    from workflow.services.office import Office


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


def letter(
    office: Office,
    reference: str,
    *,
    officer: Officer,
    with_applicant: bool = False,
) -> Document:
    """Compose the letter that answers a request. Raises Lacking while s.17 lacks something.

    The applicant is named only when asked for: a preview is seen by many.
    """
    with office.store.reading() as connection:
        stored = requests.get(connection, reference)
        kept = applicants.of(connection, stored.row_id) if with_applicant else None
    request = stored.request
    checked = check(office, request)
    if checked.notice is None:
        what = f"The letter of {request.reference} is not complete: {'; '.join(checked.missing)}"
        raise Lacking(what=what, cure="Complete it with: answer, exempt, harm, interest.")
    envelope = Envelope(
        reference=request.reference,
        subject=request.subject,
        dated=office.today(),
        sender=Sender(office.letterhead.name, office.letterhead.address, office.letterhead.email),
        applicant=Applicant(kept.name, (kept.address,)) if kept else NOBODY_NAMED,
        signatory=Signatory(officer.name, "Freedom of Information Officer"),
        regime=request.regime,
    )
    return compose(envelope, AnswerToRequest(checked.notice), words=office.words)


def answer_of(office: Office, request: InformationRequest) -> Answer:
    """Give the answer of a request as the law looks at it."""
    head = office.letterhead
    rules = REVIEWS.get(request.regime)
    made = Answer(
        outcome=Outcome(request.outcome) if request.outcome else None,
        questions=tuple(_question(request, n, one) for n, one in enumerate(_asked(request), 1)),
        reliances=tuple(_reliances(office, request)),
        review=ReviewParticulars(
            head.address,
            head.email,
            window=rules.window if rules else None,
            reply=rules.reply if rules else None,
        ),
        commissioner=CommissionerParticulars(
            name=head.ico.get("name", ""),
            address=tuple(head.ico.get("address", "").splitlines()),
            website=head.ico.get("website", ""),
            telephone=head.ico.get("telephone", ""),
        ),
        timing=_timing(office, request),
        regime=request.regime,
    )
    if made.outcome is Outcome.COST:
        cost = search_cost(request, authority=head.authority_class)
        return replace(made, cost=CostRefusal(cost, request.letter))
    if made.outcome is Outcome.VEXATIOUS:
        return replace(made, vexatious=Vexatious("s.14(1)", request.letter))
    return made


def _asked(request: InformationRequest) -> tuple[str, ...]:
    """Give the questions; a request without numbered ones is one question."""
    return request.questions or (request.description,)


def _question(request: InformationRequest, number: int, words: str) -> Question:
    parts = {one.treatment: one for one in request.answers if one.number == number}
    elsewhere = parts.get(Treatment.ELSEWHERE)
    withheld, neither = parts.get(Treatment.WITHHELD), parts.get(Treatment.NEITHER)
    return Question(
        number=number,
        words=words,
        held=_held(parts),
        disclosed=_words(parts, Treatment.DISCLOSED),
        elsewhere=Elsewhere(elsewhere.words, elsewhere.where) if elsewhere else None,
        withheld=(Withheld(withheld.words, withheld.sections),) if withheld else (),
        not_held=_words(parts, Treatment.NOT_HELD),
        neither=neither.sections if neither else (),
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


def _reliances(office: Office, request: InformationRequest) -> list[Reliance]:
    refused = {
        section
        for one in request.answers
        if one.treatment is Treatment.NEITHER
        for section in one.sections
    }
    return [
        Reliance(
            citation=one.section,
            why=one.why,
            harm=one.harm,
            likelihood=_likelihood(one.likelihood),
            test=_test(office, one),
            duty=Duty.CONFIRM if one.section in refused else Duty.DISCLOSE,
        )
        for one in request.exemptions
    ]


def _likelihood(kept: str) -> Likelihood | None:
    said = {"would": Likelihood.WOULD, "would-be-likely": Likelihood.WOULD_BE_LIKELY}
    return said.get(kept)


def _test(office: Office, one: Exemption) -> PublicInterestTest | None:
    if not one.public_interest:
        return None
    return PublicInterestTest(
        for_disclosure=(Argument(one.for_disclosure),) if one.for_disclosure else (),
        for_withholding=(Argument(one.for_withholding),) if one.for_withholding else (),
        balance=Balance.WITHHOLD,
        reasons=one.public_interest,
        by=office.roster.name_of(one.weighed_by),
        on=one.weighed_on,
    )


def _timing(office: Office, request: InformationRequest) -> Timing | None:
    reading = statutory_reading(office, request)
    if reading.due is None:
        return None
    return Timing(
        received=request.received_on, due=reading.due, answered=reading.stopped_on or office.today()
    )
