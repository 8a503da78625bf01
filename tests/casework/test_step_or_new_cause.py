"""A step of a running chain and a new escalation: which is said when both have come.

The request of the examples had no decision on Thursday 6 August 2020: its chain began then. It is
due on Wednesday 12 August, and overdue from Thursday the 13th, which is a new cause.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from tests.casework.examples import DAYS, LADDER, ROSTER, day, moment, request_in
from workflow.casework import reminders
from workflow.casework.decide.escalation import escalate_by_clock
from workflow.casework.ladder import Anchor, Audience, Chain, Ladder, Rule, Step, Wait
from workflow.casework.reminders import Occurrence
from workflow.casework.request import Escalation, InformationRequest
from workflow.casework.stages import Stage

BEGAN = moment("Thu 2020-08-06 09:00")
HEAD, MANAGER = "grace", "marcus"
STEP, OVERDUE = "no decision: step 1", "overdue"


class Came(NamedTuple):
    """How a chain waits, when the desk looks again, and what is then said and written down."""

    wait: Wait
    now: str
    escalated: list[str]  # by rule, the first first
    head: str | None  # the rule that the head of the desk hears
    manager: str


# fmt: off
CAME = {
    "the step falls due alone":
        Came(Wait(days=4), "Wed 2020-08-12 09:00", [STEP], STEP, "due today"),
    "both fall due at the same moment":
        Came(Wait(days=5), "Thu 2020-08-13 09:00", [OVERDUE], None, OVERDUE),
    "the step would come after the new cause, and nothing ran":
        Came(Wait(days=6), "Fri 2020-08-14 09:00", [OVERDUE], None, OVERDUE),
    "the step was due before the new cause, and nothing ran":
        Came(Wait(days=4), "Thu 2020-08-13 09:00", [STEP, OVERDUE], STEP, OVERDUE),
    "the step was due an hour before the new cause's day":
        Came(Wait(hours=32), "Thu 2020-08-13 09:00", [STEP, OVERDUE], STEP, OVERDUE),
    "the step is not due yet":
        Came(Wait(days=7), "Thu 2020-08-13 09:00", [OVERDUE], None, OVERDUE),
}
# fmt: on


def ladder(wait: Wait) -> Ladder:
    step = Step(wait, (Audience.HEAD,), "{reference} is not settled: {cause}.")
    return replace(LADDER, chains=(Chain("one step", (step,)),))


def escalated_for_no_decision(rungs: Ladder) -> InformationRequest:
    rule = next(one for one in rungs.rules if one.name == "no decision")
    cause = Occurrence(BEGAN, rule, "no decision|2020-08-05", day("Wed 2020-08-05"))
    request = request_in(Stage.SEARCHING)
    return escalate_by_clock(request, cause, ladder=rungs, roster=ROSTER, at=BEGAN).request


def said(request: InformationRequest, rungs: Ladder, now: str) -> dict[str, str]:
    """Give the rule that each person hears, of all that came since the chain began."""
    found = reminders.due(request, rungs, roster=ROSTER, days=DAYS, after=BEGAN, now=moment(now))
    return {one.recipient: one.rule.name for one in found}


def escalated(request: InformationRequest, rungs: Ladder, now: str) -> list[str]:
    found = reminders.escalations(request, rungs, days=DAYS, after=BEGAN, now=moment(now))
    return [one.rule.name for one in found]


@pytest.mark.parametrize("came", CAME.values(), ids=CAME.keys())
def test_a_step_is_said_unless_a_new_cause_came_first(came: Came) -> None:
    rungs = ladder(came.wait)
    request = escalated_for_no_decision(rungs)

    heard = said(request, rungs, came.now)

    assert heard.get(HEAD) == came.head
    assert heard[MANAGER] == came.manager


@pytest.mark.parametrize("came", CAME.values(), ids=CAME.keys())
def test_what_was_escalated_is_written_down_in_its_order(came: Came) -> None:
    rungs = ladder(came.wait)

    assert escalated(escalated_for_no_decision(rungs), rungs, came.now) == came.escalated


def test_a_reminder_that_escalates_nothing_takes_no_steps_place() -> None:
    """On Wednesday 12 August "due today" comes at the very moment of the step."""
    rungs = ladder(Wait(days=4))
    quiet = Rule("a note", Anchor.DUE, 0, (Stage.SEARCHING,), (Audience.HEAD,), "a note")
    with_note = replace(rungs, rules=(*rungs.rules, quiet))
    request = escalated_for_no_decision(with_note)

    assert escalated(request, with_note, "Wed 2020-08-12 09:00") == [STEP]


def test_a_new_cause_that_a_managers_answer_pauses_takes_no_steps_place() -> None:
    """The answer pauses both until Monday the 17th, when the new cause is said for the two."""
    rungs = ladder(Wait(days=5))
    request = escalated_for_no_decision(rungs)
    answered = replace(
        request,
        escalation=Escalation(
            day("Thu 2020-08-06"), "no decision", None, MANAGER, "next week", day("Mon 2020-08-17")
        ),
    )

    assert escalated(answered, rungs, "Fri 2020-08-14 09:00") == []
    assert escalated(answered, rungs, "Mon 2020-08-17 09:00") == [OVERDUE]
