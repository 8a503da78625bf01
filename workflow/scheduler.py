"""The scheduler: a dumb tick that sweeps and delivers. It holds no rules and no state of its own.

APScheduler's memory store, on every process: what is due is a row, keys are unique and
rows are leased, so that any number of ticks at once do no harm and none needs a leader.
"""

from __future__ import annotations

import threading
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from workflow.services.calendar import follow
from workflow.services.cards import draw_anew
from workflow.services.deadlines import Swept, sweep
from workflow.services.delivery import NEVER, Delivered, deliver

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflow.services.delivery import Stop
    from workflow.services.office import Office

log = structlog.get_logger(__name__)


class Tick(NamedTuple):
    """What one tick did. `reckoned` counts requests moved by a change of the calendar."""

    swept: Swept
    delivered: Delivered
    reckoned: int = 0


def tick(office: Office, *, stop: Stop = NEVER, patience: float = 0.0) -> Tick:
    """Follow the calendar, look at what fell due, keep the cards true, and say what waits."""
    reckoned = len(follow(office).moved)
    draw_anew(office)
    return Tick(sweep(office), deliver(office, stop=stop, patience=patience), reckoned)


class Ticking:
    """Two jobs in threads of their own, so that a long outbox keeps nobody from being reminded."""

    def __init__(self, office: Office, *, seconds: int) -> None:
        """Start both jobs at once, and again every `seconds`."""
        self._office = office
        # A run ends before the next is due, or that one would be left out.
        self._patience = seconds * 0.9
        self._stop = threading.Event()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, job in (("sweep", self._sweep), ("deliver", self._deliver)):
            self._scheduler.add_job(
                _guarded, IntervalTrigger(seconds=seconds), args=[name, job], id=name
            )
        self._scheduler.start()

    def end(self) -> None:
        """Leave off after the message in hand, give back what was leased, and wait for that."""
        self._stop.set()
        self._scheduler.shutdown(wait=True)

    def _sweep(self) -> dict[str, int]:
        reckoned = len(follow(self._office).moved)
        draw_anew(self._office)
        return sweep(self._office)._asdict() | {"reckoned": reckoned}

    def _deliver(self) -> dict[str, int]:
        return deliver(self._office, stop=self._stop, patience=self._patience)._asdict()


def _guarded(name: str, job: Callable[[], dict[str, int]]) -> None:
    """Run a job, and live to run it again whatever happens: an edge where every error is caught."""
    try:
        done = job()
    except Exception:
        log.exception("job failed; the next run will try again", job=name)
        return
    if any(done.values()):
        log.info(name, **done)
