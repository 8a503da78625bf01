"""After downtime each person hears one message, and each request stands in it once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.casework.examples import moment
from tests.services.desk import Desk
from workflow.casework.stages import Act
from workflow.services import deadlines, gathering, lists

OVERDUE = "Thu 2020-08-13 09:00"


@pytest.fixture
def down(desk: Desk) -> Desk:
    """Give a desk with six requests, nobody of which was told of since the middle of July."""
    for number in range(6):
        desk.claimed(f"R{number}")
    desk.tick()
    desk.recorder.posts.clear()
    desk.at = moment(OVERDUE)
    return desk


def heard(desk: Desk) -> dict[str, list[str]]:
    """Give what each recipient was told by the clock, in order."""
    found: dict[str, list[str]] = {}
    for post in desk.recorder.posts:
        if post.thread is None and not post.key.startswith("card|"):
            found.setdefault(post.recipient, []).append(post.text)
    return found


def test_each_person_hears_one_message_with_each_request_in_it_once(down: Desk) -> None:
    down.tick()

    told = heard(down)
    assert {name: len(texts) for name, texts in told.items()} == {
        "desk:": 1,
        "person:amira": 1,
        "person:marcus": 1,
        "team:control-room": 1,
    }
    for (text,) in told.values():
        assert [text.count(f"R{number} ") for number in range(6)] == [1] * 6
    assert told["person:amira"][0].splitlines()[0] == (
        "6 requests need you. FOI Desk was not running and tells you now."
    )


def test_nothing_is_said_again_afterwards(down: Desk) -> None:
    down.tick()
    said = len(down.recorder.posts)

    for _ in range(3):
        down.pass_time(minutes=30)
        down.tick()

    assert len(down.recorder.posts) == said
    states = {one.state for one in lists.said(down.office)}
    assert states == {"sent", "gathered"}


def test_the_next_days_reminders_are_said_one_by_one_again(down: Desk) -> None:
    down.tick()
    down.recorder.posts.clear()
    down.pass_time(days=1)

    down.tick()

    assert {name: len(texts) for name, texts in heard(down).items()} == {
        "desk:": 6,
        "person:amira": 6,
        "person:marcus": 6,
    }


def test_one_request_alone_is_said_in_its_own_words(desk: Desk) -> None:
    desk.claimed()
    desk.tick()
    desk.recorder.posts.clear()
    desk.at = moment(OVERDUE)

    desk.tick()

    assert {text.splitlines()[0][:9] for (text,) in heard(desk).values()} == {"002335/20"}


def test_the_soonest_due_stands_first(desk: Desk) -> None:
    for number, received in enumerate(("Tue 2020-07-14", "Wed 2020-07-08", "Fri 2020-07-10")):
        desk.log(f"R{number}", received=moment(f"{received} 09:00").date())
        desk.do(Act.ALLOCATE, "dana", f"R{number}", team="control-room")
        desk.do(Act.CLAIM, "amira", f"R{number}")
    desk.at = moment(OVERDUE)

    desk.tick()

    lines = next(text for text in heard(desk)["person:amira"] if "need you" in text).splitlines()
    assert [line[2:4] for line in lines[1:]] == ["R1", "R2", "R0"]


def test_a_sweep_in_parts_still_gives_one_message(down: Desk) -> None:
    for _ in range(3):
        deadlines.sweep(down.office, most=2)
        assert heard(down) == {}
    down.tick()

    assert {len(texts) for texts in heard(down).values()} == {1}


def test_a_crash_between_the_sweep_and_the_gathering_loses_nothing(
    down: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(deadlines, "gather", killed)
    with pytest.raises(KeyboardInterrupt):
        deadlines.sweep(down.office)
    monkeypatch.undo()

    down.tick()

    assert {name: len(texts) for name, texts in heard(down).items()} == {
        "desk:": 1,
        "person:amira": 1,
        "person:marcus": 1,
        "team:control-room": 1,
    }


def test_six_who_sweep_at_once_gather_once(down: Desk) -> None:
    start = threading.Barrier(6)

    def sweep() -> None:
        start.wait()
        deadlines.sweep(down.office)

    with ThreadPoolExecutor(6) as pool:
        for future in [pool.submit(sweep) for _ in range(6)]:
            future.result()
    down.tick()

    assert {len(texts) for texts in heard(down).values()} == {1}


def test_what_waits_is_said_in_the_end_though_one_request_can_never_be_swept(
    down: Desk,
) -> None:
    deadlines.sweep(down.office, most=3)
    assert gathering.gather(down.office) == 0

    down.at += gathering.LONGEST_WAIT + timedelta(seconds=1)

    assert gathering.gather(down.office) == 4


def test_a_very_long_message_names_each_request_by_its_rule(desk: Desk) -> None:
    for number in range(60):
        desk.log(f"FOI-2020-{number:04}", subject="Eleven questions " * 8)
    desk.at = moment("Wed 2020-08-19 09:00")

    desk.tick()

    (text,) = [one for one in heard(desk)["desk:"] if "need you" in one]
    lines = text.splitlines()
    assert (len(lines), lines[1]) == (
        61,
        "• FOI-2020-0000: overdue, due Wednesday 12 August 2020",
    )


# --- What is downtime and what is not: the words are said of nothing else ------------------------

WAS_DOWN = "FOI Desk was not running"


@pytest.fixture
def returned(desk: Desk) -> Desk:
    """Give a desk with two requests, searched, considered and extended, that was never down.

    Sign-off is wanted by Mon 2020-08-10, the eighteenth working day.
    """
    for number in range(2):
        desk.claimed(f"R{number}")
        desk.do(Act.LOG_SEARCH, "amira", f"R{number}")
        desk.do(Act.RETURN_SEARCHES, "amira", f"R{number}")
        desk.considered_in_part(f"R{number}")
        desk.do(Act.EXTEND, "dana", f"R{number}")
    on = desk.at.replace(hour=9, minute=0)
    for day in range(1, 28):
        desk.at = on + timedelta(days=day)
        desk.tick()
    return desk


def decided_at(desk: Desk, said: str) -> None:
    """Let both be decided at a moment: now they wait for a sign-off that was wanted before."""
    desk.at = moment(said)
    desk.recorder.posts.clear()
    for number in range(2):
        desk.do(Act.DECIDE, "dana", f"R{number}", outcome="part")


def said_of_sign_off(desk: Desk) -> list[str]:
    return [text for texts in heard(desk).values() for text in texts if "approv" in text]


@pytest.mark.parametrize(
    ("decided", "swept"),
    [
        ("Tue 2020-08-11 10:00", "Tue 2020-08-11 11:00"),  # wanted on Monday, waiting since ten
        ("Mon 2020-08-10 16:30", "Tue 2020-08-11 09:00"),  # after Monday's last sweep
        ("Mon 2020-08-10 18:00", "Tue 2020-08-11 09:00"),  # when nobody is spoken to
    ],
)
def test_what_an_act_makes_due_looking_back_is_no_downtime(
    returned: Desk, decided: str, swept: str
) -> None:
    decided_at(returned, decided)
    returned.at = moment(swept)

    returned.tick()

    assert said_of_sign_off(returned)
    assert [text for texts in heard(returned).values() for text in texts if WAS_DOWN in text] == []


def test_what_an_act_made_due_is_late_when_nothing_ran_after_it(returned: Desk) -> None:
    decided_at(returned, "Tue 2020-08-11 10:00")
    returned.at = moment("Wed 2020-08-12 09:00")

    returned.tick()

    assert [texts for texts in heard(returned).values() if WAS_DOWN not in texts[0]] == []
    assert "to be approved by Monday 10 August 2020" in heard(returned)["desk:"][0]


def test_an_act_while_nothing_looks_makes_downtime_no_shorter(down: Desk) -> None:
    down.at = moment("Wed 2020-08-12 16:00")  # nothing was looked at since July, people work on
    for number in range(6):
        down.do(Act.UPDATE, "amira", f"R{number}")
    down.at = moment("Wed 2020-08-12 16:30")

    down.tick()

    assert {text.splitlines()[0][:40] for texts in heard(down).values() for text in texts} == {
        "6 requests need you. FOI Desk was not ru"
    }


def test_one_day_on_which_nothing_ran_is_downtime(desk: Desk) -> None:
    for number in range(2):
        desk.claimed(f"R{number}")
    for day in (15, 16, 17, 20, 21, 22, 23):
        desk.at = moment("Tue 2020-07-14 09:30").replace(day=day)
        desk.tick()
    desk.recorder.posts.clear()
    desk.at = moment("Mon 2020-07-27 09:00")  # their searches are wanted on Tuesday

    desk.tick()

    (text,) = heard(desk)["person:amira"]
    assert text.startswith(f"2 requests need you. {WAS_DOWN}")
