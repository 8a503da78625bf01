"""What is read out of a message that is logged as a request."""

from __future__ import annotations

from datetime import date

import pytest

from bot.intake import sent_on, words_of

WRITTEN = [
    ("How many &lt;b&gt; &amp; c?", "How many <b> & c?"),
    ("See <https://gov.uk/foi|gov.uk>, says <@U0MARCUS|marcus>", "See gov.uk, says marcus"),
    ("See <https://gov.uk>, says <@U0MARCUS> <!here>", "See https://gov.uk, says @U0MARCUS !here"),
    ("  two\nlines  ", "two\nlines"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "words"), WRITTEN)
def test_slacks_marks_are_undone(text: str, words: str) -> None:
    assert words_of({"text": text}) == words


@pytest.mark.parametrize(
    ("ts", "day"),
    [
        ("1594681199.000100", date(2020, 7, 13)),  # 23:59:59 in London on Mon 2020-07-13
        ("1594681200.000000", date(2020, 7, 14)),  # midnight in London, 23:00 in Greenwich
        ("1605484799.000000", date(2020, 11, 15)),  # in winter the two are one
    ],
)
def test_the_day_of_a_message_is_the_day_in_the_uk(ts: str, day: date) -> None:
    assert sent_on(ts) == day
