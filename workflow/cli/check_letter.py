"""`foi check-letter`: what a letter lacks of what the law asks. It needs no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from workflow.letters.findings import Finding
    from workflow.letters.reading import LetterReading

LACKING = 1


def check_letter(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="DOCX, PDF or plain text.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail for what good practice asks for, too.")
    ] = False,
) -> None:
    """What a letter holds, and lacks, of what s.17 asks of a refusal notice.

    Example: foi check-letter answer.docx

    It looks for words, not for law: read what it found, and what it could not find. Exit status: 0
    when all that the law asks for was found, 1 when something was not, 2 for a file that cannot be
    read.
    """
    from workflow.services import letter_check  # noqa: PLC0415  # only when a letter is checked

    is_standard_input = file == "-"
    content = sys.stdin.buffer.read() if is_standard_input else Path(file).read_bytes()
    name = "standard input" if is_standard_input else file
    try:
        reading = letter_check.check(content, name=name)
    except letter_check.LetterUnreadable as error:
        raise typer.BadParameter(str(error), param_hint="FILE") from None
    if as_json:
        shown = letter_check.as_json(reading)
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _tell(reading)
    if reading.missing or (strict and reading.unpractised):
        raise typer.Exit(LACKING)


def _tell(reading: LetterReading) -> None:
    from workflow.cli.paper import heading, say, table  # noqa: PLC0415  # only to print

    law = "reg. 14 EIR" if reading.regime == "eir" else "s.17 FOIA"
    if reading.is_refusal:
        heading(f"A refusal, read against {law} and good practice")
    else:
        heading("An answer that refuses nothing, as far as its words show")
    _tell_lacking("Not found: the law asks for it", reading.missing)
    _tell_lacking("Not found: good practice asks for it", reading.unpractised)
    found = [one for one in reading.findings if one.is_found]
    say("", "Found: judge whether the words say it well")
    table(
        ("Section", "What", "Words"),
        [(one.section, one.what, one.words) for one in found],
        nothing="Nothing.",
    )
    count = len(reading.missing)
    say(
        "",
        f"{count} of the things that the law asks for could not be found."
        if count
        else "All that the law asks for was found.",
    )


def _tell_lacking(title: str, findings: tuple[Finding, ...]) -> None:
    from workflow.cli.paper import say, table  # noqa: PLC0415  # only to print

    if findings:
        say("", title)
        table(
            ("Section", "What", "Do"),
            [(one.section, one.what, one.cure) for one in findings],
            nothing="",
        )
