"""A request written to a file and put back is the request: picture, history, what was said, all."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.pictures import NOW, at, events, moments, notice, received, requests, words
from workflow.casework.events import Event
from workflow.casework.request import InformationRequest
from workflow.casework.stages import Act
from workflow.store import bundle, cards, history, holds, looks, outbox
from workflow.store import requests as kept
from workflow.store.cards import Place
from workflow.store.holds import Hold
from workflow.store.looks import Look
from workflow.store.unit_of_work import Store

LOGGED = Event(Act.LOG, "dana", NOW.date(), {"received": "Tuesday 14 July 2020"})
ON_ONE_DATABASE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def keep(store: Store, picture: InformationRequest, happened: list[tuple[Event, datetime]]) -> None:
    """Keep a request with an applicant and everything else that can stand beside it."""
    with store.writing() as connection:
        row_id = kept.add(connection, picture, at(NOW), applicant=("Ann Onymous", "1 High Street"))
        for version, (event, moment) in enumerate(happened):
            history.append(connection, row_id, event, version=version, at=moment)
        outbox.put(connection, row_id, [notice(f"told|{picture.reference}")], at=NOW)
        cards.keep(connection, row_id, "desk:", Place("C1", "1.1"))
        looks.keep(connection, row_id, Look("dana", NOW, "a subject access request"))
        holds.keep(connection, row_id, Hold(True, "dana", NOW, "tribunal"))


def whole(store: Store) -> list[dict[str, Any]]:
    with store.reading() as connection:
        return list(bundle.everything(connection))


def put_back(store: Store, line: str) -> InformationRequest:
    with store.writing() as connection:
        return bundle.put_back(connection, json.loads(line))


def wiped(store: Store) -> None:
    """Empty the database as only whoever owns the file can: with the guards taken down."""
    tables = ("looks", "holds", "disposals", "cards", "outbox", "events", "applicants", "requests")
    with store.writing() as connection:
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql("SET session_replication_role = replica")
            for table in tables:
                connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  # our own tables
            connection.exec_driver_sql("SET session_replication_role = DEFAULT")
            return
        guards = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for name, _sql in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for table in tables:
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  # our own tables
        for _name, sql in guards:
            connection.exec_driver_sql(sql)


@ON_ONE_DATABASE
@given(
    picture=requests,
    happened=st.lists(st.tuples(events, moments), min_size=1, max_size=4),
    version=st.integers(0, 99),
)
def test_whatever_is_kept_of_a_request_comes_back_as_it_was(
    store: Store,
    picture: InformationRequest,
    happened: list[tuple[Event, datetime]],
    version: int,
) -> None:
    wiped(store)
    keep(store, replace(picture, version=version), happened)
    before = whole(store)

    wiped(store)
    for one in before:
        put_back(store, json.dumps(one))

    assert whole(store) == before
    with store.reading() as connection:
        (found,) = bundle.pictures(connection)
        row_id = kept.get(connection, found.reference).row_id
        assert found == replace(picture, version=version)
        assert [(one.event, one.at) for one in history.of(connection, row_id)] == happened


def test_every_field_of_the_picture_travels(store: Store) -> None:
    keep(store, received(), [(LOGGED, NOW)])

    (one,) = whole(store)

    missing = {field.name for field in fields(InformationRequest)} - one["request"].keys()
    assert missing == set()


def test_the_applicant_is_left_out_when_that_is_asked_for(store: Store) -> None:
    keep(store, received(), [(LOGGED, NOW)])

    with store.reading() as connection:
        (one,) = bundle.everything(connection, leaving_out=("applicants",))

    assert "applicants" not in one
    assert "Ann Onymous" not in json.dumps(one)


def test_more_requests_than_a_page_come_in_the_order_in_which_they_were_logged(
    store: Store,
) -> None:
    references = [f"R{number}" for number in range(bundle.PAGE + 3)]
    with store.writing() as connection:
        for reference in references:
            kept.add(connection, received(reference), at(NOW), applicant=None)

    assert [one["request"]["reference"] for one in whole(store)] == references


def test_a_request_that_is_here_is_not_written_over(store: Store) -> None:
    keep(store, received(), [(LOGGED, NOW)])
    before = whole(store)

    with pytest.raises(bundle.AlreadyHere, match="002335/20"):
        put_back(store, json.dumps(before[0]))

    assert whole(store) == before


def test_a_file_older_than_a_field_is_read_with_that_field_blank(store: Store) -> None:
    keep(store, received(party="A campaign"), [(LOGGED, NOW)])
    (one,) = whole(store)
    wiped(store)
    del one["request"]["party"]

    assert put_back(store, json.dumps(one)).party == ""


def changed(one: dict[str, Any], path: str, value: object) -> str:
    """Give a line in which one thing is different."""
    *steps, last = path.split("/")
    copy = json.loads(json.dumps(one))
    place: Any = copy
    for step in steps:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value
    return json.dumps(copy)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("foi_desk", 2),
        ("request", None),
        ("request/stage", "lost"),
        ("request/regime", 7),
        ("request/version", "1"),
        ("request/version", 2**70),
        ("request/version", True),
        ("request/received_on", "14 July"),
        ("request/received_on", None),
        ("request/noticed_to", "2020-07-14T09:30:00"),
        ("request/clock", [{"event": "__import__", "on": "2020-07-14"}]),
        ("request/clock", [{"event": "Received"}]),
        ("request/clock", {"event": "Received"}),
        ("request/clock", [{"event": "Step", "on": "2020-07-14"}]),
        ("request/clock", [{"event": "Regime", "value": "foia"}]),
        ("request/questions", 3),
        ("request/searches", [[]]),
        ("request/colour", "red"),
        ("events", []),
        ("events", {}),
        ("events/0/act", "burn"),
        ("events/0/particulars", 4),
        ("events/0/at", "yesterday"),
        ("outbox/0/state", "flown"),
        ("outbox/0/key", None),
        ("users", []),
        ("alembic_version", [{"version_num": "9"}]),
        ("applicants", [{"name": "A"}]),
        ("applicants", ["A"]),
        ("holds/0/placed", "yes"),
    ],
)
def test_what_is_no_request_is_refused_with_a_reason_and_nothing_is_written(
    store: Store, path: str, value: object
) -> None:
    keep(store, received(), [(LOGGED, NOW)])
    (one,) = whole(store)
    wiped(store)

    with pytest.raises(bundle.Unreadable) as refused:
        put_back(store, changed(one, path, value))

    assert str(refused.value).endswith(".")
    assert whole(store) == []


@given(text=words)
@ON_ONE_DATABASE
def test_a_nul_or_half_a_letter_is_left_out_on_the_way_in(store: Store, text: str) -> None:
    wiped(store)
    keep(store, received(), [(LOGGED, NOW)])
    (one,) = whole(store)
    wiped(store)

    found = put_back(store, changed(one, "request/subject", f"{text}\0\ud800"))

    assert found.subject == text
