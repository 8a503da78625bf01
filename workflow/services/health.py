"""Is the desk's machinery at work? Each job leaves a heartbeat, and any other process reads it.

A silence is told to the desk once: its key is the moment of the last heartbeat before it, whoever
notices, while it lasts or when it is over.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.ladder import UK
from workflow.law.dates import long_date
from workflow.store import heartbeats, outbox, requests, unsent
from workflow.store.outbox import Outgoing

if TYPE_CHECKING:
    from workflow.services.office import Office
    from workflow.store.heartbeats import Heartbeat

SWEEP, DELIVER, SLACK, SOCKET = "sweep", "deliver", "slack", "Socket Mode"
# A restart, a slow night or a cron of ten minutes is no silence.
SHORTEST_SILENCE = timedelta(minutes=15)
RUNS_MISSED = 3
ANSWERS_NOTED_EVERY = timedelta(minutes=1)
# How closely a silence is compared with the working hours, and how far back.
STEP, FURTHEST = timedelta(minutes=15), timedelta(days=30)

# What is not done while a job is silent.
LEFT_UNDONE = {
    SWEEP: "nobody looked at what falls due",
    DELIVER: "nothing was delivered",
}


class Job(NamedTuple):
    """How a job is: when it last did its work, how long ago in seconds, and whether it is silent.

    `failing_since` and `trouble` tell of runs that failed since then.
    """

    name: str
    last: datetime
    age: float
    silent: bool
    failing_since: datetime | None
    trouble: str | None


class Health(NamedTuple):
    """How everything is.

    Lags are in seconds: of what fell due longest ago and is not looked at, and of what has waited
    longest to be said though it may be.
    """

    jobs: tuple[Job, ...]
    sweep_lag: float
    delivery_lag: float
    outbox: dict[str, int]

    @property
    def is_well(self) -> bool:
        """Say whether every job does its work."""
        return not any(job.silent or job.failing_since for job in self.jobs)


def did(office: Office, job: str, *, every: float) -> None:
    """Note that a job did its work; after a silence in working hours the desk is told of it."""
    now = office.wall()
    with office.store.writing() as connection:
        before = heartbeats.beat(connection, job, now=now, every=every)
        if before is None or not _is_silence(office, before, now, every):
            return
        words = (
            f"From {_moment(before)} to {_moment(now)} {LEFT_UNDONE[job]}: the machine was off, "
            "or its worker had stopped. What was missed is caught up now."
        )
        outbox.put(connection, None, [_news(job, before, words)], at=office.now())


def failed(office: Office, job: str, *, every: float, why: str) -> None:
    """Note that a job could not do its work, and why."""
    with office.store.writing() as connection:
        heartbeats.fail(connection, job, now=office.wall(), every=every, why=why)


def socket_mode(office: Office, *, every: float, trouble: str) -> None:
    """Note that Slack can reach the desk by Socket Mode, or why not. A silence is told to nobody.

    Whoever goes over to HTTP leaves the note behind, and nothing is amiss.
    """
    now = office.wall()
    with office.store.writing() as connection:
        if trouble:
            heartbeats.fail(connection, SOCKET, now=now, every=every, why=trouble)
        else:
            heartbeats.beat(connection, SOCKET, now=now, every=every)


def slack_answers(office: Office) -> None:
    """Note that Slack answered; a minute's worth of answers is noted once."""
    now = office.wall()
    with office.store.reading() as connection:
        known = heartbeats.of(connection, SLACK)
    if known and not known.failing_since and abs(now - known.succeeded_at) < ANSWERS_NOTED_EVERY:
        return
    with office.store.writing() as connection:
        heartbeats.beat(connection, SLACK, now=now, every=0)


def slack_is_away_since(office: Office) -> datetime | None:
    """Give since when Slack does not answer, or None while it does."""
    with office.store.reading() as connection:
        known = heartbeats.of(connection, SLACK)
    return known.failing_since if known else None


def watch(office: Office) -> tuple[str, ...]:
    """Tell the desk of every job that is silent now. Gives their names.

    Side effects: a notice to the desk, once per silence, whoever watches and however often.
    """
    now = office.wall()
    with office.store.reading() as connection:
        silent = [
            one
            for one in heartbeats.kept(connection)
            if one.job in LEFT_UNDONE and _is_silence(office, one.succeeded_at, now, one.every)
        ]
    for one in silent:
        words = f"Since {_moment(one.succeeded_at)} {LEFT_UNDONE[one.job]}. See: foi doctor."
        words += f" The last trouble was: {one.trouble}." if one.trouble else ""
        with office.store.writing() as connection:
            news = _news(one.job, one.succeeded_at, words)
            outbox.put(connection, None, [news], at=office.now())
    return tuple(one.job for one in silent)


def health(office: Office) -> Health:
    """Say how the machinery is, as any process sees it."""
    now = office.wall()
    in_hours, speaking = office.is_at_work, office.speaking
    with office.store.reading() as connection:
        beats = heartbeats.kept(connection)
        due_since = requests.longest_due(connection, office.now(), under=speaking)
        waiting_since = unsent.longest_waiting(connection, now, in_hours=in_hours)
        counts = unsent.counts(connection)
    return Health(
        jobs=tuple(job_at(one, now) for one in beats),
        sweep_lag=_seconds(due_since, office.now()),
        delivery_lag=_seconds(waiting_since, office.now()),
        outbox=counts,
    )


def job_at(one: Heartbeat, now: datetime) -> Job:
    """Say how a job is at a moment of the machine's time, from its heartbeat."""
    silent = one.job in LEFT_UNDONE and now - one.succeeded_at > _longest_pause(one.every)
    age = _seconds(one.succeeded_at, now)
    return Job(one.job, one.succeeded_at, age, silent, one.failing_since, one.trouble)


def _seconds(since: datetime | None, now: datetime) -> float:
    """Give how long ago it was; a clock that was put back makes nothing negative."""
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _longest_pause(every: float) -> timedelta:
    return max(timedelta(seconds=every * RUNS_MISSED), SHORTEST_SILENCE)


def _is_silence(office: Office, since: datetime, now: datetime, every: float) -> bool:
    """Say whether a pause is too long and touches working hours: at night nothing is missed."""
    if now - since <= _longest_pause(every):
        return False
    moment = max(since + STEP, now - FURTHEST)
    while moment <= now:
        if office.ladder.hours.include(moment, office.days):
            return True
        moment += STEP
    return False


def _news(job: str, since: datetime, words: str) -> Outgoing:
    # With a rule it waits for working hours, as everything does that nobody did.
    return Outgoing(f"silence|{job}|{since.isoformat()}", "notice", "desk:", words, "watchdog")


def _moment(at: datetime) -> str:
    local = at.astimezone(UK)
    return f"{long_date(local.date())}, {local:%H:%M},"
