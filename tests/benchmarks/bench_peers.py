"""Ten thousand reminders by FOI Desk, by procrastinate and by APScheduler's stored jobs.

All on one PostgreSQL, in the same run. They are scheduled one by one; a thousand are moved, as when
clarification is sought of a thousand applicants; what is due is fired by two processes, and a row
is written for each firing, so that doubles are counted. FOI Desk does more in each step: it reckons
the statutory clock, moving is the whole act with its history, and firing is sweeping and delivery.
A peer that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import psycopg
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import text

from tests.benchmarks import firing
from tests.benchmarks.bench_delivery import DURABLE
from tests.benchmarks.databases import say
from tests.casework.examples import CONFIG, moment
from tests.doors.programs import ROOT, environment
from tests.postgres_server import NoPostgresServerError, own_server
from tests.services.desk import OPENED_AT, Desk
from tests.store import many
from tests.store.databases import migrated
from workflow.casework.stages import Act
from workflow.services import deadlines
from workflow.services.counting_messenger import CountingMessenger
from workflow.services.delivery import deliver
from workflow.services.office import timing
from workflow.services.simulated_office import CLOSES, OPENS
from workflow.store import requests

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflow.services.messenger import Message
    from workflow.store.cards import Place

REMINDERS, MOVED, PROCESSES = 10_000, 1_000, 2
PATIENCE = 900.0  # seconds until those that were not fired are counted as lost
FIRING_DAY = moment("Mon 2020-08-10 09:30")  # two working days before Wednesday 12 August
ONE_RULE = """
[working_hours]
start = "09:00"
end = "17:00"
[targets]
draft = 15
[[rule]]
name = "due in two working days"
anchor = "due"
offset = -2
stages = ["searching"]
to = ["holder"]
words = "{reference} is due in {left}."
"""


LEAVE_OUT = text("UPDATE requests SET next_notice_at = NULL WHERE id = :row_id")


class Took(NamedTuple):
    """Seconds for each step, and how many were fired twice or not at all."""

    schedule: float
    move: float
    fire: float
    twice: int
    lost: int


class Way(Protocol):
    """One way to remind: it is scheduled here, and fired by processes of its own."""

    def schedule(self) -> None:
        """Schedule all of them, one by one."""

    def move(self) -> None:
        """Move the first thousand to a later time."""


def main() -> None:
    """Print seconds for each step, by each way that is installed."""
    say(f"{REMINDERS:,} reminders, {MOVED:,} moved, the others fired by {PROCESSES} processes; s")
    say(f"{'':<16}{'schedule':>10}{'move':>10}{'fire':>10}{'twice':>8}{'lost':>8}")
    try:
        with own_server(DURABLE) as server, tempfile.TemporaryDirectory() as folder:
            config = _config(Path(folder))
            for name, way in WAYS.items():
                if name == "procrastinate" and not importlib.util.find_spec("procrastinate"):
                    say(f"{name:<16}left out: it is not installed")
                    continue
                url = server.create_database()
                took = _measured(name, way(url, config), url, config)
                say(
                    f"{name:<16}{took.schedule:>10.1f}{took.move:>10.1f}{took.fire:>10.1f}"
                    f"{took.twice:>8,}{took.lost:>8,}"
                )
    except NoPostgresServerError as absence:
        say(f"left out: {absence}")


def _config(folder: Path) -> Path:
    config = folder / "config"
    shutil.copytree(CONFIG, config)
    (config / "reminders.toml").write_text(ONE_RULE, encoding="utf-8")
    return config


def _measured(name: str, way: Way, url: str, config: Path) -> Took:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(firing.FIRED)
    schedule, move = _timed(way.schedule), _timed(way.move)
    fire = _fired(name, url, config)
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*), count(DISTINCT n) FROM fired").fetchone()
    assert row is not None
    return Took(schedule, move, fire, row[0] - row[1], REMINDERS - MOVED - row[1])


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _fired(name: str, url: str, config: Path) -> float:
    """Let two processes fire what is due. Gives seconds from the word to the last firing."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_peers", name, url, str(config)]
    running = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a peer's thread that dies says so for every job
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for one in running:
        assert one.stdout is not None
        while one.stdout.readline() != "ready\n":
            assert one.poll() is None, "a process ended by itself"
    began = time.perf_counter()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in running:
        one.communicate()
    return time.perf_counter() - began


