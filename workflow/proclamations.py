"""The authority's file of proclamations: bank holidays the library does not know, or knows wrongly.

A holiday can be added, or moved, by proclamation (s.1(2) and (3) Banking and Financial Dealings
Act 1971), sometimes ten days ahead: the file is how a calendar follows within the hour.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.dates import long_date
from workflow.law.working_days import FIRST_DAY_OF_WEEKEND

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE_NAME = "bank_holidays.toml"
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
EARLIEST, LATEST = 2005, 2100


class CalendarFileError(ValueError):
    """The file of proclamations cannot be used as it stands.

    `path` is the file and `line` where to look in it.
    """

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        """Keep the place, and say what is wrong and how to mend it."""
        self.path, self.line = path, line
        super().__init__(f"{path}, line {line}: {sentence}")


class Years(NamedTuple):
    """The years a calendar covers, and up to when its bank holidays are proclaimed."""

    first: int
    last: int
    proclaimed_to: date


class Proclamation(NamedTuple):
    """One change: the day that is `gone`, the `new` one, or both when a holiday moved."""

    line: int
    gone: date | None
    new: date | None
    name: str
    nations: tuple[str, ...]
    source: str
    proclaimed: date


# The right to information began on Saturday 1 January 2005. The rows up to 2028 were compared with
# gov.uk/bank-holidays; later bank holidays are expected, not proclaimed.
USUAL_YEARS = Years(2005, 2036, date(2028, 12, 31))

# Each kind of entry: which of its keys is the day that goes, and which the day that comes.
KINDS: Mapping[str, tuple[str | None, str | None]] = {
    "remove": ("on", None),
    "move": ("on", "to"),
    "add": (None, "on"),
}
ABOUT_AN_ENTRY = ("name", "nations", "source", "proclaimed")
ABOUT_YEARS = ("first_year", "last_year", "proclaimed_to")


def read_proclamations(path: Path) -> tuple[Years, tuple[Proclamation, ...]]:
    """Read the file; where there is none, the usual years and no proclamation.

    Raises CalendarFileError, with the line and the cure, for anything it cannot use.
    """
    if not path.exists():
        return USUAL_YEARS, ()
    text = path.read_text(encoding="utf-8")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise CalendarFileError(path, line, f"this is not TOML: {error}.") from error
    file = _File(path, text)
    file.refuse_unknown(content, (*ABOUT_YEARS, *KINDS))
    return _years(file, content), tuple(_proclamations(file, content))


class _File(NamedTuple):
    """Where complaints about the file point."""

    path: Path
    text: str

    def line_of(self, pattern: str, nth: int = 0) -> int:
        """Give the line of the n-th match, or the first line where there is none."""
        starts = [match.start() for match in re.finditer(pattern, self.text, re.MULTILINE)]
        return self.text.count("\n", 0, starts[nth]) + 1 if nth < len(starts) else 1

    def wrong(self, line: int, sentence: str) -> CalendarFileError:
        return CalendarFileError(self.path, line, sentence)

    def refuse_unknown(self, table: Mapping[str, object], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                line = self.line_of(rf"^[ \t]*\[*[ \t]*{re.escape(key)}\b")
                raise self.wrong(line, _unknown(key, known))


def _unknown(key: str, known: tuple[str, ...]) -> str:
    return f"`{key}` is not known here: use {', '.join(known)}."


def _years(file: _File, content: Mapping[str, object]) -> Years:
    years = []
    for key, usual in zip(ABOUT_YEARS[:2], USUAL_YEARS[:2], strict=True):
        year = content.get(key, usual)
        if not isinstance(year, int) or not EARLIEST <= year <= LATEST:
            says = f"`{key}` must be a year from {EARLIEST} to {LATEST}."
            raise file.wrong(file.line_of(rf"^[ \t]*{key}\b"), says)
        years.append(year)
    until = content.get("proclaimed_to", USUAL_YEARS.proclaimed_to)
    if type(until) is not date:
        says = "`proclaimed_to` must be a date, like 2028-12-31 without quotes."
        raise file.wrong(file.line_of(r"^[ \t]*proclaimed_to\b"), says)
    if years[1] < years[0]:
        raise file.wrong(file.line_of(r"^[ \t]*last_year\b"), "`last_year` is before `first_year`.")
    return Years(years[0], years[1], until)


def _proclamations(file: _File, content: Mapping[str, object]) -> Iterator[Proclamation]:
    for kind in KINDS:
        entries = content.get(kind, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            line = file.line_of(rf"^[ \t]*\[*[ \t]*{kind}\b")
            raise file.wrong(line, f"write each entry under its own heading, [[{kind}]].")
        for nth, entry in enumerate(entries):
            line = file.line_of(rf"^[ \t]*\[\[\s*{kind}\s*\]\]", nth)
            yield _proclamation(file, kind, entry, line)


def _proclamation(file: _File, kind: str, entry: Mapping[str, object], line: int) -> Proclamation:
    gone, new = KINDS[kind]
    keys = tuple(key for key in (gone, new) if key is not None)
    for key in entry:
        if key not in (*keys, *ABOUT_AN_ENTRY):
            raise file.wrong(line, _unknown(key, (*keys, *ABOUT_AN_ENTRY)))
    return Proclamation(
        line=line,
        gone=None if gone is None else _day(file, entry, gone, line),
        new=None if new is None else _weekday(file, entry, new, line),
        name=_words(file, entry, "name", line),
        nations=_nations(file, entry, line),
        source=_words(file, entry, "source", line),
        proclaimed=_day(file, entry, "proclaimed", line),
    )


def _day(file: _File, entry: Mapping[str, object], key: str, line: int) -> date:
    day = entry.get(key)
    if type(day) is not date:  # a datetime is a date too, and a time of day means nothing here
        says = f"the entry needs `{key}`, a date like 2026-06-15 without quotes."
        raise file.wrong(line, says)
    return day


def _weekday(file: _File, entry: Mapping[str, object], key: str, line: int) -> date:
    day = _day(file, entry, key, line)
    if day.weekday() >= FIRST_DAY_OF_WEEKEND:
        says = f"{long_date(day)} is no working day anyway: give the substitute weekday."
        raise file.wrong(line, says)
    return day


def _words(file: _File, entry: Mapping[str, object], key: str, line: int) -> str:
    words = entry.get(key)
    if not isinstance(words, str) or not words.strip():
        raise file.wrong(line, f"the entry needs `{key}`, in words between quotes.")
    return words.strip()


def _nations(file: _File, entry: Mapping[str, object], line: int) -> tuple[str, ...]:
    nations = entry.get("nations")
    if not isinstance(nations, list) or not nations or not set(nations) <= set(NATIONS):
        says = f"the entry needs `nations`, a list of some of {', '.join(NATIONS)}."
        raise file.wrong(line, says)
    return tuple(nation for nation in NATIONS if nation in nations)
