"""Looking whether what was amiss with the way to people has been mended, though nothing was sent.

A channel is unarchived, a permission given, an account activated: nobody tells the desk of it, and
what waits for it would wait for the next try, or the next message that happens to go there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from workflow.services import health, troubles
from workflow.services.messenger import Trouble, Undelivered, Unknown

if TYPE_CHECKING:
    from workflow.services.office import Office
    from workflow.store.troubles import Seen

log = structlog.get_logger(__name__)


def look(office: Office) -> int:
    """Look at what lasts, each with a question or two. Gives how much of it is over now.

    While Slack itself is away nothing is asked. Side effects: see `troubles.mended`. Safe to run
    anywhere, any number of times at once.
    """
    office = office.whole
    with office.store.reading() as connection:
        lasting = troubles.to_look_at(connection)
    if not lasting or health.slack_is_away_since(office) is not None:
        return 0
    mended = [one for one in lasting if _is_mended(office, one)]
    for one in mended:
        with office.store.writing() as connection:
            troubles.mended(office, connection, one)
        log.info("mended", trouble=one.kind, about=one.about)
    return len(mended)


def _is_mended(office: Office, one: Seen) -> bool:
    """Ask. What cannot be asked now, for Slack is slow, away, or wants a permission, is not."""
    try:
        return office.messenger.is_mended(Trouble(one.kind), one.about)
    except (Undelivered, Unknown) as error:
        log.info("cannot tell whether it is mended", about=one.about, why=error.why)
        return False
