"""Somebody who installs the app in a browser: page by page, with the cookie that goes with them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import httpx

from bot.sandbox.manifest import TEAM_ID
from bot.sandbox.sandbox import CLIENT_ID, CLIENT_SECRET
from tests.doors.served import Served

if TYPE_CHECKING:
    from pathlib import Path

HALF_A_DAY = 12 * 60 * 60


def installable(folder: Path, *, by_socket: bool = False) -> Served:
    """Start a desk that has no bot token, and may be installed by OAuth."""
    return Served(
        folder,
        by_socket=by_socket,
        SLACK_BOT_TOKEN="",
        SLACK_CLIENT_ID=CLIENT_ID,
        SLACK_CLIENT_SECRET=CLIENT_SECRET,
        SLACK_TEAM_ID=TEAM_ID,
    )


class Installer:
    """A browser at a desk. Its cookie is Secure, and is sent by hand: a test has no certificate."""

    def __init__(self, served: Served) -> None:
        self._url = served.url
        self.cookie = ""

    def begin(self) -> str:
        """Open the first page and give where its link leads: Slack's page of consent."""
        page = self.read("/slack/install")
        assert page.status_code == httpx.codes.OK, page.text
        set_cookie = page.headers["set-cookie"]
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/slack", "Max-Age=600"} <= set(
            set_cookie.split("; ")
        )
        self.cookie = set_cookie.split(";")[0]
        (address,) = re.findall(r'href="([^"]+)"', page.text)
        return unescape(address)

    def consent(self, address: str) -> str:
        """Go to Slack, and give where it sends the browser back to."""
        answer = httpx.get(address, timeout=30)
        assert answer.is_redirect, answer.text
        return str(answer.headers["location"])

    def read(self, address: str, *, cookie: str | None = None) -> httpx.Response:
        """Read a page of the desk's, by its path or as Slack gave its address."""
        where = address if address.startswith("http") else f"{self._url}{address}"
        headers = {"cookie": self.cookie if cookie is None else cookie}
        return httpx.get(where, headers=headers, timeout=30)

    def install(self) -> httpx.Response:
        """Go the whole way, and give the page at its end."""
        answer = self.read(self.consent(self.begin()))
        return self.read(answer.headers["location"]) if answer.is_redirect else answer


def words(page: httpx.Response) -> str:
    """Give what a person reads of a page: its text without what makes it a page."""
    body = page.text.split("<main>")[1].split("</main>")[0]
    return unescape(re.sub(r"<[^>]+>", " ", body)).strip()
