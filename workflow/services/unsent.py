"""What is not said yet, and what could not be said: looked at, and tried again by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking, shown
from workflow.store import unsent as store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.services.office import Office
    from workflow.store.unsent import Unsent

LISTED = 50


def unsent(office: Office, *, most: int = LISTED) -> list[Unsent]:
    """List what waits to be said or was set aside; what was set aside comes first."""
    with office.store.reading() as connection:
        return store.unsent(connection, most=most)


def counts(office: Office) -> dict[str, int]:
    """Count what waits, is being sent, or was set aside."""
    with office.store.reading() as connection:
        return store.counts(connection)


def retry(office: Office, keys: Sequence[str] | None, *, dry_run: bool = False) -> list[Unsent]:
    """Let what was set aside be tried again by the next delivery: these keys, or all for None.

    Side effects, unless it is a dry run: the rows wait again. Each is looked for in Slack before it
    is said again, for it may stand there. Raises Lacking for a key that is not set aside.
    """
    with office.store.writing() as connection:
        aside = store.set_aside(connection)
        if missing := sorted(set(keys or ()) - {one.key for one in aside}):
            raise Lacking(
                what=f"Nothing that was set aside has the key {shown(missing[0], 80)}.",
                cure="See the keys with: foi outbox",
            )
        chosen = [one for one in aside if keys is None or one.key in keys]
        if not dry_run:
            store.try_again(connection, [one.key for one in chosen], now=office.wall())
    return chosen
