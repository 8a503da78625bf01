"""Migrations: from nothing to what the program needs, and nothing left over."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from tests.recorder import Recorder
from tests.store.pictures import at, received
from workflow.bootstrap import SchemaBehind, open_office
from workflow.store import requests, schema
from workflow.store.tables import metadata
from workflow.store.unit_of_work import open_store

CONFIG = Path(__file__).parents[2] / "config"


def test_migrations_from_empty_give_exactly_the_tables_of_the_program(
    empty_database_url: str,
) -> None:
    store = open_store(empty_database_url)

    assert schema.migrate(store) == (None, schema.newest())

    with store.reading() as connection:
        assert schema.revision(connection) == schema.newest()
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
    store.close()


def test_migrating_again_changes_nothing(empty_database_url: str) -> None:
    store = open_store(empty_database_url)
    schema.migrate(store)

    assert schema.migrate(store) == (schema.newest(), schema.newest())
    store.close()


def test_the_files_are_numbered_as_they_follow_one_another() -> None:
    scripts = ScriptDirectory(str(Path(schema.__file__).parent / "migrations"))

    told = [(script.revision, script.down_revision) for script in scripts.walk_revisions()][::-1]

    numbers = [f"{number:04}" for number in range(1, len(told) + 1)]
    assert told == list(zip(numbers, [None, *numbers], strict=False))
    assert [Path(script.path).name[:5] for script in scripts.walk_revisions()][::-1] == [
        f"{number}_" for number in numbers
    ]
    assert schema.newest() == scripts.get_current_head()
    assert not any(schema.is_ahead(number) for number in numbers)
    assert schema.is_ahead("9999")


@pytest.mark.parametrize(
    ("column", "value"), [("stage", "lost"), ("regime", "magna carta"), ("version", None)]
)
def test_the_database_itself_refuses_a_value_that_means_nothing(
    database_url: str, column: str, value: str | None
) -> None:
    store = open_store(database_url)
    with store.writing() as connection:
        requests.add(connection, received(), at(), applicant=None)

    with pytest.raises(DBAPIError), store.writing() as connection:
        connection.execute(text(f"UPDATE requests SET {column} = :value"), {"value": value})  # noqa: S608  # three columns of ours
    store.close()


def test_every_foreign_key_holds(database_url: str) -> None:
    store = open_store(database_url)

    with store.reading() as connection:
        tables = {
            key["referred_table"]
            for table in ("applicants", "events", "outbox", "cards")
            for key in inspect(connection).get_foreign_keys(table)
        }
    assert tables == {"requests"}
    with pytest.raises(DBAPIError), store.writing() as connection:
        connection.execute(text("INSERT INTO cards VALUES (99, 'desk:', 'C1', '1.1')"))
    store.close()


def test_an_office_opens_an_empty_sqlite_file_by_itself_and_no_other_database(
    empty_database_url: str,
) -> None:
    def open_it(*, migrate: bool = False) -> None:
        office = open_office(
            database_url=empty_database_url,
            config_dir=CONFIG,
            messenger=Recorder(),
            migrate=migrate,
        )
        office.store.close()

    if empty_database_url.startswith("sqlite"):
        open_it()
    else:
        with pytest.raises(SchemaBehind, match="foi migrate"):
            open_it()
        open_it(migrate=True)
        open_it()
