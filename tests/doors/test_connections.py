"""Socket Mode: several connections, watched and renewed, and nobody's command is lost meanwhile."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.benchmarks.databases import say
from tests.doors.relay import Relay
from tests.doors.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SILENCE = (
    3.0  # seconds: shorter than Slack's own pings, so that the test need not wait for a minute
)
COMMANDS = 40


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    started = Served(tmp_path_factory.mktemp("socket"), by_socket=True, FOI_SOCKET_CONNECTIONS="3")
    yield started
    started.end()


def connections(served: Served) -> int:
    found: int = served.page.get("faults")["connections"]
    return found


def signs(served: Served) -> dict[str, Any]:
    told: dict[str, Any] = httpx.get(f"{served.url}/health").json()["connections"]
    return told


def asked_meanwhile(served: Served, happens: Any) -> list[str]:
    """Type commands without a pause while something happens. Gives every error that people saw."""
    errors: list[str] = []

    def ask() -> None:
        for _ in range(COMMANDS):
            body = {"as": "amira", "channel": "foi-desk", "text": "/foi help"}
            outcome = served.page.post("command", **body)
            errors.extend([outcome["error"]] if outcome["error"] else [])
            if not outcome["error"]:
                assert outcome["reply"]["text"]

    asking = threading.Thread(target=ask)
    asking.start()
    happens()
    asking.join()
    return errors


def test_as_many_connections_are_open_as_are_wanted_and_health_says_so(desk: Served) -> None:
    desk.page.until(lambda: connections(desk) == 3)

    told = signs(desk)

    assert (told["wanted"], told["open"]) == (3, 3)
    assert told["heard_ago"] < 60


def test_what_slack_sends_goes_to_one_of_them_and_is_done_once(desk: Served) -> None:
    reference = desk.new("One of three")

    desk.page.says("amira", f"/foi claim {reference}")

    history = [one["sentence"] for one in desk.request(reference)["history"]]
    assert history.count("Amira Hassan claimed it.") == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_when_slack_asks_for_it_they_are_renewed_and_no_command_is_lost(
    desk: Served, reason: str
) -> None:
    desk.page.until(lambda: connections(desk) == 3)
    one_by_one = (
        reason == "refresh_requested"
    )  # Slack cuts those at once; it never cuts all at once

    def happens() -> None:
        for _ in range(3):
            desk.page.post("faults", fault="disconnect", reason=reason, all=not one_by_one)
            time.sleep(0.3)
            desk.page.until(lambda: not one_by_one or connections(desk) == 3, 15)

    errors = asked_meanwhile(desk, happens)

    assert errors == []
    desk.page.until(lambda: connections(desk) == 3, 15)
    assert signs(desk)["open"] == 3
    assert f"why={reason}" in desk.desk.printed()


def test_when_all_are_lost_at_once_they_are_back_at_once(desk: Served) -> None:
    desk.page.until(lambda: connections(desk) == 3)
    before = desk.desk.printed().count("why=link_disabled")

    desk.page.post("faults", fault="disconnect", reason="link_disabled")
    began = time.monotonic()
    desk.page.until(lambda: desk.desk.printed().count("why=link_disabled") == before + 3)
    desk.page.until(lambda: signs(desk)["open"] == 3, 10)

    say(f"three connections that were cut are back after {time.monotonic() - began:.2f} s")
    assert desk.page.says("amira", "/foi help")


@pytest.fixture
def relayed(tmp_path: Path) -> Iterator[tuple[Served, Relay]]:
    relay = Relay()
    started = Served(
        tmp_path,
        by_socket=True,
        through=relay.to,
        FOI_SOCKET_CONNECTIONS="2",
        FOI_SOCKET_SILENCE_SECONDS=str(SILENCE),
    )
    yield started, relay
    started.end()
    relay.end()


def test_a_connection_gone_silent_is_closed_and_another_is_opened(
    relayed: tuple[Served, Relay],
) -> None:
    served, relay = relayed
    served.page.until(lambda: connections(served) == 2)
    assert served.page.says("amira", "/foi help")

    relay.silence()  # a network that drops every packet: nobody is told, nothing is closed
    began = time.monotonic()
    served.page.until(lambda: served.desk.printed().count("why=silent") >= 2, SILENCE + 8)
    noticed = time.monotonic() - began

    say(f"two connections gone silent were noticed after {noticed:.1f} s (limit {SILENCE:g} s)")
    assert noticed < SILENCE + 3
    served.page.until(lambda: signs(served)["open"] == 2)
    assert signs(served)["heard_ago"] < SILENCE + 1


def test_a_desk_that_slack_does_not_let_in_says_so_and_comes_back(desk: Served) -> None:
    desk.page.until(lambda: signs(desk)["open"] == 3)
    desk.page.post("faults", fault="fail_before", method="apps.connections.open", times=9)

    desk.page.post("faults", fault="disconnect", reason="link_disabled")

    desk.page.until(lambda: "it has no connection" in str(well(desk)["trouble"]), 10)
    assert httpx.get(f"{desk.url}/healthz").status_code == httpx.codes.SERVICE_UNAVAILABLE
    desk.page.until(lambda: signs(desk)["open"] == 3, 30)
    desk.page.until(lambda: well(desk)["failing_since"] is None)
    assert desk.page.says("amira", "/foi help")
    assert "Traceback" not in desk.desk.printed()


def well(served: Served) -> dict[str, Any]:
    """Read how Socket Mode is, as any process sees it."""
    jobs = httpx.get(f"{served.url}/healthz").json()["jobs"]
    found: dict[str, Any] = next(one for one in jobs if one["name"] == "Socket Mode")
    return found
