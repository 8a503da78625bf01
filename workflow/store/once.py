"""What was asked once is done once, however often Slack sends it: keys of what was done.

Slack sends again what it saw no acknowledgement of, and the act may have been committed all the
same. The key is written in the transaction of the act, so that the two are true together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.store.tables import OnceRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_once = OnceRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_ADD = {
    name: dialect.insert(_once)
    .on_conflict_do_nothing(index_elements=["key"])
    .returning(_once.c.key)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


class Repeated(Exception):
    """What is asked was done already. The transaction is to be given up."""


class Before(NamedTuple):
    """What was done: on which request, and as which version of it."""

    reference: str
    version: int


def keep(connection: Connection, key: str, before: Before, *, at: datetime) -> None:
    """Write down that a key's act is done. Raises Repeated where it was done before."""
    row = {"key": key, "reference": before.reference, "version": before.version, "at": at}
    if connection.execute(_ADD[connection.dialect.name], row).first() is None:
        raise Repeated


def done(connection: Connection, key: str) -> Before:
    """Give what was done under a key, for which Repeated was raised."""
    row = connection.execute(select(_once).where(_once.c.key == key)).mappings().one()
    return Before(row["reference"], row["version"])


def forget(connection: Connection, *, before: datetime) -> None:
    """Forget keys of long ago: Slack gives up after minutes."""
    connection.execute(delete(_once).where(_once.c.at < before))
