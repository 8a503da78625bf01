"""The network between the desk and Slack, which may go dead without a word, as networks do."""

from __future__ import annotations

import asyncio
import contextlib
import threading

from tests.doors.programs import free_port


class Relay:
    """Passes bytes on to a port of this machine, from a thread of its own.

    What it is told to silence stays open, and not one byte passes any more in either direction.
    """

    def __init__(self) -> None:
        self._port = free_port()
        self._passing: set[asyncio.Event] = set()
        self._listens = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def to(self, port: int) -> str:
        """Begin to pass on to a port. Gives the address to be used instead of it."""
        self._there = port
        self._thread.start()
        assert self._listens.wait(10)
        return f"http://127.0.0.1:{self._port}"

    def silence(self) -> None:
        """Let nothing pass on what is open now; what is opened from now on is well."""

        def hush() -> None:
            for one in tuple(self._passing):
                one.clear()
            self._passing.clear()

        self._loop.call_soon_threadsafe(hush)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    async def _run(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self._joined: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._join, "127.0.0.1", self._port)
        self._listens.set()
        await self._over.wait()
        server.close()
        for one in tuple(self._joined):
            one.cancel()
        await asyncio.gather(*self._joined, return_exceptions=True)

    def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._pass_both_ways(reader, writer))
        self._joined.add(task)
        task.add_done_callback(self._joined.discard)

    async def _pass_both_ways(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        passing = asyncio.Event()
        passing.set()
        self._passing.add(passing)
        there, back = await asyncio.open_connection("127.0.0.1", self._there)
        try:
            async with asyncio.TaskGroup() as ways:
                ways.create_task(_pass(reader, back, passing))
                ways.create_task(_pass(there, writer, passing))
        finally:
            self._passing.discard(passing)
            for one in (writer, back):
                one.close()
                with contextlib.suppress(ConnectionError):
                    await one.wait_closed()


async def _pass(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, passing: asyncio.Event
) -> None:
    with contextlib.suppress(ConnectionError):
        while content := await reader.read(65536):
            await passing.wait()
            writer.write(content)
            await writer.drain()
    with contextlib.suppress(OSError, RuntimeError):
        writer.write_eof()
