"""Acts of the desk in consideration: extension, sending back, the decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.casework.counting import counted
from workflow.casework.decide.exempting import check_withholding, named
from workflow.casework.errors import Lacking, in_one_sentence, shown
from workflow.casework.events import Told
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import reading
from workflow.casework.stages import Act, Stage
from workflow.law import clock
from workflow.law.clock import ClockState
from workflow.law.regime import TIME_LIMITS, Regime, Unit

if TYPE_CHECKING:
    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest

OUTCOMES = ("disclose", "part", "refuse", "not-held", "s.12", "s.14")
_WITHHOLDING = ("part", "refuse")


def extend(
    request: InformationRequest,
    occasion: Occasion,
    *,
    reason: str,
    further: int | None = None,
    section: str = "",
) -> Decision:
    """Move the end, as the regime allows, with a reason and an estimate (s.10(3), s.17(2)).

    Under FOIA only for the public interest test on a named qualified exemption; under the EIR for
    complexity and volume (reg. 7); for subject access for complexity or number. `further` is in
    working days, in months for subject access. Raises Lacking when the law knows no such extension,
    when the clock does not run, and when the due date has passed.
    """
    permit(Act.EXTEND, request, occasion.officer)
    under_foia = request.regime is Regime.FOIA
    if under_foia and not any(row.needs_public_interest_test for row in named(request, section)):
        raise Lacking(
            what=f"{shown(section)} is not a qualified exemption; only those may extend (s.10(3)).",
            cure="Name the qualified exemption whose public interest is being weighed: s.31(1)(a).",
        )
    now = reading(request, days=occasion.days, on=occasion.on)
    if now.state is not ClockState.RUNNING or now.due is None or now.due < occasion.on:
        raise Lacking(
            what=f"The clock of {request.reference} is not running, or the due date has passed.",
            cure="An extension must be notified within the time for compliance (s.17(1)-(2)).",
        )
    in_months = TIME_LIMITS[request.regime].unit is Unit.MONTHS
    moved = clock.Extended(
        occasion.on,
        section if under_foia else reason,
        further_working_days=None if in_months else further,
        further_months=further if in_months else None,
    )
    events = counted(request, occasion, moved)
    unit = "months" if in_months else "working days"
    return carry_out(
        Act.EXTEND,
        request,
        occasion,
        said={"further": f"{further} {unit}", "section": section, "reason": reason},
        clock=events,
    )


def send_back(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Send a request back: by the desk to the searches, by an approver to consideration."""
    permit(Act.SEND_BACK, request, occasion.officer)
    if request.stage is Stage.RESPONSE:
        told = tuple(
            Told("person", str(handle), f"{request.reference} was sent back: {reason}")
            for handle in dict.fromkeys((request.drafter, request.decided_by))
            if handle not in (None, occasion.officer.handle)
        )
        changes = {"approved_by": None, "outcome": None}
    else:
        target = request.holder
        note = f"{request.reference} is back with you: {reason}"
        told = (Told("person", target, note),) if target else ()
        changes = {"held": None}
    return carry_out(
        Act.SEND_BACK, request, occasion, said={"reason": reason}, told=told, **changes
    )


def decide(  # what is decided, and what the letter tells besides, by name
    request: InformationRequest,
    occasion: Occasion,
    *,
    outcome: str,
    reason: str,
    advice: str = "",
    why_late: str = "",
) -> Decision:
    """Decide what the answer is. The approvers are told that it waits for them.

    Who decides is told what the answer still lacks before it may be issued. Raises Lacking when
    information is withheld and no exemption is engaged (s.17(1)(b)), when one that rests on harm
    has none recorded, and when s.36 has no qualified person's opinion.
    """
    permit(Act.DECIDE, request, occasion.officer)
    if outcome in _WITHHOLDING:
        check_withholding(request)
    note = f"{request.reference} “{request.subject}” waits for approval."
    made = carry_out(
        Act.DECIDE,
        request,
        occasion,
        said={"outcome": outcome.replace("-", " "), "reason": reason},
        outcome=outcome,
        decided_by=occasion.officer.handle,
        drafter=occasion.officer.handle,
        letter=reason,
        advice=advice or request.advice,
        why_late=why_late or request.why_late,
        approved_by=None,
    )
    waiting = (
        Told("person", one.handle, note) for one in occasion.roster.approvers_for(made.request)
    )
    missing = occasion.lacking(made.request)
    lacks = f"It cannot be issued yet. It lacks: {in_one_sentence(missing)}" if missing else ""
    return replace(made, told=tuple(waiting), advice=lacks)
