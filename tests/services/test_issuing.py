"""No answer goes out that the law would not accept, unless somebody says why."""

from __future__ import annotations

from typing import Any

import pytest

from tests.casework.examples import moment
from tests.services.desk import REFERENCE, Desk
from workflow.casework.errors import AnswerIncomplete
from workflow.casework.request import Treatment
from workflow.casework.stages import Act
from workflow.law.cost_limit import Activity
from workflow.law.regime import Regime
from workflow.letters.plain import to_plain
from workflow.letters.reading import read_letter
from workflow.services import answers, correspondence, lists
from workflow.services.forms import from_text


@pytest.fixture
def considered(sqlite_desk: Desk) -> Desk:
    """Give a desk with a request whose searches are returned."""
    sqlite_desk.claimed()
    sqlite_desk.do(Act.LOG_SEARCH, "amira")
    sqlite_desk.do(Act.RETURN_SEARCHES, "amira", held="held")
    return sqlite_desk


def approved(desk: Desk, **words: Any) -> Desk:
    desk.do(Act.DECIDE, "dana", **words)
    desk.do(Act.APPROVE, "grace")
    return desk


def sections(error: AnswerIncomplete) -> set[str]:
    return {one.partition(":")[0] for one in error.missing}


def test_a_refusal_that_names_no_exemption_for_any_question_is_not_issued(considered: Desk) -> None:
    considered.do(Act.ENGAGE_EXEMPTION, "dana")
    considered.do(Act.RECORD_HARM, "dana")
    approved(considered, outcome="refuse", reason="Nothing is disclosed.")
    before = considered.dump()

    with pytest.raises(AnswerIncomplete) as refused:
        considered.do(Act.ISSUE, "dana")

    assert sections(refused.value) == {"s.1(1)(a)", "s.17(1)(a)", "s.17(1)(b)", "s.17(3)"}
    assert considered.dump() == before


def test_completed_it_is_issued_and_its_letter_lacks_nothing(considered: Desk) -> None:
    considered.considered_in_part()
    approved(considered, outcome="part", reason="The first, and no more.")

    considered.do(Act.ISSUE, "dana")

    dana = considered.office.roster.officer("dana")
    letter = to_plain(correspondence.letter(considered.office, REFERENCE, officer=dana).document)
    assert read_letter(letter).missing == ()


def test_overridden_the_history_keeps_what_was_lacking_and_why(considered: Desk) -> None:
    considered.considered_in_part()
    approved(considered, outcome="refuse", reason="So it was agreed.")

    considered.do(Act.ISSUE, "dana", override="the court wants it now")

    (*_, last) = lists.history_of(considered.office, REFERENCE)
    assert "It lacked: s.17(1)(a): The answer is called “refuse”" in last.sentence
    assert last.sentence.endswith("Issued all the same because: the court wants it now.")


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("disclose", "We are disclosing the information that we hold."),
        ("not-held", "We have looked for the information and do not hold it."),
    ],
)
def test_what_one_sentence_says_of_all_questions_needs_no_answer_by_number(
    considered: Desk, outcome: str, told: str
) -> None:
    approved(considered, outcome=outcome, reason="The register of 2019 is the whole of it.")

    considered.do(Act.ISSUE, "dana")

    dana = considered.office.roster.officer("dana")
    letter = to_plain(correspondence.letter(considered.office, REFERENCE, officer=dana).document)
    assert "The register of 2019" in letter
    assert told in " ".join(letter.split())


def test_a_disclosure_that_answers_one_question_of_eleven_is_not_issued(considered: Desk) -> None:
    considered.do(Act.ANSWER, "dana")
    approved(considered, outcome="disclose", reason="All of it.")

    with pytest.raises(AnswerIncomplete) as refused:
        considered.do(Act.ISSUE, "dana")

    assert refused.value.missing == (
        "s.1(1)(a): Say whether the information is held (questions 2 to 11).",
    )


def test_an_exemption_that_was_thought_of_and_let_go_does_not_stand_in_the_way(
    considered: Desk,
) -> None:
    considered.do(Act.ENGAGE_EXEMPTION, "dana")
    approved(considered, outcome="disclose", reason="All of it.")

    considered.do(Act.ISSUE, "dana")

    assert considered.found().closed_as == "disclose"


@pytest.mark.parametrize(("hours", "goes"), [(18.0, False), (18.5, True)])
def test_a_refusal_for_cost_needs_a_cost_above_the_limit(
    sqlite_desk: Desk, hours: float, goes: bool
) -> None:
    sqlite_desk.claimed()
    sqlite_desk.do(Act.ESTIMATE, "amira", activity=Activity.LOCATING, hours=hours)
    sqlite_desk.do(Act.LOG_SEARCH, "amira")
    sqlite_desk.do(Act.RETURN_SEARCHES, "amira", held="held")
    approved(sqlite_desk, outcome="s.12", reason="Ask for one year instead of ten.")

    if goes:
        sqlite_desk.do(Act.ISSUE, "dana")
        return
    with pytest.raises(AnswerIncomplete) as refused:
        sqlite_desk.do(Act.ISSUE, "dana")
    assert sections(refused.value) == {"s.17(5)"}


