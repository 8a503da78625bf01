"""Acts that anybody may do along the way: a note, an escalation, and the manager's answer to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking
from workflow.casework.events import Event, Told
from workflow.casework.occasion import Decision, carry_out, permit
from workflow.casework.request import Escalation
from workflow.casework.stages import Act

if TYPE_CHECKING:
    from datetime import date

    from workflow.casework.occasion import Occasion
    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Roster

# How long a manager's answer keeps further escalations quiet when no day is named: working days.
PAUSE = 2
LONGEST_PAUSE = timedelta(days=365)


def update(request: InformationRequest, occasion: Occasion, *, note: str) -> Decision:
    """Add a note to the history. Nothing else changes."""
    return carry_out(Act.UPDATE, request, occasion, said={"note": note})


def escalate(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Bring a request to the attention of its team's manager, who is told at once."""
    manager = occasion.roster.manager_of(request.team)
    note = f"{occasion.officer.name} escalated {request.reference} “{request.subject}”: {reason}"
    return carry_out(
        Act.ESCALATE,
        request,
        occasion,
        said={"manager": occasion.roster.name_of(manager), "reason": reason},
        told=(Told("person", manager, note),),
        escalation=Escalation(on=occasion.on, cause=reason, by=occasion.officer.handle),
    )


def escalate_by_clock(
    request: InformationRequest, *, on: date, roster: Roster, cause: str
) -> Decision:
    """Escalate because a time has passed. No officer acts; who is told, the reminders say."""
    said = {"manager": roster.name_of(roster.manager_of(request.team)), "reason": cause}
    return Decision(
        request=replace(request, escalation=Escalation(on=on, cause=cause, by=None)),
        event=Event(act=Act.ESCALATE, by=None, on=on, particulars=said),
    )


def acknowledge_escalation(
    request: InformationRequest, occasion: Occasion, *, plan: str, until: date | None = None
) -> Decision:
    """Answer an escalation with a plan. It pauses escalation until a day, and does not end it.

    `until` defaults to two working days on. The holder is told. Raises Lacking when nothing is
    escalated or the day has passed.
    """
    permit(Act.ACKNOWLEDGE_ESCALATION, request, occasion.officer)
    if request.escalation is None:
        raise Lacking(what=f"{request.reference} is not escalated.", cure="Nothing is needed.")
    if until is not None and until < occasion.on:
        raise Lacking(what=f"{until.isoformat()} has passed.", cure="Give a day from today on.")
    if until is not None and until > occasion.on + LONGEST_PAUSE:
        raise Lacking(
            what=f"{until.isoformat()} is more than a year away.", cure="Give an earlier day."
        )
    answered = replace(
        request.escalation,
        acknowledged_by=occasion.officer.handle,
        plan=plan,
        until=until or occasion.days.nth_after(occasion.on, PAUSE),
    )
    told: tuple[Told, ...] = ()
    if request.holder not in (None, occasion.officer.handle) and request.holder:
        note = f"{request.reference}: {occasion.officer.name} answered the escalation: {plan}"
        told = (Told("person", request.holder, note),)
    return carry_out(
        Act.ACKNOWLEDGE_ESCALATION,
        request,
        occasion,
        said={"plan": plan},
        told=told,
        escalation=answered,
    )
