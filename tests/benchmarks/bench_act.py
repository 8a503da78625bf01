"""What an act costs: a claim through the services, against its own statements by the raw driver."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy import event

from tests.benchmarks.databases import NewDatabase, at, everywhere, say
from tests.recorder import Recorder
from tests.services.desk import REFERENCE, Desk
from tests.store import many
from workflow.casework.stages import Act
from workflow.store import requests

CLAIMS = 400
THREADS = (1, 8)
Statements = list[tuple[str, Any]]


def main() -> None:
    """Print, for each database and number of threads, claims a second, p50, p99 and the ratio."""
    say(f"{CLAIMS} claims of different requests; raw: the same statements, replayed by the driver")
    say(f"{'':<11}{'threads':>8}{'':>10}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}")
    with everywhere() as databases:
        for kind, new in databases.items():
            start = _prepared(new)
            claims = _recorded(new(start))
            for threads in THREADS:
                raw = _replayed(new(start), claims, threads)
                ours = _claimed(new(start), threads)
                _print(kind, threads, "raw", raw, 1.0)
                _print(kind, threads, "acts", ours, ours[0] / raw[0])


def _print(
    kind: str, threads: int, what: str, measured: tuple[float, list[float]], ratio: float
) -> None:
    total, each = measured
    say(
        f"{kind:<11}{threads:>8}{what:>10}{CLAIMS / total:>10,.0f}{at(0.5, each):>9.2f}"
        f"{at(0.99, each):>9.2f}{ratio:>8.1f}"
    )


def _prepared(new: NewDatabase) -> str:
    """Make a database of requests that wait for somebody of the control room to claim them."""
    url = new(None)
    desk = Desk(url, recorder=Recorder())
    desk.log()
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    with desk.office.store.writing() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        many.copy(connection, row_id, times=CLAIMS, due=0, due_at=desk.at, later=desk.at)
    if url.startswith("sqlite"):  # a copy of the file must be whole
        with desk.office.store.engine.connect() as open_connection:
            open_connection.exec_driver_sql("COMMIT")
            open_connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            open_connection.exec_driver_sql("BEGIN")
    desk.close()
    return url


def _recorded(url: str) -> list[Statements]:
    """Claim every request once, and give what the driver was asked for each."""
    desk = Desk(url, recorder=Recorder())
    claims: list[Statements] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        claims[-1].append((statement, parameters))

    event.listen(desk.office.store.engine, "before_cursor_execute", listen)
    for number in range(1, CLAIMS + 1):
        claims.append([])
        desk.do(Act.CLAIM, "amira", f"R{number}")
    desk.close()
    return [[one for one in claim if not one[0].startswith("BEGIN")] for claim in claims]


def _claimed(url: str, threads: int) -> tuple[float, list[float]]:
    desk = Desk(url, recorder=Recorder())

    def work(numbers: range) -> Callable[[int], object]:
        return lambda place: desk.do(Act.CLAIM, "amira", f"R{numbers[place] + 1}")

    measured = _together(threads, work)
    desk.close()
    return measured


def _replayed(url: str, claims: list[Statements], threads: int) -> tuple[float, list[float]]:
    sqlite = url.startswith("sqlite")
    connections: list[Any] = []

    def work(numbers: range) -> Callable[[int], object]:
        connection = _sqlite(url) if sqlite else psycopg.connect(url)
        connections.append(connection)

        def replay(place: int) -> None:
            if sqlite:
                connection.execute("BEGIN IMMEDIATE")
            for statement, parameters in claims[numbers[place]]:
                answer = connection.execute(statement, parameters)
                if answer.description:
                    answer.fetchall()
            connection.commit()

        return replay

    measured = _together(threads, work)
    for connection in connections:
        with closing(connection):
            pass
    return measured


def _sqlite(url: str) -> sqlite3.Connection:
    path = url.removeprefix("sqlite:///")
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _together(
    threads: int, work: Callable[[range], Callable[[int], object]]
) -> tuple[float, list[float]]:
    """Let threads work through the claims, each its share. Gives the whole and each one's time."""
    shares = [range(number, CLAIMS, threads) for number in range(threads)]
    doing = [work(share) for share in shares]
    start = threading.Barrier(threads + 1)

    def run(do: Callable[[int], object], share: range) -> list[float]:
        start.wait()
        times = []
        for place in range(len(share)):
            began = time.perf_counter()
            do(place)
            times.append(time.perf_counter() - began)
        return times

    with ThreadPoolExecutor(threads) as pool:
        running = [pool.submit(run, do, share) for do, share in zip(doing, shares, strict=True)]
        start.wait()
        began = time.perf_counter()
        each = [seconds for one in running for seconds in one.result()]
        return time.perf_counter() - began, each
