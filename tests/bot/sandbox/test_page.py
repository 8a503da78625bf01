"""The page in a real browser: what a newcomer does first, and what hostile text cannot do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect
from slack_sdk.errors import SlackApiError

from tests.bot.sandbox.bench import Bench, free_port, running
from tests.bot.sandbox.lending import HOSTILE, card, lends
from tests.conftest import CHROMIUM_FLAGS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

WORDS = {"card": "Post a card", "form": "Open a form"}


def completions(_handle: str, text: str) -> list[dict[str, Any]]:
    lines = [(f"/lend {word}", description) for word, description in WORDS.items()]
    return [
        {"text": line, "description": description}
        for line, description in lines
        if line.startswith(text)
    ]


class Visit:
    """A visitor's browser on the page, the bench behind it, and what went wrong on the page."""

    def __init__(self, bench: Bench, page: Page) -> None:
        self.bench = bench
        self.page = page
        self.wrong: list[str] = []
        self.elsewhere: list[str] = []
        self.submitted: list[dict[str, Any]] = []
        lends(bench.bolt, self.submitted, [])
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", self._note)
        page.on("request", self._note_address)

    def _note(self, message: Any) -> None:
        if message.type == "error":
            self.wrong.append(message.text)

    def _note_address(self, request: Any) -> None:
        if not request.url.startswith((self.bench.url, "data:")):
            self.elsewhere.append(request.url)

    async def open(self) -> None:
        await self.page.goto(self.bench.url)
        await expect(self.page.get_by_role("heading", level=1)).to_have_text("# desk")

    async def type(self, text: str) -> None:
        await self.page.get_by_label("Message #desk").fill(text)
        await self.page.keyboard.press("Enter")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def launched(chromium: str) -> AsyncIterator[Browser]:
    """Launch one browser for all of them; each visit has a context of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=list(CHROMIUM_FLAGS)
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def visiting(launched: Browser, folder: Path, **context: Any) -> AsyncIterator[Visit]:
    hints = [("Post a card", "/lend card"), ("Open a form", "/lend form")]
    async with running(folder, completions=completions, hints=hints) as bench:
        page = await launched.new_page(locale="en-GB", **context)
        page.set_default_timeout(10_000)
        visit = Visit(bench, page)
        yield visit
        await page.close()
        assert visit.wrong == []
        assert visit.elsewhere == []


@pytest_asyncio.fixture(loop_scope="module")
async def visit(launched: Browser, tmp_path: Path) -> AsyncIterator[Visit]:
    async with visiting(launched, tmp_path) as one:
        await one.open()
        yield one


async def test_a_command_is_completed_by_keyboard_and_answered(visit: Visit) -> None:
    page = visit.page
    box = page.get_by_role("combobox", name="Message #desk")

    await box.press_sequentially("/l")
    offered = page.get_by_role("listbox", name="Completions").get_by_role("option")
    await expect(offered).to_have_count(1)
    await page.keyboard.press("Tab")
    await expect(box).to_have_value("/lend ")
    await expect(offered).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("/lend card")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="A copper kettle")).to_be_visible()
    await visit.type("/lend a kettle")
    private = page.locator(".ephemeral")
    await expect(private).to_contain_text("Only visible to you")
    await expect(private).to_contain_text("You lend a kettle")


async def test_a_button_changes_the_card_and_opens_a_thread(visit: Visit) -> None:
    page = visit.page
    await visit.type("/lend card")
    claim = page.get_by_role("button", name="Claim")

    await claim.click()

    await expect(page.get_by_text("held by @Amal Haddad")).to_be_visible()
    await expect(page.get_by_text("(edited)")).to_be_visible()
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_text("claimed it at")).to_be_visible()
    await thread.get_by_label("Reply in this thread").fill("Well done")
    await page.keyboard.press("Enter")
    await expect(thread.get_by_text("Well done")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()


async def test_a_confirmation_is_asked_before_the_act(visit: Visit) -> None:
    page = visit.page
    await visit.type("/lend card")

    await page.get_by_role("button", name="Report lost").click()
    await page.get_by_role("button", name="Keep looking").click()
    await page.get_by_role("button", name="Report lost").click()
    await expect(page.get_by_role("dialog", name="Lost for good?")).to_be_visible()
    await page.get_by_role("button", name="Yes, lost").click()

    await expect(page.get_by_text("Reported as lost.")).to_have_count(1)


async def test_a_modal_is_filled_corrected_and_submitted(visit: Visit) -> None:
    page = visit.page
    await visit.type("/lend form")
    modal = page.get_by_role("dialog", name="Describe it")

    await modal.get_by_role("button", name="Save").click()
    await expect(modal.get_by_text("This field is required.")).to_be_visible()
    await expect(modal.get_by_label("Name")).to_be_focused()
    await modal.get_by_label("Name").fill("bad")
    await page.keyboard.press("Enter")
    await expect(modal.get_by_text("Not that name.")).to_be_visible()
    await modal.get_by_label("Name").fill("Kettle")
    await modal.get_by_label("Shelf").select_option("Bottom")
    await modal.get_by_label("Maker").press_sequentially("Smy")
    await expect(modal.locator("datalist option")).to_have_count(1)
    await modal.get_by_label("Maker").fill("Smythe")
    await modal.get_by_label("Dented").check()
    await modal.get_by_role("button", name="Save").click()

    await expect(modal).to_be_hidden()
    [values] = visit.submitted
    assert values["name"]["name_value"]["value"] == "Kettle"
    assert values["shelf"]["shelf_value"]["selected_option"]["value"] == "bottom"
    assert values["maker"]["maker_value"]["selected_option"]["value"] == "smythe"
    assert [one["value"] for one in values["wear"]["wear_value"]["selected_options"]] == ["dented"]


async def test_home_and_direct_messages_belong_to_the_person_acted_as(visit: Visit) -> None:
    page = visit.page

    await page.get_by_label("Acting as").select_option("bryn")
    await page.get_by_role("link", name="Home").click()
    await expect(page.get_by_role("heading", name="Lent to <U0BRYN>")).to_be_visible()
    await page.get_by_role("link", name="Messages").click()
    await page.get_by_label("Message Lending").fill("hello")
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("You said: hello")).to_be_visible()
    await page.get_by_label("Acting as").select_option("amal")
    await page.get_by_role("link", name="Messages").click()
    await expect(page.get_by_text("Nothing has been said here yet.")).to_be_visible()


async def test_a_message_elsewhere_is_marked_unread_until_it_is_read(visit: Visit) -> None:
    page = visit.page
    link = page.get_by_role("link", name="quiet")
    await visit.bench.client.chat_postMessage(channel="C0QUIET", text="over here")

    await expect(link).to_contain_text("unread")
    await link.click()
    await expect(page.get_by_text("over here")).to_be_visible()
    await expect(link).not_to_contain_text("unread")


async def test_the_clock_moves_by_working_days_and_tells_what_happened(visit: Visit) -> None:
    page = visit.page
    await expect(page.get_by_text("Tuesday 14 July 2020, 09:00")).to_be_visible()

    await page.get_by_role("button", name="+5 working days").click()

    summary = page.get_by_role("dialog", name="It is now Tuesday 21 July 2020, 09:00")
    await expect(summary.get_by_role("listitem")).to_have_count(5)
    await expect(summary.get_by_text("Monday 20 July 2020, 09:00")).to_be_visible()
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("button", name="Set date").click()
    setting = page.get_by_role("dialog", name="Set the date and time")
    await expect(setting.get_by_label("Date and time")).to_be_focused()
    await expect(setting.get_by_role("status")).to_have_text("Tuesday 21 July 2020, 09:00")
    await setting.get_by_label("Date and time").fill("2020-08-12T09:30")
    await expect(setting.get_by_role("status")).to_have_text("Wednesday 12 August 2020, 09:30")
    await page.keyboard.press("Enter")
    summary = page.get_by_role("dialog", name="It is now Wednesday 12 August 2020, 09:30")
    await expect(summary.get_by_text("Wednesday 12 August 2020, 09:30")).to_have_count(2)
    await expect(summary.get_by_text("by: hand")).to_be_visible()
    await expect(page.locator("#clock-text")).to_have_text("Wednesday 12 August 2020, 09:30")


async def test_a_channel_is_archived_and_unarchived_by_keyboard(visit: Visit) -> None:
    page, app = visit.page, visit.bench.client
    box = page.get_by_label("Message #desk")
    await page.get_by_role("button", name="Archive channel").focus()
    await page.keyboard.press("Enter")
    asked = page.get_by_role("dialog", name="Archive #desk?")
    await page.keyboard.press("Escape")
    await expect(asked).to_be_hidden()
    await expect(box).to_be_visible()

    await page.keyboard.press("Enter")
    await expect(asked.get_by_role("button", name="Archive channel")).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("This channel is archived")).to_be_visible()
    await expect(box).to_be_hidden()
    await expect(page.get_by_role("link", name="desk archived")).to_be_visible()
    with pytest.raises(SlackApiError, match="is_archived"):
        await app.chat_postMessage(channel="C0DESK", text="too late")
    refused = "#desk is archived: unarchive it to write there."
    for path in ("command", "message"):
        said = {"as": "amal", "channel": "desk", "text": "/lend card"}
        answer = await visit.bench.http.post(f"/sandbox/{path}", json=said)
        assert (answer.status_code, answer.json()["error"]) == (400, refused)

    await expect(page.get_by_role("button", name="Unarchive channel")).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("#desk is open again.")).to_be_visible()
    await expect(box).to_be_visible()
    await expect(page.get_by_role("link", name="desk archived")).to_have_count(0)
    await app.chat_postMessage(channel="C0DESK", text="open again, says the app")
    await expect(page.get_by_text("open again, says the app")).to_be_visible()


async def test_a_date_in_a_form_is_told_in_words(visit: Visit) -> None:
    page = visit.page
    picker = {"type": "datepicker", "action_id": "day", "initial_date": "2020-07-08"}
    asked = {
        "type": "section",
        "text": {"type": "plain_text", "text": "Since"},
        "accessory": picker,
    }
    await visit.bench.client.chat_postMessage(channel="C0DESK", text="Since", blocks=[asked])

    card = page.locator("article").filter(has_text="Since").last
    await expect(card.get_by_role("status")).to_have_text("Wednesday 8 July 2020")
    await card.locator("input[type=date]").fill("2020-08-12")

    await expect(card.get_by_role("status")).to_have_text("Wednesday 12 August 2020")


async def test_the_narrow_clock_takes_two_rows(launched: Browser, tmp_path: Path) -> None:
    async with visiting(launched, tmp_path, viewport={"width": 390, "height": 844}) as visit:
        await visit.open()
        await visit.page.evaluate("document.querySelector('[data-move=due]').hidden = false")

        buttons = visit.page.locator("#clock-moves button:visible")
        tops = {(await one.bounding_box())["y"] for one in await buttons.all()}  # type: ignore[index]  # visible, so it has a box

        assert await buttons.count() == 4
        assert len(tops) == 1
        box = await visit.page.locator("header.bar").bounding_box()
        assert box is not None
        assert box["height"] < 80


async def test_hostile_text_is_shown_and_does_nothing(visit: Visit) -> None:
    page = visit.page
    shown = "<!channel> <@U0AMAL> <script>alert(1)</script> &amp;"
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": "<img src=x onerror=alert(2)> <!here>"}],
            }
        ],
    }
    await visit.bench.client.chat_postMessage(channel="C0DESK", text=HOSTILE)
    await visit.bench.client.chat_postMessage(
        channel="C0DESK", text="x", blocks=[*card(HOSTILE), rich]
    )
    await visit.bench.client.chat_postMessage(
        channel="C0DESK", text="<javascript:alert(3)|safe> and <https://example.org|a link>"
    )
    await visit.bench.client.chat_postMessage(channel="C0DESK", text="hello <@U0AMAL>")

    await expect(page.get_by_text(shown)).to_have_count(2)
    await expect(page.get_by_text("<img src=x onerror=alert(2)> <!here>")).to_be_visible()
    messages = page.get_by_role("log", name="Messages")
    await expect(messages.locator(".mention")).to_have_text(["@Amal Haddad"])
    await expect(messages.locator("script, img")).to_have_count(0)
    links = messages.locator(".text a")
    await expect(links).to_have_text(["a link"])
    assert await links.get_attribute("rel") == "noopener noreferrer"


async def test_a_message_shortcut_is_found_in_the_messages_menu(visit: Visit) -> None:
    page = visit.page
    await visit.type("/lend card")
    await page.get_by_role("article").first.hover()

    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Lend it").click()

    await expect(page.get_by_role("dialog", name="Lend it")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_inspector_shows_what_the_app_was_sent(visit: Visit) -> None:
    page = visit.page
    await visit.type("/lend a kettle")
    await expect(page.locator(".ephemeral")).to_be_visible()

    await page.get_by_role("button", name="Inspector").click()

    inspector = page.get_by_role("complementary", name="Inspector")
    await inspector.get_by_text("→ app /lend").click()
    await expect(inspector.get_by_text('"user_name": "amal"')).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_narrow_screen_shows_everything_without_sideways_scrolling(
    launched: Browser, tmp_path: Path, scheme: str
) -> None:
    narrow = {"viewport": {"width": 380, "height": 760}, "color_scheme": scheme}
    async with visiting(launched, tmp_path, **narrow) as visit:
        page = visit.page
        await visit.open()
        await page.get_by_role("button", name="Post a card").click()
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Claim").click()
        await expect(page.get_by_text("held by @Amal Haddad")).to_be_visible()
        await page.get_by_role("button", name="1 reply").click()
        await expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Channels").click()
        await expect(page.get_by_label("Acting as")).to_be_focused()

        widths = await page.evaluate(
            "[document.documentElement.scrollWidth, document.getElementById('scroll').scrollWidth]"
        )
        background = await page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert max(widths) <= 380
    assert background == {"light": "rgb(251, 250, 247)", "dark": "rgb(22, 27, 30)"}[scheme]


CONTRASTS = """() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      const alpha = colour.startsWith("rgba") ? Number(colour.match(/[\\d.]+/g)[3]) : 1;
      if (alpha === 1 && colour.startsWith("rgb")) return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    if (!node.checkVisibility({ opacityProperty: true })) continue;
    if (node.closest(".sr, .skip:not(:focus), noscript, script, :disabled")) continue;
    const colour = getComputedStyle(node).color;
    if (!colour.startsWith("rgb")) continue;
    const [a, b] = [luminance(colour), luminance(behind(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) weak.push(`${walker.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
  }
  return weak;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_has_enough_contrast(
    launched: Browser, tmp_path: Path, scheme: str
) -> None:
    async with visiting(launched, tmp_path, color_scheme=scheme) as visit:
        await visit.open()
        await visit.type("/lend card")
        await visit.page.get_by_role("button", name="Claim").click()
        await visit.page.get_by_role("button", name="1 reply").click()
        await visit.type("/lend a kettle")
        await expect(visit.page.get_by_text("You lend a kettle")).to_be_visible()

        weak = await visit.page.evaluate(CONTRASTS)

    assert weak == []


NAMELESS = """() => [...document.querySelectorAll("button, select, input, textarea, a")]
  .filter((one) => !(one.textContent.trim() || one.getAttribute("aria-label")
    || one.labels?.length || one.getAttribute("aria-labelledby")))
  .map((one) => one.outerHTML)"""


async def test_every_control_has_a_name(visit: Visit) -> None:
    page = visit.page
    await visit.type("/lend card")
    await expect(page.get_by_role("button", name="Claim")).to_be_visible()
    await visit.type("/lend form")
    await expect(page.get_by_role("dialog", name="Describe it")).to_be_visible()

    assert await page.evaluate(NAMELESS) == []


async def test_the_page_returns_after_the_sandbox_was_away(
    launched: Browser, tmp_path: Path
) -> None:
    port = free_port()
    page = await launched.new_page()
    async with running(tmp_path, port=port) as bench:
        await page.goto(bench.url)
        await expect(page.get_by_role("heading", level=1)).to_have_text("# desk")
    await expect(page.get_by_role("status")).to_contain_text("out of reach")
    async with running(tmp_path, port=port) as bench:
        await bench.client.chat_postMessage(channel="C0DESK", text="posted at once")
        await expect(page.get_by_text("posted at once")).to_be_visible()
        await bench.client.chat_postMessage(channel="C0DESK", text="and live")
        await expect(page.get_by_text("and live")).to_be_visible()
        await page.close()


async def test_a_team_that_is_mentioned_is_shown_by_its_handle(visit: Visit) -> None:
    groups = (await visit.bench.client.usergroups_list())["usergroups"]
    text = f"<!subteam^{groups[0]['id']}> and <!subteam^S0NOBODY>"
    await visit.bench.client.chat_postMessage(channel="C0DESK", text=text)

    mentions = visit.page.get_by_role("log", name="Messages").locator(".mention")
    await expect(mentions).to_have_text(["@library", "@team"])
    await expect(mentions.first).to_have_class("mention me")  # Amal is of the library


async def test_a_team_mentioned_in_rich_text_is_shown_as_in_words(visit: Visit) -> None:
    groups = (await visit.bench.client.usergroups_list())["usergroups"]
    ids = [*(one["id"] for one in groups), "S0NOBODY"]
    pieces = [{"type": "usergroup", "usergroup_id": one} for one in ids]
    section = {"type": "rich_text_section", "elements": pieces}
    blocks = [{"type": "rich_text", "elements": [section]}]
    await visit.bench.client.chat_postMessage(channel="C0DESK", text="teams", blocks=blocks)

    mentions = visit.page.get_by_role("log", name="Messages").locator(".mention")
    await expect(mentions).to_have_text(["@library", "@archive", "@team"])
    await expect(mentions.nth(0)).to_have_attribute("title", "Library")
    await expect(mentions.nth(0)).to_have_class("mention me")  # Amal is of the library
    await expect(mentions.nth(1)).to_have_class("mention")


@pytest.mark.parametrize("comes", ["while the page is open", "before it is opened"])
async def test_a_mention_of_ones_team_elsewhere_is_marked_until_it_is_read(
    visit: Visit, comes: str
) -> None:
    page, link = visit.page, visit.page.get_by_role("link", name="quiet")
    groups = (await visit.bench.client.usergroups_list())["usergroups"]
    library, archive = (f"<!subteam^{one['id']}> over here" for one in groups)
    await visit.bench.client.chat_postMessage(channel="C0QUIET", text=archive)
    await expect(link).to_contain_text("unread")
    await expect(link).not_to_contain_text("you are mentioned")  # Amal is of the library

    await visit.bench.client.chat_postMessage(channel="C0QUIET", text=library)
    if comes == "before it is opened":
        await page.reload()

    await expect(link).to_contain_text("unread, you are mentioned")
    await link.click()
    await expect(page.get_by_text("@library over here")).to_be_visible()
    await expect(link).not_to_contain_text("unread")


async def test_each_days_messages_stand_under_that_day(visit: Visit) -> None:
    for text in ("on Tuesday", "on Wednesday"):
        await visit.bench.client.chat_postMessage(channel="C0DESK", text=text)
        await visit.bench.post("clock", advance_working_days=1)
    await visit.page.reload()

    days = visit.page.get_by_role("log", name="Messages").get_by_role("heading", level=2)
    await expect(days).to_have_text(["Tuesday 14 July 2020", "Wednesday 15 July 2020"])
