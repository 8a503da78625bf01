"""The terminal door: the command `foi`, but for what needs the bot, which the bot adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.stages import Act
from workflow.cli import acting, letter, listing, looking, people, running
from workflow.cli.agenda import agenda, due_today
from workflow.cli.calendar import calendar
from workflow.cli.check_letter import check_letter
from workflow.cli.due import due
from workflow.cli.edge import run
from workflow.cli.entrance import LOOKING, RUNNING, Door
from workflow.cli.feed import feed
from workflow.cli.in_and_out import export, import_
from workflow.cli.outbox import outbox
from workflow.cli.publish import publish
from workflow.cli.report import report
from workflow.cli.retention import hold, retention, unhold
from workflow.cli.simulate import simulate
from workflow.cli.stages import stages
from workflow.cli.verb_commands import command_for
from workflow.services.verbs import VERBS, group_of, verb_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from workflow.casework.roles import Roster
    from workflow.cli.checks import Check
    from workflow.services.messenger import Messenger
    from workflow.settings import Settings

__all__ = ["LOOKING", "RUNNING", "build", "run"]


def _no_more_checks(_settings: Settings) -> Sequence[Check]:
    return ()


def build(
    messenger_for: Callable[[Settings, Callable[[], Roster]], Messenger],
    extra_checks: Callable[[Settings], Sequence[Check]] = _no_more_checks,
    *,
    now: Callable[[], datetime] | None = None,
) -> typer.Typer:
    """Build the command `foi`.

    `messenger_for` gives the messenger of a command that speaks, once it does; it may raise a
    Refusal that says what is missing. `extra_checks` are the doctor's further lines. `now` is the
    office's time, the machine's unless given.
    """
    app = typer.Typer(
        name="foi",
        help="FOI Desk: requests for information, from receipt to answer, and their clocks.",
        rich_markup_mode="markdown",
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    door = Door(messenger_for, extra_checks, now)

    @app.callback()
    def come_in(ctx: typer.Context) -> None:
        ctx.obj = door

    for verb in (one for one in VERBS if one.acts):
        command = command_for(verb, acting.new if Act.LOG in verb.acts else acting.act)
        app.command(verb.name, rich_help_panel=group_of(verb))(command)
    for name, look in (
        ("list", listing.open_requests),
        ("mine", listing.mine),
        ("show", looking.show),
        ("why", looking.why),
        ("said", looking.said),
        ("aggregations", looking.aggregations),
        ("check", letter.check),
        ("letter", letter.letter),
        ("check-letter", check_letter),
        ("report", report),
        ("publish", publish),
        ("export", export),
        ("due", due),
        ("stages", stages),
        ("outbox", outbox),
        ("agenda", agenda),
        ("due-today", due_today),
        ("feed", feed),
    ):
        app.command(name, rich_help_panel=LOOKING)(look)
    for name, operate in (
        ("tick", running.tick),
        ("worker", running.worker),
        ("migrate", running.migrate),
        ("doctor", running.doctor),
        ("version", running.version),
        ("import", import_),
        ("retention", retention),
        ("hold", hold),
        ("unhold", unhold),
        ("people", people.people),
        ("absent", people.absent),
        ("present", people.present),
        ("prefer", people.prefer),
        ("handover", people.handover),
        ("applicant", people.applicant),
        ("simulate", simulate),
    ):
        app.command(name, rich_help_panel=RUNNING)(operate)
    app.add_typer(calendar, name="calendar", rich_help_panel=RUNNING)
    app.command("help", rich_help_panel=RUNNING)(_help_of(app))
    return app


def _help_of(app: typer.Typer) -> Callable[[str | None, str | None], None]:
    def help_(
        verb: Annotated[str | None, typer.Argument(metavar="[VERB]", help="A command.")] = None,
        section: Annotated[
            str | None,
            typer.Argument(
                metavar="[EXEMPTION]",
                help="With interest: what to think about before it is weighed.",
            ),
        ] = None,
    ) -> None:
        """What you can type, or how one command works.

        Examples: foi help claim, foi help interest 's.31(1)(a)'
        """
        if section is not None:
            looking.to_think_about(section)
            return
        known = {one.name for one in app.registered_commands}
        name = verb if verb is None or verb in known else verb_named(verb).name
        app([*([name] if name else []), "--help"], prog_name="foi", standalone_mode=False)

    return help_
