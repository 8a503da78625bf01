"""The local Slack's page is usable by everybody: axe finds nothing serious on any screen of it.

The product's own cards, lists, ledger and forms are among the screens, wide and narrow, light and
dark.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

    from tests.doors.demonstrations import Demonstration

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SERIOUS = {"serious", "critical"}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [
    pytest.param(1280, 900, "light", id="wide and light"),
    pytest.param(1280, 900, "dark", id="wide and dark"),
    pytest.param(390, 844, "light", id="narrow and light"),
    pytest.param(390, 844, "dark", id="narrow and dark"),
]


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_axe_finds_nothing_serious_on_any_screen(  # one look of the page, and what it needs
    demonstration: Demonstration,
    browser: Browser,
    node_modules: Path,
    width: int,
    height: int,
    scheme: Any,
) -> None:
    tab = tab_of(browser, demonstration, node_modules, (width, height, scheme), where="")
    found: dict[str, list[str]] = {"the channel": serious(tab)}

    for words in ("help", "list", "show 002335/20", "why 002335/20"):
        demonstration.page.command("amira", f"/foi {words}")
        tab.get_by_text("Only visible to you").last.wait_for()
        found[f"/foi {words}"] = serious(tab)
    for name, words in FORMS.items():
        opened = demonstration.page.command("amira", f"/foi {words}")["view_id"]
        tab.get_by_role("dialog").last.wait_for()
        found[f"the form {name}"] = serious(tab)
        demonstration.page.post("close", **{"as": "amira", "view_id": opened, "all": True})
        tab.get_by_role("dialog").last.wait_for(state="hidden")

    tab.goto(f"{demonstration.url}/?as=amira#C0LEGAL")
    tab.evaluate(axe_of(node_modules))
    demonstration.page.post("administer", archive="legal")
    tab.get_by_text("This channel is archived").wait_for()
    found["an archived channel"] = serious(tab)
    demonstration.page.post("administer", unarchive="legal")
    tab.get_by_role("button", name="Archive channel", exact=True).click()
    tab.get_by_role("dialog", name="Archive #legal?").wait_for()
    found["archiving"] = serious(tab)

    assert {screen: wrong for screen, wrong in found.items() if wrong} == {}
    assert len(found) > 5


FORMS = {"which request": "claim", "note": "update 002335/20", "reason": "escalate 002335/20"}


def test_axe_does_find_what_is_wrong(browser: Browser, node_modules: Path) -> None:
    tab = browser.new_page()
    tab.set_content("<title>t</title><main><img src='x'><button></button></main>")
    tab.evaluate(axe_of(node_modules))

    assert [one.split(": ")[1] for one in serious(tab)] == [
        "button-name",
        "html-has-lang",
        "image-alt",
    ]


def axe_of(node_modules: Path) -> str:
    """Read axe itself."""
    return (node_modules / "axe-core" / "axe.min.js").read_text("utf-8")


def tab_of(
    browser: Browser,
    demonstration: Demonstration,
    node_modules: Path,
    look: tuple[Any, ...],
    *,
    where: str = "?as=amira#foi-desk",
) -> Tab:
    """Open the page in one look, as somebody at a place, with axe in it."""
    width, height, scheme = look
    tab = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB"
    )
    tab.set_default_timeout(30_000)
    tab.goto(f"{demonstration.url}/{where}")
    tab.locator("#messages article, #home .block").first.wait_for()  # all of a place comes at once
    tab.evaluate(axe_of(node_modules))
    return tab


def serious(tab: Tab) -> list[str]:
    """Ask axe about what is shown now. Gives each serious finding with the first place of it."""
    asked = json.dumps({"runOnly": STANDARDS, "resultTypes": ["violations"]})
    answer = tab.evaluate(f"axe.run(document, {asked})")
    return [
        f"{one['impact']}: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}"
        for one in answer["violations"]
        if one["impact"] in SERIOUS
    ]
