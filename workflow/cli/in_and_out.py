"""Exporting and importing by the terminal: a bundle, all requests, a tracker, a complete export."""

from __future__ import annotations

import csv
import io
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.errors import Lacking
from workflow.cli.entrance import (
    A_REFERENCE,
    AsOfficer,
    door_of,
    officer_who_acts,
    opened,
    read_settings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workflow.casework.roles import Officer
    from workflow.services.office import Office
    from workflow.services.spreadsheets import Sheet
    from workflow.services.tracker_mapping import TrackerMapping
    from workflow.services.verdict import Verdict
    from workflow.settings import Settings

SOME_REJECTED = 1
SHOWN = 20  # rejected rows and remarks on the screen; all of them go into --rejects

Reference = Annotated[str | None, typer.Argument(metavar="[REF]", help=A_REFERENCE)]
WithApplicant = Annotated[
    bool, typer.Option("--with-applicant", help="Who asked, too. The look is recorded.")
]


def export(
    ctx: typer.Context,
    reference: Reference = None,
    *,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER|FILE.zip", help="Where the bundle goes.")
    ] = None,
    all_: Annotated[
        Path | None,
        typer.Option("--all", metavar="FILE.csv|FILE.jsonl", help="All requests in one file."),
    ] = None,
    with_applicant: WithApplicant = False,
    as_: AsOfficer = None,
) -> None:
    """Write out everything about a request, or all requests. Nothing is written over.

    A bundle has the request, its history, its ledger and what was said, with a manifest. Of all
    requests, .csv is a table for a spreadsheet and .jsonl is complete, for foi import.

    Examples: foi export 002335/20 --to bundle.zip; foi export --all requests.jsonl
    """
    if (reference is None) != (to is None) or (reference is None) == (all_ is None):
        raise Lacking(
            what="Say what to export.", cure="Either REF --to FILE.zip, or --all FILE.csv."
        )
    settings = read_settings()
    with opened(door_of(ctx), settings, as_=as_) as office:
        named = as_ or settings.officer
        officer = officer_who_acts(as_, settings, office.roster) if named else None
        if reference is not None and to is not None:
            _bundle(office, reference, to, officer, with_applicant=with_applicant)
        elif all_ is not None:
            _all(office, all_, officer, with_applicants=with_applicant)


def _bundle(
    office: Office, reference: str, to: Path, officer: Officer | None, *, with_applicant: bool
) -> None:
    from workflow.services import dossier  # noqa: PLC0415  # brings in the store

    files = dossier.dossier(office, reference, officer=officer, with_applicant=with_applicant)
    write = dossier.write_zip if to.suffix.casefold() == ".zip" else dossier.write_folder
    write(files, to)
    _say(f"{to}: {', '.join(files)}.")


def _all(office: Office, path: Path, officer: Officer | None, *, with_applicants: bool) -> None:
    from workflow.services import export as exporting  # noqa: PLC0415  # brings in the store

    kind = path.suffix.casefold()
    if kind == ".jsonl":
        done = exporting.export_everything(
            office, path, officer=officer, with_applicants=with_applicants
        )
    elif kind == ".csv" and not with_applicants:
        done = exporting.export_spreadsheet(office, path, officer=officer)
    else:
        raise Lacking(
            what=f"{path} is neither a table without applicants nor a complete export.",
            cure="Name a .csv file without --with-applicant, or a .jsonl file.",
        )
    whose = "with" if done.with_applicants else "without"
    _say(f"{path}: {done.requests} in all, {whose} their applicants.")
    if done.restricted:
        _say(f"Left out, being restricted: {done.restricted}. The desk exports them: --as HANDLE.")


