"""The people by the terminal: who is here, and what changes about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

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
from workflow.cli.verb_commands import DryRun

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflow.casework.decide.people import Changing
    from workflow.casework.people import Change
    from workflow.casework.roles import Officer
    from workflow.services.office import Office
    from workflow.services.people import Person

    Decide = Callable[[Changing], Change]

Words = Annotated[list[str] | None, typer.Argument(metavar="[WORDS]", help="See above.")]


def people(
    ctx: typer.Context,
    words: Words = None,
    *,
    as_: AsOfficer = None,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Who works on requests; and who comes, moves, leaves or is away. All of it is kept.

    foi people; foi people history [@PERSON]; foi people add HANDLE TEAM ROLES [SLACK ID] NAME;
    foi people change @PERSON name|slack|team|roles|email VALUE; foi people leave @PERSON [REASON];
    foi people absent @PERSON UNTIL [@COVER] [REASON]; foi people present @PERSON;
    foi people name @PERSON manager|deputy TEAM

    Example: foi people add femi digital officer U0FEMI Femi Ade --as dana
    """
    typed = text_given(words or "") or ""
    with opened(door_of(ctx), read_settings(), as_=as_) as office:
        first, _, rest = typed.partition(" ")
        if not first:
            _print_people(office, as_json=as_json)
        elif first == "history":
            _print_history(office, rest.strip(), as_json=as_json)
        else:
            from workflow.services import people_words  # noqa: PLC0415  # brings in the store

            decide = people_words.people(typed, office.roster, on=office.today())
            _change(office, lambda _officer: decide, as_, dry_run=dry_run)


def absent(
    ctx: typer.Context, words: Words = None, *, as_: AsOfficer = None, dry_run: DryRun = False
) -> None:
    """Be away until a day, and say who covers: what is due to you goes to them meanwhile.

    absent UNTIL|FROM-UNTIL [@COVER] [REASON]; UNTIL is the last day away: 2020-07-17 or friday.

    Example: foi absent friday @joel --as amira
    """
    with opened(door_of(ctx), read_settings(), as_=as_) as office:
        from workflow.services import people_words  # noqa: PLC0415  # brings in the store

        typed, roster, on = text_given(words or "") or "", office.roster, office.today()
        _change(
            office,
            lambda officer: people_words.absent(officer.handle, typed, roster, on=on),
            as_,
            dry_run=dry_run,
        )


def present(ctx: typer.Context, *, as_: AsOfficer = None, dry_run: DryRun = False) -> None:
    """Say that you are back: from today you are told yourself again.

    Example: foi present --as amira
    """
    from workflow.casework.decide.people import come_back  # noqa: PLC0415  # only here

    with opened(door_of(ctx), read_settings(), as_=as_) as office:
        _change(
            office,
            lambda officer: lambda now: come_back(now, officer.handle),
            as_,
            dry_run=dry_run,
        )


def prefer(
    ctx: typer.Context, words: Words = None, *, as_: AsOfficer = None, dry_run: DryRun = False
) -> None:
    """Say how you like to be told. It never silences what the law's last days demand.

    prefer digest|early on|off, or: prefer starts 10:00|usual

    Example: foi prefer digest off --as amira
    """
    from workflow.services import people_words  # noqa: PLC0415  # brings in the store

    typed = text_given(words or "") or ""
    with opened(door_of(ctx), read_settings(), as_=as_) as office:
        _change(
            office,
            lambda officer: people_words.prefer(officer.handle, typed),
            as_,
            dry_run=dry_run,
        )


