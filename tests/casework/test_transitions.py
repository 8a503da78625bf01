"""The table of transitions is the only judge of what may happen next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from tests.casework.examples import do, ready_for, request_in
from workflow.casework.decide import DECIDE
from workflow.casework.errors import ActNotOpen, NotForYou
from workflow.casework.occasion import open_acts, permit
from workflow.casework.request import InformationRequest
from workflow.casework.roles import Officer, Role
from workflow.casework.stages import OPEN, TRANSITIONS, Act, Relation, Stage, Transition

ON = "Wed 2020-08-12"
ACTS = tuple(DECIDE)
# They make a request, or belong to the clock: each has a function of its own.
APART = {Act.LOG, Act.SPLIT, Act.RECKON_ANEW, Act.UNDO}

# Somebody who stands to a request in one relation and in no other.
ONLY: dict[Relation, Officer] = {
    Relation.DESK: Officer("desk", "Desk", "U1", "elsewhere", frozenset({Role.DESK})),
    Relation.TEAM: Officer("team", "Team", "U2", "control-room", frozenset({Role.OFFICER})),
    Relation.HOLDER: Officer("holder", "Holder", "U3", "elsewhere", frozenset({Role.OFFICER})),
    Relation.MANAGER: Officer("manager", "Manager", "U4", "elsewhere", frozenset({Role.MANAGER})),
    Relation.APPROVER: Officer("approver", "A.", "U5", "elsewhere", frozenset({Role.APPROVER})),
    Relation.REVIEWER: Officer("reviewer", "R.", "U6", "elsewhere", frozenset({Role.REVIEWER})),
    Relation.ANYONE: Officer("anyone", "Anyone", "U7", "elsewhere", frozenset()),
}


def lines_for(act: Act, stage: Stage) -> list[Transition]:
    return [line for line in TRANSITIONS if line.act is act and stage in line.at]


def request_for(act: Act, stage: Stage) -> InformationRequest:
    made = ready_for(act, stage)
    # Whoever holds it must be among those to whom it is restricted, and Amira is.
    anybody = made.holder is not None and act is not Act.RESTRICT
    held = replace(made, holder="holder") if anybody else made
    decides = act in (Act.RECORD_FINDING, Act.DECIDE_REVIEW)
    return replace(held, reviewer="reviewer") if decides else held


def stands_in(relation: Relation, request: InformationRequest) -> set[Relation]:
    if relation is Relation.HOLDER and request.holder != "holder":
        return {Relation.ANYONE}
    return {relation, Relation.ANYONE}


def acts_of(relation: Relation, request: InformationRequest) -> tuple[str, ...]:
    """Read the acts open to somebody straight from the table, the narrowest first."""
    standing = stands_in(relation, request)
    lines = sorted(TRANSITIONS, key=lambda line: len(line.at))
    return tuple(line.act for line in lines if request.stage in line.at and standing & set(line.by))


def verdict_of_the_table(act: Act, request: InformationRequest, relation: Relation) -> str:
    lines = lines_for(act, request.stage)
    if not lines:
        return "not open"
    if not stands_in(relation, request) & set(lines[0].by):
        return "not for you"
    left = request.left if act is Act.REOPEN else None
    return f"to {left or lines[0].to or request.stage}"


def verdict_of_the_act(act: Act, request: InformationRequest, officer: Officer) -> str:
    try:
        made = do(act, request, officer, ON)
    except ActNotOpen:
        return "not open"
    except NotForYou:
        return "not for you"
    assert (made.event.act, made.event.by) == (act, officer.handle)
    return f"to {made.request.stage}"


@pytest.mark.parametrize("stage", Stage, ids=str)
@pytest.mark.parametrize("relation", ONLY, ids=lambda relation: relation.name)
def test_nothing_but_the_table_says_which_act_is_open_to_whom_and_where_it_leads(
    stage: Stage, relation: Relation
) -> None:
    requests = {act: request_for(act, stage) for act in ACTS}

    happened = {
        act: verdict_of_the_act(act, request, ONLY[relation]) for act, request in requests.items()
    }

    assert happened == {
        act: verdict_of_the_table(act, request, relation) for act, request in requests.items()
    }


@pytest.mark.parametrize("stage", Stage, ids=str)
@pytest.mark.parametrize("relation", ONLY, ids=lambda relation: relation.name)
def test_a_refusal_says_what_this_officer_can_do_instead(stage: Stage, relation: Relation) -> None:
    refused = {act: refusal_of(act, request_for(act, stage), ONLY[relation]) for act in ACTS}

    assert {act: refusal.can for act, refusal in refused.items() if refusal} == {
        act: acts_of(relation, request_for(act, stage))
        for act, refusal in refused.items()
        if refusal
    }
    assert all(says_what_to_do(refusal) for refusal in refused.values() if refusal)


def refusal_of(
    act: Act, request: InformationRequest, officer: Officer
) -> ActNotOpen | NotForYou | None:
    try:
        permit(act, request, officer)
    except (ActNotOpen, NotForYou) as refusal:
        return refusal
    return None


def says_what_to_do(refusal: ActNotOpen | NotForYou) -> bool:
    first, more = refusal.can[:8], len(refusal.can) - 8
    ending = f"You can: {', '.join(first)}."
    if not first:
        ending = "There is nothing for you to do on it now."
    elif more > 0:
        ending = f"You can: {', '.join(first)} and {more} more: show {refusal.reference}."
    return str(refusal).endswith(ending)


def test_every_act_stands_in_the_table_and_has_its_function() -> None:
    assert set(DECIDE) == set(Act) - APART
    assert {line.act for line in TRANSITIONS} == set(Act)


def test_a_stage_has_one_row_at_most_for_an_act() -> None:
    doubled = [(stage, act) for stage, act in product(Stage, Act) if len(lines_for(act, stage)) > 1]

    assert doubled == []


def steps() -> Iterator[tuple[Stage, Stage]]:
    for line in TRANSITIONS:
        for stage in line.at:
            if line.act is Act.REOPEN:
                yield from ((stage, left) for left in OPEN)
            else:
                yield stage, line.to or stage


def reached_from(*stages: Stage) -> set[Stage]:
    found = set(stages)
    while more := {after for before, after in steps() if before in found} - found:
        found |= more
    return found


def test_every_stage_can_be_reached_from_receipt() -> None:
    assert reached_from(Stage.RECEIVED) == set(Stage)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.CLOSED], ids=str)
def test_every_open_stage_can_end_closed(stage: Stage) -> None:
    assert Stage.CLOSED in reached_from(stage)


@pytest.mark.parametrize("stage", Stage, ids=str)
def test_somebody_can_always_do_something(stage: Stage) -> None:
    request = request_in(stage)

    assert any(open_acts(request, officer) for officer in ONLY.values())


def test_a_request_cannot_be_logged_twice() -> None:
    with pytest.raises(ActNotOpen, match=re.escape("Log is for a new request. You can:")):
        permit(Act.LOG, request_in(Stage.RECEIVED), ONLY[Relation.DESK])


def test_the_day_a_stage_began_moves_only_with_the_stage() -> None:
    searching = do(Act.CLAIM, ready_for(Act.CLAIM, Stage.RECEIVED), "amira", "Wed 2020-07-15")
    noted = do(Act.UPDATE, searching.request, "amira", "Thu 2020-07-16")

    assert (searching.request.since.isoformat(), noted.request.since.isoformat()) == (
        "2020-07-15",
        "2020-07-15",
    )
