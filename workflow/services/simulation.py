"""A year of an office, or several, through the real services against a moved clock.

It is a planning tool, and it watches the promises of the desk: whatever is broken is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.reports.period import Period
from workflow.services import acts, lists, reporting
from workflow.services.simulated_life import answer_escalation, live
from workflow.services.simulated_office import Door, Lives, SimulatedOffice
from workflow.services.simulation_checks import Promise, overdue_silent, promises

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from workflow.casework.stages import Act
    from workflow.reports.report import Report
    from workflow.services.counting_messenger import CountingMessenger
    from workflow.services.office import Office
    from workflow.services.simulated_office import Clock
    from workflow.services.simulated_people import Plan


class Progress(NamedTuple):
    """How far a simulation is: the day it has come to, requests received, acts done."""

    day: date
    received: int
    acts: int


@dataclass(frozen=True)
class Simulated:
    """What a simulation came to: its figures, what was said, and how the promises were kept."""

    plan: Plan
    report: Report
    acts: Counter[Act]
    refused: Counter[tuple[Act, str]]
    messenger: CountingMessenger
    promises: tuple[Promise, ...]
    people: int

    @property
    def broken(self) -> int:
        """Count the promises broken, each time."""
        return sum(len(one.broken) for one in self.promises)


def run(
    office: Office,
    plan: Plan,
    *,
    clock: Clock,
    messenger: CountingMessenger,
    tick: Callable[[Office], object],
    progress: Callable[[Progress], object] = lambda _: None,
) -> Simulated:
    """Simulate a plan in an office whose time is `clock` and whose messenger is `messenger`.

    Side effects: everything in the office's store. `tick` is what the scheduler does, `progress`
    is told after every month.
    """
    messenger.days = office.days
    messenger.days_of = lambda reference: office.days_of(lists.find(office, reference))
    escalating = {rule.name for rule in office.ladder.rules if rule.escalates}
    silent: list[str] = []
    watched = 0

    def act(act: Act, reference: str, **words: Any) -> object:  # noqa: ANN401  # each act has its own
        return acts.perform(office, act, reference, **words)

    def log(**words: Any) -> str:  # noqa: ANN401  # what a request arrives with
        return acts.log(office, **words).request.reference

    def pass_time() -> None:
        tick(office)
        for reference, rule, recipient in messenger.heard():
            kind, _, handle = recipient.partition(":")
            person = handle if kind == "person" else None
            simulated.remind(reference, person, escalates=rule.rstrip(" 12345") in escalating)

    def look(day: date) -> None:
        nonlocal watched
        found = overdue_silent(office, messenger, day)
        watched += found.checked
        silent.extend(found.broken)

    door, lives = Door(log, act, pass_time), Lives(live, answer_escalation)
    simulated = SimulatedOffice(
        plan, office.roster, office.days, clock, door, lives, after_opening=look
    )
    for day in simulated.work_through():
        if (day + timedelta(days=1)).day == 1:
            progress(Progress(day, simulated.received, simulated.acts.total()))
    period = Period(plan.start, plan.end)
    overdue = Promise("What is overdue or due today is never silent", watched, tuple(silent))
    return Simulated(
        plan=plan,
        report=reporting.report(office, period, as_at=plan.end),
        acts=simulated.acts,
        refused=simulated.refused,
        messenger=messenger,
        promises=(*promises(office, messenger, period), overdue),
        people=len(office.roster.officers),
    )
