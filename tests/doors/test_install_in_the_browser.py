"""The app installed by a person in a real browser: every page of ours, looked at by axe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import wording
from tests.doors.installer import installable
from tests.doors.test_axe import LOOKS, serious

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.doors.served import Served

BEHIND = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 18, 18)"}  # the page's own style counts
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a desk that has no token and may be installed."""
    started = installable(tmp_path_factory.mktemp("browser"))
    yield started
    started.end()


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_a_person_installs_it_by_the_link_and_no_page_keeps_anybody_out(  # one look of each page
    desk: Served, browser: Browser, node_modules: Path, width: int, height: int, scheme: Any
) -> None:
    tab = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB"
    )
    axe = (node_modules / "axe-core" / "axe.min.js").read_text("utf-8")
    found: dict[str, list[str]] = {}

    def look() -> str:
        tab.evaluate(axe)
        headline = tab.get_by_role("heading", level=1).inner_text()
        found[headline] = serious(tab)
        assert tab.title() == headline
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        behind = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert behind == BEHIND[scheme]
        return headline

    tab.goto(f"{desk.url}/slack/install")
    assert look() == wording.INSTALL
    desk.page.post("administer", consent="denied")
    tab.get_by_role("link", name=wording.GO_ON_TO_SLACK).click()
    assert look() == wording.NOT_INSTALLED
    desk.page.post("administer", consent="")
    tab.get_by_role("link", name=wording.BEGIN_AGAIN).click()
    tab.get_by_role("link", name=wording.GO_ON_TO_SLACK).press("Enter")
    assert look() == wording.INSTALLED

    assert tab.url == f"{desk.url}/slack/installed"  # no code stands there, and none is sent again
    assert "foi-install" not in [one.get("name") for one in tab.context.cookies()]
    assert {page: wrong for page, wrong in found.items() if wrong} == {}
    tab.close()
