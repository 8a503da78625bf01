"""A letter as plain text, for a terminal and for a preview in a chat. It needs no library."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from workflow.letters.document import Heading, Items, Paragraph, Table, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.letters.document import Block, Document, Spans

WIDTH = 88


def to_plain(document: Document, *, width: int = WIDTH) -> str:
    """Write a letter as plain text, wrapped to a width.

    It tells all that the letter tells, the applicant's name too: for a preview that many may see,
    compose it with `contents.without_applicant`.
    """
    head = document.letterhead
    particulars = [f"{name}: {value}" for name, value in head.particulars]
    parts = [
        "\n".join(head.sender),
        "\n".join(head.recipient),
        "\n".join(_wrapped(line, width) for line in particulars),
        _underlined(document.title, "=", width),
        *(part for block in document.blocks for part in _block(block, width)),
    ]
    return "\n\n".join(parts) + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(level, spans):
            yield _underlined(text_of(spans), "-", width) if level == 2 else text_of(spans)  # noqa: PLR2004  # levels are 2 and 3
        case Paragraph(spans, is_quoted):
            yield _wrapped(text_of(spans), width, "> " if is_quoted else "")
        case Items(items, is_numbered):
            yield "\n".join(
                _item(spans, f"{n}. " if is_numbered else "- ", width)
                for n, spans in enumerate(items, start=1)
            )
        case Table(header, rows):
            yield from (_row(header, row, width) for row in rows)


def _row(header: tuple[Spans, ...], row: tuple[Spans, ...], width: int) -> str:
    """Write a row as lines that each begin with the name of the column."""
    named = zip(header, row, strict=True)
    return "\n".join(
        _wrapped(f"{text_of(name)}: {text_of(cell)}", width, "", "    ")
        for name, cell in named
        if cell
    )


def _item(spans: Spans, mark: str, width: int) -> str:
    return _wrapped(text_of(spans), width, mark, " " * len(mark))


def _wrapped(text: str, width: int, first: str = "", later: str | None = None) -> str:
    ahead = first if later is None else later
    lines: list[str] = []
    for line in text.split("\n"):
        indent = ahead if lines else first
        wrapped = textwrap.wrap(
            line,
            width,
            initial_indent=indent,
            subsequent_indent=ahead,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += wrapped or [indent.rstrip()]
    return "\n".join(lines)


def _underlined(text: str, sign: str, width: int) -> str:
    return f"{_wrapped(text, width)}\n{sign * min(len(text), width)}"
