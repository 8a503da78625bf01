"""What Slack sends again is done once, by both ways in, and whichever process it comes to."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import pytest

from tests.doors.programs import Program, answers, free_port
from tests.doors.served import Served, command_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doors.page import Json


@pytest.fixture(scope="module", params=["by HTTP", "by Socket Mode"])
def either(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    started = Served(tmp_path_factory.mktemp("twice"), by_socket=request.param != "by HTTP")
    yield started
    started.end()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """Give a desk, and the address of a second process of it on the same database."""
    folder, port = tmp_path_factory.mktemp("two"), free_port()
    first = Served(folder)
    second = Program(
        *(sys.executable, "-m", "bot", "serve"),
        log=folder / "second.log",
        settings={**first.settings, "FOI_PORT": str(port)},
    )
    url = f"http://127.0.0.1:{port}"
    second.wait_for(lambda: answers(f"{url}/health"))
    yield first, url
    second.end()
    first.end()


def drawn(served: Served, user: str) -> int:
    """Count how often somebody's Home was drawn."""
    calls = [
        one
        for one in served.page.get("log")
        if one.get("method") == "views.publish" and "args" in one
    ]
    return sum(one["args"]["user_id"] == user for one in calls)


def opened(event_id: str, user: str) -> str:
    event = {"type": "app_home_opened", "user": user, "tab": "home", "channel": "D0X"}
    body = {"type": "event_callback", "team_id": "T0SANDBOX01", "event": event}
    return json.dumps({**body, "event_id": event_id, "api_app_id": "A04C75924A"})


def test_an_event_that_comes_twice_at_once_is_heard_once(either: Served) -> None:
    before = drawn(either, "U0JOEL")
    either.page.post("faults", fault="duplicate_delivery")

    either.page.get("home", **{"as": "joel"})

    either.page.until(lambda: drawn(either, "U0JOEL") > before)
    either.page.until(lambda: len(deliveries(either, "app_home_opened")) == 2)
    assert drawn(either, "U0JOEL") == before + 1


def test_a_command_that_comes_twice_is_done_once_and_told_twice(either: Served) -> None:
    reference = either.new("Twice at once")
    either.page.post("faults", fault="duplicate_delivery")

    told = either.page.says("amira", f"/foi claim {reference}")

    assert told.startswith(f"{reference}: Amira Hassan claimed it.")
    assert claims(either, reference) == ["Amira Hassan claimed it."]


def test_an_absence_that_comes_twice_is_noted_once(either: Served) -> None:
    either.page.post("faults", fault="duplicate_delivery")

    either.page.says("sian", "/foi absent 30 December 2026 @priya leave")

    noted = either.foi("people", "history", "@sian").stdout
    assert noted.count("leave") == 1


def test_an_event_sent_again_to_another_process_is_not_heard_again(
    two: tuple[Served, str],
) -> None:
    served, second = two
    body = opened("Ev0AGAIN", "U0PRIYA")

    first = served.send(body, content_type="application/json")
    again = served.send(body, content_type="application/json", retry=1, to=second)

    assert (first.status_code, again.status_code) == (200, 200)
    assert drawn(served, "U0PRIYA") == 1


def test_an_event_that_reaches_both_processes_at_once_is_heard_by_one(
    two: tuple[Served, str],
) -> None:
    served, second = two
    body = opened("Ev0BOTH", "U0MARCUS")

    def send(to: str) -> int:
        return served.send(body, content_type="application/json", to=to).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(send, [served.url, second] * 4))

    assert statuses == {200}
    assert drawn(served, "U0MARCUS") == 1


def test_a_command_sent_again_to_another_process_is_done_once_and_told_again(
    two: tuple[Served, str],
) -> None:
    served, second = two
    reference = served.new("Again elsewhere")
    body = urlencode(
        {**dict(parse_qsl(command_body(f"claim {reference}"))), "trigger_id": "1.2.again"}
    )

    first = served.send(body)
    again = served.send(body, retry=1, to=second)

    assert first.json()["text"].startswith(f"{reference}: Amira Hassan claimed it.")
    assert again.json()["text"].startswith(f"{reference}: Amira Hassan claimed it.")
    assert claims(served, reference) == ["Amira Hassan claimed it."]


def claims(served: Served, reference: str) -> list[Any]:
    history = served.request(reference)["history"]
    return [one["sentence"] for one in history if "claimed" in one["sentence"]]


def deliveries(served: Served, kind: str) -> list[Json]:
    """Give the last deliveries of an event: those with the id of the latest."""
    told = [
        one["payload"]
        for one in served.page.get("log")
        if one["what"] == "delivery" and (one["payload"].get("event") or {}).get("type") == kind
    ]
    return [one for one in told if one["event_id"] == told[-1]["event_id"]] if told else []
