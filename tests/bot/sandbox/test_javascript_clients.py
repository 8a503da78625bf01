"""The official JavaScript clients work against the sandbox, unmodified: see .ci/javascript."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Times
from tests.bot.sandbox.bench import APP_TOKEN, BOT_TOKEN, Bench, running

HERE = Path(__file__).parent
STARTS_WITHIN = 60.0  # seconds, on a busy machine
PATIENT = Times(linger=4)  # an answer may follow the acknowledgement by seconds

Programs = Callable[[str], AbstractAsyncContextManager[Bench]]


@pytest.fixture
def program(tmp_path: Path, node_modules: Path) -> Programs:
    """Run one of the programs beside this file at a local Slack, until it says "connected"."""
    node = shutil.which("node") or "node"

    @asynccontextmanager
    async def run(name: str) -> AsyncIterator[Bench]:
        async with running(tmp_path, request_url=None, times=PATIENT) as one:
            settings = {"BOT_TOKEN": BOT_TOKEN, "APP_TOKEN": APP_TOKEN, "SANDBOX_URL": one.url}
            process = await asyncio.create_subprocess_exec(
                *(node, str(HERE / name)),
                stdout=asyncio.subprocess.PIPE,
                env={**os.environ, "NODE_PATH": str(node_modules), **settings},  # noqa: TID251 - node needs a PATH
            )
            assert process.stdout is not None
            try:
                line = await asyncio.wait_for(process.stdout.readline(), STARTS_WITHIN)
                assert line == b"connected\n"
                yield one
            finally:
                process.terminate()
                await process.communicate()

    return run


@pytest.mark.slow
async def test_javascripts_bolt_works_unmodified(program: Programs) -> None:
    async with program("lending.cjs") as bench:
        await lend(bench)


@pytest.mark.slow
async def test_javascripts_socket_and_web_clients_work_unmodified(program: Programs) -> None:
    async with program("counting.cjs") as bench:
        said = await bench.command("/lend three")
        posted = await bench.get("messages", channel="desk")

        assert (said["error"], said["reply"]["text"]) == (None, "three has 5 letters")
        assert [one["text"] for one in posted if not one["ephemeral"]] == ["Counted: three"]
        assert posted[0]["metadata"]["event_payload"] == {"letters": 5}


async def lend(bench: Bench) -> None:
    """Use every part of the app; what it does comes when it comes, from another process."""
    where = {"as": "amal", "channel": "desk"}
    await bench.command("/lend a kettle")
    card, file, told = await until(bench, 3, **where)
    await bench.post("click", **where, ts=card["ts"], action_id="claim")
    *_, yours = await until(bench, 4, **where)
    form = (await bench.command("/lend form"))["view_id"]
    submit = {"as": "amal", "view_id": form}
    refused = await bench.post("submit", **submit, values={"name": "bad"})
    taken = await bench.post("submit", **submit, values={"name": "Kettle"})
    await until(bench, 1, dm="amal")
    home = await bench.get("home", **{"as": "amal"})
    await bench.post("message", **{"as": "amal", "dm": True, "text": "hello"})
    said = await until(bench, 3, dm="amal")

    assert told["text"] == "You lend a kettle"
    assert [one["name"] for one in card["reactions"]] == ["eyes"]
    assert [one["title"] for one in file["files"]] == ["A"]
    assert file["thread_ts"] == card["ts"]
    assert yours["text"] == "Yours."
    assert refused["errors"] == {"name": "Not that one."}
    assert (taken["errors"], taken["open_views"]) == (None, [])
    assert home["blocks"][0]["text"]["text"] == "Home of JavaScript"
    assert [one["text"] for one in said] == ["Saved Kettle", "hello", "hello from JavaScript"]


async def until(bench: Bench, many: int, **where: str) -> list[Any]:
    """Wait until so many messages are there, and give them."""
    async with asyncio.timeout(20):
        while len(found := await bench.get("messages", **where)) < many:  # noqa: ASYNC110 - the other is a process
            await asyncio.sleep(0.05)
    return list(found)
