"""What was answered is kept: through a restart, and through a kill at any moment."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.bot.sandbox.bench import BOT_TOKEN, free_port, running
from tests.bot.sandbox.lending import card, lends

ALONE = """
import sys
from pathlib import Path
import uvicorn
from bot.sandbox import Channel, Person, Sandbox
sandbox = Sandbox(
    folder=Path(sys.argv[1]),
    people=[Person("U0AMAL", "amal", "Amal Haddad", "Library", "lender")],
    channels=[Channel("C0DESK", "desk")],
    manifest={},
    signing_secret="s",
    bot_token="xoxb-dev-made-up",
    app_token="xapp-dev-made-up",
)
uvicorn.run(sandbox.app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


async def test_a_restart_keeps_messages_modals_homes_and_channels(tmp_path: Path) -> None:
    async def everything(get: Any) -> list[Any]:
        me = {"as": "amal"}
        return [
            await get("messages", channel="desk", **me),
            await get("messages", dm="amal"),
            await get("views", **me),
            await get("channels"),
            (await get("workspace", **me))["read"],
        ]

    async with running(tmp_path) as bench:
        lends(bench.bolt, [], [])
        posted = await bench.client.chat_postMessage(channel="C0DESK", text="x", blocks=card("x"))
        await bench.client.chat_postMessage(channel="C0DESK", thread_ts=posted["ts"], text="reply")
        await bench.client.chat_postMessage(channel="U0AMAL", text="for you")
        await bench.client.conversations_create(name="new")
        await bench.command("/lend a kettle")
        await bench.command("/lend form")
        await bench.post("read", **{"as": "amal", "channel": "desk"})
        before = await everything(bench.get)

    async with running(tmp_path) as bench:
        lends(bench.bolt, [], [])
        after = await everything(bench.get)
        click = {"as": "amal", "channel": "desk", "ts": posted["ts"], "action_id": "claim"}
        outcome = await bench.post("click", **click)
        newer = (await bench.get("messages", channel="desk"))[-1]["ts"]

    assert after == before
    assert len(before[0]) == 3
    assert outcome["error"] is None
    assert newer > max(one["ts"] for one in before[0])


async def test_a_kill_loses_no_message_that_was_answered(tmp_path: Path) -> None:
    async def started(port: int, http: httpx.AsyncClient) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ALONE, str(tmp_path), str(port)
        )
        for _ in range(200):
            try:
                await http.get("/sandbox/clock")
            except httpx.TransportError:
                await asyncio.sleep(0.05)
            else:
                return process
        process.kill()
        raise AssertionError("The sandbox did not start within ten seconds.")

    port = free_port()
    answered: list[str] = []

    async def post_until_it_dies(http: httpx.AsyncClient) -> None:
        try:
            for number in range(10_000):
                answer = await http.post(
                    "/api/chat.postMessage",
                    data={"token": BOT_TOKEN, "channel": "C0DESK", "text": f"m{number}"},
                )
                answered.append(answer.json()["message"]["text"])
        except httpx.TransportError:
            return

    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as http:
        process = await started(port, http)
        posting = asyncio.create_task(post_until_it_dies(http))
        while len(answered) < 50:  # noqa: ASYNC110 - the list has no event of its own
            await asyncio.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await posting

        process = await started(port, http)
        kept = (await http.get("/sandbox/messages", params={"channel": "desk"})).json()
        process.terminate()
        await process.wait()

    texts = [one["text"] for one in kept]
    assert texts[: len(answered)] == answered
    assert len(texts) - len(answered) in {0, 1}  # the one that was under way
