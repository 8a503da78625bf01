"""How alike two requests read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.casework.likeness import ALIKE, alike, words_of

KNOWN = {
    "phones": "Policy on personal mobile phones. Please send the current policy on officers' use "
    "of personal mobile phones on duty.",
    "cameras": "Maintenance of speed cameras. What is spent each year on maintaining fixed speed "
    "cameras, and with which contractor?",
    "fleet": "Vehicles in the fleet by fuel. How many vehicles does the force own, by make, model "
    "and fuel?",
    "drones": "Flights of drones. All information on drones.",
}

# what arrives, which known ones it reads like
ARRIVES = [
    ("Please provide the policy on the use of personal mobile phones by officers", ["phones"]),
    ("How much do you spend on the maintenance of fixed speed cameras each year?", ["cameras"]),
    ("Number of vehicles owned by the force: make, model, fuel", ["fleet"]),
    ("DRONE FLIGHTS", ["drones"]),
    ("The gender pay gap of police staff since 2017", []),
    ("Please send all information", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "keys"), ARRIVES)
def test_a_request_that_was_made_before_is_found_in_other_words(text: str, keys: list[str]) -> None:
    assert [one.key for one in alike(text, KNOWN)] == keys


@pytest.mark.parametrize("key", KNOWN)
def test_the_very_same_words_are_wholly_alike_and_come_first(key: str) -> None:
    first = alike(KNOWN[key], KNOWN)[0]

    assert first.key == key
    assert first.share == pytest.approx(1.0)


def test_courtesies_and_what_every_request_says_do_not_count() -> None:
    assert words_of("Dear Sir, please send me all the information under the FOI Act") == frozenset()


@given(st.text(), st.dictionaries(st.text(), st.text(), max_size=5))
def test_likeness_is_a_share_and_the_most_alike_come_first(
    text: str, others: dict[str, str]
) -> None:
    found = alike(text, others)

    shares = [one.share for one in found]
    assert shares == sorted(shares, reverse=True)
    assert all(ALIKE <= share <= 1.0 + 1e-9 for share in shares)
