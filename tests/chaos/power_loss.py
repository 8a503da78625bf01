"""The power fails at every write of one process on SQLite: nothing is lost, nothing said twice.

`python -m tests.chaos.power_loss --notices 5000`

A life is a process that opens the desk, sweeps and delivers until the power fails, which is when it
is about to make its second or its third durable write: a commit or a post. So each life brings the
work one write further, and the power fails between every pair of writes. A post that is made and
not yet settled is what a life most often leaves behind. The next life begins when the leases of the
dead are over. What is said of a request and in which order is compared with what was to be said.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from sqlalchemy import event

from tests.benchmarks.databases import say
from tests.chaos import accounts, authority
from tests.chaos.lines import Lines, standing
from tests.services.desk import OPENED_AT, Desk
from tests.store.databases import migrated
from workflow.scheduler import tick
from workflow.services.delivery import deliver
from workflow.store.outbox import LEASE

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

POWER_FAILED, ALL_SAID, UNFORESEEN = 9, 0, 3
LARGE = 5_000
PROGRESS = (
    "SELECT count(*) FROM outbox",
    "SELECT count(*) FROM outbox WHERE state IN ('sent', 'superseded', 'gathered')",
    "SELECT count(*) FROM requests WHERE next_notice_at IS NULL",
    "SELECT count(*) FROM cards",
)
AFTER_A_LEASE = LEASE + timedelta(seconds=1)


class Point(NamedTuple):
    """Where the power failed: between which two durable writes of a life."""

    before: str
    after: str


class Outcome(NamedTuple):
    """How often the power failed, where, and how it came out."""

    seconds: float
    lives: int
    points: Counter[Point]
    reckoning: accounts.Reckoning


class Power:
    """Counts the durable writes of a life, and fails before the one after `lasts`."""

    def __init__(self, lasts: int, told: int) -> None:
        self._left, self._told, self._latest = lasts, told, "start"

    def write(self, what: str) -> None:
        """Take note that a durable write is about to be made; the power may fail first."""
        if self._left == 0:
            os.write(self._told, f"{self._latest}|{what}\n".encode())
            os._exit(POWER_FAILED)
        self._left -= 1
        self._latest = what

    def watch(self, engine: Engine) -> None:
        """Take note of each commit of a transaction that wrote something."""
        wrote: dict[int, str] = {}

        def executed(connection: Connection, _c: object, statement: str, *_: object) -> None:
            verb, _space, rest = statement.partition(" ")
            if verb in ("INSERT", "UPDATE", "DELETE"):
                table = rest.removeprefix("INTO ").removeprefix("FROM ").split()[0]
                wrote.setdefault(id(connection), f"commit, {verb.lower()} {table}")

        def committed(connection: Connection) -> None:
            if what := wrote.pop(id(connection), None):
                self.write(what)

        def rolled_back(connection: Connection) -> None:
            wrote.pop(id(connection), None)

        event.listen(engine, "before_cursor_execute", executed)
        event.listen(engine, "commit", committed)
        event.listen(engine, "rollback", rolled_back)


class Lives:
    """One life after another on one database, each in a process of its own."""

    def __init__(self, folder: Path, notices: int) -> None:
        self.url, self.posts = f"sqlite:///{folder / 'desk.db'}", folder / "posts"
        self._path = folder / "desk.db"
        migrated(self.url)
        desk = Desk(self.url, at=authority.MORNING)
        authority.fill(desk, notices=notices, due=max(notices // 100, 1))
        self._warm_up(desk)
        desk.close()
        self.office = desk.office
        self.wall, self.count = OPENED_AT, 0

    def _warm_up(self, desk: Desk) -> None:
        """Say the first few in peace: the engine remembers for every life what it has compiled."""
        stop = threading.Event()
        messenger = Lines(self.posts, lambda _: stop.set())
        deliver(replace(desk.office, messenger=messenger), stop=stop)

    def live(self, lasts: int) -> Point | None:
        """Live until the power fails, and say where; None for a life that ended in peace."""
        self.count += 1
        self.wall += AFTER_A_LEASE
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            self._work(Power(lasts, writing))
        os.close(writing)
        with os.fdopen(reading) as told:
            line = told.read()
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in (POWER_FAILED, ALL_SAID):
            raise RuntimeError(f"a life ended with status {code}: see the traceback above")
        return Point(*line.strip().split("|")) if line else None

    def _work(self, power: Power) -> NoReturn:
        """Do what a worker does at one tick, in the child, and never return."""
        code = UNFORESEEN
        try:
            messenger = Lines(self.posts, power.write)
            office = replace(self.office, messenger=messenger, wall=lambda: self.wall)
            power.watch(office.store.engine)
            tick(office)
            code = ALL_SAID
        except BaseException:  # noqa: BLE001 - a child must not go on as its parent
            traceback.print_exc()
        os._exit(code)

    def progress(self) -> tuple[int, ...]:
        """Tell how far the work is: bytes posted, rows that are settled, requests looked at."""
        with closing(sqlite3.connect(self._path)) as database:
            counted = [database.execute(question).fetchone()[0] for question in PROGRESS]
        return (self.posts.stat().st_size if self.posts.exists() else 0, *counted)


def run(notices: int) -> Outcome:
    """Let life follow life until all is said, and reckon."""
    with tempfile.TemporaryDirectory(prefix="foi-power-") as folder:
        lives = Lives(Path(folder), notices)
        points: Counter[Point] = Counter()
        began, lasts, before = time.monotonic(), 1, lives.progress()
        while not _all_is_said(lives, lasts, points):
            # A life that only took a lease is followed by one that lives for a write more.
            now = lives.progress()
            lasts = min(lasts, 2) if now != before else lasts + 1
            before = now
        seconds = time.monotonic() - began
        found = accounts.reckon(accounts.rows_of(lives.office), standing(lives.posts))
        lives.office.store.close()
    return Outcome(seconds, lives.count, points, found)


def _all_is_said(lives: Lives, lasts: int, points: Counter[Point]) -> bool:
    point = lives.live(lasts)
    if point is not None:
        points[point] += 1
    return point is None


def tell(notices: int, found: Outcome) -> None:
    """Print the counts as a table."""
    said = found.reckoning
    rows = {
        "notices due": f"{notices:,}, and {max(notices // 100, 1):,} requests to be looked at",
        "to be said in all": f"{said.to_say:,}, standing {said.standing:,}",
        "lives": f"{found.lives:,}, of which the power ended {found.points.total():,}",
        "took": f"{found.seconds:,.0f} s",
        "not said": f"{len(said.unsaid)}",
        "lost": f"{len(said.lost)}",
        "said twice": f"{len(said.twice)}",
        "out of order": f"{len(said.out_of_order)}",
    }
    for name, value in rows.items():
        say(f"{name:<20}{value}")
    say("the power failed, times, between")
    for point, times in found.points.most_common():
        say(f"{times:>8,}  {point.before:<28} and  {point.after}")
    for wrong in said.wrong[:20]:
        say(f"  {wrong}")


def main() -> None:
    """Run it large, or as large as asked. Exit status 1 when anything was lost or said twice."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--notices", type=int, default=LARGE)
    notices = asked.parse_args().notices
    found = run(notices)
    tell(notices, found)
    sys.exit(1 if found.reckoning.wrong else 0)


if __name__ == "__main__":
    main()
