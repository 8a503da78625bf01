"""Socket Mode, with Bolt's own handler: nothing needs to reach the app from outside."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Times
from tests.bot.sandbox.bench import APP_TOKEN, Bench, running


@asynccontextmanager
async def connected(bench: Bench) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect the bench's Bolt app by Socket Mode for the length of a block."""
    web = AsyncWebClient(token=APP_TOKEN, base_url=f"{bench.url}/api/")
    handler = AsyncSocketModeHandler(bench.bolt, APP_TOKEN, web_client=web)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt left it untyped
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # Bolt left it untyped


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    times = Times(linger=0.4, retries=(0.0, 0.05, 0.05))
    async with running(tmp_path, times, request_url=None) as one:
        yield one


async def raw_socket(bench: Bench, session: aiohttp.ClientSession) -> Any:
    answer = await bench.http.post(
        "/api/apps.connections.open", headers={"Authorization": f"Bearer {APP_TOKEN}"}
    )
    return await session.ws_connect(answer.json()["url"])


async def test_a_command_is_answered_over_the_socket(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any, command: dict[str, Any], respond: Any) -> None:
        await ack()
        await respond(f"You lend {command['text']}")

    async with connected(bench):
        outcome = await bench.command("/lend a kettle")

    assert (outcome["error"], outcome["reply"]["text"]) == (None, "You lend a kettle")
    assert bench.headers == []  # nothing came by HTTP


async def test_an_acknowledgement_may_carry_the_answer(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any) -> None:
        await ack("Lent.")

    async with connected(bench):
        outcome = await bench.command("/lend a kettle")

    assert outcome["reply"]["text"] == "Lent."


async def test_without_a_connection_the_app_cannot_be_reached(bench: Bench) -> None:
    outcome = await bench.command("/lend a kettle")

    assert outcome["error"] == "dispatch_failed"


async def test_each_payload_goes_to_one_connection_only(bench: Bench) -> None:
    heard: Counter[str] = Counter()

    @bench.bolt.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard[event["text"]] += 1

    async with AsyncExitStack() as stack:
        for _ in range(3):
            await stack.enter_async_context(connected(bench))
        for number in range(6):
            await bench.post("message", **{"as": "amal", "channel": "desk", "text": f"m{number}"})
        await bench.until(lambda: heard.total() == 6)

    assert heard == Counter(f"m{number}" for number in range(6))


async def test_an_eleventh_connection_is_turned_away(bench: Bench) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await raw_socket(bench, session) for _ in range(11)]
        first = [await socket.receive_json() for socket in sockets]
        for socket in sockets:
            await socket.close()

    assert [one["type"] for one in first] == ["hello"] * 10 + ["disconnect"]
    assert first[9]["num_connections"] == 10
    assert first[10]["reason"] == "too_many_websockets"


async def test_a_ticket_opens_one_connection(bench: Bench) -> None:
    answer = await bench.http.post(
        "/api/apps.connections.open", headers={"Authorization": f"Bearer {APP_TOKEN}"}
    )
    url = answer.json()["url"]

    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        await socket.close()


async def test_bolt_comes_back_after_it_was_asked_to_renew_its_connection(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any) -> None:
        await ack("Lent.")

    async with connected(bench) as handler:
        before = handler.client.current_session
        await bench.post("faults", fault="disconnect")
        async with asyncio.timeout(10):
            while True:
                outcome = await bench.command("/lend a kettle")
                if outcome["error"] is None:
                    break
                await asyncio.sleep(0.05)
        assert handler.client.current_session is not before


async def test_an_event_that_is_not_acknowledged_comes_again_with_its_number(
    tmp_path: Path,
) -> None:
    times = Times(ack=0.2, retries=(0.0, 0.05, 0.05))
    async with (
        running(tmp_path, times, request_url=None) as bench,
        aiohttp.ClientSession() as session,
    ):
        socket = await raw_socket(bench, session)
        await socket.receive_json()
        await bench.post("message", **{"as": "amal", "channel": "desk", "text": "hello"})
        first, second = await socket.receive_json(), await socket.receive_json()
        await socket.send_str("not JSON")
        await socket.send_json({"envelope_id": second["envelope_id"]})
        await socket.close()

    assert first["envelope_id"] != second["envelope_id"]
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
    assert second["retry_reason"] == "http_timeout"


async def test_a_connection_lost_in_the_middle_of_a_command_is_told_at_once(bench: Bench) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await raw_socket(bench, session)
        await socket.receive_json()
        asked = asyncio.create_task(bench.command("/lend a kettle"))
        await socket.receive_json()
        await socket.close()
        outcome = await asked

    assert outcome["error"] == "dispatch_failed"
    assert outcome["ack_ms"] < 1000


async def test_a_connection_that_is_refreshed_is_sent_nothing_more_and_ends_when_it_has_answered(
    bench: Bench,
) -> None:
    async with aiohttp.ClientSession() as session:
        old = await raw_socket(bench, session)
        await old.receive_json()
        first = asyncio.create_task(bench.command("/lend a kettle"))
        envelope = await old.receive_json()
        new = await raw_socket(bench, session)
        await new.receive_json()

        refreshing = asyncio.create_task(
            bench.post("faults", fault="disconnect", reason="refresh_requested", all=False)
        )
        await asyncio.sleep(0.1)
        second = [asyncio.create_task(bench.command("/lend a ladder")) for _ in range(3)]
        for _ in second:
            told = await new.receive_json()
            await new.send_json({"envelope_id": told["envelope_id"]})
        await old.send_json({"envelope_id": envelope["envelope_id"]})
        farewell, end = await old.receive_json(), await old.receive()
        await refreshing
        outcomes = await asyncio.gather(first, *second)
        await new.close()

    assert [one["error"] for one in outcomes] == [None] * 4
    assert (farewell["type"], farewell["reason"]) == ("disconnect", "refresh_requested")
    assert end.type is aiohttp.WSMsgType.CLOSE
