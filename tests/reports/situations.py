"""Requests in the situations that the figures tell apart: their pictures and their histories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tests.casework.examples import DAYS, PARTICULARS, day, occasion
from workflow.casework.decide import DECIDE
from workflow.casework.decide.intake import log
from workflow.casework.events import Event
from workflow.casework.request import InformationRequest
from workflow.casework.stages import Act
from workflow.law.regime import Regime
from workflow.reports.atoms import Atom, atom


@dataclass
class Story:
    """A request lived through act by act, by the casework's own rules; its history with it."""

    request: InformationRequest
    happened: list[Event] = field(default_factory=list)

    def do(self, on: str, act: Act, handle: str, **words: Any) -> Story:
        """Do an act on a day, with words that it understands unless others are given."""
        said = dict(PARTICULARS.get(act, {})) | words
        made = DECIDE[act](self.request, occasion(handle, on), **said)
        self.request = made.request
        self.happened.append(made.event)
        return self

    def considered(self, on: str) -> Story:
        """Allocate, claim, search and return on one day: it is with the desk again."""
        self.do(on, Act.ALLOCATE, "dana", team="control-room").do(on, Act.CLAIM, "amira")
        return self.do(on, Act.LOG_SEARCH, "amira").do(on, Act.RETURN_SEARCHES, "amira")

    def decided(self, on: str, outcome: str, *sections: str) -> Story:
        """Engage exemptions, say what harm they prevent, and decide."""
        for section in sections:
            self.do(on, Act.ENGAGE_EXEMPTION, "dana", section=section, why="it would harm")
            self.do(on, Act.RECORD_HARM, "dana", section=section)
        return self.do(on, Act.DECIDE, "dana", outcome=outcome, reason="so it is")

    def issued(self, on: str) -> Story:
        """Approve and send out."""
        return self.do(on, Act.APPROVE, "grace").do(on, Act.ISSUE, "dana")

    def answered(self, on: str, outcome: str = "disclose", *sections: str) -> Story:
        """Go from receipt to the answer; all before the answer is done on the same day."""
        return self.considered(on).decided(on, outcome, *sections).issued(on)

    def at(self, on: str) -> Atom:
        """Make its atom at a day on which it had been received."""
        made = atom(self.request, self.happened, days=DAYS, on=day(on))
        assert made is not None
        return made


def received(on: str = "Tue 2020-07-14", *, regime: Regime = Regime.FOIA) -> Story:
    """Log a request on the day of its receipt."""
    made = log(
        occasion("dana", on),
        reference="002335/20",
        subject="Computer aided dispatch",
        description="Eleven questions about the system of the control room.",
        received=day(on),
        regime=regime,
    )
    return Story(made.request, [made.event])


# An atom that is nothing in particular, for tests that only count.
PLAIN = received().at("Tue 2020-07-14")


def many(atoms: Sequence[Atom]) -> list[Atom]:
    """Give each atom a reference of its own."""
    return [replace(one, reference=f"FOI-{number}") for number, one in enumerate(atoms)]


def on_day(written: str) -> date:
    """Read a day written with its weekday."""
    return day(written)
