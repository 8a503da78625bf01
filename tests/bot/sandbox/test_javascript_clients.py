"""The official JavaScript clients work against the sandbox, unmodified.

They are looked for where node looks: to run this, `npm install @slack/bolt` in some folder and set
NODE_PATH to its node_modules.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.sandbox.bench import APP_TOKEN, BOT_TOKEN, Bench, running

APP = Path(__file__).with_name("lending.cjs")


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on PATH: the JavaScript clients are not tried")
    asked = [node, "-e", "require.resolve('@slack/bolt')"]
    finding = await asyncio.create_subprocess_exec(*asked, stderr=asyncio.subprocess.DEVNULL)
    if await finding.wait():
        pytest.skip("node finds no @slack/bolt: npm install it somewhere and set NODE_PATH")
    async with running(tmp_path, request_url=None) as one:
        environment = {"BOT_TOKEN": BOT_TOKEN, "APP_TOKEN": APP_TOKEN, "SANDBOX_URL": one.url}
        process = await asyncio.create_subprocess_exec(
            node,
            str(APP),
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, **environment},  # noqa: TID251 - node is found by PATH and NODE_PATH
        )
        assert process.stdout is not None
        try:
            line = await asyncio.wait_for(process.stdout.readline(), 20)
            assert line == b"connected\n"
            yield one
        finally:
            process.terminate()
            await process.communicate()


@pytest.mark.slow
async def test_the_official_javascript_clients_work_unmodified(bench: Bench) -> None:
    command = await bench.command("/lend a kettle")
    card, file = await bench.get("messages", channel="desk")
    click = await bench.post(
        "click", **{"as": "bryn", "channel": "desk", "ts": card["ts"], "action_id": "claim"}
    )
    form = (await bench.command("/lend form"))["view_id"]
    submit = {"as": "amal", "view_id": form}
    refused = await bench.post("submit", **submit, values={"name": "bad"})
    taken = await bench.post("submit", **submit, values={"name": "Kettle"})
    home = await bench.get("home", **{"as": "amal"})
    await bench.post("message", **{"as": "amal", "dm": True, "text": "hello"})
    async with asyncio.timeout(5):
        while len(said := await bench.get("messages", dm="amal")) < 3:  # noqa: ASYNC110 - the answer is in another process
            await asyncio.sleep(0.05)

    assert command["reply"]["text"] == "You lend a kettle"
    assert [one["name"] for one in card["reactions"]] == ["eyes"]
    assert [one["title"] for one in file["files"]] == ["A"]
    assert file["thread_ts"] == card["ts"]
    assert click["reply"]["text"] == "Yours."
    assert refused["errors"] == {"name": "Not that one."}
    assert (taken["errors"], taken["open_views"]) == (None, [])
    assert home["blocks"][0]["text"]["text"] == "Home of JavaScript"
    assert [one["text"] for one in said] == ["Saved Kettle", "hello", "hello from JavaScript"]
