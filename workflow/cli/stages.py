"""`foi stages`: the one table that says what may happen next, printed as it stands."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from workflow.casework.stages import TRANSITIONS, Act, Transition, markdown, mermaid

COLUMNS = ("At", "Act", "By", "To", "Guard, effect")


def stages(
    *,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="As Markdown, for a document.")
    ] = False,
    as_mermaid: Annotated[
        bool, typer.Option("--mermaid", help="As a Mermaid diagram of the stages.")
    ] = False,
) -> None:
    """What may happen to a request: at which stage, which act, by whom, and where it leads.

    Example: foi stages --markdown
    """
    if as_mermaid:
        typer.echo(mermaid())
    elif as_markdown or not sys.stdout.isatty():
        typer.echo(markdown())
    else:
        from workflow.cli import paper  # noqa: PLC0415  # a pipe needs no tables drawn

        paper.table(COLUMNS, [_row(line) for line in TRANSITIONS], nothing="")


def _row(line: Transition) -> tuple[str, ...]:
    target = "the stage it left" if line.act is Act.REOPEN else line.to or "same"
    return (", ".join(line.at) or "–", line.act, ", ".join(line.by), target, line.effect)
