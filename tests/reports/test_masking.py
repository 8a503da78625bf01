"""What could name a person is masked before it is published, and what could not is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.reports.masking import APPLICANT, masked

EMAIL, PHONE = "an e-mail address", "a telephone number"
NUMBER, POSTCODE = "a national insurance number", "a postcode"


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("Write to j.o'neil+foi@post.example.org please", EMAIL),
        ("ring 0116 222 2222 after six", PHONE),
        ("ring 07700 900123", PHONE),
        ("ring 07700900123.", PHONE),
        ("ring (0116) 222-2222", PHONE),
        ("ring +44 7700 900123", PHONE),
        ("ring +44 (0)7700 900123", PHONE),
        ("ring 0044 7700 900123", PHONE),
        ("number QQ 12 34 56 C is not one, AB123456C is", NUMBER),
        ("ab 12 34 56 c", NUMBER),
        ("the house at LE19 2BX", POSTCODE),
        ("the house at sw1a 1aa", POSTCODE),
        ("M11AE", POSTCODE),
    ],
)
def test_personal_data_is_masked_and_told(text: str, removed: str) -> None:
    made = masked(text)

    assert made.removed == (removed,)
    assert f"[{removed.split(' ', 1)[1]} removed]" in made.text


@pytest.mark.parametrize(
    "text",
    [
        "Emergency calls in 2019 and control room contracts",
        "Reference 002335/20, FOI-2020-0042",
        "from 01/04/2018 to 31/03/2019, and 2019-20",
        "Contracts over £100,000 on the A46 and M1",
        "Requests under s.31(1)(a), s.40(2) and reg. 12(5)(b)",
        "Form G25 and policy HR12",
        "at 9am @ headquarters",
    ],
)
def test_what_names_nobody_is_left(text: str) -> None:
    assert masked(text) == (text, ())


@pytest.mark.parametrize("written", ["Jane Doe", "JANE  DOE", "jane\ndoe"])
def test_the_name_of_the_applicant_is_masked_however_it_is_written(written: str) -> None:
    made = masked(f"Files on {written} since 2018", names=["Jane Doe"])

    assert made == ("Files on [applicant's name removed] since 2018", (APPLICANT,))


def test_a_name_within_a_word_is_no_name() -> None:
    assert masked("Annual leave", names=["Ann"]).removed == ()


@given(st.text(), st.sampled_from(["a@b.example", "07700 900123", "LE19 2BX", "AB 12 34 56 C"]))
def test_no_pattern_survives_among_any_words(around: str, personal: str) -> None:
    made = masked(f"{around} {personal} {around}")

    assert personal not in made.text
    assert made.removed
