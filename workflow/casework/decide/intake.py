"""Acts at the door: log, acknowledge, allocate, clarification, fees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workflow.casework.counting import checked, counted
from workflow.casework.errors import Lacking, NotForYou
from workflow.casework.events import Event, Told
from workflow.casework.occasion import Decision, carry_out, permit
from workflow.casework.request import InformationRequest, reading
from workflow.casework.roles import Role
from workflow.casework.stages import Act, Relation, Stage
from workflow.law import clock
from workflow.law.clock import ClockState
from workflow.law.dates import long_date
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from workflow.casework.occasion import Occasion

_REFERENCE = re.compile(r"[\w][\w./-]{0,39}")
LONGEST_SUBJECT = 150
LONGEST_TEXT = 20_000


def log(
    occasion: Occasion,
    *,
    reference: str,
    subject: str,
    description: str,
    received: date,
    regime: Regime = Regime.FOIA,
    questions: tuple[str, ...] = (),
    earlier: str = "",
) -> Decision:
    """Make a request from what arrived. The clock starts on the date of receipt (s.10(1), s.10(6)).

    `earlier` says why it was received before the day on which it is logged.
    Raises NotForYou unless the officer is of the desk, Lacking when s.8(1)(c)'s description or the
    date make no sense, or the calendar does not reach so far.
    """
    if not occasion.officer.has(Role.DESK):
        raise NotForYou(reference="A new request", act=Act.LOG, needs=[Relation.DESK], can=[])
    _check_new(reference, subject, description, received, on=occasion.on)
    made = InformationRequest(
        reference=reference,
        subject=subject.strip(),
        description=description.strip(),
        questions=questions,
        received_on=received,
        regime=regime,
        stage=Stage.RECEIVED,
        since=occasion.on,
        clock=(clock.Received(received),),
        acted_on=occasion.on,
    )
    checked(made.clock, made, occasion)
    said = {"received": long_date(received)} | ({"earlier": earlier} if earlier else {})
    event = Event(act=Act.LOG, by=occasion.officer.handle, on=occasion.on, particulars=said)
    return Decision(request=made, event=event)


def _check_new(reference: str, subject: str, description: str, received: date, *, on: date) -> None:
    if not _REFERENCE.fullmatch(reference):
        raise Lacking(
            what="A reference is up to 40 letters, digits, dots, dashes and slashes.",
            cure="Leave it out to have one made.",
        )
    if not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise Lacking(
            what=f"A subject of 1 to {LONGEST_SUBJECT} characters is needed.",
            cure="Say in a few words what is asked for.",
        )
    if not description.strip() or len(description) > LONGEST_TEXT:
        raise Lacking(
            what=f"The request must describe the information (s.8(1)(c)), in up to "
            f"{LONGEST_TEXT:,} characters.",
            cure="Paste the applicant's words.",
        )
    if received > on:
        raise Lacking(
            what=f"The date of receipt, {received.isoformat()}, is in the future.",
            cure="Give the day on which it arrived.",
        )


def acknowledge(request: InformationRequest, occasion: Occasion) -> Decision:
    """Record that the applicant was told the request has arrived (good practice, not statute)."""
    return carry_out(Act.ACKNOWLEDGE, request, occasion, acknowledged_on=occasion.on)


def correct_receipt(
    request: InformationRequest, occasion: Occasion, *, received: date, reason: str
) -> Decision:
    """Correct the date of receipt: every date is reckoned anew, an extension's too.

    What was done under the old date stays in the history. Raises Lacking when the new date cannot
    be true: in the future, or after something that has happened since.
    """
    permit(Act.CORRECT_RECEIPT, request, occasion.officer)
    if received > occasion.on:
        raise Lacking(what=f"{long_date(received)} is in the future.", cure="Give an earlier day.")
    _, *since = request.clock
    return carry_out(
        Act.CORRECT_RECEIPT,
        request,
        occasion,
        said={
            "before": long_date(request.received_on),
            "received": long_date(received),
            "reason": reason,
        },
        told=_holder_told(request, f"the date of receipt is corrected to {long_date(received)}."),
        received_on=received,
        clock=checked((clock.Received(received), *since), request, occasion),
    )


def allocate(request: InformationRequest, occasion: Occasion, *, team: str) -> Decision:
    """Give the request to the team that holds the information, and tell the team."""
    permit(Act.ALLOCATE, request, occasion.officer)
    chosen = occasion.roster.team(team)
    note = f"{request.reference} “{request.subject}” is allocated to {chosen.name}. Who claims it?"
    return carry_out(
        Act.ALLOCATE,
        request,
        occasion,
        said={"team": chosen.name},
        told=(Told("team", chosen.key, note),),
        team=chosen.key,
        allocated_on=occasion.on,
    )


def seek_clarification(
    request: InformationRequest, occasion: Occasion, *, question: str, advice: str = ""
) -> Decision:
    """Ask the applicant what is meant. Until the answer, nothing is due (s.1(3)).

    `advice` is the help that goes with it (s.16).
    """
    permit(Act.SEEK_CLARIFICATION, request, occasion.officer)
    _expect(request, occasion, ClockState.RUNNING, "Clarification can be sought while it runs.")
    return carry_out(
        Act.SEEK_CLARIFICATION,
        request,
        occasion,
        said={"question": question} | ({"advice": advice} if advice else {}),
        clock=counted(request, occasion, clock.ClarificationSought(occasion.on)),
    )


def record_clarification(
    request: InformationRequest, occasion: Occasion, *, answer: str
) -> Decision:
    """Record the applicant's answer: a fresh twenty working days start (s.10(6)(b))."""
    permit(Act.RECORD_CLARIFICATION, request, occasion.officer)
    _expect(
        request, occasion, ClockState.AWAITING_CLARIFICATION, "Record that it was sought first."
    )
    return carry_out(
        Act.RECORD_CLARIFICATION,
        request,
        occasion,
        said={"answer": answer},
        told=_holder_told(request, "the applicant has clarified; the count starts again today."),
        clock=counted(request, occasion, clock.ClarificationReceived(occasion.on)),
    )


