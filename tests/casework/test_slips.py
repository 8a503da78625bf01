"""A reference that was mistyped by one slip of the hand leads to the one that was meant."""

from __future__ import annotations

import pytest

from workflow.casework.slips import nearly

REFERENCES = ("FOI-2020-0042", "FOI-2020-0137", "EIR-2020-0042", "002335/20")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0402", ["EIR-2020-0042", "FOI-2020-0042"]),  # two exchanged
        ("0173", ["FOI-2020-0137"]),
        ("FIO-2020-0137", ["FOI-2020-0137"]),
        ("FOI-2020-0043", ["FOI-2020-0042"]),  # one wrong
        ("foi-2020-00042", ["FOI-2020-0042"]),  # one too many
        ("00235/20", ["002335/20"]),  # one left out
        ("FOI-2020-0153", []),  # two wrong are a guess
        ("9999", []),
    ],
)
def test_one_slip_is_understood_and_two_are_not(typed: str, meant: list[str]) -> None:
    assert nearly(typed, REFERENCES) == meant


def test_those_with_two_signs_exchanged_come_first() -> None:
    assert nearly("0402", ["A-0400", "A-0042", "A-0412"]) == ["A-0042", "A-0400", "A-0412"]


def test_no_more_than_can_be_read_are_offered() -> None:
    assert len(nearly("0005", [f"A-000{n}" for n in range(10)], most=3)) == 3
