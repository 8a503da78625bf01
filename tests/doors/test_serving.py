"""`foi serve` as an authority runs it: by signed HTTP and by Socket Mode, until it is stopped."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.doors.buttons import fill_in
from tests.doors.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doors.demonstrations import Demonstration
    from tests.doors.page import Page


@pytest.fixture(scope="module", params=["by HTTP", "by Socket Mode"])
def either(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    started = Served(tmp_path_factory.mktemp("either"), by_socket=request.param != "by HTTP")
    yield started
    started.end()


def test_what_the_terminal_does_is_delivered_by_the_next_tick(either: Served) -> None:
    reference = either.new("Delivered by a tick")

    either.page.until(lambda: len(lines(either.page, reference)) == 2)

    assert lines(either.page, reference)[-1] == "Dana Whitfield allocated it to Control Room."
    asked = f"{reference} “Delivered by a tick” is allocated to Control Room. Who claims it?"
    either.page.until(
        lambda: asked in [one["text"] for one in either.page.messages(channel="control-room")]
    )


def test_a_command_a_press_and_a_form_are_answered(either: Served) -> None:
    reference = either.new("Answered")
    page = either.page

    claimed = page.says("amira", f"/foi claim {reference}")
    page.until(lambda: "Amira Hassan claimed it." in lines(page, reference))
    card = page.card(reference)
    opened = page.press("amira", card["ts"], "act:log_search", reference)
    searched = fill_in(page, "amira", opened, hours="1", found="found", where="the register")

    assert claimed.startswith(f"{reference}: Amira Hassan claimed it. Due ")
    assert searched["reply"]["text"].startswith(
        f"{reference}: Amira Hassan searched the register (1 h): found. Due "
    )


def test_a_home_is_drawn_for_whoever_opens_it(either: Served) -> None:
    reference = either.new("At home")
    either.page.says("joel", f"/foi claim {reference}")

    home = either.page.get("home", **{"as": "joel"})

    assert reference in json.dumps(home["blocks"])


def test_machines_are_told_that_it_is_ready_and_well_and_in_numbers(either: Served) -> None:
    either.page.until(lambda: len(well(either)["jobs"]) >= 2)

    ready = httpx.get(f"{either.url}/readyz")
    numbers = httpx.get(f"{either.url}/metrics")

    assert well(either)["ok"] is True
    assert {"sweep", "deliver"} <= {one["name"] for one in well(either)["jobs"]}
    assert (ready.status_code, ready.json()) == (200, {"ok": True})
    assert numbers.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'foi_job_silent{job="sweep"} 0.000' in numbers.text.splitlines()


def well(either: Served) -> dict[str, Any]:
    told: dict[str, Any] = httpx.get(f"{either.url}/healthz").json()
    return told


def test_it_stops_within_five_seconds_when_asked_and_loses_nothing(either: Served) -> None:
    reference = either.new("Before it stops")
    either.page.says("amira", f"/foi claim {reference}")

    began = time.monotonic()
    status = either.desk.stop()
    took = time.monotonic() - began
    either.start_desk()

    assert (status, took < 5) == (0, True), either.desk.printed()
    assert either.request(reference)["request"]["holder"] == "amira"
    either.page.until(lambda: "Amira Hassan claimed it." in lines(either.page, reference), 10)
    assert "Traceback" not in either.desk.printed()


def test_a_stop_waits_for_nobody_who_keeps_a_connection_open(either: Served) -> None:
    with httpx.Client() as kept_open:
        kept_open.get(f"{either.url}/health")
        began = time.monotonic()
        either.desk.stop()

    assert time.monotonic() - began < 5
    either.start_desk()


def test_a_demonstration_stops_while_its_page_is_open(fresh: Demonstration) -> None:
    with httpx.stream("GET", f"{fresh.url}/sandbox/events?as=amira", timeout=10) as stream:
        assert next(stream.iter_text()).startswith("retry:")
        began = time.monotonic()
        status = fresh.program.stop()

    assert (status, time.monotonic() - began < 5) == (0, True), fresh.program.printed()
    assert "Traceback" not in fresh.program.printed()


def lines(page: Page, reference: str) -> list[str]:
    """Give the lines of a card's thread that are there by now."""
    key = f"thread|{reference}|"
    return [one.text for one in page.posts() if one.key.startswith(key)]


def test_a_calendar_program_fetches_a_feed_and_is_told_when_nothing_changed(
    either: Served,
) -> None:
    reference = either.new("In a calendar")
    either.page.says("amira", f"/foi claim {reference}")
    printed = either.foi("feed", "amira", "--json", FOI_URL=either.url)
    address = json.loads(printed.stdout)["address"]

    first = httpx.get(address)
    again = httpx.get(address, headers={"if-none-match": first.headers["etag"]})
    either.foi("feed", "amira", "--revoke")
    gone = httpx.get(address)

    assert (first.status_code, again.status_code, gone.status_code) == (200, 304, 404)
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert first.headers["cache-control"] == "private, max-age=300"
    assert f"{reference} answer due: In a calendar" in first.text.replace("\r\n ", "")
    assert again.content == b""
