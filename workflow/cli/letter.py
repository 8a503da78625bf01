"""The letter of a request by the terminal: what it lacks, and the letter itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.cli.entrance import (
    AsOfficer,
    Reference,
    door_of,
    officer_who_acts,
    opened,
    read_settings,
)

if TYPE_CHECKING:
    from workflow.letters.document import Document
    from workflow.services.office import Office


def check(ctx: typer.Context, *, reference: Reference) -> None:
    """What the answer of a request still lacks of what s.17 asks. Exit status 1 if anything.

    Example: foi check 002335/20
    """
    with opened(door_of(ctx), read_settings()) as office:
        from workflow.cli import paper  # noqa: PLC0415  # only to print
        from workflow.services import answers, lists  # noqa: PLC0415  # bring in the store

        missing = answers.check(office, lists.find(office, reference)).missing
        paper.say(*(missing or ["Nothing that s.17 asks for is missing."]))
    if missing:
        raise typer.Exit(1)


def letter(
    ctx: typer.Context,
    *,
    reference: Reference,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="Which letter: acknowledgement, clarification, fees-notice, extension, transfer, "
            "review-acknowledgement, review-outcome or the answer. The one that fits now unless "
            "given.",
        ),
    ] = None,
    versions: Annotated[
        bool, typer.Option("--versions", help="How the answer's letter changed, and by whom.")
    ] = False,
    docx: Annotated[Path | None, typer.Option(help="Write it as DOCX, to edit.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write it as PDF, to send.")] = None,
    applicant: Annotated[
        bool,
        typer.Option(
            "--with-applicant",
            "--applicant",
            help="Name the applicant, for the desk alone: that you looked is kept.",
        ),
    ] = False,
    as_: AsOfficer = None,
) -> None:
    """A letter about a request: to acknowledge, to clarify, to answer, on its review.

    An answer is refused while s.17 misses something in it.

    Example: foi letter 002335/20 --docx answer.docx --with-applicant
    """
    settings = read_settings()
    with opened(door_of(ctx), settings, as_=as_) as office:
        if versions:
            _print_versions(office, reference)
            return
        from workflow.services import correspondence  # noqa: PLC0415  # brings in the store
        from workflow.services.letter_kinds import kind_named  # noqa: PLC0415  # as above

        made = correspondence.letter(
            office,
            reference,
            officer=officer_who_acts(as_, settings, office.roster),
            kind=kind_named(kind) if kind else None,
            with_applicant=applicant,
        )
    _write(made.document, docx, pdf)


def _print_versions(office: Office, reference: str) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.services import versions  # noqa: PLC0415  # brings in the store

    paper.say(*versions.told(versions.versions_of(office, reference)))


def _write(made: Document, docx: Path | None, pdf: Path | None) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    if docx is not None:
        from workflow.letters.docx import to_docx  # noqa: PLC0415  # only when asked for

        docx.write_bytes(to_docx(made))
        paper.say(f"Written: {docx}")
    if pdf is not None:
        from workflow.letters.pdf import to_pdf  # noqa: PLC0415  # only when asked for

        pdf.write_bytes(to_pdf(made))
        paper.say(f"Written: {pdf}")
    if docx is None and pdf is None:
        from workflow.letters.plain import to_plain  # noqa: PLC0415  # only when asked for

        paper.say(*to_plain(made).splitlines())
