"""Acting by buttons and forms only, as a person does who never types a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.doors.page import DESK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doors.page import Json, Page


# Without these no request is valid (s.8(1)(b)), and the form says so before it takes it.
APPLICANT = {"applicant_name": "Robin Example", "applicant_address": "1 High Street, Midshire"}


def press_on_card(page: Page, who: str, reference: str, label: str) -> Json:
    """Press what has this label on a card: a button, a menu's entry, or behind its last entry."""
    page.let_it_settle()
    card = page.card(reference)
    if label not in labels(card["blocks"]):
        card = press_on(page, who, card, "Everything you can do")["reply"]
    return press_on(page, who, card, label)


def press_on(page: Page, who: str, message: Json, label: str) -> Json:
    """Press the button of a message that has this label, or choose that entry of its menu."""
    there = {name: chosen for name, *chosen in choices(message["blocks"])}
    assert label in there, f"“{label}” is none of: {', '.join(there)}"
    action_id, value = there[label]
    return page.press(who, message["ts"], action_id, value, channel=DESK)


def labels(blocks: list[Json]) -> list[str]:
    """Give the labels of everything that can be pressed, menus opened."""
    return [name for name, _, _ in choices(blocks)]


def choices(blocks: list[Json]) -> Iterator[tuple[str, str, str]]:
    """Give what can be pressed: label, action id and value."""
    for block in blocks:
        for one in [*block.get("elements", []), block.get("accessory", {})]:
            for option in one.get("options", []):
                yield option["text"]["text"], one["action_id"], option["value"]
            if one.get("type") == "button":
                yield one["text"]["text"], one["action_id"], one["value"]


def fill_in(page: Page, who: str, pressed: Json, /, **values: str) -> Json:
    """Fill in the form that a press opened, submit it, and see that it was taken."""
    assert pressed["view_id"], f"no form was opened: {pressed['reply']}"
    outcome = page.submit(who, pressed["view_id"], **values)
    assert not outcome["errors"], outcome["errors"]
    return outcome


def sentence(outcome: Json) -> str:
    """Read what an act came to, without the acts that are open next."""
    text: Any = outcome["reply"]["text"]
    return str(text).partition(" You can: ")[0]


def stage_on(card: Json) -> str:
    """Read the stage that a card shows."""
    section = next(one for one in card["blocks"] if "fields" in one)
    stage: str = section["fields"][0]["text"].removeprefix("*Stage*\n")
    return stage
