"""A migrated database of its own for each test: SQLite always, PostgreSQL where one is found.

A `conftest.py` takes in what it needs: `from tests.store.databases import database_url, …`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres_server import PostgresServer, database_name
from workflow.store import schema
from workflow.store.unit_of_work import Store, open_store

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def migrated(url: str) -> str:
    """Bring an empty database to the newest schema, and give its URL back."""
    store = open_store(url)
    schema.migrate(store)
    store.close()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file, to be copied: a migration takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> Iterator[str]:
    """Give the name of a migrated PostgreSQL database, to be copied."""
    url = migrated(postgres_server.create_database())
    yield database_name(url)
    postgres_server.drop_database(url)


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """Give the URL of a migrated SQLite file that no other test sees."""
    path = tmp_path / "desk.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def migrated_postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """Give the URL of a migrated PostgreSQL database that no other test sees."""
    url = postgres_server.create_database(template=postgres_template)
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a migrated database: the same test runs on both kinds."""
    kind = "sqlite_url" if request.param == "sqlite" else "migrated_postgres_url"
    url: str = request.getfixturevalue(kind)
    return url


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database in which there is nothing at all."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Give an open, empty store."""
    opened = open_store(database_url)
    yield opened
    opened.close()
