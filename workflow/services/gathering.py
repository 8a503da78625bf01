"""After downtime: what fell due on many requests meanwhile becomes one message for each person.

The sweep writes its reminders request by request, each in a transaction of its own, as rows that
wait ("gathering"). Once nothing more is due, one transaction makes of them one message for each
recipient. A crash in between leaves them waiting, and the next sweep anywhere gathers them.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from workflow.law.dates import long_date
from workflow.services import discretion
from workflow.store import gathered, outbox, requests
from workflow.store.outbox import Outgoing

if TYPE_CHECKING:
    from workflow.services.office import Office
    from workflow.store.gathered import Gathered
    from workflow.store.unit_of_work import Connection

RULE = "after downtime"
# A request that cannot be swept at all must not keep everybody's message back for ever.
LONGEST_WAIT = timedelta(minutes=10)
# A longer message names each request by its rule alone: Slack shows no more in one.
MOST_WORDS = 9000


def gather(office: Office) -> int:
    """Make one message for each recipient of what waits. Gives how many messages wait to be sent.

    Nothing is done while something due is still unswept, here or by another process.
    """
    now = office.now()
    with office.store.writing() as connection:
        rows = gathered.gathering(connection)
        if not rows:
            return 0
        unswept = requests.due_moments(connection, now, under=office.speaking, most=1)
        if unswept and now - min(one.created_at for one in rows) < LONGEST_WAIT:
            return 0
        by_recipient = groupby(rows, key=lambda one: one.recipient)
        told = [_tell(office, connection, list(theirs)) for _, theirs in by_recipient]
    return sum(told)


def _tell(office: Office, connection: Connection, rows: list[Gathered]) -> int:
    """Let what waits for one recipient be sent: by itself, or several requests in one message."""
    ids = [one.id for one in rows]
    if len({one.request_id for one in rows}) == 1:
        gathered.release(connection, ids)
        return len(ids)
    recipient = rows[0].recipient
    rows = [_discreet(connection, one) for one in rows]
    key = f"gathered|{RULE}|{min(ids)}|{recipient}"
    urgent = any(one.urgent for one in rows) or None
    message = Outgoing(key, "notice", recipient, words(rows), RULE, urgent=urgent)
    outbox.put(connection, None, [message], at=office.now())
    gathered.mark_gathered(connection, ids)
    return 1


def _discreet(connection: Connection, row: Gathered) -> Gathered:
    """Put in place of a row's words what may be said to its recipient of a restricted request.

    In a channel it then calls nobody: that it is urgent would be more than may be said.
    """
    request = requests.get(connection, row.reference).request
    text = discretion.words(request, row.recipient, row.text)
    is_veiled = text != row.text and not row.recipient.startswith("person:")
    return row._replace(text=text, urgent=None if is_veiled else row.urgent)


def words(rows: list[Gathered]) -> str:
    """Say what fell due meanwhile: each request once, the soonest due first."""
    latest = {one.reference: one for one in sorted(rows, key=lambda one: one.id)}
    in_order = sorted(latest.values(), key=lambda one: (one.due_on is None, one.due_on, one.id))
    head = f"{len(in_order)} requests need you. FOI Desk was not running and tells you now."
    whole = [f"• {one.text}" for one in in_order]
    if sum(map(len, whole)) > MOST_WORDS:
        whole = [f"• {_short(one)}" for one in in_order]
    return "\n".join([head, *whole])


def _short(one: Gathered) -> str:
    due = f", due {long_date(one.due_on)}" if one.due_on else ""
    return f"{one.reference}: {one.rule}{due}"
