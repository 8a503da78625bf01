"""What one tick costs: it must follow what is due, not how many requests are open."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from tests.benchmarks.databases import NewDatabase, everywhere, median, say
from tests.casework.examples import moment
from tests.recorder import Recorder
from tests.services.desk import REFERENCE, Desk
from tests.store import many
from workflow.scheduler import tick
from workflow.services import deadlines
from workflow.services.delivery import deliver
from workflow.store import requests

SIZES = (10_000, 1_000_000)
DUE = 100
ROUNDS = 5
MORNING = moment("Thu 2020-08-13 09:00")
COLUMNS = {
    "bare": "bare query",
    "idle": "idle tick",
    "sweep": "sweep",
    "deliver": "deliver",
    "tick": "tick",
}
HEAD = f"{'':<11}{'open':>10}" + "".join(f"{title:>12}" for title in COLUMNS.values())
BARE = (
    "SELECT reference FROM requests WHERE next_notice_at <= {now} ORDER BY next_notice_at LIMIT 500"
)
MAKE_DUE = text("UPDATE requests SET next_notice_at = :at WHERE id BETWEEN :first AND :last")


def main() -> None:
    """Print, for each database and size, the medians in milliseconds."""
    say(f"{DUE} due, each overdue: four notices, an escalation, its card, its thread; ms")
    say(HEAD)
    with everywhere() as databases:
        for kind, new in databases.items():
            for size in SIZES:
                say(_line(kind, size, _measured(new, size)))


def _line(kind: str, size: int, measured: dict[str, float]) -> str:
    figures = "".join(f"{measured[name]:>12.2f}" for name in COLUMNS)
    return f"{kind:<11}{size:>10,}{figures}   ({measured['messages']:.0f} messages)"


def _measured(new: NewDatabase, size: int) -> dict[str, float]:
    desk = _filled(new(None), size)
    desk.at = MORNING
    idle = [_timed(lambda: tick(desk.office)) for _ in range(ROUNDS * 4)]
    bare: list[float] = []
    sweeps: list[float] = []
    deliveries: list[float] = []
    for number in range(ROUNDS):
        _make_due(desk, first=2 + number * DUE)
        bare += [_timed(lambda: _ask(desk)) for _ in range(20)]
        sweeps.append(_timed(lambda: deadlines.sweep(desk.office)))
        deliveries.append(_timed(lambda: deliver(desk.office)))
    desk.close()
    ticks = [swept + said for swept, said in zip(sweeps, deliveries, strict=True)]
    return {
        "bare": median(bare),
        "idle": median(idle),
        "sweep": median(sweeps),
        "deliver": median(deliveries),
        "tick": median(ticks),
        "messages": len(desk.recorder.posts) / ROUNDS,
    }


def _filled(url: str, size: int) -> Desk:
    """Open a desk at which very many requests are held, none of them due for a year."""
    desk = Desk(url, recorder=Recorder())
    desk.claimed()
    deliver(desk.office)
    desk.recorder.posts.clear()
    with desk.office.store.writing() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        later = MORNING + timedelta(days=365)
        many.copy(connection, row_id, times=size, due=0, due_at=MORNING, later=later)
        connection.execute(MAKE_DUE, {"at": None, "first": row_id, "last": row_id})
    return desk


def _make_due(desk: Desk, *, first: int) -> None:
    spoken = "2020-08-13 08:00:00"
    with desk.office.store.writing() as connection:
        connection.execute(MAKE_DUE, {"at": spoken, "first": first, "last": first + DUE - 1})


def _ask(desk: Desk) -> Any:
    sqlite = desk.office.store.engine.dialect.name == "sqlite"
    with desk.office.store.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        if sqlite:
            return driver.execute(BARE.format(now="?"), ("2020-08-13 09:00:00.000000",)).fetchall()
        return driver.execute(BARE.format(now="%s"), (MORNING,)).fetchall()


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
