"""What a card shows and offers at each stage, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.blocks import card
from tests.bot.offices import AtWork, drawn
from tests.bot.slack_says import refused
from workflow.casework.stages import Act, Relation, Stage, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    at_work = AtWork(tmp_path)
    yield at_work
    at_work.office.store.close()


# Each line: the day, who, the act, its words.
STORY: list[tuple[str, str, Act, dict[str, Any]]] = [
    ("Tue 2020-07-14", "dana", Act.ALLOCATE, {"team": "control-room"}),
    ("Wed 2020-07-15", "amira", Act.CLAIM, {}),
    ("Thu 2020-07-16", "amira", Act.LOG_SEARCH, {"hours": 1.0, "where": "here", "found": "found"}),
    ("Thu 2020-07-16", "amira", Act.RETURN_SEARCHES, {"held": "held"}),
    ("Fri 2020-07-17", "dana", Act.DECIDE, {"outcome": "disclose", "reason": "All of it."}),
    ("Mon 2020-07-20", "grace", Act.APPROVE, {}),
    ("Tue 2020-07-21", "dana", Act.ISSUE, {}),
    ("Wed 2020-07-22", "dana", Act.REQUEST_REVIEW, {"reason": "More must be held."}),
    ("Thu 2020-07-23", "ruth", Act.CLAIM_REVIEW, {}),
]


def told(work: AtWork, *, upto: Act) -> AtWork:
    """Log the request and let the story happen, up to an act."""
    work.log()
    for day, who, act, words in STORY:
        work.on(day)
        work.do(who, act, **words)
        if act is upto:
            return work
    raise AssertionError(f"{upto} is not in the story")


# fmt: off
CARDS: dict[Act, list[str]] = {
    Act.ALLOCATE: [
        "header: 002335/20 · Emergency calls in 2019",
        "field: mrkdwn *Stage* | Received",
        "field: mrkdwn *Held by* | Nobody yet",
        "field: mrkdwn *Team* | Control Room",
        "field: mrkdwn *Due* | Wednesday 12 August 2020, 20 working days left",
        "field: mrkdwn *Clock* | Running, working day 0",
        "field: mrkdwn *Received* | Tuesday 14 July 2020",
        "field: mrkdwn *Target* | Searches back by Tuesday 28 July 2020",
        "button (primary): Claim -> act:claim 002335/20",
        "button: Allocate -> act:allocate 002335/20",
        "button: Seek clarification -> act:seek_clarification 002335/20",
        "button: Why this date? -> why 002335/20",
        "overflow -> more",
        "  Acknowledge = acknowledge|002335/20",
        "  Give fees notice = give_fees_notice|002335/20",
        "  Split = split|002335/20",
        "  Refer = refer|002335/20",
        "  Everything you can do = everything|002335/20",
    ],
    Act.CLAIM: [
        "header: 002335/20 · Emergency calls in 2019",
        "field: mrkdwn *Stage* | Searching",
        "field: mrkdwn *Held by* | Amira Hassan",
        "field: mrkdwn *Team* | Control Room",
        "field: mrkdwn *Due* | Wednesday 12 August 2020, 19 working days left",
        "field: mrkdwn *Clock* | Running, working day 1",
        "field: mrkdwn *Received* | Tuesday 14 July 2020",
        "field: mrkdwn *Target* | Searches back by Tuesday 28 July 2020",
        "button (primary): Log search -> act:log_search 002335/20",
        "button: Escalate -> act:escalate 002335/20",
        "button: Why this date? -> why 002335/20",
        "overflow -> more",
        "  Estimate searches = estimate|002335/20",
        "  Release = release|002335/20",
        "  Reassign = reassign|002335/20",
        "  Confirm = confirm|002335/20",
        "  Everything you can do = everything|002335/20",
    ],
    Act.RETURN_SEARCHES: [
        "header: 002335/20 · Emergency calls in 2019",
        "field: mrkdwn *Stage* | Consideration",
        "field: mrkdwn *Held by* | Amira Hassan",
        "field: mrkdwn *Team* | Control Room",
        "field: mrkdwn *Due* | Wednesday 12 August 2020, 18 working days left",
        "field: mrkdwn *Clock* | Running, working day 2",
        "field: mrkdwn *Received* | Tuesday 14 July 2020",
        "field: mrkdwn *Target* | Draft answer by Wednesday 5 August 2020",
        "button (primary): Decide -> act:decide 002335/20",
        "button: Engage exemption -> act:engage_exemption 002335/20",
        "button: Send back -> act:send_back 002335/20",
        "button: Why this date? -> why 002335/20",
        "overflow -> more",
        "  Answer = answer|002335/20",
        "  Extend = extend|002335/20",
        "  Seek clarification = seek_clarification|002335/20",
        "  Give fees notice = give_fees_notice|002335/20",
        "  Everything you can do = everything|002335/20",
    ],
    Act.DECIDE: [
        "header: 002335/20 · Emergency calls in 2019",
        "field: mrkdwn *Stage* | Response",
        "field: mrkdwn *Held by* | Amira Hassan",
        "field: mrkdwn *Team* | Control Room",
        "field: mrkdwn *Due* | Wednesday 12 August 2020, 17 working days left",
        "field: mrkdwn *Clock* | Running, working day 3",
        "field: mrkdwn *Received* | Tuesday 14 July 2020",
        "field: mrkdwn *Target* | Sign-off by Monday 10 August 2020",
        "field: mrkdwn *Outcome* | Disclose",
        "field: mrkdwn *Sign-off* | Waits for an approver",
        "button (primary): Approve -> act:approve 002335/20",
        "button: Send back -> act:send_back 002335/20",
        "button: Why this date? -> why 002335/20",
        "overflow -> more",
        "  Draft letter = draft_letter|002335/20",
        "  Correct the date of receipt = correct_receipt|002335/20",
        "  Transfer = transfer|002335/20",
        "  Withdraw = withdraw|002335/20",
        "  Everything you can do = everything|002335/20",
    ],
    Act.APPROVE: [
        "header: 002335/20 · Emergency calls in 2019",
        "field: mrkdwn *Stage* | Response",
        "field: mrkdwn *Held by* | Amira Hassan",
        "field: mrkdwn *Team* | Control Room",
        "field: mrkdwn *Due* | Wednesday 12 August 2020, 16 working days left",
        "field: mrkdwn *Clock* | Running, working day 4",
        "field: mrkdwn *Received* | Tuesday 14 July 2020",
        "field: mrkdwn *Target* | Sign-off by Monday 10 August 2020",
        "field: mrkdwn *Outcome* | Disclose",
        "field: mrkdwn *Sign-off* | Approved",
        "button (primary): Issue -> act:issue 002335/20",
        "button: Send back -> act:send_back 002335/20",
        "button: Why this date? -> why 002335/20",
        "overflow -> more",
        "  Draft letter = draft_letter|002335/20",
        "  Correct the date of receipt = correct_receipt|002335/20",
        "  Transfer = transfer|002335/20",
        "  Withdraw = withdraw|002335/20",
        "  Everything you can do = everything|002335/20",
    ],
    Act.ISSUE: [
        "header: 002335/20 · Emergency calls in 2019",
        "field: mrkdwn *Stage* | Closed",
        "field: mrkdwn *Held by* | Amira Hassan",
        "field: mrkdwn *Team* | Control Room",
        "field: mrkdwn *Answered* | Tuesday 21 July 2020, on working day 5, in time",
        "field: mrkdwn *Clock* | Stopped, working day 5",
        "field: mrkdwn *Received* | Tuesday 14 July 2020",
        "field: mrkdwn *Outcome* | Disclose",
        "button (primary): Request review -> act:request_review 002335/20",
        "button: Reopen -> act:reopen 002335/20",
        "button: Why this date? -> why 002335/20",
        "overflow -> more",
        "  Record complaint to the ICO = record_complaint|002335/20",
        "  Restrict = restrict|002335/20",
    ],
    Act.REQUEST_REVIEW: [
        "header: 002335/20 · Emergency calls in 2019",
        "field: mrkdwn *Stage* | Review",
        "field: mrkdwn *Reviewer* | Nobody yet",
        "field: mrkdwn *Team* | Control Room",
        "field: mrkdwn *Due* | Thursday 20 August 2020, 20 working days left",
        "field: mrkdwn *Clock* | Running, working day 0",
        "field: mrkdwn *Received* | Tuesday 14 July 2020",
        "field: mrkdwn *Outcome* | Disclose",
        "context: mrkdwn *First answer:* + disclose: All of it.",
        "button (primary): Claim review -> act:claim_review 002335/20",
        "button: Escalate -> act:escalate 002335/20",
        "button: Why this date? -> why 002335/20",
        "overflow -> more",
        "  Extend review = extend_review|002335/20",
        "  Group = group|002335/20",
        "  Update = update|002335/20",
        "  Snooze = snooze|002335/20",
        "  Everything you can do = everything|002335/20",
    ],
    Act.CLAIM_REVIEW: [
        "header: 002335/20 · Emergency calls in 2019",
        "field: mrkdwn *Stage* | Review",
        "field: mrkdwn *Reviewer* | Ruth Lindqvist",
        "field: mrkdwn *Team* | Control Room",
        "field: mrkdwn *Due* | Thursday 20 August 2020, 19 working days left",
        "field: mrkdwn *Clock* | Running, working day 1",
        "field: mrkdwn *Received* | Tuesday 14 July 2020",
        "field: mrkdwn *Outcome* | Disclose",
        "context: mrkdwn *First answer:* + disclose: All of it.",
        "button (primary): Decide review -> act:decide_review 002335/20",
        "button: Escalate -> act:escalate 002335/20",
        "button: Why this date? -> why 002335/20",
        "overflow -> more",
        "  Extend review = extend_review|002335/20",
        "  Group = group|002335/20",
        "  Update = update|002335/20",
        "  Snooze = snooze|002335/20",
        "  Everything you can do = everything|002335/20",
    ],
}
# fmt: on


@pytest.mark.parametrize("upto", CARDS)
def test_a_card_shows_the_latest_truth_and_what_can_be_done(work: AtWork, upto: Act) -> None:
    told(work, upto=upto)

    made = card.blocks(work.picture())

    assert drawn(made) == CARDS[upto]
    assert refused(made) == []


def test_a_card_is_drawn_for_every_stage() -> None:
    drawn_stages = {
        line.removeprefix("field: mrkdwn *Stage* | ") for lines in CARDS.values() for line in lines
    }

    assert {stage.value.capitalize() for stage in Stage} <= drawn_stages


def test_every_value_on_every_card_begins_as_a_sentence_does(work: AtWork) -> None:
    work.log()
    found = [drawn(card.blocks(work.picture()))]
    for day, who, act, words in STORY:
        work.on(day)
        work.do(who, act, **words)
        found.append(drawn(card.blocks(work.picture())))

    values = [one.split(" | ")[1] for lines in found for one in lines if one.startswith("field: ")]

    assert len(values) > 6 * len(found)
    assert [one for one in values if one[0].islower()] == []


def test_an_overdue_card_says_so_in_words(work: AtWork) -> None:
    told(work, upto=Act.CLAIM)
    work.on("Thu 2020-08-13")

    lines = drawn(card.blocks(work.picture()))

    assert "context: mrkdwn :warning: *Overdue.*" in lines
    assert "field: mrkdwn *Due* | Wednesday 12 August 2020, 1 working day overdue" in lines
    assert "field: mrkdwn *Target* | Searches back by Tuesday 28 July 2020 (passed)" in lines


def test_an_escalated_card_says_what_the_manager_answered(work: AtWork) -> None:
    told(work, upto=Act.CLAIM)
    work.do("joel", Act.ESCALATE, reason="Nobody *moves*")
    before = drawn(card.blocks(work.picture()))

    work.do("marcus", Act.ACKNOWLEDGE_ESCALATION, plan="Two join on <Monday>")

    after = drawn(card.blocks(work.picture()))
    assert "context: mrkdwn :mega: *Escalated:* + Nobody *moves*. No manager has answered yet." in (
        before
    )
    assert "context: mrkdwn :eyes: *Escalation answered:* + Two join on <Monday>" in after
    assert refused(card.blocks(work.picture())) == []


def test_a_card_that_waits_for_the_applicant_offers_the_answer_first(work: AtWork) -> None:
    told(work, upto=Act.CLAIM)
    work.do("amira", Act.SEEK_CLARIFICATION, question="Which years?")

    lines = drawn(card.blocks(work.picture()))

    assert "field: mrkdwn *Due* | Nothing is due while the clock is awaiting clarification" in lines
    assert "button (primary): Record clarification -> act:record_clarification 002335/20" in lines


def test_an_over_long_subject_is_shortened_and_says_so(work: AtWork) -> None:
    work.log(subject="x" * 150)

    made = card.blocks(work.picture())

    assert drawn(made)[0] == "header: 002335/20 · " + "x" * 124 + " … (shortened)"
    assert refused(made) == []


@pytest.mark.parametrize("stage", Stage)
def test_nothing_is_offered_that_only_the_clock_may_do(stage: Stage) -> None:
    offered = {line for lines in CARDS.values() for line in lines}

    nobodys = [one.act for one in rows(stage) if one.by == (Relation.CLOCK,)]

    assert [act for act in nobodys if any(act.name.lower() in line for line in offered)] == []