def handover(
    ctx: typer.Context,
    words: Words = None,
    *,
    now: Annotated[bool, typer.Option("--now", help="Do it; else it is only listed.")] = False,
    as_: AsOfficer = None,
) -> None:
    """Hand over all that somebody holds, requests and reviews: handover LEAVER SUCCESSOR [REASON].

    First it only lists what it would do. Each request keeps it in its own history; broken off in
    the middle, the same command hands over the rest.

    Example: foi handover amira joel "Amira leaves on Friday" --now --as dana
    """
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    settings = read_settings()
    with opened(door_of(ctx), settings, as_=as_) as office:
        from workflow.services import handover as services  # noqa: PLC0415  # brings in the store

        leaver, successor, reason = services.read(text_given(words or "") or "")
        officer = officer_who_acts(as_, settings, office.roster)
        if now:
            made = services.carry_out(office, leaver, successor, officer=officer, reason=reason)
        else:
            made = services.plan(office, leaver, successor, officer=officer)
        paper.passage(made.title, indent=0)
        for one in made.parts:
            paper.passage(one.line)
        if made.parts and not now:
            paper.say("Nothing is written. Add --now to do it.")


def applicant(
    ctx: typer.Context,
    *,
    reference: Reference,
    reason: Annotated[str, typer.Option("--reason", help="Why you need to know. It is kept.")] = "",
    as_: AsOfficer = None,
) -> None:
    """Who asked: for the desk alone. That you looked, when and why is kept for ever.

    Example: foi applicant 002335/20 --reason "to post the answer" --as dana
    """
    from workflow.cli import paper  # noqa: PLC0415  # only to print

    settings = read_settings()
    with opened(door_of(ctx), settings, as_=as_) as office:
        from workflow.services import reveal  # noqa: PLC0415  # brings in the store

        officer = officer_who_acts(as_, settings, office.roster)
        found = reveal.reveal(office, reference, officer=officer, why=reason)
        if found.applicant is None:
            paper.say(f"{found.reference}: no applicant is kept.")
        else:
            paper.passage("\n".join(found.applicant), indent=0)


def _change(
    office: Office, wish: Callable[[Officer], Decide], as_: str | None, *, dry_run: bool
) -> None:
    from workflow.cli import paper  # noqa: PLC0415  # only to print
    from workflow.services import people as services  # noqa: PLC0415  # brings in the store

    officer = officer_who_acts(as_, read_settings(), office.roster)
    told = services.change(office, wish(officer), officer=officer, rehearsing=dry_run)
    if dry_run:
        paper.say("Nothing is written. It would be noted so:")
    paper.passage(told.sentence, indent=0)
    paper.say(*told.remarks)
    if told.leaves_behind and not dry_run:
        paper.say(f"To list what would go to whom: foi handover {told.leaves_behind} SUCCESSOR")


def _print_people(office: Office, *, as_json: bool) -> None:
    from workflow.cli import machine_text, paper  # noqa: PLC0415  # only to print
    from workflow.services import people as services  # noqa: PLC0415  # brings in the store

    everybody = services.listing(office)
    if as_json:
        rows = [machine_text.plain(_plain(one)) for one in everybody]
        typer.echo(machine_text.printed(rows))
        return
    paper.table(
        ("Handle", "Name", "Team", "Roles", "Slack", "Away"),
        [
            (
                one.officer.handle,
                one.officer.name,
                one.team,
                ", ".join(sorted(one.officer.roles)),
                one.officer.slack or "none",
                services.away_told(office, one),
            )
            for one in everybody
        ],
        nothing="Nobody works here yet.",
    )


def _plain(one: Person) -> dict[str, object]:
    officer = one.officer
    return {
        "handle": officer.handle,
        "name": officer.name,
        "team": officer.team,
        "roles": sorted(officer.roles),
        "slack": officer.slack,
        "email": officer.email,
        "away": [
            {
                "first": away.first.isoformat(),
                "last": away.last.isoformat() if away.last else None,
                "cover": away.cover or None,
            }
            for away in one.away
        ],
    }


def _print_history(office: Office, handle: str, *, as_json: bool) -> None:
    from workflow.cli import machine_text, paper, wording  # noqa: PLC0415  # only to print
    from workflow.services import people as services  # noqa: PLC0415  # brings in the store

    lines = services.history(office, handle=handle.removeprefix("@") or None)
    if as_json:
        rows = [{"at": one.at.isoformat(), "sentence": said} for one, said in lines]
        typer.echo(machine_text.printed(rows))
        return
    for one, said in lines:
        paper.passage(f"{wording.moment(one.at)}: {said}")
    if not lines:
        paper.say(services.NOTHING_CHANGED)
