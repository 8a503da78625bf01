"""A simulated office without a database: the casework's own rules over pictures in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.casework.examples import DAYS
from workflow.casework.decide import DECIDE
from workflow.casework.decide.intake import log
from workflow.casework.events import Event
from workflow.casework.occasion import Occasion
from workflow.casework.request import InformationRequest
from workflow.casework.roles import Officer
from workflow.casework.stages import Act
from workflow.services.simulated_life import answer_escalation, live
from workflow.services.simulated_office import Clock, Door, Lives, SimulatedOffice
from workflow.services.simulated_people import Plan, staff


@dataclass
class MemoryOffice:
    """Everything that happened in a plan, request by request."""

    plan: Plan
    requests: dict[str, InformationRequest] = field(default_factory=dict)
    happened: dict[str, list[Event]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Work the plan through."""
        self.roster, self.clock = staff(self.plan), Clock(self.plan.start)
        door = Door(self._log, self._perform, lambda: None)
        lives = Lives(live, answer_escalation)
        office = SimulatedOffice(self.plan, self.roster, DAYS, self.clock, door, lives)
        for _ in office.work_through():
            pass

    def _occasion(self, officer: Officer) -> Occasion:
        return Occasion(officer, self.clock.at.date(), self.roster, DAYS)

    def _log(self, *, officer: Officer, **words: Any) -> str:
        reference = f"FOI-{len(self.requests) + 1:05d}"
        made = log(self._occasion(officer), reference=reference, **words)
        self.requests[reference], self.happened[reference] = made.request, [made.event]
        return reference

    def _perform(self, act: Act, reference: str, *, officer: Officer, **words: Any) -> None:
        made = DECIDE[act](self.requests[reference], self._occasion(officer), **words)
        self.requests[reference] = made.request
        self.happened[reference].append(made.event)
