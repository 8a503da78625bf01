"""The history is append-only: the database itself refuses to change it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.store.pictures import NOW, TODAY, at, received
from workflow.casework.events import Event
from workflow.casework.stages import Act
from workflow.store import history, requests
from workflow.store.unit_of_work import Store


@pytest.fixture
def row_id(store: Store) -> int:
    """Keep a request to which two things happened."""
    with store.writing() as connection:
        row_id = requests.add(connection, received(), at(), applicant=None)
        for act in (Act.LOG, Act.ALLOCATE):
            event = Event(act, "dana", TODAY, {"team": "Control Room"})
            history.append(connection, row_id, event, version=0, at=NOW)
    return row_id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET by = 'nobody'",
        "UPDATE events SET by = 'nobody' WHERE id = 1",
        "DELETE FROM events",
        "DELETE FROM events WHERE id = 2",
        "DELETE FROM requests",
    ],
)
def test_what_happened_can_neither_be_changed_nor_taken_away(
    store: Store, row_id: int, statement: str
) -> None:
    with store.reading() as connection:
        before = history.of(connection, row_id)

    with pytest.raises(DBAPIError), store.writing() as connection:
        connection.execute(text(statement))

    with store.reading() as connection:
        assert history.of(connection, row_id) == before
        assert [one.event.act for one in before] == [Act.LOG, Act.ALLOCATE]


def test_nor_can_sqlite_write_over_it(store: Store, row_id: int) -> None:
    """REPLACE deletes without asking the trigger that guards against deleting."""
    if store.engine.dialect.name != "sqlite":
        return
    replace = text(
        "INSERT OR REPLACE INTO events "
        """SELECT id, request_id, version, 'issue', "by", "on", at, particulars FROM events"""
    )

    with pytest.raises(DBAPIError, match="append-only"), store.writing() as connection:
        connection.execute(replace)

    with store.reading() as connection:
        assert [one.event.act for one in history.of(connection, row_id)] == [Act.LOG, Act.ALLOCATE]


def test_nor_can_postgresql_truncate_it(store: Store, row_id: int) -> None:
    if store.engine.dialect.name == "sqlite":
        return

    with pytest.raises(DBAPIError, match="append-only"), store.writing() as connection:
        connection.execute(text("TRUNCATE events"))

    with store.reading() as connection:
        assert len(history.of(connection, row_id)) == 2
