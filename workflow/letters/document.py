"""A letter as what it means: headings, paragraphs, lists and tables, whatever form they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date

ENGLISH = "en-GB"
LONGEST_WHOLE_ROW = 6  # lines: a longer row of a table may go over the end of a page


class Span(NamedTuple):
    """Some words of one kind. A line break in `text` is meant; `href` makes them a link."""

    text: str
    is_strong: bool = False
    href: str = ""


Spans: TypeAlias = tuple[Span, ...]


class Heading(NamedTuple):
    """A heading of level 2 or 3. Level 1 is the document's title."""

    level: int
    spans: Spans


class Paragraph(NamedTuple):
    """A paragraph; `is_quoted` where it is the applicant's own words."""

    spans: Spans
    is_quoted: bool = False


class Items(NamedTuple):
    """A list, with bullets or numbers."""

    items: tuple[Spans, ...]
    is_numbered: bool = False


class Table(NamedTuple):
    """A table whose first row names its columns."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


Block: TypeAlias = Heading | Paragraph | Items | Table


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, to whom, and what they call it: `particulars` are names with their values."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    particulars: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole letter. Its properties hold no applicant: only the letter itself names one."""

    title: str
    author: str
    reference: str
    dated: date
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    language: str = ENGLISH


def text_of(spans: Spans) -> str:
    """Give the words of spans without their kinds."""
    return "".join(span.text for span in spans)


def lines_of(spans: Spans) -> tuple[Spans, ...]:
    """Part spans at their line breaks: in a table's cell each line is a paragraph of its own."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        for place, text in enumerate(span.text.split("\n")):
            if place:
                lines.append([])
            if text:
                lines[-1].append(span._replace(text=text))
    return tuple(tuple(line) for line in lines)


def is_long(row: tuple[Spans, ...]) -> bool:
    """Tell whether a row of a table is so long that it may go over the end of a page."""
    return any(len(lines_of(cell)) > LONGEST_WHOLE_ROW for cell in row)
