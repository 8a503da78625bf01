"""What is to be said: put in with the act that causes it, leased by a worker, sent, settled.

A row's key is unique, so the same thing is put in once. A lease names its worker and its end: a
worker that died leaves a row in "sending", whose lease runs out; whoever leases it again must look
whether it was posted before posting it (see services.delivery).
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Text, and_, bindparam, exists, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.store import paces
from workflow.store.paces import Pace
from workflow.store.tables import OutboxRow, RequestRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select

_outbox = OutboxRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_UNSENT = [literal_column(f"'{state}'", Text) for state in ("waiting", "sending")]

# How long a worker may take over one message before another looks after it.
LEASE = timedelta(seconds=20)
AS_FAST_AS_IT_GOES = Pace()


class Outgoing(NamedTuple):
    """Something to be put in the outbox. `recipient` is "person:amira", "team:x" or "desk:".

    `not_before` is by the machine's time: until then, who takes what is settled leaves it alone.
    What is `urgent` goes to a person by e-mail when Slack is away for too long, and calls the user
    group of a channel.
    """

    key: str
    kind: str
    recipient: str
    text: str = ""
    rule: str | None = None
    offers: str | None = None  # an act, as a button
    not_before: datetime | None = None
    urgent: bool | None = None


class Leased(NamedTuple):
    """A row that this worker has to send. `again` says that an earlier try may have sent it.

    `trouble` is why an earlier try was put off.

    `since` is when it was put in, by the office's time: it cannot have been sent before. A row that
    speaks of several requests has no `request_id` and no `reference`.
    """

    id: int
    key: str
    request_id: int | None
    reference: str
    kind: str
    recipient: str
    text: str
    attempts: int
    again: bool
    since: datetime
    lease: str
    until: datetime
    offers: str | None = None
    lapsed: str = ""  # the lease that ran out, where one did
    rule: str | None = None
    urgent: bool | None = None
    trouble: str | None = None


class Said(NamedTuple):
    """A line of the list of what was said: when, to whom, by which rule."""

    at: datetime | None
    reference: str
    recipient: str
    rule: str | None
    text: str
    state: str
    trouble: str | None


def put(
    connection: Connection,
    request_id: int | None,
    messages: Sequence[Outgoing],
    *,
    at: datetime,
    state: str = "waiting",
    card_may_wait: bool = True,
) -> int:
    """Put messages in, in order, leaving out a key already there. Gives how many came in.

    A newer card takes the place of an older one that waits: only the latest truth is drawn. Who
    knows that none waits spares the look for it.
    In the state "gathering" they wait until `services.gathering` says them together with others.
    """
    if not messages:
        return 0
    came_in = put_several(connection, [(request_id, one) for one in messages], at=at, state=state)
    if card_may_wait and any(one.kind == "card" for one in messages):
        connection.execute(_supersede, {"request": request_id})
    return came_in


def put_several(
    connection: Connection,
    messages: Sequence[tuple[int | None, Outgoing]],
    *,
    at: datetime,
    state: str = "waiting",
) -> int:
    """Put in messages, each about a request of its own; no cards. Gives how many came in."""
    if not messages:
        return 0
    kept = {"state": state, "created_at": at, "attempts": 0}
    rows = [one._asdict() | kept | {"request_id": about} for about, one in messages]
    return connection.execute(_ADDING[connection.dialect.name], rows).rowcount


def spare_cards(connection: Connection, request_id: int, recipient: str) -> None:
    """Spare the cards that wait for a recipient: what they would show stands there already."""
    connection.execute(_spare, {"request": request_id, "to": recipient})


def is_unsent(rows: FromClause) -> ColumnElement[bool]:
    """Say it in the very words of the partial index: else what was sent long ago is read too."""
    return rows.c.state.in_(_UNSENT)


# One statement for all of them, its rows in their order: ids, by which they are said, follow it.
_ADDING = {
    dialect: insert(_outbox)
    .on_conflict_do_nothing(index_elements=["key"])
    .execution_options(preserve_rowcount=True)
    for dialect, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
_newer = _outbox.alias("newer")
# Of the bound "request": the cards that are still to be drawn.
waiting_cards = (
    is_unsent(_outbox),
    _outbox.c.request_id == bindparam("request"),
    _outbox.c.kind == "card",
    _outbox.c.state == "waiting",
)
_supersede = (
    update(_outbox)
    .where(
        *waiting_cards,
        exists().where(
            is_unsent(_newer),
            _newer.c.request_id == _outbox.c.request_id,
            _newer.c.recipient == _outbox.c.recipient,
            _newer.c.kind == "card",
            _newer.c.id > _outbox.c.id,
        ),
    )
    .values(state="superseded")
)
_spare = (
    update(_outbox)
    .where(*waiting_cards, _outbox.c.recipient == bindparam("to"))
    .values(state="superseded")
)


def _first_unsent(*, in_hours: bool, settled: bool) -> Select[int, str, str]:
    """Choose rows that may be sent now, each the first unsent of its request."""
    earlier = _outbox.alias("earlier")
    before = exists().where(
        earlier.c.request_id == _outbox.c.request_id,
        earlier.c.id < _outbox.c.id,
        is_unsent(earlier),
    )
    # What waits for the morning holds nothing else back.
    first = ~(before if in_hours else before.where(earlier.c.rule.is_(None)))
    ready = or_(_outbox.c.not_before.is_(None), _outbox.c.not_before <= bindparam("now"))
    if not settled:  # nobody tried it yet, so it waits for more to come and not for Slack
        ready = or_(ready, _outbox.c.attempts == 0)
    chosen = (
        select(_outbox.c.id, _outbox.c.kind, _outbox.c.recipient)
        .where(is_unsent(_outbox), ready, first, ~paces.is_closed(_outbox.c.recipient))
        .where(_outbox.c.channel.is_(None))  # not what goes by e-mail: see `by_mail`
        .order_by(_outbox.c.id + 0)  # by id alone, SQLite would walk through all that was ever sent
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    return chosen if in_hours else chosen.where(_outbox.c.rule.is_(None))


# Built once: a tick that finds nothing costs only the question.
_CHOSEN = {
    (in_hours, settled): _first_unsent(in_hours=in_hours, settled=settled)
    for in_hours in (True, False)
    for settled in (True, False)
}
_HELD = (
    select(_outbox.c.id).where(is_unsent(_outbox), paces.is_closed(_outbox.c.recipient)).limit(1)
)


def lease(  # who takes how much and when, each by name
    connection: Connection,
    *,
    name: str,
    now: datetime,
    most: int,
    in_hours: bool,
    pace: Pace = AS_FAST_AS_IT_GOES,
    settled: bool = False,
) -> list[Leased]:
    """Take up to `most` rows to send, each the first unsent of its request, so that order holds.

    `now` is the machine's time. Reminders (rows with a rule) wait while `in_hours` is false. No
    recipient is given more messages at once than `pace` allows, whoever else is sending. `settled`
    leaves alone what was put in to wait a moment.
    """
    found = connection.execute(
        _CHOSEN[in_hours, settled], {"now": now, "most": most, "open_to": now + pace.slack}
    ).all()
    ids = _within_pace(connection, found, now=now, pace=pace)
    if not ids:
        return []
    until = now + LEASE
    rows = to_send(connection, ids, name, until)
    connection.execute(
        update(_outbox)
        .where(_outbox.c.id.in_(ids))
        .values(
            state="sending",
            lease=name,
            not_before=until,
            attempts=_outbox.c.attempts + 1,
        )
    )
    return rows


def _within_pace(
    connection: Connection, found: Sequence[Row[int, str, str]], *, now: datetime, pace: Pace
) -> list[int]:
    """Leave out what is too much at once for its recipient; a card drawn over is no message."""
    if pace.seconds <= 0:
        return [row.id for row in found]
    posts = Counter(row.recipient for row in found if row.kind != "card")
    left = paces.admit(connection, posts, now=now, pace=pace)
    ids = []
    for row in found:
        if row.kind != "card":
            left[row.recipient] -= 1
        if row.kind == "card" or left[row.recipient] >= 0:
            ids.append(row.id)
    return ids


def is_any_held(connection: Connection, *, open_to: datetime, in_hours: bool) -> bool:
    """Say whether something waits for nothing but its recipient's pace."""
    waiting = _HELD if in_hours else _HELD.where(_outbox.c.rule.is_(None))
    return connection.execute(waiting, {"open_to": open_to}).first() is not None


