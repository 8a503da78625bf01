"""A database that will be thrown away: it need not survive a loss of power."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from workflow.store.unit_of_work import Store


def hurry(store: Store) -> None:
    """Let SQLite answer before the disk has it. Only for what nobody will miss.

    Raises ValueError for a database that others share.
    """
    if store.engine.dialect.name != "sqlite":
        raise ValueError("only an SQLite file of one's own may be hurried")
    event.listen(store.engine, "connect", _never_wait)
    store.engine.dispose()


def _never_wait(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()
