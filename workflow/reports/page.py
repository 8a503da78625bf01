"""The report as one HTML page: charts, a table for each, what every figure means. It needs nothing.

Whatever it prints is escaped, and its policy lets a browser fetch and run nothing.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from workflow.law.dates import long_date
from workflow.reports import charts
from workflow.reports.charts import Bar
from workflow.reports.contents import count, tables
from workflow.reports.figures import FIGURES
from workflow.reports.frame import framed
from workflow.reports.report import heading, notes
from workflow.reports.tables import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workflow.reports.report import Report
    from workflow.reports.tables import Row, Table, Value

_KEPT = ("met", "extended", "late", "open_in_time", "open_late", "on_hold", "elsewhere")
_KINDS_OF_KEPT = ("in-time", "in-time", "late", "open", "late", "none", "none")
_OUTCOMES = {
    "granted": "Granted in full",
    "part": "Granted in part, refused in part",
    "refused": "Refused under exemptions",
    "s12": "Refused for cost (s.12)",
    "s14": "Vexatious or repeated (s.14)",
    "not_held": "Not held",
}
_KEY = (("in-time", "In time"), ("late", "Late"), ("open", "Open"), ("none", "No answer due"))
# Where the stacks by team and by month find their kinds among a row's values.
_RECEIVED, _PARTS = 0, slice(2, 6)
_MOST_BARS = 15


def page(report: Report) -> str:
    """Write the report as an HTML page that stands alone."""
    made = {table.key: table for table in tables(report)}
    parts = [_summary(report, made)]
    for key, table in made.items():
        parts.append(f'<section aria-labelledby="{key}">')
        parts.append(f'<h2 id="{key}">{escape(table.title)}</h2>')
        parts.append(_chart(report, table))
        parts.append(_table(table))
        parts.append("</section>")
    told = f"Made by FOI Desk from its records as at {long_date(report.as_at)}."
    parts.append(f"<footer><p>{escape(told)}</p></footer>")
    return framed(heading(report), notes(report), "".join(parts))


def _summary(report: Report, made: dict[str, Table]) -> str:
    """Tell the few numbers that people look for first."""
    rates = {row.key: row.values[0] for row in made["rates"].rows}
    days = {row.key: row.values[0] for row in made["days"].rows}
    told: tuple[tuple[str, Value], ...] = (
        ("Received", count(report, "received")),
        ("Processed", count(report, "answered")),
        ("Of these, in time", rates["in_time_rate"]),
        ("Answered late", count(report, "late")),
        ("Still open, late", count(report, "open_late")),
        ("Median working days", days["taken"]),
    )
    cards = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(shown(value))}</dd></div>"
        for label, value in told
    )
    return f'<dl class="summary">{cards}</dl>'


def _chart(report: Report, table: Table) -> str:
    """Draw the chart of a table; some need none."""
    if table.key == "cabinet_office":
        return _figure(_one_kind_each(report, table.key, "How requests kept to time", _KEPT))
    if table.key == "code":
        counted = ((label, count(report, key)) for key, label in _OUTCOMES.items())
        rows = [Bar(label, (value,), value) for label, value in counted]
        told = _sentence("What was answered", rows)
        return _figure(charts.bars("code", "What was answered", told, rows))
    if table.key in ("team", "month") and table.rows:
        return _stacks(table)
    if table.key == "exemptions" and table.rows:
        rows = [Bar(row.label, row.values, row.values[0]) for row in table.rows[:_MOST_BARS]]
        told = _sentence("Requests by exemption", rows)
        return _figure(charts.bars("exemptions", "Requests by exemption", told, rows))
    return ""


def _counted(report: Report, keys: Sequence[str]) -> list[Bar]:
    found = ((FIGURES[key].label, count(report, key)) for key in keys)
    return [Bar(_capital(label), (value,), value) for label, value in found]


def _one_kind_each(report: Report, name: str, title: str, keys: Sequence[str]) -> str:
    """Draw bars of which each is of its own kind: in time, late, open, no answer due."""
    rows = _counted(report, keys)
    kinds = charts.KINDS
    spread = [
        row._replace(parts=tuple(row.total if kind == own else 0 for kind in kinds))
        for row, own in zip(rows, _KINDS_OF_KEPT, strict=True)
    ]
    return charts.bars(name, title, _sentence(title, rows), spread, kinds)


def _stacks(table: Table) -> str:
    """Draw what became of the requests of each row. What is withheld is drawn hollow, as a rest."""
    rows = [
        Bar(row.label, (*row.values[_PARTS], _rest(row)), row.values[_RECEIVED])
        for row in table.rows
    ]
    told = f"Requests received, {table.title.lower()}. {_sentence('Received', rows)}"
    draw = charts.columns if table.key == "month" else charts.bars
    drawn = draw(table.key, table.title, told, rows, (*charts.KINDS, charts.WITHHELD))
    has_rest = any(row.parts[-1] for row in rows)
    known = (*_KEY, (charts.WITHHELD, "Withheld")) if has_rest else _KEY
    key = "".join(f'<li><i class="{kind}"></i>{escape(label)}</li>' for kind, label in known)
    return _figure(drawn, f'<figcaption><ul class="key">{key}</ul></figcaption>')


def _rest(row: Row) -> int:
    """Give how much of what was received is in parts that are not shown."""
    whole = row.values[_RECEIVED]
    shown_parts = sum(part for part in row.values[_PARTS] if isinstance(part, int))
    return whole - shown_parts if isinstance(whole, int) else 0


def _figure(drawn: str, after: str = "") -> str:
    return f'<figure><div class="scroll">{drawn}</div>{after}</figure>'


def _sentence(title: str, rows: Sequence[Bar]) -> str:
    told = ", ".join(f"{row.label} {shown(row.total)}" for row in rows)
    return f"{title}: {told}. The table below has the same numbers."


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _table(table: Table) -> str:
    if not table.rows:
        return "<p>None.</p>"
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    body = "".join(map(_row, table.rows))
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{table.key}">'
        f'<table class="{table.key}"><caption>{escape(table.title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{note}"
        f"{_meanings(table)}"
    )


def _row(row: Row) -> str:
    cells = "".join(f"<td{_kind(value)}>{escape(shown(value))}</td>" for value in row.values)
    return f'<tr class="in{row.level}"><th scope="row">{escape(row.label)}</th>{cells}</tr>'


def _kind(value: Value) -> str:
    return ' class="words"' if isinstance(value, str) and len(value) > len("2020-07-14") else ""


def _meanings(table: Table) -> str:
    """Tell what each figure of a table means and who asks for it."""
    told = "".join(_meaning(table.rows))
    if not told:
        return ""
    return f"<details><summary>What these figures mean</summary><dl>{told}</dl></details>"


def _meaning(rows: Sequence[Row]) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        if row.definition and row.key not in seen:
            seen.add(row.key)
            yield f"<dt>{escape(_capital(row.label))}</dt>"
            yield f"<dd>{escape(row.definition)} <small>{escape(row.source)}</small></dd>"
