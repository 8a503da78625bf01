"""The command `foi`: the terminal door, and with it what needs the bot: `demo` and `serve`."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.cli.app import RUNNING, build, run
from workflow.cli.entrance import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workflow.casework.roles import Roster
    from workflow.cli.doctor import Check
    from workflow.services.messenger import Messenger
    from workflow.settings import Settings

# What is imported stays: to look through it for garbage every 700 objects, as Python does, takes a
# tenth of the time of a command.
MANY_NEW_OBJECTS = 50_000


def main() -> None:
    """Run `foi` on the command line it was given, and exit."""
    gc.set_threshold(MANY_NEW_OBJECTS)
    _log_to_stderr()
    app = build(_messenger_for, _slack_checks)
    app.command("demo", rich_help_panel=RUNNING)(demo)
    app.command("serve", rich_help_panel=RUNNING)(serve)
    run(app)


def demo(
    *,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Of the page; otherwise FOI_DEMO_PORT.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Where it is kept; otherwise FOI_DEMO_FOLDER.")
    ] = None,
    reset: Annotated[
        bool, typer.Option("--reset", help="Forget it all, and do not start.")
    ] = False,
) -> None:
    """Run the demonstration: an office, a local Slack with a page, a clock to move.

    Everything listens on this machine only, and nothing leaves it.

    Example: foi demo --port 3001
    """
    from bot import logbook  # noqa: PLC0415  # `foi due` must not wait for Slack
    from bot.demonstration import stage_set  # noqa: PLC0415  # `foi due` must not wait for Slack

    logbook.write_to_stderr()
    settings = read_settings()
    kept = (folder or settings.demo_folder).resolve()
    if reset:
        forgotten = stage_set.forget(kept)
        typer.echo(f"Forgot the demonstration in {kept}." if forgotten else "There was none kept.")
        return
    stage_set.run(
        folder=kept,
        config_dir=settings.config_dir,
        port=port or settings.demo_port,
        ready=_welcome,
    )


def serve() -> None:
    """Serve a real Slack workspace: by Socket Mode if SLACK_APP_TOKEN is set, else by HTTP.

    It ticks too, so that one process is a whole desk.

    Example: SLACK_BOT_TOKEN=… SLACK_APP_TOKEN=… foi serve
    """
    from bot import logbook, serving  # noqa: PLC0415  # `foi due` must not wait for Slack

    logbook.write_to_stderr()
    serving.serve(read_settings())


def _messenger_for(settings: Settings, roster: Callable[[], Roster]) -> Messenger:
    from bot import logbook, serving  # noqa: PLC0415  # `foi due` must not wait for Slack

    logbook.write_to_stderr()
    return serving.messenger_for(settings, roster)


def _slack_checks(settings: Settings) -> Sequence[Check]:
    if not settings.speaks:
        return ()
    from bot import installation_check, slack_checks  # noqa: PLC0415  # `foi due` must not wait for Slack
    from workflow import bootstrap, practice  # noqa: PLC0415  # half a second to import

    try:
        roster = bootstrap.roster_in_force(
            database_url=settings.database_url, config_dir=settings.config_dir
        )
    except practice.PracticeError:  # the doctor has said so
        return ()
    if settings.slack_bot_token is None:
        return tuple(
            installation_check.examine(
                database_url=settings.database_url,
                api_url=settings.slack_api_url,
                address=settings.address,
                team=settings.slack_team_id,
                config_dir=settings.config_dir,
                roster=roster,
            )
        )
    return slack_checks.examine(
        token=settings.slack_bot_token.get_secret_value(),
        api_url=settings.slack_api_url,
        config_dir=settings.config_dir,
        roster=roster,
    )


def _welcome(address: str) -> None:
    typer.echo(
        f"The demonstration is at {address}\n"
        "It is Tuesday 14 July 2020, and request 002335/20 has just arrived. As Amira Hassan of\n"
        "the control room, type: /foi claim 002335/20\n"
        "Stop with Ctrl-C; what you did is kept. Start afresh with: make demo-reset"
    )


def _log_to_stderr() -> None:
    """Keep standard output for answers: `--json` must stay JSON whatever is logged."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(message)s"
    )


if __name__ == "__main__":
    main()
