"""Finding an exemption by what somebody types."""

from __future__ import annotations

import pytest

from workflow.law.exemption_search import citation, search
from workflow.law.exemptions import Status
from workflow.law.regime import Regime

# typed, under which regime, the sections that are offered
TYPED = [
    ("commercial", Regime.FOIA, ["43(2)"]),
    ("Legal Privilege", Regime.FOIA, ["42"]),
    ("43", Regime.FOIA, ["43(1)", "43(2)"]),
    ("s.43(2)", Regime.FOIA, ["43(2)"]),
    ("section 36", Regime.FOIA, ["36"]),
    ("s.31(1)(a)", Regime.FOIA, ["31"]),
    ("40", Regime.FOIA, ["40(1)", "40(2)(3A)", "40(2)(3B)", "40(2)(4A)"]),
    ("reg 12(5)(b)", Regime.EIR, ["12(5)(b)"]),
    ("course of justice", Regime.EIR, ["12(5)(b)"]),
    ("commercial", Regime.EIR, ["12(5)(e)"]),
    ("99", Regime.FOIA, []),
    ("drop table", Regime.FOIA, []),
]


@pytest.mark.parametrize(("typed", "regime", "sections"), TYPED)
def test_an_exemption_is_found_by_section_or_words(
    typed: str, regime: Regime, sections: list[str]
) -> None:
    assert [row.section for row in search(regime, typed)] == sections


@pytest.mark.parametrize("regime", [Regime.FOIA, Regime.EIR])
def test_nothing_typed_offers_every_ground_on_which_information_is_withheld(
    regime: Regime,
) -> None:
    rows = search(regime, " ")

    assert len({row.section for row in rows}) == len(rows) > 10
    assert {row.status for row in rows} == {Status.ABSOLUTE, Status.QUALIFIED}


def test_a_citation_names_the_act_or_the_regulations() -> None:
    assert citation(Regime.FOIA, "31(1)(a)") == "s.31(1)(a)"
    assert citation(Regime.EIR, "12(5)(b)") == "reg. 12(5)(b)"
