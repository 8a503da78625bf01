"""What was asked once is done once, however often Slack sends it: keys of what was done.

Slack sends again what it saw no acknowledgement of, and the act may have been committed all the
same. The key is written in the transaction of the act, so that the two are true together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, delete, select, update
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


BEGUN, DONE = 0, 1  # of what is no act, as its version
_BEGIN = {
    name: dialect.insert(_once)
    .values({one: bindparam(one) for one in ("key", "reference", "version", "at")})
    .on_conflict_do_update(
        index_elements=["key"],
        set_={"at": bindparam("at")},
        where=(_once.c.version == BEGUN) & (_once.c.at < bindparam("given_up")),
    )
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


def is_known(connection: Connection, key: str) -> bool:
    """Say whether an act was done under a key."""
    return connection.execute(select(_once.c.key).where(_once.c.key == key)).first() is not None


def done(connection: Connection, key: str) -> Before:
    """Give what was done under a key, for which Repeated was raised."""
    row = connection.execute(select(_once).where(_once.c.key == key)).mappings().one()
    return Before(row["reference"], row["version"])


def begin(connection: Connection, key: str, *, at: datetime, given_up: datetime) -> bool:
    """Take something upon oneself that leaves nothing else behind to know it by.

    False where it is done, or somebody began it after `given_up` and may still be at it.
    """
    row = {"key": key, "reference": "", "version": BEGUN, "at": at, "given_up": given_up}
    return connection.execute(_BEGIN[connection.dialect.name], row).first() is not None


def finish(connection: Connection, key: str) -> None:
    """Note that what was begun is done."""
    connection.execute(update(_once).where(_once.c.key == key).values(version=DONE))


def forget(connection: Connection, *, before: datetime) -> None:
    """Forget keys of long ago: Slack gives up after minutes."""
    connection.execute(delete(_once).where(_once.c.at < before))
