"""Which letter an act asks for, which one fits a request now, and what each of them tells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking, shown
from workflow.casework.stages import Act, Stage
from workflow.law import clock, refusal_notice
from workflow.law.answer import Outcome
from workflow.law.citations import read_citation
from workflow.law.clock import ClockState
from workflow.law.exemptions import Status
from workflow.law.lapse import lapses
from workflow.law.particulars import outcomes_of
from workflow.law.public_interest import Pending
from workflow.letters.contents import (
    KIND_OF_ANSWER,
    Acknowledgement,
    AnswerToRequest,
    Charge,
    Clarification,
    Extension,
    FeesNotice,
    Kind,
    Transfer,
)
from workflow.services.answers import answer_of, check, commissioner_of, review_of
from workflow.services.letter_facts import complete, last, not_complete
from workflow.services.letter_reviews import review_acknowledgement, review_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from workflow.law.answer import Answer, Reliance
    from workflow.letters.contents import Contents
    from workflow.services.letter_facts import Known

ANSWERS = tuple(KIND_OF_ANSWER.values())
# The acts after which somebody writes to the applicant; a decision asks for its own letter.
AFTER: Mapping[Act, Kind | None] = {
    Act.ACKNOWLEDGE: Kind.ACKNOWLEDGEMENT,
    Act.SEEK_CLARIFICATION: Kind.CLARIFICATION,
    Act.GIVE_FEES_NOTICE: Kind.FEES_NOTICE,
    Act.EXTEND: Kind.EXTENSION,
    Act.DECIDE: None,
    Act.TRANSFER: Kind.TRANSFER,
    Act.CLAIM_REVIEW: Kind.REVIEW_ACKNOWLEDGEMENT,
    Act.DECIDE_REVIEW: Kind.REVIEW_OUTCOME,
}


def to_be_sent(act: Act, reference: str) -> str:
    """Say where the letter is that an act asks for; nothing where it asks for none."""
    return f"The letter to the applicant is made by: letter {reference}." if act in AFTER else ""


def kind_named(typed: str) -> Kind:
    """Find a kind of letter however it was typed: "fees-notice". Raises Lacking for none."""
    wanted = typed.strip().casefold().replace("-", "_").replace(" ", "_")
    if wanted == "answer":  # its outcome says which
        return Kind.REFUSAL
    if wanted in set(Kind):
        return Kind(wanted)
    kinds = ", ".join(kind.replace("_", "-") for kind in Kind)
    raise Lacking(what=f"There is no letter {shown(typed, 30)}.", cure=f"Say one of: {kinds}.")


def fitting(it: Known) -> Kind:
    """Give the kind of the letter that a request asks for as it stands."""
    request, state = it.request, it.reading.state
    searching = request.stage in (Stage.RECEIVED, Stage.SEARCHING)
    # The first that fits. One in consideration asks for its answer, and is told what that lacks.
    asks: tuple[tuple[object, Kind], ...] = (
        (request.stage is Stage.REVIEW, Kind.REVIEW_ACKNOWLEDGEMENT),
        (request.review_outcome and request.stage is Stage.CLOSED, Kind.REVIEW_OUTCOME),
        (request.closed_as == "transferred", Kind.TRANSFER),
        (state is ClockState.AWAITING_CLARIFICATION, Kind.CLARIFICATION),
        (state is ClockState.SUSPENDED, Kind.FEES_NOTICE),
        (request.outcome, KIND_OF_ANSWER[Outcome(request.outcome or Outcome.REFUSE)]),
        (any(isinstance(one, clock.Extended) for one in request.clock), Kind.EXTENSION),
        (searching, Kind.ACKNOWLEDGEMENT),
    )
    return next((kind for holds, kind in asks if holds), Kind.REFUSAL)


def contents_of(kind: Kind, it: Known) -> Contents:
    """Say what a letter tells. Raises Lacking when that has not happened, or is not complete."""
    return _CONTENTS[kind](it)


def _acknowledgement(it: Known) -> Contents:
    if it.reading.due is None:
        raise Lacking(
            what=f"Nothing is due on {it.request.reference} while the clock is {it.reading.state}.",
            cure="Write the letter that the applicant is to answer: clarification, fees-notice.",
        )
    return Acknowledgement(it.request.received_on, it.reading.due)


def _clarification(it: Known) -> Contents:
    sought = last(it, Act.SEEK_CLARIFICATION, "clarify").particulars
    silence = lapses(it.reading, months=it.office.letterhead.months_of_silence)
    return Clarification(
        received=it.request.received_on,
        asked=tuple(line.strip() for line in sought["question"].splitlines() if line.strip()),
        advice=sought.get("advice", ""),
        close_on=silence.last_day if silence else None,
    )


def _fees_notice(it: Known) -> Contents:
    given = last(it, Act.GIVE_FEES_NOTICE, "fees").particulars
    if it.reading.pay_by is None:
        raise Lacking(
            what=f"No fee is awaited on {it.request.reference}.", cure="Give a notice first: fees."
        )
    return FeesNotice(
        received=it.request.received_on,
        charges=(Charge(given.get("charge") or _CHARGE, Decimal(given["amount"])),),
        pay_by=it.reading.pay_by,
        how_to_pay=it.office.letterhead.how_to_pay,
    )


_CHARGE = "Giving you the information: copying and postage"


def _extension(it: Known) -> Contents:
    """Tell that the test is not finished, and when it will be (s.17(2)): the rest as in any notice.

    An exemption without a test yet is the one that is still weighed.
    """
    last(it, Act.EXTEND, "extend")
    made = answer_of(it.office, it.request)
    until = it.reading.due or it.office.today()
    made = replace(made, reliances=tuple(_pending(made, one, until) for one in made.reliances))
    fitting_outcomes = outcomes_of(made)
    refused = Outcome.REFUSE if Outcome.REFUSE in fitting_outcomes else Outcome.PART
    return Extension(complete(it, refusal_notice.draft(replace(made, outcome=refused))))


def _pending(answer: Answer, reliance: Reliance, until: date) -> Reliance:
    read = read_citation(answer.regime, reliance.citation)
    is_open = reliance.test is None and read is not None and read.row.status is Status.QUALIFIED
    return replace(reliance, test=Pending(until)) if is_open else reliance


def _answer(it: Known) -> Contents:
    if it.request.closed_as and it.request.closed_as != it.request.outcome:
        raise Lacking(
            what=f"{it.request.reference} ended as {it.request.closed_as}: it has no answer.",
            cure="Reopen it to answer it: reopen.",
        )
    checked = check(it.office, it.request)
    if checked.notice is None:
        raise not_complete(it, checked.missing)
    return AnswerToRequest(checked.notice)


def _transfer(it: Known) -> Contents:
    said = last(it, Act.TRANSFER, "transfer").particulars
    lines = said.get("contact", "").splitlines()
    return Transfer(
        received=it.request.received_on,
        body=said["body"],
        contact=tuple(line.strip() for line in lines if line.strip()),
        what="the information that you asked for",
        was_passed_on="passed_on" in said,
        review=review_of(it.office, it.request.regime),
        commissioner=commissioner_of(it.office),
    )


_CONTENTS: Mapping[Kind, Callable[[Known], Contents]] = {
    **dict.fromkeys(ANSWERS, _answer),
    Kind.ACKNOWLEDGEMENT: _acknowledgement,
    Kind.CLARIFICATION: _clarification,
    Kind.FEES_NOTICE: _fees_notice,
    Kind.EXTENSION: _extension,
    Kind.TRANSFER: _transfer,
    Kind.REVIEW_ACKNOWLEDGEMENT: review_acknowledgement,
    Kind.REVIEW_OUTCOME: review_outcome,
}
