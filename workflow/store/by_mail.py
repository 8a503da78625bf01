"""Rows of the outbox that go by e-mail: marked by their channel before they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from workflow.store.outbox import LEASE, to_send
from workflow.store.tables import OutboxRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from workflow.store.outbox import Leased

_outbox = OutboxRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it

CHANNEL = "email"


def lease(
    connection: Connection,
    *,
    name: str,
    now: datetime,
    recipients: Sequence[str],
    most: int,
    in_hours: bool,
) -> list[Leased]:
    """Take urgent rows for these recipients that certainly do not stand in Slack.

    From here on they are the e-mail's: Slack never gets them, whatever happens.
    """
    chosen = (
        select(_outbox.c.id)
        .where(
            _outbox.c.state == "waiting",
            _outbox.c.urgent.is_(True),
            _outbox.c.recipient.in_(recipients),
        )
        .order_by(_outbox.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    if not in_hours:
        chosen = chosen.where(_outbox.c.rule.is_(None))
    ids = connection.scalars(chosen).all()
    if not ids:
        return []
    until = now + LEASE * len(ids)
    rows = to_send(connection, ids, name, until)
    connection.execute(
        update(_outbox)
        .where(_outbox.c.id.in_(ids))
        .values(
            state="sending",
            lease=name,
            not_before=until,
            channel=CHANNEL,
            attempts=_outbox.c.attempts + 1,
        )
    )
    return rows


def release(connection: Connection, leased: Leased, *, why: str) -> None:
    """Give a row back to whichever way is there first: it certainly did not go by e-mail."""
    connection.execute(
        update(_outbox)
        .where(_outbox.c.id == leased.id, _outbox.c.lease == leased.lease)
        .values(state="waiting", channel=None, not_before=None, trouble=why)
    )


def set_aside_lapsed(connection: Connection, *, now: datetime, at: datetime, why: str) -> None:
    """Set aside what was being mailed when its worker died: nobody knows whether it went."""
    connection.execute(
        update(_outbox)
        .where(
            _outbox.c.state == "sending",
            _outbox.c.channel == CHANNEL,
            _outbox.c.not_before <= now,
        )
        .values(state="undeliverable", sent_at=at, trouble=why)
    )
