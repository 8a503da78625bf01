"""Calendar feeds: whose each is, by the digest of its secret."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select, update

from workflow.store.tables import FeedRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_feeds = FeedRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Feed(NamedTuple):
    """A feed in force: whose days it shows ("person:amira", "team:digital"), and who made it."""

    owner: str
    made_by: str


def add(connection: Connection, feed: Feed, *, digest: str, at: datetime) -> None:
    """Keep a new feed."""
    connection.execute(insert(_feeds), feed._asdict() | {"digest": digest, "made_at": at})


def revoke(connection: Connection, owner: str, *, at: datetime, made_by: str | None = None) -> int:
    """End the feeds of a person or team, those that one person made or all. Gives how many."""
    ending = update(_feeds).where(_feeds.c.owner == owner, _feeds.c.revoked_at.is_(None))
    if made_by is not None:
        ending = ending.where(_feeds.c.made_by == made_by)
    return connection.execute(ending.values(revoked_at=at)).rowcount


def find(connection: Connection, digest: str) -> Feed | None:
    """Find the feed in force with this digest, or None."""
    statement = select(_feeds.c.owner, _feeds.c.made_by).where(
        _feeds.c.digest == digest, _feeds.c.revoked_at.is_(None)
    )
    row = connection.execute(statement).first()
    return Feed(row.owner, row.made_by) if row else None
