"""What `/foi claim` costs over signed HTTP, beside a Bolt app that does nothing, in the same run.

One server process (uvicorn, one worker) answers these addresses in turn: the desk on SQLite with
synchronous=FULL or on PostgreSQL, an AsyncApp whose command only acks, a bare Starlette route, and
one that runs the very statements of a claim by the raw driver and commits them. Every claim is of a
request of its own and really claims it. One desk leaves what a claim causes to the next tick, the
other delivers it at once, to a recorder, while the next claim comes in. The raw commit is timed
from when it is asked for, without the way there: on SQLite 32 at once wait for one pen, as the
claims do. On PostgreSQL it is measured again with two processes that serve the desk turn by turn,
as behind a proxy. Wanted: a claim costs at most the app that only acks and 1.5 raw commits.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import hmac
import itertools
import sqlite3
import sys
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import aiohttp
import psycopg
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.__main__ import MANY_NEW_OBJECTS
from bot.app import create_app
from bot.desk import Desk
from bot.identity import Identity, always
from bot.listeners import patience
from bot.web import create_web
from tests.benchmarks.databases import everywhere, say
from tests.doors.programs import ROOT, Program, answers, free_port
from tests.recorder import Recorder
from workflow.bootstrap import open_office
from workflow.casework.stages import Act
from workflow.services import acts
from workflow.services.delivery import deliver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from workflow.services.office import Office

SECRET, TEAM = "made-up-signing-secret", "T0BENCH"
SINGLY, TOGETHER, AT_ONCE, WARMING = 200, 480, 32, 64
STARTED_WITHIN = 300.0  # seconds: every claim is recorded first
KINDS = {
    "bare": "bare Starlette route",
    "noop": "Bolt that only acks",
    "raw": "the raw commit alone",
    "quiet": "claim, told by the tick",
    "desk": "claim, told at once",
}
CLAIMS = ("quiet", "desk")
WANTED = 1.5
SERVED_BY = {"SQLite": (1,), "PostgreSQL": (1, 2)}  # processes
CLAIMED = "Amira Hassan claimed it."


class Sent(NamedTuple):
    """A request made ready to be posted."""

    body: bytes
    headers: dict[str, str]
    claimed: str  # what a claim is answered with


class Took(NamedTuple):
    """What a number of requests took: milliseconds each, and seconds in all."""

    each: list[float]
    seconds: float


def main() -> None:
    """Print p50 and p99 in milliseconds, one at a time and 32 at once, and the ratios."""
    with everywhere() as databases:
        for kind, new in databases.items():
            for processes in SERVED_BY[kind]:
                say(
                    f"{kind}, {processes} serving: {SINGLY} one at a time, "
                    f"and {TOGETHER} of which {AT_ONCE} at once; ms"
                )
                office = new(None)
                _prepare(office)
                _measure([office, new(office), new(office)], processes)


def _measure(databases: list[str], processes: int) -> None:
    """Measure on three equal databases: the office's, one to record on, one for the raw driver."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        # The first serves the baselines too; more serve nothing but the desk.
        served = (databases, *itertools.repeat(databases[:1], processes - 1))
        urls = [
            _started(running, Path(folder) / f"server{number}.log", some)
            for number, some in enumerate(served)
        ]
        _print(*asyncio.run(_measured(urls)))


def _started(running: ExitStack, log: Path, databases: list[str]) -> str:
    """Start a process that serves, and give its address once it answers."""
    port, here = free_port(), "tests.benchmarks.bench_claim_http"
    program = Program(sys.executable, "-m", here, str(port), *databases, log=log)
    running.callback(program.end)
    url = f"http://127.0.0.1:{port}"
    program.wait_for(lambda: answers(f"{url}/desk/health"), within=STARTED_WITHIN)
    return url


