"""The report as one CSV: a line for every figure, so that a spreadsheet can filter and compare."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from workflow.reports.contents import tables
from workflow.reports.tables import written

if TYPE_CHECKING:
    from workflow.reports.report import Report

COLUMNS = ("table", "row", "figure", "column", "value", "definition", "source")
# A spreadsheet takes a cell that begins so for a formula, and what the public wrote might be one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(report: Report) -> str:
    """Write every figure of the report as CSV: table, row, figure, column, value, meaning."""
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow(COLUMNS)
    for table in tables(report):
        for row in table.rows:
            for column, value in zip(table.columns[1:], row.values, strict=True):
                said = (table.key, row.key, row.label, column, written(value))
                writer.writerow(map(harmless, (*said, row.definition, row.source)))
    return told.getvalue()


def harmless(cell: str) -> str:
    """Keep a spreadsheet from taking words for a formula: they get an apostrophe in front."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
