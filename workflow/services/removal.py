"""Taking away in Slack what was disposed of: the lines, the notices and the files of a request.

What other people wrote under a card is theirs: no app may take that away, and Slack's own
retention does.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from workflow.services.messenger import PlaceGone, Undeliverable, Undelivered, Unknown
from workflow.store import removals
from workflow.store.cards import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.services.office import Office
    from workflow.store.removals import Left, Removal

# So many at a time: Slack takes about fifty of them a minute.
MOST = 20
# An answer that never came may come next time. A channel may be opened again, or FOI Desk asked in.
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(days=1)


def take_away(office: Office) -> int:
    """Take away what is due to go. Gives how much is gone now.

    Side effects: messages and files are deleted in Slack, each forgotten in a transaction of its
    own, also where somebody was faster. What cannot be taken away is tried again, once a day in
    the end, for as long as it stands. Safe to run anywhere, any number of times at once.
    """
    office = office.whole
    with office.store.reading() as connection:
        waiting = removals.due(connection, now=office.wall(), most=MOST)
    gone = 0
    for one in waiting:
        try:
            _delete(office, one)
        except Undelivered as error:
            _put_off(office, one, timedelta(seconds=error.retry_after), error.why)
            break  # Slack is away, or wants a pause: the next would fare no better
        except Unknown as error:
            _put_off(office, one, _wait(one), error.why)
            break
        except Undeliverable as error:
            _put_off(office, one, LONGEST_WAIT, error.why)
        else:
            gone += 1
    return gone


def left(office: Office) -> Sequence[Left]:
    """Say of which requests something is still in Slack, how much, and why."""
    with office.whole.store.reading() as connection:
        return removals.left(connection)


def _delete(office: Office, one: Removal) -> None:
    with suppress(PlaceGone):  # somebody took it away before, or an earlier try did
        office.messenger.delete(Place(one.channel, one.ts), is_file=one.is_file)
    with office.store.writing() as connection:
        removals.done(connection, one)


def _put_off(office: Office, one: Removal, wait: timedelta, why: str) -> None:
    with office.store.writing() as connection:
        removals.put_off(connection, one, until=office.wall() + wait, why=why)


def _wait(one: Removal) -> timedelta:
    waited = FIRST_WAIT
    for _ in range(one.attempts):
        waited = min(2 * waited, LONGEST_WAIT)
    return waited
