"""Delivery as Slack delivers: signed, in time, retried, and with every fault one can ask for."""

import asyncio
import hashlib
import hmac
import time
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)

from bot.sandbox import Times
from bot.sandbox.signed_http import signed
from tests.bot.sandbox.bench import SECRET, Bench, running


def test_a_body_is_signed_as_slack_signs_it() -> None:
    body = b"token=x&text=caf%C3%A9"
    base = b"v0:1594713600:" + body

    headers = signed(SECRET, body, at=1594713600)

    digest = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
    assert headers == {
        "X-Slack-Request-Timestamp": "1594713600",
        "X-Slack-Signature": f"v0={digest}",
    }


async def test_a_wrong_secret_and_an_old_signature_are_refused_by_the_app(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any) -> None:
        await ack("Lent.")

    await bench.command("/lend a kettle")
    [sent] = [one for one in await bench.get("log") if one["what"] == "delivery"]
    door = bench.app_url
    body = "command=%2Flend&text=kettle&token=x"
    now = int(time.time())  # noqa: TID251 - a signature is as old as the real clock says
    attempts = {
        "right": signed(SECRET, body.encode(), at=now),
        "wrong secret": signed("another", body.encode(), at=now),
        "old": signed(SECRET, body.encode(), at=now - 301),
    }

    statuses = {
        name: (
            await bench.http.post(
                door,
                content=body,
                headers={**headers, "Content-Type": "application/x-www-form-urlencoded"},
            )
        ).status_code
        for name, headers in attempts.items()
    }

    assert sent["error"] is None
    assert statuses == {"right": 200, "wrong secret": 401, "old": 401}


async def test_an_event_is_sent_four_times_to_an_app_that_fails(bench: Bench) -> None:
    @bench.bolt.event("message")
    async def heard(context: dict[str, Any]) -> None:
        raise RuntimeError(context)

    await bench.post("message", **{"as": "amal", "channel": "desk", "text": "hello"})
    await bench.until(lambda: len(bench.bodies) == 4)

    assert len({one["event_id"] for one in bench.bodies}) == 1
    assert [
        (one.get("x-slack-retry-num"), one.get("x-slack-retry-reason")) for one in bench.headers
    ] == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


async def test_an_event_that_is_taken_is_sent_once(bench: Bench) -> None:
    @bench.bolt.event("message")
    async def heard() -> None:
        """Take it."""

    await bench.post("message", **{"as": "amal", "channel": "desk", "text": "hello"})
    await bench.until(lambda: len(bench.bodies) == 1)
    await asyncio.sleep(0.2)

    assert len(bench.bodies) == 1


async def test_a_command_is_never_sent_again(bench: Bench) -> None:
    await bench.command("/lend a kettle")  # the app has no listener: 404
    await asyncio.sleep(0.2)

    assert len(bench.bodies) == 1


async def test_a_duplicate_delivery_brings_the_same_event_twice(bench: Bench) -> None:
    ids = []

    @bench.bolt.event("message")
    async def heard(body: dict[str, Any]) -> None:
        ids.append(body["event_id"])

    await bench.post("faults", fault="duplicate_delivery")
    await bench.post("message", **{"as": "amal", "channel": "desk", "text": "hello"})
    await bench.until(lambda: len(ids) == 2)

    assert ids[0] == ids[1]


async def test_slacks_own_client_waits_out_a_rate_limit(bench: Bench) -> None:
    bench.client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    await bench.post("faults", fault="rate_limited", method="chat.postMessage", retry_after=1)
    began = time.monotonic()

    await bench.client.chat_postMessage(channel="C0DESK", text="at last")

    assert time.monotonic() - began >= 1
    assert [one["text"] for one in await bench.get("messages", channel="desk")] == ["at last"]


async def test_a_rate_limit_without_retries_names_the_seconds_to_wait(bench: Bench) -> None:
    await bench.post("faults", fault="rate_limited", method="chat.postMessage", retry_after=30)

    with pytest.raises(SlackApiError) as why:
        await bench.client.chat_postMessage(channel="C0DESK", text="no")

    assert why.value.response.status_code == 429
    assert why.value.response.headers["retry-after"] == "30"
    assert await bench.get("messages", channel="desk") == []


async def test_a_failure_before_the_work_leaves_nothing(bench: Bench) -> None:
    bench.client.retry_handlers.append(AsyncServerErrorRetryHandler(max_retry_count=1))
    await bench.post("faults", fault="fail_before", method="chat.postMessage")

    await bench.client.chat_postMessage(channel="C0DESK", text="once")

    assert len(await bench.get("messages", channel="desk")) == 1


async def test_a_failure_after_the_work_doubles_a_message_that_is_sent_again(
    bench: Bench,
) -> None:
    bench.client.retry_handlers.append(AsyncServerErrorRetryHandler(max_retry_count=1))
    await bench.post("faults", fault="fail_after", method="chat.postMessage")

    await bench.client.chat_postMessage(channel="C0DESK", text="twice")

    assert len(await bench.get("messages", channel="desk")) == 2


async def test_a_time_out_after_the_work_leaves_the_message(bench: Bench) -> None:
    await bench.post("faults", fault="hang_after", method="chat.postMessage", seconds=5)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await bench.client.chat_postMessage(channel="C0DESK", text="there")

    assert [one["text"] for one in await bench.get("messages", channel="desk")] == ["there"]


async def test_a_dropped_ephemeral_message_looks_accepted(bench: Bench) -> None:
    await bench.post("faults", fault="drop_ephemeral")

    answer = await bench.client.chat_postEphemeral(channel="C0DESK", user="U0AMAL", text="psst")

    assert answer["ok"]
    assert await bench.get("messages", channel="desk", **{"as": "amal"}) == []


async def test_a_slow_acknowledgement_times_out_though_the_app_did_its_work(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, Times(ack=0.3, linger=0.1)) as bench:
        done = []

        @bench.bolt.command("/lend")
        async def lend(ack: Any, command: dict[str, Any]) -> None:
            done.append(command["text"])
            await ack()

        await bench.post("faults", fault="slow_ack", seconds=1)
        outcome = await bench.command("/lend a kettle")

        assert done == ["a kettle"]
        assert outcome["error"] == "operation_timeout"


async def test_a_fault_happens_as_often_as_it_was_asked_for(bench: Bench) -> None:
    await bench.post("faults", fault="fail_before", method="auth.test", times=2)

    statuses = [(await bench.http.post("/api/auth.test")).status_code for _ in range(3)]

    assert statuses == [500, 500, 200]
    assert (await bench.get("faults"))["waiting"] == []


async def test_a_fault_wants_numbers(bench: Bench) -> None:
    answer = await bench.http.post(
        "/sandbox/faults", json={"fault": "fail_before", "times": "many"}
    )

    assert answer.json() == {"error": "“times”, “seconds” and “one_in” must be numbers."}


async def test_an_unknown_fault_is_refused_with_those_there_are(bench: Bench) -> None:
    answer = await bench.http.post("/sandbox/faults", json={"fault": "gremlins"})

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(
        "There is no fault “gremlins”. There are: rate_limited"
    )
