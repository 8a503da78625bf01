"""Delivery: everything in the outbox is said, once, in order, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.casework.examples import moment
from tests.recorder import Recorder, Trouble
from tests.services.desk import OPENED, REFERENCE, Desk
from workflow.casework.stages import Act
from workflow.services import delivery, lists
from workflow.store import outbox, requests
from workflow.store.cards import Place
from workflow.store.outbox import LEASE, Outgoing

A_WHILE = timedelta(minutes=1)


def put(desk: Desk, *messages: Outgoing) -> None:
    with desk.office.store.writing() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        outbox.put(connection, row_id, messages, at=desk.at)


def notice(key: str, recipient: str = "person:amira", rule: str | None = None) -> Outgoing:
    return Outgoing(key, "notice", recipient, f"words of {key}", rule)


@pytest.fixture
def logged(desk: Desk) -> Desk:
    """Give a desk that has logged a request and drawn its card."""
    desk.log()
    delivery.deliver(desk.office)
    return desk


def test_a_card_in_each_channel_is_drawn_over_and_the_desks_has_a_line_for_each_act(
    desk: Desk,
) -> None:
    desk.log()
    delivery.deliver(desk.office)
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    delivery.deliver(desk.office)
    desk.do(Act.CLAIM, "amira")
    delivery.deliver(desk.office)

    card, *others = desk.recorder.posts
    assert (card.key, card.drawn, card.text) == (
        f"card|{REFERENCE}",
        3,
        f"{REFERENCE} in searching, held by Amira Hassan",
    )
    assert [(post.thread, post.recipient) for post in others] == [
        (card.place, "desk:"),
        (card.place, "desk:"),
        (None, "team:control-room"),
        (None, "team:control-room"),
        (card.place, "desk:"),
    ]


def test_what_is_delivered_is_not_delivered_again(logged: Desk) -> None:
    before = list(logged.recorder.posts)

    assert delivery.deliver(logged.office) == (0, 0, 0)
    assert logged.recorder.posts == before


def test_several_acts_between_two_deliveries_leave_one_card_with_the_latest_truth(
    desk: Desk,
) -> None:
    desk.claimed()

    delivery.deliver(desk.office)

    assert [post.text for post in desk.recorder.posts if post.key.startswith("card|")] == [
        f"{REFERENCE} in searching, held by Amira Hassan",
        f"{REFERENCE} in searching, held by Amira Hassan",
    ]
    assert desk.outbox()[0] == (f"card|{REFERENCE}|0", "superseded")


def test_a_rate_limited_message_is_sent_when_slack_allows_it(logged: Desk) -> None:
    put(logged, notice("a"), notice("b"))
    logged.recorder.meets(Trouble.RATE_LIMITED)

    assert delivery.deliver(logged.office).put_off == 1
    logged.wall += timedelta(seconds=2.9)
    assert delivery.deliver(logged.office) == (0, 0, 0)
    logged.wall += timedelta(seconds=0.1)
    assert delivery.deliver(logged.office).sent == 2

    assert logged.recorder.keys[-2:] == ["a", "b"]
    assert ("find", "a") not in logged.recorder.calls


def test_a_recipient_who_is_gone_is_reported_to_the_desk_once(logged: Desk) -> None:
    logged.recorder.gone.add("person:amira")
    put(logged, notice("a"), notice("b", "person:joel"))

    done = delivery.deliver(logged.office)

    assert (done.sent, done.undeliverable) == (2, 1)
    assert logged.recorder.notices[-2:] == [
        ("person:joel", "words of b"),
        (
            "desk:",
            (
                f"{REFERENCE}: a notice to person:amira could not be delivered: "
                "person:amira is not here any more."
            ),
        ),
    ]


def test_a_desk_that_is_gone_is_not_told_of_itself_for_ever(logged: Desk) -> None:
    logged.recorder.gone.add("desk:")
    put(logged, notice("a", "desk:"))

    assert delivery.deliver(logged.office) == (0, 0, 1)
    assert delivery.deliver(logged.office) == (0, 0, 0)


@pytest.mark.parametrize("trouble", [Trouble.UNKNOWN_BEFORE, Trouble.UNKNOWN_AFTER])
def test_when_nobody_knows_whether_it_was_posted_it_is_looked_for_first(
    logged: Desk, trouble: Trouble
) -> None:
    put(logged, notice("a"), notice("b"))
    logged.recorder.meets(trouble)
    delivery.deliver(logged.office)

    logged.wall += A_WHILE
    delivery.deliver(logged.office)

    assert logged.recorder.keys[-2:] == ["a", "b"]
    assert logged.recorder.keys.count("a") == 1
    assert ("find", "a") in logged.recorder.calls


def test_it_is_still_looked_for_when_the_looking_itself_was_put_off(logged: Desk) -> None:
    put(logged, notice("a"))
    logged.recorder.meets(Trouble.UNKNOWN_AFTER)
    logged.recorder.meets(Trouble.RATE_LIMITED, Trouble.UNKNOWN_BEFORE, on="find")
    for _ in range(4):
        delivery.deliver(logged.office)
        logged.wall += A_WHILE

    assert logged.recorder.keys.count("a") == 1
    assert logged.outbox()[-1] == ("a", "sent")


@pytest.mark.parametrize("trouble", [Trouble.UNKNOWN_BEFORE, Trouble.UNKNOWN_AFTER])
def test_a_card_stands_once_though_its_first_drawing_was_in_doubt(
    desk: Desk, trouble: Trouble
) -> None:
    desk.recorder.meets(trouble, on="draw")
    desk.log()
    delivery.deliver(desk.office)
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    desk.wall += A_WHILE
    delivery.deliver(desk.office)

    cards = [post for post in desk.recorder.posts if post.key == f"card|{REFERENCE}"]
    assert len(cards) == 1
    assert {post.thread for post in desk.recorder.posts[1:]} == {cards[0].place, None}


def test_a_card_that_somebody_deleted_is_drawn_anew(logged: Desk) -> None:
    logged.recorder.remove(logged.recorder.posts[0].place)
    logged.do(Act.ALLOCATE, "dana", team="control-room")

    delivery.deliver(logged.office)

    cards = [post for post in logged.recorder.posts if post.key == f"card|{REFERENCE}"]
    assert [(post.drawn, post.text) for post in cards] == [
        (1, f"{REFERENCE} in received, held by None")
    ]


@pytest.mark.parametrize(
    "at", ["Tue 2020-07-14 08:59", "Tue 2020-07-14 17:00", "Sat 2020-07-18 11:00"]
)
def test_reminders_wait_for_working_hours_and_acts_do_not(logged: Desk, at: str) -> None:
    put(logged, notice("reminder", rule="overdue"))
    logged.at = moment(at)
    logged.do(Act.ALLOCATE, "dana", team="control-room")

    delivery.deliver(logged.office)
    in_the_evening = list(logged.recorder.keys)
    logged.at = moment("Mon 2020-07-20 09:00")
    delivery.deliver(logged.office)

    assert in_the_evening[-2:] == [
        f"told|{REFERENCE}|1|team:control-room",
        f"card|{REFERENCE}|team:control-room",
    ]
    assert logged.recorder.posts[0].drawn == 2
    assert logged.recorder.keys[len(in_the_evening) :] == ["reminder"]


def test_a_slow_slack_makes_no_two_workers_say_the_same(logged: Desk) -> None:
    """Each message takes two seconds: the last of twenty come long after a lease is over."""
    for number in range(20):
        reference = f"R{number:02}"
        logged.log(reference)
    second_worker_came = False

    def slowly(_kind: str, _key: str) -> None:
        nonlocal second_worker_came
        if second_worker_came:
            return
        logged.wall += timedelta(seconds=2)
        if logged.wall > moment(OPENED) + LEASE * 1.5:
            second_worker_came = True
            delivery.deliver(logged.office)

    logged.recorder.before = slowly
    delivery.deliver(logged.office)
    logged.wall += A_WHILE
    delivery.deliver(logged.office)

    assert second_worker_came
    assert sorted(logged.recorder.keys) == sorted(set(logged.recorder.keys))
    assert {state for _, state in logged.outbox()} == {"sent"}


@pytest.mark.parametrize("jump", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_jumps_while_a_message_is_on_its_way_has_it_said_once(
    logged: Desk, jump: timedelta
) -> None:
    """The lease is over by the clock, the message is not there yet, and a second worker looks."""
    put(logged, notice("a"))
    jumped = False

    def on_its_way(_kind: str, key: str) -> None:
        nonlocal jumped
        if key == "a" and not jumped:
            jumped = True
            logged.wall += jump
            delivery.deliver(logged.office)

    logged.recorder.before = on_its_way
    delivery.deliver(logged.office)
    logged.wall += A_WHILE
    delivery.deliver(logged.office)

    assert jumped
    assert logged.recorder.keys.count("a") == 1
    assert logged.outbox()[-1] == ("a", "sent")


class SlowReader(Recorder):
    """A Slack that takes longer to be looked through than a lease lasts."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def find(
        self, recipient: str, key: str, *, since: datetime, thread: Place | None = None
    ) -> Place | None:
        found = super().find(recipient, key, since=since, thread=thread)
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        return found


