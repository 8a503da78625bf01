r"""The few marks in which letters are written, and how they become blocks. No library, no files.

    # title     ## heading     ### smaller heading     > the applicant's words
    - bullet    1. number      | cell | cell |         **strong**     \n a line break

An empty line ends a block. Addresses of the web and of e-mail become links. What a template puts
in from elsewhere passes `escaped` first: words of the public are words, never marks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workflow.letters.document import Block, Heading, Items, Paragraph, Span, Spans, Table, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Control characters break a DOCX; marks that turn the direction of writing can hide what is said.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f"
    "\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_MARK = re.compile(r"[\\#|*>:@]")
_AT_START = re.compile(r"\A(?=[-\d])")
_NEW_LINE = re.compile(r"\s*[\n\u2028\u2029]\s*")

# Lengths are bounded so that no text, however made, takes long to read.
_ADDRESS = r"https?://[^\s<>|*\\\"]{1,2000}[^\s<>|*\\\".,;:!?)\]’”]"
_MAILBOX = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_INLINE = re.compile(rf"\\(?P<kept>.)|(?P<strong>\*\*)|(?P<web>{_ADDRESS})|(?P<mail>{_MAILBOX})")
_CELL_END = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:-]+")
_LIST_MARK = re.compile(r"(?:-|(?P<number>\d{1,3})\.) +")


def escaped(words: str) -> str:
    r"""Make words literal: whatever they hold, a reader of marks gives back the same words.

    Line breaks are kept as `\n`. Harmful control characters become the replacement sign.
    """
    plain = _MARK.sub(r"\\\g<0>", _clean(words))
    return _NEW_LINE.sub(r"\\n", _AT_START.sub(r"\\", plain.strip()))


def linked(words: str) -> str:
    """Make words literal but for the addresses in them, which become links."""
    whole = _clean(words)
    parts, end = [], 0
    for found in re.finditer(rf"{_ADDRESS}|{_MAILBOX}", whole):
        parts += [escaped_part(whole[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, escaped_part(whole[end:])]).strip()


def escaped_part(words: str) -> str:
    """Make words in the middle of others literal: the spaces at their ends are kept."""
    ahead = " " if words[:1].isspace() else ""
    behind = " " if words.strip() and words[-1:].isspace() else ""
    return f"{ahead}{escaped(words)}{behind}"


def _clean(words: str) -> str:
    return _HARMFUL.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))


def read_marks(marked: str) -> tuple[str, tuple[Block, ...]]:
    """Read a marked text: its title (empty when it has none) and its blocks."""
    title = ""
    blocks: list[Block] = []
    for lines in _chunks(marked):
        if lines[0].startswith("# ") and not title:
            title = text_of(_spans(lines[0][2:]))
            lines = lines[1:]  # noqa: PLW2901  # the rest of the chunk is a block of its own
        blocks += _blocks(lines)
    return title, tuple(blocks)


def _chunks(marked: str) -> Iterator[list[str]]:
    for chunk in re.split(r"\n[ \t]*\n", marked.replace("\r\n", "\n")):
        lines = [line.rstrip() for line in chunk.split("\n") if line.strip()]
        if lines:
            yield lines


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Give the blocks of lines without an empty one between them."""
    run: list[str] = []
    kind = ""
    for line in lines:
        its_kind = _kind(line, kind)
        if run and (its_kind != kind or kind == "heading"):
            yield _block(kind, run)
            run = []
        kind = its_kind
        run.append(line)
    if run:
        yield _block(kind, run)


def _kind(line: str, before: str) -> str:
    if line.startswith(("## ", "### ")):
        return "heading"
    if line.startswith("|"):
        return "table"
    if line.startswith("> "):
        return "quote"
    mark = _LIST_MARK.match(line)
    if mark:
        return "numbers" if mark["number"] else "bullets"
    is_continued = line.startswith(" ") and before in ("bullets", "numbers")
    return before if is_continued else "words"


def _block(kind: str, lines: list[str]) -> Block:
    match kind:
        case "heading":
            marks, _, words = lines[0].partition(" ")
            return Heading(len(marks), _spans(words))
        case "table":
            rows = [_cells(line) for line in lines if not _RULE.fullmatch(line)]
            return Table(rows[0], tuple(_as_wide(row, len(rows[0])) for row in rows[1:]))
        case "quote":
            return Paragraph(_spans(" ".join(line[2:] for line in lines)), is_quoted=True)
        case "bullets" | "numbers":
            return Items(tuple(_items(lines)), is_numbered=kind == "numbers")
        case _:
            return Paragraph(_spans(" ".join(line.strip() for line in lines)))


def _items(lines: Iterable[str]) -> Iterator[Spans]:
    words: list[str] = []
    for line in lines:
        mark = _LIST_MARK.match(line)
        if mark and words:
            yield _spans(" ".join(words))
            words = []
        words.append(line[mark.end() :] if mark else line.strip())
    yield _spans(" ".join(words))


def _cells(line: str) -> tuple[Spans, ...]:
    inside = line.strip().removeprefix("|")
    cells = _CELL_END.split(inside)
    return tuple(_spans(cell.strip()) for cell in (cells[:-1] if not cells[-1].strip() else cells))


def _as_wide(row: tuple[Spans, ...], width: int) -> tuple[Spans, ...]:
    return (*row, *(((),) * width))[:width]


def _spans(marked: str) -> Spans:
    """Read what stands in a line: strong words, links, and marks that were made literal."""
    spans: list[Span] = []
    is_strong, end = False, 0
    for found in _INLINE.finditer(marked):
        _add(spans, marked[end : found.start()], is_strong)
        end = found.end()
        if found["strong"]:
            is_strong = not is_strong
        elif found["web"]:
            spans.append(Span(found["web"], is_strong, found["web"]))
        elif found["mail"]:
            spans.append(Span(found["mail"], is_strong, f"mailto:{found['mail']}"))
        else:
            _add(spans, "\n" if found["kept"] == "n" else found["kept"], is_strong)
    _add(spans, marked[end:], is_strong)
    return _without_trailing_break(spans)


def _add(spans: list[Span], words: str, is_strong: bool) -> None:  # noqa: FBT001  # as a Span has it
    if not words:
        return
    if spans and not spans[-1].href and spans[-1].is_strong is is_strong:
        spans[-1] = Span(spans[-1].text + words, is_strong)
    else:
        spans.append(Span(words, is_strong))


def _without_trailing_break(spans: list[Span]) -> Spans:
    while spans and not spans[-1].text.strip():
        spans.pop()
    if spans and not spans[-1].href:
        spans[-1] = spans[-1]._replace(text=spans[-1].text.rstrip())
    return tuple(spans)
