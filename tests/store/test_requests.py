"""Finding, versions, references, and that the sweep's question stays an index look-up."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Connection, event

from tests.store import many
from tests.store.pictures import NOW, at, received
from workflow.casework.errors import ChangedMeanwhile, Lacking, UnknownRequest
from workflow.law.regime import Regime
from workflow.store import requests
from workflow.store.unit_of_work import Store, open_store


def keep(store: Store, *references: str) -> None:
    with store.writing() as connection:
        for reference in references:
            requests.add(connection, received(reference), at(), applicant=None)


def found(store: Store, typed: str) -> str:
    with store.reading() as connection:
        return requests.get(connection, typed).request.reference


@pytest.mark.parametrize(
    "typed", ["FOI-2020-0042", "foi-2020-0042", " FOI-2020-0042 ", "`FOI-2020-0042`", "#0042", "42"]
)
def test_a_reference_is_found_however_it_was_typed(store: Store, typed: str) -> None:
    keep(store, "FOI-2020-0041", "FOI-2020-0042")

    assert found(store, typed) == "FOI-2020-0042"


def test_a_reference_that_several_end_in_must_be_said_in_full(store: Store) -> None:
    keep(store, "FOI-2020-0001", "FOI-2021-0001")

    with pytest.raises(Lacking, match="Say which: FOI-2020-0001, FOI-2021-0001"):
        found(store, "0001")


@pytest.mark.parametrize(
    "typed", ["", " ", "7", "%", "_", "%%", "x" * 10_000, "❦", "؟سؤال", "'; --"]
)
def test_what_is_no_reference_finds_nothing(store: Store, typed: str) -> None:
    keep(store, "FOI-2020-0001")

    with pytest.raises(UnknownRequest):
        found(store, typed)


def test_an_unknown_reference_is_answered_with_what_looks_like_it(store: Store) -> None:
    keep(store, "002335/20")

    with pytest.raises(UnknownRequest) as unknown:
        found(store, "2335")

    assert unknown.value.near == ("002335/20",)


@pytest.mark.parametrize("typed", ["0402", "FOI-2020-0142", "FIO-2020-0042", "FOI-2020-042"])
def test_a_reference_mistyped_by_one_slip_is_answered_with_the_one_meant(
    store: Store, typed: str
) -> None:
    keep(store, "FOI-2020-0042", "FOI-2020-0917")

    with pytest.raises(UnknownRequest) as unknown:
        found(store, typed)

    assert unknown.value.near == ("FOI-2020-0042",)


def test_whoever_read_an_older_version_does_not_write(store: Store) -> None:
    keep(store, "1")
    with store.reading() as connection:
        stale = requests.get(connection, "1")
    with store.writing() as connection:
        requests.save(connection, stale, received("1", subject="first"), at())

    with pytest.raises(ChangedMeanwhile), store.writing() as connection:
        requests.save(connection, stale, received("1", subject="second"), at())
    with pytest.raises(ChangedMeanwhile), store.writing() as connection:
        requests.save_timing(connection, stale, at(None))

    with store.reading() as connection:
        now = requests.get(connection, "1").request
    assert (now.subject, now.version) == ("first", 1)


def test_a_reference_is_taken_once(store: Store) -> None:
    keep(store, "1")

    with pytest.raises(Lacking, match="1 is already logged"):
        keep(store, "1")


def test_two_who_log_at_once_get_two_references(store: Store) -> None:
    start = threading.Barrier(8)

    def log() -> str:
        start.wait()
        with store.writing() as connection:
            reference = requests.next_reference(connection, 2020)
            requests.add(connection, received(reference), at(), applicant=None)
            return reference

    with ThreadPoolExecutor(8) as pool:
        made = [future.result() for future in [pool.submit(log) for _ in range(8)]]

    assert sorted(made) == [f"FOI-2020-{number:04d}" for number in range(1, 9)]


def test_two_who_log_the_same_reference_at_once_are_told_apart(store: Store) -> None:
    start = threading.Barrier(4)

    def log() -> str:
        start.wait()
        try:
            keep(store, "1")
        except Lacking as refusal:
            return str(refusal)
        return "logged"

    with ThreadPoolExecutor(4) as pool:
        said = [future.result() for future in [pool.submit(log) for _ in range(4)]]

    assert sorted(said) == ["1 is already logged. Use another reference."] * 3 + ["logged"]


def test_the_longest_waiting_is_looked_at_first_and_no_more_than_asked_for(store: Store) -> None:
    with store.writing() as connection:
        for late in (3, 1, 2, -1):
            timing = at(NOW - timedelta(minutes=late))
            requests.add(connection, received(f"R{late}"), timing, applicant=None)
        requests.add(connection, received("never"), at(None), applicant=None)

    with store.reading() as connection:
        assert due(connection, most=2) == ["R3", "R2"]
        assert due(connection, most=9) == ["R3", "R2", "R1"]
        assert requests.next_notice_after(connection, NOW) == NOW + timedelta(minutes=1)


def due(connection: Connection, *, most: int) -> list[str]:
    return [
        one.reference
        for one in requests.due_moments(connection, NOW, under=tuple(Regime), most=most)
    ]


# --- The plan of the sweep's question ----------------------------------------------------------


def fill(store: Store) -> None:
    """Keep very many requests of which one in two hundred is due."""
    with store.writing() as connection:
        row_id = requests.add(connection, received(), at(None), applicant=None)
        later = NOW + timedelta(days=30)
        many.copy(connection, row_id, times=20_000, due=100, due_at=NOW, later=later)


def asked(store: Store) -> tuple[str, Any]:
    """Ask what is due, and give the statement and parameters that the driver was handed."""
    seen: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", listen)
    with store.reading() as connection:
        requests.due_moments(connection, NOW, under=tuple(Regime), most=500)
    event.remove(store.engine, "before_cursor_execute", listen)
    return seen[-1]


def test_what_is_due_is_looked_up_in_the_index(store: Store) -> None:
    fill(store)
    statement, parameters = asked(store)
    explain = "EXPLAIN QUERY PLAN " if store.engine.dialect.name == "sqlite" else "EXPLAIN "

    with store.reading() as connection:
        plan = "\n".join(
            str(r) for r in connection.exec_driver_sql(explain + statement, parameters)
        )

    assert "ix_requests_next_notice_at" in plan
    assert "SCAN requests\n" not in plan
    assert "Seq Scan" not in plan


@pytest.mark.postgres
def test_the_index_is_still_used_once_postgresql_plans_for_any_moment(
    migrated_postgres_url: str,
) -> None:
    """Psycopg prepares after five executions; PostgreSQL plans for any value after five more."""
    store = open_store(migrated_postgres_url)
    fill(store)
    statement, parameters = asked(store)
    store.close()

    in_order = [parameters[name] for name in re.findall(r"%\((\w+)\)s", statement)]

    with psycopg.connect(migrated_postgres_url, autocommit=True) as connection:
        for _ in range(12):
            connection.execute(statement, parameters, prepare=True)
        prepared = connection.execute(
            "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%next_notice_at%'"
        ).fetchall()
        connection.execute("SET plan_cache_mode = force_generic_plan")
        plan = connection.execute(
            sql.SQL("EXPLAIN (FORMAT JSON) EXECUTE {}({})").format(
                sql.Identifier(prepared[0][0]), sql.SQL(", ").join(map(sql.Literal, in_order))
            )
        ).fetchone()

    assert plan is not None
    assert "ix_requests_next_notice_at" in json.dumps(plan[0])
    assert "Seq Scan" not in json.dumps(plan[0])
