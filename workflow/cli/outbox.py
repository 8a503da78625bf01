"""The outbox by the terminal: what waits to be said, what could not be, and trying that again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.errors import Lacking, shown
from workflow.cli.entrance import AsJson, door_of, opened, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.casework.roles import Roster
    from workflow.store.unsent import Unsent

RETRY = "retry"
USUAL_LENGTH = 50


def outbox(
    ctx: typer.Context,
    doing: Annotated[
        str | None, typer.Argument(metavar="[retry]", help="To try again what was set aside.")
    ] = None,
    keys: Annotated[list[str] | None, typer.Argument(metavar="[KEY]…", help="These.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that was set aside.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be.")] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most.")] = USUAL_LENGTH,
    as_json: AsJson = False,
) -> None:
    """What waits to be said, what is being sent, and what could not be delivered, and why.

    Mend the cause, and then have it tried again: each message is looked for in Slack first, so
    that nothing is said twice.

    Example: foi outbox retry --all --dry-run
    """
    with opened(door_of(ctx), read_settings(), whole=True) as office:
        from workflow.services import unsent  # noqa: PLC0415  # brings in the store

        if doing is None:
            rows, counts = unsent.unsent(office, most=limit), unsent.counts(office)
            if as_json:
                _print_json({"counts": counts, "rows": rows})
                return
            _print_rows(rows, office.roster, nothing="Nothing waits: everything is said.")
            _say(", ".join(f"{number} {state}" for state, number in counts.items()) + ".")
            return
        chosen = _chosen(doing, keys, everything=everything)
        tried = unsent.retry(office, chosen, dry_run=dry_run)
        if as_json:
            _print_json({"dry_run": dry_run, "rows": tried})
            return
        _print_rows(tried, office.roster, nothing="Nothing was set aside.")
        if tried and dry_run:
            _say("Nothing is changed. These would be tried again.")
        elif tried:
            _say(f"{len(tried)} will be tried again by the next delivery.")


def _chosen(doing: str, keys: Sequence[str] | None, *, everything: bool) -> Sequence[str] | None:
    """Read which are to be tried again: None for all. Raises Lacking."""
    if doing != RETRY:
        what = f"The outbox knows nothing to do that is called {shown(doing, 30)}."
        raise Lacking(what=what, cure="Type: foi outbox, or foi outbox retry KEY.")
    if bool(keys) == everything:
        raise Lacking(
            what="Say which to try again: their keys, or --all.",
            cure="See the keys with: foi outbox",
        )
    return None if everything else keys


def _print_rows(rows: Sequence[Unsent], roster: Roster, *, nothing: str) -> None:
    from workflow.cli import paper, wording  # noqa: PLC0415  # only to print

    shown_rows = [
        (
            one.state,
            one.key,
            wording.recipient_told(one.recipient, roster),
            wording.moment(one.since),
            str(one.attempts),
            one.trouble or "",
            one.text or f"the {one.kind}",
        )
        for one in rows
    ]
    columns = ("State", "Key", "To", "Since", "Tries", "Trouble", "Words")
    paper.table(columns, shown_rows, nothing=nothing)


def _say(line: str) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    paper.say(line)


def _print_json(value: object) -> None:
    from workflow.cli import machine_text  # noqa: PLC0415  # only to print

    typer.echo(machine_text.printed(value))
