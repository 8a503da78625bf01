# ruff: noqa: E501  # the table of reviews is read across, one figure a line
"""What the report contains: its tables, in order, each number as it may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.reports import figures, tallies
from workflow.reports.atoms import ANSWERS
from workflow.reports.figures import COLUMNS, FIGURES, RATES
from workflow.reports.period import month_name
from workflow.reports.suppression import LEAST_SHOWN
from workflow.reports.tables import Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.reports.atoms import Atom
    from workflow.reports.figures import Line
    from workflow.reports.report import Report
    from workflow.reports.suppression import Cell
    from workflow.reports.tables import Value

NOBODY = "Not allocated"
_LABELS = ("Received", "Processed", "In time", "Late", "Open", "No answer due")
BY_LAW = (
    "Working days after receipt or, where clarification came, after that; less those of a fees "
    "notice (s.10)."
)
BY_CALENDAR = "All working days after the date of receipt, as the applicant sees it."
_HIGH = f"{tallies.HIGH}th percentile"

# fmt: off
_REVIEWS = (
    # key           set in  label                                  definition
    ("reviewed",    0, "Reviews asked for",                        "By applicants whose request was received in the period."),
    ("upheld",      1, "upheld",                                   "The original decision stands."),
    ("varied",      1, "varied",                                   "Some of it was changed."),
    ("overturned",  1, "overturned",                               "It was reversed."),
    ("review_open", 1, "not yet decided",                          "Still open at the monitoring day."),
    ("review_late", 0, "Decided or open past the day for a reply", "20 working days, 40 at most (the Code, chapter 5); 40 under reg. 11(4) EIR."),
    ("complaints",  0, "Complaints to the Commissioner",           "Recorded by the monitoring day (s.50)."),
)
# fmt: on


def tables(report: Report) -> tuple[Table, ...]:
    """Give every table of the report, in order. What names single requests is never published."""
    made = (
        _set(report, "code", "The Code's figures", figures.CODE_SET),
        _set(report, "cabinet_office", "The Cabinet Office's figures", figures.CABINET_SET),
        _rates(report),
        _days(report),
        _by(report, "team", "By team"),
        _by(report, "month", "By month of receipt"),
        _exemptions(report),
        _reviews(report),
    )
    return made if report.published else (*made, _late(report))


def count(report: Report, key: str) -> Value:
    """Give one figure of the whole report, as it may be shown."""
    return _shown(report, ("all", key), figures.counts(report.atoms, [key])[key])


def _shown(report: Report, cell: Cell, value: int) -> Value:
    return report.hidden.get(cell, value)


def _set(report: Report, key: str, title: str, lines: Sequence[Line]) -> Table:
    rows = []
    for line in lines:
        figure = FIGURES[line.key]
        label = line.label or figure.label
        values = (count(report, line.key),)
        rows.append(Row(line.key, label, values, line.level, figure.definition, figure.source))
    return Table(key, title, ("Figure", "Requests"), tuple(rows))


def _rates(report: Report) -> Table:
    rows = []
    for rate in RATES:
        part, whole = count(report, rate.part), count(report, rate.whole)
        values = (_share(part, whole), part, whole)
        rows.append(Row(rate.key, rate.label, values, 0, rate.definition, rate.source))
    return Table("rates", "Rates", ("Rate", "Share", "Requests", "Of"), tuple(rows))


def _share(part: Value, whole: Value) -> float | None:
    """Give a percentage; None of nothing, and where either number is withheld."""
    if not isinstance(part, int) or not isinstance(whole, int) or whole == 0:
        return None
    return 100 * part / whole


def _days(report: Report) -> Table:
    """Tell how long answers took, by what the statute counts and by the calendar."""
    answered = [atom for atom in report.atoms if atom.is_answered]
    whole = count(report, "answered")
    by_law = _days_shown(report, whole, [one.taken for one in answered])
    by_calendar = _days_shown(report, whole, [one.elapsed for one in answered])
    rows = (
        Row("taken", "As the statute counts", by_law, 0, BY_LAW, figures.HOUSE),
        Row("elapsed", "Since receipt", by_calendar, 0, BY_CALENDAR, figures.HOUSE),
    )
    return Table("days", "Working days taken", ("Counted", "Median", _HIGH, "Longest"), rows)


def _days_shown(report: Report, answered: Value, days: Sequence[int | None]) -> tuple[Value, ...]:
    """Give median, 90th percentile and longest, as far as they may be told.

    The longest is one request's own, and so are the others where few were answered.
    """
    if report.published and not (isinstance(answered, int) and answered >= LEAST_SHOWN):
        return None, None, None
    middle, high, longest = tallies.spread(days)
    shown = None if middle is None else f"{middle:g}"
    return shown, high, None if report.published else longest


def _name(report: Report, by: str, key: str) -> str:
    return month_name(key) if by == "month" else report.team_names.get(key, key or NOBODY)


def _by(report: Report, by: str, title: str) -> Table:
    groups = report.groups(by).items()
    rows = tuple(_group_row(report, by, key, atoms) for key, atoms in groups)
    columns = (by.capitalize(), *_LABELS, "In time %", "Median days", _HIGH)
    note = "In time includes permitted extensions. Days are working days, as the statute counts."
    return Table(by, title, columns, rows, note)


def _group_row(report: Report, by: str, key: str, atoms: Sequence[Atom]) -> Row:
    numbers = figures.counts(atoms, COLUMNS)
    cells = {name: _shown(report, (by, key, name), numbers[name]) for name in COLUMNS}
    taken = [atom.taken for atom in atoms if atom.is_answered]
    days = _days_shown(report, cells["answered"], taken)[:2]
    values = (*cells.values(), _share(cells["in_time"], cells["answered"]), *days)
    return Row(key or "none", _name(report, by, key), values)


def _exemptions(report: Report) -> Table:
    rows = tuple(
        Row(name, name, (_shown(report, ("exemption", name), number),))
        for name, number in tallies.by_exemption(report.atoms).items()
    )
    note = (
        "Requests refused in part or in full in which it was relied on. A request may rest on "
        "several, so these do not add up to a number of requests."
    )
    return Table("exemptions", "Exemptions and exceptions", ("Exemption", "Requests"), rows, note)


def _reviews(report: Report) -> Table:
    numbers = tallies.of_reviews(report.atoms)
    rows = tuple(
        Row(key, label, (_shown(report, ("all", key), numbers[key]),), level, definition,
            figures.REVIEWED)
        for key, level, label, definition in _REVIEWS
    )  # fmt: skip
    return Table("reviews", "Internal reviews and complaints", ("Figure", "Requests"), rows)


def _late(report: Report) -> Table:
    """List what is late, the latest first, and where its time went: for the office only."""
    late = [atom for atom in report.atoms if atom.delay is not None]
    late.sort(key=lambda atom: (-_days_late(atom), atom.reference))
    rows = tuple(
        Row(atom.reference, atom.reference,
            ("answered late" if atom.ending in ANSWERS else "still open",
             atom.due_on.isoformat() if atom.due_on else None, _days_late(atom),
             _name(report, "team", atom.team or ""), _why(atom)))
        for atom in late
    )  # fmt: skip
    columns = ("Reference", "Now", "Was due", "Days late", "Team", "Where its time went")
    return Table("late", "What is late, and why", columns, rows)


def _days_late(atom: Atom) -> int:
    return atom.delay.by if atom.delay else 0


def _why(atom: Atom) -> str:
    delay = atom.delay
    if delay is None or delay.longest is None:
        return ""
    stage, days = delay.longest
    told = f"longest in {stage} ({days} working day{'' if days == 1 else 's'})"
    if delay.stood_at is not None:
        told = f"in {delay.stood_at} when time ran out; {told}"
    if not delay.escalations:
        return f"{told}; not escalated"
    return f"{told}; escalated {delay.escalations} time{'' if delay.escalations == 1 else 's'}"
