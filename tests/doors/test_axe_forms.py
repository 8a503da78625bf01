"""Every form of the desk, each person's Home and the messages are usable by everybody: axe agrees.

A few forms in each of two looks; all forms, wide and narrow, light and dark, with
FOI_LARGE_PROOFS=1.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from bot import ids
from bot.blocks.about import begun, concerned, meanwhile
from bot.blocks.fields import Setting
from bot.blocks.fitting import fitted_view
from bot.blocks.modal import Carried, act_modal
from bot.blocks.which import which_modal
from bot.demonstration.stage_set import BOT_TOKEN
from tests.bot.offices import CONFIG
from tests.doors.contact_sheet import every_form
from tests.doors.test_axe import LOOKS, serious, tab_of
from workflow import practice
from workflow.casework.stages import Act
from workflow.services.forms import FORMS
from workflow.services.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.doors.demonstrations import Demonstration

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

LARGE = os.environ.get("FOI_LARGE_PROOFS", "0") not in {"", "0"}  # noqa: TID251 - the tests' own

Json = dict[str, Any]
TODAY = date(2020, 7, 14)
MORNING = datetime(2020, 7, 14, 9, tzinfo=UTC)
CALLS = "002335/20"
A_FEW = ("new", "interest", "answer", "return")
HOMES = ("amira", "dana", "marcus", "grace", "ruth")
WORDS = ("", "help", "list", "mine", "people", f"show {CALLS}", f"why {CALLS}", "clame 002335")


def forms() -> Iterator[tuple[str, Json]]:
    """Draw the forms to look at: a few, or every one there is."""
    for name, view in every_form():
        if LARGE or view["callback_id"] != ids.ACT_MODAL or name.split(" (")[0] in A_FEW:
            yield name, view
    setting = Setting(practice.read_roster(CONFIG), TODAY)
    carried = Carried(Act.UPDATE, CALLS, None)
    over = [
        *meanwhile(["Joel Barker noted: the tapes are found."]),
        *concerned(["It looks like FOI-2020-0012."]),
    ]
    yield "which request", which_modal(VERBS[0], channel=None)
    yield "overtaken", act_modal(carried, setting, above=over)
    yield "with a draft", act_modal(carried, setting, above=[begun(MORNING)])


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS if LARGE else [LOOKS[0], LOOKS[-1]])
def test_axe_finds_nothing_serious_on_any_form(
    demonstration: Demonstration,
    browser: Browser,
    node_modules: Path,
    width: int,
    height: int,
    scheme: Any,
) -> None:
    tab = tab_of(browser, demonstration, node_modules, (width, height, scheme))
    slack = WebClient(BOT_TOKEN, base_url=f"{demonstration.url}/api/")
    found: dict[str, list[str]] = {}
    opened = demonstration.page.command("amira", f"/foi update {CALLS}")["view_id"]
    form = tab.get_by_role("dialog").last
    form.wait_for()

    for name, view in forms():
        drawn = fitted_view(view)
        slack.views_update(view_id=opened, view=drawn | {"callback_id": name})
        expect(form.get_by_role("heading").first).to_have_text(drawn["title"]["text"])
        expect(form.locator(".block")).to_have_count(len(drawn["blocks"]))
        found[name] = serious(tab)

    demonstration.page.post("close", **{"as": "amira", "view_id": opened, "all": True})
    tab.close()
    assert {one: wrong for one, wrong in found.items() if wrong} == {}
    assert len(found) >= (len(FORMS) if LARGE else len(A_FEW)) + 9


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS if LARGE else [LOOKS[1], LOOKS[2]])
def test_axe_finds_nothing_serious_on_any_home_or_answer(
    demonstration: Demonstration,
    browser: Browser,
    node_modules: Path,
    width: int,
    height: int,
    scheme: Any,
) -> None:
    found: dict[str, list[str]] = {}
    for who in HOMES:
        demonstration.page.get("home", **{"as": who})
    for who in HOMES if LARGE else ("marcus",):
        look = (width, height, scheme)
        tab = tab_of(browser, demonstration, node_modules, look, where=f"?as={who}#home")
        tab.locator("#home .block").first.wait_for()
        if who == "marcus":
            tab.locator("#home figure img").wait_for()
        found[f"Home of {who}"] = serious(tab)
        tab.close()

    tab = tab_of(browser, demonstration, node_modules, (width, height, scheme))
    for words in WORDS:
        before = tab.locator("article.ephemeral").count()
        demonstration.page.command("amira", f"/foi {words}".strip())
        expect(tab.locator("article.ephemeral")).to_have_count(before + 1)
        found[f"/foi {words}"] = serious(tab)
    tab.close()

    assert {one: wrong for one, wrong in found.items() if wrong} == {}
