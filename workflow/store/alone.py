"""Doing something alone: of all processes on a database one does it, and the others go on.

Not for what must be true, which unique keys and versions see to: only so that several workers do
not do each other's work over again. PostgreSQL ends the turn of whoever dies at once, and of
whoever stands still once `idle_in_transaction_session_timeout` is over.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import func, select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.store.unit_of_work import Store

SWEEPING = 0xF03  # the lock under which what fell due is looked at


@contextmanager
def alone(store: Store, doing: int) -> Iterator[bool]:
    """Take the turn to do something for the block. Gives whether it is ours; never waits.

    It holds a connection of its own. On SQLite, which serves one process, it is always ours.
    """
    if store.engine.dialect.name != "postgresql":
        yield True
        return
    with store.reading() as connection:
        yield bool(connection.scalar(select(func.pg_try_advisory_xact_lock(doing))))
