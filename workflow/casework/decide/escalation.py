"""Acts that anybody may do along the way: a note, a rest, an escalation and the answer to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from workflow.casework import chain
from workflow.casework.audience import is_person, recipients
from workflow.casework.errors import Lacking
from workflow.casework.events import Event, Told
from workflow.casework.ladder import UK
from workflow.casework.occasion import Decision, carry_out, permit
from workflow.casework.request import Escalation, Snooze
from workflow.casework.rest import LAST_DAYS, before_due
from workflow.casework.stages import Act, Stage
from workflow.law.dates import long_date

if TYPE_CHECKING:
    from datetime import date

    from workflow.casework.ladder import Ladder
    from workflow.casework.occasion import Occasion
    from workflow.casework.reminders import Occurrence
    from workflow.casework.request import InformationRequest, RunningChain
    from workflow.casework.roles import Roster

# How long a manager's answer keeps further escalations quiet when no day is named: working days.
PAUSE = 2
LONGEST_PAUSE = timedelta(days=365)


def update(request: InformationRequest, occasion: Occasion, *, note: str) -> Decision:
    """Add a note to the history. Nothing else changes."""
    return carry_out(Act.UPDATE, request, occasion, said={"note": note})


def confirm(request: InformationRequest, occasion: Occasion) -> Decision:
    """Say that one is still working on it: the days without an act are counted from today."""
    return carry_out(Act.CONFIRM, request, occasion)


def snooze(
    request: InformationRequest, occasion: Occasion, *, until: date, reason: str
) -> Decision:
    """Let one's own reminders about a request rest until a working day; nobody else's.

    Raises Lacking for a day that has come, and for one within the law's last days: from two
    working days before the due date everybody is always told.
    """
    permit(Act.SNOOZE, request, occasion.officer)
    if until <= occasion.on:
        raise Lacking(what=f"{until.isoformat()} has come.", cure="Give a later day.")
    _check_within_a_year(until, occasion)
    _check_bound(request, occasion, until)
    by, before = occasion.officer.handle, request.snoozes
    rests = next((one for one in before if one.by == by and one.until > occasion.on), None)
    woken = occasion.days.on_or_after(until)
    # What rests already goes on resting: it would be lost if the rest began anew.
    began = rests.at if rests else occasion.at or datetime.combine(occasion.on, time(), UTC)
    kept = tuple(one for one in before if one.by != by)
    return carry_out(
        Act.SNOOZE,
        request,
        occasion,
        said={"until": long_date(woken), "reason": reason},
        snoozes=(*kept, Snooze(by, began, woken, reason)),
    )


def _check_bound(request: InformationRequest, occasion: Occasion, until: date) -> None:
    latest = before_due(request, LAST_DAYS + 1, days=occasion.days, on=occasion.on)
    if latest is None or occasion.days.on_or_after(until) <= latest:
        return
    what = (
        f"In the last two working days before a due date everybody is told of {request.reference}."
    )
    if latest > occasion.on:
        raise Lacking(what=what, cure=f"Give a day up to {long_date(latest)}.")
    raise Lacking(what=what, cure="It cannot be snoozed any more.")


def escalate(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Bring a request to the attention of its team's manager, who is told at once.

    Whoever holds it is told too, and the chain of the team for escalations by hand begins.
    """
    manager, by = occasion.roster.manager_of(request.team), occasion.officer.handle
    note = f"{occasion.officer.name} escalated {request.reference} “{request.subject}”: {reason}"
    at_work = {Stage.SEARCHING: request.holder, Stage.REVIEW: request.reviewer}
    about = at_work.get(request.stage)
    ears = dict.fromkeys((manager, about) if about != by else (manager,))
    running = None
    if occasion.ladder and occasion.at:
        running = chain.begin(occasion.ladder, request.team, at=occasion.at)
    return carry_out(
        Act.ESCALATE,
        request,
        occasion,
        said={"manager": occasion.roster.name_of(manager), "reason": reason},
        told=tuple(Told("person", one, note) for one in ears if one),
        escalation=Escalation(on=occasion.on, cause=reason, by=by),
        chain=running,
    )


def escalate_by_clock(
    request: InformationRequest, one: Occurrence, *, ladder: Ladder, roster: Roster, at: datetime
) -> Decision:
    """Escalate because a time has passed. No officer acts; who is told, the reminders say.

    A rule begins the chain that follows, unless it runs already for the same cause; a step of the
    chain takes it one further. The history names whom it was escalated to.
    """
    on = at.astimezone(UK).date()
    cause = one.rule.name
    people: tuple[str, ...] = (roster.manager_of(request.team),)
    running: RunningChain | None
    if one.is_step and request.chain and request.escalation:
        cause = request.escalation.cause
        running = chain.taken(request.chain, at=at)
        ears = recipients(one.rule, request, roster, on=on)
        people = tuple(dict.fromkeys(name for kind, name in ears if is_person(kind))) or people
    elif chain.goes_on(request.chain, one.rule, one.day):
        running = request.chain
    else:
        running = chain.begin(ladder, request.team, at=at, cause=one.rule, anchor=one.day)
    said = {"manager": " and ".join(map(roster.name_of, people)), "reason": cause}
    escalation = Escalation(on=on, cause=cause, by=None)
    return Decision(
        request=replace(request, escalation=escalation, chain=running),
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
    if until is not None:
        _check_within_a_year(until, occasion)
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


def _check_within_a_year(until: date, occasion: Occasion) -> None:
    if until > occasion.on + LONGEST_PAUSE:
        raise Lacking(
            what=f"{until.isoformat()} is more than a year away.", cure="Give an earlier day."
        )
