"""Running the desk by the terminal: tick, worker, migrate, doctor, version."""

from __future__ import annotations

import platform
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.cli.entrance import AsJson, door_of, opened, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.scheduler import Tick

_STOPS = (signal.SIGTERM, signal.SIGINT)


def tick(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """Look once at what fell due, and say what waits to be said: for cron, without a worker.

    Example: foi tick
    """
    door, settings = door_of(ctx), read_settings()
    with opened(door, settings, speaks=True) as office:
        from workflow import scheduler  # noqa: PLC0415  # only these two commands schedule
        from workflow.cli import machine_text  # noqa: PLC0415  # only to print
        from workflow.services import health  # noqa: PLC0415  # brings in the store

        with _asked_to_stop() as stop:
            done = scheduler.tick(office, stop=stop, patience=settings.tick_seconds)
        for job in (health.SWEEP, health.DELIVER):
            health.did(office, job, every=settings.tick_seconds)
        typer.echo(machine_text.printed(done) if as_json else _told(done))


class _Asked:
    """Set by a signal. Not a `threading.Event`, whose lock a handler could find taken."""

    def __init__(self) -> None:
        self._asked = False

    def is_set(self) -> bool:
        return self._asked

    def wait(self, timeout: float) -> bool:
        ends = time.monotonic() + timeout
        while not self._asked and time.monotonic() < ends:
            time.sleep(min(0.1, timeout))
        return self._asked

    def ask(self, *_signal: object) -> None:
        self._asked = True


@contextmanager
def _asked_to_stop() -> Iterator[_Asked]:
    """Let SIGTERM and Ctrl-C ask for a stop after the message in hand, while the block runs."""
    asked = _Asked()
    before = {one: signal.signal(one, asked.ask) for one in _STOPS}
    try:
        yield asked
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _told(done: Tick) -> str:
    swept, delivered = done.swept, done.delivered
    return (
        f"Looked at {swept.requests}, found {swept.messages} to say; "
        f"sent {delivered.sent}, put off {delivered.put_off}, "
        f"undeliverable {delivered.undeliverable}."
    )


def worker(ctx: typer.Context) -> None:
    """Tick for as long as it runs: reminders, escalations, deliveries. Stop it with Ctrl-C.

    Any number may run at once on one PostgreSQL database.

    Example: foi worker
    """
    door, settings = door_of(ctx), read_settings()
    with opened(door, settings, speaks=True) as office:
        from workflow import scheduler  # noqa: PLC0415  # only these two commands schedule

        # Blocked before the scheduler's threads start, so that the signal comes to this one alone.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        running = scheduler.Ticking(office, seconds=settings.tick_seconds)
        try:
            typer.echo(f"Ticking every {settings.tick_seconds} seconds. Stop with Ctrl-C.")
            received = signal.sigwait(_STOPS)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            running.end()
    typer.echo(f"Stopped ({signal.Signals(received).name}); nothing was left half done.")


def migrate() -> None:
    """Bring the database to the schema that this program needs. Safe to run again.

    Example: foi migrate
    """
    from workflow.store import schema  # noqa: PLC0415  # brings in the store
    from workflow.store.unit_of_work import open_store  # noqa: PLC0415  # brings in the store

    store = open_store(read_settings().database_url)
    try:
        before, after = schema.migrate(store)
    finally:
        store.close()
    if before == after:
        typer.echo(f"The database was at {after} already.")
    else:
        typer.echo(f"The database went from {before or 'nothing'} to {after}.")


def doctor(
    ctx: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for a machine.")] = False,
) -> None:
    """Check this installation: each line says that a part is well, or what is wrong and the cure.

    Example: foi doctor
    """
    from workflow.cli import doctor as examination  # noqa: PLC0415  # reads every file there is
    from workflow.cli import machine_text, paper  # noqa: PLC0415  # only to print

    door = door_of(ctx)
    checks = examination.examine(extra=door.extra_checks, now=door.now)
    if as_json:
        typer.echo(machine_text.printed([one._asdict() for one in checks]))
    else:
        for one in checks:
            paper.passage(f"{one.state:<8} {one.name}: {one.says}", indent=0)
    if any(one.state is examination.State.WRONG for one in checks):
        raise typer.Exit(1)


def version() -> None:
    """Say which version this is.

    Example: foi version
    """
    from importlib.metadata import version as version_of  # noqa: PLC0415  # slow, and only here

    typer.echo(f"FOI Desk {version_of('foi-desk')} (Python {platform.python_version()})")
