"""Lists of days by the terminal: `foi agenda` and `foi due-today`. They need no Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workflow.cli.entrance import (
    AsJson,
    AsOfficer,
    door_of,
    officer_who_acts,
    opened,
    read_settings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.services.agenda import Entry

USUAL_DAYS = 28


def agenda(
    ctx: typer.Context,
    *,
    who: Annotated[
        str | None,
        typer.Argument(metavar="[PERSON|TEAM]", help="Whose; otherwise your own."),
    ] = None,
    days: Annotated[int, typer.Option(metavar="N", min=1, max=366, help="How far.")] = USUAL_DAYS,
    as_: AsOfficer = None,
    as_json: AsJson = False,
) -> None:
    """What falls due in the coming days, for a person or a team: answers, reviews, targets.

    Example: foi agenda control-room --days 14
    """
    settings = read_settings()
    with opened(door_of(ctx), settings, as_=as_) as office:
        from workflow.cli import paper  # noqa: PLC0415  # only to print
        from workflow.services import agenda as service  # noqa: PLC0415  # brings in the store

        named = who or officer_who_acts(as_, settings, office.roster).handle
        owner = service.whose(office.roster, named)
        entries = service.agenda(office, owner, days=days)
        if as_json:
            _print_json(entries)
            return
        paper.heading(f"{service.name_of(office.roster, owner)}: the next {days} days")
        _print_entries(entries, nothing="Nothing falls due.")


def due_today(
    ctx: typer.Context,
    *,
    team: Annotated[str | None, typer.Option(metavar="TEAM", help="Only this team's.")] = None,
    as_: AsOfficer = None,
    as_json: AsJson = False,
) -> None:
    """What is overdue, due today, and due in the next five working days: to print.

    It is read from the database alone, for the day on which Slack is away.

    Example: foi due-today --team control-room
    """
    with opened(door_of(ctx), read_settings(), as_=as_) as office:
        from workflow.cli import paper  # noqa: PLC0415  # only to print
        from workflow.law.dates import long_date  # noqa: PLC0415  # only to print
        from workflow.services import agenda as service  # noqa: PLC0415  # brings in the store

        found = service.due_today(office, team=office.roster.team(team).key if team else None)
        if as_json:
            _print_json(found)
            return
        paper.say(f"As of {long_date(office.today())}")
        paper.heading("Overdue")
        _print_entries(found.overdue, nothing="Nothing is overdue.")
        paper.heading("Due today")
        _print_entries(found.today, nothing="Nothing is due today.")
        paper.heading("Due in the next five working days")
        _print_entries(found.this_week, nothing="Nothing.")


def _print_entries(entries: Sequence[Entry], *, nothing: str) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.law.dates import long_date  # noqa: PLC0415  # only to print

    rows = [
        (one.reference, long_date(one.on), one.what, one.subject, one.team, one.who)
        for one in entries
    ]
    columns = ("Reference", "On", "What", "Subject", "Team", "Held by")
    paper.table(columns, rows, nothing=nothing)


def _print_json(value: object) -> None:
    from workflow.cli import machine_text  # noqa: PLC0415  # only to print

    typer.echo(machine_text.printed(value))
