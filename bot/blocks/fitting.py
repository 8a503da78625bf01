"""What is drawn, made to fit what Slack takes: everything that goes out passes through here.

Nothing is left out unsaid. Words over a limit are shortened and say where the whole is; rows over
a limit become a second row; blocks over a limit become one line that counts them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot import ids, wording
from bot.blocks import limits
from bot.blocks.limits import HOLDS, Holds
from bot.blocks.notice import notice
from bot.blocks.text import CUT, Block, context, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INSIDE = {"options": "option", "option_groups": "option_group", "fields": "field"}
_SEVERAL_ROWS = {("section", "fields"), ("context", "elements"), ("actions", "elements")}
_WITH_ROOM = 200  # characters: what is shorter has no room to say where the whole is


def fitted_message(
    text: str, blocks: Sequence[Block] | None, *, about: str = ""
) -> tuple[str, list[Block] | None]:
    """Make a message fit: its words, and its blocks if there are any.

    The words stand for the blocks in notifications. Without blocks they are all that is said.
    `about` is the reference of the request it is about; else it is read from the buttons.
    """
    look = f"{ids.COMMAND} show {about}" if about else _look(blocks or [])
    if not blocks:
        return _cut(text, limits.MESSAGE_TEXT, look), None
    rows = _rows(blocks, look)
    return (
        _cut(text, limits.MESSAGE_SUMMARY, look),
        _within(rows, limits.BLOCKS_OF_MESSAGE, limits.CHARACTERS_OF_BLOCKS, look),
    )


def fitted_view(view: Block) -> Block:
    """Make a modal or an App Home fit. A modal that carries too much says so instead."""
    kind = view["type"]
    look = _look(view["blocks"])
    made = _fitted(view, kind, look)
    if made is None and kind == "home":
        made = _fitted({**view, "private_metadata": ""}, kind, look)
    if made is None:
        return notice(wording.FORM_TOO_LARGE)
    rows = _rows(view["blocks"], look)
    return {**made, "blocks": _within(rows, limits.BLOCKS_OF_VIEW, None, look)}


def fitted_options(options: Sequence[Block]) -> list[Block]:
    """Make the entries of a menu that is searched fit: the best hundred, which typing narrows."""
    made = (_fitted(one, "option", "") for one in options)
    return [one for one in made if one is not None][: limits.OPTIONS_OFFERED]


def _look(blocks: Sequence[Block]) -> str:
    """Say where the whole can be read: the one request these blocks are about, or the list."""
    elements = [
        element
        for block in blocks
        for element in (*block.get("elements", ()), block.get("accessory") or {})
    ]
    about = {
        str(one.get("value"))
        for one in elements
        if one.get("action_id") in {ids.SHOW, ids.WHY} and len(str(one.get("value"))) <= _WITH_ROOM
    }
    if len(about) == 1:
        return f"{ids.COMMAND} show {about.pop()}"
    return f"{ids.COMMAND} list"


def _rows(blocks: Sequence[Block], look: str) -> list[Block]:
    """Make each block fit, as several where its entries need that."""
    return [made for block in blocks for made in _block(block, look)]


def _block(block: Block, look: str) -> Iterator[Block]:
    kind = str(block["type"])
    made = _fitted(block, kind, look)
    if made is None:
        return
    if len(str(made.get("block_id", ""))) > limits.BLOCK_ID:
        del made["block_id"]
    for name in ("accessory", "element"):
        if name in made:
            made[name] = _fitted(made[name], made[name]["type"], look)
            if made[name] is None:
                del made[name]
    if kind == "input" and "element" not in made:
        label = escape(str(made["label"]["text"]))
        yield context(f"{label} {wording.NOTHING_TO_CHOOSE}")
        return
    yield from _divided(made, kind)
    if words := _left_out(block, look):
        yield context(words)


def _divided(block: Block, kind: str) -> Iterator[Block]:
    """Give a block with more entries than one may have as several of them."""
    name = next((field for one, field in _SEVERAL_ROWS if one == kind and field in block), "")
    if not name:
        yield block
        return
    entries, most = block[name], HOLDS[kind].entries[name]
    rest = {key: one for key, one in block.items() if key not in {"block_id", "text", "accessory"}}
    for first in range(0, len(entries), most):
        yield {**(rest if first else block), name: entries[first : first + most]}


def _fitted(one: Block, kind: str, look: str) -> Block | None:
    """Make one object fit; None where it could do nothing: an id too long, nothing to choose."""
    holds = HOLDS.get(kind, Holds())
    if any(len(str(one.get(name) or "")) > most for name, most in holds.ids.items()):
        return None
    made = dict(one)
    for name, most in holds.words.items():
        if made.get(name) or (name in made and name != "initial_value"):
            made[name] = _words(made[name], most, look)
    for name, most in holds.entries.items():
        if name in made:
            made[name] = _entries(made[name], _INSIDE.get(name), look)
            if (kind, name) not in _SEVERAL_ROWS:
                made[name] = _chosen_kept(made, made[name], most)
            if not made[name]:
                return None
    if "initial_option" in made:
        chosen = _fitted(made.pop("initial_option"), "option", look)
        made |= {"initial_option": chosen} if chosen else {}
    return made


def _entries(entries: Sequence[Block], kind: str | None, look: str) -> list[Block]:
    made = (_fitted(one, kind or str(one["type"]), look) for one in entries)
    return [one for one in made if one is not None]


def _chosen_kept(menu: Block, options: list[Block], most: int) -> list[Block]:
    """Keep as many entries as a menu holds, the one that is chosen among them."""
    kept = options[:most]
    chosen = (menu.get("initial_option") or {}).get("value")
    if chosen and chosen not in {one.get("value") for one in kept}:
        kept = [*kept[:-1], *(one for one in options if one.get("value") == chosen)]
    return kept


def _left_out(block: Block, look: str) -> str:
    """Say that a menu shows fewer than there are."""
    for menu in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
        most = HOLDS.get((menu or {}).get("type", ""), Holds()).entries.get("options")
        there = len((menu or {}).get("options") or ())
        if most and there > most:
            return f"The menu shows {most} of {there}. For another one type the command: `{look}`"
    return ""


def _words(words: Any, most: int, look: str) -> Any:
    """Make a text, or the words of a text object, fit. Slack takes none that is empty."""
    if isinstance(words, dict):
        return {**words, "text": _words(words.get("text"), most, look)}
    return _cut(str(words or "") or "–", most, look)


def _cut(text: str, most: int, look: str) -> str:
    """Shorten a text to a limit and say where the whole is; what a builder shortened, too."""
    if len(text) <= most and not text.endswith(CUT):
        return text
    has_room = most > _WITH_ROOM and look
    told = f" … (shortened; the whole: {look})" if has_room else "…"
    return _unbroken(text.removesuffix(CUT)[: most - len(told)].rstrip()) + told


def _unbroken(text: str) -> str:
    """Take away the half of an escaped sign that a cut left behind: "&am" of "&amp;"."""
    start = text.rfind("&", -5)
    return text if start < 0 or ";" in text[start:] else text[:start]


def _within(rows: list[Block], most: int, characters: int | None, look: str) -> list[Block]:
    """Keep the first blocks that fit, the fields of a form and the last row of buttons."""
    if _fits(rows, most, characters):
        return rows
    needed = [n for n, one in enumerate(rows) if one["type"] == "input"]
    if rows[-1]["type"] == "actions":
        needed.append(len(rows) - 1)
    spare = [n for n in range(len(rows)) if n not in needed]
    kept: list[Block] = []
    while spare:
        left = len(rows) - len(spare) - len(needed) + 1
        last = spare.pop()
        told = context(f"… and {left} more: `{look}`")
        kept = [
            told if n == last else one
            for n, one in enumerate(rows)
            if n == last or n in needed or n in spare
        ]
        if _fits(kept, most, characters):
            return kept
    if rows[-1]["type"] == "actions":  # they alone are too much
        return _within([*rows[:-1], context(f"No buttons: `{look}`")], most, characters, look)
    return kept or rows[:most]


def _fits(rows: Sequence[Block], most: int, characters: int | None) -> bool:
    return len(rows) <= most and (characters is None or len(_json(rows)) <= characters)


def _json(rows: Sequence[Block]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
