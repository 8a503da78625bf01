"""Longer things to read in Slack: lists, one request whole, the ledger, the help, App Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import ids, wording
from bot.blocks import card
from bot.blocks.text import (
    Block,
    actions,
    button,
    context,
    escape,
    header,
    named,
    said,
    section,
    shortened,
)
from workflow.casework.stages import Act
from workflow.services.verb_help import help_of
from workflow.services.verbs import GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.services.pictures import CardPicture, HistoryLine
    from workflow.services.verbs import Verb

MOST_LINES = 20
A_ROW = 25  # buttons, as many as a row of Slack's holds
LONGEST_PAGE = 2900
LONGEST_DESCRIPTION = 2500
LONGEST_LEDGER = 3 * LONGEST_PAGE


def line(picture: CardPicture) -> str:
    """Say a request in one line of a list."""
    request = picture.request
    who = picture.reviewer or picture.holder or "Nobody yet"
    stands = f"{request.stage.capitalize()} · {who} · {card.due(picture)}"
    return f"{request.reference} {request.subject}\n{stands}"


def listing(title: str, pictures: Sequence[CardPicture], *, empty: str) -> list[Block]:
    """Draw a list of requests, each with a button that shows it."""
    made: list[Block] = [header(title)]
    for picture in pictures[:MOST_LINES]:
        show = button("Show", ids.SHOW, picture.request.reference)
        made.append(said(line(picture)) | {"accessory": show})
    if not pictures:
        made.append(section(empty))
    if len(pictures) > MOST_LINES:
        made.append(context(f"The first {MOST_LINES} of them. Narrow it: `/foi list TEAM`"))
    return made


def whole(picture: CardPicture, history: Sequence[HistoryLine], can: Sequence[str]) -> list[Block]:
    """Draw a request whole, for one person: card, what is asked, what happened, what is open."""
    request = picture.request
    at_the_terminal = f"foi show {request.reference}, at the terminal"
    asked = shortened(request.description, LONGEST_DESCRIPTION, whole=at_the_terminal)
    what = [section("*What is asked*"), said(asked)]
    if request.questions:
        numbered = "\n".join(f"{n}. {one}" for n, one in enumerate(request.questions, 1))
        what.append(said(shortened(numbered, LONGEST_DESCRIPTION, whole=at_the_terminal)))
    told = [f"{one.on:%a} {one.on.day} {one.on:%b %Y}: {one.sentence}" for one in history]
    return [
        *card.blocks(picture),
        *what,
        section("*What happened*"),
        said(_last_that_fit(told)),
        context(wording.can_still(can)),
    ]


def _last_that_fit(lines: Sequence[str]) -> str:
    return "\n".join(latest(lines, LONGEST_PAGE))


def latest(lines: Sequence[str], limit: int) -> list[str]:
    """Keep the latest lines that fit, saying how many earlier ones are left out."""
    kept: list[str] = []
    for one in reversed(lines):
        if sum(map(len, kept)) + len(kept) + len(one) > limit and kept:
            return [f"({len(lines) - len(kept)} earlier)", *reversed(kept)]
        kept.append(one)
    return kept[::-1]


def ledger(
    reference: str, lines: Sequence[str], *, title: str = wording.WHY_THIS_DATE
) -> list[Block]:
    """Draw lines under a title: how a date was reached, a letter. The first is the answer."""
    answer, *how = lines
    made = [header(f"{title} {reference}"), section(f"*{escape(answer)}*")]
    page = ""
    for one in latest(how, LONGEST_LEDGER):
        if page and len(page) + len(one) > LONGEST_PAGE:
            made.append(said(page))
            page = ""
        page += one + "\n"
    return [*made, said(page)] if page.strip() else made


def everything(reference: str, acts: Sequence[Act]) -> list[Block]:
    """Draw a button for each act that one person may do on a request."""
    if not acts:
        return [section(wording.nothing_to_do(escape(reference)))]
    buttons = [button(named(act), ids.act_id(act), reference) for act in acts]
    rows = [buttons[n : n + A_ROW] for n in range(0, len(buttons), A_ROW)]
    return [
        section(wording.can_do(escape(reference))),
        *(actions(*row) for row in rows),
    ]


def undo(reference: str) -> Block:
    """Draw the way back from what was just done."""
    return actions(button("Undo", ids.act_id(Act.UNDO), reference))


def menu() -> list[Block]:
    """Draw what a bare command answers: the ways in."""
    return [
        section(wording.WAYS_IN),
        actions(
            button("My requests", f"{ids.MENU}:mine", "mine", primary=True),
            button("Open requests", f"{ids.MENU}:list", "list"),
            button("Log a request", f"{ids.MENU}:new", "new"),
            button("Help", f"{ids.MENU}:help", "help"),
        ),
    ]


def help_all() -> list[Block]:
    """Draw all verbs, a line each, group by group."""
    groups = [
        section("\n".join((f"*{name}*", *(_help_line(verb) for verb in verbs))))
        for name, verbs in GROUPS.items()
    ]
    return [section(wording.EACH_A_BUTTON), *groups, context(wording.ONE_IN_FULL)]


def _help_line(verb: Verb) -> str:
    return f"`{ids.COMMAND} {verb.name}` {verb.summary}"


def help_one(verb: Verb) -> list[Block]:
    """Draw how one verb is typed: what it is for, an example, and who may use it."""
    told = help_of(verb)
    return [
        section(f"`{ids.COMMAND} {verb.form}`\n{escape(told.purpose)}"),
        section(f"*For example*\n`{ids.COMMAND} {told.example}`"),
        section(escape("\n".join(("*Who may*", *told.who)))),
        context(wording.BRACKETS),
    ]
