"""What one tick costs: it must follow what is due, not how many requests are open."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import event, text

from tests.benchmarks.databases import NewDatabase, everywhere, median, say
from tests.casework.examples import moment
from tests.services.desk import REFERENCE, Desk
from tests.store import many
from workflow.law.regime import Regime
from workflow.scheduler import tick
from workflow.services import deadlines
from workflow.services.counting_messenger import CountingMessenger
from workflow.services.delivery import deliver
from workflow.services.simulated_office import CLOSES, OPENS
from workflow.store import requests

SIZES = (10_000, 100_000, 1_000_000)
DUE = (0, 100, 10_000)
ASKED = 20  # times, of which the median is told
MORNING = moment("Thu 2020-08-13 09:00")
INDEX = "ix_requests_next_notice_at"
HEAD = (
    f"{'':<11}{'open':>10}{'due':>8}{'bare query':>12}{'looked at':>11}{'sweep':>10}{'each':>8}"
    f"{'messages':>10}{'deliver':>10}{'each':>8}"
)
BARE = (
    "SELECT reference FROM requests WHERE next_notice_at <= {now} ORDER BY next_notice_at LIMIT 500"
)
MAKE_DUE = text("UPDATE requests SET next_notice_at = :at WHERE id BETWEEN :first AND :last")


class Measured(NamedTuple):
    """Seconds of each part of a tick, and how much it did."""

    due: int
    bare: float
    sweep: float
    looked_at: int
    deliver: float
    messages: int


def main() -> None:
    """Print, for each database, size and number due, what one tick costs in milliseconds."""
    say("a tick looks at 500 at most; each is overdue: notices, an escalation, cards, lines; ms")
    say(HEAD)
    with everywhere() as databases:
        for kind, new in databases.items():
            for size in SIZES:
                _measure(kind, new, size)


def _measure(kind: str, new: NewDatabase, size: int) -> None:
    desk = _filled(new(None), size)
    desk.at = MORNING
    tick(desk.office)  # the calendar is followed once
    first = 2
    for due in DUE:
        _make_due(desk, first=first, due=due)
        first += due
        say(_line(kind, size, _tick(desk, due)))
    plan = _plan(desk)
    say(f"{'':<21}{plan}")
    assert INDEX in plan, plan
    assert "Seq Scan" not in plan, plan
    desk.close()


def _line(kind: str, size: int, found: Measured) -> str:
    looked_at, messages = max(found.looked_at, 1), max(found.messages, 1)
    return (
        f"{kind:<11}{size:>10,}{found.due:>8,}{found.bare:>12.3f}{found.looked_at:>11}"
        f"{found.sweep:>10.2f}{found.sweep / looked_at:>8.2f}"
        f"{found.messages:>10}{found.deliver:>10.2f}{found.deliver / messages:>8.2f}"
    )


def _tick(desk: Desk, due: int) -> Measured:
    """Time one tick; where nothing is due, the median of many."""
    bare = median([_timed(lambda: _ask(desk)) for _ in range(ASKED)])
    looked_at = messages = 0

    def sweep() -> None:
        nonlocal looked_at
        looked_at += deadlines.sweep(desk.office).requests

    def say_it() -> None:
        nonlocal messages
        messages += deliver(desk.office).sent

    times = 1 if due else ASKED
    swept = median([_timed(sweep) for _ in range(times)])
    said = median([_timed(say_it) for _ in range(times)])
    return Measured(due, bare, swept, looked_at, said, messages)


def _plan(desk: Desk) -> str:
    """Say how the database finds what is due, in its own words; PostgreSQL does it and says so."""
    seen: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    engine = desk.office.store.engine
    event.listen(engine, "before_cursor_execute", listen)
    with desk.office.store.reading() as connection:
        requests.due_moments(connection, MORNING, under=tuple(Regime), most=deadlines.MOST)
    event.remove(engine, "before_cursor_execute", listen)
    sqlite = engine.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) "
    with desk.office.store.reading() as connection:
        rows = connection.exec_driver_sql(explain + seen[-1][0], seen[-1][1]).all()
    return "; ".join(str(row[-1]).strip() for row in rows)


def _filled(url: str, size: int) -> Desk:
    """Open a desk at which very many requests are held, none of them due for a year."""
    quiet = CountingMessenger(lambda: MORNING, opens=OPENS, closes=CLOSES)
    desk = Desk(url, messenger=quiet)
    desk.claimed()
    deliver(desk.office)
    with desk.office.store.writing() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        later = MORNING + timedelta(days=365)
        many.copy(connection, row_id, times=size, due=0, due_at=MORNING, later=later)
        connection.execute(MAKE_DUE, {"at": None, "first": row_id, "last": row_id})
    return desk


def _make_due(desk: Desk, *, first: int, due: int) -> None:
    spoken = "2020-08-13 08:00:00"
    if due == SIZES[0]:  # so many are not left: all of them are due, and some were due before
        first = 2
    with desk.office.store.writing() as connection:
        connection.execute(MAKE_DUE, {"at": spoken, "first": first, "last": first + due - 1})
    if desk.office.store.engine.dialect.name == "postgresql":
        with desk.office.store.writing() as connection:
            connection.execute(text("ANALYZE requests"))


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
