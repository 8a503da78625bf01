"""Takes the picture of the README anew: `python -m tests.doors.picture`.

It shows the desk's channel after Amira's claim, with the answer to `/foi why` below the card.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.doors.demonstrations import Demonstration
from tests.doors.programs import ROOT
from tests.doors.tell import CALLS
from tests.doors.visitor import Visitor

PICTURE = ROOT / "docs" / "pictures" / "demonstration.png"
SMALLER = 0.78  # so that card and answers stand on one screen


def main() -> None:
    """Start a demonstration, claim and ask why in a browser, and take the picture."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demonstration = Demonstration(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        try:
            tab = browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 800})
            visitor = Visitor(tab, demonstration.url, PICTURE.parent)
            _take(visitor)
        finally:
            browser.close()
            demonstration.end()


def _take(visitor: Visitor) -> None:
    visitor.come()
    visitor.tab.evaluate(f"document.body.style.zoom = {SMALLER}")
    visitor.tab.get_by_role("button", name="Close these suggestions").click()
    visitor.act_as("amira")
    visitor.type(f"/foi claim {CALLS}")
    visitor.told("Amira Hassan claimed it.")
    expect(visitor.card(CALLS)).to_contain_text("Amira Hassan")
    visitor.type(f"/foi why {CALLS}")
    visitor.told("Monday 3 August 2020 (Summer bank holiday, Scotland)")
    visitor.tab.mouse.move(0, 0)
    visitor.tab.wait_for_timeout(500)  # until it has scrolled
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    visitor.picture(PICTURE.stem)


if __name__ == "__main__":
    main()
