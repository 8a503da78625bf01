"""Letters of every kind: each follows from its act, and the one that fits now is given unasked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.casework.examples import moment
from tests.services.desk import REFERENCE, Desk
from workflow.casework.errors import Lacking
from workflow.casework.request import Treatment
from workflow.casework.stages import Act
from workflow.law.regime import Regime
from workflow.letters.contents import Kind
from workflow.letters.plain import to_plain
from workflow.letters.reading import read_letter
from workflow.services import acts, correspondence, forms, letter_kinds
from workflow.store import looks, requests

ANN = ("Ann Applicant", "ann@example.org")
HARM = "It would show offenders where patrols are thin."
TEST = {
    "for_disclosure": "Choices of the force are seen.",
    "for_withholding": "Crime is easier to commit.",
    "balance": "The rest would help offenders and tell the public little.",
}


def logged(desk: Desk) -> None:
    desk.log(applicant=ANN, questions=("How many?", "Where?"))
    desk.do(Act.ALLOCATE, "dana", team="control-room")


def considered(desk: Desk) -> None:
    logged(desk)
    desk.do(Act.CLAIM, "amira")
    desk.do(Act.LOG_SEARCH, "amira")
    desk.do(Act.RETURN_SEARCHES, "amira", held="held")
    desk.do(Act.ENGAGE_EXEMPTION, "dana", section="s.31(1)(a)", why="It would help offenders.")
    desk.do(Act.RECORD_HARM, "dana", section="s.31(1)(a)", likelihood="would", harm=HARM)
    desk.do(Act.ANSWER, "dana", numbers=(1,), treatment=Treatment.DISCLOSED, words="Twelve.")
    desk.do(
        Act.ANSWER,
        "dana",
        numbers=(2,),
        treatment=Treatment.WITHHELD,
        sections=("s.31(1)(a)",),
        words="the places",
    )


def weighed(desk: Desk) -> None:
    desk.do(Act.RECORD_PUBLIC_INTEREST_TEST, "dana", section="s.31(1)(a)", **TEST)


def answered(desk: Desk) -> None:
    considered(desk)
    weighed(desk)
    desk.do(Act.DECIDE, "dana", outcome="part", reason="One figure; the places withheld.")
    desk.do(Act.APPROVE, "grace")
    desk.at = moment("Thu 2020-07-30 10:00")
    desk.do(Act.ISSUE, "dana")


def under_review(desk: Desk) -> None:
    answered(desk)
    desk.at = moment("Mon 2020-08-10 10:00")
    desk.do(Act.REQUEST_REVIEW, "dana", reason="Question 2.")
    desk.do(Act.CLAIM_REVIEW, "ruth")


def letter(desk: Desk, **wanted: Any) -> tuple[Kind, str]:
    dana = desk.office.roster.officer("dana")
    made = correspondence.letter(desk.office, REFERENCE, officer=dana, **wanted)
    return made.kind, to_plain(made.document)


def said(desk: Desk, kind: Kind) -> str:
    """Give the letter that fits now, having seen that it is of a kind."""
    found, words = letter(desk)
    assert found is kind
    return " ".join(words.split())


def test_a_new_request_is_acknowledged_with_its_due_date(sqlite_desk: Desk) -> None:
    logged(sqlite_desk)

    assert "by Wednesday 12 August 2020 at the latest" in said(sqlite_desk, Kind.ACKNOWLEDGEMENT)


def test_a_clarification_asks_its_questions_helps_and_says_when_silence_closes_it(
    sqlite_desk: Desk,
) -> None:
    logged(sqlite_desk)
    sqlite_desk.do(
        Act.SEEK_CLARIFICATION,
        "dana",
        question="Which years?\nWhich stations?",
        advice="The stations are listed at https://midshire.example/stations",
    )

    words = said(sqlite_desk, Kind.CLARIFICATION)

    assert "1. Which years? 2. Which stations?" in words
    assert "The stations are listed at https://midshire.example/stations" in words
    assert "by Wednesday 14 October 2020" in words


def test_a_fees_notice_tells_the_charge_and_the_last_day_to_pay(sqlite_desk: Desk) -> None:
    logged(sqlite_desk)
    sqlite_desk.do(Act.GIVE_FEES_NOTICE, "dana", amount=Decimal("12.50"), charge="125 copies")

    words = said(sqlite_desk, Kind.FEES_NOTICE)

    # Three months beginning with Tuesday 14 July 2020, s.9(2).
    assert "What for: 125 copies Cost: £12.50" in words
    assert "Please pay by Tuesday 13 October 2020." in words
    assert "Pay by cheque to Midshire Police" in words


def test_an_extension_is_a_notice_that_says_what_is_still_weighed_and_until_when(
    sqlite_desk: Desk,
) -> None:
    considered(sqlite_desk)
    sqlite_desk.do(Act.EXTEND, "dana")

    words = said(sqlite_desk, Kind.EXTENSION)

    assert "This letter is a refusal notice under section 17 of the Act" in words
    assert "We expect to decide by Thursday 10 September 2020." in words
    assert [one.what for one in read_letter(letter(sqlite_desk)[1]).missing] == []


def test_an_extension_without_answers_is_refused_with_what_it_lacks(sqlite_desk: Desk) -> None:
    logged(sqlite_desk)
    for act, who in (
        (Act.CLAIM, "amira"),
        (Act.LOG_SEARCH, "amira"),
        (Act.RETURN_SEARCHES, "amira"),
    ):
        sqlite_desk.do(act, who)
    sqlite_desk.do(Act.EXTEND, "dana")

    with pytest.raises(Lacking, match=r"is not complete: .*s\.1\(1\)\(a\)"):
        letter(sqlite_desk)


def test_the_answer_fits_once_it_is_decided_and_still_after_it_went_out(sqlite_desk: Desk) -> None:
    answered(sqlite_desk)

    assert "Twelve." in said(sqlite_desk, Kind.PART_DISCLOSURE)
    assert letter(sqlite_desk, kind=letter_kinds.kind_named("answer"))[0] is Kind.PART_DISCLOSURE


def test_a_transfer_names_the_authority_that_holds_it(sqlite_desk: Desk) -> None:
    logged(sqlite_desk)
    sqlite_desk.do(Act.TRANSFER, "dana", body="Midshire Council")

    assert "We believe that Midshire Council does." in said(sqlite_desk, Kind.TRANSFER)


PASSED = "We have passed your request on to Midshire Council"
NOT_PASSED = "We have not passed your request on."


@pytest.mark.parametrize(
    ("typed", "told", "not_told"),
    [
        ("Midshire Council", NOT_PASSED, PASSED),
        ("advised Midshire Council", NOT_PASSED, PASSED),
        ("passed-on Midshire Council contact: foi@midshire.example", PASSED, NOT_PASSED),
    ],
)
def test_a_transfer_says_that_it_was_passed_on_only_where_it_was(
    sqlite_desk: Desk, typed: str, told: str, not_told: str
) -> None:
    logged(sqlite_desk)
    sqlite_desk.do(Act.TRANSFER, "dana", **forms.from_text(Act.TRANSFER, typed))

    words = said(sqlite_desk, Kind.TRANSFER)

    assert told in words
    assert not_told not in words
    assert ("foi@midshire.example" in words) == ("contact:" in typed)
    assert "\n\nWe have closed your request here.\n" in letter(sqlite_desk)[1]


def test_a_transfer_without_a_way_to_reach_them_is_done_and_remarked_on(sqlite_desk: Desk) -> None:
    logged(sqlite_desk)

    done = sqlite_desk.do(Act.TRANSFER, "dana", body="Midshire Council")

    assert "does not say how to reach them" in done.advice


def test_a_transfer_tells_the_rights_for_it_says_that_nothing_is_held(sqlite_desk: Desk) -> None:
    logged(sqlite_desk)
    sqlite_desk.do(Act.TRANSFER, "dana", body="Midshire Council")

    words = said(sqlite_desk, Kind.TRANSFER)

    assert "within 40 working days of the date of this letter" in words
    assert "Under section 50 of the Act you have the right" in words


def test_a_review_of_a_transfer_can_be_asked_for_and_is_answered(sqlite_desk: Desk) -> None:
    logged(sqlite_desk)
    sqlite_desk.do(Act.TRANSFER, "dana", body="Midshire Council")
    sqlite_desk.do(Act.REQUEST_REVIEW, "dana", reason="You do hold it.")
    sqlite_desk.do(Act.CLAIM_REVIEW, "ruth")
    assert "Ruth Lindqvist will carry out the review" in said(
        sqlite_desk, Kind.REVIEW_ACKNOWLEDGEMENT
    )

    sqlite_desk.do(Act.DECIDE_REVIEW, "ruth", outcome="overturned", reason="A copy is here.")

    assert "The review overturns our first answer." in said(sqlite_desk, Kind.REVIEW_OUTCOME)


def test_under_the_eir_a_transfer_is_a_refusal_notice_too(sqlite_desk: Desk) -> None:
    sqlite_desk.log(applicant=ANN, questions=("How many?",), regime=Regime.EIR)
    sqlite_desk.do(Act.TRANSFER, "dana", body="Midshire Council", way="passed-on")

    words = said(sqlite_desk, Kind.TRANSFER)

    assert "our refusal notice under regulation 14" in words
    assert "(regulation 10(2))" in words
    assert "as applied by regulation 18" in words


def test_a_review_is_acknowledged_with_its_reviewer_and_its_day(sqlite_desk: Desk) -> None:
    under_review(sqlite_desk)

    words = said(sqlite_desk, Kind.REVIEW_ACKNOWLEDGEMENT)

    assert "Ruth Lindqvist will carry out the review." in words
    assert "by Tuesday 8 September 2020" in words


def test_the_reviewer_signs_the_outcome_whoever_writes_the_letter(sqlite_desk: Desk) -> None:
    under_review(sqlite_desk)
    sqlite_desk.do(Act.DECIDE_REVIEW, "ruth", outcome="upheld", reason="It was right.")

    words = said(sqlite_desk, Kind.REVIEW_OUTCOME)

    assert "Yours sincerely, Ruth Lindqvist Internal reviewer Midshire Police" in words
    assert "Dana" not in words


def test_a_review_that_overturns_gives_the_new_answer_beside_the_first(sqlite_desk: Desk) -> None:
    under_review(sqlite_desk)
    sqlite_desk.do(Act.RECORD_FINDING, "ruth", reasons="No crime is helped.")
    sqlite_desk.do(Act.DECIDE_REVIEW, "ruth", outcome="overturned", reason="It is all disclosed.")

    words = said(sqlite_desk, Kind.REVIEW_OUTCOME)

    assert "The review overturns our first answer." in words
    assert (
        "Point: Section 31(1)(a) What we said first: It would help offenders. What the review "
        "found: Overturned Reasons: No crime is helped."
    ) in words
    assert "the places" in words


def test_a_review_that_replaces_an_exemption_names_the_one_that_applies(sqlite_desk: Desk) -> None:
    under_review(sqlite_desk)
    replaced = {"finding": "replaced", "instead": "s.38(1)(a)", "reasons": "Lives are at risk."}
    with pytest.raises(Lacking, match="why the public interest favours withholding under it"):
        sqlite_desk.do(Act.RECORD_FINDING, "ruth", **replaced)
    sqlite_desk.do(Act.RECORD_FINDING, "ruth", **replaced, balance="Lives weigh most.")
    sqlite_desk.do(Act.DECIDE_REVIEW, "ruth", outcome="varied", reason="Another ground.")

    words = said(sqlite_desk, Kind.REVIEW_OUTCOME)

    assert "Replaced by section 38(1)(a)" in words
    assert "The review changes our first answer in part." in words
    assert "Why we now rely on section 38(1)(a)" in words
    assert "our refusal notice under section 17. Why it applies. Lives are at risk." in words
    assert "Lives weigh most. On balance, the public interest in maintaining section 38" in words


def test_an_absolute_exemption_that_takes_anothers_place_needs_no_balance(
    sqlite_desk: Desk,
) -> None:
    under_review(sqlite_desk)
    typed = "s.31(1)(a) replaced s.41(1) It was told to us in confidence."
    sqlite_desk.do(Act.RECORD_FINDING, "ruth", **forms.from_text(Act.RECORD_FINDING, typed))
    sqlite_desk.do(Act.DECIDE_REVIEW, "ruth", outcome="varied", reason="Another ground.")

    words = said(sqlite_desk, Kind.REVIEW_OUTCOME)

    assert "It was told to us in confidence. It is an absolute exemption" in words
    assert "On balance" not in words


def test_a_review_that_upholds_says_so_and_where_to_complain(sqlite_desk: Desk) -> None:
    under_review(sqlite_desk)
    sqlite_desk.do(Act.DECIDE_REVIEW, "ruth")

    words = said(sqlite_desk, Kind.REVIEW_OUTCOME)

    assert "The review upholds our first answer." in words
    assert "https://ico.org.uk/foicomplaints" in words


@pytest.mark.parametrize("kind", [one for one in Kind if one is not Kind.ACKNOWLEDGEMENT])
def test_a_letter_of_what_has_not_happened_is_refused_with_what_to_do(
    sqlite_desk: Desk, kind: Kind
) -> None:
    logged(sqlite_desk)

    with pytest.raises(Lacking, match=r"\w\."):
        letter(sqlite_desk, kind=kind)


def test_every_kind_of_letter_can_be_asked_for_by_name() -> None:
    assert [letter_kinds.kind_named(kind.replace("_", "-")) for kind in Kind] == list(Kind)
    with pytest.raises(Lacking, match=r"There is no letter “love”\. Say one of: acknowledgement"):
        letter_kinds.kind_named("love")


def test_every_letter_prints_telephone_and_signatory_of_the_authority(sqlite_desk: Desk) -> None:
    logged(sqlite_desk)

    words = letter(sqlite_desk)[1]

    assert "01632 960 101" in words
    assert "Dana Whitfield\nFreedom of Information Officer\nMidshire Police" in words


def test_the_applicant_is_named_for_the_desk_and_the_look_is_kept(desk: Desk) -> None:
    logged(desk)

    assert "Ann" not in letter(desk)[1]
    assert "Dear Ann Applicant," in letter(desk, with_applicant=True)[1]
    with desk.office.store.reading() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        assert [(one.by, one.why) for one in looks.of(connection, row_id)] == [("dana", "a letter")]


def test_nobody_but_the_desk_sees_whom_a_letter_is_for(desk: Desk) -> None:
    logged(desk)
    amira = desk.office.roster.officer("amira")

    with pytest.raises(Lacking, match="Only the FOI desk may see whom a letter is for"):
        correspondence.letter(desk.office, REFERENCE, officer=amira, with_applicant=True)


def test_a_part_split_off_has_its_own_clarification(sqlite_desk: Desk) -> None:
    logged(sqlite_desk)
    dana = sqlite_desk.office.roster.officer("dana")
    acts.perform(
        sqlite_desk.office,
        Act.SPLIT,
        REFERENCE,
        officer=dana,
        numbers=(2,),
        question="Which places?",
    )

    made = correspondence.letter(sqlite_desk.office, f"{REFERENCE}-2", officer=dana)

    assert made.kind is Kind.CLARIFICATION
    assert "Which places?" in to_plain(made.document)


def test_whoever_does_an_act_that_writes_to_the_applicant_is_told_how_to_get_its_letter(
    sqlite_desk: Desk,
) -> None:
    logged(sqlite_desk)

    acknowledged = sqlite_desk.do(Act.ACKNOWLEDGE, "dana")
    claimed = sqlite_desk.do(Act.CLAIM, "amira")

    assert acknowledged.advice == "The letter to the applicant is made by: letter 002335/20."
    assert claimed.advice == ""
