"""The database, and one transaction per act."""

from __future__ import annotations

import sqlite3
import time
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    DisconnectionError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError,  # noqa: A004  # SQLAlchemy's own: the pool had no connection left
)

from workflow.store import viewers
from workflow.store.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Dialect
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

__all__ = ["DATABASE_AWAY", "DATABASE_TROUBLE", "Connection", "Limits", "Store", "open_store"]

# The database is away, or what it was asked is not possible: nothing about the rows themselves.
DATABASE_TROUBLE = (SQLAlchemyError,)
# It cannot be reached, or it could not answer in time: the same may well be done a minute later.
DATABASE_AWAY = (OperationalError, InterfaceError, TimeoutError)

BUSY_SECONDS = 10
SECONDS_TO_CONNECT = 5
SECONDS_TAKEN_FOR_ALIVE = 1.0
_USED = "used at"  # of a connection of the pool, by the machine's steady clock
_WRITES = {"writes": True}


class Store:
    """A database of requests. `writing` is one transaction; `reading` is one consistent look.

    With a `viewer`, restricted requests are there for the people named only: see `store.viewers`.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._viewer: dict[str, str] = {}
        self._turn: Callable[[], AbstractContextManager[None]] = (
            Turns().turn if engine.dialect.name == "sqlite" else nullcontext
        )

    @property
    def whole(self) -> Store:
        """The same database as the office itself sees it: everything."""
        seen = copy(self)
        seen._viewer = {}  # noqa: SLF001  # our own copy
        return seen

    def seen_by(self, viewer: str | None) -> Store:
        """Give the same database as somebody sees it, by handle; None is nobody in particular."""
        seen = copy(self)
        seen._viewer = {viewers.VIEWER: viewer or viewers.NOBODY}  # noqa: SLF001  # our own copy
        return seen

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction; commit when the block ends well, roll back when it raises."""
        with self._turn(), self.engine.connect() as connection:
            connection.execution_options(**_WRITES, **self._viewer)
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a look at the database in which nothing changes. Nothing may be written."""
        with self.engine.connect() as connection:
            connection.execution_options(**self._viewer)
            yield connection

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


class Limits(NamedTuple):
    """What one process may ask of PostgreSQL: connections, and seconds before it gives up.

    `pool` connections are kept and `more` are opened under load; who finds none waits `lock`
    seconds. 0 is no limit.
    """

    pool: int = 10
    more: int = 10
    statement: float = 30.0
    lock: float = 10.0

    @property
    def options(self) -> str:
        """Give them as PostgreSQL's own settings for a connection."""
        return " ".join(
            f"-c {name}={seconds * 1000:.0f}"
            for name, seconds in (
                ("statement_timeout", self.statement),
                ("lock_timeout", self.lock),
                # Whoever holds locks and does nothing has died, or may as well have.
                ("idle_in_transaction_session_timeout", self.statement * 2),
            )
        )


USUAL_LIMITS = Limits()


def open_store(url: str, limits: Limits = USUAL_LIMITS) -> Store:
    """Open the database at a URL: `sqlite:///path` or `postgresql://…`. It is not migrated here.

    A URL with `options=` of its own keeps those.
    """
    store = _open(make_url(url), limits)
    viewers.narrow(store.engine)
    return store


def _open(address: URL, limits: Limits) -> Store:
    if address.get_backend_name() == "sqlite":
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            address,
            connect_args={"timeout": BUSY_SECONDS},
            pool_use_lifo=True,  # one that others wrote past has to read its pages again
        )
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return Store(engine)
    own = {} if "options" in address.query else {"options": limits.options}
    engine = create_engine(
        address,
        pool_size=limits.pool,
        max_overflow=limits.more,
        pool_timeout=limits.lock or None,
        pool_use_lifo=True,  # the fewer are in use, the fewer have to be asked whether they live
        connect_args={"connect_timeout": SECONDS_TO_CONNECT, **own},
    )
    event.listen(engine, "checkout", partial(_renew_broken, engine.dialect))
    event.listen(engine, "checkin", _note_use)
    return Store(engine)


def _renew_broken(
    dialect: Dialect, connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Have a connection that a restart broke renewed before it is used.

    SQLAlchemy's own `pool_pre_ping` asks each time, on the way of every act. One that was used a
    moment ago is alive, or its restart is noticed by the act itself.
    """
    if time.monotonic() - record.info.get(_USED, 0.0) < SECONDS_TAKEN_FOR_ALIVE:
        return
    try:
        alive = dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error
    if not alive:
        raise DisconnectionError


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_USED] = time.monotonic()


def _open_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own
    connection.isolation_level = None  # we say BEGIN ourselves, or SQLite would begin too late
    cursor = connection.cursor()
    _use_write_ahead_log(cursor)
    cursor.execute("PRAGMA synchronous=FULL")  # a legal record survives power loss
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _use_write_ahead_log(cursor: sqlite3.Cursor) -> None:
    """Switch to WAL, waiting for another process that is opening the same new file.

    SQLite's own patience does not reach this switch: it answers "locked" at once.
    """
    ends = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the pen before it reads, so that what it read is still true when it writes.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
