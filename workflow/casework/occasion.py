"""The occasion of an act: who acts, on which day, among which people, by which calendar."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from workflow.casework.errors import ActNotOpen, Lacking, NotForYou, Restricted
from workflow.casework.events import Event, Told
from workflow.casework.referral import DAYS_TO_REPLY
from workflow.casework.roles import standing
from workflow.casework.stages import Stage, row, rows, stages_of
from workflow.law.cost_limit import AuthorityClass
from workflow.law.dates import long_date
from workflow.law.lapse import MONTHS_OF_SILENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from workflow.casework.ladder import Ladder
    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer, Roster
    from workflow.casework.stages import Act, Transition
    from workflow.law.working_days import WorkingDays


def nothing_lacks(_request: InformationRequest) -> tuple[str, ...]:
    """Find nothing lacking in an answer: what holds where no notice is asked for."""
    return ()


def never(_section: str) -> tuple[str, ...]:
    """Find no earlier request that was neither confirmed nor denied under a section."""
    return ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """Everything a decision may look at besides the request itself. `on` is the UK day.

    `days` is the calendar of the request's regime; `authority` says which cost limit holds (s.12);
    `months_of_silence` after which a clarification that never came lets the request lapse;
    `days_to_reply` within which a reply to a referral is wanted, in working days. `lacking` tells
    what s.17 still misses in the answer of a request, a line each with its section: it is handed
    in, because a notice also tells what only the office knows (s.17(7)). `neither_before` names the
    earlier requests that were neither confirmed nor denied under a section.
    `at` is the moment, and `ladder` has the chains that follow an escalation: without, none does.
    """

    officer: Officer
    on: date
    roster: Roster
    days: WorkingDays
    authority: AuthorityClass = AuthorityClass.OTHER
    months_of_silence: int = MONTHS_OF_SILENCE
    days_to_reply: int = DAYS_TO_REPLY
    lacking: Callable[[InformationRequest], tuple[str, ...]] = nothing_lacks
    at: datetime | None = None
    ladder: Ladder | None = None
    neither_before: Callable[[str], tuple[str, ...]] = never


@dataclass(frozen=True, slots=True)
class Decision:
    """What an act comes to: the new picture, what happened, and who is to be told at once.

    `advice` is for the one who acts, and for nobody else: what to look at next.
    """

    request: InformationRequest
    event: Event
    told: tuple[Told, ...] = field(default=())
    advice: str = ""


def open_acts(request: InformationRequest, officer: Officer) -> tuple[Act, ...]:
    """Give the acts that this officer may do on this request now, in the table's order."""
    if not request.is_shown_to(officer.handle):
        return ()
    stands_as = standing(officer, request)
    return tuple(line.act for line in rows(request.stage) if stands_as.intersection(line.by))


def permit(act: Act, request: InformationRequest, officer: Officer) -> Transition:
    """Give the row of the table that lets this officer do this act now.

    Raises ActNotOpen at the wrong stage, NotForYou for the wrong person; both say what the officer
    can do instead. Raises Restricted for somebody who may not see the request.
    """
    if not request.is_shown_to(officer.handle):
        raise Restricted(reference=request.reference)
    line = row(act, request.stage)
    if line is None:
        raise ActNotOpen(
            reference=request.reference,
            act=act,
            stage=request.stage,
            can=open_acts(request, officer),
            at=stages_of(act),
        )
    if not standing(officer, request).intersection(line.by):
        raise NotForYou(
            reference=request.reference, act=act, needs=line.by, can=open_acts(request, officer)
        )
    return line


# What an approver signs off. Whoever changes any of it, the approval no longer stands.
SIGNED_OFF = ("questions", "exemptions", "answers", "outcome", "letter", "advice", "held", "regime")


def carry_out(
    act: Act,
    request: InformationRequest,
    occasion: Occasion,
    *,
    said: Mapping[str, str] | None = None,
    told: tuple[Told, ...] = (),
    to: Stage | None = None,
    **changes: Any,  # noqa: ANN401  # the fields of InformationRequest, checked by its constructor
) -> Decision:
    """Move a request along one row of the table and say what happened.

    `said` are the words of the event, `changes` the fields that become different; `to` overrides
    the row's target where the table says "the stage it left". A change to what was approved voids
    the approval. Raises as `permit` does.
    """
    line = permit(act, request, occasion.officer)
    stage = to or line.to or request.stage
    if any(name in changes and changes[name] != getattr(request, name) for name in SIGNED_OFF):
        changes.setdefault("approved_by", None)
    changes |= {"acted_on": occasion.on}
    if stage is Stage.CLOSED:
        changes |= {"chain": None, "snoozes": ()}
    if stage is not request.stage:
        changes |= {"stage": stage, "since": occasion.on}
        if stage is Stage.CLOSED and request.stage is not Stage.REVIEW:
            changes["left"] = request.stage
    event = Event(act=act, by=occasion.officer.handle, on=occasion.on, particulars=said or {})
    made = replace(request, **changes)
    _must_see(made, occasion)
    return Decision(request=made, event=event, told=told)


def _must_see(request: InformationRequest, occasion: Occasion) -> None:
    """Refuse that a restricted request be in the hands of somebody who may not see it."""
    in_hand = request.reviewer if request.stage is Stage.REVIEW else request.holder
    if in_hand is not None and request.is_open and not request.is_shown_to(in_hand):
        name = occasion.roster.name_of(in_hand)
        raise Lacking(
            what=f"{request.reference} is restricted, and {name} may not see it.",
            cure="Name them too: restrict. Or let somebody else take it.",
        )


def must_not_be_past(day: date, occasion: Occasion) -> None:
    """Raise Lacking for a day that is over, where one to come is asked for."""
    if day < occasion.on:
        raise Lacking(what=f"{long_date(day)} has passed already.", cure="Give a day to come.")
