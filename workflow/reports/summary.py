"""A report in lines, for a chat: the numbers that are asked for most, and no request by name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workflow.reports import contents, report
from workflow.reports.tables import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.reports.report import Report
    from workflow.reports.tables import Row, Table

# The tables in the order in which they are told. What names single requests is not among them.
TOLD = ("code", "rates", "days", "team", "month", "exemptions", "reviews")


def lines(made: Report) -> tuple[str, ...]:
    """Tell a report line by line: timeliness, teams, days, exemptions, reviews, delay, trend."""
    tables = {table.key: table for table in contents.tables(made)}
    told = [line for key in TOLD for line in _table(tables[key])]
    return (report.heading(made), *report.notes(made), *told, *_late(made))


def _table(table: Table) -> Iterator[str]:
    if table.rows:
        yield f"{table.title}:"
    for row in table.rows:
        yield f"{'. ' * (row.level + 1)}{row.label}: {_values(table, row)}"


def _values(table: Table, row: Row) -> str:
    """Write the values of a row; where there are several, each after the name of its column."""
    _, *columns = table.columns
    if len(columns) == 1:
        return shown(row.values[0])
    named = zip(columns, row.values, strict=True)
    return ", ".join(f"{column[:1].lower()}{column[1:]} {shown(value)}" for column, value in named)


def _late(made: Report) -> Iterator[str]:
    """Say how many are late and where their time went, without naming one."""
    delays = [atom.delay for atom in made.atoms if atom.delay is not None]
    yield f"Late, answered or still open: {len(delays)}"
    longest = Counter(one.longest[0].value for one in delays if one.longest is not None)
    for stage, number in longest.most_common():
        yield f". longest in {stage}: {number}"
