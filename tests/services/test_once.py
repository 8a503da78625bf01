"""What Slack sends twice is done once: the second time it is told what was done the first."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.services.desk import REFERENCE, Desk
from workflow.casework.errors import Refusal
from workflow.casework.stages import Act
from workflow.services import heard

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    made.claimed()
    yield made
    made.close()


def test_an_act_sent_again_is_done_once_and_told_again(desk: Desk) -> None:
    first = desk.do(Act.UPDATE, "amira", note="rang the supplier", once="trigger-1")
    before = desk.dump()

    again = desk.do(Act.UPDATE, "amira", note="rang the supplier", once="trigger-1")

    assert (again.sentence, again.request) == (first.sentence, first.request)
    assert desk.dump() == before


def test_the_same_words_in_another_command_are_another_act(desk: Desk) -> None:
    desk.do(Act.UPDATE, "amira", note="rang the supplier", once="trigger-1")

    again = desk.do(Act.UPDATE, "amira", note="rang the supplier", once="trigger-2")

    assert again.request.version == 4


def test_a_request_sent_again_is_logged_once(desk: Desk) -> None:
    first = desk.log("FOI-2020-0900", once="trigger-1")
    before = desk.dump()

    again = desk.log("FOI-2020-0901", once="trigger-1")

    assert (again.request.reference, again.sentence) == ("FOI-2020-0900", first.sentence)
    assert desk.dump() == before


def test_what_was_refused_may_be_sent_again(desk: Desk) -> None:
    with pytest.raises(Refusal):
        desk.do(Act.RETURN_SEARCHES, "joel", once="trigger-1")

    desk.do(Act.UPDATE, "amira", note="rang the supplier", once="trigger-1")

    assert desk.found().version == 3


def test_a_claim_sent_again_is_told_as_the_claim_it_was_and_not_refused(desk: Desk) -> None:
    desk.do(Act.RELEASE, "amira", reason="leave")
    first = desk.do(Act.CLAIM, "amira", once="trigger-1")

    again = desk.do(Act.CLAIM, "amira", once="trigger-1")

    assert again.sentence == first.sentence == "Amira Hassan claimed it."
    with pytest.raises(Refusal, match="already hold"):
        desk.do(Act.CLAIM, "amira", once="trigger-2")


def test_of_eight_that_come_at_the_same_moment_one_is_done(desk: Desk) -> None:
    start = threading.Barrier(8)
    said: list[str] = []

    def send() -> None:
        start.wait()
        said.append(desk.do(Act.UPDATE, "amira", note="once", once="trigger-1").sentence)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said == ["Amira Hassan noted: once."] * 8
    assert desk.found(REFERENCE).version == 3


def test_what_is_begun_is_left_to_whoever_began_it_and_taken_over_from_the_dead(desk: Desk) -> None:
    assert heard.begin(desk.office, "Ev1")
    assert not heard.begin(desk.office, "Ev1")

    desk.wall += heard.AT_IT + timedelta(seconds=1)

    assert heard.begin(desk.office, "Ev1")
    heard.done(desk.office, "Ev1")
    desk.wall += heard.AT_IT + timedelta(seconds=1)
    assert not heard.begin(desk.office, "Ev1")


def test_keys_of_days_ago_are_forgotten_once_a_day(desk: Desk) -> None:
    heard.begin(desk.office, "Ev1")
    heard.done(desk.office, "Ev1")
    rounds = [heard.forget_old(desk.office), heard.forget_old(desk.office)]
    desk.pass_time(days=1)
    rounds.append(heard.forget_old(desk.office))
    still = heard.begin(desk.office, "Ev1")

    desk.pass_time(days=2)
    rounds.append(heard.forget_old(desk.office))

    assert (rounds, still) == ([1, 0, 1, 1], False)
    assert heard.begin(desk.office, "Ev1")
