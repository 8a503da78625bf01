"""One row of a tracker: its cells by field, and its days read as days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking
from workflow.law.dates import long_date
from workflow.services.tracker_mapping import read_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workflow.services.tracker_mapping import TrackerMapping

DAYS = (
    *("received", "acknowledged", "allocated", "clarification_sought", "clarification_received"),
    *("fees_notice", "fee_received", "extended", "closed"),
)


class Row(NamedTuple):
    """The cells of one row by field, its days read, and where it stands: "tracker.csv, line 12"."""

    cells: Mapping[str, str]
    days: Mapping[str, date]
    place: str
    mapping: TrackerMapping

    def word(self, field: str) -> str:
        """Give a cell, empty where there is none."""
        return self.cells.get(field, "")

    @property
    def as_told(self) -> str:
        """Say whose word it is: "as tracker.csv, line 12 has it"."""
        return f"as {self.place} has it"


def read_row(cells: Mapping[str, str], mapping: TrackerMapping, place: str, *, on: date) -> Row:
    """Read the days of a row. Raises Lacking for one that is no date, or still to come."""
    days = {name: read_day(cells[name], mapping) for name in DAYS if cells.get(name)}
    for name, day in days.items():
        if day > on:
            what = f"“{name.replace('_', ' ')}” is {long_date(day)}, which is in the future."
            raise Lacking(what=what, cure="Correct the date.")
    for name in ("reference", "received"):
        if not cells.get(name):
            raise Lacking(what=f"The row has no {name}.", cure="Give it one, and import it again.")
    return Row(cells, days, place, mapping)
