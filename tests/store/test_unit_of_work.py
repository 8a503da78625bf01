"""One transaction per act: what fails leaves nothing, and the pen goes round in turns."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.store.pictures import at, received
from workflow.store import requests
from workflow.store.turns import Turns
from workflow.store.unit_of_work import (
    DATABASE_AWAY,
    SECONDS_TAKEN_FOR_ALIVE,
    Store,
    open_store,
)

ROOT = Path(__file__).parents[2]


class Mishap(Exception):
    """Something that goes wrong in the middle of an act."""


def count(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM requests")) or 0)


def test_what_fails_half_way_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.writing() as connection:
            requests.add(connection, received(), at(), applicant=("Jo", "jo@example.org"))
            raise Mishap

    with pytest.raises(Mishap):
        fail()

    assert count(store) == 0


def test_a_look_sees_one_moment_even_while_somebody_writes(store: Store) -> None:
    if store.engine.dialect.name != "sqlite":
        return  # PostgreSQL looks statement by statement; each is consistent in itself

    with store.reading() as connection:
        before = connection.scalar(text("SELECT count(*) FROM requests"))
        with store.writing() as writer:
            requests.add(writer, received(), at(), applicant=None)
        after = connection.scalar(text("SELECT count(*) FROM requests"))

    assert (before, after, count(store)) == (0, 0, 1)


def test_sqlite_keeps_every_commit_through_a_loss_of_power(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.reading() as connection:
        told = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    store.close()

    full = 2
    assert told == ["wal", full, 1]


COUNT_UP = """
import sys
from sqlalchemy import text
from workflow.store.unit_of_work import open_store
store = open_store(sys.argv[1])
for _ in range(50):
    with store.writing() as connection:
        seen = connection.scalar(text("SELECT version FROM requests"))
        connection.execute(text("UPDATE requests SET version = :next"), {"next": seen + 1})
store.close()
"""


def test_two_processes_share_one_database_and_lose_no_write(
    store: Store, database_url: str
) -> None:
    if store.engine.dialect.name != "sqlite":
        return  # there a writer locks the row it read: see requests.get(to_change=True)
    with store.writing() as connection:
        requests.add(connection, received(), at(), applicant=None)

    programs = [
        subprocess.Popen([sys.executable, "-c", COUNT_UP, database_url], cwd=ROOT) for _ in range(2)
    ]
    assert [program.wait(60) for program in programs] == [0, 0]

    with store.reading() as connection:
        assert requests.get(connection, "002335/20").request.version == 100


OPEN_IT = """
import sys
from pathlib import Path
from tests.recorder import Recorder
from workflow.bootstrap import open_office
office = open_office(
    database_url=sys.argv[1], config_dir=Path("config"), messenger=Recorder(), migrate=True
)
office.store.close()
"""


def test_two_processes_that_open_an_empty_database_at_once_both_succeed(
    empty_database_url: str,
) -> None:
    programs = [
        subprocess.Popen([sys.executable, "-c", OPEN_IT, empty_database_url], cwd=ROOT)
        for _ in range(2)
    ]

    assert [program.wait(60) for program in programs] == [0, 0]


# --- Turns -------------------------------------------------------------------------------------


def waiting_for(turns: Turns, number: int) -> None:
    """Wait until so many stand in the queue."""
    until = time.monotonic() + 10
    while len(turns._waiting) < number:  # noqa: SLF001  # nothing else shows who stands there
        assert time.monotonic() < until, "nobody came"
        time.sleep(0.001)


@pytest.fixture
def turns() -> Turns:
    return Turns()


def test_whoever_asks_first_writes_first(turns: Turns) -> None:
    wrote: list[int] = []

    def write(number: int) -> None:
        with turns.turn():
            wrote.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    with turns.turn():
        for number, thread in enumerate(threads):
            thread.start()
            waiting_for(turns, number + 1)
    for thread in threads:
        thread.join(10)

    assert wrote == list(range(20))


def test_nobody_takes_a_second_turn_before_those_who_wait(turns: Turns) -> None:
    wrote: list[str] = []
    greedy_may_go_on = threading.Event()

    def greedy() -> None:
        for _ in range(2):
            with turns.turn():
                wrote.append("greedy")
                greedy_may_go_on.wait(10)

    def patient() -> None:
        with turns.turn():
            wrote.append("patient")

    threads = [threading.Thread(target=greedy), threading.Thread(target=patient)]
    threads[0].start()
    while not wrote:
        time.sleep(0.001)
    threads[1].start()
    waiting_for(turns, 1)
    greedy_may_go_on.set()
    for thread in threads:
        thread.join(10)

    assert wrote == ["greedy", "patient", "greedy"]


def test_two_never_hold_the_pen_at_once_and_a_mishap_passes_it_on(turns: Turns) -> None:
    holding, most = 0, 0

    def hold() -> None:
        nonlocal holding, most
        with turns.turn():
            holding += 1
            most = max(most, holding)
            holding -= 1
            raise Mishap

    def write() -> None:
        for _ in range(50):
            with suppress(Mishap):
                hold()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert (most, [thread.is_alive() for thread in threads]) == (1, [False] * 8)


def test_a_transaction_that_cannot_be_committed_gives_the_pen_back(store: Store) -> None:
    with pytest.raises(DBAPIError), store.writing() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    with store.writing() as connection:
        requests.add(connection, received(), at(), applicant=None)
    assert count(store) == 1


def end_its_connections(store: Store, url: str) -> None:
    """End every connection of a store at the server's end, as a restart does."""
    name = store.engine.url.database
    ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> "
    with psycopg.connect(url.replace("postgresql+psycopg:", "postgresql:"), autocommit=True) as one:
        one.execute(ending + "pg_backend_pid()", (name,))


def test_a_connection_that_a_restart_broke_is_renewed_before_it_is_used(
    migrated_postgres_url: str,
) -> None:
    store = open_store(migrated_postgres_url)
    count(store)

    end_its_connections(store, migrated_postgres_url)
    time.sleep(SECONDS_TAKEN_FOR_ALIVE + 0.1)

    assert count(store) == 0
    store.close()


def test_a_restart_in_this_second_costs_one_act_and_no_second_one(
    migrated_postgres_url: str,
) -> None:
    store = open_store(migrated_postgres_url)
    count(store)

    end_its_connections(store, migrated_postgres_url)

    with suppress(*DATABASE_AWAY):  # on a slow machine the second is over
        count(store)
    assert count(store) == 0
    store.close()
