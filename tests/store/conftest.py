"""What the tests of the store may ask for."""

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
