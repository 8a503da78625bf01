"""What is still to be taken away in Slack: messages and files about what was disposed of.

What is gone is forgotten; that it was disposed of stays recorded with its request. To take away
what is gone already does no harm, so nothing is leased: whoever comes by does it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.store.by_mail import CHANNEL as BY_MAIL
from workflow.store.tables import OutboxRow, RemovalRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_outbox = OutboxRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_removals = RemovalRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it

_this = and_(_removals.c.channel == bindparam("at"), _removals.c.ts == bindparam("stands"))


class Removal(NamedTuple):
    """A message or a file that is to go, by where it stands, and how often that was tried."""

    channel: str
    ts: str
    reference: str
    is_file: bool
    attempts: int


class Left(NamedTuple):
    """How much of a request is still in Slack, and what stood in the way when it was last tried."""

    reference: str
    messages: int
    trouble: str


def put(connection: Connection, request_id: int, reference: str, *, at: datetime) -> int:
    """Note all that was posted about a request, but for its cards. Gives how much that is.

    A digest, or a message after downtime, names several requests; it goes with the first of them.
    `at` is by the machine's time.
    """
    names_it = _outbox.c.text.contains(reference, autoescape=True)
    about_it = or_(
        _outbox.c.request_id == request_id, and_(_outbox.c.request_id.is_(None), names_it)
    )
    stands = select(_outbox.c.kind, _outbox.c.channel, _outbox.c.ts).where(
        about_it,
        _outbox.c.kind != "card",  # a card is drawn anew without the words
        _outbox.c.state == "sent",
        _outbox.c.channel.is_not(None),
        _outbox.c.channel != BY_MAIL,
        _outbox.c.ts.is_not(None),
    )
    new = {"reference": reference, "attempts": 0, "not_before": at}
    rows = [
        {**new, "channel": one.channel, "ts": one.ts, "is_file": one.kind == "file"}
        for one in connection.execute(stands)
    ]
    if not rows:
        return 0
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    adding = dialect.insert(_removals).on_conflict_do_nothing(index_elements=["channel", "ts"])
    connection.execute(adding, rows)
    return len(rows)


def due(connection: Connection, *, now: datetime, most: int) -> list[Removal]:
    """Give what may be tried now, what has waited longest first."""
    columns = (_removals.c[name] for name in Removal._fields)
    statement = (
        select(*columns)
        .where(_removals.c.not_before <= now)
        .order_by(_removals.c.not_before, _removals.c.ts)
        .limit(most)
    )
    return [Removal(*row) for row in connection.execute(statement)]


def done(connection: Connection, one: Removal) -> None:
    """Note that something is gone."""
    connection.execute(delete(_removals).where(_this), {"at": one.channel, "stands": one.ts})


def put_off(connection: Connection, one: Removal, *, until: datetime, why: str) -> None:
    """Note that something could not be taken away, and when that is tried again."""
    later = {"attempts": one.attempts + 1, "not_before": until, "trouble": why}
    changed = update(_removals).where(_this).values(later)
    connection.execute(changed, {"at": one.channel, "stands": one.ts})


def left(connection: Connection) -> list[Left]:
    """Say of which requests how much is still in Slack."""
    statement = (
        select(_removals.c.reference, func.count(), func.max(_removals.c.trouble))
        .group_by(_removals.c.reference)
        .order_by(_removals.c.reference)
    )
    return [Left(row[0], row[1], row[2] or "") for row in connection.execute(statement)]
