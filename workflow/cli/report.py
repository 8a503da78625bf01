"""`foi report`: the figures of a period, for the office or for publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.errors import Lacking
from workflow.cli.entrance import AsJson, door_of, opened, read_settings

if TYPE_CHECKING:
    from workflow.reports.period import Period
    from workflow.reports.report import Report


def report(  # noqa: PLR0913  # each option by its name
    ctx: typer.Context,
    *,
    quarter: Annotated[
        str | None, typer.Option(metavar="QUARTER", help="A calendar quarter: 2020-Q3.")
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="The first day of receipt.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="The last day of receipt.")
    ] = None,
    as_at: Annotated[
        str | None,
        typer.Option("--as-at", metavar="DAY", help="The monitoring day; today unless given."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with charts.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a spreadsheet.")
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="For the public: small numbers withheld.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Figures: the Code's, the Cabinet Office's, by team and month, days, reviews, what is late.

    Requests belong to the period in which they were received; this year unless given.

    Example: foi report --quarter 2020-Q3 --html figures.html
    """
    with opened(door_of(ctx), read_settings(), whole=True) as office:
        from workflow.services import reporting  # noqa: PLC0415  # brings in the store

        on = _monitoring_day(day_given(as_at), office.today())
        period = _period(quarter, day_given(from_), day_given(to), on)
        made = reporting.report(office, period, as_at=on, publish=publish)
    if html is not None or csv is not None:
        _write(made, html, csv)
    elif as_json:
        _print_json(made)
    else:
        _print(made)


def _period(quarter: str | None, first: date | None, last: date | None, on: date) -> Period:
    from workflow.reports import period  # noqa: PLC0415  # only where figures are wanted

    if quarter is not None and (first or last):
        raise Lacking(what="A quarter and other days were given.", cure="Give one of the two.")
    try:
        if quarter is not None:
            return period.quarter(quarter)
        whole = period.year_of((first or last or on).year)
        return period.between(first or whole.first, last or (on if first else whole.last))
    except period.NoSuchPeriod as error:
        raise Lacking(what=str(error), cure="") from None


def _monitoring_day(given: date | None, today: date) -> date:
    if given is not None and given > today:
        raise Lacking(
            what=f"{given.isoformat()} lies ahead, and nobody knows how things will stand.",
            cure="Give a day up to today.",
        )
    return given or today


def day_given(written: str | None) -> date | None:
    """Read a day as it was typed; None for none. Raises Lacking."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Lacking(what=f"“{written}” is not a date.", cure="Write it 2020-07-31.") from None


def _print(made: Report) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.reports import contents  # noqa: PLC0415  # as above
    from workflow.reports import report as figures  # noqa: PLC0415  # as above
    from workflow.reports.tables import shown  # noqa: PLC0415  # as above

    paper.heading(figures.heading(made))
    paper.say(*figures.notes(made))
    for table in contents.tables(made):
        paper.say("")
        paper.heading(table.title)
        rows = [
            (". " * row.level + row.label, *(shown(value) for value in row.values))
            for row in table.rows
        ]
        paper.table(table.columns, rows, nothing="None.")
        if table.note and rows:
            paper.passage(table.note)


def _print_json(made: Report) -> None:
    from workflow.cli import machine_text  # noqa: PLC0415  # only to print
    from workflow.reports import contents  # noqa: PLC0415  # as above
    from workflow.reports import report as figures  # noqa: PLC0415  # as above

    typer.echo(
        machine_text.printed(
            {
                "authority": made.authority,
                "from": made.period.first,
                "to": made.period.last,
                "as_at": made.as_at,
                "published": made.published,
                "notes": figures.notes(made),
                "tables": contents.tables(made),
            }
        )
    )


def _write(made: Report, html: Path | None, csv: Path | None) -> None:
    from workflow.reports import page, spreadsheet  # noqa: PLC0415  # only to write files

    for file, text in ((html, page.page), (csv, spreadsheet.lines)):
        if file is not None:
            file.write_text(text(made), encoding="utf-8", newline="")
            typer.echo(f"Wrote {file}.")
