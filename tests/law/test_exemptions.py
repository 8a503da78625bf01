"""Part II and the exceptions: which are absolute, and how they are cited."""

from __future__ import annotations

import pytest

from workflow.law.exemptions import (
    EIR_EXCEPTIONS,
    EXEMPTIONS,
    FOIA_EXEMPTIONS,
    NOTES,
    Basis,
    Exemption,
    Status,
    cited,
)
from workflow.law.regime import Regime


def refs(status: Status, table: tuple[Exemption, ...] = FOIA_EXEMPTIONS) -> list[str]:
    return [row.ref for row in table if row.status is status]


def test_the_list_of_absolute_exemptions_is_that_of_s_2_3() -> None:
    assert refs(Status.ABSOLUTE) == [
        "s.21",
        "s.23",
        "s.32",
        "s.34",
        "s.36 (Parliament)",
        "s.37(1)(a)",
        "s.37(1)(aa)",
        "s.37(1)(ab)",
        "s.40(1)",
        "s.40(2) and (3A)",
        "s.41",
        "s.44",
    ]


def test_cost_and_vexatious_requests_are_no_exemptions() -> None:
    assert refs(Status.PROCEDURAL) == ["s.12", "s.14(1)", "s.14(2)"]


def test_every_section_of_part_ii_but_certificates_has_a_row() -> None:
    sections = {row.section.split("(", maxsplit=1)[0] for row in FOIA_EXEMPTIONS}

    assert sections == {"12", "14", "22A", *map(str, range(21, 45))} - {"25"}


def test_every_exception_of_reg_12_is_weighed_and_only_the_principles_are_not() -> None:
    assert refs(Status.ABSOLUTE, EIR_EXCEPTIONS) == ["reg. 13(1), first"]
    assert refs(Status.NOT_COVERED, EIR_EXCEPTIONS) == ["reg. 5(3)"]
    assert len(refs(Status.QUALIFIED, EIR_EXCEPTIONS)) == 13
    assert [row.ref for row in EIR_EXCEPTIONS if row.basis is Basis.ADVERSE_EFFECT] == [
        f"reg. 12(5)({limb})" for limb in "abcdefg"
    ]


@pytest.mark.parametrize(
    ("ref", "basis", "neither"),
    [
        ("s.21", Basis.CLASS, ""),
        ("s.23", Basis.CLASS, "s.23(5)"),
        ("s.24", Basis.PREJUDICE, "s.24(2)"),
        ("s.30(1)", Basis.CLASS, "s.30(3)"),
        ("s.31", Basis.PREJUDICE, "s.31(3)"),
        ("s.35", Basis.CLASS, "s.35(3)"),
        ("s.36", Basis.PREJUDICE, "s.36(3)"),
        ("s.43(1)", Basis.CLASS, ""),
        ("s.43(2)", Basis.PREJUDICE, "s.43(3)"),
    ],
)
def test_a_row_says_what_has_to_be_shown_and_what_relieves_from_confirming(
    ref: str, basis: Basis, neither: str
) -> None:
    (row,) = [row for row in FOIA_EXEMPTIONS if row.ref == ref]

    assert (row.basis, row.neither_confirm_nor_deny) == (basis, neither)


def test_only_one_exception_of_reg_12_relieves_from_confirming() -> None:
    assert [row.ref for row in EIR_EXCEPTIONS if row.neither_confirm_nor_deny] == [
        "reg. 12(5)(a)",
        "reg. 13(1), first",
        "reg. 13(1), other",
    ]


def test_every_row_and_every_note_has_its_own_ref() -> None:
    every = [row.ref for rows in EXEMPTIONS.values() for row in rows]

    assert len(set(every)) == len(every)
    assert set(NOTES) <= set(every)
    (parliament,) = [row for row in FOIA_EXEMPTIONS if row.ref == "s.36 (Parliament)"]
    assert "qualified person" in parliament.note
    assert FOIA_EXEMPTIONS[8].note == ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("s.31(1)(a)", [["s.31"]]),
        ("section 31", [["s.31"]]),
        ("S31", [["s.31"]]),
        ("s 30 (1) (a) (i)", [["s.30(1)"]]),
        ("s.30", [["s.30(1)", "s.30(2)"]]),
        ("s.22A", [["s.22A"]]),
        ("s.22", [["s.22"]]),
        ("s.36(2)(b)(i)", [["s.36"]]),
        ("s.37(1)(aa)", [["s.37(1)(aa)"]]),
        ("s.40(2)", [["s.40(2) and (3A)", "s.40(2) and (3B)", "s.40(2) and (4A)"]]),
        ("s.40(2)(3B)", [["s.40(2) and (3B)"]]),
        ("s.24(1) and s.31(1)(a), (b)", [["s.24"], ["s.31"]]),
        ("Commercial interests of a bidder", [["s.43(2)"]]),
        ("Commercial interests, s.43(2)", [["s.43(2)"]]),
        ("public interest test", []),
        ("2431 pages, 31% of them", []),
        ("costs £31", []),
        ("s.25", []),
        ("s.3", []),
        ("s.310", []),
        ("", []),
    ],
)
def test_what_is_cited_is_found_by_section_or_by_title(words: str, meant: list[list[str]]) -> None:
    assert [[row.ref for row in rows] for rows in cited(Regime.FOIA, words)] == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("reg. 12(5)(e)", [["reg. 12(5)(e)"]]),
        ("regulation 12(4)(b)", [["reg. 12(4)(b)"]]),
        ("Manifestly unreasonable", [["reg. 12(4)(b)"]]),
    ],
)
def test_exceptions_are_cited_by_regulation(words: str, meant: list[list[str]]) -> None:
    assert [[row.ref for row in rows] for rows in cited(Regime.EIR, words)] == meant


def test_a_regime_without_a_table_cites_nothing() -> None:
    assert cited(Regime.SAR, "s.31(1)(a)") == ()
