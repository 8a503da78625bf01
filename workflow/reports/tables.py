"""Tables of figures: the one form that text, HTML, CSV and JSON are all written from."""

from __future__ import annotations

from typing import NamedTuple

from workflow.reports.suppression import Withheld

Value = int | float | str | Withheld | None


class Row(NamedTuple):
    """A line of a table. `key` names it for machines; `level` is how far its label is set in."""

    key: str
    label: str
    values: tuple[Value, ...]
    level: int = 0
    definition: str = ""
    source: str = ""


class Table(NamedTuple):
    """A table: the first column holds the labels. `note` says what has to be known to read it."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def shown(value: Value) -> str:
    """Write a value for people: 1,234 and 87.5%; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, Withheld):
        return value.value
    if isinstance(value, float):
        return f"{value:.1f}%"
    return f"{value:,}" if isinstance(value, int) else value


def written(value: Value) -> str:
    """Write a value for a machine: 1234 and 87.5; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, Withheld):
        return value.value
    return f"{value:.1f}" if isinstance(value, float) else str(value)
