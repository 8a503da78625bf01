"""A whole office in a folder of its own, whose time the test moves, and its pages as lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.recorder import Recorder
from workflow.bank_holidays import HOUSE_CONFIGS
from workflow.bootstrap import open_office
from workflow.services import acts, lists

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workflow.casework.stages import Act
    from workflow.services.messenger import Messenger
    from workflow.services.office import Office
    from workflow.services.pictures import CardPicture

CONFIG = next(folder for folder in HOUSE_CONFIGS if folder.is_dir())
CALLS = "002335/20"


class AtWork:
    """An office at work on one request, at a time that is set by hand."""

    def __init__(
        self, folder: Path, messenger: Messenger | None = None, *, config: Path = CONFIG
    ) -> None:
        self._now = datetime(2020, 7, 14, 9, 0, tzinfo=ZoneInfo("Europe/London"))
        self._machine = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        office = open_office(
            database_url=f"sqlite:///{folder / 'office.db'}",
            config_dir=config,
            messenger=messenger or Recorder(),
            now=lambda: self._now,
        )
        self.office: Office = replace(office, wall=lambda: self._machine)

    def wait(self, seconds: float) -> None:
        """Let the machine's time pass: leases end, and what was put off is tried again."""
        self._machine += timedelta(seconds=seconds)

    def on(self, day: str) -> None:
        """Let it be nine o'clock on a day: "Wed 2020-08-12"."""
        moment = datetime.strptime(f"{day} 09:00", "%a %Y-%m-%d %H:%M")  # noqa: DTZ007 - UK's below
        assert f"{moment:%a}" == day[:3], "the weekday is wrong"
        self._now = moment.replace(tzinfo=ZoneInfo("Europe/London"))

    def log(self, reference: str = CALLS, **words: Any) -> None:
        given: dict[str, Any] = {
            "subject": "Emergency calls in 2019",
            "description": "How many were there?",
            **words,
        }
        dana = self.office.roster.officer("dana")
        acts.log(self.office, officer=dana, reference=reference, **given)

    def do(self, who: str, act: Act, reference: str = CALLS, **words: Any) -> None:
        officer = self.office.roster.officer(who)
        acts.perform(self.office, act, reference, officer=officer, **words)

    def picture(self, reference: str = CALLS) -> CardPicture:
        return lists.card(self.office, lists.find(self.office, reference))


def drawn(blocks: list[dict[str, Any]]) -> list[str]:
    """Write blocks as lines, with everything that is in them, so that a person can compare them."""
    return [line for block in blocks for line in _lines(dict(block))]


def _lines(block: dict[str, Any]) -> Iterator[str]:
    kind = block.pop("type")
    match kind:
        case "header":
            yield f"header: {_text(block.pop('text'))}"
        case "section":
            if "text" in block:
                yield f"section: {_text(block.pop('text'))}"
            for field in block.pop("fields", []):
                yield f"field: {_text(field)}".replace("\n", " | ")
            if "accessory" in block:
                yield f"  beside it: {_element(block.pop('accessory'))}"
        case "context":
            yield f"context: {' + '.join(_text(one) for one in block.pop('elements'))}"
        case "actions":
            for element in block.pop("elements"):
                yield from _element(element).split("\n")
        case "input":
            optional = " (optional)" if block.pop("optional") else ""
            optional += "" if block.pop("dispatch_action") else " (not kept)"
            hint = f" [{_text(block.pop('hint'))}]" if "hint" in block else ""
            yield f"{block.pop('block_id')}{optional}: {_text(block.pop('label'))}{hint}"
            yield from (f"  {one}" for one in _element(block.pop("element")).split("\n"))
        case _:
            raise AssertionError(f"a block of type {kind}")
    assert block == {}, f"{kind} has more: {block}"


def _text(text: dict[str, Any]) -> str:
    sign = {"plain_text": "", "mrkdwn": "mrkdwn "}[text["type"]]
    assert set(text) == {"type", "text", "emoji" if not sign else "verbatim"}, text
    return f"{sign}{text['text']}"


def _element(element: dict[str, Any]) -> str:
    one = dict(element)
    kind, action = one.pop("type"), one.pop("action_id")
    typed = one.pop("dispatch_action_config", {"trigger_actions_on": ["on_character_entered"]})
    assert typed == {"trigger_actions_on": ["on_character_entered"]}
    if kind == "button":
        style = f" ({one.pop('style')})" if "style" in one else ""
        made = f"button{style}: {_text(one.pop('text'))} -> {action} {one.pop('value')}"
    elif "options" in one:
        options = [f"{_text(each['text'])} = {each['value']}" for each in one.pop("options")]
        made = "\n".join([f"{kind} -> {action}", *(f"  {each}" for each in options)])
        one.pop("initial_option", None)
    else:
        made = f"{kind} -> {action} {sorted(one.items())}"
        one.clear()
    assert one == {}, f"{kind} has more: {one}"
    return made
