"""The few marks of a letter become blocks, and words from elsewhere never become marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.letters.document import Heading, Items, Paragraph, Span, Table, text_of
from workflow.letters.marks import escaped, linked, read_marks


def test_marks_become_blocks() -> None:
    title, blocks = read_marks(
        "# An answer\n\nDear Alex,\nthank you.\n\n## Why\n\n- one\n- two\n  and more\n\n"
        "1. first\n\n| A | B |\n|---|---|\n| 1 | **2** |\n\n> my words\n"
    )

    assert title == "An answer"
    assert blocks == (
        Paragraph((Span("Dear Alex, thank you."),)),
        Heading(2, (Span("Why"),)),
        Items(((Span("one"),), (Span("two and more"),))),
        Items(((Span("first"),),), is_numbered=True),
        Table(((Span("A"),), (Span("B"),)), (((Span("1"),), (Span("2", is_strong=True),)),)),
        Paragraph((Span("my words"),), is_quoted=True),
    )


def test_a_line_break_is_kept() -> None:
    _, [block] = read_marks(r"**Dana**\nOfficer\n")

    assert block == Paragraph((Span("Dana", is_strong=True), Span("\nOfficer")))


def test_addresses_become_links() -> None:
    _, [block] = read_marks("See https://ico.org.uk/foicomplaints. Write to foi@midshire.example.")

    assert isinstance(block, Paragraph)
    assert [(span.text, span.href) for span in block.spans if span.href] == [
        ("https://ico.org.uk/foicomplaints", "https://ico.org.uk/foicomplaints"),
        ("foi@midshire.example", "mailto:foi@midshire.example"),
    ]


def test_an_address_that_the_public_wrote_is_no_link() -> None:
    _, [block] = read_marks(escaped("Press https://evil.example or write to me@evil.example"))

    assert block == Paragraph((Span("Press https://evil.example or write to me@evil.example"),))


def test_only_the_address_in_linked_words_is_a_link() -> None:
    _, [block] = read_marks(linked("# See *this*: https://council.example/a|b"))

    assert isinstance(block, Paragraph)
    assert block.spans == (
        Span("# See *this*: "),
        Span("https://council.example/a", href="https://council.example/a"),
        Span("|b"),
    )


def plain(words: str) -> str:
    """Give words as a paragraph shows them: spaces within a line as they are, breaks as breaks."""
    return text_of(read_marks(f"x {escaped(words)} y")[1][0].spans)  # type: ignore[union-attr]  # a paragraph


HOSTILE = st.text(alphabet=st.sampled_from("#|*>-1. \\n@:/ab\nhttps"), max_size=40)


@given(HOSTILE)
def test_words_of_the_public_are_words_and_never_marks(words: str) -> None:
    title, blocks = read_marks(
        f"| a | b |\n| {escaped(words)} | end |\n\nlast {escaped(words)} one"
    )

    assert title == ""
    assert [type(block) for block in blocks] == [Table, Paragraph]
    table, paragraph = blocks
    assert isinstance(table, Table)
    assert isinstance(paragraph, Paragraph)
    assert text_of(table.rows[0][1]) == "end"
    assert all(not span.is_strong and not span.href for span in paragraph.spans)
    said = "".join(words.split())
    assert "".join(text_of(paragraph.spans).split()) == f"last{said}one"


@given(st.text(max_size=60))
def test_what_would_break_a_file_is_shown_as_a_sign(words: str) -> None:
    shown = plain(words)

    assert not any(char < " " and char not in "\n\t" for char in shown)
    assert not any("\u202a" <= char <= "\u202e" for char in shown)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("again", ["a", "http://", "a@b.", "\\", "**", "| "])
def test_words_made_to_take_for_ever_are_read_in_time(again: str) -> None:
    hostile = again * 20_000

    title, blocks = read_marks(f"{linked(hostile)} {escaped(hostile)}")

    assert (title, len(blocks)) == ("", 1)
