"""How a spreadsheet tracker's columns and words are understood: config/import_mapping.toml."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.decide.consideration import OUTCOMES
from workflow.casework.errors import Lacking, shown
from workflow.casework.stages import Stage
from workflow.law.regime import Regime
from workflow.practice import PracticeError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

REQUIRED = ("reference", "received")
FIELDS = (
    *(*REQUIRED, "subject", "description", "regime", "team", "officer", "status"),
    *("applicant_name", "applicant_address", "acknowledged", "allocated"),
    *("clarification_sought", "clarification_received", "fee_amount", "fees_notice"),
    *("fee_received", "extended", "extended_by", "extended_for", "due", "closed", "outcome"),
)
# Further on than searching, a status word is no evidence: searches and decisions are logged here.
STAGES = (Stage.RECEIVED, Stage.SEARCHING, Stage.CLOSED)
ENDINGS = (*OUTCOMES, "transferred", "withdrawn", "lapsed")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_TIME_OF_DAY = re.compile(r"[ T,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?$")
# Spreadsheets count days from here (their 29 February 1900, which never was, stays behind us).
_DAY_ZERO = date(1899, 12, 30)


class TrackerMapping(NamedTuple):
    """Which column is which field, and what the tracker's own words mean."""

    columns: Mapping[str, tuple[str, ...]]
    formats: tuple[str, ...]
    serials: bool
    status: Mapping[str, str]
    outcome: Mapping[str, str]
    team: Mapping[str, str]
    regime: Mapping[str, str]


class Columns(NamedTuple):
    """Where each field stands in a file, and which of its columns nothing is made of."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]


def folded(words: str) -> str:
    """Write words as they are compared: without case, and with single spaces."""
    return " ".join(words.split()).casefold()


def read_mapping(path: Path) -> TrackerMapping:
    """Read a mapping file. Raises PracticeError naming the entry that cannot be used."""
    data = _read(path)
    columns = _columns(path, _table(path, data, "columns"))
    dates = _table(path, data, "dates")
    formats = _texts(path, "dates", dates.get("formats"))
    for one in formats:
        if not {"%d", "%m"} <= set(re.findall("%.", one.replace("%b", "%m").replace("%B", "%m"))):
            raise PracticeError(path, "dates", f"“{one}” has no day and month (%d, %m or %b).")
    return TrackerMapping(
        columns=columns,
        formats=formats,
        serials=bool(dates.get("excel_serials", True)),
        status=_words(path, data, "status", tuple(STAGES)),
        outcome=_words(path, data, "outcome", ENDINGS),
        team=_words(path, data, "team", None),
        regime=_words(path, data, "regime", tuple(Regime)),
    )


def found_columns(header: Sequence[str], mapping: TrackerMapping) -> Columns:
    """Find the fields among the names of a file's columns. Raises Lacking for what is missing."""
    names = [folded(name) for name in header]
    places: dict[str, int] = {}
    for field, known in mapping.columns.items():
        there = [names.index(name) for name in known if name in names]
        if there:
            places[field] = there[0]
    needed = [field for field in REQUIRED if field not in places]
    if "subject" not in places and "description" not in places:
        needed.append("subject or description")
    if needed:
        raise Lacking(
            what=f"No column of the file is known as {', '.join(needed)}.",
            cure="Name it under [columns] in the mapping file; the file has: "
            f"{shown(', '.join(filter(None, header)), 300)}.",
        )
    used = set(places.values())
    unknown = (name for place, name in enumerate(header) if place not in used and name)
    return Columns(places, tuple(unknown))


def read_day(written: str, mapping: TrackerMapping) -> date:
    """Read a day in the tracker's own way of writing it, or as ISO has it.

    A number of five digits is a spreadsheet's count of days. Raises Lacking for anything else.
    """
    serial = _SERIAL.fullmatch(written)
    if serial and mapping.serials:
        return _DAY_ZERO + timedelta(days=int(serial[1]))
    plain = _TIME_OF_DAY.sub("", written)
    for form in ("%Y-%m-%d", *mapping.formats):
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
    raise Lacking(
        what=f"{shown(written)} is not a date as this tracker writes them.",
        cure="Correct it, or add its format under [dates] in the mapping file.",
    )


def meant(written: str, words: Mapping[str, str], what: str) -> str:
    """Give what a word of the tracker means. Raises Lacking, naming the table to add it to."""
    known = words.get(folded(written))
    if known is None:
        raise Lacking(
            what=f"The {what} {shown(written)} is not in the mapping file.",
            cure=f"Add it under [{what}].",
        )
    return known


def _columns(path: Path, table: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    for field in table:
        if field not in FIELDS:
            raise PracticeError(
                path, "columns", f"“{field}” is no field; the fields are: {', '.join(FIELDS)}."
            )
    columns = {
        field: tuple(map(folded, _texts(path, f"columns, {field}", names)))
        for field, names in table.items()
    }
    seen: dict[str, str] = {}
    for field, names in columns.items():
        for name in names:
            if seen.setdefault(name, field) != field:
                raise PracticeError(
                    path, "columns", f"“{name}” is given for {seen[name]} and for {field}."
                )
    return columns


def _words(
    path: Path, data: Mapping[str, object], name: str, known: Collection[str] | None
) -> dict[str, str]:
    table = _table(path, data, name) if name in data else {}
    for word, meaning in table.items():
        if not isinstance(meaning, str) or (known is not None and meaning not in known):
            choice = f"one of: {', '.join(known)}" if known else "some text"
            raise PracticeError(path, name, f"“{word}” must mean {choice}.")
    return {folded(word): str(meaning) for word, meaning in table.items()}


def _texts(path: Path, entry: str, value: object) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed:
        raise PracticeError(path, entry, "it must be some text, or a list of texts.")
    if not all(isinstance(one, str) and one.strip() for one in listed):
        raise PracticeError(path, entry, "each must be some text.")
    return tuple(listed)


def _table(path: Path, data: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = data.get(name)
    if not isinstance(found, dict):
        raise PracticeError(path, f"[{name}]", "this table is missing. Add it.")
    return found


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise PracticeError(path, "the file", "it is not there. Correct --mapping.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PracticeError(path, "the file", f"it is not valid TOML: {error}.") from None
