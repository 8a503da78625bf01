"""What each act asks of a request beside its stage and the person: one claim, one rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.casework.examples import DAYS, day, do, occasion, ready_for, request_in
from workflow.casework.decide import DECIDE, intake
from workflow.casework.errors import (
    AlreadyHeld,
    Lacking,
    NotAllocated,
    NotForYou,
    Refusal,
    SameHands,
    UnknownOfficer,
    UnknownTeam,
)
from workflow.casework.events import Told
from workflow.casework.request import InformationRequest, Search, reading
from workflow.casework.stages import Act, Stage
from workflow.law import clock
from workflow.law.clock import ClockState

R, S, C, A, X, V = (
    Stage.RECEIVED,
    Stage.SEARCHING,
    Stage.CONSIDERATION,
    Stage.RESPONSE,
    Stage.CLOSED,
    Stage.REVIEW,
)


def due(request: InformationRequest, on: str) -> str:
    """Say when a request is due, with its weekday, or what it waits for."""
    read = reading(request, days=DAYS, on=day(on))
    return f"{read.due:%a %Y-%m-%d}" if read.due else read.state.value


# --- Logging ----------------------------------------------------------------------------------


def log(**changes: Any) -> InformationRequest:
    given: dict[str, Any] = {
        "reference": "002335/20",
        "subject": "Computer aided dispatch",
        "description": "Eleven questions.",
        "received": day("Tue 2020-07-14"),
    }
    return intake.log(occasion("dana", "Wed 2020-07-15"), **(given | changes)).request


def test_the_clock_starts_on_the_date_of_receipt_not_on_the_day_of_logging() -> None:
    assert due(log(), "Wed 2020-07-15") == "Wed 2020-08-12"


@pytest.mark.parametrize(
    "changes",
    [
        {"received": day("Thu 2020-07-16")},
        {"subject": " "},
        {"subject": "x" * 151},
        {"description": "\n"},
        {"description": "x" * 20_001},
        {"reference": ""},
        {"reference": "two words"},
        {"reference": "x" * 41},
        {"reference": "<!channel>"},
    ],
    ids=str,
)
def test_a_request_that_makes_no_sense_is_not_logged(changes: dict[str, Any]) -> None:
    with pytest.raises(Lacking):
        log(**changes)


def test_only_the_desk_logs() -> None:
    with pytest.raises(NotForYou, match="only the FOI desk can log"):
        intake.log(
            occasion("amira", "Wed 2020-07-15"),
            reference="1",
            subject="x",
            description="x",
            received=day("Wed 2020-07-15"),
        )


# --- Allocation, claim, release ---------------------------------------------------------------


def test_the_team_is_told_when_the_desk_allocates_to_it() -> None:
    made = do(Act.ALLOCATE, request_in(R, team=None), "dana", "Wed 2020-07-15", team="Control Room")

    assert (made.request.team, made.request.allocated_on) == ("control-room", day("Wed 2020-07-15"))
    assert [(told.kind, told.name) for told in made.told] == [("team", "control-room")]


def test_a_team_that_does_not_exist_gets_nothing() -> None:
    with pytest.raises(UnknownTeam, match="foi-desk, control-room, digital, procurement"):
        do(Act.ALLOCATE, request_in(R), "dana", "Wed 2020-07-15", team="canteen")


def test_nobody_claims_before_a_team_has_it() -> None:
    with pytest.raises(NotAllocated):
        do(Act.CLAIM, request_in(R, team=None, allocated_on=None), "dana", "Wed 2020-07-15")


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("joel", "002335/20 is already claimed: Amira Hassan holds it."),
        ("sian", "002335/20 is already claimed: Amira Hassan holds it."),
        ("amira", "You already hold 002335/20."),
    ],
)
def test_whoever_claims_too_late_is_told_who_holds_it(who: str, sentence: str) -> None:
    with pytest.raises(AlreadyHeld) as late:
        do(Act.CLAIM, request_in(S), who, "Wed 2020-07-15")

    assert str(late.value).startswith(sentence)


def test_a_released_request_is_back_with_its_team_which_is_told() -> None:
    made = do(Act.RELEASE, request_in(S), "amira", "Mon 2020-07-20")

    assert (made.request.stage, made.request.holder, made.request.team) == (R, None, "control-room")
    assert [(told.kind, told.name) for told in made.told] == [("team", "control-room")]


def test_reassigning_stays_within_the_team() -> None:
    made = do(Act.REASSIGN, request_in(S), "marcus", "Mon 2020-07-20", colleague="@Joel")

    assert made.request.holder == "joel"
    assert made.told[0][:2] == ("person", "joel")
    with pytest.raises(Lacking, match="Siân Pritchard is not in Control Room"):
        do(Act.REASSIGN, request_in(S), "marcus", "Mon 2020-07-20", colleague="sian")
    with pytest.raises(UnknownOfficer):
        do(Act.REASSIGN, request_in(S), "marcus", "Mon 2020-07-20", colleague="nobody")


# --- Clarification: the count starts again (s.1(3), s.10(6)) -----------------------------------


@pytest.mark.parametrize("stage", [R, S, C], ids=str)
def test_nothing_is_due_while_clarification_is_awaited(stage: Stage) -> None:
    made = do(Act.SEEK_CLARIFICATION, request_in(stage), "dana", "Fri 2020-07-17")

    assert made.request.stage is stage
    assert due(made.request, "Fri 2020-09-18") == "awaiting clarification"


@pytest.mark.parametrize(
    ("answered", "new_due"),
    [
        ("Fri 2020-07-17", "Mon 2020-08-17"),  # over the Scottish Monday 3 August
        ("Sat 2020-07-18", "Mon 2020-08-17"),  # a Saturday: Monday is day 1
        ("Mon 2020-08-03", "Tue 2020-09-01"),  # over the English Monday 31 August
        ("Tue 2020-08-04", "Wed 2020-09-02"),
    ],
)
def test_the_applicants_answer_starts_a_fresh_twenty_working_days(
    answered: str, new_due: str
) -> None:
    asked = do(Act.SEEK_CLARIFICATION, request_in(S), "amira", "Thu 2020-07-16").request

    made = do(Act.RECORD_CLARIFICATION, asked, "amira", answered)

    assert due(made.request, answered) == new_due


def test_clarification_has_many_rounds() -> None:
    request = request_in(S)
    for asked, answered in (
        ("Thu 2020-07-16", "Mon 2020-07-20"),
        ("Tue 2020-07-21", "Thu 2020-07-23"),
        ("Thu 2020-07-23", "Thu 2020-07-23"),
    ):
        request = do(Act.SEEK_CLARIFICATION, request, "amira", asked).request
        request = do(Act.RECORD_CLARIFICATION, request, "amira", answered).request

    assert due(request, "Fri 2020-07-24") == "Fri 2020-08-21"


def test_clarification_cannot_be_recorded_before_it_is_sought_nor_sought_twice_at_once() -> None:
    with pytest.raises(Lacking, match="Record that it was sought first"):
        do(Act.RECORD_CLARIFICATION, request_in(S), "amira", "Thu 2020-07-16")
    asked = do(Act.SEEK_CLARIFICATION, request_in(S), "amira", "Thu 2020-07-16").request
    with pytest.raises(Lacking, match="is awaiting clarification"):
        do(Act.SEEK_CLARIFICATION, asked, "amira", "Fri 2020-07-17")


# --- Fees: the clock is suspended (s.10(2)) ----------------------------------------------------


def test_a_fees_notice_suspends_the_clock() -> None:
    made = do(Act.GIVE_FEES_NOTICE, request_in(S), "dana", "Thu 2020-07-16")

    assert due(made.request, "Fri 2020-09-18") == "suspended"


@pytest.mark.parametrize(
    ("given", "paid", "new_due"),
    [
        # Both ends are left out: each row leaves out one working day more than the one above.
        ("Thu 2020-07-16", "Thu 2020-07-16", "Thu 2020-08-13"),
        ("Thu 2020-07-16", "Fri 2020-07-17", "Fri 2020-08-14"),
        ("Thu 2020-07-16", "Sun 2020-07-19", "Fri 2020-08-14"),
        ("Thu 2020-07-16", "Mon 2020-07-20", "Mon 2020-08-17"),
        # On the last day: one day is left when it is paid.
        ("Wed 2020-08-12", "Thu 2020-08-20", "Fri 2020-08-21"),
    ],
)
def test_a_fee_resumes_the_clock_with_the_days_that_were_left(
    given: str, paid: str, new_due: str
) -> None:
    noticed = do(Act.GIVE_FEES_NOTICE, request_in(S), "dana", given).request

    made = do(Act.RECORD_FEE, noticed, "dana", paid)

    assert due(made.request, paid) == new_due


def test_a_fee_is_more_than_nothing_and_follows_a_notice() -> None:
    with pytest.raises(Lacking, match="more than £0"):
        do(Act.GIVE_FEES_NOTICE, request_in(S), "dana", "Thu 2020-07-16", amount=Decimal(0))
    with pytest.raises(Lacking, match="Record the fees notice first"):
        do(Act.RECORD_FEE, request_in(S), "dana", "Thu 2020-07-16")


def test_a_fee_that_came_too_late_is_not_said_to_set_the_clock_running() -> None:
    noticed = do(Act.GIVE_FEES_NOTICE, request_in(S), "dana", "Thu 2020-07-16").request

    # Three months beginning with Thursday 16 July end on Thursday 15 October (s.9(2)).
    in_time = do(Act.RECORD_FEE, noticed, "dana", "Thu 2020-10-15")
    with pytest.raises(Lacking, match="15 October 2020"):
        do(Act.RECORD_FEE, noticed, "dana", "Fri 2020-10-16")

    assert reading(in_time.request, days=DAYS, on=day("Thu 2020-10-15")).state is ClockState.RUNNING


# --- Searches ----------------------------------------------------------------------------------


def test_hours_of_searches_add_up_toward_the_cost_limit() -> None:
    request = request_in(S)
    for hours in (17.5, 0.5, 0.25):
        request = do(Act.LOG_SEARCH, request, "amira", "Mon 2020-07-20", hours=hours).request

    assert request.hours_searched == 18.25


@pytest.mark.parametrize("hours", [-0.5, 1000.5, float("nan"), float("inf")])
def test_a_search_takes_a_sensible_time(hours: float) -> None:
    with pytest.raises(Lacking):
        do(Act.LOG_SEARCH, request_in(S), "amira", "Mon 2020-07-20", hours=hours)


def test_searches_are_returned_only_when_one_is_logged() -> None:
    with pytest.raises(Lacking, match="No search of 002335/20 is logged yet"):
        do(Act.RETURN_SEARCHES, request_in(S), "amira", "Mon 2020-07-20")


# --- Consideration -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "is_qualified"),
    [
        ("s.31(1)(a)", True),
        ("s.43(2)", True),
        ("s.36", True),
        ("s.40(1)", False),
        ("s.41", False),
        ("s.44", False),
        ("s.12", False),
        ("s.99", False),
        ("because", False),
    ],
)
def test_only_a_qualified_exemption_extends_the_time(section: str, is_qualified: bool) -> None:
    if is_qualified:
        made = do(Act.EXTEND, request_in(C), "dana", "Wed 2020-08-12", section=section)
        assert due(made.request, "Wed 2020-08-12") == "Thu 2020-09-10"
    else:
        with pytest.raises(Lacking, match="not a qualified exemption"):
            do(Act.EXTEND, request_in(C), "dana", "Wed 2020-08-12", section=section)


@pytest.mark.parametrize(
    ("on", "in_time"),
    [("Tue 2020-08-11", True), ("Wed 2020-08-12", True), ("Thu 2020-08-13", False)],
)
def test_an_extension_is_notified_within_the_time_for_compliance(on: str, in_time: bool) -> None:
    if in_time:
        assert due(do(Act.EXTEND, request_in(C), "dana", on).request, on) == "Thu 2020-09-10"
    else:
        with pytest.raises(Lacking, match="the due date has passed"):
            do(Act.EXTEND, request_in(C), "dana", on)


@pytest.mark.parametrize(("further", "fits"), [(0, False), (1, True), (250, True), (251, False)])
def test_an_extension_has_a_length(further: int, fits: bool) -> None:
    if fits:
        do(Act.EXTEND, request_in(C), "dana", "Mon 2020-08-10", further=further)
    else:
        with pytest.raises(Lacking):
            do(Act.EXTEND, request_in(C), "dana", "Mon 2020-08-10", further=further)


def test_what_waits_for_the_applicant_cannot_be_extended() -> None:
    waiting = do(Act.SEEK_CLARIFICATION, request_in(C), "dana", "Thu 2020-07-16").request

    with pytest.raises(Lacking, match="not running"):
        do(Act.EXTEND, waiting, "dana", "Fri 2020-07-17")


def test_a_referral_never_stops_the_clock() -> None:
    made = do(Act.REFER, request_in(C), "dana", "Thu 2020-07-16")

    assert due(made.request, "Fri 2020-07-17") == "Wed 2020-08-12"


@pytest.mark.parametrize("outcome", ["part", "refuse"])
def test_to_withhold_an_exemption_must_be_named(outcome: str) -> None:
    with pytest.raises(Lacking, match=r"s\.17\(1\)\(b\)"):
        do(Act.DECIDE, request_in(C), "dana", "Mon 2020-07-27", outcome=outcome)

    engaged = do(Act.ENGAGE_EXEMPTION, request_in(C), "dana", "Mon 2020-07-27").request
    with pytest.raises(Lacking, match=r"s\.31\(1\)\(a\) rests on harm"):
        do(Act.DECIDE, engaged, "dana", "Mon 2020-07-27", outcome=outcome)

    harmful = do(Act.RECORD_HARM, engaged, "dana", "Mon 2020-07-27").request
    made = do(Act.DECIDE, harmful, "dana", "Mon 2020-07-27", outcome=outcome)
    assert made.request.outcome == outcome


def test_what_is_not_in_part_ii_is_no_exemption() -> None:
    with pytest.raises(Lacking, match="not an exemption in Part II"):
        do(Act.ENGAGE_EXEMPTION, request_in(C), "dana", "Mon 2020-07-27", section="s.99")


def test_an_exemption_is_engaged_once_and_its_reason_replaced() -> None:
    first = do(Act.ENGAGE_EXEMPTION, request_in(C), "dana", "Mon 2020-07-27").request
    second = do(Act.ENGAGE_EXEMPTION, first, "dana", "Mon 2020-07-27", why="better said").request

    assert [(one.section, one.why) for one in second.exemptions] == [("s.31(1)(a)", "better said")]


def test_a_public_interest_test_is_for_an_exemption_that_is_engaged() -> None:
    with pytest.raises(Lacking, match="is not engaged"):
        do(Act.RECORD_PUBLIC_INTEREST_TEST, request_in(C), "dana", "Mon 2020-07-27")


def test_those_who_may_approve_are_told_of_a_decision() -> None:
    made = do(Act.DECIDE, request_in(C), "dana", "Mon 2020-07-27")

    assert [told.name for told in made.told] == ["grace", "ruth"]


# --- Response ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["drafter", "decided_by"])
def test_the_approver_is_never_the_one_who_drafted_or_decided(role: str) -> None:
    with pytest.raises(SameHands):
        do(Act.APPROVE, request_in(A, **{role: "grace"}), "grace", "Tue 2020-07-28")

    approved = do(Act.APPROVE, request_in(A), "grace", "Tue 2020-07-28").request
    assert approved.approved_by == "grace"


def test_a_change_after_approval_voids_it() -> None:
    changed = do(Act.DRAFT_LETTER, request_in(A, approved_by="grace"), "tom", "Tue 2020-07-28")

    assert (changed.request.approved_by, changed.request.drafter) == (None, "tom")
    with pytest.raises(Lacking, match="is not approved yet"):
        do(Act.ISSUE, changed.request, "dana", "Tue 2020-07-28")


def test_issuing_stops_the_clock() -> None:
    made = do(Act.ISSUE, request_in(A, approved_by="grace"), "dana", "Thu 2020-07-30")
    read = reading(made.request, days=DAYS, on=day("Tue 2020-12-01"))

    assert (made.request.stage, made.request.left, made.request.closed_as) == (X, A, "disclose")
    assert (read.state, read.day, read.stopped_on) == (
        ClockState.STOPPED,
        12,
        day("Thu 2020-07-30"),
    )


def test_sent_back_by_an_approver_it_needs_a_new_decision_and_its_makers_are_told() -> None:
    request = request_in(A, approved_by="ruth", drafter="tom")
    made = do(Act.SEND_BACK, request, "grace", "Tue 2020-07-28")

    assert (made.request.stage, made.request.outcome, made.request.approved_by) == (C, None, None)
    assert {told.name for told in made.told} == {"dana", "tom"}


def test_sent_back_by_the_desk_it_is_with_its_holder_again() -> None:
    made = do(Act.SEND_BACK, request_in(C), "dana", "Tue 2020-07-28")

    assert (made.request.stage, made.request.holder, made.request.held) == (S, "amira", None)
    assert [told.name for told in made.told] == ["amira"]


@pytest.mark.parametrize("stage", [R, S, C, A], ids=str)
def test_only_what_waits_for_the_applicant_can_lapse(stage: Stage) -> None:
    with pytest.raises(Lacking, match="so it cannot lapse"):
        do(Act.LAPSE, request_in(stage), "dana", "Fri 2020-10-16")

    made = do(Act.LAPSE, ready_for(Act.LAPSE, stage), "dana", "Fri 2020-10-16")
    assert (made.request.stage, made.request.closed_as) == (X, "lapsed")


def test_what_ends_a_request_ends_its_escalation_and_tells_the_holder() -> None:
    escalated = do(Act.ESCALATE, request_in(S), "amira", "Mon 2020-07-20").request

    made = do(Act.WITHDRAW, escalated, "dana", "Tue 2020-07-21")

    assert made.request.escalation is None
    assert made.told == (Told("person", "amira", "002335/20 is closed: withdrawn."),)


# --- Escalation --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("team", "manager"),
    [("control-room", "marcus"), ("digital", "priya"), (None, "grace"), ("dissolved", "grace")],
)
def test_an_escalation_reaches_the_manager_of_the_team_or_of_the_desk(
    team: str | None, manager: str
) -> None:
    made = do(Act.ESCALATE, request_in(S, team=team), "sian", "Mon 2020-07-20")

    assert [told.name for told in made.told] == [manager, "amira"]  # who holds it hears it too


def test_an_acknowledgement_rests_it_for_two_working_days_unless_told_otherwise() -> None:
    escalated = do(Act.ESCALATE, request_in(S), "amira", "Thu 2020-07-30").request

    plain = do(Act.ACKNOWLEDGE_ESCALATION, escalated, "marcus", "Fri 2020-07-31").request
    until = day("Fri 2020-08-07")
    longer = do(Act.ACKNOWLEDGE_ESCALATION, escalated, "marcus", "Fri 2020-07-31", until=until)

    # Monday 3 August is a bank holiday in Scotland: Tuesday is the first working day.
    assert plain.escalation is not None
    assert longer.request.escalation is not None
    assert plain.escalation.until == day("Wed 2020-08-05")
    assert longer.request.escalation.until == until


def test_what_is_not_escalated_cannot_be_acknowledged_nor_until_a_day_gone_by() -> None:
    with pytest.raises(Lacking, match="is not escalated"):
        do(Act.ACKNOWLEDGE_ESCALATION, request_in(S), "marcus", "Fri 2020-07-31")
    escalated = do(Act.ESCALATE, request_in(S), "amira", "Thu 2020-07-30").request
    with pytest.raises(Lacking, match="2020-07-30 has passed"):
        do(
            Act.ACKNOWLEDGE_ESCALATION,
            escalated,
            "marcus",
            "Fri 2020-07-31",
            until=day("Thu 2020-07-30"),
        )


@pytest.mark.parametrize(
    ("until", "fits"),
    [("Sat 2021-07-31", True), ("Sun 2021-08-01", False), ("Thu 2099-01-01", False)],
)
def test_an_escalation_rests_a_year_at_most(until: str, fits: bool) -> None:
    escalated = do(Act.ESCALATE, request_in(S), "amira", "Thu 2020-07-30").request
    words = {"plan": "wait", "until": day(until)}

    if fits:
        do(Act.ACKNOWLEDGE_ESCALATION, escalated, "marcus", "Fri 2020-07-31", **words)
    else:
        with pytest.raises(Lacking, match="more than a year away"):
            do(Act.ACKNOWLEDGE_ESCALATION, escalated, "marcus", "Fri 2020-07-31", **words)


# --- Internal review ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "reason", "accepted"),
    [
        # Forty working days after Thursday 30 July, over 3 and 31 August: Monday 28 September.
        ("Fri 2020-09-25", "question 4", True),
        ("Mon 2020-09-28", "question 4", True),
        ("Tue 2020-09-29", "question 4", False),
        ("Tue 2020-09-29", "Late: the letter went astray", True),
    ],
)
def test_a_review_is_asked_for_within_forty_working_days_or_with_a_reason(
    asked: str, reason: str, accepted: bool
) -> None:
    if accepted:
        made = do(Act.REQUEST_REVIEW, request_in(X), "dana", asked, reason=reason)
        assert (made.request.stage, made.request.review_clock[0].on) == (V, day(asked))
    else:
        with pytest.raises(
            Lacking, match="last day to ask for a review was Monday 28 September 2020"
        ):
            do(Act.REQUEST_REVIEW, request_in(X), "dana", asked, reason=reason)


def test_that_another_authority_holds_it_can_be_reviewed_but_not_by_who_said_so() -> None:
    closed = do(Act.TRANSFER, request_in(S), "dana", "Fri 2020-07-31").request

    made = do(Act.REQUEST_REVIEW, closed, "dana", "Mon 2020-08-10").request

    assert (made.stage, made.decided_by) == (V, "dana")
    with pytest.raises(Lacking, match="last day to ask for a review was Tuesday 29 September 2020"):
        do(Act.REQUEST_REVIEW, closed, "dana", "Wed 2020-09-30")


@pytest.mark.parametrize("ended", [Act.WITHDRAW, Act.LAPSE], ids=str)
@pytest.mark.parametrize("stage", [S, A], ids=str)
def test_what_ended_without_an_answer_has_nothing_to_review(ended: Act, stage: Stage) -> None:
    closed = do(ended, ready_for(ended, stage), "dana", "Fri 2020-07-31").request

    with pytest.raises(Lacking, match="none to review"):
        do(Act.REQUEST_REVIEW, closed, "dana", "Mon 2020-08-10")


def test_the_reviewer_is_never_the_decision_maker() -> None:
    reviewed = request_in(V, decided_by="ruth")

    with pytest.raises(SameHands):
        do(Act.CLAIM_REVIEW, reviewed, "ruth", "Tue 2020-08-11")


def test_a_review_is_decided_by_the_reviewer_who_claimed_it() -> None:
    with pytest.raises(Lacking, match="decided by the reviewer who claimed it"):
        do(Act.DECIDE_REVIEW, request_in(V), "ruth", "Tue 2020-08-11")

    mine = do(Act.CLAIM_REVIEW, request_in(V), "ruth", "Tue 2020-08-11").request
    with pytest.raises(AlreadyHeld):
        do(Act.CLAIM_REVIEW, mine, "ruth", "Tue 2020-08-11")
    made = do(Act.DECIDE_REVIEW, mine, "ruth", "Mon 2020-08-17", outcome="varied")
    assert (made.request.stage, made.request.review_outcome) == (X, "varied")


@pytest.mark.parametrize(
    ("spans", "fits"), [((20,), True), ((10, 10), True), ((21,), False), ((15, 6), False)]
)
def test_a_review_takes_forty_working_days_at_most_in_all(
    spans: tuple[int, ...], fits: bool
) -> None:
    request = request_in(V, reviewer="ruth")
    for further in spans[:-1]:
        request = do(Act.EXTEND_REVIEW, request, "ruth", "Wed 2020-08-12", further=further).request

    if fits:
        do(Act.EXTEND_REVIEW, request, "ruth", "Wed 2020-08-12", further=spans[-1])
    else:
        with pytest.raises(Lacking, match="40 working days at most in all"):
            do(Act.EXTEND_REVIEW, request, "ruth", "Wed 2020-08-12", further=spans[-1])


# --- Reopening ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [R, S, C, A], ids=str)
def test_reopening_goes_to_the_stage_it_left_and_the_clock_runs_as_if_never_stopped(
    stage: Stage,
) -> None:
    before = request_in(stage)
    closed = do(Act.WITHDRAW, before, "dana", "Fri 2020-07-31").request

    made = do(Act.REOPEN, closed, "grace", "Tue 2020-08-04").request

    assert (made.stage, made.holder, made.closed_as) == (stage, before.holder, None)
    assert due(made, "Tue 2020-08-04") == "Wed 2020-08-12"


def test_reopened_after_an_answer_it_needs_approval_again() -> None:
    made = do(Act.REOPEN, request_in(X), "dana", "Tue 2020-08-04").request

    assert (made.stage, made.approved_by) == (A, None)
    with pytest.raises(Lacking):
        do(Act.ISSUE, made, "dana", "Tue 2020-08-04")


# --- All of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("act", list(DECIDE), ids=str)
def test_no_act_changes_the_request_it_was_given(act: Act) -> None:
    stage = next(stage for stage in Stage if stage in stages_for(act))
    request = ready_for(act, stage, reviewer="ruth" if act is Act.DECIDE_REVIEW else None)
    before = repr(request)
    for handle in ("dana", "amira", "marcus", "grace", "ruth"):
        try:
            do(act, request, handle, "Wed 2020-08-12")
        except Refusal:
            continue

    assert repr(request) == before


def stages_for(act: Act) -> set[Stage]:
    from workflow.casework.stages import stages_of  # noqa: PLC0415  # read beside its only use

    return set(stages_of(act))


def test_a_search_says_who_looked_when_and_where() -> None:
    made = do(Act.LOG_SEARCH, request_in(S), "amira", "Mon 2020-07-20")

    assert made.request.searches == (
        Search("amira", day("Mon 2020-07-20"), "shared drive", 1.5, found=True),
    )
    assert clock.Received(day("Tue 2020-07-14")) in made.request.clock
