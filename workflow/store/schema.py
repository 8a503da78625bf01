"""Bringing a database to the schema this program needs, and saying where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workflow.store.unit_of_work import Store

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 0xF02  # the lock under which a database is migrated


def migrate(store: Store) -> tuple[str | None, str]:
    """Run the missing migrations in one transaction. Gives the revisions before and after.

    Where several programs start at once, one migrates and the others wait for it. A database that
    a newer program has migrated stays as it is.
    """
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
            # A migration may take long, and so may waiting for another that migrates; but for the
            # locks of its tables it waits as others do, or everybody would wait behind it.
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
            connection.execute(text("RESET lock_timeout"))
        before = revision(connection)
        if before is not None and is_ahead(before):
            return before, before
        command.upgrade(_config(connection), "head")
        return before, newest()


def revision(connection: Connection) -> str | None:
    """Give the revision that a database is at, or None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def is_ahead(found: str) -> bool:
    """Say whether a revision is of a newer program: this one still works with it for a release."""
    known = ScriptDirectory.from_config(_config()).walk_revisions()
    return found not in {script.revision for script in known}


def newest() -> str:
    """Give the revision that this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise LookupError("this installation carries no migrations")
    return head


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
