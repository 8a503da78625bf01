"""Cards: one in the desk's channel, one with the team, and both the latest truth."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.examples import moment
from tests.services.desk import REFERENCE, Desk
from workflow import scheduler
from workflow.casework.stages import Act
from workflow.services import delivery
from workflow.services.office import SETTLES

NEXT_DAY = "Wed 2020-07-15 09:30"


def cards(desk: Desk) -> dict[str, tuple[int, str]]:
    """Give each card: for whom it stands, how often it was drawn, and what it says."""
    drawn = [post for post in desk.recorder.posts if post.key.startswith("card|")]
    assert len({post.recipient for post in drawn}) == len(drawn), "a card stands twice"
    return {post.recipient: (post.drawn, post.text) for post in drawn}


def draws(desk: Desk) -> int:
    return [kind for kind, _ in desk.recorder.calls].count("draw")


@pytest.fixture
def claimed(desk: Desk) -> Desk:
    """Give a desk whose request is claimed, both cards drawn."""
    desk.claimed()
    delivery.deliver(desk.office)
    return desk


def test_the_desk_and_the_team_each_have_a_card_with_the_same_truth(claimed: Desk) -> None:
    truth = f"{REFERENCE} in searching, held by Amira Hassan"

    assert cards(claimed) == {"desk:": (1, truth), "team:control-room": (1, truth)}


def test_lines_of_the_thread_are_with_the_desk_only(claimed: Desk) -> None:
    claimed.do(Act.UPDATE, "amira")
    delivery.deliver(claimed.office)

    lines = [post for post in claimed.recorder.posts if post.key.startswith("thread|")]
    assert len(lines) == 4
    assert {post.recipient for post in lines} == {"desk:"}


def test_a_team_that_talks_in_the_desks_channel_has_no_card_of_its_own(desk: Desk) -> None:
    desk.log()
    desk.do(Act.ALLOCATE, "dana", team="foi-desk")

    delivery.deliver(desk.office)

    assert set(cards(desk)) == {"desk:"}


def test_the_card_of_a_team_that_lost_the_request_is_kept_true(desk: Desk) -> None:
    desk.log()
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    delivery.deliver(desk.office)

    desk.do(Act.ALLOCATE, "dana", team="digital")
    delivery.deliver(desk.office)

    drawn = {recipient: times for recipient, (times, _) in cards(desk).items()}
    assert drawn == {"desk:": 2, "team:control-room": 2, "team:digital": 1}


def test_several_acts_within_a_second_are_one_change_of_each_card(claimed: Desk) -> None:
    before = draws(claimed)

    for _ in range(3):
        claimed.do(Act.UPDATE, "amira")
        delivery.deliver(claimed.office, settled=True)
        claimed.wall += SETTLES / 4
    assert draws(claimed) == before
    claimed.wall += SETTLES
    delivery.deliver(claimed.office, settled=True)

    assert draws(claimed) == before + 2
    assert {times for times, _ in cards(claimed).values()} == {2}


def test_what_is_said_does_not_wait_for_a_card_that_does(claimed: Desk) -> None:
    claimed.do(Act.UPDATE, "amira")
    delivery.deliver(claimed.office, settled=True)

    claimed.do(Act.ESCALATE, "amira")
    delivery.deliver(claimed.office, settled=True)

    waiting = [key for key, state in claimed.outbox() if state == "waiting"]
    assert [key for key in waiting if key.startswith(f"card|{REFERENCE}|3")] == []
    claimed.wall += SETTLES + timedelta(seconds=1)
    delivery.deliver(claimed.office, settled=True)
    assert [key for key, state in claimed.outbox() if state == "waiting"] == []


def test_each_new_day_the_cards_of_open_requests_are_drawn_again(claimed: Desk) -> None:
    claimed.at = moment(NEXT_DAY)

    scheduler.tick(claimed.office)
    scheduler.tick(claimed.office)

    assert {times for times, _ in cards(claimed).values()} == {2}


def test_a_card_that_somebody_deleted_is_back_the_next_day_at_the_latest(claimed: Desk) -> None:
    key = f"card|{REFERENCE}|team:control-room"
    teams = next(post for post in claimed.recorder.posts if post.key == key)
    claimed.recorder.remove(teams.place)
    claimed.at = moment(NEXT_DAY)

    scheduler.tick(claimed.office)

    assert cards(claimed)["team:control-room"][0] == 1


def test_the_card_of_a_closed_request_is_left_alone(desk: Desk) -> None:
    desk.log()
    desk.do(Act.WITHDRAW, "dana")
    delivery.deliver(desk.office)
    desk.at = moment(NEXT_DAY)

    scheduler.tick(desk.office)

    assert cards(desk)["desk:"][0] == 1


def test_a_channel_that_is_gone_is_not_tried_for_ever(claimed: Desk) -> None:
    claimed.recorder.gone.add("team:control-room")
    claimed.do(Act.UPDATE, "amira")
    delivery.deliver(claimed.office)
    claimed.at = moment(NEXT_DAY)
    before = draws(claimed)

    scheduler.tick(claimed.office)
    scheduler.tick(claimed.office)

    assert draws(claimed) == before + 2