def _wait_until(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < ends:
        time.sleep(0.05)


# --- FOI Desk -------------------------------------------------------------------------------------


class Firing(CountingMessenger):
    """Says nothing to anybody, and writes a row for each reminder."""

    def __init__(self, url: str) -> None:
        super().__init__(lambda: FIRING_DAY, opens=OPENS, closes=CLOSES)
        self._fired = firing.Fired(url)

    def say(self, message: Message) -> Place:
        """Post words to a recipient."""
        self._fired.note(message.key)
        return super().say(message)


class Ours:
    """A reminder is the moment at which a request is next looked at."""

    def __init__(self, url: str, config: Path) -> None:
        migrated(url)
        quiet = CountingMessenger(lambda: OPENED_AT, opens=OPENS, closes=CLOSES)
        self._desk = Desk(url, config=config, messenger=quiet)
        self._desk.claimed()
        with self._desk.office.store.writing() as connection:
            row_id = requests.get(connection, self._desk.found().reference).row_id
            later = FIRING_DAY + timedelta(days=3650)
            many.copy(connection, row_id, times=REMINDERS, due=0, due_at=FIRING_DAY, later=later)
            connection.execute(LEAVE_OUT, {"row_id": row_id})

    def schedule(self) -> None:
        """Reckon each request's clock and keep when it is next spoken of."""
        office = self._desk.office
        for number in range(1, REMINDERS + 1):
            with office.store.writing() as connection:
                seen = requests.get(connection, f"R{number}", to_change=True)
                kept = timing(office, seen.request, noticed_to=seen.noticed_to)
                requests.save_timing(connection, seen, kept)

    def move(self) -> None:
        """Seek clarification of a thousand applicants: nothing is due while they do not answer."""
        for number in range(1, MOVED + 1):
            self._desk.do(Act.SEEK_CLARIFICATION, "amira", f"R{number}")
        self._desk.close()


def _fire_ours(url: str, config: Path) -> Callable[[], object]:
    desk = Desk(url, config=config, messenger=Firing(url), at=FIRING_DAY, wall=FIRING_DAY)
    quiet = CountingMessenger(lambda: FIRING_DAY, opens=OPENS, closes=CLOSES)
    acts = Desk(url, config=config, messenger=quiet, at=FIRING_DAY, wall=FIRING_DAY)
    deliver(acts.office)  # what the acts left to say is no reminder
    acts.close()

    def fire() -> None:
        while deadlines.sweep(desk.office).requests:
            deliver(desk.office)
        deliver(desk.office)

    return fire


# --- APScheduler ----------------------------------------------------------------------------------


class ApScheduler:
    """A reminder is a stored job with a date."""

    def __init__(self, url: str, _config: Path) -> None:
        self._scheduler = _scheduler(url)
        self._scheduler.start(paused=True)

    def schedule(self) -> None:
        """Add a job for each."""
        due = datetime.now(UTC)  # noqa: TID251 - its schedule is the machine's time
        for n in range(REMINDERS):
            self._scheduler.add_job(firing.fired, "date", run_date=due, args=[n], id=str(n))

    def move(self) -> None:
        """Find and reschedule a thousand jobs."""
        later = datetime.now(UTC) + timedelta(days=365)  # noqa: TID251 - as above
        for n in range(MOVED):
            self._scheduler.reschedule_job(str(n), trigger="date", run_date=later)
        self._scheduler.shutdown()


def _scheduler(url: str) -> BackgroundScheduler:
    return BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=url)},
        executors={"default": ThreadPoolExecutor(10)},
        job_defaults={"misfire_grace_time": None},
        timezone=UTC,
    )


def _fire_apscheduler(url: str, _config: Path) -> Callable[[], object]:
    firing.begin(url)
    scheduler = _scheduler(url)
    connection = psycopg.connect(url, autocommit=True)

    def fire() -> None:
        scheduler.start()
        _wait_until(lambda: not scheduler._thread.is_alive() or _left(connection) == MOVED)  # noqa: SLF001 - whether it still runs is said nowhere else
        if scheduler._thread.is_alive():  # noqa: SLF001 - as above
            scheduler.shutdown()

    return fire


def _left(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute("SELECT count(*) FROM apscheduler_jobs").fetchone()
    return int(row[0]) if row else 0


# --- procrastinate --------------------------------------------------------------------------------


class Procrastinate:
    """A reminder is a deferred job."""

    def __init__(self, url: str, _config: Path) -> None:
        self._app, self._task = _procrastinate(url, "SyncPsycopgConnector")
        self._app.open()
        self._app.schema_manager.apply_schema()
        self._ids: list[int] = []

    def schedule(self) -> None:
        """Defer a job for each."""
        due = datetime.now(UTC)  # noqa: TID251 - its schedule is the machine's time
        self._ids = [self._task.configure(schedule_at=due).defer(n=n) for n in range(REMINDERS)]

    def move(self) -> None:
        """Cancel a thousand jobs and defer them anew: a job cannot be moved."""
        later = datetime.now(UTC) + timedelta(days=365)  # noqa: TID251 - as above
        for n in range(MOVED):
            self._app.job_manager.cancel_job_by_id(self._ids[n])
            self._task.configure(schedule_at=later).defer(n=n)
        self._app.close()


def _procrastinate(url: str, connector: str) -> tuple[Any, Any]:
    procrastinate: Any = importlib.import_module("procrastinate")
    app = procrastinate.App(connector=getattr(procrastinate, connector)(conninfo=url))
    return app, app.task(name="fired")(firing.fired)


def _fire_procrastinate(url: str, _config: Path) -> Callable[[], object]:
    firing.begin(url)
    app, _task = _procrastinate(url, "PsycopgConnector")
    return lambda: app.run_worker(wait=False, concurrency=10, install_signal_handlers=False)


WAYS: dict[str, Callable[[str, Path], Way]] = {
    "FOI Desk": Ours,
    "procrastinate": Procrastinate,
    "APScheduler": ApScheduler,
}
FIRE = {
    "FOI Desk": _fire_ours,
    "procrastinate": _fire_procrastinate,
    "APScheduler": _fire_apscheduler,
}


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("way", choices=WAYS)
    asked.add_argument("url")
    asked.add_argument("config", type=Path)
    given = asked.parse_args()
    work = FIRE[given.way](given.url, given.config)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    work()
