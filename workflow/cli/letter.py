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


def check(ctx: typer.Context, *, reference: Reference) -> None:
    """What the answer of a request still lacks of what s.17 asks. Exit status 1 if anything.

    Example: foi check 002335/20
    """
    with opened(door_of(ctx), read_settings()) as office:
        from workflow.cli import paper  # noqa: PLC0415  # only to print
        from workflow.services import letters, lists  # noqa: PLC0415  # bring in the store

        missing = letters.check(office, lists.find(office, reference)).missing
        paper.say(*(missing or ["Nothing that s.17 asks for is missing."]))
    if missing:
        raise typer.Exit(1)


def letter(
    ctx: typer.Context,
    *,
    reference: Reference,
    docx: Annotated[Path | None, typer.Option(help="Write it as DOCX, to edit.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write it as PDF, to send.")] = None,
    applicant: Annotated[
        bool, typer.Option("--applicant", help="Name the applicant: not for many eyes.")
    ] = False,
    as_: AsOfficer = None,
) -> None:
    """The letter that answers a request, made of what was decided; refused while it is incomplete.

    Example: foi letter 002335/20 --docx answer.docx --applicant
    """
    settings = read_settings()
    with opened(door_of(ctx), settings) as office:
        from workflow.services import letters  # noqa: PLC0415  # brings in the store

        officer = officer_who_acts(as_, settings, office.roster)
        made = letters.letter(office, reference, officer=officer, with_applicant=applicant)
    _write(made, docx, pdf)


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
