"""Between the decision and the post: who signs off what, and what may not go out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.casework.examples import DAYS, ROSTER, day, do, occasion, request_in
from workflow.casework.decide.consideration import decide
from workflow.casework.decide.response import approve, issue
from workflow.casework.errors import AnswerIncomplete, Lacking
from workflow.casework.events import sentence
from workflow.casework.occasion import SIGNED_OFF, Decision, Occasion, carry_out
from workflow.casework.request import AnswerPart, Exemption, InformationRequest, Treatment, reading
from workflow.casework.stages import Act, Stage
from workflow.law.regime import Regime

A, C = Stage.RESPONSE, Stage.CONSIDERATION
MISSING = (
    "s.17(1)(c): Say why s.31(1)(a) applies.",
    "s.17(3): Give the reasons for the balance (s.31(1)(a)).",
)
APPROVED = request_in(A, approved_by="grace", since=day("Mon 2020-07-27"))


def short_of(missing: tuple[str, ...], handle: str, on: str) -> Occasion:
    """Make an occasion on which the law misses this in every answer."""
    return replace(occasion(handle, on), lacking=lambda _request: missing)


def told(decision: Decision) -> str:
    return sentence(decision.event, name_of=ROSTER.name_of)


# --- What s.17 asks ----------------------------------------------------------------------------


def test_an_answer_that_lacks_something_is_not_issued_and_each_thing_is_named() -> None:
    with pytest.raises(AnswerIncomplete) as refused:
        issue(APPROVED, short_of(MISSING, "dana", "Thu 2020-07-30"))

    assert str(refused.value) == (
        "The answer of 002335/20 still lacks: s.17(1)(c) Say why s.31(1)(a) applies; s.17(3) Give "
        "the reasons for the balance (s.31(1)(a)). Send it back and complete it, or issue it all "
        "the same: override: REASON."
    )
    assert (refused.value.missing, refused.value.asks) == (MISSING, "override")


def test_overridden_with_a_reason_it_goes_out_and_the_history_keeps_what_it_lacked_and_why() -> (
    None
):
    made = issue(
        APPROVED, short_of(MISSING, "dana", "Thu 2020-07-30"), override="The judge wants it today."
    )

    assert made.request.stage is Stage.CLOSED
    assert made.event.particulars["lacking"] == "; ".join(MISSING)
    assert told(made) == (
        "Dana Whitfield issued the response: by e-mail. "
        "Answered Thursday 30 July 2020, on working day 12, in time. "
        "It lacked: s.17(1)(c): Say why s.31(1)(a) applies.; "
        "s.17(3): Give the reasons for the balance (s.31(1)(a)). "
        "Issued all the same because: The judge wants it today."
    )


def test_a_complete_answer_needs_no_override_and_keeps_none() -> None:
    made = issue(APPROVED, occasion("dana", "Thu 2020-07-30"), override="to be sure")

    assert "override" not in made.event.particulars


def test_an_approver_hears_what_the_answer_lacks_and_the_desk_that_it_cannot_go_out() -> None:
    made = approve(request_in(A), short_of(MISSING, "grace", "Tue 2020-07-28"))

    lacks = (
        "The answer still lacks: s.17(1)(c) Say why s.31(1)(a) applies; "
        "s.17(3) Give the reasons for the balance (s.31(1)(a))."
    )
    assert made.request.approved_by == "grace"
    assert made.advice == lacks
    assert [one.text for one in made.told] == [
        f"002335/20 is approved, but cannot be issued yet. {lacks}"
    ]


def test_who_decides_hears_at_once_what_the_answer_lacks() -> None:
    words = {"outcome": "disclose", "reason": "All of it."}
    lacking = decide(request_in(C), short_of(MISSING[:1], "dana", "Mon 2020-07-27"), **words)
    complete = decide(request_in(C), occasion("dana", "Mon 2020-07-27"), **words)

    assert lacking.advice == (
        "It cannot be issued yet. It lacks: s.17(1)(c) Say why s.31(1)(a) applies."
    )
    assert complete.advice == ""


# --- When and how it was sent ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "standing"),
    [
        ("Tue 2020-08-11", "Tuesday 11 August 2020, on working day 19, in time"),
        ("Wed 2020-08-12", "Wednesday 12 August 2020, on working day 20, in time"),
        (
            "Thu 2020-08-13",
            (
                "Thursday 13 August 2020, on working day 21, "
                "late by 1 working day (due Wednesday 12 August 2020)"
            ),
        ),
        (
            "Mon 2020-08-17",
            (
                "Monday 17 August 2020, on working day 23, "
                "late by 3 working days (due Wednesday 12 August 2020)"
            ),
        ),
    ],
)
def test_the_history_says_on_which_working_day_it_went_and_whether_in_time(
    sent: str, standing: str
) -> None:
    made = issue(APPROVED, occasion("dana", sent), how="by post", why_late="two were ill")

    assert made.event.particulars["standing"] == standing
    assert made.event.particulars["how"] == "by post"


def test_a_late_answer_says_why_and_one_in_time_keeps_no_excuse() -> None:
    with pytest.raises(Lacking, match=r"was due Wednesday 12 August 2020: the answer is late"):
        issue(APPROVED, occasion("dana", "Thu 2020-08-13"))

    late = issue(APPROVED, occasion("dana", "Thu 2020-08-13"), why_late="two were ill")
    in_time = issue(APPROVED, occasion("dana", "Wed 2020-08-12"), why_late="two were ill")
    assert (late.request.why_late, in_time.request.why_late) == ("two were ill", "")
    assert "Late because: two were ill." in told(late)


def test_why_it_is_late_may_be_said_with_the_decision_so_that_the_letter_tells_it() -> None:
    decided = do(Act.DECIDE, request_in(C), "dana", "Thu 2020-08-13", why_late="two were ill")
    approved = do(Act.APPROVE, decided.request, "grace", "Thu 2020-08-13")

    made = issue(approved.request, occasion("dana", "Thu 2020-08-13"))

    assert made.event.particulars["why_late"] == "two were ill"


def test_the_clock_stops_on_the_day_it_was_sent_even_if_that_is_written_down_later() -> None:
    made = issue(APPROVED, occasion("dana", "Mon 2020-08-17"), sent=day("Tue 2020-08-11"))

    assert reading(made.request, days=DAYS, on=day("Mon 2020-08-17")).stopped_on == date(
        2020, 8, 11
    )
    assert made.event.on == day("Mon 2020-08-17")


@pytest.mark.parametrize("sent", ["Fri 2020-07-24", "Fri 2020-07-31"])
def test_it_was_sent_neither_before_it_was_decided_nor_tomorrow(sent: str) -> None:
    with pytest.raises(Lacking, match="cannot be the day it was sent"):
        issue(APPROVED, occasion("dana", "Thu 2020-07-30"), sent=day(sent))


# --- What voids an approval --------------------------------------------------------------------

CHANGED: dict[str, Any] = {
    "questions": ("How many?",),
    "exemptions": (Exemption("s.31(1)(a)", "it helps"),),
    "answers": (AnswerPart(1, Treatment.DISCLOSED, "159,740"),),
    "outcome": "refuse",
    "letter": "Dear applicant",
    "advice": "Ask for one year.",
    "held": "part-held",
    "regime": Regime.EIR,
}


@pytest.mark.parametrize("name", SIGNED_OFF)
def test_whatever_changes_of_what_was_approved_the_approval_is_void(name: str) -> None:
    changed = carry_out(
        Act.UPDATE, APPROVED, occasion("dana", "Thu 2020-07-30"), **{name: CHANGED[name]}
    )
    same = carry_out(
        Act.UPDATE, APPROVED, occasion("dana", "Thu 2020-07-30"), **{name: getattr(APPROVED, name)}
    )

    assert changed.request.approved_by is None
    assert same.request.approved_by == "grace"


def test_the_desk_itself_can_take_a_response_back_and_complete_it() -> None:
    made = do(Act.SEND_BACK, APPROVED, "dana", "Thu 2020-07-30", reason="s.31 is not weighed")

    assert (made.request.stage, made.request.approved_by) == (C, None)


def test_what_is_signed_off_is_all_that_the_answer_is_made_of() -> None:
    of_the_answer = {"questions", "exemptions", "answers", "outcome", "letter", "advice"}
    of_the_answer |= {"held", "regime"}

    assert set(SIGNED_OFF) == of_the_answer <= set(InformationRequest.__dataclass_fields__)
