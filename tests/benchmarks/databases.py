"""Databases to measure on: SQLite in a file always, PostgreSQL where one is found."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.postgres_server import (
    NoPostgresServerError,
    PostgresServer,
    database_name,
    own_server,
)
from tests.store.databases import migrated

# As PostgreSQL is installed: what is committed survives power loss, as it does on SQLite here. The
# tests' own server, which outlives nothing, would commit without waiting for the disk.
ENDURING = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
SETTINGS = {**ENDURING, "max_connections": "100"}

# Gives the URL of a new database: empty but for the schema, or a copy of the one named.
NewDatabase = Callable[[str | None], str]


@contextmanager
def everywhere() -> Iterator[dict[str, NewDatabase]]:
    """Give a way to new databases for each kind there is; all are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        sqlite = _in_folder(Path(folder))
        try:
            with _enduring_server() as server:

                def on_server(copied: str | None) -> str:
                    if copied is None:
                        return migrated(server.create_database())
                    return server.create_database(template=database_name(copied))

                yield {"SQLite": sqlite, "PostgreSQL": on_server}
        except NoPostgresServerError as absence:
            say(f"PostgreSQL is left out: {absence}")
            yield {"SQLite": sqlite}


@contextmanager
def _enduring_server() -> Iterator[PostgresServer]:
    """Give the server that FOI_TEST_PG_URL names, which is to endure too, or start one."""
    if named := os.environ.get("FOI_TEST_PG_URL"):  # noqa: TID251 - the tests' own setting
        yield PostgresServer(url=named)
        return
    with own_server(SETTINGS) as server:
        yield server


def _in_folder(folder: Path) -> NewDatabase:
    def new(copied: str | None) -> str:
        path = folder / f"{len(list(folder.glob('*.db')))}.db"
        if copied is None:
            return migrated(f"sqlite:///{path}")
        shutil.copy(copied.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"

    return new


def say(line: str) -> None:
    """Print a line now."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def at(share: float, seconds: Sequence[float]) -> float:
    """Give the time, in milliseconds, within which a share of the measurements lies."""
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


def median(seconds: Sequence[float]) -> float:
    """Give the median in milliseconds."""
    return statistics.median(seconds) * 1000
