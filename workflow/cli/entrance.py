"""Coming in by the terminal: the settings, the open office, and who it is that acts."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from workflow.casework.errors import Lacking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from workflow.casework.roles import Officer, Roster
    from workflow.cli.checks import Check
    from workflow.services.mail import Mail
    from workflow.services.messenger import Messenger
    from workflow.services.office import Office
    from workflow.settings import Settings
    from workflow.store.unit_of_work import Limits

LOOKING, RUNNING = "Looking", "Running"

AsOfficer = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="HANDLE", help="Who you are in teams.toml; otherwise FOI_OFFICER says."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a machine to read.")]
A_REFERENCE = "The request's reference, or how it ends."
Reference = Annotated[str, typer.Argument(metavar="REF", help=A_REFERENCE)]


class SettingsWrong(ValueError):
    """The environment holds a setting that cannot be used."""

    def __init__(self, *, name: str, why: str) -> None:
        """Keep the setting's name and what is wrong with it."""
        self.name, self.why = name, why
        super().__init__(f"The setting {name} cannot be used: {why}. Change it, or unset it.")


@dataclass(frozen=True, slots=True)
class Door:
    """What the bot hands in, for the floors below never import it. `now` is the office's time."""

    messenger_for: Callable[[Settings, Callable[[], Roster]], Messenger]
    extra_checks: Callable[[Settings], Sequence[Check]]
    now: Callable[[], datetime] | None = None


def door_of(ctx: typer.Context) -> Door:
    """Give the door by which this command came in."""
    door = ctx.find_root().obj
    if not isinstance(door, Door):
        raise TypeError("a command of foi runs within the app that `build` made")
    return door


def read_settings() -> Settings:
    """Read the settings from the environment. Raises SettingsWrong, naming the first mistake."""
    from pydantic import ValidationError  # noqa: PLC0415  # `foi due` and `foi stages` need none

    from workflow.settings import Settings  # noqa: PLC0415  # a fifth of a second to import

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        full = name if name.startswith("SLACK_") else f"FOI_{name}"
        raise SettingsWrong(name=full, why=first["msg"][:1].lower() + first["msg"][1:]) from None


def mail_of(settings: Settings) -> Mail | None:
    """Give the mail server that the settings name, or None where they name none."""
    from workflow.services.mail import Mail  # noqa: PLC0415  # half a second to import

    if settings.smtp_host is None:
        return None
    user, password = settings.smtp_user, settings.smtp_password
    return Mail(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_from,
        after=timedelta(minutes=settings.smtp_after_minutes),
        starttls=settings.smtp_starttls,
        login=(user, password.get_secret_value()) if user and password else None,
    )


def limits_of(settings: Settings) -> Limits:
    """Give what a process may ask of PostgreSQL, as the settings say."""
    from workflow.store.unit_of_work import Limits  # noqa: PLC0415  # half a second to import

    return Limits(
        pool=settings.database_pool,
        more=settings.database_pool_more,
        statement=settings.statement_seconds,
        lock=settings.lock_seconds,
    )


@contextmanager
def opened(
    door: Door,
    settings: Settings,
    *,
    speaks: bool = False,
    as_: str | None = None,
    whole: bool = False,
) -> Iterator[Office]:
    """Open the office for the length of a command, as the one who acts or looks sees it.

    Who that is say `--as` or FOI_OFFICER; nobody in particular sees nothing that is restricted. The
    office is open `whole` to commands that speak, count or keep it, and show no single request.

    Unless it is one that speaks, the messenger is made when something is first to be said, so that
    a command that only looks asks nothing of Slack.
    """
    # Half a second to import: only for the commands that need an office.
    from workflow import bootstrap  # noqa: PLC0415  # see above
    from workflow.cli.on_demand import OnDemand  # noqa: PLC0415  # see above
    from workflow.store.paces import Pace  # noqa: PLC0415  # see above

    roster = bootstrap.PromisedRoster()
    made = door.messenger_for(settings, roster) if speaks else None
    office = bootstrap.open_office(
        database_url=settings.database_url,
        config_dir=settings.config_dir,
        messenger=made or OnDemand(lambda: door.messenger_for(settings, roster)),
        now=door.now or bootstrap.wall_clock,
        pace=Pace(settings.message_seconds),
        mail=mail_of(settings),
        limits=limits_of(settings),
    )
    roster.keep(office)
    viewer = _viewer(as_ or settings.officer, office.roster)
    try:
        yield office if whole or speaks else office.seen_by(viewer)
    finally:
        office.store.close()


def _viewer(named: str | None, roster: Roster) -> str | None:
    """Give the handle of whoever looks. A name that nobody has is told where it is needed."""
    from workflow.casework.errors import UnknownOfficer  # noqa: PLC0415  # only with an office

    try:
        return roster.officer(named).handle if named else None
    except UnknownOfficer:
        return None


def officer_who_acts(handle: str | None, settings: Settings, roster: Roster) -> Officer:
    """Find who acts: `--as`, or the setting. Raises Lacking when neither says, UnknownOfficer."""
    given = handle or settings.officer
    if not given:
        known = ", ".join(one.handle for one in roster.officers)
        raise Lacking(
            what="Nobody was named as the one who acts.",
            cure=f"Add --as HANDLE or set FOI_OFFICER; the handles are: {known}.",
        )
    return roster.officer(given)


def text_given(words: str | Sequence[str] | None) -> str | None:
    """Read words from the command line; a lone "-" stands for what comes on standard input.

    Raises Lacking for bytes that are not text.
    """
    if words is None:
        return None
    text = words if isinstance(words, str) else " ".join(words)
    if text == "-":
        return _decoded(sys.stdin.buffer.read(), "What came on standard input")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _not_text("What was typed") from None
    return text


def file_given(path: str) -> str:
    """Read a text from a file, or from standard input for "-". Raises Lacking, OSError."""
    if path == "-":
        return text_given("-") or ""
    with open(path, "rb") as file:  # noqa: PTH123  # the path is as it was typed
        return _decoded(file.read(), path)


def _decoded(raw: bytes, what: str) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_text(what) from None
    if "\0" in text:
        raise _not_text(what)
    return text


def _not_text(what: str) -> Lacking:
    return Lacking(what=f"{what} is not UTF-8 text.", cure="Save it as plain text and try again.")