def give_fees_notice(
    request: InformationRequest, occasion: Occasion, *, amount: Decimal, charge: str = ""
) -> Decision:
    """Give a fees notice: the clock is suspended until the fee is received (s.9, s.10(2)).

    `charge` is what the fee is for, as the notice tells it.
    """
    permit(Act.GIVE_FEES_NOTICE, request, occasion.officer)
    _expect(request, occasion, ClockState.RUNNING, "A fees notice can be given while it runs.")
    if amount <= 0:
        raise Lacking(what="A fee is more than £0.", cure="Give the amount in pounds: 12.50.")
    return carry_out(
        Act.GIVE_FEES_NOTICE,
        request,
        occasion,
        said={"amount": f"{amount:.2f}"} | ({"charge": charge} if charge else {}),
        clock=counted(request, occasion, clock.FeesNoticeGiven(occasion.on)),
    )


def record_fee(request: InformationRequest, occasion: Occasion) -> Decision:
    """Record that the fee was received: the clock resumes with the days left (s.10(2)).

    Raises Lacking when none is awaited, or it came after the last day to pay (s.9(2)).
    """
    permit(Act.RECORD_FEE, request, occasion.officer)
    _expect(request, occasion, ClockState.SUSPENDED, "Record the fees notice first.")
    pay_by = reading(request, days=occasion.days, on=occasion.on).pay_by
    if pay_by is not None and pay_by < occasion.on:
        raise Lacking(
            what=f"The last day to pay was {long_date(pay_by)} (s.9(2)), so no answer is owed.",
            cure="Let it lapse, or log a new request.",
        )
    return carry_out(
        Act.RECORD_FEE,
        request,
        occasion,
        told=_holder_told(request, "the fee is paid; the clock runs again."),
        clock=counted(request, occasion, clock.FeeReceived(occasion.on)),
    )


def _holder_told(request: InformationRequest, news: str) -> tuple[Told, ...]:
    if request.holder is None:
        return ()
    return (Told("person", request.holder, f"{request.reference}: {news}"),)


def _expect(request: InformationRequest, occasion: Occasion, state: ClockState, cure: str) -> None:
    found = reading(request, days=occasion.days, on=occasion.on).state
    if found is not state:
        raise Lacking(what=f"The clock of {request.reference} is {found}.", cure=cure)
