"""Acts through the real store: one winner, a refusal writes nothing, each act leaves its trace."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from inspect import signature
from typing import Any

import pytest

from tests.casework.examples import moment
from tests.services.desk import REFERENCE, Desk
from workflow.casework.errors import AlreadyHeld, Refusal, UnknownRequest
from workflow.casework.request import reading
from workflow.casework.stages import Act, Stage
from workflow.services import acts, lists
from workflow.services.forms import FORMS, from_text
from workflow.store import applicants, requests

THREADS = 32


def test_of_thirty_two_who_claim_at_once_one_wins_and_the_others_hear_who(desk: Desk) -> None:
    desk.log()
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    start = threading.Barrier(THREADS)

    def claim(handle: str) -> str:
        start.wait()
        try:
            return desk.do(Act.CLAIM, handle).sentence
        except AlreadyHeld as refusal:
            return refusal.holder

    handles = ["amira", "joel", "dana", "tom"] * (THREADS // 4)
    with ThreadPoolExecutor(THREADS) as pool:
        heard = [future.result() for future in [pool.submit(claim, one) for one in handles]]

    winner = desk.office.roster.name_of(desk.found().holder)
    assert sorted(heard) == sorted([f"{winner} claimed it."] + [winner] * (THREADS - 1))
    assert [line.sentence for line in lists.history_of(desk.office, REFERENCE)][2:] == [
        f"{winner} claimed it."
    ]
    assert desk.found().version == 2


@pytest.mark.parametrize(
    ("act", "handle"),
    [
        (Act.ISSUE, "dana"),
        (Act.CLAIM, "sian"),
        (Act.CLAIM, "joel"),
        (Act.APPROVE, "grace"),
        (Act.ACKNOWLEDGE_ESCALATION, "marcus"),
        (Act.LAPSE, "dana"),
        (Act.RETURN_SEARCHES, "amira"),
        (Act.RECORD_FEE, "dana"),
        (Act.REOPEN, "grace"),
        (Act.SPLIT, "amira"),
    ],
    ids=str,
)
def test_a_refusal_writes_nothing_at_all(desk: Desk, act: Act, handle: str) -> None:
    desk.claimed()
    before = desk.dump()
    words: dict[str, Any] = {"numbers": (1,), "question": "Which?"} if act is Act.SPLIT else {}

    with pytest.raises(Refusal):
        desk.do(act, handle, **words)

    assert desk.dump() == before


def test_logging_that_is_refused_writes_nothing(desk: Desk) -> None:
    desk.log()
    before = desk.dump()

    for changes in ({"reference": REFERENCE}, {"reference": "1", "received": date(2021, 1, 1)}):
        with pytest.raises(Refusal):
            desk.log(**changes)

    assert desk.dump() == before


def test_an_act_on_an_unknown_request_writes_nothing(desk: Desk) -> None:
    before = desk.dump()

    with pytest.raises(UnknownRequest):
        desk.do(Act.CLAIM, "amira", "no such")

    assert desk.dump() == before


def test_each_act_leaves_a_version_an_event_a_card_and_a_line(desk: Desk) -> None:
    desk.claimed()

    assert desk.found().version == 2
    assert [line.sentence for line in lists.history_of(desk.office, REFERENCE)] == [
        "Dana Whitfield logged the request, received Tuesday 14 July 2020.",
        "Dana Whitfield allocated it to Control Room.",
        "Amira Hassan claimed it.",
    ]
    assert [key for key, _ in desk.outbox()] == [
        f"card|{REFERENCE}|0",
        f"thread|{REFERENCE}|0",
        f"card|{REFERENCE}|1",
        f"thread|{REFERENCE}|1",
        f"told|{REFERENCE}|1|team:control-room",
        f"card|{REFERENCE}|1|team:control-room",
        f"card|{REFERENCE}|2",
        f"thread|{REFERENCE}|2",
        f"card|{REFERENCE}|2|team:control-room",
    ]


def test_a_reference_is_made_where_none_is_given(desk: Desk) -> None:
    made = [desk.log(None).request.reference for _ in range(3)]  # type: ignore[arg-type]  # none given

    assert made == ["FOI-2020-0001", "FOI-2020-0002", "FOI-2020-0003"]


def test_the_applicant_is_kept_apart_from_everything_that_is_shown(desk: Desk) -> None:
    desk.log(applicant=("Jo Bloggs", "jo@example.org"))
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    desk.tick()

    with desk.office.store.reading() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        assert applicants.of(connection, row_id) == ("Jo Bloggs", "jo@example.org")
    shown = repr([desk.dump()[table] for table in ("requests", "events", "outbox")])
    assert "Bloggs" not in shown + repr(desk.recorder.posts)


def test_the_day_of_an_act_is_londons(desk: Desk) -> None:
    """At 23:30 in London on a summer's Tuesday it is 22:30 UTC; half an hour on, Wednesday."""
    desk.at = moment("Tue 2020-07-14 23:30")
    late = desk.log("1").request
    desk.at = moment("Wed 2020-07-15 00:30")
    early = desk.log("2").request

    assert (late.received_on, early.received_on) == (date(2020, 7, 14), date(2020, 7, 15))


