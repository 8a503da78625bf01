"""What is done once a day, by whichever process comes first: a round, by its name and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.store.tables import RoundRow

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

_rounds = RoundRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


def done(connection: Connection, on: date) -> frozenset[str]:
    """Give the names of the rounds that were made on a day."""
    return frozenset(connection.scalars(select(_rounds.c.name).where(_rounds.c.on == on)))


def begin(connection: Connection, name: str, on: date) -> bool:
    """Begin a round. False when another process makes it or made it: leave it to that one."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    adding = dialect.insert(_rounds).on_conflict_do_nothing().returning(_rounds.c.name)
    return connection.scalar(adding, {"name": name, "on": on}) is not None
