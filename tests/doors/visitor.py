"""Somebody at the page of the demonstration, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Locator, Page, Request


class Visitor:
    """Somebody at the page, and everything that went wrong while they were there."""

    def __init__(self, tab: Page, url: str, pictures: Path) -> None:
        self.tab = tab
        self.wrong: list[str] = []
        self._url, self._pictures = url, pictures
        tab.set_default_timeout(10_000)
        tab.on("pageerror", lambda error: self.wrong.append(str(error)))
        tab.on("console", self._note_complaint)
        tab.on("request", self._note_address)

    def _note_complaint(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(message.text)

    def _note_address(self, request: Request) -> None:
        if not request.url.startswith((self._url, "data:")):
            self.wrong.append(f"went elsewhere: {request.url}")

    def come(self) -> None:
        self.tab.goto(self._url)
        expect(self.tab.get_by_role("heading", level=1)).to_have_text("# foi-desk")

    def act_as(self, handle: str) -> None:
        self.tab.get_by_label("Acting as").select_option(handle)
        expect(self.tab.locator("#act-as-role")).to_contain_text(f"@{handle}")

    def type(self, text: str) -> None:
        box = self.tab.locator("#composer")
        box.fill(text)
        box.press("Escape")  # the completions
        box.press("Enter")

    def told(self, words: str) -> None:
        """See that the latest private answer has these words."""
        answer = self.tab.locator("article.ephemeral").last
        expect(answer).to_contain_text("Only visible to you")
        expect(answer).to_contain_text(words)

    def card(self, subject: str) -> Locator:
        heading = self.tab.get_by_role("heading", name=subject)
        return self.tab.locator("article").filter(has=heading).first

    def press(self, subject: str, label: str) -> None:
        self.card(subject).get_by_role("button", name=label, exact=True).click()

    def fill_in(self, **fields: str) -> None:
        form = self.tab.get_by_role("dialog")
        for label, value in fields.items():
            field = form.get_by_label(label.replace("_", " "), exact=False).first
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        form.locator("button[type=submit]").click()
        expect(form).not_to_be_visible()

    def stage(self, subject: str, stage: str) -> None:
        expect(self.card(subject)).to_contain_text(re.compile(rf"Stage\s*{stage}"))

    def picture(self, name: str) -> None:
        self.tab.screenshot(path=self._pictures / f"{name}.png")
