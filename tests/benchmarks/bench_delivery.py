"""How many notices a second one, two, four and eight workers deliver on PostgreSQL.

Beside it, in the same run and by as many processes: the bare claims of which a delivery consists,
by the driver. What is said is said to nobody, so that it is our own work that is measured.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg

from tests.benchmarks.databases import say
from tests.doors.programs import ROOT, environment
from tests.postgres_server import NoPostgresServerError, database_name, own_server
from tests.services.desk import Desk
from tests.store import many
from tests.store.databases import migrated
from workflow.services.counting_messenger import CountingMessenger
from workflow.services.delivery import BATCH, deliver
from workflow.services.simulated_office import CLOSES, OPENS
from workflow.store import outbox, requests
from workflow.store.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.postgres_server import PostgresServer

NOTICES = 4_000
WORKERS = (1, 2, 4, 8)
WAYS = ("claims", "claims and settlements", "deliveries")
# As an authority runs it: what is committed is on the disk.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
CLAIM = """
UPDATE outbox SET state = 'sending', lease = %(name)s, not_before = %(until)s,
    attempts = attempts + 1
WHERE id IN (
    SELECT id FROM outbox
    WHERE state IN ('waiting', 'sending') AND (not_before IS NULL OR not_before <= %(now)s)
    ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED)
RETURNING id
"""
SETTLE = "UPDATE outbox SET state = 'sent' WHERE id = %s AND lease = %s AND state = 'sending'"


def main() -> None:
    """Print notices a second for each number of workers, and the ratios to the bare claims."""
    try:
        with own_server(DURABLE) as server:
            _measure(server, NOTICES)
    except NoPostgresServerError as absence:
        say(f"left out: {absence}")


def _measure(server: PostgresServer, notices: int) -> None:
    filled = _filled(server, notices)
    say(f"{notices:,} notices, each about a request of its own, {BATCH} leased at once; a second")
    say(f"{'workers':>8}{WAYS[0]:>12}{WAYS[1]:>26}{WAYS[2]:>14}{'ratio':>8}{'said twice':>12}")
    for workers in WORKERS:
        rates = {way: _rate(server, filled, way, workers, notices) for way in WAYS}
        settled, ours = rates[WAYS[1]][0], rates[WAYS[2]][0]
        say(
            f"{workers:>8}{rates[WAYS[0]][0]:>12,.0f}{settled:>26,.0f}{ours:>14,.0f}"
            f"{settled / ours:>8.1f}{rates[WAYS[2]][1]:>12}"
        )


def _filled(server: PostgresServer, notices: int) -> str:
    """Make a database in which so many notices wait. Gives its name, to be copied."""
    url = migrated(server.create_database())
    desk = Desk(url)
    desk.log()
    deliver(desk.office)
    with desk.office.store.writing() as connection:
        row_id = requests.get(connection, desk.found().reference).row_id
        later = desk.at + timedelta(days=365)
        many.copy(connection, row_id, times=notices, due=0, due_at=desk.at, later=later)
    with desk.office.store.writing() as connection:
        for number in range(1, notices + 1):
            outbox.put(connection, row_id + number, [_notice(number)], at=desk.at)
    desk.close()
    return database_name(url)


def _notice(number: int) -> Outgoing:
    return Outgoing(f"told|R{number}|0|person:amira", "notice", "person:amira", f"Notice {number}.")


def _rate(
    server: PostgresServer, filled: str, way: str, workers: int, notices: int
) -> tuple[float, int]:
    """Let so many processes do the work of one copy. Gives how many a second, and said twice."""
    url = server.create_database(template=filled)
    command = [sys.executable, "-m", "tests.benchmarks.bench_delivery", way, url]
    running = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(workers)
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    began = time.perf_counter()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [int(one.communicate()[0]) for one in running]
    seconds = time.perf_counter() - began
    server.drop_database(url)
    assert sum(said) >= notices, f"{way}: {said} of {notices}"
    return notices / seconds, sum(said) - notices


# --- one of the processes -------------------------------------------------------------------------


def _work(way: str, url: str) -> None:
    """Get ready, wait for the word, work until nothing is left, and say how many were done."""
    work = _delivering(url) if way == WAYS[2] else _claiming(url, settles=way == WAYS[1])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(f"{work()}\n")


def _claiming(url: str, *, settles: bool) -> Callable[[], int]:
    connection = psycopg.connect(url)
    name = uuid.uuid4().hex

    def work() -> int:
        done = 0
        while True:
            now = datetime.now(UTC)  # noqa: TID251 - as a worker leases, by the machine's time
            asked = {"name": name, "now": now, "until": now + outbox.LEASE, "most": BATCH}
            ids = connection.execute(CLAIM, asked).fetchall()
            connection.commit()
            if not ids:
                return done
            for (row_id,) in ids if settles else ():
                connection.execute(SETTLE, (row_id, name))
                connection.commit()
            done += len(ids)

    return work


def _delivering(url: str) -> Callable[[], int]:
    messenger = CountingMessenger(lambda: desk.at, opens=OPENS, closes=CLOSES)
    desk = Desk(url, messenger=messenger)
    with desk.office.store.reading():
        pass  # connected before the word is given, as the others are
    return lambda: deliver(desk.office).sent


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("way", choices=WAYS)
    asked.add_argument("url")
    given = asked.parse_args()
    _work(given.way, given.url)
