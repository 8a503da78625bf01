"""The clock as people move it, the faults they ask for, and the stream of what changes."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.sandbox.asked import Asked
from bot.sandbox.clock import told, uk_time
from bot.sandbox.faults import DISCONNECT, FAULTS, Faults
from bot.sandbox.json_values import Json, dump
from bot.sandbox.refusals import Refused
from bot.sandbox.socket_mode import REASONS, SocketMode
from bot.sandbox.workspace import Workspace

MOST_WORKING_DAYS = 400
HEARTBEAT = 15.0  # seconds between signs of life on a quiet stream
CLOCK_PROGRESS = 0.3  # seconds between two looks at a clock that is being moved


class Live:
    """What moves: time, faults, and the stream that tells of every change."""

    def __init__(self, workspace: Workspace, faults: Faults, socket: SocketMode) -> None:
        self._workspace = workspace
        self._faults = faults
        self._socket = socket
        self._moving = asyncio.Lock()

    # --- clock and faults -----------------------------------------------------------------------

    async def clock(self, _asked: Asked) -> Json:
        """Tell the time."""
        return told(self._workspace.clock)

    async def move_clock(self, asked: Asked) -> Json:
        """Move the clock, and answer when what fell due has run."""
        clock = self._workspace.clock
        if self._moving.locked():
            raise Refused("The clock is being moved already; wait until it has arrived.")
        async with self._moving:
            if "advance_working_days" in asked.fields:
                moved = clock.advance_working_days(_days(asked.fields["advance_working_days"]))
            else:
                moved = clock.move_to(uk_time(asked.must("to")))
            progress = asyncio.create_task(self._show_progress())
            try:
                happened = await moved
            except ValueError as why:
                raise Refused(str(why)) from why
            finally:
                progress.cancel()
                self._workspace.changes.tell("clock", clock=told(clock), moving=False)
        return {**told(clock), "happened": happened}

    async def _show_progress(self) -> None:
        while True:
            clock = told(self._workspace.clock)
            self._workspace.changes.tell("clock", clock=clock, moving=True)
            await asyncio.sleep(CLOCK_PROGRESS)

    async def ask_fault(self, asked: Asked) -> Json:
        """Ask for a fault, or forget them all with {"clear": true}."""
        if asked.fields.get("clear"):
            self._faults.clear()
        elif asked.fields.get("fault") == DISCONNECT:
            await self._disconnect(asked.fields)
        else:
            self._faults.ask(asked.fields)
        return await self.faults(asked)

    async def faults(self, _asked: Asked) -> Json:
        """List the faults that wait, those there are, and how often the Web API was called."""
        waiting = self._faults.waiting()
        return {
            "waiting": waiting,
            "known": FAULTS,
            "calls": self._faults.calls,
            "connections": self._socket.connections(),
        }

    async def _disconnect(self, wanted: Json) -> None:
        reason = str(wanted.get("reason") or "refresh_requested")
        if reason not in REASONS:
            raise Refused(f"Slack gives no reason “{reason}”. It gives: {', '.join(REASONS)}.")
        await self._socket.disconnect(reason, most=None if wanted.get("all", True) else 1)

    # --- live updates ---------------------------------------------------------------------------

    async def stream(self, request: Request) -> Response:
        """Stream the changes that a person may see, as Server-Sent Events."""
        person = self._workspace.directory.find(request.query_params.get("as", ""))
        return StreamingResponse(
            self._changes_for(person.id if person else None),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def _changes_for(self, person: str | None) -> AsyncIterator[str]:
        with self._workspace.changes.watching() as watch:
            yield "retry: 1000\n\n"
            while not self._workspace.changes.closed:
                if not await watch.wait(HEARTBEAT):
                    yield ": still here\n\n"
                for change in watch.drain():
                    if _may_see(change, person):
                        yield f"data: {dump(change)}\n\n"


def _may_see(change: Json, person: str | None) -> bool:
    return change.get("only_for") in (None, person) and change.get("person") in (None, person)


def _days(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given <= MOST_WORKING_DAYS:
        raise Refused(
            f"“advance_working_days” must be a whole number from 1 to {MOST_WORKING_DAYS}."
        )
    return given
