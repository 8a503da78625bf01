"""`foi simulate`: a year of an office at a thousand times its speed, to plan by and to prove by."""

from __future__ import annotations

import resource
import sys
import tempfile
import time as machine
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.errors import Lacking
from workflow.cli.entrance import AsJson, door_of, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workflow.cli.entrance import Door
    from workflow.cli.machine_text import Json
    from workflow.reports.tables import Value
    from workflow.services.counting_messenger import CountingMessenger
    from workflow.services.office import Office
    from workflow.services.simulated_office import Clock
    from workflow.services.simulated_people import Plan
    from workflow.services.simulation import Progress, Simulated

_SECONDS_A_DAY = 86_400


def simulate(  # noqa: PLR0913  # each option by its name
    ctx: typer.Context,
    *,
    requests_per_year: Annotated[
        int, typer.Option(min=1, max=100_000, help="How many requests arrive in a year.")
    ] = 500,
    years: Annotated[int, typer.Option(min=1, max=10, help="For how many years.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed asks the same.")] = 1,
    authorities: Annotated[
        int, typer.Option(min=1, max=1000, help="So many offices, one after another.")
    ] = 1,
    desk: Annotated[int | None, typer.Option(min=1, help="People of the FOI desk.")] = None,
    officers: Annotated[int | None, typer.Option(min=1, help="Officers of all teams.")] = None,
    teams: Annotated[int | None, typer.Option(min=1, help="How many teams.")] = None,
    absent: Annotated[
        list[str] | None,
        typer.Option(
            metavar="N:MONTH", help="What if so many were away: 2:2026-08, 1:2026-08:desk."
        ),
    ] = None,
    leave: Annotated[
        list[str] | None,
        typer.Option(
            metavar="N:MONTH", help="What if so many left for good: 2:2026-08, 2:2026-08:officer."
        ),
    ] = None,
    start: Annotated[
        str | None, typer.Option(metavar="DAY", help="The first day; 1 January unless given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """A year of an office through the real desk, on a moved clock: timeliness, reminders, promises.

    Made-up people do real acts by chance, the same for the same seed. Everything is kept in a
    database of its own, which is thrown away; yours is not touched. With --absent or --leave it is
    run twice, without and with the absence. Exit status 1 when a promise was broken.

    Example, if two officers left in August: foi simulate --leave 2:2026-08:officer
    """
    from workflow.services.simulated_people import Plan, read_absence  # noqa: PLC0415  # slow to import

    absences = (
        *(read_absence(one) for one in absent or ()),
        *(read_absence(one, for_good=True) for one in leave or ()),
    )
    first = _first_day(start, door_of(ctx), absences[0].month if absences else None)
    plan = Plan(requests_per_year, years, seed, first, desk, officers, teams)
    made: list[tuple[str, Simulated, float]] = []
    for number in range(authorities):
        own = replace(plan, seed=seed + number)
        office = "" if authorities == 1 else f"Authority {number + 1}"
        for absent_then, what in ((), "as planned"), (absences, "with the absence"):
            if what == "as planned" or absences:
                label = ", ".join(filter(None, (office, what if absences else "")))
                done, seconds = _run(replace(own, absences=absent_then), label)
                made.append((label, done, seconds))
    if as_json:
        from workflow.cli import machine_text  # noqa: PLC0415  # only to print

        typer.echo(machine_text.printed([_plain(*one) for one in made]))
    else:
        _print(made)
    if any(done.broken for _, done, _ in made):
        raise typer.Exit(1)


def _first_day(written: str | None, door: Door, month: date | None) -> date:
    if written is None:
        year = month.year if month else _today(door).year
        return date(year, 1, 1)
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Lacking(what=f"“{written}” is not a date.", cure="Write it 2026-01-01.") from None


def _today(door: Door) -> date:
    from workflow import bootstrap  # noqa: PLC0415  # half a second

    return (door.now or bootstrap.wall_clock)().date()


def _run(plan: Plan, label: str) -> tuple[Simulated, float]:
    """Run one simulation in a database that is thrown away, telling on standard error how far."""
    from workflow import scheduler  # noqa: PLC0415  # only where something runs
    from workflow.services import simulation  # noqa: PLC0415  # as above

    def told(progress: Progress) -> None:
        text = f"{progress.day:%B %Y}: {progress.received:,} requests, {progress.acts:,} acts"
        print(": ".join(filter(None, (label, text))), file=sys.stderr)  # noqa: T201  # how far it is

    began = machine.perf_counter()
    with thrown_away(plan) as (office, clock, messenger):
        done = simulation.run(
            office,
            plan,
            clock=clock,
            messenger=messenger,
            tick=scheduler.tick,
            progress=told,
        )
        messenger.forget()
    return done, machine.perf_counter() - began


@contextmanager
def thrown_away(plan: Plan) -> Iterator[tuple[Office, Clock, CountingMessenger]]:
    """Open an office for a plan in a folder that is removed afterwards."""
    from workflow import bootstrap  # noqa: PLC0415  # half a second to import
    from workflow.roster_shelf import RosterShelf  # noqa: PLC0415  # as above
    from workflow.services.counting_messenger import CountingMessenger  # noqa: PLC0415  # as above
    from workflow.services.simulated_office import CLOSES, OPENS, Clock  # noqa: PLC0415  # as above
    from workflow.services.simulated_people import staff  # noqa: PLC0415  # as above
    from workflow.store.throwaway import hurry  # noqa: PLC0415  # as above

    clock = Clock(plan.start)
    messenger = CountingMessenger(clock.now, opens=OPENS, closes=CLOSES)
    with tempfile.TemporaryDirectory(prefix="foi-simulation-") as folder:
        opened = bootstrap.open_office(
            database_url=f"sqlite:///{Path(folder) / 'simulation.db'}",
            config_dir=read_settings().config_dir,
            messenger=messenger,
            now=clock.now,
        )
        hurry(opened.store)
        try:
            people = RosterShelf(staff(plan), opened.store)
            yield replace(opened, people=people, wall=clock.now), clock, messenger
        finally:
            opened.store.close()


def _print(made: Sequence[tuple[str, Simulated, float]]) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    paper.say(
        "The people, and what is asked of them, are made up by chance; nothing is sent to anybody.",
        "The simulation's own database is written without waiting for the disk (synchronous off),",
        "which the desk itself never does, and is thrown away.",
    )
    for label, done, seconds in made:
        paper.say("")
        paper.heading(label or f"The office from {done.plan.start} to {done.plan.end}")
        paper.named((name, f"{value}") for name, value in _told(done, seconds).items())
    paper.say("")
    _print_figures(made)
    _print_reminders(made)
    _print_promises(made)


def _told(done: Simulated, seconds: float) -> dict[str, str]:
    days = (done.plan.end - done.plan.start).days + 1
    speed = days * _SECONDS_A_DAY / seconds
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    messenger = done.messenger
    refused = ", ".join(
        f"{act} {number} ({why})" for (act, why), number in done.refused.most_common(5)
    )
    return {
        "People": f"{done.people}",
        "Acts": f"{done.acts.total():,}, refused {done.refused.total():,}"
        + (f": {refused}" if refused else ""),
        "Said": f"{messenger.reminders.total():,} reminders, {messenger.acts:,} notices of acts, "
        f"{messenger.lines:,} lines in threads, {messenger.cards:,} cards drawn",
        "Took": f"{seconds:.1f} seconds, {speed:,.0f} times real speed, {memory:.0f} MB at most",
    }


def _print_figures(made: Sequence[tuple[str, Simulated, float]]) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.reports.tables import shown  # noqa: PLC0415  # only to print

    columns = [_figures(done) for _, done, _ in made]
    rows = [
        (label, *(shown(column[position][1]) for column in columns))
        for position, (label, _) in enumerate(columns[0])
    ]
    paper.table(("Figure", *_headings(made)), rows, nothing="")


def _headings(made: Sequence[tuple[str, Simulated, float]]) -> list[str]:
    return [label or "Requests" for label, _, _ in made]


def _figures(done: Simulated) -> list[tuple[str, Value]]:
    """Give the figures that tell how an office did: received, answered, in time, days taken."""
    from workflow.reports.contents import tables  # noqa: PLC0415  # only to print

    found = {table.key: table for table in tables(done.report)}
    kept = ("cabinet_office", "rates", "days", "reviews")
    told: list[tuple[str, Value]] = []
    for table in (found[key] for key in kept):
        for row in table.rows:
            label = f"{'. ' * row.level}{row.label}"
            if table.key == "days":
                told += [
                    (f"{label}, {name.lower()} working days", value)
                    for name, value in zip(table.columns[1:], row.values, strict=True)
                ]
            else:
                told.append((label, row.values[0]))
    return told


def _print_reminders(made: Sequence[tuple[str, Simulated, float]]) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    paper.heading("Reminders and escalations, by rule of the ladder")
    rules = sorted({rule for _, done, _ in made for rule in done.messenger.reminders})
    rows = [
        (rule, *(f"{done.messenger.reminders[rule]:,}" for _, done, _ in made)) for rule in rules
    ]
    paper.table(("Rule", *_headings(made)), rows, nothing="Nobody had to be reminded.")


def _print_promises(made: Sequence[tuple[str, Simulated, float]]) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    paper.heading("The promises of the desk")
    rows = [
        (one.name, label or "", f"{one.checked:,}", f"{len(one.broken):,}")
        for label, done, _ in made
        for one in done.promises
    ]
    paper.table(("Promise", "Where", "Looked at", "Broken"), rows, nothing="")
    for _, done, _ in made:
        for one in done.promises:
            paper.say(*(f"{one.name}: {what}" for what in one.broken[:5]))


def _plain(label: str, done: Simulated, seconds: float) -> Json:
    from workflow.cli import machine_text  # noqa: PLC0415  # only to print

    plan = done.plan
    return machine_text.plain(
        {
            "label": label,
            "from": plan.start,
            "to": plan.end,
            "seed": plan.seed,
            "people": done.people,
            "seconds": round(seconds, 1),
            "figures": dict(_figures(done)),
            "acts": {act.value: number for act, number in done.acts.items()},
            "refused": {f"{act}: {why}": number for (act, why), number in done.refused.items()},
            "reminders": dict(done.messenger.reminders),
            "promises": [one._asdict() for one in done.promises],
            "broken": done.broken,
        }
    )
