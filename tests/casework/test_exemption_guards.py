"""What the table of exemptions allows, act by act: limbs, harm, opinions, what goes together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.casework.examples import do, occasion, request_in
from workflow.casework.decide.refusing import answer
from workflow.casework.errors import Lacking
from workflow.casework.request import Exemption, InformationRequest, Nature, Treatment
from workflow.casework.stages import Act, Stage
from workflow.law.citations import FULL_FORMS, read_citation
from workflow.law.exemptions import EXEMPTIONS, NOT_FOR_EMISSIONS, Status
from workflow.law.regime import Regime

ON = "Mon 2020-07-27"
WITHHOLDING = [
    (regime, row)
    for regime, rows in EXEMPTIONS.items()
    for row in rows
    if row.status in (Status.ABSOLUTE, Status.QUALIFIED)
]


def with_exemptions(*sections: str, regime: Regime = Regime.FOIA) -> InformationRequest:
    engaged = tuple(Exemption(one, "it applies", harm="to people") for one in sections)
    return request_in(Stage.CONSIDERATION, exemptions=engaged, regime=regime)


def withheld(request: InformationRequest, *sections: str, **words: Any) -> InformationRequest:
    said = {"treatment": Treatment.WITHHELD, "words": "the plan", "sections": sections}
    return do(Act.ANSWER, request, "dana", ON, **said | words).request


@pytest.mark.parametrize(
    ("regime", "ref"), [(regime, row.ref) for regime, row in WITHHOLDING], ids=str
)
def test_each_row_is_engaged_by_the_example_of_its_full_form(regime: Regime, ref: str) -> None:
    form = FULL_FORMS.get(ref)
    typed = (form.example if form else ref).replace(" and ", "")
    made = do(
        Act.ENGAGE_EXEMPTION,
        request_in(Stage.CONSIDERATION, regime=regime),
        "dana",
        ON,
        section=typed,
    ).request

    (engaged,) = made.exemptions
    read = read_citation(regime, engaged.section)
    assert read is not None
    assert read.is_full


@pytest.mark.parametrize(
    "typed", ["s.31", "s.31(1)", "s.31(1)(g)", "s.40", "s.40(2)", "s.36(1)", "s.30(1)", "s.43"]
)
def test_without_its_limb_no_exemption_is_engaged(typed: str) -> None:
    with pytest.raises(Lacking, match="Name subsection and limb"):
        do(Act.ENGAGE_EXEMPTION, request_in(Stage.CONSIDERATION), "dana", ON, section=typed)


@pytest.mark.parametrize(
    ("sections", "by"),
    [
        (("s.30(1)(b)", "s.31(1)(a)"), r"s\.31\(1\)"),
        (("s.30(2)", "s.31(1)(b)"), r"s\.31\(1\)"),
        (("s.35(1)(a)", "s.36(2)(c)"), r"s\.36\(1\)\(a\)"),
    ],
)
def test_exemptions_that_exclude_each_other_do_not_answer_one_question(
    sections: tuple[str, ...], by: str
) -> None:
    request = replace(with_exemptions(*sections), questions=("A?", "B?"))

    with pytest.raises(Lacking, match=by):
        withheld(request, *sections)

    one = withheld(request, sections[0], numbers=(1,))
    both = withheld(one, sections[1], numbers=(2,))
    assert [part.sections for part in both.answers] == [(sections[0],), (sections[1],)]


def test_sections_23_and_24_may_stand_side_by_side() -> None:
    made = withheld(with_exemptions("s.23(1)", "s.24(1)"), "s.23(1)", "s.24(1)")

    assert made.answers[0].sections == ("s.23(1)", "s.24(1)")


@pytest.mark.parametrize("ref", sorted(NOT_FOR_EMISSIONS))
def test_information_on_emissions_is_not_withheld_under_reg_12_5_d_to_g(ref: str) -> None:
    request = with_exemptions(ref, regime=Regime.EIR)

    with pytest.raises(Lacking, match=r"reg\. 12\(9\)"):
        withheld(request, ref, nature=Nature.EMISSIONS)

    assert withheld(request, ref).answers


def test_under_the_eir_a_harm_that_is_only_likely_is_not_enough() -> None:
    request = with_exemptions("reg. 12(5)(b)", regime=Regime.EIR)
    words = {"section": "s.12(5)(b)", "harm": "The trial would be moved."}

    with pytest.raises(Lacking, match="one that would happen"):
        do(Act.RECORD_HARM, request, "dana", ON, likelihood="would-be-likely", **words)

    made = do(Act.RECORD_HARM, request, "dana", ON, likelihood="would", **words).request
    assert made.exemptions[0].likelihood == "would"


def test_neither_confirming_nor_denying_is_for_those_rows_that_allow_it() -> None:
    silent = {"treatment": Treatment.NEITHER, "words": "not said"}

    for regime, row in WITHHOLDING:
        form = FULL_FORMS.get(row.ref)
        section = (form.example if form else row.ref).replace(" and ", "")
        request = with_exemptions(section, regime=regime)
        read = read_citation(regime, section)
        assert read is not None
        if read.row.neither_confirm_nor_deny:
            assert withheld(request, section, **silent).answers
        else:
            with pytest.raises(Lacking, match="never relieves from confirming"):
                withheld(request, section, **silent)


def test_whoever_neither_confirms_nor_denies_is_reminded_of_those_before() -> None:
    request = with_exemptions("s.31(1)(a)")
    when = replace(
        occasion("dana", ON),
        neither_before={"s.31(1)(a)": ("FOI-2020-0003", "FOI-2019-0210")}.__getitem__,
    )
    words: dict[str, Any] = {"numbers": (1,), "words": "not said", "sections": ("s.31(1)(a)",)}

    silent = answer(request, when, treatment=Treatment.NEITHER, **words)
    open_ = answer(request, when, treatment=Treatment.WITHHELD, **words)

    assert silent.advice == (
        "Neither confirmed nor denied under s.31(1)(a) before: FOI-2020-0003, FOI-2019-0210. Is "
        "this said to every similar request, whether the information is held or not? If only "
        "where it is, the answer gives it away."
    )
    assert open_.advice == ""


def test_under_s36_nothing_is_decided_before_the_qualified_person_gave_an_opinion() -> None:
    request = with_exemptions("s.36(2)(c)")

    with pytest.raises(Lacking, match=r"qualified person's opinion"):
        do(Act.DECIDE, request, "dana", ON, outcome="refuse")

    given = do(Act.RECORD_OPINION, request, "dana", ON).request
    assert do(Act.DECIDE, given, "dana", ON, outcome="refuse").request.outcome == "refuse"


def test_statistics_need_no_qualified_person() -> None:
    request = withheld(with_exemptions("s.36(2)(c)"), "s.36(2)(c)", nature=Nature.STATISTICS)

    assert do(Act.DECIDE, request, "dana", ON, outcome="refuse").request.outcome == "refuse"


def test_an_exemption_whose_balance_falls_for_disclosure_needs_no_harm() -> None:
    request = do(Act.ENGAGE_EXEMPTION, request_in(Stage.CONSIDERATION), "dana", ON).request
    weighed = do(
        Act.RECORD_PUBLIC_INTEREST_TEST, request, "dana", ON, favours="favours-disclosure"
    ).request

    assert weighed.exemptions[0].favours == "disclosure"
    assert do(Act.DECIDE, weighed, "dana", ON, outcome="part").request.outcome == "part"
