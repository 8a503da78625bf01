"""What Slack tells is heard once, whichever process it comes to and however often it is sent.

Acts keep a key of their own, in the transaction of the act: see `acts`. This is for what changes
nothing that could tell: an event. It is begun and then done, and not dropped because it was begun:
after a process died the repetition is the only copy.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from workflow.store import once, rounds

if TYPE_CHECKING:
    from workflow.services.office import Office

AT_IT = timedelta(seconds=30)  # whoever takes longer over it has died
KEPT = timedelta(days=2)  # Slack gives up after minutes
FORGETTING = "forget what was asked"


def begin(office: Office, key: str) -> bool:
    """Take something upon oneself. False where it is done, or another process is at it."""
    now = office.wall()
    with office.store.writing() as connection:
        return once.begin(connection, key, at=now, given_up=now - AT_IT)


def done(office: Office, key: str) -> None:
    """Note that it is done."""
    with office.store.writing() as connection:
        once.finish(connection, key)


def forget_old(office: Office) -> int:
    """Forget, once a day, what was asked days ago. Gives how many rounds were made: one or none."""
    today = office.today()
    with office.store.reading() as connection:
        if FORGETTING in rounds.done(connection, today):
            return 0
    with office.store.writing() as connection:
        if not rounds.begin(connection, FORGETTING, today):
            return 0
        once.forget(connection, before=office.wall() - KEPT)
    return 1
