"""The scheduler: a dumb tick that sweeps and delivers. It holds no rules and no state of its own.

APScheduler's memory store, one job, on every process: what is due is a row, keys are unique and
rows are leased, so that any number of ticks at once do no harm and none needs a leader.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from workflow.services.calendar import follow
from workflow.services.deadlines import Swept, sweep
from workflow.services.delivery import Delivered, deliver

if TYPE_CHECKING:
    from workflow.services.office import Office

log = structlog.get_logger(__name__)


class Tick(NamedTuple):
    """What one tick did. `reckoned` counts requests moved by a change of the calendar."""

    swept: Swept
    delivered: Delivered
    reckoned: int = 0


def tick(office: Office) -> Tick:
    """Follow the calendar, look at what fell due, and say what is waiting to be said."""
    reckoned = len(follow(office).moved)
    return Tick(sweep(office), deliver(office), reckoned)


def start(office: Office, *, seconds: int) -> BackgroundScheduler:
    """Start ticking every `seconds` in a thread. Stop it with `shutdown()`: it waits for a tick."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(_guarded, IntervalTrigger(seconds=seconds), args=[office], id="tick")
    scheduler.start()
    return scheduler


def _guarded(office: Office) -> None:
    """Tick, and live to tick again whatever happens: an edge where every error is caught."""
    try:
        done = tick(office)
    except Exception:
        log.exception("tick failed; the next one will try again")
        return
    if any(done.swept) or any(done.delivered):
        log.info("tick", **done.swept._asdict(), **done.delivered._asdict())
