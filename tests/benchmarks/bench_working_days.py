"""How fast the law is: ratios measured in one run, on one machine, against the usual ways.

Nothing here fails on a time: machines differ, ratios tell.
"""

from __future__ import annotations

import importlib.util
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from workflow.bank_holidays import Calendars, load
from workflow.law.clock import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    Extended,
    FeeReceived,
    FeesNoticeGiven,
    Received,
    Responded,
    explain,
    read,
)
from workflow.law.working_days import WorkingDays
from workflow.services.due import batch

ROOT = Path(__file__).resolve().parents[2]
SEED, ASKED, MILLION = 20_200_714, 2_000, 1_000_000
ROUNDS, STARTS = 5, 5

HISTORY: tuple[ClockEvent, ...] = (
    Received(date(2026, 1, 12)),
    ClarificationSought(date(2026, 1, 16)),
    ClarificationReceived(date(2026, 1, 23)),
    FeesNoticeGiven(date(2026, 1, 28)),
    FeeReceived(date(2026, 2, 4)),
    Extended(date(2026, 2, 20), "s.31(1)(a)", 10),
    Responded(date(2026, 3, 2)),
)


def main() -> None:
    """Print the speeds and their ratios."""
    calendars = load()
    days = calendars.uk
    asked = [date(2019, 1, 1) + timedelta(days=n) for n in _numbers(ASKED, 3000)]
    table = _best(lambda: [days.nth_after(day, 20) for day in asked]) / ASKED
    _line("+20 working days, our table", table, "")
    _line("  holidays.get_nth_working_day", *_against(table, _with_holidays(asked)))
    _line("  numpy.busday_offset", *_against(table, _with_numpy(days, asked)))
    _reading(days)
    _due_dates(days, calendars)
    _cold_start()


def test_the_speed_of_the_law_is_printed() -> None:
    main()


def _reading(days: WorkingDays) -> None:
    fresh = (HISTORY[0],)
    one = _best(lambda: [read(fresh, days=days, on=fresh[0].on) for _ in range(500)]) / 500
    full = _best(lambda: [read(HISTORY, days=days, on=HISTORY[-1].on) for _ in range(500)]) / 500
    reading = read(HISTORY, days=days, on=HISTORY[-1].on)
    told = _best(lambda: [explain(reading) for _ in range(500)]) / 500
    _line("a reading with its ledger, one event", one, "")
    _line("a reading with its ledger, seven events", full, f"x {full / one:.1f}")
    _line("  and its explanation in words", told, "")


def _due_dates(days: WorkingDays, calendars: Calendars) -> None:
    received = [date(2019, 1, 1) + timedelta(days=n) for n in _numbers(MILLION, 3000)]
    began = time.perf_counter()
    due = [days.nth_after(day, 20) for day in received]
    _line(f"{len(due):,} due dates from the table", time.perf_counter() - began, "in all")
    began = time.perf_counter()
    answered = sum('"date"' in line for line in batch(_lines(received), calendars))
    _line(f"{answered:,} due dates as JSON Lines", time.perf_counter() - began, "in all")


def _lines(received: Iterable[date]) -> Iterable[str]:
    for number, day in enumerate(received):
        event = f'{{"event": "received", "on": "{day}"}}'
        yield f'{{"id": {number}, "regime": "foia", "events": [{event}]}}'


def _cold_start() -> None:
    nothing = _started("-c", "pass")
    due = _started("-m", "workflow.cli.due", "2020-07-14")
    holidays = _started("-c", "from holidays.countries.united_kingdom import UnitedKingdom")
    typer = _started("-c", "import typer.main")
    _line("python -c pass, from nothing", nothing, "")
    _line("foi due 2020-07-14, from nothing", due, f"x {due / nothing:.1f}")
    _line("  of which importing holidays", holidays - nothing, "")
    _line("  of which importing typer", typer - nothing, "")


def _started(*words: str) -> float:
    def start() -> None:
        command = [sys.executable, *words]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    start()  # once, so that the bytecode is there
    return statistics.median(_took(start) for _ in range(STARTS))


def _with_holidays(asked: list[date]) -> float:
    """Ask the library itself, for the union of the four nations."""
    from holidays import country_holidays  # noqa: PLC0415 (only here)

    union = sum(
        country_holidays("GB", subdiv=nation, years=range(2018, 2029))
        for nation in ("ENG", "WLS", "SCT", "NIR")
    )
    some = asked[:200]
    return _best(lambda: [union.get_nth_working_day(day, 20) for day in some]) / len(some)  # type: ignore[union-attr]  # sum() begins with 0


def _with_numpy(days: WorkingDays, asked: list[date]) -> float | None:
    """Ask numpy, day by day as a request comes; None where numpy is not installed."""
    if importlib.util.find_spec("numpy") is None:
        return None
    numpy = importlib.import_module("numpy")
    calendar = numpy.busdaycalendar(holidays=[holiday.on for holiday in days.holidays])
    return _best(
        lambda: [numpy.busday_offset(day, 20, roll="backward", busdaycal=calendar) for day in asked]
    ) / len(asked)


def _against(table: float, other: float | None) -> tuple[float | None, str]:
    return (None, "not installed") if other is None else (other, f"x {other / table:.0f}")


def _numbers(how_many: int, below: int) -> list[int]:
    chosen = random.Random(SEED)  # noqa: S311 (the same days in every run, no secret)
    return [chosen.randrange(below) for _ in range(how_many)]


def _best(work: Callable[[], object]) -> float:
    return min(_took(work) for _ in range(ROUNDS))


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _line(what: str, seconds: float | None, note: str) -> None:
    print(f"{what:<44} {_told(seconds):>12}   {note}")  # noqa: T201 (a benchmark prints)


def _told(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds / 1e-9:.0f} ns"


if __name__ == "__main__":
    main()
