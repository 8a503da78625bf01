"""Handing over all that somebody holds: listed first, request by request, once told."""

from __future__ import annotations

import pytest

from tests.services.desk import Desk
from workflow.casework.decide import people as decide
from workflow.casework.decide.people import NotYours
from workflow.casework.errors import Lacking, UnknownOfficer
from workflow.casework.stages import Act
from workflow.services import handover, lists, people
from workflow.services.handover import HandOver

REFERENCES = ("R1", "R2", "R3")


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Give a desk at which Amira holds three requests."""
    for reference in REFERENCES:
        desk.claimed(reference)
    desk.tick()
    desk.recorder.posts.clear()
    return desk


def hand(desk: Desk, leaver: str, successor: str, by: str = "dana", reason: str = "") -> HandOver:
    officer = desk.office.roster.officer(by)
    return handover.carry_out(desk.office, leaver, successor, officer=officer, reason=reason)


def holders(desk: Desk) -> list[str | None]:
    return [desk.found(one).holder for one in REFERENCES]


def test_first_it_is_only_listed(busy: Desk) -> None:
    before = busy.dump()

    plan = handover.plan(busy.office, "@amira", "@joel", officer=busy.office.roster.officer("dana"))

    assert plan.title == "Amira Hassan has 3 requests in hand; 3 can go to Joel Barker."
    assert [one.line for one in plan.parts] == [
        f"{one}: Computer aided dispatch (searching)" for one in REFERENCES
    ]
    assert busy.dump() == before


def test_each_request_keeps_it_in_its_own_history_and_the_successor_is_told_once(
    busy: Desk,
) -> None:
    made = hand(busy, "amira", "joel", reason="Amira leaves on Friday")
    busy.tick()

    assert made.title == "Joel Barker has taken over 3 requests of Amira Hassan's 3."
    assert holders(busy) == ["joel"] * 3
    for one in REFERENCES:
        assert lists.history_of(busy.office, one)[-1].sentence == (
            "Dana Whitfield handed it over to Joel Barker: Amira leaves on Friday."
        )
    assert [one for one in busy.recorder.notices if one[0] == "person:joel"] == [
        (
            "person:joel",
            "3 requests came to you from Amira Hassan (Amira leaves on Friday): R1, R2, R3.",
        )
    ]


def test_what_a_leaver_held_is_handed_over_after_they_left(busy: Desk) -> None:
    dana = busy.office.roster.officer("dana")
    people.change(busy.office, lambda now: decide.leave(now, "amira"), officer=dana)

    assert hand(busy, "amira", "joel").title.startswith("Joel Barker has taken over 3 requests")


def test_broken_off_it_goes_on_where_it_stopped(busy: Desk) -> None:
    busy.do(Act.HAND_OVER, "dana", "R1", colleague="joel")  # as far as it had come

    assert hand(busy, "amira", "joel").title == (
        "Joel Barker has taken over 2 requests of Amira Hassan's 2."
    )
    assert hand(busy, "amira", "joel").parts == ()
    assert [len(lists.history_of(busy.office, one)) for one in REFERENCES] == [4, 4, 4]


def test_one_that_cannot_go_stays_and_is_told_with_its_reason(busy: Desk) -> None:
    busy.do(Act.RESTRICT, "dana", "R2", names=("amira",))

    made = hand(busy, "amira", "joel")

    assert [(one.reference, one.done) for one in made.parts] == [
        ("R1", True),
        ("R2", False),
        ("R3", True),
    ]
    assert made.parts[1].line.startswith("R2 is restricted, and Joel Barker may not see it.")
    assert holders(busy) == ["joel", "amira", "joel"]


def test_a_request_may_go_to_another_team(busy: Desk) -> None:
    hand(busy, "amira", "sian")

    assert holders(busy) == ["sian"] * 3
    busy.do(Act.LOG_SEARCH, "sian", "R1")


@pytest.mark.parametrize("by", ["amira", "joel", "grace", "priya"])
def test_only_the_desk_and_their_manager_hand_over(busy: Desk, by: str) -> None:
    with pytest.raises(NotYours) as refused:
        hand(busy, "amira", "joel", by=by)

    assert str(refused.value) == (
        "Only the FOI desk or their manager may hand over what others hold."
    )
    assert holders(busy) == ["amira"] * 3


def test_their_manager_may(busy: Desk) -> None:
    hand(busy, "amira", "joel", by="marcus")

    assert holders(busy) == ["joel"] * 3


def test_what_makes_no_sense_is_told(busy: Desk) -> None:
    with pytest.raises(Lacking):
        hand(busy, "amira", "amira")
    with pytest.raises(UnknownOfficer):
        hand(busy, "nobody", "joel")
    with pytest.raises(Lacking) as refused:
        handover.read("@amira")
    assert str(refused.value) == (
        "Say who hands over to whom. Type: handover @leaver @successor [REASON]"
    )