def _print(singly: dict[str, Took], together: dict[str, Took]) -> None:
    say(f"{'':<24}{'p50':>9}{'p99':>9}   {'p50':>9}{'p99':>9}{'a second':>10}")
    for kind, name in KINDS.items():
        one, many = singly[kind], together[kind]
        rate = len(many.each) / many.seconds
        say(
            f"{name:<24}{_at(one, 50):>9.2f}{_at(one, 99):>9.2f}   "
            f"{_at(many, 50):>9.2f}{_at(many, 99):>9.2f}{rate:>10,.0f}"
        )
    for kind in CLAIMS:
        ratios = [
            _at(took[kind], percent) / _at(took["noop"], percent)
            for took in (singly, together)
            for percent in (50, 99)
        ]
        one50, one99, many50, many99 = (f"x {ratio:.1f}" for ratio in ratios)
        say(
            f"{'  to Bolt that only acks':<24}{one50:>9}{one99:>9}   {many50:>9}{many99:>9}  {kind}"
        )
    for kind in CLAIMS:
        for how, took in (("one at a time", singly), (f"{AT_ONCE} at once", together)):
            over = _at(took[kind], 50) - _at(took["noop"], 50)
            commits = over / _at(took["raw"], 50)
            verdict = "kept" if commits <= WANTED else "missed"
            say(
                f"{KINDS[kind]}, {how}: p50 is the app that only acks and {commits:.2f} raw "
                f"commits; at most {WANTED} are wanted: {verdict}"
            )


def _at(took: Took, percent: int) -> float:
    return sorted(took.each)[len(took.each) * percent // 100]


# --- the one who asks -----------------------------------------------------------------------------


async def _measured(urls: list[str]) -> tuple[dict[str, Took], dict[str, Took]]:
    numbers = iter(range(len(CLAIMS) * (WARMING + SINGLY + TOGETHER)))
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        turns = itertools.cycle(urls)

        async def ask(kind: str, sent: Sent) -> float:
            url = next(turns) if kind in CLAIMS else urls[0]
            address = f"{url}/{kind}/slack/events"
            began = time.perf_counter()
            async with session.post(address, data=sent.body, headers=sent.headers) as answer:
                text = await answer.text()
            took = (time.perf_counter() - began) * 1000
            assert answer.status == 200, text
            assert kind not in CLAIMS or sent.claimed in text, text
            return float(text) if kind == "raw" else took

        for kind in KINDS:
            await _together(ask, kind, _made_ready(kind, numbers, WARMING))
        singly = {kind: Took([], 0) for kind in KINDS}
        ready = {kind: _made_ready(kind, numbers, SINGLY) for kind in KINDS}
        for number in range(SINGLY):  # turn by turn, so that all meet the same noise
            for kind in KINDS:
                singly[kind].each.append(await ask(kind, ready[kind][number]))
        together = {
            kind: await _together(ask, kind, _made_ready(kind, numbers, TOGETHER)) for kind in KINDS
        }
    return singly, together


async def _together(ask: Any, kind: str, ready: Sequence[Sent]) -> Took:
    waiting = iter(ready)

    async def one_after_another() -> list[float]:
        return [await ask(kind, sent) for sent in waiting]

    began = time.perf_counter()
    each = await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
    return Took([one for some in each for one in some], time.perf_counter() - began)


def _made_ready(kind: str, numbers: Any, many: int) -> list[Sent]:
    """Sign commands beforehand: what is measured is the server. Only claims use up a request."""
    taken = [next(numbers) if kind in CLAIMS else 0 for _ in range(many)]
    return [_signed(f"claim {_reference(number)}") for number in taken]


def _signed(text: str) -> Sent:
    fields = {
        "command": "/foi",
        "text": text,
        "team_id": TEAM,
        "user_id": "U0AMIRA",
        "channel_id": "C0FOIDESK",
        "trigger_id": uuid.uuid4().hex,  # what Slack sends again has the same, and is done once
        "api_app_id": "A0BENCH",
    }
    body = urlencode(fields).encode()
    at = str(int(time.time()))  # noqa: TID251 - a signature carries the real time
    made = hmac.new(SECRET.encode(), f"v0:{at}:".encode() + body, hashlib.sha256)
    return Sent(
        body,
        {
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": at,
            "x-slack-signature": f"v0={made.hexdigest()}",
        },
        claimed=f"{text.removeprefix('claim ')}: {CLAIMED}",
    )


def _reference(number: int) -> str:
    return f"FOI-2026-{number:05}"


# --- the one who is asked -------------------------------------------------------------------------


def _serve(port: int, url: str, to_record: str = "", for_raw: str = "") -> None:
    gc.set_threshold(MANY_NEW_OBJECTS)  # as `foi serve` does
    patience.PATIENCE = 60.0  # what is measured is the answer, however late
    office = _open(url)
    routes: list[BaseRoute] = [
        Mount("/desk", app=create_web(_desk_app(Desk(office)))),
        Mount("/quiet", app=create_web(_desk_app(Quiet(office)))),
        Route("/noop/slack/events", _noop(), methods=["POST"]),
        Route("/bare/slack/events", _bare, methods=["POST"]),
    ]
    if for_raw:
        raw = Raw(for_raw, _recorded(to_record))
        routes.append(Route("/raw/slack/events", raw.commit, methods=["POST"]))
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="warning")


