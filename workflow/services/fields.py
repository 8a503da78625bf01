"""What a field of a form may hold, and how what was typed or chosen is read: kind by kind."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from workflow.casework.errors import Lacking, shown
from workflow.casework.request import Nature, Treatment
from workflow.law.answer import Outcome
from workflow.law.cost_limit import Activity
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_TEXT = 3000  # what a modal of Slack's can hold


class Kind(StrEnum):
    """What a field holds. All but TEXT are one word when typed in a command."""

    TEAM = "team"
    OFFICER = "officer"  # of the same team
    ANYBODY = "anybody"  # an officer of any team
    CHOICE = "choice"
    DAY = "day"
    HOURS = "hours"
    WORKING_DAYS = "working days"
    POUNDS = "pounds"
    SECTION = "section"
    NUMBERS = "numbers"
    ACTIVITY = "activity"
    REGIME = "regime"
    SECTIONS = "sections"
    TREATMENT = "treatment"
    NATURE = "nature"
    OFFICERS = "officers"
    WORD = "word"
    TEXT = "text"


class Field(NamedTuple):
    """One thing an act asks for. `name` is the parameter of the act's function in `decide`.

    A text with a `keyword` is typed after it: "by e-mail late because: two were ill".
    """

    name: str
    kind: Kind
    label: str
    required: bool = True
    choices: tuple[str, ...] = ()
    hint: str = ""
    keyword: str = ""


def in_words(choice: str) -> str:
    """Say a choice as it is read; typed it is one short word: "part", "not-held"."""
    return Outcome(choice).words if choice in set(Outcome) else choice.replace("-", " ")


def read(field: Field, text: str) -> Any:  # noqa: ANN401  # each kind has a type of its own
    """Read one value of a field. Raises Lacking with what was expected."""
    if len(text) > LONGEST_TEXT and field.kind is not Kind.TEXT:
        raise _too_long(field, text, cure="")
    reader = _READERS.get(field.kind)
    return reader(field, text) if reader else _text(field, text)


def _text(field: Field, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise _too_long(
            field, text, cure=f"Keep it under {LONGEST_TEXT:,} and attach the rest to the thread."
        )
    return text


def _too_long(field: Field, text: str, *, cure: str) -> Lacking:
    return Lacking(what=f"{field.label}: {len(text):,} characters are too many.", cure=cure)


def _choice(field: Field, text: str) -> str:
    wanted = text.casefold().replace("_", "-").replace(" ", "-")
    for choice in field.choices:
        if wanted in (choice, choice.replace(".", "")):
            return choice
    label = field.label.rstrip("?")
    raise Lacking(what=f"{label}: say one of {', '.join(field.choices)}.", cure="")


def read_day(text: str) -> date:
    """Read a day as people here write it: 2020-07-14, 14/7/2020, 14 July 2020. Raises Lacking."""
    flat = " ".join(text.replace(",", " ").split())
    found = re.fullmatch(r"(\d{1,2})[/. ](\w+)[/. ](\d{4})", flat)
    try:
        if found is None:
            return date.fromisoformat(flat)
        day, month, year = found.groups()
        return date(int(year), _month(month), int(day))
    except ValueError:
        raise Lacking(
            what=f"{shown(text, 30)} is not a day.", cure="Write it like 14 July 2020."
        ) from None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].casefold()) + 1


def _hours(field: Field, text: str) -> float:
    try:
        hours = float(text.removesuffix("h"))
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 1000:  # noqa: PLR2004  # a year of work: more is a slip of the finger
        raise Lacking(
            what=f"{field.label}: {shown(text, 20)} is not a number of hours.",
            cure="Write it like 1.5.",
        )
    return hours


def _working_days(field: Field, text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text):
        raise Lacking(
            what=f"{field.label}: {shown(text, 20)} is not a whole number.",
            cure="Write it like 20.",
        )
    return int(text)


def _pounds(field: Field, text: str) -> Decimal:
    try:
        amount = Decimal(text.removeprefix("£"))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise Lacking(
            what=f"{field.label}: {shown(text, 20)} is not an amount.", cure="Write it like 12.50."
        )
    return amount


def _section(field: Field, text: str) -> str:
    found = re.fullmatch(
        r"(?:s\.?|section|(reg)(?:\.|ulation)?)?\s*(\d{1,2}[A-Z]?)((?:\(\w{1,4}\))*)",
        text,
        re.IGNORECASE,
    )
    if found is None:
        raise Lacking(
            what=f"{field.label}: {shown(text, 20)} is not a section.",
            cure="Write it like s.31(1)(a).",
        )
    return f"{'reg. ' if found[1] else 's.'}{found[2].upper()}{found[3]}"


def _numbers(field: Field, text: str) -> tuple[int, ...]:
    if not re.fullmatch(r"\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*", text):
        raise Lacking(
            what=f"{field.label}: {shown(text, 20)} are not numbers.",
            cure="Write it like 1 or 2-11.",
        )
    spans = (one.partition("-") for one in text.split(","))
    return tuple(n for first, _, last in spans for n in range(int(first), int(last or first) + 1))


def _sections(field: Field, text: str) -> tuple[str, ...]:
    return tuple(_section(field, one.strip()) for one in text.split(","))


def _officers(_field: Field, text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _activity(field: Field, text: str) -> Activity:
    return Activity[_choice(field, text).upper()]


_READERS: Mapping[Kind, Callable[[Field, str], Any]] = {
    Kind.CHOICE: _choice,
    Kind.DAY: lambda _field, text: read_day(text),
    Kind.HOURS: _hours,
    Kind.WORKING_DAYS: _working_days,
    Kind.POUNDS: _pounds,
    Kind.SECTION: _section,
    Kind.NUMBERS: _numbers,
    Kind.ACTIVITY: _activity,
    Kind.SECTIONS: _sections,
    Kind.OFFICERS: _officers,
    Kind.TREATMENT: lambda field, text: Treatment(_choice(field, text)),
    Kind.NATURE: lambda field, text: Nature(_choice(field, text)),
    Kind.REGIME: lambda field, text: Regime(_choice(field, text).replace("-", " ")),
}
