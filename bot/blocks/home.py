"""App Home: one person's board, searched and narrowed, page by page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from bot import ids, wording
from bot.blocks.pages import line
from bot.blocks.text import (
    OPTION,
    Block,
    actions,
    button,
    context,
    escape,
    header,
    plain,
    said,
    section,
)
from workflow.casework.roles import Role
from workflow.casework.stages import Stage
from workflow.law.dates import long_date
from workflow.services.board import Found, Look, Part, sees_everything

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from workflow.casework.roles import Officer, Roster

A_FEW = 5  # of each part, before one asks for all of them
A_PAGE = 20
_ALL = "-"
_EMPTY: dict[Part, str] = {
    Part.OVERDUE: wording.NOTHING_OVERDUE,
    Part.WEEK: wording.NOTHING_THIS_WEEK,
    Part.MINE: wording.HOLD_NOTHING,
    Part.APPROVAL: wording.NOTHING_TO_APPROVE,
    Part.REVIEW: wording.NOTHING_TO_REVIEW,
    Part.DESK: wording.NOTHING_FOR_THE_DESK,
    Part.TEAM: wording.NOTHING_IN_TEAM,
    Part.ALL: wording.NONE_HERE,
}


class Asked(NamedTuple):
    """What a person's Home shows: their whole board, or a page of one look."""

    look: Look | None = None
    page: int = 0


def asked_of(metadata: str) -> Asked:
    """Read what a Home shows from what it carries; the whole board from what cannot be read."""
    try:
        carried = json.loads(metadata)
        look = carried["look"]
        return Asked(Look(Part[look[0]], *look[1:]) if look else None, int(carried["page"]))
    except (KeyError, TypeError, ValueError):
        return Asked()


def view(asked: Asked, blocks: Sequence[Block]) -> Block:
    """Make the Home of these blocks, carrying what it shows."""
    look = [asked.look.part.name, *asked.look[1:]] if asked.look else None
    return {
        "type": "home",
        "private_metadata": json.dumps({"look": look, "page": asked.page}),
        "blocks": list(blocks),
    }


def top(officer: Officer, roster: Roster, look: Look | None) -> list[Block]:
    """Draw what stands above: what to begin, and how to search."""
    first = [button("Log a request", f"{ids.MENU}:new", "new", primary=True)]
    mine = look or Look()
    teams = {_ALL: "All teams", **{one.key: one.name for one in roster.teams}}
    stages = {_ALL: "All that is open", **{one.value: one.value.capitalize() for one in Stage}}
    return [
        actions(
            *(first if officer.has(Role.DESK) else []),
            button("Help", f"{ids.MENU}:help", "help"),
        ),
        actions(
            _menu("Team", ids.HOME_TEAM, teams, mine.team),
            _menu("Stage", ids.HOME_STAGE, stages, mine.stage),
            *([button("Back to my page", ids.HOME_BACK, _ALL)] if look else []),
        ),
        _search(mine.words),
    ]


def board(parts: Mapping[Part, Found]) -> list[Block]:
    """Draw a few of each part, and a way to all of it."""
    made: list[Block] = []
    for part, found in parts.items():
        made += [header(f"{part} ({found.total})"), *_rows(found, _EMPTY[part])]
        if found.total > len(found.pictures):
            more = button(f"All {found.total}", f"{ids.HOME_PART}:{part.name}", part.name)
            made.append(actions(more))
    return made


def results(asked: Asked, found: Found, roster: Roster) -> list[Block]:
    """Draw a page of what was looked for, with a way to the next and the one before."""
    look = asked.look or Look()
    narrowed = [
        *([roster.team_name(look.team)] if look.team else []),
        *([look.stage] if look.stage else []),
        *([f"“{look.words}”"] if look.words else []),
    ]
    title = ": ".join([look.part, ", ".join(narrowed)] if narrowed else [look.part])
    made = [header(f"{title} ({found.total})"), *_rows(found, _EMPTY[Part.ALL])]
    first = asked.page * A_PAGE
    last = first + len(found.pictures)
    ways = [
        *([button("Previous", f"{ids.HOME_PAGE}:back", str(asked.page - 1))] if first else []),
        *(
            [button("Next", f"{ids.HOME_PAGE}:on", str(asked.page + 1))]
            if last < found.total
            else []
        ),
    ]
    if ways:
        made += [context(f"{first + 1} to {last} of {found.total}"), actions(*ways)]
    return made


def falling_due(days: Sequence[tuple[date, int]], *, chart: str = "") -> list[Block]:
    """Draw how many requests fall due on each working day: in a sentence and as bars.

    `chart` is the id of the file with the picture of them; without it the bars are of text.
    """
    many = sum(count for _, count in days)
    title = header("What falls due in the next four weeks")
    if not many:
        return [title, section(wording.NOTHING_IN_FOUR_WEEKS)]
    most = max(days, key=lambda one: one[1])
    told = wording.falls_due(many, long_date(most[0]), most[1])
    if chart:
        image = {"type": "image", "slack_file": {"id": chart}, "alt_text": in_words(days)}
        return [title, section(escape(told)), image]
    bars = "\n".join(f"{day:%a} {day.day:>2} {day:%b}  {_bar(count)}" for day, count in days)
    return [title, section(escape(told)), section(f"```{bars}```")]


def in_words(days: Sequence[tuple[date, int]]) -> str:
    """Say what the chart shows to somebody who cannot see it: "Due on Thu 23 July: 1; …"."""
    due = "; ".join(f"{day:%a} {day.day} {day:%B}: {count}" for day, count in days if count)
    return wording.chart_says(due)


def manages(officer: Officer) -> bool:
    """Say whether somebody's Home shows what falls due."""
    return sees_everything(officer)


def _bar(count: int) -> str:
    return f"{'█' * min(count, 40)} {count}" if count else "·"


def _rows(found: Found, empty: str) -> list[Block]:
    rows = [
        said(line(one)) | {"accessory": button("Show", ids.SHOW, one.request.reference)}
        for one in found.pictures
    ]
    return rows or [section(empty)]


def _menu(label: str, action_id: str, choices: Mapping[str, str], chosen: str) -> Block:
    options = {key: {"text": plain(name, OPTION), "value": key} for key, name in choices.items()}
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(label, OPTION),
        "options": list(options.values()),
        "initial_option": options.get(chosen, options[_ALL]),
    }


def _search(words: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": ids.HOME_WORDS,
        "max_length": 100,
        "placeholder": plain("Reference, or words of the request", 150),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    return {
        "type": "input",
        "block_id": "search",
        "dispatch_action": True,
        "optional": True,
        "label": plain("Search, and press Enter", 150),
        "element": element | ({"initial_value": words} if words else {}),
    }


def changed(asked: Asked, action_id: str, value: str) -> Asked:
    """Give what a Home shows after something on it was pressed, chosen or typed."""
    look = asked.look or Look()
    what, _, _ = action_id.removeprefix(ids.HOME).partition(":")
    chosen = "" if value == _ALL else value
    match what:
        case "team":
            return Asked(look._replace(team=chosen))
        case "stage":
            return Asked(look._replace(stage=chosen))
        case "words":
            return Asked(look._replace(words=value))
        case "part":
            return Asked(Look(Part[value])) if value in Part.__members__ else Asked()
        case "page":
            return asked._replace(page=int(value) if value.isdecimal() else 0)
        case _:
            return Asked()
