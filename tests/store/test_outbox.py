"""The outbox: a key goes in once, a row is one worker's at a time, a request's order holds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from tests.store.pictures import NOW, at, card, notice, received
from workflow.store import cards, outbox, requests
from workflow.store.cards import Place
from workflow.store.outbox import LEASE, Leased, Outgoing
from workflow.store.unit_of_work import Store

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def request_id(store: Store) -> int:
    return keep(store, "002335/20")


def keep(store: Store, reference: str) -> int:
    with store.writing() as connection:
        return requests.add(connection, received(reference), at(), applicant=None)


def put(store: Store, request_id: int, *messages: Outgoing) -> int:
    with store.writing() as connection:
        return outbox.put(connection, request_id, messages, at=NOW)


def lease(
    store: Store, name: str, now: datetime = NOW, *, most: int = 20, in_hours: bool = True
) -> list[Leased]:
    with store.writing() as connection:
        return outbox.lease(connection, name=name, now=now, most=most, in_hours=in_hours)


def settle(store: Store, leased: Leased) -> bool:
    with store.writing() as connection:
        return outbox.settle(connection, leased, at=NOW, channel="C1", ts="1.1")


def states(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        return {row.key: row.state for row in connection.execute(text("SELECT * FROM outbox"))}


def test_the_same_key_goes_in_once(store: Store, request_id: int) -> None:
    assert put(store, request_id, notice("a"), notice("b")) == 2
    assert put(store, request_id, notice("b"), notice("c"), notice("c")) == 1
    assert states(store) == {"a": "waiting", "b": "waiting", "c": "waiting"}


def test_the_same_key_put_in_by_eight_at_once_goes_in_once(store: Store, request_id: int) -> None:
    start = threading.Barrier(8)

    def put_in() -> int:
        start.wait()
        return put(store, request_id, notice("a"))

    with ThreadPoolExecutor(8) as pool:
        came_in = [future.result() for future in [pool.submit(put_in) for _ in range(8)]]

    assert sorted(came_in) == [0] * 7 + [1]


def test_a_leased_row_is_nobody_elses_until_the_lease_runs_out(
    store: Store, request_id: int
) -> None:
    put(store, request_id, notice("a"))

    first = lease(store, "first")
    during = lease(store, "second", NOW + LEASE - A_SECOND)
    after = lease(store, "second", NOW + LEASE)

    assert [(row.key, row.again, row.attempts) for row in first] == [("a", False, 1)]
    assert during == []
    assert [(row.key, row.again, row.attempts) for row in after] == [("a", True, 2)]


Settling = Callable[[Any, Leased], bool]


@pytest.mark.parametrize(
    "settling",
    [
        lambda connection, row: outbox.settle(connection, row, at=NOW, channel="C", ts="1"),
        lambda connection, row: outbox.put_off(connection, row, until=NOW, why="late"),
        lambda connection, row: outbox.leave_unknown(connection, row, until=NOW, why="late"),
        lambda connection, row: outbox.give_up(connection, row, at=NOW, why="late"),
    ],
    ids=["settle", "put off", "leave unknown", "give up"],
)
def test_whoever_lost_the_lease_cannot_say_how_it_went(
    store: Store, request_id: int, settling: Settling
) -> None:
    put(store, request_id, notice("a"))
    (lost,) = lease(store, "first")
    (held,) = lease(store, "second", NOW + LEASE)

    with store.writing() as connection:
        too_late = settling(connection, lost)

    assert too_late is False
    assert states(store) == {"a": "sending"}
    assert settle(store, held) is True
    assert settle(store, held) is False
    assert states(store) == {"a": "sent"}


def test_one_request_is_spoken_of_in_order_and_many_at_once(store: Store, request_id: int) -> None:
    other = keep(store, "FOI-2020-0001")
    put(store, request_id, notice("a1"), notice("a2"), notice("a3"))
    put(store, other, notice("b1"), notice("b2"))

    first = lease(store, "first")
    nothing_more = lease(store, "second")
    settle(store, first[0])
    next_of_a = lease(store, "second")

    assert [row.key for row in first] == ["a1", "b1"]
    assert nothing_more == []
    assert [row.key for row in next_of_a] == ["a2"]


def test_what_was_put_off_holds_back_only_its_own_request(store: Store, request_id: int) -> None:
    other = keep(store, "FOI-2020-0001")
    put(store, request_id, notice("a1"), notice("a2"))
    (row,) = lease(store, "first")
    with store.writing() as connection:
        outbox.put_off(connection, row, until=NOW + 5 * A_SECOND, why="rate limited")
    put(store, other, notice("b1"))

    assert [one.key for one in lease(store, "first", NOW + 4 * A_SECOND)] == ["b1"]
    again = lease(store, "first", NOW + 5 * A_SECOND)
    assert [(one.key, one.again) for one in again] == [("a1", False)]


def test_a_row_that_may_have_been_sent_stays_in_doubt_until_it_is_settled(
    store: Store, request_id: int
) -> None:
    """Rate limited while looking whether it was posted: nobody knows yet, so somebody must look."""
    put(store, request_id, notice("a"))
    lease(store, "dies")
    (doubtful,) = lease(store, "looks", NOW + LEASE)
    with store.writing() as connection:
        outbox.put_off(connection, doubtful, until=NOW + LEASE, why="rate limited while looking")

    (row,) = lease(store, "third", NOW + LEASE)

    assert row.again is True


def test_reminders_wait_for_working_hours_and_hold_nothing_else_back(
    store: Store, request_id: int
) -> None:
    put(store, request_id, notice("reminder", rule="overdue"), card("card"), notice("told"))

    (drawn,) = lease(store, "evening", in_hours=False)
    settle(store, drawn)
    (told,) = lease(store, "evening", in_hours=False)
    settle(store, told)

    assert (drawn.key, told.key) == ("card", "told")
    assert lease(store, "evening", in_hours=False) == []
    assert [row.key for row in lease(store, "morning")] == ["reminder"]


def test_only_the_latest_card_that_waits_is_drawn(store: Store, request_id: int) -> None:
    other = keep(store, "FOI-2020-0001")
    put(store, request_id, card("v0"))
    (sending,) = lease(store, "first")
    put(store, request_id, card("v1"), notice("told"))
    put(store, other, card("other"))
    put(store, request_id, card("v2"))

    assert states(store) == {
        "v0": "sending",  # it may have been posted already
        "v1": "superseded",
        "told": "waiting",
        "other": "waiting",
        "v2": "waiting",
    }
    assert settle(store, sending) is True


def test_a_card_put_in_twice_does_not_supersede_itself(store: Store, request_id: int) -> None:
    put(store, request_id, card("v1"))
    put(store, request_id, card("v1"))

    assert states(store) == {"v1": "waiting"}


def test_no_row_goes_to_two_of_eight_workers(store: Store) -> None:
    for number in range(24):
        put(store, keep(store, f"R{number}"), notice(f"k{number}"))
    start = threading.Barrier(8)

    def work(name: str) -> list[str]:
        start.wait()
        taken: list[str] = []
        while rows := lease(store, name, most=3):
            taken += [row.key for row in rows]
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [f.result() for f in [pool.submit(work, f"w{number}") for number in range(8)]]

    keys = sorted(key for keys in taken for key in keys)
    # A worker that finds every row locked goes home; what is left is for the next tick.
    left = [row.key for row in lease(store, "last", most=99)]
    assert sorted([*keys, *left]) == sorted(f"k{number}" for number in range(24))


def test_a_card_stands_in_one_place(store: Store, request_id: int) -> None:
    with store.writing() as connection:
        cards.keep(connection, request_id, "desk:", Place("C1", "1.1"))
        cards.keep(connection, request_id, "desk:", Place("C1", "2.2"))

    with store.reading() as connection:
        assert cards.place_of(connection, request_id, "desk:") == Place("C1", "2.2")
        assert cards.place_of(connection, request_id, "team:x") is None


def test_the_list_of_what_was_said_names_each_notice_and_no_card(
    store: Store, request_id: int
) -> None:
    put(store, request_id, card("v0"), notice("a", rule="overdue"), notice("b"))
    with store.reading() as connection:
        listed = outbox.said(connection, reference="002335/20")
        other = outbox.said(connection, reference="another")

    assert [(one.text, one.rule, one.state) for one in listed] == [
        ("the words of a", "overdue", "waiting"),
        ("the words of b", None, "waiting"),
    ]
    assert other == []


# --- What was said long ago costs nothing ------------------------------------------------------

SENT_LONG_AGO = """
    INSERT INTO outbox (key, request_id, kind, recipient, text, state, created_at, attempts)
    SELECT 'old' || n, :request_id, 'card', 'desk:', '', 'sent', '2020-07-14 09:00:00', 1 FROM
