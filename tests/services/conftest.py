"""What the tests of the services may ask for."""

from collections.abc import Iterator

import pytest

from tests.services.desk import Desk
from tests.store.databases import (
    database_url,
    empty_database_url,
    migrated_postgres_url,
    postgres_template,
    sqlite_template,
    sqlite_url,
    store,
)

__all__ = [
    "database_url",
    "empty_database_url",
    "migrated_postgres_url",
    "postgres_template",
    "sqlite_template",
    "sqlite_url",
    "store",
]


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """Give an office at work on a database of either kind."""
    opened = Desk(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_desk(sqlite_url: str) -> Iterator[Desk]:
    """Give an office at work on SQLite: where the database makes no difference."""
    opened = Desk(sqlite_url)
    yield opened
    opened.close()
