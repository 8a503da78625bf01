"""Everything falls over at once, on PostgreSQL: nothing is lost, nothing is said twice.

`python -m tests.chaos.on_postgresql --notices 20000`

Three workers and two web processes share a database. Slack fails one call in five: 429, 500 or no
answer, before it did what was asked or after. Processes are killed with kill -9 and started again,
the database's server is stopped and started twice, once without ceremony; people act meanwhile.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString, NamedTuple

import psycopg

from tests.benchmarks.databases import say
from tests.chaos import accounts, authority
from tests.chaos.accounts import Stands
from tests.chaos.people import People
from tests.doors.page import Page
from tests.doors.programs import Program, answers, free_port
from tests.doors.workspace import BOT_TOKEN, SIGNING_SECRET
from tests.postgres_server import own_server
from tests.services.desk import Desk
from tests.store.databases import migrated
from workflow.bootstrap import wall_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_server import OwnServer

WORKERS, WEBS, RESTARTS = 3, 2, 2
FAULTS = ("rate_limited", "fail_before", "fail_after", "hang_before", "hang_after")
ONE_IN = 23  # of five faults each: one call in five fails
PATIENCE, HANGS = 0.4, 0.6  # seconds: how long Slack is waited for, how long it keeps silent
SAID = "SELECT count(*) FROM outbox WHERE state = 'sent'"
UNSAID = "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'superseded', 'gathered')"
STILL_DUE = "SELECT count(*) FROM requests WHERE next_notice_at <= %s"
# A database that survives: the other tests' servers sync nothing.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class Size(NamedTuple):
    """How much there is to say and of whom; how many are killed; how long it may take in seconds.

    `due` requests are to be looked at by the sweep, `acting` are acted upon meanwhile, each after a
    `pause`.
    """

    notices: int
    teams: int
    officers_in_a_team: int
    due: int
    acting: int
    pause: float
    kills: int
    within: float


SMALL = Size(200, teams=3, officers_in_a_team=3, due=15, acting=4, pause=2, kills=6, within=500)
LARGE = Size(
    20_000, teams=40, officers_in_a_team=5, due=500, acting=8, pause=6, kills=100, within=5400
)


@dataclass
class Outcome:
    """What happened, and how it came out."""

    seconds: float
    kills: int
    fell: int
    restarts: int
    calls: int
    faults: dict[str, int]
    asked: int
    unanswered: int
    confirmed: int
    reckoning: accounts.Reckoning
    lost_acts: list[str]

    @property
    def wrong(self) -> list[str]:
        """Give everything that went wrong."""
        return [*self.reckoning.wrong, *self.lost_acts]


@dataclass
class Kept:
    """A process that is started again whenever it ends, as a supervisor does."""

    command: tuple[str, ...]
    log: Path
    settings: dict[str, str]
    kills: int = 0
    fell: int = 0
    _running: Program = field(init=False)

    def __post_init__(self) -> None:
        """Start it."""
        self._start()

    def _start(self) -> None:
        self._running = Program(*self.command, log=self.log, settings=self.settings)

    def kill(self) -> None:
        """Kill it as a power cut would, and start it again."""
        self._running.kill()
        self.kills += 1
        self._start()

    def look(self) -> None:
        """Start it again if it ended by itself: it found neither Slack nor the database."""
        if self._running.process.poll() is not None:
            self.fell += 1
            self._start()

    def end(self) -> None:
        """End it for good."""
        self._running.end()


class Chaos:
    """An authority at work while everything falls over."""

    def __init__(self, size: Size, folder: Path, server: OwnServer) -> None:
        self.size, self.folder, self.server = size, folder, server
        self.config = authority.write_config(
            folder, teams=size.teams, officers_in_a_team=size.officers_in_a_team
        )
        self.database = migrated(server.create_database())
        self.desk = Desk(self.database, at=authority.MORNING, config=self.config)
        self.acting = [f"LIVE-{number}" for number in range(1, size.acting + 1)]
        for reference in self.acting:
            self.desk.log(reference)
        authority.fill(self.desk, notices=size.notices, due=size.due)
        self.ahead = (authority.MORNING - wall_clock()).total_seconds()
        self.page, self._slack = self._start_slack()
        ports = [free_port() for _ in range(WEBS)]
        self.processes = [
            *(self._keep(f"worker-{n}", "worker") for n in range(1, WORKERS + 1)),
            *(self._keep(f"web-{port}", "serve", FOI_PORT=str(port)) for port in ports),
        ]
        self._webs = [f"http://127.0.0.1:{port}" for port in ports]
        self.people = People(self._webs, self.acting, pause=size.pause)
        self._chance = random.Random(1)  # noqa: S311 - the same order of kills, and no secret
        self.restarts = 0

    def _start_slack(self) -> tuple[Page, Program]:
        port = free_port()
        program = Program(
            *(sys.executable, "-m", "tests.chaos.slack", "--port", str(port)),
            *("--folder", str(self.folder / "slack"), "--config", str(self.config)),
            *("--ahead", str(self.ahead)),
            log=self.folder / "slack.log",
        )
        program.wait_for(lambda: answers(f"http://127.0.0.1:{port}/sandbox/channels"))
        page = Page(f"http://127.0.0.1:{port}")
        for fault in FAULTS:
            page.post("faults", fault=fault, times=10**9, one_in=ONE_IN, seconds=_lasts(fault))
        return page, program

    def _keep(self, name: str, command: str, **more: str) -> Kept:
        settings = {
            "FOI_DATABASE_URL": self.database,
            "FOI_CONFIG_DIR": str(self.config),
            "FOI_TICK_SECONDS": "1",
            "FOI_MESSAGE_SECONDS": "0",  # all at once: nobody has hours to wait here
            "SLACK_API_URL": f"{self.page.url}/api/",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            **more,
        }
        run = (sys.executable, "-m", "tests.chaos.process", str(self.ahead), str(PATIENCE))
        return Kept((*run, command), self.folder / f"{name}.log", settings)

    def live(self) -> Outcome:
        """Let everything fall over until all is said, and reckon."""
        began = time.monotonic()
        while not all(answers(f"{url}/health") for url in self._webs):
            self._look(0.5)
        self.people.start()
        try:
            self._fall_over(began + self.size.within)
        finally:
            self.people.stop()
        self._wait_until_all_is_said(began + self.size.within)
        seconds = time.monotonic() - began
        faults = {one["fault"]: one["happened"] for one in self.page.get("faults")["waiting"]}
        calls = int(self.page.get("faults")["calls"])
        self.end()
        return Outcome(
            seconds=seconds,
            kills=sum(one.kills for one in self.processes),
            fell=sum(one.fell for one in self.processes),
            restarts=self.restarts,
            calls=calls,
            faults=faults,
            asked=self.people.asked,
            unanswered=self.people.unanswered,
            confirmed=sum(len(said) for said in self.people.confirmed.values()),
            reckoning=accounts.reckon(accounts.rows_of(self.desk.office), _standing(self.folder)),
            lost_acts=accounts.lost_acts(self.desk.office, self.people),
        )

    def _fall_over(self, until: float) -> None:
        """Kill, and restart the server twice, at even steps until nearly all is said."""
        stops = iter((signal.SIGINT, signal.SIGQUIT))  # fast, and immediate: without ceremony
        kills = _moments(self.size.notices, self.size.kills)
        restarts = _moments(self.size.notices, RESTARTS)
        while kills or restarts:
            said = self._count(SAID)
            assert time.monotonic() < until, f"only {said} are said"
            if kills and said >= kills[0]:
                time.sleep(self._chance.random())  # at any moment, not only between two messages
                self._chance.choice(self.processes).kill()
                del kills[0]
            if restarts and said >= restarts[0]:
                self.server.restart(next(stops))
                self.restarts += 1
                del restarts[0]
            self._look(0.1)

    def _wait_until_all_is_said(self, until: float) -> None:
        while (unsaid := self._unsaid()) > 0:
            assert time.monotonic() < until, f"{unsaid} are not said yet"
            self._look(0.5)

    def _look(self, seconds: float) -> None:
        for process in self.processes:
            process.look()
        time.sleep(seconds)

    def _unsaid(self) -> int:
        """Count what is not said yet, and the requests that are still to be looked at."""
        return self._count(UNSAID) + self._count(STILL_DUE, authority.MORNING)

    def _count(self, question: LiteralString, *values: object) -> int:
        with psycopg.connect(self.database) as connection:
            found = connection.execute(question, values).fetchone()
        return int(found[0]) if found else 0

    def end(self) -> None:
        """End every process."""
        for process in self.processes:
            process.end()
        self._slack.end()
        with suppress(RuntimeError):
            self.page.close()


def _moments(notices: int, times: int) -> list[int]:
    """Give even steps on the way, as how many are said by then; the end is left in peace."""
    return [notices * 9 * n // (10 * (times + 1)) for n in range(1, times + 1)]


def _lasts(fault: str) -> float:
    return HANGS if fault.startswith("hang") else 1


def _standing(folder: Path) -> Iterator[Stands]:
    """Read what stands in the local Slack, from its own file."""
    with closing(sqlite3.connect(folder / "slack" / "sandbox.sqlite3")) as database:
        for (body,) in database.execute("SELECT body FROM messages ORDER BY ts"):
            message = json.loads(body)
            if "metadata" in message:
                yield Stands(message["metadata"]["event_payload"]["key"], message["ts"])


def run(size: Size) -> Outcome:
    """Run it on a server and in a folder of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="foi-chaos-") as folder,
        own_server(DURABLE) as server,
    ):
        chaos = Chaos(size, Path(folder), server)
        try:
            return chaos.live()
        finally:
            chaos.end()
            chaos.desk.close()


