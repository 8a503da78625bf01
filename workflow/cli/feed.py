"""Calendar feeds by the terminal: `foi feed`."""

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
    from workflow.casework.roles import Officer
    from workflow.services.office import Office


def feed(
    ctx: typer.Context,
    *,
    who: Annotated[
        str | None, typer.Argument(metavar="[PERSON|TEAM]", help="Whose; otherwise your own.")
    ] = None,
    revoke: Annotated[bool, typer.Option("--revoke", help="End it, whoever has it.")] = False,
    as_: AsOfficer = None,
    as_json: AsJson = False,
) -> None:
    """Make an address at which a calendar program fetches the due dates, or end it.

    Whoever has the address can read it: it is said once, and a new one ends the one before. FOI_URL
    says where foi serve is reached from outside.

    Example: foi feed control-room --as amira
    """
    settings = read_settings()
    with opened(door_of(ctx), settings) as office:
        from workflow.services import agenda, feeds  # noqa: PLC0415  # brings in the store

        officer = officer_who_acts(as_ or settings.officer or who, settings, office.roster)
        owner = agenda.whose(office.roster, who or officer.handle)
        told = (
            _revoked(office, owner, officer)
            if revoke
            else _made(office, owner, officer, settings.address)
        )
        if as_json:
            from workflow.cli import machine_text  # noqa: PLC0415  # only to print

            typer.echo(machine_text.printed({"owner": owner, **told}))
            return
        from workflow.cli import paper  # noqa: PLC0415  # only to print

        name = agenda.name_of(office.roster, owner)
        if revoke:
            paper.say(feeds.ended(int(told["revoked"]), name))
            return
        paper.say(f"The due dates of {name}. Whoever has this address can read them:")
        typer.echo(told["address"])


def _made(office: Office, owner: str, officer: Officer, address: str) -> dict[str, str | int]:
    from workflow.services import feeds  # noqa: PLC0415  # brings in the store

    return {"address": f"{address}/{feeds.make(office, owner, officer=officer)}"}


def _revoked(office: Office, owner: str, officer: Officer) -> dict[str, str | int]:
    from workflow.services import feeds  # noqa: PLC0415  # brings in the store

    return {"revoked": feeds.revoke(office, owner, officer=officer)}