@pytest.mark.parametrize("act", [act for act in FORMS if act is not Act.LOG], ids=str)
def test_no_field_of_an_act_is_called_like_what_every_act_is_given(act: Act) -> None:
    own = set(signature(acts.perform).parameters) - {"particulars"}

    assert {field.name for field in FORMS[act]} & own == set()


def test_a_request_can_be_handed_to_a_colleague(desk: Desk) -> None:
    desk.claimed()

    desk.do(Act.REASSIGN, "amira", **from_text(Act.REASSIGN, "@joel"))

    assert desk.found().holder == "joel"


def test_the_whole_journey_from_receipt_to_review(desk: Desk) -> None:
    desk.claimed()
    for act, handle in (
        (Act.LOG_SEARCH, "amira"),
        (Act.RETURN_SEARCHES, "amira"),
    ):
        desk.do(act, handle)
    desk.considered_in_part()
    desk.do(Act.DECIDE, "dana", outcome="part")
    desk.do(Act.APPROVE, "grace")
    desk.do(Act.ISSUE, "tom")
    desk.at = moment("Mon 2020-08-10 10:00")
    desk.do(Act.REQUEST_REVIEW, "dana")
    desk.do(Act.CLAIM_REVIEW, "ruth")
    desk.do(Act.DECIDE_REVIEW, "ruth")

    assert desk.found().stage is Stage.CLOSED
    assert len(lists.history_of(desk.office, REFERENCE)) == 16


def test_a_review_asked_for_long_after_the_last_look_is_reminded_of(desk: Desk) -> None:
    desk.claimed()
    for act, handle in (
        (Act.LOG_SEARCH, "amira"),
        (Act.RETURN_SEARCHES, "amira"),
        (Act.DECIDE, "dana"),
        (Act.APPROVE, "grace"),
        (Act.ISSUE, "tom"),
    ):
        desk.do(act, handle)
    desk.at = moment("Mon 2020-08-10 10:00")
    desk.do(Act.REQUEST_REVIEW, "dana")
    desk.at = moment("Wed 2020-08-12 09:00")
    desk.tick()

    assert {one.recipient for one in lists.said(desk.office) if one.rule == "review unclaimed"} == {
        "person:ruth",
        "desk:",
    }


def test_a_split_makes_a_linked_request_that_waits_while_the_rest_runs(desk: Desk) -> None:
    desk.claimed()

    desk.do(Act.SPLIT, "dana", numbers=(3, 4), question="Which years?")

    rest = desk.found()
    with desk.office.store.reading() as connection:
        parts = requests.listing(connection, {}, limit=9)
    part = next(one.request for one in parts if one.request.split_from == REFERENCE)
    days, on = desk.office.days, date(2020, 7, 14)
    assert (len(rest.questions), part.questions) == (9, ("Question 3?", "Question 4?"))
    assert reading(rest, days=days, on=on).due == date(2020, 8, 12)
    assert reading(part, days=days, on=on).due is None


def test_text_that_postgresql_cannot_keep_is_kept_without_its_nul(desk: Desk) -> None:
    """What the public sends may hold a NUL; the request must be logged all the same."""
    made = desk.log(description="Which\0 systems?", subject="Dis\0patch").request

    assert (made.description, made.subject) == ("Which systems?", "Dispatch")
    assert desk.do(Act.UPDATE, "dana", note="a\0b").sentence == "Dana Whitfield noted: ab."
    assert acts.Done(desk.found(), "").request.description == "Which systems?"
