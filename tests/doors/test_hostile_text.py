"""The public's words can ping nobody, link nowhere and look like nothing but words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.doors.buttons import fill_in, press_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doors.page import Json, Page

HOSTILE = "<!channel> <@U0MARCUS> <http://evil|gov.uk> *bold* &amp; \u202e<!here>"
SHOWN = HOSTILE.replace("\u202e", "\ufffd")
MARKER = "U0MARCUS"  # in every text that came from outside

# Slack's own marks, which only an app can write: a mention, a channel, a link, a date.
SLACKS_MARK = re.compile(r"<[@#!]|<[a-z]+:")


def test_nothing_that_is_posted_or_shown_carries_a_mark_of_slacks(page: Page, hostile: str) -> None:
    shown = [*everything_said(page), *views(page), *homes(page), *lists(page, hostile)]

    texts = [text for one in shown for text in text_objects(one)]
    theirs = [(kind, text) for kind, text in texts if MARKER in text]
    assert len(theirs) > 40
    assert [text for kind, text in texts if kind != "plain_text" and SLACKS_MARK.search(text)] == []
    # What is drawn is plain text, in which even `*` stays; only fallbacks, never drawn, are mrkdwn.
    assert {kind for kind, _ in theirs} == {"plain_text", "fallback"}
    assert all(SHOWN in text for kind, text in theirs if kind == "plain_text")
    escaped = SHOWN.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert all(escaped in text for kind, text in theirs if kind == "fallback")


@pytest.mark.usefixtures("hostile")
def test_nothing_is_unfurled(page: Page) -> None:
    calls = [
        one["args"]
        for one in page.get("log")
        if one["what"] == "call" and one["method"] == "chat.postMessage"
    ]

    assert calls
    assert {(one["unfurl_links"], one["unfurl_media"]) for one in calls} == {(False, False)}


@pytest.fixture(scope="module")
def hostile(page: Page) -> str:
    """Log a request whose every word is hostile, take it all the way, and give its reference."""
    menu = page.command("dana", "/foi")["reply"]
    opened = press_on(page, "dana", menu, "Log a request")
    made = fill_in(
        page,
        "dana",
        opened,
        subject=HOSTILE,
        description=HOSTILE,
        applicant_name=HOSTILE,
        applicant_address=HOSTILE,
    )
    reference = str(made["reply"]["text"]).split(":")[0]
    for who, text in (
        ("dana", "allocate REF control-room"),
        ("amira", "claim REF"),
        ("amira", f"update REF {HOSTILE}"),
        ("amira", f"escalate REF {HOSTILE}"),
        ("marcus", f"ack REF {HOSTILE}"),
        ("amira", f"search REF 1 found {HOSTILE}"),
        ("amira", f"return REF held {HOSTILE}"),
        ("dana", f"refer REF NPCC {HOSTILE}"),
        ("dana", f"exempt REF s.31(1)(a) {HOSTILE}"),
        ("dana", f"back REF {HOSTILE}"),
        ("amira", f"return REF held {HOSTILE}"),
        ("dana", f"decide REF disclose {HOSTILE}"),
        ("grace", "approve REF"),
    ):
        answer = page.says(who, f"/foi {text}".replace("REF", reference))
        assert answer.startswith(f"{reference}: "), answer
    page.let_it_settle()
    return reference


def everything_said(page: Page) -> list[Json]:
    """Give every message anywhere, as each person sees it."""
    people = [one["handle"] for one in page.get("people")]
    direct = [one for who in people for one in page.messages(dm=who, **{"as": who})]
    rooms = [one["name"] for one in page.get("channels")]
    return direct + [
        one
        for room in rooms
        for who in people
        for one in page.messages(channel=room, **{"as": who})
    ]


def views(page: Page) -> list[Json]:
    page.command("dana", f"/foi new {HOSTILE}")
    found: list[Json] = page.get("views", **{"as": "dana"})
    return found


def homes(page: Page) -> list[Json]:
    return [page.get("home", **{"as": who}) for who in ("dana", "amira", "grace", "marcus", "ruth")]


def lists(page: Page, reference: str) -> list[Json]:
    typed = ("list", "list response", f"show {reference}", f"why {reference}", f"claim {HOSTILE}")
    return [page.command("dana", f"/foi {text}")["reply"] for text in typed]


def text_objects(part: Any) -> Iterator[tuple[str, str]]:
    """Go through everything that is drawn or read out: text objects, fallbacks, typed values."""
    if isinstance(part, list):
        for one in part:
            yield from text_objects(one)
    if not isinstance(part, dict):
        return
    if isinstance(part.get("text"), str):
        yield part.get("type") or "fallback", part["text"]
    for name, one in part.items():
        if name not in {"metadata", "private_metadata", "state"}:
            yield from text_objects(one)


def test_what_the_page_was_sent_would_show_a_mark_if_there_were_one() -> None:
    found = list(
        text_objects(json.loads('{"blocks": [{"text": {"type": "mrkdwn", "text": "x"}}]}'))
    )

    assert found == [("mrkdwn", "x")]
    assert SLACKS_MARK.search("see <!channel>")
    assert SLACKS_MARK.search("see <http://evil|gov.uk>")
    assert not SLACKS_MARK.search("see &lt;!channel&gt;")
