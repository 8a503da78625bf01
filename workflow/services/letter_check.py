"""Checks a letter in a file: DOCX, PDF or plain text. No database, no clock, nothing is kept."""

from __future__ import annotations

import re
import zipfile
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from workflow.letters.reading import read_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.letters.findings import Finding
    from workflow.letters.reading import LetterReading

LARGEST_FILE = 20_000_000  # bytes: a letter with a scan or two
LARGEST_UNPACKED = 100_000_000  # bytes
NOT_WORDS = re.compile(r"[•·o*]|.{0,40}\bpage \d{1,4}(?: of \d{1,4})?|\d{1,4}", re.IGNORECASE)
ZIP, PDF = b"PK\x03\x04", b"%PDF-"


class LetterUnreadable(ValueError):
    """A file has no letter in it that can be read."""

    def __init__(self, name: str, why: str) -> None:
        """Keep the file's name, and say what is wrong and what to do."""
        self.name = name
        super().__init__(f"{name}: {why}")


def check(content: bytes, *, name: str) -> LetterReading:
    """Read a letter and say what the law asks of it that is there, and what is not.

    `name` is what the file is called in errors. Raises LetterUnreadable.
    """
    return read_letter(text_of(content, name=name))


def text_of(content: bytes, *, name: str) -> str:
    """Give the text of a DOCX, a PDF or a plain text, known by its content, not by its name.

    Raises LetterUnreadable when there is none, or when what reads PDFs is not installed.
    """
    if len(content) > LARGEST_FILE:
        raise LetterUnreadable(name, "over 20 MB. Take the pictures out, or give its text.")
    if content.startswith(ZIP):
        text = _text_of_docx(content, name)
    elif content.startswith(PDF):
        text = _text_of_pdf(content, name)
    else:
        text = _text_of_plain(content, name)
    if not text.strip():
        raise LetterUnreadable(name, "there is no text in it. A scan has to be typed out first.")
    return text


def _text_of_docx(content: bytes, name: str) -> str:
    try:
        _refuse_bomb(content, name)
        document = docx.Document(BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        if isinstance(error, LetterUnreadable):
            raise
        raise LetterUnreadable(name, "not a DOCX file that can be opened. Save it again.") from None
    parts = (part for part in document.iter_inner_content())
    return "\n\n".join(line for part in parts for line in _lines(part))


def _refuse_bomb(content: bytes, name: str) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
            raise LetterUnreadable(name, "it unpacks to over 100 MB. Give its text instead.")


def _lines(part: Any) -> Iterator[str]:  # noqa: ANN401  # a paragraph or a table
    if isinstance(part, Table):
        yield from _rows(part)
        return
    style = part.style.name if part.style is not None else ""
    yield from _marked_as_list(part.text, is_item=str(style).startswith("List"))


def _rows(table: Any) -> Iterator[str]:  # noqa: ANN401  # python-docx's table
    """Write a row as one line in which each cell is named by its column."""
    cells = [[cell.text.replace("\n", " ") for cell in row.cells] for row in table.rows]
    for row in cells[1:]:
        named = zip(cells[0], row, strict=False)  # rows of merged cells may be shorter
        yield " | ".join(f"{name}: {cell}" for name, cell in named)


def _marked_as_list(text: str, *, is_item: bool) -> Iterator[str]:
    """Keep what a list item is: without its mark it would read like a heading."""
    for line in text.split("\n"):
        yield f"- {line}" if is_item and line.strip() else line


def _text_of_pdf(content: bytes, name: str) -> str:
    try:
        pypdf = import_module("pypdf")
    except ImportError:
        raise LetterUnreadable(
            name,
            "reading a PDF needs pypdf, from the extra foi-desk[pdf]. Or give a DOCX or the text.",
        ) from None
    try:
        pages = pypdf.PdfReader(BytesIO(content)).pages
        return "\n".join(_flowing(page.extract_text()) for page in pages)
    except (pypdf.errors.PyPdfError, ValueError, KeyError, RecursionError):
        raise LetterUnreadable(
            name, "not a PDF that can be opened. Save it again, or give its text."
        ) from None


def _flowing(page: str) -> str:
    """Leave out what only a page has, its number and bullets that stand apart from their words.

    A sentence that goes on overleaf would be broken by them.
    """
    lines = (line for line in page.splitlines() if not NOT_WORDS.fullmatch(line.strip()))
    return "\n".join(lines)


def _text_of_plain(content: bytes, name: str) -> str:
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise LetterUnreadable(name, "neither DOCX, PDF nor text. Save it as one of them.")
    for encoding in (
        ("utf-16", "utf-8-sig")
        if content[:2] in (b"\xff\xfe", b"\xfe\xff")
        else (
            "utf-8-sig",
            "cp1252",
        )
    ):
        try:
            return content.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")


def as_json(reading: LetterReading) -> dict[str, object]:
    """Give a reading as JSON holds it: every finding with its section and the words it rests on."""
    return {
        "regime": str(reading.regime),
        "is_refusal": reading.is_refusal,
        "is_complete": not reading.missing,
        "missing": len(reading.missing),
        "findings": [_finding(one) for one in reading.findings],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "section": finding.section,
        "what": finding.what,
        "found": finding.is_found,
        "words": finding.words or None,
        "cure": None if finding.is_found else finding.cure,
        "required_by": "law" if finding.is_law else "practice",
    }
