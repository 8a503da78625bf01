"""Opening the office: the only place that chooses the real things behind the words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workflow import ladder_file, practice
from workflow.calendar_shelf import CalendarShelf
from workflow.casework.ladder import UK
from workflow.letters.wording import Wording
from workflow.roster_shelf import RosterShelf
from workflow.services.office import Office
from workflow.store import schema
from workflow.store.outbox import AS_FAST_AS_IT_GOES
from workflow.store.unit_of_work import DATABASE_TROUBLE, USUAL_LIMITS, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflow.casework.roles import Roster
    from workflow.services.mail import Mail
    from workflow.services.messenger import Messenger
    from workflow.store.paces import Pace
    from workflow.store.unit_of_work import Limits


class SchemaBehind(RuntimeError):
    """The database is not at the schema this program needs."""

    def __init__(self, *, found: str | None, needed: str) -> None:
        """Keep both revisions."""
        self.found, self.needed = found, needed
        super().__init__(
            f"The database is at revision {found or 'none'} and this program needs {needed}. "
            "Run: foi migrate"
        )


class PromisedRoster:
    """The roster of an office that is being opened: who speaks for it is made before it is."""

    def __init__(self) -> None:
        self._office: Office | None = None

    def keep(self, office: Office) -> None:
        """Keep the promise, now that the office is open."""
        self._office = office

    def __call__(self) -> Roster:
        """Give the roster in force. Raises LookupError before the office is open."""
        if self._office is None:
            raise LookupError("nobody can be spoken to before the office is open")
        return self._office.roster


def wall_clock() -> datetime:
    """Read the machine's clock, in UTC."""
    return datetime.now(UTC)


def open_office(
    *,
    database_url: str,
    config_dir: Path,
    messenger: Messenger,
    now: Callable[[], datetime] = wall_clock,
    migrate: bool = False,
    pace: Pace = AS_FAST_AS_IT_GOES,
    mail: Mail | None = None,
    limits: Limits = USUAL_LIMITS,
) -> Office:
    """Open the office on a database and a folder of configuration.

    An empty SQLite file is given its schema; any other database is migrated only when asked.
    One that a newer program has migrated is used as it is, so that programs can be renewed one by
    one. Raises PracticeError or CalendarFileError for a configuration that cannot be used,
    SchemaBehind for a database that needs `foi migrate`.
    """
    store = open_store(database_url, limits)
    embedded = store.engine.dialect.name == "sqlite"
    with store.reading() as connection:
        found = schema.revision(connection)
    if migrate or (embedded and found is None):
        schema.migrate(store)
    elif found != schema.newest() and (found is None or not schema.is_ahead(found)):
        store.close()
        raise SchemaBehind(found=found, needed=schema.newest())
    letterhead = practice.read_letterhead(config_dir)
    return Office(
        store=store,
        people=RosterShelf(practice.read_roster(config_dir), store),
        ladder=replace(
            ladder_file.read_ladder(config_dir),
            months_of_silence=letterhead.months_of_silence,
            authority=letterhead.authority_class,
        ),
        shelf=CalendarShelf(config_dir),
        letterhead=letterhead,
        words=Wording(config_dir),
        messenger=messenger,
        now=now,
        wall=wall_clock,
        pace=pace,
        mail=mail,
        guidance=practice.read_guidance(config_dir),
    )


def roster_in_force(
    *, database_url: str, config_dir: Path, now: Callable[[], datetime] = wall_clock
) -> Roster:
    """Give who works here today: the file, and what was changed since where a database tells.

    Nothing is made or changed. Raises PracticeError for a file that cannot be read.
    """
    base, today = practice.read_roster(config_dir), now().astimezone(UK).date()
    file = database_url.removeprefix("sqlite:///")
    if file != database_url and not Path(file).exists():
        return base.on(today)
    store = open_store(database_url)
    try:
        return RosterShelf(base, store).roster(today)
    except DATABASE_TROUBLE:  # the doctor has said so; what the file says is said all the same
        return base.on(today)
    finally:
        store.close()
