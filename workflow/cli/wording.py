"""How dates, moments, recipients and the standing of a request are put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.ladder import UK
from workflow.casework.stages import Stage
from workflow.law.clock import ClockState
from workflow.law.dates import long_date
from workflow.law.explanation import days_told

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Roster
    from workflow.law.clock import Reading


def moment(at: datetime) -> str:
    """Write a moment by the clocks of the United Kingdom: Wednesday 12 August 2020, 09:00."""
    local = at.astimezone(UK)
    return f"{long_date(local.date())}, {local:%H:%M}"


def left_told(reading: Reading) -> str:
    """Write how much time is left: "3 working days left", "2 working days late", "last day"."""
    if reading.left is None:
        return ""
    if reading.left == 0:
        return "last day"
    if reading.left < 0:
        return f"{days_told(-reading.left)} late"
    return f"{days_told(reading.left)} left"


def due_told(reading: Reading) -> str:
    """Write what the clock says in a phrase: the due date and the time left, or why there is none.

    A clock that has stopped tells when it stopped, and at which working day.
    """
    if reading.state is ClockState.STOPPED and reading.stopped_on is not None:
        late = ", late" if reading.is_late else ""
        return f"answered {long_date(reading.stopped_on)}, working day {reading.day}{late}"
    if reading.due is None:
        return f"no due date: the clock is {reading.state}"
    return f"due {long_date(reading.due)}, {left_told(reading)}"


def standing(request: InformationRequest, reading: Reading, roster: Roster) -> str:
    """Write where a request stands in a sentence: its stage, who has it, what the clock says."""
    where = f"{request.reference} is in {request.stage}"
    if request.stage is Stage.CLOSED:
        where = f"{request.reference} is closed: {request.closed_as or 'answered'}"
    elif request.stage is Stage.REVIEW:
        where += _with(request.reviewer, "reviewed", roster)
    else:
        where += _with(request.holder, "held", roster)
    return f"{where}; {due_told(reading)}."


def _with(handle: str | None, how: str, roster: Roster) -> str:
    return f", {how} by {roster.name_of(handle)}" if handle else ""


def recipient_told(recipient: str, roster: Roster) -> str:
    """Write whom a notice is for: "person:amira" is Amira Hassan, "desk:" the FOI desk."""
    kind, _, name = recipient.partition(":")
    if kind == "person":
        return roster.name_of(name)
    return f"{roster.team_name(name)} (team)" if kind == "team" else "the FOI desk"
