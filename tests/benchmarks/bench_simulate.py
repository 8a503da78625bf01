"""How fast a year goes by in a simulated office, and what its figures cost.

Nothing here fails on a time: machines differ, ratios tell. A broken promise fails.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import date, timedelta

from workflow import scheduler
from workflow.cli.simulate import thrown_away
from workflow.reports import report as reports
from workflow.reports.page import page
from workflow.reports.period import year_of
from workflow.reports.report import Report
from workflow.services import reporting, simulation
from workflow.services.office import Office
from workflow.services.simulated_people import Plan
from workflow.services.simulation import Simulated

# An office of a district, of a county, and a police force with forty teams.
PLANS = (
    Plan(100, 1, 1, date(2026, 1, 1)),
    Plan(500, 1, 1, date(2026, 1, 1)),
    Plan(2000, 1, 1, date(2026, 1, 1), teams=40, officers=80),
)


def main(plans: tuple[Plan, ...] = PLANS) -> None:
    """Print the speed of each plan and of its figures."""
    for plan in plans:
        with thrown_away(plan) as (office, clock, messenger):
            began = time.perf_counter()
            done = simulation.run(
                office, plan, clock=clock, messenger=messenger, tick=scheduler.tick
            )
            _tell(done, time.perf_counter() - began)
            _tell_figures(office, done)
        assert done.broken == 0, [one for one in done.promises if one.broken]


def test_the_speed_of_a_simulated_year_is_printed() -> None:
    main()


def _tell(done: Simulated, seconds: float) -> None:
    plan, said = done.plan, done.messenger
    messages = said.reminders.total() + said.acts + said.lines + said.cards
    real = (plan.end - plan.start + timedelta(days=1)).total_seconds()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _line(f"{plan.requests_per_year:,} requests a year, {done.people} people", seconds)
    print(f"  x {real / seconds:,.0f} real speed, {megabytes:.0f} MB at most")  # noqa: T201  # a benchmark prints
    print(f"  {done.acts.total():,} acts, {messages:,} messages, ", end="")  # noqa: T201  # as above
    print(f"{done.acts.total() / seconds:,.0f} acts a second, broken {done.broken}")  # noqa: T201  # as above


def _tell_figures(office: Office, done: Simulated) -> None:
    _timed("  atoms from the store", lambda: _atoms(office, done))
    _timed("  the page of figures", lambda: page(done.report))
    _timed("  what is withheld from publication", lambda: _published(done.report))


def _atoms(office: Office, done: Simulated) -> None:
    reporting.atoms(office, year_of(done.plan.start.year), as_at=done.plan.end)


def _published(made: Report) -> None:
    reports.make(
        made.atoms,
        authority=made.authority,
        period=made.period,
        as_at=made.as_at,
        team_names=made.team_names,
        publish=True,
    )


def _timed(what: str, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    work()
    _line(what, time.perf_counter() - began)


def _line(what: str, seconds: float) -> None:
    print(f"{what:<44} {seconds:>10.2f} s")  # noqa: T201  # a benchmark prints


if __name__ == "__main__":
    main()
