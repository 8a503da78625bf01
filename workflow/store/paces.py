"""How fast each recipient may be spoken to: kept in the database, since many workers share it.

Slack takes about one message a second in a channel, and short bursts. Each message moves the moment
to which a channel's messages are reckoned; a channel is open while that moment is not too far
ahead. (The generic cell rate algorithm: one moment a channel, whatever the number of workers.)
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.store.tables import PaceRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection

_paces = PaceRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Pace(NamedTuple):
    """Seconds between two messages to one recipient, and how many may come at once."""

    seconds: float = 0.0
    burst: int = 5

    @property
    def slack(self) -> timedelta:
        """How far ahead a channel may be reckoned and still take one more message."""
        return timedelta(seconds=self.seconds * (self.burst - 1))


def is_closed(recipient: ColumnElement[str]) -> ColumnElement[bool]:
    """Say that a recipient takes no message now; `open_to` is now and the pace's slack."""
    return exists().where(
        _paces.c.recipient == recipient, _paces.c.reckoned_to > bindparam("open_to")
    )


def admit(
    connection: Connection, wanted: Mapping[str, int], *, now: datetime, pace: Pace
) -> dict[str, int]:
    """Let so many messages through to each recipient as its pace allows, and reckon them."""
    if pace.seconds <= 0 or not wanted:
        return dict(wanted)
    reckoned = _reckoned(connection, sorted(wanted), now)
    admitted = {
        name: min(number, _room(reckoned[name], now, pace)) for name, number in wanted.items()
    }
    for name in sorted(name for name, number in admitted.items() if number):
        moved = reckoned[name] + timedelta(seconds=pace.seconds * admitted[name])
        connection.execute(_move, {"name": name, "moved": moved})
    return admitted


def _room(reckoned: datetime, now: datetime, pace: Pace) -> int:
    ahead = now + pace.slack - reckoned
    return max(0, int(ahead.total_seconds() / pace.seconds + 1e-6) + 1)


def _reckoned(connection: Connection, names: list[str], now: datetime) -> dict[str, datetime]:
    """Lock the moments of these recipients; one that is past is now."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    adding = dialect.insert(_paces).on_conflict_do_nothing(index_elements=["recipient"])
    # In the order of their names, so that no two workers wait for each other.
    connection.execute(adding, [{"recipient": name, "reckoned_to": now} for name in names])
    rows = connection.execute(
        select(_paces.c.recipient, _paces.c.reckoned_to)
        .where(_paces.c.recipient.in_(names))
        .order_by(_paces.c.recipient)
        .with_for_update()
    )
    return {row.recipient: max(row.reckoned_to, now) for row in rows}


def close(
    connection: Connection, recipient: str, *, until: datetime, now: datetime, pace: Pace
) -> None:
    """Let nothing through to a recipient until a moment: Slack asked so (Retry-After)."""
    _reckoned(connection, [recipient], now)
    connection.execute(_move_later, {"name": recipient, "moved": until + pace.slack})


_move = (
    update(_paces)
    .where(_paces.c.recipient == bindparam("name"))
    .values(reckoned_to=bindparam("moved"))
)
_move_later = _move.where(_paces.c.reckoned_to < bindparam("moved"))
