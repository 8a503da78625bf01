"""Every act by each of three ways: typed, in a form, on the card. Made from the product's tables.

`python -m tests.architecture.documents` prints the table of them into docs/three-ways.md.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.blocks import card, home, pages
from bot.blocks.modal import title
from bot.blocks.text import named
from tests.casework.examples import DAYS, LADDER, PARTICULARS, ROSTER, ready_for
from tests.doors.buttons import labels
from workflow.casework import anchors
from workflow.casework.request import AnswerPart, Treatment, current_reading
from workflow.casework.stages import TRANSITIONS, Act, Relation, Stage, Transition
from workflow.law.cost_limit import Activity
from workflow.services import discretion
from workflow.services.fields import Field, Kind
from workflow.services.forms import FORMS, usage
from workflow.services.pictures import CardPicture
from workflow.services.verbs import verb_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.casework.request import InformationRequest

WAYS = ("typed", "form", "card")
TODAY = date(2020, 8, 10)
SHOW, EVERYTHING = "Show", "Everything you can do"

# Somebody of config/teams.toml who stands in each relation to a request that Amira holds.
WHO = {
    Relation.DESK: "dana",
    Relation.TEAM: "joel",
    Relation.HOLDER: "amira",
    Relation.MANAGER: "marcus",
    Relation.APPROVER: "grace",
    Relation.REVIEWER: "ruth",
    Relation.ANYONE: "sian",
}
APART = {Act.LOG, Act.UNDO, Act.RECKON_ANEW}
# What a split takes; it makes a request of its own, so the examples of `decide` leave it out.
SPLIT: dict[str, Any] = {"numbers": (2,), "question": "Which years?"}


class Case(NamedTuple):
    """One row of TRANSITIONS at one stage, and who of those allowed does it."""

    row: Transition
    stage: Stage
    who: str

    @property
    def act(self) -> Act:
        return self.row.act


def cases(*, all_stages: bool) -> Iterator[Case]:
    """Give every act a person may do, at the first stage of each row or at all of them.

    To log has no request yet, and to undo has one that somebody has just changed: they are apart.
    """
    for row in TRANSITIONS:
        if row.act not in APART:
            stages = row.at if all_stages else row.at[:1]
            yield from (Case(row, stage, WHO[row.by[0]]) for stage in stages)


def ready(case: Case, reference: str) -> InformationRequest:
    """Make a request on which the act can be done, under a reference of its own."""
    made = replace(ready_for(case.act, case.stage), reference=reference)
    if case.act is Act.SPLIT:
        made = replace(made, questions=("How many?", "Who supplies it?"))
    if case.act is Act.ISSUE:  # else s.17's check would stand in the way
        made = replace(made, answers=(AnswerPart(1, Treatment.DISCLOSED, "All of it."),))
    if case.stage is Stage.REVIEW and case.act is not Act.CLAIM_REVIEW:
        made = replace(made, reviewer="ruth")
    return made


def words(act: Act) -> dict[str, str]:
    """Give what an act is told, as a person would write it: field name -> words."""
    told = SPLIT if act is Act.SPLIT else PARTICULARS.get(act, {})
    return {field.name: _written(told[field.name]) for field in FORMS[act] if field.name in told}


def command(act: Act, reference: str) -> str:
    """Write the whole command of an act: "search 0042 1.5 found shared drive"."""
    said = words(act)
    given = [field for field in FORMS[act] if field.name in said]
    typed = [_typed(one, said[one.name]) for one in given if one.kind is not Kind.TEXT]
    texts = [_typed(one, said[one.name]) for one in given if one.kind is Kind.TEXT]
    return " ".join([verb_for(act).name, reference, *typed, " | ".join(texts)])


def path_on_card(request: InformationRequest, act: Act) -> tuple[str, ...]:
    """Give what is pressed, label after label, from the card in the desk's channel to the act.

    The card of a restricted request offers nothing but to show it, to those who may see it.
    """
    path, blocks = [], card.blocks_for("desk:", _in_channel(request))
    for onward in (SHOW, EVERYTHING):
        there = labels(blocks)
        if named(act) not in there and onward in there:
            path.append(onward)
            blocks = card.blocks(_picture(request))
    return (*path, named(act))


def place_on_card(request: InformationRequest, act: Act) -> str:
    """Say where a card offers an act: on a button, in its menu, or behind "Everything …"."""
    *before, name = path_on_card(request, act)
    if before:
        return ", then ".join(before)
    pressed = [one for block in card.blocks(_picture(request)) for one in block.get("elements", [])]
    buttons = [one["text"]["text"] for one in pressed if one.get("type") == "button"]
    return "button" if name in buttons else "menu"


def table() -> str:
    """Print the three ways of every act in Markdown."""
    lines = ["| act | at | typed | in a form | on the card |", "|---|---|---|---|---|"]
    lines += [_line_of_log(), _line_of_undo()]
    shown: set[Act] = set()
    for case in cases(all_stages=False):
        if case.act not in shown:
            shown.add(case.act)
            lines.append(_line(case))
    return "\n".join(lines)


def _line_of_log() -> str:
    """Say how a request is logged: there is no card yet."""
    dana = ROSTER.officer("dana")
    shown = {"`/foi`": pages.menu(), "App Home": home.top(dana, ROSTER, None)}
    label = title(Act.LOG)
    where = " and ".join(name for name, blocks in shown.items() if label in labels(blocks))
    verb = verb_for(Act.LOG)
    return (
        f"| {Act.LOG} | – | `/foi {verb.form}` | `/foi {verb.name}`: {_fields(Act.LOG)} "
        f"| button of {where} |"
    )


def _line_of_undo() -> str:
    """Say how an act is undone: by whoever did it, from what they were answered."""
    verb = verb_for(Act.UNDO)
    offered = named(Act.UNDO) in labels([pages.undo("002335/20")])
    where = "button of the answer to the act" if offered else "–"
    return f"| {Act.UNDO} | any | `/foi {verb.form}` | {_fields(Act.UNDO)} | {where} |"


def _fields(act: Act) -> str:
    return ", ".join(field.label.rstrip("?") for field in FORMS[act]) or "nothing to fill in"


def _line(case: Case) -> str:
    verb = verb_for(case.act)
    typed = f"{verb.name} REF {usage(case.act)}".rstrip().replace("|", "\\|")
    where = place_on_card(ready(case, "002335/20"), case.act)
    return (
        f"| {case.act} | {', '.join(case.row.at)} | `/foi {typed}` "
        f"| `/foi {verb.name}`, which request: {_fields(case.act)} | {where} |"
    )


def _in_channel(request: InformationRequest) -> CardPicture:
    """Make the picture that the desk's channel sees, as services make it."""
    if discretion.is_for(request, "desk:"):
        return _picture(request)
    return _picture(discretion.veiled(request))._replace(is_veiled=True)


def _picture(request: InformationRequest) -> CardPicture:
    return CardPicture(
        request=request,
        reading=current_reading(request, days=DAYS, on=TODAY),
        team=ROSTER.team_name(request.team),
        holder=ROSTER.name_of(request.holder) if request.holder else None,
        reviewer=None,
        targets=anchors.targets(request, LADDER, days=DAYS, on=TODAY),
        today=TODAY,
    )


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, Activity):
        return value.name.lower()
    return str(value.value) if isinstance(value, Treatment) else str(value)


def _typed(field: Field, said: str) -> str:
    if field.keyword:
        return f"{field.keyword}: {said}"
    return f'"{said}"' if " " in said and field.kind is not Kind.TEXT else said