def test_where_finding_out_alone_costs_too_much_nothing_is_confirmed(sqlite_desk: Desk) -> None:
    sqlite_desk.claimed()
    sqlite_desk.do(Act.ESTIMATE, "amira", activity=Activity.DETERMINING, hours=30.0)
    sqlite_desk.do(Act.LOG_SEARCH, "amira", found="not-found")
    sqlite_desk.do(Act.RETURN_SEARCHES, "amira", held="part-held")
    approved(sqlite_desk, outcome="s.12", reason="Ask for one year instead of ten.")

    made = answers.answer_of(sqlite_desk.office, sqlite_desk.found())

    assert made.cost is not None
    assert made.cost.confirming_too
    sqlite_desk.do(Act.ISSUE, "dana")


def test_a_regime_whose_notices_the_house_does_not_know_is_not_held_up(sqlite_desk: Desk) -> None:
    sqlite_desk.log(regime=Regime.SAR)
    for act, who in (
        (Act.ALLOCATE, "dana"),
        (Act.CLAIM, "sian"),
        (Act.LOG_SEARCH, "sian"),
        (Act.RETURN_SEARCHES, "sian"),
        (Act.DECIDE, "dana"),
        (Act.APPROVE, "grace"),
        (Act.ISSUE, "dana"),
    ):
        sqlite_desk.do(act, who)

    assert sqlite_desk.found().closed_as == "disclose"


def test_a_late_letter_tells_that_it_is_late_and_why(considered: Desk) -> None:
    approved(considered, outcome="disclose", reason="All of it.")
    considered.at = moment("Mon 2020-08-17 10:00")

    considered.do(Act.ISSUE, "dana", why_late="The archive was flooded.")

    dana = considered.office.roster.officer("dana")
    letter = to_plain(correspondence.letter(considered.office, REFERENCE, officer=dana).document)
    assert "which is late. We are sorry. The archive was flooded." in " ".join(letter.split())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", {}),
        ("by post", {"how": "by post"}),
        ("override: the court waits", {"override": "the court waits"}),
        ('override "the court waits"', {"override": "the court waits"}),
        (
            "by post late because: two were ill override: the court waits",
            {"how": "by post", "why_late": "two were ill", "override": "the court waits"},
        ),
        ("by post | override: agreed", {"how": "by post", "override": "agreed"}),
        ("by overriding courier", {"how": "by overriding courier"}),
        (
            "2020-07-30 by post",
            {"sent": moment("Thu 2020-07-30 09:00").date(), "how": "by post"},
        ),
    ],
)
def test_reasons_are_typed_after_their_keyword(typed: str, read: dict[str, Any]) -> None:
    assert from_text(Act.ISSUE, typed) == read


def test_a_question_may_be_answered_in_two_ways_and_the_notice_tells_both(considered: Desk) -> None:
    considered.considered_in_part()
    withheld: dict[str, Any] = {"treatment": Treatment.WITHHELD, "sections": ("s.31(1)(a)",)}
    considered.do(Act.ANSWER, "dana", numbers=(1,), words="the last figure", **withheld)

    first = answers.answer_of(considered.office, considered.found()).questions[0]

    assert (first.disclosed, first.withheld[0].what) == ("Since 2012.", "the last figure")


def test_a_letter_that_cites_sections_23_and_24_does_not_say_which_of_them_applies(
    considered: Desk,
) -> None:
    for section in ("s.23(1)", "s.24(1)"):
        considered.do(Act.ENGAGE_EXEMPTION, "dana", section=section, why="The file shows it.")
        considered.do(Act.RECORD_HARM, "dana", section=section)
    considered.do(Act.RECORD_PUBLIC_INTEREST_TEST, "dana", section="s.24(1)")
    withheld: dict[str, Any] = {"treatment": Treatment.WITHHELD, "words": "the contracts"}
    sections = ("s.23(1)", "s.24(1)")
    considered.do(Act.ANSWER, "dana", numbers=tuple(range(1, 12)), sections=sections, **withheld)
    approved(considered, outcome="refuse", reason="The contracts are withheld.")

    considered.do(Act.ISSUE, "dana")

    dana = considered.office.roster.officer("dana")
    letter = to_plain(correspondence.letter(considered.office, REFERENCE, officer=dana).document)
    flat = " ".join(letter.split())
    assert "(section 23(1) or section 24(1))" in flat
    assert "one of them applies, and we do not say which" in flat


def test_arguments_keep_their_weight_in_the_letter(considered: Desk) -> None:
    considered.considered_in_part()
    considered.do(
        Act.RECORD_PUBLIC_INTEREST_TEST,
        "dana",
        for_disclosure="little: It is public money.\nIt is debated.",
        for_withholding="much: Lives depend on it.",
    )
    approved(considered, outcome="part", reason="The first, and no more.")

    dana = considered.office.roster.officer("dana")
    letter = to_plain(correspondence.letter(considered.office, REFERENCE, officer=dana).document)
    flat = " ".join(letter.split())
    assert "It is public money. We gave this little weight." in flat
    assert "It is debated. We gave this some weight." in flat
    assert "Lives depend on it. We gave this considerable weight." in flat


def test_a_request_that_was_neither_confirmed_nor_denied_before_is_named(desk: Desk) -> None:
    advice = []
    for reference in ("R1", "R2"):
        desk.claimed(reference)
        desk.do(Act.LOG_SEARCH, "amira", reference)
        desk.do(Act.RETURN_SEARCHES, "amira", reference)
        desk.do(Act.ENGAGE_EXEMPTION, "dana", reference)
        silent = {"treatment": Treatment.NEITHER, "sections": ("s.31(1)(a)",), "words": "not said"}
        advice.append(desk.do(Act.ANSWER, "dana", reference, **silent).advice)

    assert ["before: never." in advice[0], "before: R1." in advice[1]] == [True, True]