"""


def test_leasing_and_putting_in_do_not_read_what_was_sent_long_ago(
    store: Store, request_id: int
) -> None:
    sqlite = store.engine.dialect.name == "sqlite"
    rows = (
        "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000)"
        " SELECT n FROM c)"
        if sqlite
        else "generate_series(1, 20000) AS n"
    )
    with store.writing() as connection:
        connection.execute(text(SENT_LONG_AGO + rows), {"request_id": request_id})
        if not sqlite:  # PostgreSQL counts its rows from time to time, SQLite never does
            connection.execute(text("ANALYZE"))
    put(store, request_id, card("v1"), notice("a"))

    plans = {
        statement: plan_of(store, statement, parameters)
        for statement, parameters in statements_of(
            store, lambda: (lease(store, "w"), put(store, request_id, card("v2")))
        )
        if "outbox" in statement and not statement.lstrip().startswith("INSERT")
    }

    assert len(plans) >= 3
    assert {s: p for s, p in plans.items() if reads_everything(p)} == {}


def reads_everything(plan: str) -> bool:
    whole_table = (
        "SCAN outbox\n",
        "SCAN earlier\n",
        "SCAN outbox USING INTEGER",
        "Seq Scan on outbox",
    )
    return any(words in f"{plan}\n" for words in whole_table)


def statements_of(store: Store, act: Callable[[], object]) -> list[tuple[str, Any]]:
    """Do something, and give the statements and parameters that the driver was handed."""
    seen: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", listen)
    act()
    event.remove(store.engine, "before_cursor_execute", listen)
    return seen


def plan_of(store: Store, statement: str, parameters: Any) -> str:
    """Say how the database would find the rows; PostgreSQL as it plans for any value."""
    with store.writing() as connection:
        if store.engine.dialect.name == "sqlite":
            found = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)
            return "\n".join(str(row.detail) for row in found)
        connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
        found = connection.exec_driver_sql("EXPLAIN " + statement, parameters)
        return "\n".join(str(row[0]) for row in found)