def test_whoever_looks_for_longer_than_the_lease_does_not_say_what_another_has_said(
    database_url: str,
) -> None:
    slack = SlowReader()
    desk = Desk(database_url, recorder=slack)
    desk.log()
    delivery.deliver(desk.office)
    put(desk, notice("a"))
    slack.meets(Trouble.UNKNOWN_BEFORE)
    delivery.deliver(desk.office)
    desk.wall += A_WHILE

    def another_worker() -> None:
        desk.wall += LEASE + timedelta(seconds=1)
        delivery.deliver(desk.office)

    slack.meanwhile = another_worker
    delivery.deliver(desk.office)
    desk.wall += A_WHILE
    delivery.deliver(desk.office)

    assert slack.keys.count("a") == 1
    assert desk.outbox()[-1] == ("a", "sent")
    desk.close()


def test_an_outage_of_a_whole_day_loses_no_notice(logged: Desk) -> None:
    put(logged, notice("a"))
    logged.recorder.meets(*[Trouble.RATE_LIMITED] * 5_000)
    for _ in range(8 * 60):
        delivery.deliver(logged.office)
        logged.wall += A_WHILE
    logged.recorder._ahead.clear()  # noqa: SLF001  # Slack is back
    logged.wall += timedelta(hours=1)
    delivery.deliver(logged.office)

    assert logged.recorder.keys.count("a") == 1
    assert logged.outbox()[-1] == ("a", "sent")


def test_the_list_of_what_was_said_tells_when_to_whom_and_why_not(logged: Desk) -> None:
    logged.recorder.gone.add("person:joel")
    put(logged, notice("a", rule="overdue"), notice("b", "person:joel"))
    delivery.deliver(logged.office)

    assert [
        (one.recipient, one.rule, one.state, one.trouble, one.at)
        for one in lists.said(logged.office)
    ][:2] == [
        ("person:amira", "overdue", "sent", None, logged.at),
        ("person:joel", None, "undeliverable", "person:joel is not here any more", logged.at),
    ]
