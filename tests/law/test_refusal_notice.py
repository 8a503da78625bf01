"""What a notice has to hold (s.17 FOIA, reg. 14 EIR), one rule at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.law.answers_by_chance import ANSWERED, COMMISSIONER, DUE, RECEIVED, REVIEW
from tests.law.test_public_interest import WEIGHED
from workflow.law.answer import (
    Answer,
    CostRefusal,
    Elsewhere,
    Held,
    Likelihood,
    NoReview,
    Outcome,
    QualifiedOpinion,
    Question,
    Reliance,
    Silence,
    Timing,
    Vexatious,
    Withheld,
)
from workflow.law.cost_limit import Activity, AuthorityClass, SearchTime, cost_of
from workflow.law.public_interest import Duty, Pending
from workflow.law.refusal_notice import Incomplete, NoNoticeUnderThisLaw, Notice, draft
from workflow.law.regime import Regime

LAW_ENFORCEMENT = Reliance(
    "s.31(1)(a)",
    why="The plans show how the stores are guarded.",
    harm="A burglar could use them.",
    likelihood=Likelihood.WOULD_BE_LIKELY,
    test=WEIGHED,
)
REFUSED = Answer(
    outcome=Outcome.REFUSE,
    questions=(
        Question(
            1, "How are the stores guarded?", Held.HELD,
            withheld=(Withheld("the plans", ("s.31(1)(a)",)),),
        ),
    ),
    reliances=(LAW_ENFORCEMENT,),
    review=REVIEW,
    commissioner=COMMISSIONER,
    timing=Timing(RECEIVED, DUE, ANSWERED),
)  # fmt: skip


def missing(answer: Answer) -> list[tuple[str, str]]:
    drafted = draft(answer)
    return (
        [(o.section, o.words) for o in drafted.missing] if isinstance(drafted, Incomplete) else []
    )


def under(*citations: str, **how: Any) -> tuple[Question, ...]:
    """Give the question of REFUSED, its information withheld under other exemptions."""
    return (replace(REFUSED.questions[0], withheld=(Withheld("the plans", citations, **how),)),)


def test_a_complete_notice_says_which_questions_each_exemption_answers() -> None:
    two = (*REFUSED.questions, replace(REFUSED.questions[0], number=2))

    drafted = draft(replace(REFUSED, questions=two))

    assert isinstance(drafted, Notice)
    assert [(g.citation.long, g.questions) for g in drafted.grounds] == [
        ("section 31(1)(a)", (1, 2))
    ]
    assert drafted.is_refusal


def test_a_class_exemption_needs_no_harm() -> None:
    privileged = Reliance("s.42(1)", why="It is advice of counsel.", test=WEIGHED)

    assert missing(replace(REFUSED, questions=under("s.42(1)"), reliances=(privileged,))) == []


def test_an_absolute_exemption_needs_no_public_interest_test() -> None:
    prohibited = Reliance(
        "s.44(1)(a)", why="Disclosure is a crime.", besides="The Census Act 1920."
    )

    assert missing(replace(REFUSED, questions=under("s.44(1)(a)"), reliances=(prohibited,))) == []


def test_a_prohibition_names_its_enactment() -> None:
    prohibited = Reliance("s.44(1)(a)", why="Disclosure is a crime.")

    assert missing(replace(REFUSED, questions=under("s.44(1)(a)"), reliances=(prohibited,))) == [
        ("s.17(1)(c)", "Name the enactment that prohibits disclosure (s.44(1)(a)).")
    ]


def test_national_security_is_a_need_and_not_a_likelihood() -> None:
    safeguarding = Reliance(
        "s.24(1)", why="It is a target.", harm="It maps the gaps.", test=WEIGHED
    )
    answer = replace(REFUSED, questions=under("s.24(1)"), reliances=(safeguarding,))

    assert missing(answer) == []
    assert missing(replace(answer, reliances=(replace(safeguarding, harm=""),))) == [
        ("s.17(1)(c)", "Say why it is required (s.24(1)).")
    ]


@pytest.mark.parametrize("silence", [Silence.APPARENT, Silence.EXEMPT])
def test_why_may_be_left_out_where_it_is_apparent_or_itself_exempt(silence: Silence) -> None:
    own_data = Reliance("s.40(1)", silence=silence)

    assert missing(replace(REFUSED, questions=under("s.40(1)"), reliances=(own_data,))) == []


def test_reasons_that_would_disclose_what_is_exempt_need_not_be_given() -> None:
    hidden = replace(LAW_ENFORCEMENT, why="", harm="", likelihood=None, silence=Silence.EXEMPT)

    assert missing(replace(REFUSED, reliances=(hidden,))) == []


def test_section_30_and_section_31_exclude_each_other() -> None:
    investigation = Reliance("s.30(1)(a)(i)", why="An inquiry is open.", test=WEIGHED)

    both = replace(
        REFUSED,
        questions=under("s.30(1)(a)(i)", "s.31(1)(a)"),
        reliances=(investigation, LAW_ENFORCEMENT),
    )

    assert missing(both) == [
        (
            "s.17(1)(b)",
            "s.31 covers only what s.30(1) does not (s.31(1)): choose one (question 1).",
        )
    ]


def test_section_23_and_section_24_stand_together_only_as_alternatives() -> None:
    security = Reliance("s.23(1)", why="It relates to such a body.")
    safeguarding = Reliance(
        "s.24(1)", why="It is a target.", harm="It maps the gaps.", test=WEIGHED
    )
    relied = (security, safeguarding)
    cited = ("s.23(1)", "s.24(1)")

    together = replace(REFUSED, questions=under(*cited), reliances=relied)
    alternatives = replace(
        REFUSED, questions=under(*cited, in_the_alternative=True), reliances=relied
    )

    assert [section for section, _ in missing(together)] == ["s.17(1)(b)"]
    assert missing(alternatives) == []


@pytest.mark.parametrize(
    ("opinion_on", "lacks"),
    [
        (date(2026, 3, 19), []),  # Thu, the day before the answer
        (date(2026, 3, 20), []),  # Fri, the day of the answer
        (
            date(2026, 3, 21),  # Sat
            ["The qualified person's opinion has to come before the answer (s.36(2)(b)(i))."],
        ),
    ],
)
def test_the_qualified_persons_opinion_comes_before_the_answer(
    opinion_on: date, lacks: list[str]
) -> None:
    opinion = QualifiedOpinion("Grace Okafor", "chief officer", opinion_on, "It would inhibit.")
    advice = replace(LAW_ENFORCEMENT, citation="s.36(2)(b)(i)", opinion=opinion)

    answer = replace(REFUSED, questions=under("s.36(2)(b)(i)"), reliances=(advice,))

    assert [words for _, words in missing(answer)] == lacks


def test_statistical_information_needs_no_qualified_person() -> None:
    advice = replace(LAW_ENFORCEMENT, citation="s.36(2)(b)(i)")
    asked = under("s.36(2)(b)(i)", is_statistical=True)

    assert missing(replace(REFUSED, questions=asked, reliances=(advice,))) == []


def test_section_21_never_relieves_from_confirming() -> None:
    asked = (Question(1, "Where is it?", None, neither=("s.21(1)",)),)
    elsewhere = Reliance("s.21(1)", why="It is on our website.", duty=Duty.CONFIRM)

    assert missing(replace(REFUSED, questions=asked, reliances=(elsewhere,))) == [
        (
            "s.1(1)(a)",
            "s.21(1) never relieves from confirming or denying: say whether it is held.",
        )
    ]


def test_neither_confirming_nor_denying_says_nothing_of_holding() -> None:
    neither = replace(LAW_ENFORCEMENT, duty=Duty.CONFIRM)
    asked = Question(1, "Is there an inquiry?", None, neither=("s.31(1)(a)",))
    answer = replace(REFUSED, questions=(asked,), reliances=(neither,))

    assert missing(answer) == []
    assert missing(replace(answer, questions=(replace(asked, held=Held.HELD),))) == [
        ("s.1(1)(a)", "Either say whether it is held or refuse to say, not both (question 1).")
    ]


@pytest.mark.parametrize(
    ("until", "lacks"),
    [
        (date(2026, 3, 20), ["s.17(2)"]),  # Fri, the day of the notice: nothing is ahead
        (date(2026, 3, 23), []),  # Mon
    ],
)
def test_a_pending_test_gives_an_estimate_that_lies_ahead(until: date, lacks: list[str]) -> None:
    pending = replace(LAW_ENFORCEMENT, test=Pending(until))

    assert [section for section, _ in missing(replace(REFUSED, reliances=(pending,)))] == lacks


def test_nothing_is_pending_for_an_absolute_exemption() -> None:
    confidence = Reliance(
        "s.41(1)", why="It was told in confidence.", test=Pending(date(2026, 4, 20))
    )

    answer = replace(REFUSED, questions=under("s.41(1)"), reliances=(confidence,))

    assert [section for section, _ in missing(answer)] == ["s.17(2)"]


def test_the_eir_ask_for_an_effect_that_would_happen() -> None:
    justice = replace(LAW_ENFORCEMENT, citation="reg. 12(5)(b)")
    answer = replace(
        REFUSED, questions=under("reg. 12(5)(b)"), reliances=(justice,), regime=Regime.EIR
    )

    assert [section for section, _ in missing(answer)] == ["reg. 14(3)"]
    would = replace(justice, likelihood=Likelihood.WOULD)
    assert missing(replace(answer, reliances=(would,))) == []


def test_the_eir_do_not_let_the_public_interest_wait() -> None:
    justice = replace(
        LAW_ENFORCEMENT,
        citation="reg. 12(5)(b)",
        likelihood=Likelihood.WOULD,
        test=Pending(date(2026, 4, 20)),  # Mon
    )

    answer = replace(
        REFUSED, questions=under("reg. 12(5)(b)"), reliances=(justice,), regime=Regime.EIR
    )

    assert [section for section, _ in missing(answer)] == ["reg. 14(3)(b)"]


def test_information_on_emissions_is_not_withheld_for_commercial_confidentiality() -> None:
    confidential = replace(LAW_ENFORCEMENT, citation="reg. 12(5)(e)", likelihood=Likelihood.WOULD)
    asked = under("reg. 12(5)(e)", is_on_emissions=True)

    answer = replace(REFUSED, questions=asked, reliances=(confidential,), regime=Regime.EIR)

    [(section, words)] = missing(answer)
    assert section == "reg. 14(3)(a)"
    assert words == (
        "Information on emissions is not withheld under reg. 12(5)(e) (reg. 12(9)): disclose it "
        "(question 1)."
    )


def test_under_the_eir_there_is_always_a_review() -> None:
    justice = replace(LAW_ENFORCEMENT, citation="reg. 12(5)(b)", likelihood=Likelihood.WOULD)
    asked = under("reg. 12(5)(b)")

    no_review = replace(REFUSED, review=NoReview())
    under_eir = replace(no_review, questions=asked, reliances=(justice,), regime=Regime.EIR)

    assert missing(no_review) == []  # s.17(7)(a) lets an authority state that there is none
    assert [section for section, _ in missing(under_eir)] == ["reg. 14(5)(a)"]


LIMIT = AuthorityClass.OTHER  # £450: 18 hours


@pytest.mark.parametrize(
    ("hours", "lacks"),
    [(17, ["s.17(5)"]), (18, ["s.17(5)"]), (19, [])],  # reaching the limit is not exceeding it
)
def test_a_refusal_for_cost_needs_the_limit_to_be_exceeded(hours: int, lacks: list[str]) -> None:
    cost = cost_of([SearchTime(Activity.LOCATING, hours * 60)], authority=LIMIT)
    asked = (Question(1, "Every message since 1990?", Held.HELD),)
    answer = replace(
        REFUSED,
        outcome=Outcome.COST,
        questions=asked,
        reliances=(),
        cost=CostRefusal(cost, "Ask for one year."),
    )

    assert [section for section, _ in missing(answer)] == lacks


def test_a_refusal_for_cost_offers_help_and_still_confirms() -> None:
    cost = cost_of([SearchTime(Activity.LOCATING, 1200)], authority=LIMIT)
    asked = (Question(1, "Every message since 1990?", None),)
    refused = replace(
        REFUSED, outcome=Outcome.COST, questions=asked, reliances=(), cost=CostRefusal(cost, "")
    )

    assert [section for section, _ in missing(refused)] == ["s.1(1)(a)", "s.16(1)"]
    confirming_too = CostRefusal(cost, "Ask for one year.", confirming_too=True)  # s.12(2)
    assert missing(replace(refused, cost=confirming_too)) == []


def test_a_vexatious_request_is_owed_no_confirmation() -> None:
    asked = (Question(1, "Why are you all fools?", None),)

    answer = replace(
        REFUSED,
        outcome=Outcome.VEXATIOUS,
        questions=asked,
        reliances=(),
        vexatious=Vexatious("s.14(1)"),
    )

    assert missing(answer) == []


def test_the_eir_have_no_section_14() -> None:
    answer = replace(
        REFUSED,
        outcome=Outcome.VEXATIOUS,
        questions=(Question(1, "Why?", None),),
        reliances=(),
        vexatious=Vexatious("s.14(1)"),
        regime=Regime.EIR,
    )

    assert missing(answer) == [
        ("reg. 14(3)(a)", "The EIR have no s.12 and no s.14: rely on reg. 12(4)(b) instead.")
    ]


def test_what_is_published_elsewhere_is_a_refusal_with_rights() -> None:
    asked = (
        Question(
            1, "What is the policy?", Held.HELD, elsewhere=Elsewhere("The policy", "our site")
        ),
    )
    pointed = replace(REFUSED, questions=asked, reliances=())

    assert missing(pointed) == []
    assert [section for section, _ in missing(replace(pointed, review=None))] == ["s.17(7)(a)"]


def test_full_disclosure_is_no_refusal_and_needs_no_rights() -> None:
    given = Answer(
        Outcome.DISCLOSE,
        (Question(1, "How many?", Held.HELD, disclosed="Twelve."),),
        timing=Timing(RECEIVED, DUE, ANSWERED),
    )

    drafted = draft(given)

    assert isinstance(drafted, Notice)
    assert not drafted.is_refusal


@pytest.mark.parametrize(("regime", "rights"), [(Regime.FOIA, 0), (Regime.EIR, 2)])
def test_not_to_hold_information_is_a_refusal_under_the_eir_alone(
    regime: Regime, rights: int
) -> None:
    answer = Answer(
        Outcome.NOT_HELD,
        (Question(1, "How many?", Held.NOT_HELD),),
        timing=Timing(RECEIVED, DUE, ANSWERED),
        regime=regime,
    )

    assert len(missing(answer)) == rights  # review and Commissioner (reg. 14(5))


def test_an_answer_that_is_late_says_why() -> None:
    late = Timing(RECEIVED, DUE, date(2026, 4, 1))  # Wed, the day after

    assert missing(replace(REFUSED, timing=late)) == [
        ("s.10(1)", "It was due Tuesday 31 March 2026: say that the answer is late, and why.")
    ]


def test_a_request_under_scottish_law_gets_no_notice_here() -> None:
    with pytest.raises(NoNoticeUnderThisLaw) as refused:
        draft(replace(REFUSED, regime=Regime.FOISA))

    assert refused.value.regime == Regime.FOISA
