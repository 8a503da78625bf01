"""Databases to measure on: SQLite in a file always, PostgreSQL where one is found."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.postgres_server import NoPostgresServerError, database_name, running_server
from tests.store.databases import migrated

# Gives the URL of a new database: empty but for the schema, or a copy of the one named.
NewDatabase = Callable[[str | None], str]


@contextmanager
def everywhere() -> Iterator[dict[str, NewDatabase]]:
    """Give a way to new databases for each kind there is; all are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        sqlite = _in_folder(Path(folder))
        try:
            with running_server() as server:

                def on_server(copied: str | None) -> str:
                    if copied is None:
                        return migrated(server.create_database())
                    return server.create_database(template=database_name(copied))

                yield {"SQLite": sqlite, "PostgreSQL": on_server}
        except NoPostgresServerError as absence:
            say(f"PostgreSQL is left out: {absence}")
            yield {"SQLite": sqlite}


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
