"""What stands beside the clock: who was asked, what a review finds, the days that the ICO sets."""

from __future__ import annotations

from dataclasses import replace

from tests.casework.examples import day, do, request_in
from workflow.casework.beside import beside, open_beside
from workflow.casework.complaint import Complaint
from workflow.casework.request import Exemption, InformationRequest
from workflow.casework.stages import Act, Stage

EXEMPT = (Exemption("s.31(1)(a)", "it helps offenders"), Exemption("s.43(2)", "it is trade"))


def lines(request: InformationRequest, *, open_only: bool = False) -> list[str]:
    return [f"{one.name}: {one.words}" for one in (open_beside if open_only else beside)(request)]


def test_a_referral_is_shown_until_its_reply_and_its_reply_after_it() -> None:
    asked = do(Act.REFER, request_in(Stage.SEARCHING), "dana", "Tue 2020-07-28").request
    replied = do(Act.RECORD_REPLY, asked, "dana", "Wed 2020-07-29", body="npcc ").request

    # Monday 3 August is a bank holiday in Scotland, so five working days end a day later.
    assert lines(asked, open_only=True) == [
        "NPCC: asked Tuesday 28 July 2020, reply wanted by Wednesday 5 August 2020"
    ]
    assert lines(replied, open_only=True) == []
    assert lines(replied) == [
        "NPCC: asked Tuesday 28 July 2020, replied Wednesday 29 July 2020: neither confirm nor deny"
    ]


def test_a_referral_does_not_move_the_due_date_nor_stop_the_clock() -> None:
    before = request_in(Stage.SEARCHING)
    after = do(Act.REFER, before, "dana", "Tue 2020-07-28").request

    assert after.clock == before.clock


def test_two_bodies_may_be_asked_and_each_replies_for_itself() -> None:
    request = request_in(Stage.CONSIDERATION)
    for body in ("NPCC", "the supplier"):
        request = do(Act.REFER, request, "dana", "Tue 2020-07-28", body=body).request
    request = do(Act.RECORD_REPLY, request, "dana", "Wed 2020-07-29", body="the supplier").request

    assert [(one.body, one.is_awaited) for one in request.referrals] == [
        ("NPCC", True),
        ("the supplier", False),
    ]


def test_the_first_answer_stands_beside_each_finding_of_the_review() -> None:
    review = request_in(
        Stage.REVIEW, reviewer="ruth", exemptions=EXEMPT, outcome="part", letter="Some of it."
    )
    found = do(Act.RECORD_FINDING, review, "ruth", "Tue 2020-08-11").request

    assert lines(found, open_only=True) == [
        "First answer: disclose in part: Some of it.",
        "s.31(1)(a): First answer: it helps offenders. Review: not upheld: no crime is helped",
        "s.43(2): First answer: it is trade. Review: not looked at yet",
    ]


def test_a_later_finding_takes_the_place_of_an_earlier_one() -> None:
    review = request_in(Stage.REVIEW, reviewer="ruth", exemptions=EXEMPT)
    for on, finding in (("Tue 2020-08-11", "not-upheld"), ("Wed 2020-08-12", "upheld")):
        review = do(Act.RECORD_FINDING, review, "ruth", on, finding=finding).request

    assert [(one.section, one.words) for one in review.findings] == [("s.31(1)(a)", "upheld")]


def test_a_complaint_goes_its_way_step_by_step_each_with_its_day() -> None:
    request = request_in(Stage.CLOSED)
    for on, act, words in (
        ("Mon 2020-08-10", Act.RECORD_COMPLAINT, {}),
        ("Tue 2020-08-11", Act.RECORD_ICO_QUESTIONS, {"answer_by": day("Tue 2020-09-01")}),
        ("Fri 2020-08-28", Act.ANSWER_ICO, {}),
        (
            "Mon 2020-10-05",
            Act.RECORD_ICO_DECISION,
            {"decision": "upheld", "steps": "disclose it", "steps_by": day("Mon 2020-11-09")},
        ),
        ("Mon 2020-10-12", Act.RECORD_APPEAL, {"appellant": "authority"}),
        ("Mon 2021-02-01", Act.RECORD_TRIBUNAL, {}),
        ("Tue 2021-02-02", Act.RECORD_STEPS, {}),
    ):
        request = do(act, request, "dana", on, **words).request

    name = "ICO IC-12345-A1B2"
    assert lines(request, open_only=True) == []
    assert lines(request) == [
        f"{name}: complaint recorded Monday 10 August 2020",
        f"{name}: its questions were answered Friday 28 August 2020",
        f"{name}: decided Monday 5 October 2020: upheld",
        f"{name}: steps taken Tuesday 2 February 2021: disclose it",
        f"{name}: the authority appealed Monday 12 October 2020",
        f"{name}: the tribunal decided Monday 1 February 2021: dismissed",
    ]


def test_the_last_day_to_appeal_is_28_days_after_the_notice() -> None:
    complaint = Complaint("IC-1", day("Mon 2020-08-10"), decided_on=day("Mon 2020-10-05"))

    assert complaint.appeal_by == day("Mon 2020-11-02")
    assert replace(complaint, decided_on=None).appeal_by is None


def test_a_second_complaint_may_follow_a_decided_one() -> None:
    first = Complaint("IC-1", day("Mon 2020-08-10"), decided_on=day("Mon 2020-10-05"))
    request = request_in(Stage.CLOSED, complaints=(first,))

    both = do(Act.RECORD_COMPLAINT, request, "dana", "Tue 2020-10-06").request

    assert [one.ico_reference for one in both.complaints] == ["IC-1", "IC-12345-A1B2"]
