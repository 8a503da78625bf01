"""The card: one message per request, always the latest truth, in words and not only in colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import ids, wording
from bot.blocks.text import (
    OPTION,
    Block,
    actions,
    button,
    context,
    escape,
    field,
    header,
    named,
    plain,
    remark,
)
from workflow.casework.beside import open_beside
from workflow.casework.sense import awaited, senseless
from workflow.casework.stages import Act, Relation, Stage, rows
from workflow.law.answer import Outcome
from workflow.law.clock import ClockState
from workflow.law.dates import long_date

if TYPE_CHECKING:
    from datetime import date

    from workflow.services.pictures import CardPicture

# What is pressed most at each stage, the first as the primary button.
FOREMOST: dict[Stage, tuple[Act, ...]] = {
    Stage.RECEIVED: (Act.CLAIM, Act.ALLOCATE, Act.SEEK_CLARIFICATION),
    Stage.SEARCHING: (Act.LOG_SEARCH, Act.RETURN_SEARCHES, Act.ESCALATE),
    Stage.CONSIDERATION: (Act.DECIDE, Act.ENGAGE_EXEMPTION, Act.SEND_BACK),
    Stage.RESPONSE: (Act.APPROVE, Act.ISSUE, Act.SEND_BACK),
    Stage.CLOSED: (Act.REQUEST_REVIEW, Act.REOPEN),
    Stage.REVIEW: (Act.CLAIM_REVIEW, Act.DECIDE_REVIEW, Act.ESCALATE),
}
MOST_IN_MENU = 5
MOST_BESIDE = 8

# Which internal target is next at which stage.
TARGET_OF: dict[Stage, tuple[str, str]] = {
    Stage.RECEIVED: ("return_searches", "searches back"),
    Stage.SEARCHING: ("return_searches", "searches back"),
    Stage.CONSIDERATION: ("draft", "draft answer"),
    Stage.RESPONSE: ("sign_off", "sign-off"),
}


def blocks(picture: CardPicture) -> list[Block]:
    """Draw a card: header, what stands, what is due, and the acts that its stage allows."""
    request = picture.request
    if picture.is_veiled:
        return _veiled(picture)
    made = [
        header(f"{request.reference} · {request.subject}"),
        {"type": "section", "fields": _fields(picture)},
    ]
    return [*made, *_alarms(picture), *_beside(picture), _acts(picture)]


def blocks_for(recipient: str, picture: CardPicture) -> list[Block]:
    """Draw the card that a channel sees; one whose team the request has left is told so."""
    kind, _, team = recipient.partition(":")
    if kind != "team" or picture.is_veiled or team == picture.request.team:
        return blocks(picture)
    request = picture.request
    where = f"with {picture.team} now" if request.team else "not with any team now"
    return [
        header(f"{request.reference} · {request.subject}"),
        context(wording.moved_on(escape(where))),
        actions(button("Show", ids.SHOW, request.reference)),
    ]


def _veiled(picture: CardPicture) -> list[Block]:
    """Draw what everybody may see of a restricted request: that it is there, and its stage."""
    request = picture.request
    return [
        header(f"{request.reference} · {request.subject}"),
        context(f"In {request.stage}. {wording.FOR_THE_NAMED}"),
        actions(button("Show", ids.SHOW, request.reference)),
    ]


def summary(picture: CardPicture) -> str:
    """Say a card in one line: for notifications and screen readers. Escaped."""
    request = picture.request
    if picture.is_veiled:
        return escape(
            f"{request.reference} “{request.subject}”: {request.stage}. {wording.FOR_THE_NAMED}"
        )
    who = f", held by {picture.holder}" if picture.holder else ""
    return escape(f"{request.reference} “{request.subject}”: {request.stage}{who}. {due(picture)}")


def due(picture: CardPicture) -> str:
    """Say when it is due and how much is left: "Due Wednesday 12 August 2020, 20 working days"."""
    reading = picture.reading
    if reading.state is ClockState.STOPPED and reading.stopped_on:
        late = "late" if reading.is_late else "in time"
        return f"Answered {long_date(reading.stopped_on)}, on working day {reading.day}, {late}"
    if reading.due is None:
        return f"Nothing is due while the clock is {reading.state}"
    return f"Due {long_date(reading.due)}, {left(reading.left or 0)}"


def left(days: int) -> str:
    """Say how many working days are left: "3 working days left", "last day", "2 … overdue"."""
    if days == 0:
        return "today is the last day"
    many = "" if abs(days) == 1 else "s"
    return f"{abs(days)} working day{many} {'left' if days > 0 else 'overdue'}"


def _fields(picture: CardPicture) -> list[Block]:
    request, reading = picture.request, picture.reading
    who = (
        ("Reviewer", picture.reviewer)
        if request.stage is Stage.REVIEW
        else ("Held by", picture.holder)
    )
    lines = [
        ("Stage", request.stage.value),
        (who[0], who[1] or "nobody yet"),
        ("Team", picture.team),
        _due_field(picture),
        ("Clock", f"{reading.state}, working day {reading.day}"),
        ("Received", long_date(request.received_on)),
    ]
    lines += _target(picture)
    if reading.due and reading.due != reading.original_due and request.stage is not Stage.REVIEW:
        lines.append(("Due at first", long_date(reading.original_due)))
    if request.outcome:
        lines.append(("Outcome", Outcome(request.outcome).words))
    if request.stage is Stage.RESPONSE:
        lines.append(("Sign-off", "approved" if request.approved_by else "waits for an approver"))
    return [field(label, value) for label, value in lines][:10]


def _due_field(picture: CardPicture) -> tuple[str, str]:
    """Split what is said of the due date into a label and the rest."""
    label, _, rest = due(picture).partition(" ")
    return (label, rest) if label in {"Due", "Answered"} else ("Due", due(picture))


def _target(picture: CardPicture) -> list[tuple[str, str]]:
    name, words = TARGET_OF.get(picture.request.stage, ("", ""))
    day: date | None = picture.targets.get(name)
    if day is None or picture.reading.state is not ClockState.RUNNING:
        return []
    passed = " (passed)" if day < picture.today else ""
    return [("Target", f"{words} by {long_date(day)}{passed}")]


def _alarms(picture: CardPicture) -> list[Block]:
    escalation = picture.request.escalation
    made = []
    if picture.reading.state is ClockState.RUNNING and (picture.reading.left or 0) < 0:
        made.append(context(":warning: *Overdue.*"))
    if escalation and escalation.is_acknowledged:
        made.append(remark(":eyes: *Escalation answered:*", escalation.plan))
    elif escalation:
        cause = f"{escalation.cause.rstrip('. ')}. {wording.NO_MANAGER_YET}"
        made.append(remark(":mega: *Escalated:*", cause))
    return made


def _beside(picture: CardPicture) -> list[Block]:
    """Draw what is awaited from others, and at a review the first answer beside its findings."""
    lines = open_beside(picture.request)[:MOST_BESIDE]
    return [remark(f"*{escape(one.name)}:*", one.words) for one in lines]


def _acts(picture: CardPicture) -> Block:
    request = picture.request
    vain = senseless(request, picture.reading.state)
    sensible = [
        one.act
        for one in rows(request.stage)
        if one.by != (Relation.CLOCK,) and one.act not in vain
    ]
    foremost = [act for act in _foremost(picture) if act in sensible][:3]
    buttons = [
        button(named(act), ids.act_id(act), request.reference, primary=n == 0)
        for n, act in enumerate(foremost)
    ]
    rest = [act for act in sensible if act not in foremost]
    why = button(wording.WHY_THIS_DATE, ids.WHY, request.reference)
    return actions(*buttons, why, *([_menu(rest, request.reference)] if rest else []))


def _foremost(picture: CardPicture) -> tuple[Act, ...]:
    return (*awaited(picture.reading.state), *FOREMOST[picture.request.stage])


def _menu(acts: list[Act], reference: str) -> Block:
    """Draw the acts that have no button. A menu holds few: its last entry then shows them all."""
    if len(acts) <= MOST_IN_MENU:
        entries = [_entry(act, reference) for act in acts]
    else:
        everything = {
            "text": plain("Everything you can do", OPTION),
            "value": ids.everything_value(reference),
        }
        entries = [*(_entry(act, reference) for act in acts[: MOST_IN_MENU - 1]), everything]
    return {"type": "overflow", "action_id": ids.MORE, "options": entries}


def _entry(act: Act, reference: str) -> Block:
    return {"text": plain(named(act), OPTION), "value": ids.option_value(act, reference)}
