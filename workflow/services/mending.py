"""Looking whether what was amiss with the way to people has been mended, though nothing was sent.

A channel is unarchived, a permission given, an account activated: nobody tells the desk of it, and
what waits for it would wait for the next try, or the next message that happens to go there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from workflow.services import health, troubles
from workflow.services.messenger import Trouble, Undelivered, Unknown

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.services.office import Office
    from workflow.store.troubles import Seen

log = structlog.get_logger(__name__)

LONGEST_WAIT = timedelta(minutes=5)
# A channel is looked for by its name among all there are, and Slack tells of them slowly.
SLOW = (Trouble.NO_CHANNEL,)


def look(office: Office, looked: dict[tuple[str, str], datetime] | None = None) -> int:
    """Look at what lasts, each with a question or two. Gives how much of it is over now.

    While Slack itself is away nothing is asked, and the longer something lasts the more rarely:
    `looked` remembers when each was looked at, from one call to the next. Side effects: see
    `troubles.mended`. Safe to run anywhere, any number of times at once.
    """
    office = office.whole
    with office.store.reading() as connection:
        lasting = troubles.to_look_at(connection)
    if not lasting or health.slack_is_away_since(office) is not None:
        return 0
    now, looked = office.wall(), {} if looked is None else looked
    mended = []
    for one in lasting:
        if _may_look(one, looked.get((one.kind, one.about)), now):
            looked[one.kind, one.about] = now
            if _is_mended(office, one):
                mended.append(one)
    for one in mended:
        with office.store.writing() as connection:
            troubles.mended(office, connection, one)
        log.info("mended", trouble=one.kind, about=one.about)
    return len(mended)


def _may_look(one: Seen, last: datetime | None, now: datetime) -> bool:
    """Say whether it is time: after a tenth of what it has lasted, and five minutes at most."""
    if last is None or now < last:  # the clock was put back
        return True
    wait = min((now - one.first_at) / 10, LONGEST_WAIT)
    return now - last >= (LONGEST_WAIT if one.kind in SLOW else wait)


def _is_mended(office: Office, one: Seen) -> bool:
    """Ask. What cannot be asked now, for Slack is slow, away, or wants a permission, is not."""
    try:
        return office.messenger.is_mended(Trouble(one.kind), one.about)
    except (Undelivered, Unknown) as error:
        log.info("cannot tell whether it is mended", about=one.about, why=error.why)
        return False
