"""Who asked, through Slack: a link for the desk, opened once, and no name ever in Slack."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.doors.buttons import APPLICANT

if TYPE_CHECKING:
    from tests.doors.page import Page
    from tests.doors.served import Served

NAME, ADDRESS = APPLICANT["applicant_name"], APPLICANT["applicant_address"]
NOBODY = 404
ONLY_THE_DESK = "Only the FOI desk may look at who asked, and {} is not of it. Ask a desk officer."


@pytest.fixture(scope="module")
def reference(served: Served) -> str:
    """Log a request by the form, with its applicant."""
    page = served.page
    opened = page.command("dana", "/foi new")["view_id"]
    logged = page.submit(
        "dana", opened, subject="Body cameras", description="How many?", **APPLICANT
    )
    text: str = logged["reply"]["text"]
    return text.partition(":")[0]


def link(page: Page, reference: str, why: str = "to post the answer") -> str:
    """Ask who asked and give the address that Dana is told."""
    told = page.says("dana", f"/foi applicant {reference} {why}")
    assert told.startswith(
        "Who asked is shown here once, within five minutes, and that you looked is kept:"
    )
    return told.split()[-1]


def looks(served: Served) -> list[tuple[str, str]]:
    """Read who looked and why, as it is kept."""
    path = served.settings["FOI_DATABASE_URL"].removeprefix("sqlite:///")
    kept = sqlite3.connect(path)
    try:
        return list(kept.execute("SELECT by, why FROM looks ORDER BY id"))
    finally:
        kept.close()


def test_the_link_shows_it_once_to_whoever_presses_its_button(
    served: Served, reference: str
) -> None:
    before = looks(served)
    address = link(served.page, reference)

    for _ in range(2):  # Slack itself looks at an address that is posted
        page = served.read(address)
        assert NAME not in page
        assert "to post the answer" in page
    assert looks(served) == before

    shown, again, late = httpx.post(address), httpx.post(address), httpx.get(address)

    assert NAME in shown.text
    assert ADDRESS in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert [one.status_code for one in (again, late)] == [NOBODY, NOBODY]
    assert NAME not in again.text + late.text
    assert looks(served) == [*before, ("dana", "to post the answer")]


@pytest.mark.parametrize(
    ("who", "typed", "told"),
    [
        (
            "amira",
            "applicant REF I am curious",
            ONLY_THE_DESK.format("Amira Hassan"),
        ),
        (
            "grace",
            "applicant REF I sign it off",
            ONLY_THE_DESK.format("Grace Okafor"),
        ),
        (
            "dana",
            "applicant REF",
            "Say why you need to know who asked. It is kept with your name.",
        ),
        ("dana", "applicant", "Who asked for which request? Type: /foi applicant REF REASON"),
        (
            "dana",
            "applicant 9999 to post it",
            "There is no request “9999”. List the open ones with: list.",
        ),
    ],
)
def test_without_a_right_or_a_reason_there_is_no_link(
    served: Served, reference: str, who: str, typed: str, told: str
) -> None:
    assert served.page.says(who, f"/foi {typed}".replace("REF", reference)) == told


def test_of_a_restricted_request_only_the_named_desk_hears(served: Served, reference: str) -> None:
    page = served.page
    made_before = link(page, reference)
    page.says("tom", f"/foi restrict {reference} tom It is sensitive")

    assert "restricted to named people" in page.says("dana", f"/foi applicant {reference} to post")
    assert httpx.post(made_before).status_code == NOBODY
    opened = page.says("tom", f"/foi applicant {reference} to post").split()[-1]
    assert NAME in httpx.post(opened).text
    page.says("tom", f"/foi unrestrict {reference} no more")


def test_a_link_dies_with_the_right_to_look(served: Served, reference: str) -> None:
    page = served.page
    address = link(page, reference)

    page.says("tom", "/foi people change @dana roles officer")
    assert httpx.post(address).status_code == NOBODY
    page.says("tom", "/foi people change @dana roles desk")


def test_nobody_who_asked_is_named_anywhere_in_slack(served: Served, reference: str) -> None:
    """Look through all that Slack was told: channels, messages, private answers, App Homes."""
    page = served.page
    for who in ("dana", "amira"):
        page.command(who, f"/foi show {reference}")
        page.command(who, f"/foi letter {reference} acknowledgement")
        page.command(who, f"/foi why {reference}")

    told = {f"#{one['name']}": page.messages(channel=one["name"]) for one in page.get("channels")}
    told |= {one["handle"]: page.messages(dm=one["handle"]) for one in page.get("people")}
    told |= {
        f"to {who}": page.messages(channel="foi-desk", **{"as": who}) for who in ("dana", "tom")
    }
    homes = {who: page.get("home", **{"as": who}) for who in ("dana", "amira", "marcus")}

    assert NAME not in json.dumps([told, homes])
    assert ADDRESS not in json.dumps([told, homes])
