"""The part of the outbox that is not sent: what waits, what is under way, what was set aside."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import exists, func, or_, select, update

from workflow.store.outbox import is_unsent
from workflow.store.tables import OutboxRow, RequestRow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection, RowMapping

_outbox = OutboxRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
# What waits to be gathered into one message waits too.
UNSENT_STATES = ("waiting", "sending", "gathering")
_newer = _outbox.alias("newer")
_shown = select(_outbox, _requests.c.reference).outerjoin(
    _requests, _requests.c.id == _outbox.c.request_id
)


class Unsent(NamedTuple):
    """A row that is not sent: since when it is there, how often it was tried, and its trouble."""

    key: str
    reference: str
    kind: str
    recipient: str
    state: str
    since: datetime
    not_before: datetime | None
    attempts: int
    trouble: str | None
    text: str


def unsent(connection: Connection, *, most: int) -> list[Unsent]:
    """List the rows that are not sent: first those set aside, then the others in their order."""
    aside = set_aside(connection)
    rows = connection.execute(
        _shown.where(_outbox.c.state.in_(UNSENT_STATES)).order_by(_outbox.c.id).limit(most)
    )
    return (aside + [_unsent(row) for row in rows.mappings()])[:most]


def set_aside(connection: Connection) -> list[Unsent]:
    """List the rows that could not be delivered, in their order."""
    rows = connection.execute(
        _shown.where(_outbox.c.state == "undeliverable").order_by(_outbox.c.id)
    )
    return [_unsent(row) for row in rows.mappings()]


def _unsent(row: RowMapping) -> Unsent:
    return Unsent(
        key=row["key"],
        reference=row["reference"] or "",
        kind=row["kind"],
        recipient=row["recipient"],
        state=row["state"],
        since=row["created_at"],
        not_before=row["not_before"],
        attempts=row["attempts"],
        trouble=row["trouble"],
        text=row["text"],
    )


def counts(connection: Connection) -> dict[str, int]:
    """Count the rows that are not sent, by state; a state without rows is there with 0."""
    states = (*UNSENT_STATES, "undeliverable")
    rows = connection.execute(
        select(_outbox.c.state, func.count())
        .where(_outbox.c.state.in_(states))
        .group_by(_outbox.c.state)
    )
    return dict.fromkeys(states, 0) | {row[0]: row[1] for row in rows}


def try_again(connection: Connection, keys: Sequence[str], *, now: datetime) -> None:
    """Let rows that were set aside wait again; whoever takes one looks for it first."""
    connection.execute(
        update(_outbox)
        .where(_outbox.c.key.in_(keys), _outbox.c.state == "undeliverable")
        .values(state="sending", lease=None, not_before=now, attempts=0, sent_at=None, channel=None)
    )


def hurry(connection: Connection, *, now: datetime) -> None:
    """Let all that waits for a later try be tried now."""
    connection.execute(
        update(_outbox)
        .where(_outbox.c.state == "waiting", _outbox.c.not_before > now)
        .values(not_before=now)
    )


def longest_waiting(connection: Connection, now: datetime, *, in_hours: bool) -> datetime | None:
    """Give since when the oldest row waits that may be sent now; `now` is the machine's time."""
    ready = or_(_outbox.c.not_before.is_(None), _outbox.c.not_before <= now)
    statement = select(_outbox.c.created_at).where(
        _outbox.c.state.in_(("waiting", "sending")), ready
    )
    if not in_hours:
        statement = statement.where(_outbox.c.rule.is_(None))
    found: datetime | None = connection.scalars(statement.order_by(_outbox.c.id).limit(1)).first()
    return found


def hasten(connection: Connection, *, now: datetime, why: str | None = None) -> int:
    """Let what was put off be tried at once: all of it, or what was put off for one reason.

    What may have been sent stays where it is, and is looked after in its own time. Gives how many.
    """
    waits = (_outbox.c.state == "waiting") & (_outbox.c.not_before > now)
    put_off = _outbox.c.trouble.is_not(None) if why is None else _outbox.c.trouble == why
    hastened = update(_outbox).where(is_unsent(_outbox), waits, put_off).values(not_before=now)
    return connection.execute(hastened).rowcount


def revive(
    connection: Connection, recipients: Collection[str] | None, whys: Collection[str]
) -> int:
    """Let what was set aside for these reasons wait again: its recipient can be reached.

    None is every recipient.

    An older card stays where it is when there is a newer one: only the latest truth is drawn. Gives
    how many rows it was.
    """
    aside = [_outbox.c.state == "undeliverable", _outbox.c.trouble.in_(whys)]
    if recipients is not None:
        aside.append(_outbox.c.recipient.in_(recipients))
    newer = exists().where(
        _newer.c.request_id == _outbox.c.request_id,
        _newer.c.recipient == _outbox.c.recipient,
        _newer.c.kind == "card",
        _newer.c.id > _outbox.c.id,
    )
    again = update(_outbox).where(*aside, or_(_outbox.c.kind != "card", ~newer))
    values = {"state": "waiting", "sent_at": None, "not_before": None, "attempts": 0}
    return connection.execute(again.values(**values)).rowcount
