"""The sweep: what has fallen due is put in the outbox once, however many sweep how often."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.casework.examples import moment, shown
from tests.services.desk import REFERENCE, Desk
from workflow.casework.stages import Act
from workflow.services import deadlines, delivery, lists
from workflow.store import requests

OVERDUE = "Thu 2020-08-13 09:00"


def rows(desk: Desk) -> list[tuple[str, str | None]]:
    return [(one.recipient, one.rule) for one in lists.said(desk.office) if one.rule]


@pytest.fixture
def overdue(desk: Desk) -> Desk:
    """Give a desk whose request fell overdue while nothing ran."""
    desk.claimed()
    desk.at = moment(OVERDUE)
    return desk


def test_a_second_sweep_adds_nothing(overdue: Desk) -> None:
    first = deadlines.sweep(overdue.office)
    after_one = overdue.dump()

    second = deadlines.sweep(overdue.office)

    assert (first, second) == ((1, 4), (0, 0))
    assert overdue.dump() == after_one


def test_after_downtime_each_ear_hears_one_message(overdue: Desk) -> None:
    deadlines.sweep(overdue.office)

    assert sorted(rows(overdue)) == [
        ("desk:", "overdue"),
        ("person:amira", "overdue"),
        ("person:marcus", "overdue"),
        ("team:control-room", "due in five working days"),
    ]


def test_an_escalation_by_the_clock_is_kept_in_the_history(overdue: Desk) -> None:
    deadlines.sweep(overdue.office)

    request = overdue.found()
    assert request.escalation is not None
    assert (request.escalation.by, request.escalation.cause) == (None, "overdue")
    assert lists.history_of(overdue.office, REFERENCE)[-1].sentence == (
        "FOI Desk escalated it to Marcus Reid: overdue."
    )


def test_an_escalation_that_a_later_one_overtook_in_downtime_is_in_the_history_too(
    overdue: Desk,
) -> None:
    deadlines.sweep(overdue.office)

    history = [line.sentence for line in lists.history_of(overdue.office, REFERENCE)]
    assert [line for line in history if "escalated" in line] == [
        "FOI Desk escalated it to Marcus Reid: searches not returned.",
        "FOI Desk escalated it to Marcus Reid: no decision.",
        "FOI Desk escalated it to Marcus Reid: overdue.",
    ]


def test_eight_who_sweep_at_once_add_nothing_twice(desk: Desk) -> None:
    for number in range(12):
        desk.claimed(f"R{number}")
    desk.at = moment(OVERDUE)
    start = threading.Barrier(8)

    def sweep() -> int:
        start.wait()
        return deadlines.sweep(desk.office).messages

    with ThreadPoolExecutor(8) as pool:
        added = [future.result() for future in [pool.submit(sweep) for _ in range(8)]]

    assert sum(added) == 12 * 4
    assert len(rows(desk)) == 12 * 4 + 4  # and four messages that say them all
    escalated = [
        line.sentence
        for number in range(12)
        for line in lists.history_of(desk.office, f"R{number}")
        if "escalated" in line.sentence
    ]
    assert len(escalated) == 12 * 3


def test_a_clock_that_is_a_little_behind_says_nothing_again(overdue: Desk) -> None:
    overdue.at += timedelta(minutes=5)
    deadlines.sweep(overdue.office)
    overdue.at -= timedelta(minutes=4)
    before = overdue.dump()
    overdue.do(Act.UPDATE, "amira")
    deadlines.sweep(overdue.office)
    overdue.at += timedelta(minutes=10)
    deadlines.sweep(overdue.office)

    history = [line.sentence for line in lists.history_of(overdue.office, REFERENCE)]
    assert sum("escalated" in line for line in history) == 3
    assert len(rows(overdue)) == 4
    assert before["cards"] == overdue.dump()["cards"]


@pytest.mark.parametrize(
    "at",
    [
        "Thu 2020-08-13 08:59",
        "Thu 2020-08-13 17:00",
        "Sat 2020-08-15 10:00",
        "Mon 2020-08-31 10:00",
    ],
)
def test_outside_working_hours_nothing_is_swept(desk: Desk, at: str) -> None:
    desk.claimed()
    desk.at = moment(at)
    before = desk.dump()

    assert deadlines.sweep(desk.office) == (0, 0)
    assert desk.dump() == before


def test_one_sweep_looks_at_so_many_and_the_next_at_the_rest(desk: Desk) -> None:
    for number in range(5):
        desk.claimed(f"R{number}")
    desk.at = moment(OVERDUE)

    swept = [deadlines.sweep(desk.office, most=2).requests for _ in range(4)]

    assert swept == [2, 2, 1, 0]


def test_a_request_closed_between_the_look_and_the_writing_is_left_alone(overdue: Desk) -> None:
    overdue.do(Act.WITHDRAW, "dana")

    assert deadlines.sweep(overdue.office) == (0, 0)
    assert rows(overdue) == []


def test_every_act_computes_anew_when_the_request_is_looked_at(desk: Desk) -> None:
    desk.claimed()
    looked: list[str | None] = [next_look(desk)]
    desk.do(Act.SEEK_CLARIFICATION, "amira")
    looked.append(next_look(desk))
    desk.at = moment("Mon 2020-07-20 10:00")
    desk.do(Act.RECORD_CLARIFICATION, "amira")
    looked.append(next_look(desk))
    desk.do(Act.WITHDRAW, "dana")
    looked.append(next_look(desk))

    # Five working days after the holder's last act comes "still working on it?", while it runs.
    assert looked == ["Tue 2020-07-21 09:00", "Wed 2020-08-12 09:00", "Mon 2020-07-27 09:00", None]


def next_look(desk: Desk) -> str | None:
    with desk.office.store.reading() as connection:
        found = requests.next_notice_after(connection, moment("Mon 2005-01-03 09:00"))
    return shown(found) if found else None


def test_a_fee_paid_long_after_the_last_look_brings_the_reminders_back(desk: Desk) -> None:
    desk.claimed()
    desk.do(Act.GIVE_FEES_NOTICE, "dana")
    while desk.at < moment("Mon 2020-08-10 09:00"):
        desk.pass_time(hours=6)
        desk.tick()
    desk.do(Act.RECORD_FEE, "dana")
    for _ in range(45):
        desk.pass_time(days=1)
        desk.tick()

    assert "overdue" in {rule for _, rule in rows(desk)}


def test_a_plan_rests_an_escalation_until_its_day_and_no_longer(overdue: Desk) -> None:
    deadlines.sweep(overdue.office)
    overdue.do(Act.ACKNOWLEDGE_ESCALATION, "marcus", until=moment("Mon 2020-09-07 09:00").date())
    before = len(rows(overdue))
    heard: list[tuple[str, set[tuple[str, str | None]]]] = []
    while overdue.at < moment("Fri 2020-09-11 17:00"):
        overdue.pass_time(hours=1)
        if deadlines.sweep(overdue.office).messages:
            heard.append((shown(overdue.at), set(rows(overdue)[before:])))
            before = len(rows(overdue))

    # What rests is the escalation: the holder is asked after five idle working days all the same.
    ears = ("desk:", "person:amira", "person:marcus")
    assert heard == [
        ("Thu 2020-08-20 09:00", {("person:amira", "still working on it?")}),
        ("Mon 2020-09-07 09:00", {(ear, "overdue") for ear in ears}),
    ]


def test_a_request_whose_clock_cannot_be_read_does_not_silence_the_others(desk: Desk) -> None:
    for reference in ("SOUND", "BROKEN"):
        desk.claimed(reference)
    fee = [{"event": "Received", "on": "2020-07-14"}, {"event": "FeeReceived", "on": "2020-07-15"}]
    with desk.office.store.writing() as connection:
        broken = text("UPDATE requests SET clock = :clock WHERE reference = 'BROKEN'")
        connection.execute(broken, {"clock": json.dumps(fee)})
    desk.at = moment(OVERDUE)

    for _ in range(2):
        deadlines.sweep(desk.office)
        delivery.deliver(desk.office)

    told = [one for one in lists.said(desk.office) if one.reference == "BROKEN" and not one.rule]
    assert [one.recipient for one in told[1:]] == ["desk:"]
    assert "its clock cannot be read, so nobody is reminded of it" in told[1].text
    assert {one.rule for one in lists.said(desk.office) if one.reference == "SOUND"} > {"overdue"}
