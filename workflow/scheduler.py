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

from workflow.services import health
from workflow.services.calendar import follow
from workflow.services.cards import draw_anew
from workflow.services.deadlines import Swept, sweep
from workflow.services.delivery import NEVER, Delivered, deliver, try_again
from workflow.services.digests import digest
from workflow.services.fallback import fall_back
from workflow.services.heard import forget_old
from workflow.services.mending import look
from workflow.services.removal import take_away
from workflow.store.unit_of_work import DATABASE_TROUBLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workflow.services.delivery import Stop
    from workflow.services.office import Office

log = structlog.get_logger(__name__)


class Tick(NamedTuple):
    """What one tick did.

    `reckoned` counts requests moved by a change of the calendar, `by_mail` what went by e-mail,
    `taken_away` what is gone from Slack of requests that were disposed of.
    """

    swept: Swept
    delivered: Delivered
    reckoned: int = 0
    by_mail: int = 0
    taken_away: int = 0


def tick(office: Office, *, stop: Stop = NEVER, patience: float = 0.0) -> Tick:
    """Follow the calendar, look at what fell due, keep the cards true, and say what waits."""
    reckoned = len(follow(office).moved)
    draw_anew(office)
    digest(office)
    swept = sweep(office)
    look(office)
    delivered = deliver(office, stop=stop, patience=patience)
    return Tick(swept, delivered, reckoned, fall_back(office), take_away(office))


class Ticking:
    """Two jobs in threads of their own, so that a long outbox keeps nobody from being reminded.

    A third thread, that no clock and no job can hold up, watches over them.
    """

    def __init__(self, office: Office, *, seconds: float) -> None:
        """Start both jobs at once, and again every `seconds`."""
        self._office, self._seconds = office, seconds
        try_again(office)  # whoever starts it anew may have mended what was amiss
        # A run ends before the next is due, or that one would be left out.
        self._patience = seconds * 0.9
        self._stop = threading.Event()
        self._looked: dict[tuple[str, str], datetime] = {}
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, work in ((health.SWEEP, self._sweep), (health.DELIVER, self._deliver)):
            self._scheduler.add_job(
                guarded,
                IntervalTrigger(seconds=seconds),
                args=[office, name, work],
                kwargs={"every": seconds},
                id=name,
                next_run_time=office.wall(),
            )
        self._scheduler.start()
        self._watching = threading.Thread(target=self._watch, name="watch", daemon=True)
        self._watching.start()

    def end(self) -> None:
        """Leave off after the message in hand, give back what was leased, and wait for that."""
        self._stop.set()
        self._scheduler.shutdown(wait=True)
        self._watching.join()

    def _sweep(self) -> dict[str, int]:
        reckoned = len(follow(self._office).moved)
        digested = digest(self._office)
        forget_old(self._office)
        swept = sweep(self._office)._asdict()
        return swept | {"reckoned": reckoned, "digests": digested}

    def _deliver(self) -> dict[str, int]:
        look(self._office, self._looked)
        done = deliver(self._office, stop=self._stop, patience=self._patience)
        by_mail, taken_away = fall_back(self._office), take_away(self._office)
        return done._asdict() | {"by_mail": by_mail, "taken_away": taken_away}

    def _watch(self) -> None:
        while not self._stop.wait(self._seconds):
            self._follow_the_clock()
            _tell_of_silence(self._office)

    def _follow_the_clock(self) -> None:
        """Run a job at once that is due too far ahead: the machine's clock was put back."""
        now = self._office.wall()
        for job in self._scheduler.get_jobs():
            due = job.next_run_time
            if due is not None and (due - now).total_seconds() > 2 * self._seconds:
                log.warning("the clock was put back", job=job.id, was_due=due.isoformat())
                job.modify(next_run_time=now)


def guarded(office: Office, name: str, work: Callable[[], dict[str, int]], *, every: float) -> bool:
    """Run a job and leave its heartbeat, and live to run it again whatever happens.

    An edge: every error is caught and logged, and kept beside the heartbeat. Gives whether the job
    did its work.
    """
    try:
        done = work()
        health.did(office, name, every=every)
    except Exception as error:
        log.exception("job failed; the next run will try again", job=name)
        _note_failure(office, name, error, every=every)
        return False
    if any(done.values()):
        log.info(name, **done)
    return True


def _note_failure(office: Office, name: str, error: Exception, *, every: float) -> None:
    try:
        health.failed(office, name, every=every, why=f"{type(error).__name__}: {error}"[:500])
    except DATABASE_TROUBLE:
        log.warning("the failure could not be noted either", job=name)


def _tell_of_silence(office: Office) -> None:
    """Tell the desk of silent jobs, and live to watch on: an edge, as the jobs' own."""
    try:
        health.watch(office)
    except Exception:
        log.exception("watching failed; it goes on")