def _open(url: str) -> Office:
    return open_office(database_url=url, config_dir=ROOT / "config", messenger=Recorder())


def _prepare(url: str) -> None:
    """Log and allocate as many requests as will be claimed, and say all that this causes."""
    office = _open(url)
    dana = office.roster.officer("dana")
    for number in range(len(CLAIMS) * (WARMING + SINGLY + TOGETHER)):
        acts.log(
            office,
            officer=dana,
            reference=_reference(number),
            subject=f"Subject {number}",
            description="What is asked for.",
        )
        acts.perform(office, Act.ALLOCATE, _reference(number), officer=dana, team="control-room")
    deliver(office)
    if url.startswith("sqlite"):  # a copy of the file must be whole
        with office.store.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    office.store.close()


def _recorded(url: str) -> list[list[tuple[str, Any]]]:
    """Claim on a copy, and give what the driver was asked for each claim."""
    office = _open(url)
    claims: list[list[tuple[str, Any]]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            claims[-1].append((statement, parameters))

    event.listen(office.store.engine, "before_cursor_execute", listen)
    amira = office.roster.officer("amira")
    for number in range(WARMING + SINGLY + TOGETHER):
        claims.append([])
        once = uuid.uuid4().hex
        acts.perform(office, Act.CLAIM, _reference(number), officer=amira, once=once)
    office.store.close()
    return claims


class Raw:
    """The recorded statements of claims, replayed by the driver in as many threads as may wait."""

    def __init__(self, url: str, claims: list[list[tuple[str, Any]]]) -> None:
        self._url, self._claims = url, iter(claims)
        self._is_sqlite = url.startswith("sqlite")
        # SQLite has one pen: who has to wait for it waits here, in turn, and not for its file.
        self._turn = threading.Lock() if self._is_sqlite else nullcontext()
        self._own = threading.local()
        self._threads = ThreadPoolExecutor(AT_ONCE)

    async def commit(self, request: Request) -> Response:
        """Commit one claim's statements, and answer how many milliseconds that took."""
        await request.body()
        began, loop = time.perf_counter(), asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._commit, next(self._claims))
        return PlainTextResponse(str((time.perf_counter() - began) * 1000))

    def _commit(self, statements: list[tuple[str, Any]]) -> None:
        with self._turn:
            connection = self._connection()
            if self._is_sqlite:
                connection.execute("BEGIN IMMEDIATE")
            for statement, parameters in statements:
                cursor = connection.cursor()
                many = isinstance(parameters, list)
                (cursor.executemany if many else cursor.execute)(statement, parameters)
                if cursor.description:
                    cursor.fetchall()
            connection.commit()

    def _connection(self) -> Any:
        """Give the connection of this thread."""
        if not hasattr(self._own, "connection"):
            self._own.connection = (
                _sqlite(self._url) if self._is_sqlite else psycopg.connect(self._url)
            )
        return self._own.connection


def _sqlite(url: str) -> sqlite3.Connection:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


class Quiet(Desk):
    """A desk that leaves what is to be said to the next tick."""

    def speak(self) -> None:
        """Say nothing now."""


def _desk_app(desk: Desk) -> AsyncApp:
    client = AsyncWebClient("xoxb-made-up", base_url="http://127.0.0.1:9/api/")
    identity = always(Identity(TEAM, "B0BENCH", "U0BENCH"))
    return create_app(desk, client=client, identity=identity, signing_secret=SECRET)


def _noop() -> Any:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-made-up")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @app.command("/foi")
    async def acked(ack: Any) -> None:
        await ack("Done.")

    return AsyncSlackRequestHandler(app).handle


async def _bare(request: Request) -> Response:
    await request.body()
    return PlainTextResponse("Done.")


if __name__ == "__main__":
    _serve(int(sys.argv[1]), *sys.argv[2:])
