"""`foi publish`: the disclosure log, for everyone to read; what could name a person is masked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.errors import Lacking
from workflow.cli.entrance import door_of, opened, read_settings

if TYPE_CHECKING:
    from workflow.services.reporting import DisclosureLog

SUFFIXES = (".csv", ".html")


def publish(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A name ending in .csv or .html.")],
    *,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Answered on this day or later.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Answered on this day or before.")
    ] = None,
    letters: Annotated[
        bool, typer.Option("--letters", help="With the words of the answers, masked too.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be published; write nothing.")
    ] = False,
) -> None:
    """The disclosure log: reference, day, subject and outcome of every answer. Never who asked.

    E-mail addresses, telephone and national insurance numbers, postcodes and the applicant's name
    are masked, and each is told. Read it before you publish it: a pattern knows no other names.

    Example: foi publish disclosure-log.html --from 2020-07-01
    """
    if file.suffix.lower() not in SUFFIXES:
        raise Lacking(what=f"{file} ends in neither .csv nor .html.", cure="Name it so.")
    with opened(door_of(ctx), read_settings(), whole=True) as office:
        from workflow.cli.report import day_given  # noqa: PLC0415  # only here
        from workflow.services import reporting  # noqa: PLC0415  # brings in the store

        today = office.today()
        first, last = day_given(from_), day_given(to)
        log = reporting.disclosure_log(office, first=first, last=last or today, letters=letters)
    if dry_run:
        _show(log)
    else:
        file.write_text(_text(log, file, letters=letters), encoding="utf-8", newline="")
    _tell(log, file, dry_run=dry_run)


def _text(log: DisclosureLog, file: Path, *, letters: bool) -> str:
    from workflow.reports import disclosure_log  # noqa: PLC0415  # only to write

    if file.suffix.lower() == ".csv":
        return disclosure_log.spreadsheet(log.entries, letters=letters)
    return disclosure_log.page(log.entries, authority=log.authority, letters=letters)


def _show(log: DisclosureLog) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.reports.disclosure_log import COLUMNS  # noqa: PLC0415  # as above

    rows = [
        (one.reference, one.answered_on.isoformat(), one.subject, one.outcome)
        for one in log.entries
    ]
    paper.table(COLUMNS, rows, nothing="Nothing was answered in that time.")


def _tell(log: DisclosureLog, file: Path, *, dry_run: bool) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    done = f"Would write {file}" if dry_run else f"Wrote {file}"
    paper.say(f"{done}: {len(log.entries)} answers.")
    for one in log.entries:
        for what in one.removed:
            paper.say(f"Masked in {one.reference}: {what}.")
    for reference, why in log.kept_back:
        paper.say(f"Kept back {reference}: {why}.")
