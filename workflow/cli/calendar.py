"""The calendar by the terminal: `foi calendar show`, `check` and `add`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.errors import Lacking
from workflow.cli.entrance import AsJson, door_of, opened, read_settings
from workflow.law.working_days import FIRST_DAY_OF_WEEKEND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.bank_holidays import Calendars
    from workflow.law.working_days import BankHoliday

calendar = typer.Typer(
    help="The bank holidays: those of a year, against gov.uk, and a new proclamation.",
    no_args_is_help=True,
    add_completion=False,
)

# gov.uk's names for its three lists, and the nations each is for.
DIVISIONS = {
    "england-and-wales": ("England", "Wales"),
    "scotland": ("Scotland",),
    "northern-ireland": ("Northern Ireland",),
}


@calendar.command()
def show(
    year: Annotated[int, typer.Argument(help="A year that the calendar knows.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show the bank holidays of a year, each with its nations: all are days off under s.10(6).

    Example: foi calendar show 2026
    """
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.law.dates import long_date  # noqa: PLC0415  # only to print
    from workflow.law.explanation import nations_told  # noqa: PLC0415  # only to print

    calendars = _load()
    if not calendars.years.first <= year <= calendars.years.last:
        raise Lacking(
            what=f"The calendar does not know the year {year}.",
            cure=f"It knows {calendars.years.first} to {calendars.years.last}.",
        )
    found = [one for one in calendars.holidays if one.on.year == year]
    if as_json:
        rows = [{"on": h.on.isoformat(), "name": h.name, "nations": list(h.nations)} for h in found]
        typer.echo(json.dumps({"calendar": calendars.version, "bank_holidays": rows}))
        return
    paper.say(*(f"{long_date(h.on)}: {h.name}, {nations_told(h.nations)}" for h in found))
    until = calendars.years.proclaimed_to
    after = " They are expected, not proclaimed yet." if date(year, 12, 31) > until else ""
    paper.say(f"Calendar: {calendars.version}.{after}")


@calendar.command()
def check(
    file: Annotated[
        Path, typer.Argument(help="gov.uk/bank-holidays.json, saved.", exists=True, dir_okay=False)
    ],
) -> None:
    """Compare the calendar with gov.uk's own list, and name each difference.

    Only the years that the file has are compared: gov.uk drops old ones. Exit status 1 when
    something differs.

    Example: foi calendar check bank-holidays.json
    """
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    theirs = _govuk(file)
    found = list(_differences(_load(), theirs))
    paper.say(*(found or ["The calendar and the file agree."]))
    if found:
        raise typer.Exit(1)


@calendar.command()
def add(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DATE", help="The new bank holiday.")],
    name: Annotated[str, typer.Argument(help="What it is called.")],
    nation: Annotated[
        str, typer.Argument(help="Nations, with commas between; or UK for all four.")
    ],
    source: Annotated[str, typer.Argument(help="Where it is proclaimed.")],
    *,
    proclaimed: Annotated[
        str | None, typer.Option(help="When it was proclaimed; today unless given.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would move; write nothing.")
    ] = False,
) -> None:
    """Add a proclaimed bank holiday, and reckon every open request anew.

    What moves is listed, and each holder is told once. Running processes follow within a tick.

    Example: foi calendar add 2022-09-19 "State Funeral" UK "London Gazette, 10 September 2022"
    """
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.cli.calendar_entry import entry_of, laid_over, write  # noqa: PLC0415  # as above
    from workflow.services import calendar as life  # noqa: PLC0415  # brings in the store
    from workflow.services.delivery import deliver  # noqa: PLC0415  # as above

    door, settings = door_of(ctx), read_settings()
    with opened(door, settings, whole=True) as office:
        entry = entry_of(day, name, nation, source, proclaimed, today=office.today())
        if dry_run:
            with laid_over(settings.config_dir, entry) as folder:
                moved = life.foresee(office, folder)
        else:
            write(settings.config_dir, entry)
            moved = life.follow(office).moved
            deliver(office)
    verb = "would move" if dry_run else "moved"
    paper.say(f"{len(moved)} open requests {verb}.", *(_line(one) for one in moved))


def _line(moved: object) -> str:
    from workflow.law.dates import long_date  # noqa: PLC0415  # only to print
    from workflow.services.calendar import Moved  # noqa: PLC0415  # brings in the store

    if not isinstance(moved, Moved):
        raise TypeError("a line is made of what moved")
    before, after = (long_date(one) if one else "no date" for one in (moved.before, moved.after))
    return f"{moved.reference}: {before} → {after}"


def _load() -> Calendars:
    from workflow import bank_holidays  # noqa: PLC0415  # the `holidays` library is slow to import

    return bank_holidays.load(read_settings().config_dir)


def _govuk(file: Path) -> dict[tuple[date, str], str]:
    """Read gov.uk's JSON: (day, nation) -> name. Raises Lacking for a file of another form."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return {
            (date.fromisoformat(event["date"]), nation): event["title"]
            for division, nations in DIVISIONS.items()
            for event in content[division]["events"]
            for nation in nations
        }
    except (KeyError, TypeError, ValueError) as error:
        raise Lacking(
            what=f"{file.name} is not gov.uk's list of bank holidays ({type(error).__name__}).",
            cure="Save https://www.gov.uk/bank-holidays.json and give that file.",
        ) from None


def _differences(calendars: Calendars, theirs: dict[tuple[date, str], str]) -> Iterator[str]:
    years = {day.year for day, _ in theirs}
    ours = {
        (holiday.on, nation): holiday.name
        for holiday in calendars.holidays
        if holiday.on.year in years and _is_weekday(holiday)
        for nation in holiday.nations
    }
    for day, nation in sorted(theirs.keys() - ours.keys()):
        yield f"{day} in {nation}: gov.uk has “{theirs[day, nation]}”, the calendar does not."
    for day, nation in sorted(ours.keys() - theirs.keys()):
        yield f"{day} in {nation}: the calendar has “{ours[day, nation]}”, gov.uk does not."


def _is_weekday(holiday: BankHoliday) -> bool:
    return holiday.on.weekday() < FIRST_DAY_OF_WEEKEND
