"""What changed about the people of the office: appended for ever, read to be folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, insert, select

from workflow.casework.people import Change, What
from workflow.store.tables import PersonChangeRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_people = PersonChangeRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_last = select(func.max(_people.c.id))
_in_order = select(_people).order_by(_people.c.id)
# The lock under which people are changed: two changes at once must not both be the last of a kind.
_ONE_AT_A_TIME = 0xF03


class Noted(NamedTuple):
    """A change and the moment at which it was written down."""

    change: Change
    at: datetime


def append(connection: Connection, change: Change, *, at: datetime) -> None:
    """Write a change down. It can never be altered: the database refuses."""
    values = {
        "handle": change.handle,
        "what": change.what.value,
        "value": dict(change.value),
        "by": change.by,
        "on": change.on,
        "at": at,
        "reason": change.reason,
    }
    connection.execute(insert(_people), values)


def take_turn(connection: Connection) -> None:
    """Wait until nobody else is changing the people, and keep others waiting until the commit."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
        connection.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))


def last_id(connection: Connection) -> int:
    """Give the number of the last change; 0 before there is any."""
    return int(connection.scalar(_last) or 0)


def changes(connection: Connection) -> list[Noted]:
    """Give every change, the first first. One that this program does not know is passed over."""
    known = {what.value for what in What}
    return [
        Noted(
            Change(
                handle=row["handle"],
                what=What(row["what"]),
                by=row["by"],
                on=row["on"],
                value=dict(row["value"]),
                reason=row["reason"],
            ),
            row["at"],
        )
        for row in connection.execute(_in_order).mappings()
        if row["what"] in known
    ]
