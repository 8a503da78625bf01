"""What is kept comes back as it was, field by field, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.pictures import NOW, at, days, events, moments, received, requests, words
from workflow.casework.events import Event
from workflow.casework.request import InformationRequest
from workflow.law.regime import Regime
from workflow.store import applicants, history
from workflow.store import requests as kept
from workflow.store.requests import Timing
from workflow.store.unit_of_work import Store

# One database serves all the examples: each has a reference of its own.
ON_ONE_DATABASE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def numbers() -> list[int]:
    """Give a list that grows with each example."""
    return []


@ON_ONE_DATABASE
@given(picture=requests, due_on=st.none() | days, moment=moments, coming=st.none() | moments)
def test_a_request_comes_back_as_it_was_kept(
    store: Store,
    numbers: list[int],
    picture: InformationRequest,
    due_on: object,
    moment: datetime,
    coming: datetime | None,
) -> None:
    numbers.append(1)
    request = replace(picture, reference=f"R{len(numbers)}")
    with store.writing() as connection:
        timing = Timing(due_on, "v1", moment, coming)  # type: ignore[arg-type]  # drawn as a day or None
        row_id = kept.add(connection, request, timing, applicant=None)

    with store.reading() as connection:
        found = kept.get(connection, request.reference)

    assert found == (row_id, request, due_on, moment, coming)


@ON_ONE_DATABASE
@given(before=requests, after=requests)
def test_a_changed_request_comes_back_with_its_next_version(
    store: Store, numbers: list[int], before: InformationRequest, after: InformationRequest
) -> None:
    numbers.append(1)
    before = replace(before, reference=f"R{len(numbers)}")
    after = replace(after, reference=before.reference)
    with store.writing() as connection:
        kept.add(connection, before, at(), applicant=None)
    with store.writing() as connection:
        stored = kept.get(connection, before.reference, to_change=True)
        given_back = kept.save(connection, stored, after, at())

    with store.reading() as connection:
        found = kept.get(connection, before.reference).request

    assert found == given_back == replace(after, version=before.version + 1)


@ON_ONE_DATABASE
@given(happened=st.lists(st.tuples(events, moments), max_size=4), asked=st.tuples(words, words))
def test_the_history_and_the_applicant_come_back_as_they_were_kept(
    store: Store,
    numbers: list[int],
    happened: list[tuple[Event, datetime]],
    asked: tuple[str, str],
) -> None:
    numbers.append(1)
    with store.writing() as connection:
        request = received(f"R{len(numbers)}")
        row_id = kept.add(connection, request, at(), applicant=asked)
        for event, moment in happened:
            history.append(connection, row_id, event, version=0, at=moment)

    with store.reading() as connection:
        assert history.of(connection, row_id) == happened
        assert applicants.of(connection, row_id) == asked


def test_a_moment_is_the_same_moment_whatever_zone_it_was_said_in(store: Store) -> None:
    summer = NOW.astimezone(timezone(timedelta(hours=1)))
    with store.writing() as connection:
        kept.add(connection, received(), at(summer), applicant=None)

    with store.reading() as connection:
        assert [
            one.reference for one in kept.due_moments(connection, NOW, under=tuple(Regime), most=5)
        ] == ["002335/20"]
        assert (
            kept.due_moments(connection, NOW - timedelta(seconds=1), under=tuple(Regime), most=5)
            == []
        )


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(Exception, match="a moment without a zone"), store.writing() as connection:
        kept.add(connection, received(), at(naive), applicant=None)
