"""What could not be said: set aside, shown with its reason, and tried again by hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.recorder import Recorder
from tests.services.desk import REFERENCE, Desk
from workflow.casework.errors import Lacking
from workflow.services import delivery, settling, unsent
from workflow.services.messenger import Message, Unknown
from workflow.store import outbox, requests
from workflow.store.cards import Place
from workflow.store.outbox import Outgoing


@pytest.fixture
def logged(desk: Desk) -> Desk:
    """Give a desk that has logged a request and drawn its card."""
    desk.log()
    delivery.deliver(desk.office)
    return desk


def put(desk: Desk, *recipients: str) -> None:
    with desk.office.store.writing() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        notices = [Outgoing(f"to {one}", "notice", one, f"words for {one}") for one in recipients]
        outbox.put(connection, row_id, notices, at=desk.at)


def aside(desk: Desk) -> list[tuple[str, str | None]]:
    rows = unsent.unsent(desk.office)
    return [(one.key, one.trouble) for one in rows if one.state == "undeliverable"]


def test_what_was_set_aside_is_listed_first_with_its_reason(logged: Desk) -> None:
    logged.recorder.gone.add("person:joel")
    put(logged, "person:joel")
    delivery.deliver(logged.office)
    put(logged, "person:amira")

    assert [(one.key, one.state) for one in unsent.unsent(logged.office)] == [
        ("to person:joel", "undeliverable"),
        ("to person:amira", "waiting"),
    ]
    assert aside(logged) == [("to person:joel", "person:joel is not here any more")]
    assert unsent.counts(logged.office) == {
        "waiting": 1,
        "sending": 0,
        "gathering": 0,
        "undeliverable": 1,
    }


def test_when_the_cause_is_mended_it_is_said_once(logged: Desk) -> None:
    logged.recorder.gone.add("person:joel")
    put(logged, "person:joel")
    delivery.deliver(logged.office)
    logged.recorder.gone.clear()

    tried = unsent.retry(logged.office, ["to person:joel"])
    delivery.deliver(logged.office)
    delivery.deliver(logged.office)

    assert [one.key for one in tried] == ["to person:joel"]
    assert logged.recorder.keys.count("to person:joel") == 1
    assert aside(logged) == []


def test_what_stands_in_slack_already_is_not_said_again_by_trying_it_again(logged: Desk) -> None:
    put(logged, "person:joel")
    delivery.deliver(logged.office)
    with logged.office.store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET state = 'undeliverable' WHERE state = 'sent'")

    unsent.retry(logged.office, None)
    delivery.deliver(logged.office)

    assert logged.recorder.keys.count("to person:joel") == 1
    assert logged.outbox()[-1] == ("to person:joel", "sent")


def test_a_dry_run_changes_nothing(logged: Desk) -> None:
    logged.recorder.gone.add("person:joel")
    put(logged, "person:joel")
    delivery.deliver(logged.office)
    before = logged.dump()

    assert [one.key for one in unsent.retry(logged.office, None, dry_run=True)] == [
        "to person:joel"
    ]
    assert logged.dump() == before


def test_a_key_that_was_not_set_aside_is_refused_and_no_other_is_tried(logged: Desk) -> None:
    logged.recorder.gone.add("person:joel")
    put(logged, "person:joel")
    delivery.deliver(logged.office)

    with pytest.raises(Lacking, match="Nothing that was set aside has the key “nonsense”"):
        unsent.retry(logged.office, ["to person:joel", "nonsense"])

    assert aside(logged) == [("to person:joel", "person:joel is not here any more")]


class BrokenFor(Recorder):
    """A messenger in which a fault of the program shows at one recipient's messages."""

    def say(self, message: Message) -> Place:
        if message.recipient == "person:joel":
            raise KeyError("blocks")
        return super().say(message)


def test_a_message_that_breaks_the_program_is_set_aside_and_silences_no_other(
    logged: Desk,
) -> None:
    logged.office = replace(logged.office, messenger=BrokenFor())
    put(logged, "person:joel", "person:amira")

    done = delivery.deliver(logged.office)

    assert (done.sent, done.undeliverable) == (2, 1)  # and the desk is told
    assert aside(logged) == [
        ("to person:joel", "a fault of FOI Desk itself: KeyError, 'blocks'"),
    ]


@dataclass
class Senseless(Recorder):
    """A Slack that answers one and the same thing without a meaning."""

    answered: bool = True
    tried: list[str] = field(default_factory=list)

    def say(self, message: Message) -> Place:
        if message.recipient == "desk:":
            return super().say(message)
        self.tried.append(message.key)
        raise Unknown("Slack says something_new", answered=self.answered)


@pytest.mark.parametrize(("answered", "told"), [(True, 1), (False, 0)])
def test_an_answer_without_meaning_is_not_asked_for_for_ever_and_silence_is(
    logged: Desk, *, answered: bool, told: int
) -> None:
    messenger = Senseless(answered=answered)
    logged.office = replace(logged.office, messenger=messenger)
    put(logged, "person:joel")

    for _ in range(40):
        delivery.deliver(logged.office)
        logged.wall += timedelta(minutes=6)

    assert len(messenger.tried) == (settling.MOST_ANSWERS if answered else 40)
    assert len(aside(logged)) == len(messenger.posts) == told
