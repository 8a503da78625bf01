"""`foi due`: when an answer is due, and how that is known. It needs no database and no network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Days = Annotated[list[str] | None, typer.Option(metavar="DATE", help="May be given many times.")]


def due(  # noqa: PLR0913 (each option is an event, or a fact about the authority)
    received: Annotated[
        str | None, typer.Argument(metavar="[DATE]", help="The day of receipt: 2020-07-14.")
    ] = None,
    *,
    regime: Annotated[str, typer.Option(help="foia, eir, foisa, sar or dpa part 3.")] = "foia",
    clarification_sought: Days = None,
    clarification_received: Days = None,
    fees_notice: Days = None,
    fee: Days = None,
    extended: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DATE[:LENGTH[:GROUND]]",
            help="LENGTH in working days (20), or months (2m); GROUND such as s.43(2).",
        ),
    ] = None,
    identity_requested: Days = None,
    identity_received: Days = None,
    responded: Days = None,
    review_requested: Days = None,
    review_extended: Annotated[
        list[str] | None, typer.Option(metavar="DATE[:LENGTH]", help="LENGTH in working days.")
    ] = None,
    review_decided: Days = None,
    ask: Annotated[
        str,
        typer.Option(
            help="respond_by, pay_fee_by, extension_notice_by, request_review_by, "
            "review_reply_by or complain_to_ico_by."
        ),
    ] = "respond_by",
    nation: Annotated[
        str, typer.Option(help="Where the authority is; matters to subject access.")
    ] = "england",
    limit: Annotated[
        str, typer.Option(help="standard, school, archive, armed forces or overseas.")
    ] = "standard",
    closed: Annotated[
        list[str] | None,
        typer.Option(metavar="FROM..TO", help="A school's days without a session."),
    ] = None,
    commissioner_day: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day the Commissioner set.")
    ] = None,
    receipt_policy: Annotated[
        str, typer.Option(help="statute, or next_working_day as the Code has it.")
    ] = "statute",
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of the answer, not today.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    batch: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Answer JSON Lines with JSON Lines."),
    ] = None,
    csv: Annotated[
        str | None, typer.Option(metavar="FILE|-", help="Add due dates to a spreadsheet.")
    ] = None,
    column: Annotated[
        str, typer.Option(metavar="NAME", help="The column with the day of receipt, for --csv.")
    ] = "Received",
    config: Annotated[
        Path | None,
        typer.Option(envvar="FOI_CONFIG_DIR", help="Where bank_holidays.toml is."),
    ] = None,
) -> None:
    """When an answer is due, and how that is known.

    Examples: foi due 2020-07-14; foi due 2026-03-02 --fees-notice 2026-03-05 --fee 2026-03-20

    Exit status: 0 when all was answered, 1 when some line of a file could not be, 2 when the
    question itself makes no sense.
    """
    from workflow.cli import due_answers  # noqa: PLC0415 (a command not asked for costs nothing)

    facts: dict[str, object] = {
        "regime": regime,
        "ask": ask,
        "nation": nation,
        "limit": limit,
        "commissioner_day": commissioner_day,
        "receipt_policy": receipt_policy,
        "on": on,
        "non_school_days": [pair.split("..") for pair in closed or ()] or None,
    }
    events = [
        *_dated("received", [received] if received else None),
        *_dated("clarification_sought", clarification_sought),
        *_dated("clarification_received", clarification_received),
        *_dated("fees_notice_given", fees_notice),
        *_dated("fee_received", fee),
        *(_extension(written) for written in extended or ()),
        *_dated("identity_requested", identity_requested),
        *_dated("identity_received", identity_received),
        *_dated("responded", responded),
        *_dated("review_requested", review_requested),
        *(_review_extension(written) for written in review_extended or ()),
        *_dated("review_decided", review_decided),
    ]
    if batch is not None:
        due_answers.answer_batch(batch, config)
    elif csv is not None:
        due_answers.fill_spreadsheet(csv, column, facts, config)
    else:
        due_answers.answer_one({**facts, "events": events}, config, as_json=as_json)


def _dated(event: str, days: list[str] | None) -> list[dict[str, object]]:
    return [{"event": event, "on": day} for day in days or ()]


def _extension(written: str) -> dict[str, object]:
    """Read DATE[:LENGTH[:GROUND]]; a length that ends in m is in months."""
    day, _, rest = written.partition(":")
    length, _, ground = rest.partition(":")
    unit = "further_months" if length.endswith("m") else "further_working_days"
    event: dict[str, object] = {"event": "extended", "on": day, "ground": ground}
    return {**event, unit: _length(length.rstrip("dm"))} if length else event


def _review_extension(written: str) -> dict[str, object]:
    day, _, length = written.partition(":")
    event: dict[str, object] = {"event": "review_extended", "on": day}
    return {**event, "further_working_days": _length(length)} if length else event


def _length(written: str) -> int | str:
    """Read a number; what is none goes on as it is, to be refused with the rest."""
    return int(written) if written.isascii() and written.isdigit() else written


if __name__ == "__main__":
    typer.run(due)
