"""What the public wrote is shown harmlessly: literally, and never obeyed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.terminal import REFERENCE, Terminal, on_standard_input
from workflow.cli.plain_text import block, harmless, one_line

ESCAPES = "\x1b[2J\x1b]0;owned\x07 \x9b31m \x08\x08 \x7f"
MARKUP = "[red]stop[/red] [link=http://x]here[/link] **bold** :smile: <!channel>"
BIDI = "\u202egnp.exe\u202c \u2066x\u2069"
LETTERS = "😀👩\u200d👩\u200d👧 عربى עברית Siân £5"  # right-to-left is the example
HOSTILE = f"{ESCAPES} {MARKUP} {BIDI} {LETTERS}"


def is_harmless(text: str) -> bool:
    """Say whether nothing in a text is obeyed by a terminal, or turns the direction of others."""
    joiners = {"\u200d", "\u200c"}
    return all(
        one == "\n" or one in joiners or unicodedata.category(one) not in {"Cc", "Cs", "Zl", "Zp"}
        for one in text
    ) and not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@pytest.fixture
def hostile(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    long = f"{HOSTILE}\n" + "many words " * 900 + "\x1b[31m"
    on_standard_input(monkeypatch, long.encode())
    terminal.done(
        *("new", "--reference", REFERENCE, "--subject", HOSTILE, "--description-file", "-"),
        as_="dana",
    )
    terminal.done("update", REFERENCE, HOSTILE, as_="dana")
    terminal.done("escalate", REFERENCE, HOSTILE, as_="dana")
    return terminal


@pytest.mark.parametrize("columns", ["30", "79", "160"])
@pytest.mark.parametrize(
    "typed",
    [("list",), ("mine", "--as", "dana"), ("show", REFERENCE), ("why", REFERENCE), ("said",)],
)
def test_nothing_the_public_wrote_is_obeyed(
    hostile: Terminal, typed: tuple[str, ...], columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert is_harmless(hostile.done(*typed))


def test_markup_is_shown_as_it_was_typed(hostile: Terminal) -> None:
    told = " ".join(hostile.done("show", REFERENCE).split())

    assert MARKUP in told
    assert LETTERS in told


def test_ten_thousand_characters_are_shortened_honestly(hostile: Terminal) -> None:
    told = hostile.done("show", REFERENCE)

    assert "characters)" in told
    assert len(told) < 6000


def test_a_machine_reads_every_letter_as_it_was_typed(hostile: Terminal) -> None:
    answer = hostile.typed("show", REFERENCE, "--json")

    assert answer.out.isascii()
    assert is_harmless(answer.out)
    assert answer.json["request"]["subject"] == HOSTILE.strip()


@given(st.text())
def test_any_text_can_be_made_harmless(text: str) -> None:
    assert is_harmless(harmless(text))
    assert is_harmless(one_line(text))
    assert is_harmless(block(text))


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=300))
def test_letters_and_signs_of_any_script_are_left_as_they_are(text: str) -> None:
    assert one_line(text) == text
