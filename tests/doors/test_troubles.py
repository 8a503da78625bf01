"""Whatever closes the way to people: nothing is lost, the right ones are told, the doctor says it.

A served desk, and a Slack whose administrator archives, deactivates, revokes and takes away.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.doors.page import DESK
from tests.doors.programs import foi
from tests.doors.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WITHIN = 30.0  # seconds; a tick is one, and what failed is tried again after five


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    started = Served(tmp_path_factory.mktemp("troubles"))
    yield started
    started.end()


def administer(served: Served, **what: Any) -> None:
    served.page.post("administer", **what)


def amiss(served: Served, kind: str) -> list[tuple[str, str]]:
    """Ask the doctor what it last saw of a kind of trouble."""
    told = foi("doctor", "--json", **served.settings)
    assert "Traceback" not in told.stderr
    checks = json.loads(told.stdout)
    return [(one["state"], one["says"]) for one in checks if one["name"] == f"last seen: {kind}"]


def texts(served: Served, **where: str) -> list[str]:
    return [one["text"] for one in served.page.messages(**where)]


def asks(reference: str, subject: str) -> str:
    return f"{reference} “{subject}” is allocated to Control Room. Who claims it?"


def test_an_archived_channel_is_told_to_the_desk_once_and_its_notices_come_there(
    desk: Served,
) -> None:
    administer(desk, archive="control-room")

    first, second = desk.new("Archived one"), desk.new("Archived two")

    for reference, subject in ((first, "Archived one"), (second, "Archived two")):
        words = f"For Control Room: {asks(reference, subject)}"
        desk.page.until(lambda words=words: words in texts(desk, channel=DESK), WITHIN)  # type: ignore[misc]  # each its own
    once = (
        "The channel of Control Room is archived. Unarchive it, or name another one in "
        "teams.toml; until then its notices come here."
    )
    assert texts(desk, channel=DESK).count(once) == 1
    ((state, says),) = amiss(desk, "archived")
    assert state == "wrong"
    assert says.startswith("The channel of Control Room is archived: ")
    assert "Unarchive it" in says

    administer(desk, unarchive="control-room")
    third = desk.new("Unarchived")

    said = asks(third, "Unarchived")
    desk.page.until(lambda: said in texts(desk, channel="control-room"), WITHIN)
    ((state, says),) = amiss(desk, "archived")
    assert (state, says.endswith("it is over")) == ("ok", True)


def is_over(served: Served, kind: str) -> bool:
    """Say whether all that the doctor last saw of a kind of trouble is over."""
    return all(says.endswith("it is over") for _, says in amiss(served, kind))


def test_an_unarchived_channel_is_known_of_before_anything_is_sent_there(desk: Served) -> None:
    administer(desk, archive="legal")
    reference = desk.new("Legal archived", team="legal")
    words = f"{reference} “Legal archived” is allocated to Legal Services. Who claims it?"
    desk.page.until(lambda: f"For Legal Services: {words}" in texts(desk, channel=DESK), WITHIN)
    time.sleep(3)  # three ticks, and it is no less archived for them
    assert not is_over(desk, "archived")
    archived = "archived: legal. Unarchive them, or name others in config/teams.toml."
    assert said_of(desk, "Slack channels") == archived

    administer(desk, unarchive="legal")

    desk.page.until(lambda: is_over(desk, "archived"), WITHIN)


def test_the_desks_own_channel_archived_stops_nobody_and_loses_nothing(desk: Served) -> None:
    administer(desk, archive=DESK)

    reference = desk.new("Desk archived")

    said = asks(reference, "Desk archived")
    desk.page.until(lambda: said in texts(desk, channel="control-room"), WITHIN)
    told = (
        "The channel of the FOI desk is archived. Unarchive it, or name another one in "
        "teams.toml; until then its notices come here."
    )
    desk.page.until(lambda: told in texts(desk, dm="grace"), WITHIN)
    assert not any(reference in one for one in texts(desk, channel=DESK))
    wrong = [says for state, says in amiss(desk, "archived") if state == "wrong"]
    assert [one.startswith("The channel of the FOI desk is archived: ") for one in wrong] == [True]

    administer(desk, unarchive=DESK)
    after = desk.new("Desk unarchived")

    for one in (reference, after):
        desk.page.until(lambda one=one: is_whole(desk, one), WITHIN)  # type: ignore[misc]  # each its own
    time.sleep(2)  # whatever would come twice has come by then
    assert [len(desk.page.thread(one)) for one in (reference, after)] == [2, 2]
    assert texts(desk, channel="control-room").count(said) == 1
    assert texts(desk, dm="grace").count(told) == 1
    assert {state for state, _ in amiss(desk, "archived")} == {"ok"}


def is_whole(served: Served, reference: str) -> bool:
    """Say whether the desk's channel has a request's card, and both lines of its thread."""
    has_card = any(one.key == f"card|{reference}" for one in served.page.posts())
    return has_card and len(served.page.thread(reference)) == 2


def test_a_channel_that_foi_desk_was_put_out_of_is_told_with_how_to_invite_it(desk: Served) -> None:
    administer(desk, remove_app="control-room", take_scope="chat:write.public")

    reference = desk.new("Put out")

    words = f"For Control Room: {asks(reference, 'Put out')}"
    desk.page.until(lambda: words in texts(desk, channel=DESK), WITHIN)
    ((state, says),) = amiss(desk, "not in channel")
    assert state == "wrong"
    assert "Type /invite @FOI Desk there" in says

    administer(desk, give_scope="chat:write.public")

    desk.page.until(lambda: is_over(desk, "not in channel"), WITHIN)


def test_what_a_deactivated_manager_was_to_hear_goes_to_whoever_stands_in(desk: Served) -> None:
    reference = desk.new("Manager gone")
    administer(desk, deactivate="marcus")

    made = desk.foi("escalate", reference, "Nobody moves", "--as", "joel")

    assert made.returncode == 0, made.stderr
    heard = f"For Marcus Reid: Joel Barker escalated {reference} "
    desk.page.until(lambda: any(one.startswith(heard) for one in texts(desk, dm="grace")), WITHIN)
    once = "Marcus Reid cannot be written to in Slack"
    assert [one.startswith(once) for one in texts(desk, channel=DESK)].count(True) == 1
    ((state, says),) = amiss(desk, "no account")
    assert (state, "user_disabled" in says) == ("wrong", True)
    assert "/foi handover" in says
    assert "Marcus Reid is deactivated" in said_of(desk, "Slack people")

    administer(desk, activate="marcus")

    # Nobody has written to him since.
    desk.page.until(lambda: is_over(desk, "no account"), WITHIN)


def said_of(served: Served, name: str) -> str:
    """Ask the doctor for one of its lines."""
    checks = json.loads(foi("doctor", "--json", **served.settings).stdout)
    return str(next(one["says"] for one in checks if one["name"] == name))


def test_a_slack_that_asks_for_less_is_obeyed_and_the_doctor_knows(desk: Served) -> None:
    desk.page.post("faults", fault="rate_limited", method="chat.postMessage", retry_after=2)

    reference = desk.new("Too much")

    desk.page.until(lambda: asks(reference, "Too much") in texts(desk, channel="control-room"), 60)
    ((state, says),) = amiss(desk, "slowed")
    assert state == "ok"
    assert says.startswith("Slack asked to send less to ")


def test_a_slack_that_fails_loses_nothing_and_the_doctor_knows(desk: Served) -> None:
    desk.page.post("faults", fault="fail_before", method="chat.postMessage", times=2)

    reference = desk.new("Failing")

    desk.page.until(lambda: asks(reference, "Failing") in texts(desk, channel="control-room"), 60)
    assert len(desk.page.thread(reference)) == 2
    ((state, says),) = amiss(desk, "away")
    assert (state, says.endswith("it is over")) == ("ok", True)


def test_a_permission_that_was_taken_away_is_named(desk: Served) -> None:
    administer(desk, take_scope="im:write")
    reference = desk.new("No permission", team="digital")

    made = desk.foi("escalate", reference, "Nobody moves", "--as", "dana")

    assert made.returncode == 0, made.stderr

    words = (
        "The app in Slack lacks the permission im:write. Add it on the app's page under "
        "OAuth &amp; Permissions, and install the app anew."
    )
    desk.page.until(lambda: words in texts(desk, channel=DESK), WITHIN)
    ((state, says),) = amiss(desk, "scope")
    assert (state, "missing_scope (im:write)" in says) == ("wrong", True)

    administer(desk, give_scope="im:write")

    # Once a person can be written to the doctor says so, and nobody has to tell it.
    desk.page.until(lambda: amiss(desk, "scope")[0][0] == "ok", WITHIN)
    assert amiss(desk, "scope")[0][1].endswith("it is over")


@pytest.mark.parametrize(
    ("taken", "by"),
    [
        (["channels:read", "groups:read"], "conversations.list"),
        (["chat:write"], "chat.postMessage"),
        (["channels:history", "groups:history"], "conversations.history"),
    ],
)
def test_any_permission_that_was_taken_is_known_to_be_back_before_anything_is_tried(
    tmp_path: Path, taken: list[str], by: str
) -> None:
    served = Served(tmp_path)
    try:
        if by == "conversations.history":  # what may have been posted is looked for
            served.page.post("faults", fault="fail_after", method="chat.postMessage")
        for one in taken:
            administer(served, take_scope=one)
        reference = served.new("Taken")
        named = f"lacks the permission {','.join(taken)}"
        told = f"The app in Slack {named}: "
        served.page.until(
            lambda: any(says.startswith(told) for _, says in amiss(served, "scope")), WITHIN
        )
        assert f"missing_scope ({','.join(taken)})" in amiss(served, "scope")[0][1]

        for one in taken:
            assert not is_over(served, "scope")
            administer(served, give_scope=one)

        served.page.until(lambda: is_over(served, "scope"), WITHIN)
        said = asks(reference, "Taken")
        served.page.until(lambda: said in texts(served, channel="control-room"), WITHIN)
        assert texts(served, channel="control-room").count(said) == 1
    finally:
        served.end()


@pytest.mark.parametrize("how", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_token_that_slack_takes_no_more_stops_all_sending_and_keeps_everything(
    desk: Served, how: str
) -> None:
    before = len(desk.page.posts())
    administer(desk, revoke=how)

    reference = desk.new(f"Revoked {how}")

    desk.page.until(lambda: any(how in says for _, says in amiss(desk, "installation")), WITHIN)
    ((state, says),) = amiss(desk, "installation")
    assert state == "wrong"
    assert "nothing is sent, and everything is kept" in says
    assert len(desk.page.posts()) == before
    told = json.loads(desk.foi("outbox", "--json").stdout)
    assert str(told).count(f"|{reference}|") >= 4

    administer(desk, revoke="")
    after = desk.new("Accepted again")

    said = asks(after, "Accepted again")
    desk.page.until(lambda: said in texts(desk, channel="control-room"), WITHIN)
    assert amiss(desk, "installation")[0][0] == "ok"
