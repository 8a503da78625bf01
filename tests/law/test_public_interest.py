"""A public interest test is complete when both sides are heard and the balance has reasons."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from workflow.law.public_interest import Argument, Balance, PublicInterestTest, Weight, gaps_in
from workflow.law.regime import Regime

WEIGHED = PublicInterestTest(
    for_disclosure=(Argument("It shows how public money is spent.", Weight.LITTLE),),
    for_withholding=(Argument("It would help a burglar.", Weight.MUCH),),
    balance=Balance.WITHHOLD,
    reasons="The accounts already show the sums, and the plans would show the locks.",
    by="Dana Whitfield",
    on=date(2026, 3, 18),  # Wed
)


def gaps(test: PublicInterestTest, regime: Regime = Regime.FOIA) -> list[tuple[str, str]]:
    return [
        (one.section, one.words) for one in gaps_in(test, regime=regime, exemption="s.31(1)(a)")
    ]


def test_a_test_with_both_sides_a_balance_and_reasons_is_complete() -> None:
    assert gaps(WEIGHED) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"for_disclosure": ()}, "Give an argument for disclosure (s.31(1)(a))."),
        ({"for_withholding": ()}, "Give an argument for withholding (s.31(1)(a))."),
        (
            {"for_withholding": (Argument("  "),)},
            "Give an argument for withholding (s.31(1)(a)).",
        ),
        ({"balance": None}, "Say which way the balance falls (s.31(1)(a))."),
        ({"reasons": "\n"}, "Give the reasons for the balance (s.31(1)(a))."),
        (
            {"balance": Balance.DISCLOSE},
            "The balance falls for disclosure, so s.31(1)(a) withholds nothing: disclose it.",
        ),
        (
            {"reasons": "it would help a  BURGLAR"},
            "The reasons for the balance repeat one argument: weigh the sides (s.31(1)(a)).",
        ),
        ({"by": ""}, "Say who struck the balance, and when (s.31(1)(a))."),
        ({"on": None}, "Say who struck the balance, and when (s.31(1)(a))."),
    ],
)
def test_what_a_test_lacks_is_said_with_its_section(change: dict[str, Any], words: str) -> None:
    assert gaps(replace(WEIGHED, **change)) == [("s.17(3)", words)]


def test_under_the_eir_the_matters_considered_are_asked_for_by_regulation_14() -> None:
    [(section, _)] = gaps(replace(WEIGHED, reasons=""), Regime.EIR)

    assert section == "reg. 14(3)(b)"
