"""Looks, holds and disposals are kept for ever; a disposal lets words be erased, and no fact."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.store.pictures import NOW, TODAY, at, notice, received
from workflow.casework.events import Event
from workflow.casework.stages import Act, Stage
from workflow.store import applicants, disposal, history, holds, looks, outbox, requests
from workflow.store.disposal import Disposal
from workflow.store.holds import Hold
from workflow.store.looks import Look
from workflow.store.unit_of_work import Store

LOOK = Look("dana", NOW, "the bundle for the Commissioner")
HOLD = Hold(True, "dana", NOW, "tribunal")
DISPOSAL = Disposal("dana", NOW, "disclose: 24 months after closing")
RECORDS = ("looks", "holds", "disposals")


def nothing_kept(_words: Mapping[str, str]) -> dict[str, str]:
    return {"answer": "[erased]"}


@pytest.fixture
def row_id(store: Store) -> int:
    """Keep a closed request with an applicant, one event, one notice, a look and a hold."""
    with store.writing() as connection:
        closed = received(stage=Stage.CLOSED)
        row_id = requests.add(connection, closed, at(NOW), applicant=("Ann Onymous", "1 High St"))
        said = Event(Act.RECORD_CLARIFICATION, "dana", TODAY, {"answer": "I am Ann Onymous"})
        history.append(connection, row_id, said, version=1, at=NOW)
        outbox.put(connection, row_id, [notice("told|1")], at=NOW)
        looks.keep(connection, row_id, LOOK)
        holds.keep(connection, row_id, HOLD)
    return row_id


def dispose(store: Store) -> None:
    with store.writing() as connection:
        stored = requests.get(connection, "002335/20")
        disposal.erase(connection, stored, DISPOSAL, words_of=nothing_kept, instead="[erased]")


@pytest.mark.parametrize("table", RECORDS)
@pytest.mark.parametrize("statement", ["UPDATE {} SET by = 'nobody'", "DELETE FROM {}"])
def test_a_record_can_neither_be_changed_nor_taken_away(
    store: Store, row_id: int, table: str, statement: str
) -> None:
    dispose(store)
    with pytest.raises(DBAPIError, match="append-only"), store.writing() as connection:
        connection.execute(text(statement.format(table)))

    with store.reading() as connection:
        assert looks.of(connection, row_id) == [LOOK]
        assert holds.of(connection, row_id) == [HOLD]
        assert disposal.of(connection, row_id) == DISPOSAL


@pytest.mark.parametrize("table", RECORDS)
def test_nor_can_sqlite_write_over_a_record(store: Store, row_id: int, table: str) -> None:
    dispose(store)
    if store.engine.dialect.name != "sqlite":
        return
    again = text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608  # our own tables

    with pytest.raises(DBAPIError, match="append-only"), store.writing() as connection:
        connection.execute(again)

    with store.reading() as connection:
        assert disposal.of(connection, row_id) == DISPOSAL


def test_a_hold_stands_until_it_is_lifted(store: Store, row_id: int) -> None:
    with store.reading() as connection:
        assert holds.current(connection, row_id) == HOLD
        assert holds.held(connection) == {row_id: HOLD}

    with store.writing() as connection:
        holds.keep(connection, row_id, Hold(False, "tom", NOW, "settled"))

    with store.reading() as connection:
        assert holds.current(connection, row_id) is None
        assert holds.held(connection) == {}
        assert len(holds.of(connection, row_id)) == 2


def test_one_look_at_all_is_a_look_at_each(store: Store, row_id: int) -> None:
    with store.writing() as connection:
        requests.add(connection, received("R2"), at(NOW), applicant=None)
        looks.keep_for_all(connection, LOOK)

    with store.reading() as connection:
        assert looks.of(connection, row_id) == [LOOK, LOOK]


def test_words_are_erased_only_where_a_disposal_stands(store: Store, row_id: int) -> None:
    erasing = text("UPDATE events SET particulars = '{}'")
    with pytest.raises(DBAPIError, match="append-only"), store.writing() as connection:
        connection.execute(erasing)

    dispose(store)

    with store.reading() as connection:
        (line,) = history.of(connection, row_id)
    assert line.event.particulars == {"answer": "[erased]"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET act = 'issue'",
        "UPDATE events SET by = 'nobody'",
        "UPDATE events SET by = NULL",
        """UPDATE events SET "on" = '2020-07-15'""",
        "UPDATE events SET at = '2020-07-15 00:00:00'",
        "UPDATE events SET version = 9",
        "UPDATE events SET id = 99",
        "DELETE FROM events",
    ],
)
def test_no_disposal_lets_a_fact_be_changed(store: Store, row_id: int, statement: str) -> None:
    dispose(store)
    with store.reading() as connection:
        before = history.of(connection, row_id)

    with pytest.raises(DBAPIError, match="append-only"), store.writing() as connection:
        connection.execute(text(statement))

    with store.reading() as connection:
        assert history.of(connection, row_id) == before


def test_a_disposal_takes_the_applicant_and_what_was_said(store: Store, row_id: int) -> None:
    dispose(store)

    with store.reading() as connection:
        (said,) = outbox.said(connection)
        assert applicants.of(connection, row_id) is None
        assert (said.text, said.state) == ("[erased]", "superseded")
        assert disposal.closed_references(connection) == []
        assert outbox.waiting(connection) == 0


def test_nothing_of_the_erased_stays_legible_in_the_file_of_sqlite(
    store: Store, row_id: int
) -> None:
    if store.engine.dialect.name != "sqlite":
        return
    path = store.engine.url.database
    assert path is not None

    dispose(store)
    with store.reading() as connection:
        disposal.forget_free_pages(connection)
        assert applicants.of(connection, row_id) is None

    left = b""
    for ending in ("", "-wal"):
        with open(path + ending, "rb") as file:  # noqa: PTH123  # a name with an ending
            left += file.read()
    assert b"Onymous" not in left
    assert b"dana" in left