def tell(size: Size, found: Outcome) -> None:
    """Print the counts as a table."""
    said = found.reckoning
    faults = ", ".join(f"{name} {number:,}" for name, number in found.faults.items())
    failed = sum(found.faults.values())
    rows = {
        "processes": f"{WORKERS} workers, {WEBS} web, killed -9 {found.kills} times, "
        f"fell by themselves {found.fell} times",
        "database restarted": f"{found.restarts} times, once without ceremony",
        "calls of Slack": f"{found.calls:,}, failed {failed:,} "
        f"(one in {found.calls / failed:.1f}): {faults}",
        "notices due": f"{size.notices:,}, and {size.due:,} requests to be looked at",
        "acts": f"{found.asked:,} asked for, {found.confirmed:,} confirmed, "
        f"{found.unanswered:,} unanswered",
        "to be said in all": f"{said.to_say:,}, standing in Slack {said.standing:,}",
        "took": f"{found.seconds:,.0f} s, {said.standing / found.seconds:,.0f} messages a second",
        "not said": f"{len(said.unsaid)}",
        "lost": f"{len(said.lost)}",
        "said twice": f"{len(said.twice)}",
        "out of order": f"{len(said.out_of_order)}",
        "confirmed acts lost or doubled": f"{len(found.lost_acts)}",
    }
    for name, value in rows.items():
        say(f"{name:<32}{value}")
    for wrong in found.wrong[:20]:
        say(f"  {wrong}")


def main() -> None:
    """Run it large, or as large as asked."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--notices", type=int, default=LARGE.notices)
    notices = asked.parse_args().notices
    size = LARGE._replace(notices=notices, due=max(notices // 40, 1), kills=max(notices // 200, 5))
    found = run(size)
    tell(size, found)
    if found.wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
