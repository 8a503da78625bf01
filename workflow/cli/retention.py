"""Retention by the terminal: what is due to be erased, erasing it, and legal holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.errors import Lacking
from workflow.cli.entrance import (
    AsJson,
    AsOfficer,
    Reference,
    door_of,
    officer_who_acts,
    opened,
    read_settings,
    text_given,
)

if TYPE_CHECKING:
    from workflow.services.office import Office
    from workflow.services.retention import Kept


def retention(
    ctx: typer.Context,
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="Erase what is due. It cannot be undone.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list what is due, which is what it does anyway.")
    ] = False,
    as_: AsOfficer = None,
    as_json: AsJson = False,
) -> None:
    """List whose words are kept longer than retention.toml says, and with --apply erase them.

    The applicant goes, and what people wrote; dates, acts, outcomes and hours stay for the figures.

    Examples: foi retention; foi retention --apply --as dana
    """
    if apply and dry_run:
        raise Lacking(what="--apply erases and --dry-run does not.", cure="Leave one out.")
    settings = read_settings()
    with opened(door_of(ctx), settings, whole=True) as office:
        from workflow.services import retention as keeping  # noqa: PLC0415  # brings in the store
        from workflow.services.retention_schedule import read_schedule  # noqa: PLC0415  # as above

        schedule = read_schedule(settings.config_dir)
        if apply:
            officer = officer_who_acts(as_, settings, office.roster)
            erased = list(keeping.apply(office, schedule, officer=officer))
            _print(erased, as_json=as_json)
            if erased and not as_json:
                typer.echo(f"Words were erased of {len(erased)}; the figures are kept.")
                _tell_of_slack(office)
            return
        told = list(keeping.standings(office, schedule))
        shown = [one for one in told if as_json or one.standing is not keeping.Standing.KEPT]
        _print(shown, as_json=as_json)
        if not as_json:
            due = sum(one.standing is keeping.Standing.DUE for one in told)
            typer.echo(f"{due} of {len(told)} closed requests are due. Nothing was erased.")
            _tell_of_slack(office)


def _tell_of_slack(office: Office) -> None:
    """Say what of requests that were disposed of is still in Slack, and why."""
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.services import removal  # noqa: PLC0415  # brings in the store

    found = removal.left(office)
    if not found:
        return
    rows = [(one.reference, str(one.messages), one.trouble or "on its way") for one in found]
    paper.table(("Reference", "Still in Slack", "Why"), rows, nothing="")
    typer.echo(
        "The worker takes away what FOI Desk posted. What people wrote themselves under a card, no "
        "app may: let Slack's own retention do it."
    )


def _print(kept: list[Kept], *, as_json: bool) -> None:
    from workflow.cli import machine_text, paper  # noqa: PLC0415  # only to print
    from workflow.law.dates import long_date  # noqa: PLC0415  # only to print

    if as_json:
        typer.echo(machine_text.printed(kept))
        return
    rows = [
        (
            one.reference,
            long_date(one.period.since),
            one.period.rule,
            long_date(one.period.until),
            one.standing.value + (f": {one.reason}" if one.reason else ""),
        )
        for one in kept
    ]
    paper.table(
        ("Reference", "Closed", "Kept for", "Until", "Now"), rows, nothing="Nothing is due."
    )


def hold(
    ctx: typer.Context,
    reference: Reference,
    reason: Annotated[list[str], typer.Argument(metavar="REASON", help="What it is held for.")],
    *,
    as_: AsOfficer = None,
) -> None:
    """Place a legal hold: nothing of the request is erased until it is lifted.

    Example: foi hold 002335/20 appeal to the tribunal --as dana
    """
    settings = read_settings()
    with opened(door_of(ctx), settings, whole=True) as office:
        from workflow.services import retention as keeping  # noqa: PLC0415  # brings in the store

        officer = officer_who_acts(as_, settings, office.roster)
        words = text_given(reason) or ""
        held = keeping.hold(office, reference, officer=officer, reason=words)
    typer.echo(f"{held} is held: nothing of it is erased until the hold is lifted.")


def unhold(
    ctx: typer.Context,
    reference: Reference,
    reason: Annotated[
        list[str] | None, typer.Argument(metavar="[REASON]", help="Why it is lifted.")
    ] = None,
    *,
    as_: AsOfficer = None,
) -> None:
    """Lift a legal hold.

    Example: foi unhold 002335/20 --as dana
    """
    settings = read_settings()
    with opened(door_of(ctx), settings, whole=True) as office:
        from workflow.services import retention as keeping  # noqa: PLC0415  # brings in the store

        officer = officer_who_acts(as_, settings, office.roster)
        words = text_given(reason) or ""
        freed = keeping.unhold(office, reference, officer=officer, reason=words)
    typer.echo(f"{freed} is not held any more: its retention period counts again.")