def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl|FILE.csv", help="What to take in.")],
    *,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What the columns of a CSV mean: import_mapping.toml."),
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the rejected rows there, as CSV.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would become of each row.")
    ] = False,
    as_: AsOfficer = None,
) -> None:
    """Take in a complete export (.jsonl), or a spreadsheet tracker saved as CSV.

    What is here already is never written over. Exit status: 0 when all was taken in, 1 when some
    row was not (each is told with its line and its reason), 2 when the file cannot be read at all.

    Examples: foi import requests.jsonl; foi import tracker.csv --mapping import_mapping.toml
    """
    settings = read_settings()
    with opened(door_of(ctx), settings, whole=True) as office, ExitStack() as files:
        officer = officer_who_acts(as_, settings, office.roster)
        header: tuple[str, ...] = ()
        if file.suffix.casefold() == ".jsonl":
            from workflow.services.restoring import restore  # noqa: PLC0415  # brings in the store

            lines = files.enter_context(file.open("rb"))
            verdicts = restore(office, lines, officer=officer, dry_run=dry_run)
        else:
            from workflow.services import spreadsheets, tracker  # noqa: PLC0415  # as above

            known = _mapping(mapping, settings)
            sheet = files.enter_context(spreadsheets.opened(file))
            _tell_columns(sheet, known)
            header = sheet.header
            verdicts = tracker.take_in(
                office, sheet, known, officer=officer, name=file.name, dry_run=dry_run
            )
        if rejects is not None:
            keep = files.enter_context(_rejected_rows(rejects, header))
            verdicts = _kept(verdicts, keep)
        taken, refused = _told(verdicts)
    would = "would be " if dry_run else ""
    _say(f"{taken} {would}taken in, {refused} {would}rejected.")
    if refused:
        raise typer.Exit(SOME_REJECTED)


def _mapping(path: Path | None, settings: Settings) -> TrackerMapping:
    from workflow.services.tracker_mapping import read_mapping  # noqa: PLC0415  # brings in the store

    if path is None:
        raise Lacking(
            what="A spreadsheet is read by a mapping file.",
            cure=f"Add --mapping {settings.config_dir / 'import_mapping.toml'}.",
        )
    return read_mapping(path)


def _tell_columns(sheet: Sheet, known: TrackerMapping) -> None:
    """Say how the file had to be read, and which of its columns nothing is made of."""
    from workflow.services.tracker_mapping import found_columns  # noqa: PLC0415  # as above

    unknown = found_columns(sheet.header, known).unknown
    if sheet.note:
        _say(sheet.note)
    if unknown:
        _say(f"Nothing is made of these columns: {', '.join(unknown)}.")


def _told(verdicts: Iterator[Verdict]) -> tuple[int, int]:
    """Print what is to be known of single rows, the first of them, and count all."""
    taken = refused = remarked = 0
    for one in verdicts:
        taken, refused = taken + one.accepted, refused + (not one.accepted)
        named = f"line {one.line}{f', {one.reference}' if one.reference else ''}"
        if not one.accepted and refused <= SHOWN:
            _say(f"Rejected, {named}: {one.why_not}")
        for remark in one.remarks if one.accepted else ():
            remarked += 1
            if remarked <= SHOWN:
                _say(f"Taken in, {named}: {remark}")
    for number, what in ((refused, "rejected rows"), (remarked, "remarks")):
        if number > SHOWN:
            _say(f"And {number - SHOWN} more {what}.")
    return taken, refused


@contextmanager
def _rejected_rows(path: Path, header: tuple[str, ...]) -> Iterator[Callable[[Verdict], None]]:
    """Open a CSV of the rejected rows: line, reason, and the cells as they were, to be mended."""
    from workflow.services.spreadsheets import harmless  # noqa: PLC0415  # only where asked for
    from workflow.services.writing_out import new_file  # noqa: PLC0415  # only where asked for

    with new_file(path) as file, io.TextIOWrapper(file, "utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(map(harmless, ("Line", "Rejected because", *header)))

        def keep(one: Verdict) -> None:
            row = (str(one.line), one.why_not, *(one.cells or (one.reference,)))
            writer.writerow(map(harmless, row))

        yield keep


def _kept(verdicts: Iterator[Verdict], keep: Callable[[Verdict], None]) -> Iterator[Verdict]:
    for one in verdicts:
        if not one.accepted:
            keep(one)
        yield one


def _say(line: str) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    paper.passage(line, indent=0)