def to_send(connection: Connection, ids: Sequence[int], name: str, until: datetime) -> list[Leased]:
    """Read rows that are being leased, in their order, as they are before it."""
    statement = (
        select(_outbox, _requests.c.reference)
        .outerjoin(_requests, _requests.c.id == _outbox.c.request_id)
        .where(_outbox.c.id.in_(ids))
        .order_by(_outbox.c.id)
    )
    return [
        Leased(
            id=row["id"],
            key=row["key"],
            request_id=row["request_id"],
            reference=row["reference"] or "",
            kind=row["kind"],
            recipient=row["recipient"],
            text=row["text"],
            attempts=row["attempts"] + 1,
            again=row["state"] == "sending",
            since=row["created_at"],
            lease=name,
            until=until,
            offers=row["offers"],
            lapsed=(row["lease"] or "") if row["state"] == "sending" else "",
            rule=row["rule"],
            urgent=row["urgent"],
            trouble=row["trouble"],
        )
        for row in connection.execute(statement).mappings()
    ]


def renew(connection: Connection, leased: Leased, *, now: datetime) -> bool:
    """Hold a row for longer. False when the lease had passed to another worker meanwhile."""
    return _settle(connection, leased, {"not_before": now + LEASE})


def settle(connection: Connection, leased: Leased, *, at: datetime, channel: str, ts: str) -> bool:
    """Mark a row as sent. False when the lease had passed to another worker meanwhile."""
    values = {"state": "sent", "sent_at": at, "channel": channel, "ts": ts, "trouble": None}
    return _settle(connection, leased, values)


