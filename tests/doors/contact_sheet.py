"""Takes a picture of every screen: `python -m tests.doors.contact_sheet [FOLDER]`.

Cards at each stage, every form, each role's Home, lists and refusals, as the local Slack draws
them: light, dark and narrow. FOLDER/index.html leads to all of them beside each other, and so do
the pictures light.png, dark.png and narrow.png.
"""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from playwright.sync_api import expect, sync_playwright
from slack_sdk import WebClient

from bot import wording
from bot.blocks import people
from bot.blocks.fields import Setting
from bot.blocks.fitting import fitted_view
from bot.blocks.modal import Carried, act_modal
from bot.blocks.notice import notice
from bot.demonstration.stage_set import BOT_TOKEN
from tests.bot.offices import CONFIG
from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.doors.demonstrations import Demonstration
from workflow import practice
from workflow.casework.stages import Act
from workflow.services.forms import FORMS as FORMS_OF_ACTS
from workflow.services.verbs import verb_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator
    from playwright.sync_api import Page as Tab

    from tests.doors.page import Page

TODAY = date(2020, 7, 14)
FOLDER = Path(tempfile.gettempdir()) / "foi-desk-screens"


class Look(NamedTuple):
    """One way in which every screen is looked at."""

    name: str
    scheme: str
    width: int
    height: int


LOOKS = (
    Look("light", "light", 1280, 900),
    Look("dark", "dark", 1280, 900),
    Look("narrow", "light", 390, 844),
    Look("narrow-dark", "dark", 390, 844),
)

TALL = 2200  # a Home is longer than a screen, and so are the longest form and answer

CALLS, CAMS, FLEET = "002335/20", "FOI-2020-0031", "FOI-2020-0027"
CAMERAS, PHONES, DRONES = "FOI-2020-0024", "FOI-2020-0012", "FOI-2020-0029"
COUNTERS = "FOI-2020-0015"

# Who opens which form by which command.
FORMS = (
    ("dana", "new"),
    ("dana", f"allocate {CALLS}"),
    ("dana", f"received {CALLS}"),
    ("dana", f"clarify {CALLS}"),
    ("dana", f"clarified {DRONES}"),
    ("dana", f"fees {CALLS}"),
    ("dana", f"split {CALLS}"),
    ("dana", f"group {CALLS}"),
    ("sian", f"reassign {CAMS}"),
    ("sian", f"estimate {CAMS}"),
    ("sian", f"search {CAMS}"),
    ("sian", f"return {CAMS}"),
    ("sian", f"update {CAMS}"),
    ("sian", f"escalate {CAMS}"),
    ("dana", f"exempt {FLEET}"),
    ("dana", f"harm {FLEET}"),
    ("dana", f"interest {FLEET}"),
    ("dana", f"answer {FLEET}"),
    ("dana", f"extend {FLEET}"),
    ("dana", f"refer {FLEET}"),
    ("dana", f"back {FLEET}"),
    ("dana", f"decide {FLEET}"),
    ("dana", f"transfer {FLEET}"),
    ("dana", f"draft {CAMERAS}"),
    ("grace", f"back {CAMERAS}"),
    ("dana", f"review {COUNTERS}"),
    ("dana", f"complaint {COUNTERS}"),
    ("dana", f"reopen {COUNTERS}"),
    ("ruth", f"decide {PHONES}"),
    ("dana", "claim"),
)

# Who is told what by which command.
ANSWERS = (
    ("dana", ""),
    ("dana", "help"),
    ("dana", "help claim"),
    ("dana", "list"),
    ("sian", "mine"),
    ("dana", f"show {PHONES}"),
    ("dana", f"why {CALLS}"),
    ("dana", f"why {DRONES}"),
    ("dana", f"check {CAMERAS}"),
    ("amira", f"claim {CALLS}"),
    ("joel", f"claim {CALLS}"),
    ("amira", f"approve {CAMERAS}"),
    ("dana", f"issue {CALLS}"),
    ("dana", "clame 002335"),
    ("dana", "show 4711"),
    ("dana", "show 2020-00"),
    ("dana", "list atlantis"),
)
CHARTED = ("dana", "marcus", "grace")  # who manages sees the chart
HOMES = ("amira", "dana", "marcus", "grace", "ruth")
CHANNELS = (("dana", "foi-desk"), ("amira", "control-room"))


