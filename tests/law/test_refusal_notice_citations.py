"""A refusal names the section, the subsection and the limb (s.17(1)(b))."""

import pytest

from workflow.law.citations import FULL_FORMS, in_full, read_citation
from workflow.law.exemption_search import citation
from workflow.law.exemptions import EXEMPTIONS, Status
from workflow.law.regime import Regime


@pytest.mark.parametrize(
    "words",
    [
        "s.40(2) and (3A)(a)",
        "section 40(2) and 40(3A)(a)",
        "s40(2)(3A)(a)",
        "Section 40 (2), (3A)(a)",
        "s.40(2) by virtue of section 40(3A)(a)",
    ],
)
def test_one_citation_is_read_however_it_is_written(words: str) -> None:
    read = read_citation(Regime.FOIA, words)

    assert read is not None
    assert (read.short, read.long, read.is_full) == (
        "s.40(2) and (3A)(a)",
        "section 40(2) and (3A)(a)",
        True,
    )


@pytest.mark.parametrize(
    ("words", "example"),
    [
        ("s.31", "s.31(1)(a)"),
        ("s.31(1)", "s.31(1)(a)"),
        ("s.31(1)(g)", "s.31(1)(g) and (2)(a)"),  # limbs (g) to (i) protect a purpose
        ("s.24", "s.24(1)"),
        ("s.36(2)(b)", "s.36(2)(b)(i)"),
        ("s.40(2)", "s.40(2) and (3A)(a)"),
        ("s.43", "s.43(1)"),
        ("s.44", "s.44(1)(a)"),
    ],
)
def test_a_section_without_its_limb_is_not_full_and_an_example_is_given(
    words: str, example: str
) -> None:
    read = read_citation(Regime.FOIA, words)

    assert read is not None
    assert (read.is_full, read.example) == (False, example)


@pytest.mark.parametrize("words", ["s.12", "s.14(1)", "s.17", "s.99", "FOI", "", "31%", "s.31x"])
def test_what_is_no_exemption_is_not_read_as_one(words: str) -> None:
    assert read_citation(Regime.FOIA, words) is None


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("s.36(2)(c)", "s.36"),
        ("s.36(2)(c) (Parliament)", "s.36 (Parliament)"),
        ("s.37(1)(ab)", "s.37(1)(ab)"),
        ("s.37(1)(ad)", "s.37(1)(ad)"),
        ("s.40(2) and (3B)", "s.40(2) and (3B)"),
        ("s.22A(1)", "s.22A"),
    ],
)
def test_the_limb_tells_which_row_of_the_table_is_meant(words: str, ref: str) -> None:
    read = read_citation(Regime.FOIA, words)

    assert read is not None
    assert read.row.ref == ref


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("regulation 12(5)(b)", "reg. 12(5)(b)"),
        ("reg 13(1)(a)", "reg. 13(1), first"),
        ("reg. 13(1)(b)", "reg. 13(1), other"),
    ],
)
def test_an_exception_is_cited_by_its_regulation(words: str, ref: str) -> None:
    read = read_citation(Regime.EIR, words)

    assert read is not None
    assert (read.row.ref, read.is_full) == (ref, True)


@pytest.mark.parametrize("regime", [Regime.FOIA, Regime.EIR])
def test_every_row_that_withholds_can_be_cited_in_full(regime: Regime) -> None:
    rows = [r for r in EXEMPTIONS[regime] if r.status in (Status.ABSOLUTE, Status.QUALIFIED)]
    full = {
        row.ref: FULL_FORMS[row.ref].example if row.ref in FULL_FORMS else row.ref for row in rows
    }
    full["s.36 (Parliament)"] = "s.36(2)(c) (Parliament)"

    read = {
        ref: read_citation(regime, words)
        for ref, words in full.items()
        if ref in {r.ref for r in rows}
    }

    assert {ref: one and (one.row.ref, one.is_full) for ref, one in read.items()} == {
        row.ref: (row.ref, True) for row in rows
    }


@pytest.mark.parametrize("regime", [Regime.FOIA, Regime.EIR])
def test_whatever_a_menu_offers_is_cited_in_full(regime: Regime) -> None:
    left_out = (Status.PROCEDURAL, Status.NOT_COVERED)
    offered = [
        (row.ref, number, read_citation(regime, citation(regime, number)))
        for row in EXEMPTIONS[regime]
        if row.status not in left_out and "Parliament" not in row.ref
        for number in in_full(row)
    ]

    assert len(offered) > 10
    assert [
        (ref, number) for ref, number, read in offered if read is None or not read.is_full
    ] == []
