"""What an atom says of a request at a monitoring day, class by class and at each boundary."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.casework.examples import DAYS, day
from tests.reports.situations import received
from workflow.casework.decide.consideration import OUTCOMES
from workflow.casework.stages import Act, Stage
from workflow.law.regime import Regime
from workflow.reports.atoms import ANSWERS, Ending, Standing, Timeliness, atom

# Received on Tuesday 14 July 2020, it is due on Wednesday 12 August: Monday 3 August is a bank
# holiday in Scotland. Extended by twenty working days, on Thursday 10 September: Monday 31 August
# is one elsewhere.
LAST, AFTER = "Wed 2020-08-12", "Thu 2020-08-13"
EXTENDED_LAST, EXTENDED_AFTER = "Thu 2020-09-10", "Fri 2020-09-11"


@pytest.mark.parametrize(
    ("answered", "kept", "taken"),
    [
        ("Tue 2020-07-14", Timeliness.MET, 0),
        ("Tue 2020-08-11", Timeliness.MET, 19),
        (LAST, Timeliness.MET, 20),
        (AFTER, Timeliness.LATE, 21),
        ("Sat 2020-08-15", Timeliness.LATE, 22),
    ],
)
def test_an_answer_on_the_last_day_is_in_time_and_late_the_day_after(
    answered: str, kept: Timeliness, taken: int
) -> None:
    made = received().answered(answered).at("Wed 2020-09-30")

    assert (made.timeliness, made.taken) == (kept, taken)


@pytest.mark.parametrize(
    ("answered", "kept"),
    [
        (LAST, Timeliness.MET),
        (AFTER, Timeliness.EXTENDED),
        (EXTENDED_LAST, Timeliness.EXTENDED),
        (EXTENDED_AFTER, Timeliness.LATE),
    ],
)
def test_an_extension_counts_only_where_the_answer_needed_it(
    answered: str, kept: Timeliness
) -> None:
    story = received().considered("Thu 2020-07-16")
    for act in (Act.ENGAGE_EXEMPTION, Act.RECORD_HARM, Act.EXTEND):
        story.do("Mon 2020-08-10", act, "dana")

    made = story.decided(answered, "part").issued(answered).at("Wed 2020-09-30")

    assert (made.timeliness, made.extended) == (kept, True)
    assert (made.unextended_on, made.due_on) == (day(LAST), day(EXTENDED_LAST))


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        ("Tue 2020-07-14", Standing.OPEN_IN_TIME),
        (LAST, Standing.OPEN_IN_TIME),
        (AFTER, Standing.OPEN_LATE),
    ],
)
def test_an_open_request_is_late_from_the_day_after_the_last(on: str, standing: Standing) -> None:
    made = received().at(on)

    assert (made.standing, made.is_open, made.timeliness) == (standing, True, None)


def test_a_request_that_waits_for_clarification_is_never_late() -> None:
    story = received().do("Thu 2020-07-16", Act.SEEK_CLARIFICATION, "dana")

    made = story.at("Thu 2020-10-15")

    assert (made.standing, made.due_on, made.delay) == (Standing.WAITING, None, None)


def test_a_request_that_waits_for_a_fee_is_on_hold() -> None:
    story = received().do("Thu 2020-07-16", Act.GIVE_FEES_NOTICE, "dana")

    assert story.at("Wed 2020-10-14").standing is Standing.WAITING


def test_clarification_starts_the_count_again_and_the_days_since_receipt_run_on() -> None:
    story = received().do("Thu 2020-07-16", Act.SEEK_CLARIFICATION, "dana")
    story.do("Fri 2020-08-14", Act.RECORD_CLARIFICATION, "dana")

    made = story.answered("Tue 2020-08-18").at("Wed 2020-09-30")

    assert (made.taken, made.elapsed, made.timeliness) == (2, 24, Timeliness.MET)


def test_the_day_before_receipt_knows_nothing_of_it() -> None:
    story = received()

    assert atom(story.request, story.happened, days=DAYS, on=day("Mon 2020-07-13")) is None


def test_a_monitoring_day_before_the_answer_sees_it_open() -> None:
    story = received().answered("Thu 2020-08-20")

    assert story.at("Wed 2020-08-19").standing is Standing.OPEN_LATE
    assert story.at("Wed 2020-08-19").ending is None
    assert story.at("Thu 2020-08-20").standing is Standing.CLOSED


def test_a_request_reopened_since_was_answered_on_the_monitoring_day() -> None:
    story = received().answered("Thu 2020-07-30", "part", "s.31(1)(a)")
    story.do("Mon 2020-10-05", Act.REOPEN, "dana")

    before, after = story.at("Wed 2020-09-30"), story.at("Mon 2020-10-05")

    assert (before.ended_on, before.ending) == (day("Thu 2020-07-30"), Ending.PART)
    assert (before.timeliness, before.taken) == (Timeliness.MET, 12)
    assert (after.standing, after.ending) == (Standing.OPEN_LATE, None)


def test_the_second_answer_counts_once_it_is_given() -> None:
    story = received().answered("Thu 2020-07-30").do("Mon 2020-08-03", Act.REOPEN, "dana")
    story.do("Mon 2020-08-17", Act.APPROVE, "grace").do("Mon 2020-08-17", Act.ISSUE, "dana")

    assert story.at("Sun 2020-08-02").timeliness is Timeliness.MET
    assert story.at("Sun 2020-08-16").standing is Standing.OPEN_LATE
    assert story.at("Mon 2020-08-17").timeliness is Timeliness.LATE


@pytest.mark.parametrize(
    ("act", "ending"),
    [(Act.TRANSFER, Ending.TRANSFERRED), (Act.WITHDRAW, Ending.WITHDRAWN)],
)
def test_what_ended_otherwise_was_not_answered(act: Act, ending: Ending) -> None:
    made = received().do("Thu 2020-07-16", act, "dana").at("Fri 2020-07-31")

    assert (made.ending, made.is_answered, made.timeliness) == (ending, False, None)


def test_silence_lets_it_lapse() -> None:
    story = received().do("Thu 2020-07-16", Act.SEEK_CLARIFICATION, "dana")
    story.do("Mon 2020-10-19", Act.LAPSE, "dana", reason="silence")

    assert story.at("Sun 2020-10-18").standing is Standing.WAITING
    assert story.at("Mon 2020-10-19").ending is Ending.LAPSED


def test_the_answers_are_the_outcomes_that_can_be_decided() -> None:
    assert tuple(ending.value for ending in ANSWERS) == OUTCOMES


def test_the_exemptions_are_told_as_they_were_cited() -> None:
    made = received().answered("Thu 2020-07-30", "refuse", "s.24(1)", "s.31(1)(a)")

    assert made.at("Thu 2020-07-30").exemptions == ("s.24(1)", "s.31(1)(a)")


def test_a_review_is_late_when_its_own_days_are_over() -> None:
    # Twenty working days after Monday 10 August 2020 end on Tuesday 8 September.
    story = received().answered("Thu 2020-07-30")
    story.do("Mon 2020-08-10", Act.REQUEST_REVIEW, "dana", reason="I disagree")

    last, after = story.at("Tue 2020-09-08").review, story.at("Wed 2020-09-09").review

    assert last is not None
    assert after is not None
    assert (last.due_on, last.late, after.late) == (day("Tue 2020-09-08"), False, True)


def test_a_review_decided_since_was_open_on_the_monitoring_day() -> None:
    story = received().answered("Thu 2020-07-30")
    story.do("Mon 2020-08-10", Act.REQUEST_REVIEW, "dana", reason="I disagree")
    story.do("Tue 2020-08-11", Act.CLAIM_REVIEW, "ruth")
    story.do("Fri 2020-08-14", Act.DECIDE_REVIEW, "ruth", outcome="varied", reason="some of it")

    before, after = story.at("Thu 2020-08-13").review, story.at("Fri 2020-08-14").review

    assert before is not None
    assert after is not None
    assert (before.decided_on, before.outcome) == (None, None)
    assert (after.decided_on, after.outcome, after.late) == (
        day("Fri 2020-08-14"),
        "varied",
        False,
    )


def test_a_complaint_is_told_from_the_day_it_was_recorded() -> None:
    story = received().answered("Thu 2020-07-30")
    story.do("Mon 2020-08-31", Act.RECORD_COMPLAINT, "dana", ico_reference="IC-1234")

    assert story.at("Sun 2020-08-30").complained_on is None
    assert story.at("Mon 2020-08-31").complained_on == day("Mon 2020-08-31")


def test_a_late_answer_tells_where_its_time_went() -> None:
    story = received().do("Wed 2020-07-15", Act.ALLOCATE, "dana", team="control-room")
    story.do("Thu 2020-07-16", Act.CLAIM, "amira")
    story.do("Mon 2020-08-10", Act.ESCALATE, "amira", reason="the archive is flooded")
    story.do("Fri 2020-08-14", Act.LOG_SEARCH, "amira")
    story.do("Fri 2020-08-14", Act.RETURN_SEARCHES, "amira")
    made = story.decided("Mon 2020-08-17", "disclose").issued("Mon 2020-08-17")

    delay = made.at("Wed 2020-09-30").delay

    assert delay is not None
    assert (delay.by, delay.stood_at, delay.escalations) == (3, Stage.SEARCHING, 1)
    assert delay.spent == (
        (Stage.RECEIVED, 2),
        (Stage.SEARCHING, 20),
        (Stage.CONSIDERATION, 1),
        (Stage.RESPONSE, 0),
    )
    assert delay.longest == (Stage.SEARCHING, 20)


def test_an_answer_in_time_has_no_delay_to_explain() -> None:
    assert received().answered(LAST).at("Wed 2020-09-30").delay is None


def test_a_request_whose_history_is_not_kept_is_told_by_its_picture() -> None:
    story = received().answered("Thu 2020-07-30", "refuse", "s.24(1)")

    made = atom(story.request, (), days=DAYS, on=day("Wed 2020-09-30"))

    assert made == replace(story.at("Wed 2020-09-30"), delay=None)


def test_the_regime_decides_the_calendar_of_a_review() -> None:
    # Forty working days under reg. 11(4) EIR.
    story = received(regime=Regime.EIR).answered("Thu 2020-07-30")
    story.do("Mon 2020-08-10", Act.REQUEST_REVIEW, "dana", reason="I disagree")

    review = story.at("Tue 2020-10-06").review

    assert review is not None
    assert (review.due_on, review.late) == (day("Tue 2020-10-06"), False)