def main() -> None:
    """Start a demonstration, look at every screen in each way, and lay the pictures out."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with tempfile.TemporaryDirectory() as office, sync_playwright() as playwright:
        demonstration = Demonstration(Path(office))
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=CHROMIUM_FLAGS,
        )
        try:
            _prepare(demonstration.page)
            for look in LOOKS:
                taken = list(_looked_at(browser, demonstration, look, folder))
                _lay_out(browser, folder, look, taken)
        finally:
            browser.close()
            demonstration.end()
    sys.stdout.write(f"{folder}\n")


def _prepare(page: Page) -> None:
    """Have an exemption engaged and an escalation made, so that there is something to see."""
    page.command("dana", f"/foi exempt {FLEET} s.43(2) The prices were given in confidence.")
    page.command("callum", f"/foi escalate {FLEET} The supplier does not answer.")
    page.command("sian", f"/foi update {CAMS} Waiting for finance.")
    page.let_it_settle()


def _looked_at(
    browser: Browser, demonstration: Demonstration, look: Look, folder: Path
) -> Iterator[Path]:
    """Take every picture of one way of looking. Gives the files, in order."""
    tab = browser.new_page(
        locale="en-GB",
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.scheme == "dark" else "light",
    )
    tab.set_default_timeout(10_000)
    page = demonstration.page
    into = folder / look.name
    into.mkdir(parents=True, exist_ok=True)
    _come(tab, demonstration.url, "amira", "#foi-desk")
    tab.evaluate("localStorage.clear()")
    _come(tab, demonstration.url, "amira", "#foi-desk", hints=True)
    yield _taken(tab, into, "first visit")
    for who, channel in CHANNELS:
        _come(tab, demonstration.url, who, f"#{_channel(page, channel)}")
        yield _taken(tab, into, f"channel {channel}")
    tab.set_viewport_size({"width": look.width, "height": TALL})
    for reference, card in _cards(tab, demonstration):
        yield _taken(card, into, f"card {reference}")
    for who in HOMES:
        page.get("home", **{"as": who})
        _come(tab, demonstration.url, who, "#home")
        if who in CHARTED:
            tab.locator("#home figure img").wait_for()
        yield _taken(tab.locator("#home"), into, f"home {who}")
    for who, words in FORMS:
        view_id = page.command(who, f"/foi {words}")["view_id"]
        assert view_id, f"/foi {words} opens no form for {who}"
        _come(tab, demonstration.url, who, "#home")
        yield _taken(tab.get_by_role("dialog"), into, f"form {words} by {who}")
        page.post("close", **{"as": who, "view_id": view_id})
    for who, words in ANSWERS:
        page.command(who, f"/foi {words}")
        _come(tab, demonstration.url, who, "#foi-desk")
        yield _taken(tab.locator("article.ephemeral").last, into, f"answer {words} to {who}")
    page.command("amira", f"/foi release {CALLS} For the next look.")
    yield from _every_form(tab, demonstration, into)
    tab.close()


def _every_form(tab: Tab, demonstration: Demonstration, into: Path) -> Iterator[Path]:
    """Take the form of every act, in the place of one that is open."""
    slack = WebClient(BOT_TOKEN, base_url=f"{demonstration.url}/api/")
    view_id = demonstration.page.command("amira", f"/foi update {CALLS}")["view_id"]
    _come(tab, demonstration.url, "amira", "#home")
    form = tab.get_by_role("dialog")
    for name, view in every_form():
        slack.views_update(view_id=view_id, view=view)
        expect(form.get_by_role("heading").first).to_have_text(view["title"]["text"])
        tab.wait_for_timeout(100)
        yield _taken(form, into, f"form {name}")
    demonstration.page.post("close", **{"as": "amira", "view_id": view_id})


def every_form() -> Iterator[tuple[str, dict[str, Any]]]:
    """Draw the form of every act, by its verb, and those about people."""
    roster = practice.read_roster(CONFIG)
    setting = Setting(roster, TODAY, "control-room", engaged=("s.31(1)(a)", "s.40(2)"))
    for act in FORMS_OF_ACTS:
        carried = Carried(act, "" if act is Act.LOG else CALLS, None)
        yield f"{verb_for(act).name} ({act})", fitted_view(act_modal(carried, setting))
    yield "absent", people.absent_modal(roster.officers[0], roster, today=TODAY, channel=None)
    yield "add somebody", people.add_modal(roster, channel=None)
    yield "change somebody", people.change_modal(roster, "amira", channel=None)
    yield "somebody left", people.leave_modal(roster, "", channel=None)
    yield "hand over people", people.handover_modal(roster, channel=None)
    yield "one moment", notice(wording.ONE_MOMENT)


def _channel(page: Page, name: str) -> str:
    return next(str(one["id"]) for one in page.get("channels") if one["name"] == name)


def _cards(tab: Tab, demonstration: Demonstration) -> Iterator[tuple[str, Locator]]:
    _come(tab, demonstration.url, "dana", "#foi-desk")
    for reference in (CALLS, DRONES, CAMS, FLEET, CAMERAS, COUNTERS, PHONES):
        heading = tab.get_by_role("heading", name=reference)
        yield reference, tab.locator("article").filter(has=heading).first


def _come(tab: Tab, url: str, who: str, where: str, *, hints: bool = False) -> None:
    """Open the page anew, as somebody, at a place."""
    tab.goto("about:blank")
    tab.goto(f"{url}/?as={who}{where}")
    if not hints:
        tab.evaluate("localStorage.setItem('sandbox.hints', 'closed')")
    tab.locator("#act-as-role").filter(has_text=f"@{who}").wait_for(state="attached")
    tab.wait_for_timeout(250)


def _taken(what: Tab | Locator, into: Path, name: str) -> Path:
    path = into / f"{''.join(c if c.isalnum() else '-' for c in name).strip('-')}.png"
    what.screenshot(path=path)
    return path


def _lay_out(browser: Browser, folder: Path, look: Look, taken: list[Path]) -> None:
    """Lay pictures out beside each other: in a page, and in one picture of it."""
    figures = "".join(
        f"<figure><img src='{look.name}/{one.name}'><figcaption>{html.escape(one.stem)}"
        "</figcaption></figure>"
        for one in taken
    )
    width = 240 if look.name.startswith("narrow") else 420
    style = (
        "body{font:12px sans-serif;columns:4;margin:8px}figure{break-inside:avoid;margin:0 0 12px}"
        f"img{{max-width:{width}px;width:100%;border:1px solid #888}}"
    )
    page = folder / f"{look.name}.html"
    page.write_text(f"<!doctype html><style>{style}</style>{figures}", encoding="utf-8")
    tab = browser.new_page(viewport={"width": 4 * (width + 20), "height": 800})
    tab.goto(page.as_uri())
    tab.screenshot(path=folder / f"{look.name}.png", full_page=True)
    tab.close()
    links = "".join(f"<p><a href='{one.name}.html'>{one.name}</a>" for one in LOOKS)
    (folder / "index.html").write_text(f"<!doctype html>{links}", encoding="utf-8")


if __name__ == "__main__":
    main()
