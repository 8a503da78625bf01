"""Pacing: a channel is spoken to no faster than it takes, and no channel waits for another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from tests.recorder import Trouble
from tests.services.desk import Desk
from workflow.services import delivery
from workflow.services.delivery import Delivered
from workflow.store import outbox, requests
from workflow.store.outbox import Outgoing
from workflow.store.paces import Pace

ONE_A_SECOND = Pace(seconds=1.0, burst=3)
LONG = 3600.0


@dataclass
class Waiting:
    """Waits by letting the machine's clock of a desk go on, as a worker's thread waits."""

    desk: Desk

    def is_set(self) -> bool:
        return False

    def wait(self, timeout: float) -> bool:
        self.desk.wall += timedelta(seconds=timeout)
        return False


@pytest.fixture
def paced(desk: Desk) -> Desk:
    """Give a desk that speaks about once a second, three at once, and has nothing to say."""
    desk.office = replace(desk.office, pace=ONE_A_SECOND)
    return desk


def put(desk: Desk, *recipients: str) -> None:
    """Put one notice of a request of its own for each recipient, in order."""
    for number, recipient in enumerate(recipients):
        reference = f"P{len(desk.recorder.posts)}-{number}"
        desk.log(reference)
        with desk.office.store.writing() as connection:
            row_id = requests.get(connection, reference).row_id
            connection.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE kind <> 'notice'")
            notice = Outgoing(f"to {recipient} {reference}", "notice", recipient, "words")
            outbox.put(connection, row_id, [notice], at=desk.at)


def deliver(desk: Desk, *, patience: float = 0.0) -> Delivered:
    return delivery.deliver(desk.office, stop=Waiting(desk), patience=patience)


def sent_to(desk: Desk) -> Counter[str]:
    return Counter(post.recipient for post in desk.recorder.posts)


def test_a_channel_is_given_a_short_burst_and_then_one_a_second(paced: Desk) -> None:
    put(paced, *["desk:"] * 6)

    sent = []
    for _ in range(5):
        sent.append(deliver(paced).sent)
        paced.wall += timedelta(seconds=1)

    assert sent == [3, 1, 1, 1, 0]


def test_a_quiet_channel_may_be_spoken_to_in_a_burst_again(paced: Desk) -> None:
    put(paced, *["desk:"] * 3)
    deliver(paced)
    paced.wall += timedelta(minutes=10)
    put(paced, *["desk:"] * 5)

    assert deliver(paced).sent == 3


def test_one_busy_channel_holds_no_other_back(paced: Desk) -> None:
    put(paced, *["desk:"] * 30, "person:amira", "team:digital")

    deliver(paced)

    assert sent_to(paced) == {"desk:": 3, "person:amira": 1, "team:digital": 1}


def test_with_patience_everything_is_said_in_one_run_at_the_pace(paced: Desk) -> None:
    put(paced, *["desk:"] * 13, *["person:amira"] * 2)
    began = paced.wall

    done = deliver(paced, patience=LONG)

    assert done == (15, 0, 0)
    assert (paced.wall - began).total_seconds() == 10  # three at once, then ten more


def test_patience_ends(paced: Desk) -> None:
    put(paced, *["desk:"] * 13)

    assert deliver(paced, patience=4).sent == 3 + 3


def test_two_workers_share_one_pace(paced: Desk) -> None:
    put(paced, *["desk:"] * 9)
    came = False

    def another_worker_comes(_kind: str, _key: str) -> None:
        nonlocal came
        if not came:
            came = True
            deliver(paced)

    paced.recorder.before = another_worker_comes
    deliver(paced)

    assert came
    assert sent_to(paced) == {"desk:": 3}


def test_a_channel_that_asks_to_slow_down_is_left_alone_and_no_other_is(paced: Desk) -> None:
    put(paced, "desk:", "desk:", "person:amira", "desk:", "team:digital")
    paced.recorder.retry_after = 30
    paced.recorder.meets(Trouble.RATE_LIMITED)

    first = deliver(paced)
    calls = len(paced.recorder.calls)
    paced.wall += timedelta(seconds=29.9)
    too_early = deliver(paced)
    paced.wall += timedelta(seconds=0.1)
    deliver(paced, patience=LONG)

    assert first == (2, 1, 0)
    assert calls == 3  # the two other messages to the desk were not even tried
    assert too_early == (0, 0, 0)
    assert sent_to(paced) == {"desk:": 3, "person:amira": 1, "team:digital": 1}


def test_retry_after_is_kept_where_nothing_is_paced(desk: Desk) -> None:
    put(desk, "desk:", "desk:", "person:amira")
    desk.recorder.retry_after = 30
    desk.recorder.meets(Trouble.RATE_LIMITED)

    sent = [deliver(desk).sent]
    desk.wall += timedelta(seconds=30)
    sent.append(deliver(desk).sent)

    assert sent == [1, 2]


def test_drawing_a_card_over_is_no_message_to_its_channel(paced: Desk) -> None:
    for number in range(5):
        paced.log(f"R{number}")

    deliver(paced)

    cards = [post for post in paced.recorder.posts if post.key.startswith("card|")]
    assert (len(cards), len(paced.recorder.posts)) == (5, 5 + 3)
