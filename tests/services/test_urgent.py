"""What is urgent in a channel calls its people: escalations and the last days, nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.examples import moment, shown
from tests.services.desk import REFERENCE, Desk
from workflow.casework.stages import Act

TEAM, DESK, AMIRA = "team:control-room", "desk:", "person:amira"
OVERDUE = "Thu 2020-08-13 09:00"  # the day after the due date of what came on Tuesday 14 July


def heard_by(desk: Desk, *recipients: str) -> list[tuple[str, str, bool]]:
    """Let every morning come up to the day after the due date.

    Gives what the recipients were told by the clock: on which day, what, and whether urgently.
    """
    heard = []
    while desk.at < moment(OVERDUE):
        desk.at = (desk.at + timedelta(days=1)).replace(hour=8, minute=0)  # nine o'clock in the UK
        desk.wall = desk.at
        posts = len(desk.recorder.posts)
        desk.tick()
        heard += [
            (shown(desk.at)[:14], one.key.split("|")[1], one.urgent)
            for one in desk.recorder.posts[posts:]
            if one.recipient in recipients and one.key.startswith(REFERENCE)
        ]
    return heard


def test_of_a_request_that_nobody_claims_the_team_is_called_when_it_escalates_and_at_last(
    desk: Desk,
) -> None:
    desk.log()
    desk.do(Act.ALLOCATE, "dana", team="control-room")

    assert heard_by(desk, TEAM) == [
        ("Wed 2020-07-15", "unclaimed", False),
        ("Thu 2020-07-23", "unclaimed, manager: step 1", True),
        ("Fri 2020-07-24", "searches due soon", False),
        ("Wed 2020-07-29", "searches not returned", True),
        ("Wed 2020-08-05", "due in five working days", False),
        ("Mon 2020-08-10", "due in two working days", True),
        ("Wed 2020-08-12", "due today", True),
        ("Thu 2020-08-13", "overdue 1", True),
    ]


def test_of_a_request_that_is_held_the_holder_is_told_and_the_team_is_not_called(
    desk: Desk,
) -> None:
    desk.claimed()

    assert heard_by(desk, TEAM) == [("Wed 2020-08-05", "due in five working days", False)]


def test_the_desk_is_called_on_the_last_days_too(desk: Desk) -> None:
    desk.claimed()

    assert heard_by(desk, DESK) == [
        ("Wed 2020-08-05", "due in five working days", False),
        ("Thu 2020-08-06", "no decision", True),
        ("Mon 2020-08-10", "due in two working days", True),
        ("Wed 2020-08-12", "due today", True),
        ("Thu 2020-08-13", "overdue 1", True),
    ]


def test_what_a_person_is_told_in_the_last_days_is_no_escalation_and_waits_for_slack(
    desk: Desk,
) -> None:
    desk.claimed()

    heard = heard_by(desk, AMIRA)
    assert [(rule, urgent) for _, rule, urgent in heard if rule.startswith(("due", "over"))] == [
        ("due in five working days", False),
        ("due in two working days", False),
        ("due today", False),
        ("overdue 1", True),
    ]


def test_an_act_that_tells_a_team_calls_nobody(desk: Desk) -> None:
    desk.log()
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    desk.tick()

    (told,) = [one for one in desk.recorder.posts if one.recipient == TEAM and "told|" in one.key]
    assert not told.urgent


def test_to_what_is_restricted_nobody_is_called(desk: Desk) -> None:
    """That it is urgent would be more than its reference and its stage."""
    desk.log()
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    desk.do(Act.RESTRICT, "dana", names=("amira",))

    heard = heard_by(desk, TEAM, DESK)

    assert "overdue 1" in {rule for _, rule, _ in heard}
    assert {urgent for _, _, urgent in heard} == {False}


@pytest.mark.parametrize(
    ("restricted", "is_urgent"), [((), True), (("R0",), True), (("R0", "R1"), False)]
)
def test_what_is_gathered_calls_when_something_in_it_does(
    desk: Desk, restricted: tuple[str, ...], is_urgent: bool
) -> None:
    for reference in ("R0", "R1"):
        desk.log(reference)
        desk.do(Act.ALLOCATE, "dana", reference, team="control-room")
    for reference in restricted:
        desk.do(Act.RESTRICT, "dana", reference, names=("amira",))
    desk.tick()
    desk.at = moment(OVERDUE)

    desk.tick()

    gathered = [one for one in desk.recorder.posts if one.key.startswith("gathered|")]
    assert {one.recipient: one.urgent for one in gathered} == {
        TEAM: is_urgent,
        DESK: is_urgent,
        "person:marcus": True,
    }