def put_off(connection: Connection, leased: Leased, *, until: datetime, why: str) -> bool:
    """Let a row wait until later: it was certainly not sent now (rate limit, refused connection).

    Where an earlier try may have sent it, that stays in doubt: whoever takes it next looks first.
    """
    state = "sending" if leased.again else "waiting"
    values = {"state": state, "not_before": until, "trouble": why}
    return _settle(connection, leased, values)


def give_back(connection: Connection, leased: Leased, *, now: datetime) -> bool:
    """Let another worker have a row at once: this one leaves off before it tried to send it."""
    state = "sending" if leased.again else "waiting"
    values = {"state": state, "not_before": now, "attempts": leased.attempts - 1}
    return _settle(connection, leased, values)


def leave_unknown(connection: Connection, leased: Leased, *, until: datetime, why: str) -> bool:
    """Leave a row in "sending": it may have been sent. Whoever takes it next looks first."""
    values = {"state": "sending", "not_before": until, "trouble": why, "lease": None}
    return _settle(connection, leased, values)


def give_up(
    connection: Connection, leased: Leased, *, at: datetime, why: str, state: str = "undeliverable"
) -> bool:
    """Set a row aside as undeliverable, with the reason; as superseded where it is not needed."""
    return _settle(connection, leased, {"state": state, "sent_at": at, "trouble": why})


def _settle(connection: Connection, leased: Leased, values: dict[str, object]) -> bool:
    statement = (
        update(_outbox)
        .where(
            and_(
                _outbox.c.id == leased.id,
                _outbox.c.lease == leased.lease,
                _outbox.c.state == "sending",
            )
        )
        .values(**values)
    )
    return connection.execute(statement).rowcount == 1


def said(connection: Connection, *, reference: str | None = None) -> list[Said]:
    """List what was said, is waiting, or could not be said; cards and thread lines left out.

    What speaks of several requests has no reference.
    """
    statement = (
        select(_outbox, _requests.c.reference)
        .outerjoin(_requests, _requests.c.id == _outbox.c.request_id)
        .where(_outbox.c.kind == "notice")
        .order_by(_outbox.c.id)
    )
    if reference is not None:
        statement = statement.where(_requests.c.reference == reference)
    return [
        Said(
            at=row["sent_at"],
            reference=row["reference"] or "",
            recipient=row["recipient"],
            rule=row["rule"],
            text=row["text"],
            state=row["state"],
            trouble=row["trouble"],
        )
        for row in connection.execute(statement).mappings()
    ]


def waiting(connection: Connection) -> int:
    """Count the rows that are not sent yet."""
    return len(connection.scalars(select(_outbox.c.id).where(is_unsent(_outbox))).all())
