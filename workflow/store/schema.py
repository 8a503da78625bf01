"""Bringing a database to the schema this program needs, and saying where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select, text

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from workflow.store.unit_of_work import Store

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 0xF02  # the lock under which a database is migrated


def migrate(store: Store) -> tuple[str | None, str]:
    """Run the missing migrations in one transaction. Gives the revisions before and after.

    Where several programs start at once, one migrates and the others wait for it. A database that
    a newer program has migrated stays as it is.
    """
    from alembic import command  # noqa: PLC0415  # slow to import, and most programs migrate nothing

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
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def is_ahead(found: str) -> bool:
    """Say whether a revision is of a newer program: this one still works with it for a release."""
    return found not in _known()


def newest() -> str:
    """Give the revision that this program needs."""
    known = _known()
    if not known:
        raise LookupError("this installation carries no migrations")
    return max(known)


def _known() -> set[str]:
    """Give the revisions of this program, by the numbers with which their files begin.

    Alembic would say the same, and take longer to import than a command to answer.
    """
    files = (_MIGRATIONS / "versions").glob("[0-9]*.py")
    return {file.name.partition("_")[0] for file in files}


def _config(connection: Connection) -> Config:
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
