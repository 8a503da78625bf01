"""The whole journey in a real browser: pressed, filled in and read as a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.doors.tell import CALLS
from tests.doors.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.doors.demonstrations import Demonstration
    from tests.doors.page import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTILE = "<!channel> <@U0MARCUS> <http://evil|gov.uk> *bold* &amp;"
SUBJECT = "Laptops by age"
APPLICANT = {"Applicant's_name": "Robin Example", "Address_for": "1 High Street, Midshire"}


@pytest.fixture
def visitor(browser: Browser, demonstration: Demonstration, tmp_path: Path) -> Iterator[Visitor]:
    tab = browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 800})
    came = Visitor(tab, demonstration.url, tmp_path)
    came.come()
    yield came
    tab.close()
    assert came.wrong == []


def test_a_newcomer_claims_a_request_and_is_told_why_it_is_due(visitor: Visitor) -> None:
    visitor.act_as("amira")
    visitor.type(f"/foi claim {CALLS}")
    visitor.told("002335/20: Amira Hassan claimed it. Due Wednesday 12 August 2020")
    expect(visitor.card("002335/20")).to_contain_text("Amira Hassan")

    visitor.type(f"/foi why {CALLS}")

    visitor.told("Due Wednesday 12 August 2020, 20 working days left.")
    visitor.told("Not a working day: Monday 3 August 2020 (Summer bank holiday, Scotland).")
    visitor.picture("claimed")


def test_a_request_goes_the_whole_way_in_the_browser(visitor: Visitor) -> None:
    visitor.act_as("dana")
    visitor.type("/foi")
    visitor.tab.get_by_role("button", name="Log a request").last.click()
    visitor.fill_in(
        Subject=SUBJECT, What_is_asked_for="How many laptops, by year of purchase?", **APPLICANT
    )
    visitor.told(": Dana Whitfield logged the request, received Tuesday 14 July 2020.")
    visitor.press(SUBJECT, "Allocate")
    visitor.picture("allocating")
    visitor.fill_in(Team="Digital and Technology")
    visitor.told("allocated it to Digital and Technology.")

    visitor.act_as("sian")
    visitor.press(SUBJECT, "Claim")
    visitor.stage(SUBJECT, "Searching")
    visitor.press(SUBJECT, "Log search")
    visitor.fill_in(Hours="0.5", Found="found", Where_you_looked="the asset register")
    visitor.told("searched the asset register (0.5 h): found.")
    visitor.press(SUBJECT, "Return searches")
    visitor.fill_in(Is_the_information_held="held")
    visitor.stage(SUBJECT, "Consideration")

    visitor.act_as("dana")
    visitor.press(SUBJECT, "Decide")
    visitor.fill_in(Outcome="disclose", The_answer="A table is attached.")
    visitor.stage(SUBJECT, "Response")
    visitor.act_as("grace")
    visitor.press(SUBJECT, "Approve")
    visitor.fill_in()
    visitor.told("Grace Okafor approved the response.")
    visitor.act_as("dana")
    visitor.press(SUBJECT, "Issue")
    visitor.stage(SUBJECT, "Closed")
    visitor.picture("closed")

    visitor.press(SUBJECT, "Request review")
    visitor.fill_in(What_the_applicant="Tablets are missing.")
    visitor.stage(SUBJECT, "Review")
    visitor.act_as("ruth")
    visitor.press(SUBJECT, "Claim review")
    visitor.told("Ruth Lindqvist took the internal review.")
    visitor.press(SUBJECT, "Decide review")
    visitor.fill_in(Outcome="upheld", The_reasons="Tablets were not asked for.")
    visitor.stage(SUBJECT, "Closed")
    visitor.picture("reviewed")


def test_the_publics_words_are_shown_as_they_were_written(visitor: Visitor) -> None:
    visitor.act_as("dana")
    visitor.type("/foi new")
    visitor.fill_in(Subject=HOSTILE, What_is_asked_for=HOSTILE, **APPLICANT)

    visitor.told("logged the request")
    card = visitor.card(HOSTILE)
    expect(card.get_by_role("heading")).to_contain_text(HOSTILE)
    reference = card.get_by_role("heading").inner_text().split(" ")[0]
    visitor.type(f"/foi update {reference} {HOSTILE}")
    visitor.told(f"{reference}: Dana Whitfield noted: {HOSTILE}.")
    visitor.type(f"/foi show {reference}")
    visitor.told(f"What is asked{HOSTILE}")

    shown = visitor.tab.locator("article").filter(has_text="<!channel>")
    assert shown.count() >= 3
    for kind in ("a", "b", "strong strong", "em", ".mention"):
        assert shown.locator(kind).filter(has_text="bold").count() == 0
    assert visitor.tab.locator("a[href*=evil]").count() == 0
    visitor.picture("hostile")


def test_the_clock_is_moved_on_the_page_and_the_manager_is_pinged(visitor: Visitor) -> None:
    visitor.act_as("marcus")
    visitor.tab.get_by_role("link", name="Messages").click()

    for _ in range(12):
        before = visitor.tab.locator("#clock-text").inner_text()
        visitor.tab.locator("#clock-moves").get_by_role("button").first.click()
        expect(visitor.tab.locator("#clock-text")).not_to_have_text(before)
        expect(visitor.tab.locator("#clock-progress")).not_to_be_visible()
        if (summary := visitor.tab.get_by_role("dialog")).is_visible():
            summary.get_by_role("button").last.click()

    expect(visitor.tab.locator("#messages")).to_contain_text(CALLS)
    visitor.picture("pinged")


def test_what_was_typed_is_there_again_after_the_form_was_closed(visitor: Visitor) -> None:
    visitor.act_as("sian")
    visitor.type("/foi update FOI-2020-0031")
    form = visitor.tab.get_by_role("dialog")
    form.get_by_label("Note").fill("Finance answers on Friday.")
    visitor.tab.wait_for_timeout(700)  # Slack tells the app what is typed a moment later
    form.get_by_role("button", name="Cancel").click()
    expect(form).not_to_be_visible()

    visitor.type("/foi update FOI-2020-0031")

    expect(form.get_by_label("Note")).to_have_value("Finance answers on Friday.")
    expect(form).to_contain_text("Your draft of ")
    form.get_by_role("button", name="Start afresh").click()
    expect(form.get_by_label("Note")).to_have_value("")
    form.get_by_role("button", name="Cancel").click()


def test_the_second_of_two_who_fill_in_the_same_form_is_told_what_the_first_did(
    visitor: Visitor, page: Page
) -> None:
    visitor.act_as("sian")
    visitor.type("/foi update FOI-2020-0031")
    form = visitor.tab.get_by_role("dialog")
    form.get_by_label("Note").fill("From Siân.")

    page.says("dana", "/foi update FOI-2020-0031 From Dana.")
    form.locator("button[type=submit]").click()

    expect(form).to_contain_text("This request has changed since you began.")
    expect(form).to_contain_text("Dana Whitfield noted: From Dana.")
    expect(form.get_by_label("Note")).to_have_value("From Siân.")
    visitor.picture("overtaken")
    form.locator("button[type=submit]").click()
    visitor.told("Siân Pritchard noted: From Siân.")


def test_the_keys_are_told_and_a_menu_is_walked_with_them(visitor: Visitor) -> None:
    visitor.tab.get_by_role("button", name="Keyboard").focus()
    visitor.tab.keyboard.press("Enter")
    told = visitor.tab.get_by_role("dialog")
    expect(told).to_contain_text("begin a new line")
    visitor.tab.keyboard.press("Escape")
    expect(told).not_to_be_visible()

    visitor.card(CALLS).get_by_role("button", name="More choices").focus()
    visitor.tab.keyboard.press("Enter")
    menu = visitor.tab.get_by_role("menu")
    first, second = (menu.get_by_role("menuitem").nth(n) for n in (0, 1))
    expect(first).to_be_focused()
    visitor.tab.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    visitor.tab.keyboard.press("Escape")
    expect(menu).not_to_be_visible()
