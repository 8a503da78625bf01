"""Spreadsheets as CSV: cells that no program takes for a formula, and files of any office read.

What the public wrote reaches a spreadsheet by an export; what an office keeps reaches us as CSV in
whatever encoding and with whatever separator its spreadsheet program prefers.
"""

from __future__ import annotations

import codecs
import csv
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking
from workflow.store.mapping import legible

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

# A cell that begins so is a formula to one spreadsheet program or another; the broad forms too.
_FORMULA = tuple("=+-@＝＋－＠")  # noqa: RUF001  # the broad forms are meant
_UNSEEN = (
    " \t\r\n\v\f\x00\x1f\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\ufeff"
)
_QUOTE = "'"
_CHUNK = 1 << 20
_SEPARATORS = ",;\t"
_WORKBOOKS = {b"PK\x03\x04": "XLSX or ODS", b"\xd0\xcf\x11\xe0": "XLS"}
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class Line(NamedTuple):
    """One row: the line of the file on which it begins, its cells, or why they cannot be read."""

    number: int
    cells: tuple[str, ...]
    trouble: str = ""


class Sheet(NamedTuple):
    """A CSV file that stands open. `note` says how it had to be read, where that was a guess."""

    header: tuple[str, ...]
    lines: Iterator[Line]
    note: str


def harmless(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula."""
    return f"{_QUOTE}{cell}" if _is_formula(cell) else cell


def as_written(cell: str) -> str:
    """Take away the apostrophe that `harmless` put there."""
    return cell[1:] if cell.startswith(_QUOTE) and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return cell.lstrip(_UNSEEN + _QUOTE).startswith(_FORMULA)


@contextmanager
def opened(path: Path) -> Iterator[Sheet]:
    """Open a CSV file: UTF-8 with or without a mark, UTF-16, Windows-1252; comma, semicolon, tab.

    However long it is, a row of it is held at a time. Raises Lacking for a workbook and for a file
    without a header, OSError for one that cannot be opened.
    """
    encoding, note = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        separator = _separator(stream)
        reader = csv.reader(stream, delimiter=separator)
        lines = _lines(reader)
        header = next(lines, None)
        if header is None or header.trouble:
            raise Lacking(
                what=f"{path.name} has no row with the names of its columns.",
                cure="Save the spreadsheet as CSV, its first row the names.",
            )
        yield Sheet(header.cells, lines, note)


def _encoding(path: Path) -> tuple[str, str]:
    """Find how a file is written down, and say so where it is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        _refuse_workbook(path, head)
        for mark, encoding in _MARKS.items():
            if head.startswith(mark):
                return encoding, ""
        try:
            while head:
                decoder.decode(head)
                head = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252", (
                f"{path.name} is not UTF-8 and was read as Windows-1252: look at names with "
                "accents, or save it as “CSV UTF-8”."
            )
    return "utf-8", ""


def _refuse_workbook(path: Path, head: bytes) -> None:
    for beginning, kind in _WORKBOOKS.items():
        if head.startswith(beginning):
            raise Lacking(
                what=f"{path.name} is a workbook ({kind}), which is not read.",
                cure="Open it in the spreadsheet program and save it as “CSV UTF-8”.",
            )


def _separator(stream: TextIO) -> str:
    """Find what stands between the cells: that of which the first line has most."""
    first = stream.readline(_CHUNK)
    stream.seek(0)
    outside = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def _lines(reader: Reader) -> Iterator[Line]:
    """Give the rows that are not empty; one that cannot be read keeps nothing else back."""
    while True:
        number = reader.line_num + 1
        try:
            cells = tuple(as_written(legible(cell).strip()) for cell in next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield Line(number, (), f"This row cannot be read: {error}.")
            continue
        if any(cells):
            yield Line(number, cells)
