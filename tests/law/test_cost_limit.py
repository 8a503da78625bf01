"""s.12: what may be counted, when the limit is exceeded, and which requests count together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.law.written import UK, day
from workflow.law.cost_limit import (
    Activity,
    Aggregation,
    AuthorityClass,
    CountedRequest,
    SearchTime,
    aggregations,
    cost_of,
    expected_cost,
)

LOCATING, EXTRACTING = Activity.LOCATING, Activity.EXTRACTING
HOUR = 60


@pytest.mark.parametrize(
    ("authority", "minutes", "exceeded"),
    [
        (AuthorityClass.OTHER, 18 * HOUR - 1, False),
        (AuthorityClass.OTHER, 18 * HOUR, False),  # £450 exactly: reached, not exceeded
        (AuthorityClass.OTHER, 18 * HOUR + 1, True),
        (AuthorityClass.CENTRAL, 24 * HOUR, False),
        (AuthorityClass.CENTRAL, 24 * HOUR + 1, True),
    ],
)
def test_the_limit_has_to_be_exceeded_not_reached(
    authority: AuthorityClass, minutes: int, *, exceeded: bool
) -> None:
    cost = cost_of([SearchTime(LOCATING, minutes)], authority=authority)

    assert (cost.is_exceeded, cost.minutes) == (exceeded, minutes)


@pytest.mark.parametrize(
    ("minutes", "pounds"),
    [(0, "0.00"), (1, "0.42"), (60, "25.00"), (90, "37.50"), (18 * HOUR, "450.00")],
)
def test_time_costs_25_pounds_an_hour_whoever_spends_it(minutes: int, pounds: str) -> None:
    assert cost_of([SearchTime(LOCATING, minutes)], authority=AuthorityClass.OTHER).pounds == (
        Decimal(pounds)
    )


def test_other_costs_of_the_four_activities_count_too() -> None:
    times = [SearchTime(LOCATING, 17 * HOUR, 2400), SearchTime(EXTRACTING, 0, 100)]

    reached = cost_of(times, authority=AuthorityClass.OTHER)
    exceeded = cost_of([*times, SearchTime(EXTRACTING, 0, 1)], authority=AuthorityClass.OTHER)

    assert (reached.pounds, reached.is_exceeded) == (Decimal("450.00"), False)
    assert (exceeded.pounds, exceeded.is_exceeded) == (Decimal("450.01"), True)


@pytest.mark.parametrize(
    ("authority", "minutes", "near"),
    [
        (AuthorityClass.OTHER, 13 * HOUR + 29, False),
        (AuthorityClass.OTHER, 13 * HOUR + 30, True),
        (AuthorityClass.CENTRAL, 17 * HOUR + 59, False),
        (AuthorityClass.CENTRAL, 18 * HOUR, True),
    ],
)
def test_somebody_is_told_at_three_quarters_of_the_limit(
    authority: AuthorityClass, minutes: int, *, near: bool
) -> None:
    assert cost_of([SearchTime(LOCATING, minutes)], authority=authority).is_near == near


@pytest.mark.parametrize("time", [SearchTime(LOCATING, -1), SearchTime(LOCATING, 0, -1)])
def test_nothing_costs_less_than_nothing(time: SearchTime) -> None:
    with pytest.raises(ValueError, match="time and cost of locating it cannot be negative"):
        cost_of([time], authority=AuthorityClass.OTHER)


def test_only_four_activities_count_and_redaction_is_none_of_them() -> None:
    assert [activity.value for activity in Activity] == [
        "determining whether it is held",
        "locating it",
        "retrieving it",
        "extracting it",
    ]


def test_each_activity_counts_as_estimated_or_as_it_was_whichever_is_more() -> None:
    estimates = [SearchTime(LOCATING, 5 * HOUR), SearchTime(EXTRACTING, 3 * HOUR, 500)]
    spent = [
        SearchTime(LOCATING, 4 * HOUR),
        SearchTime(LOCATING, 2 * HOUR, 100),
        SearchTime(Activity.RETRIEVING, 1 * HOUR),
        SearchTime(EXTRACTING, 1 * HOUR),
    ]

    cost = expected_cost(estimates, spent, authority=AuthorityClass.OTHER)

    assert cost.minutes == (6 + 3 + 1) * HOUR
    assert cost.pounds == Decimal("256.00")


@pytest.mark.parametrize(
    ("estimate", "spent", "pounds"),
    [
        (SearchTime(LOCATING, 0, 2501), SearchTime(LOCATING, 60), "25.01"),
        (SearchTime(LOCATING, 0, 2499), SearchTime(LOCATING, 60), "25.00"),
        (SearchTime(LOCATING, 0, 2460), SearchTime(LOCATING, 60), "25.00"),
        (SearchTime(LOCATING, 120), SearchTime(LOCATING, 60, 100), "50.00"),
    ],
)
def test_the_greater_of_two_is_greater_in_money_not_in_minutes(
    estimate: SearchTime, spent: SearchTime, pounds: str
) -> None:
    for first, second in ((estimate, spent), (spent, estimate)):
        cost = expected_cost([first], [second], authority=AuthorityClass.OTHER)
        assert cost.pounds == Decimal(pounds)


def test_an_estimate_below_nothing_is_refused_too() -> None:
    with pytest.raises(ValueError, match="time and cost of extracting it cannot be negative"):
        expected_cost([SearchTime(EXTRACTING, -1)], [], authority=AuthorityClass.OTHER)


# --- reg. 5: requests received within any 60 consecutive working days ---


def request(
    reference: str,
    received: str,
    *,
    party: str = "A",
    subject: str = "bodycams",
    hours: int = 10,
) -> CountedRequest:
    times = (SearchTime(LOCATING, hours * HOUR),)
    return CountedRequest(reference, day(received), party, subject, times)


def references(*requests: CountedRequest) -> list[tuple[str, ...]]:
    found = aggregations(requests, days=UK, authority=AuthorityClass.OTHER)
    return [aggregation.references for aggregation in found]


@pytest.mark.parametrize(
    ("last", "together"),
    [
        ("Mon 2026-01-12", True),
        ("Wed 2026-04-08", True),  # the 60th working day, Monday 12 January being the first
        ("Thu 2026-04-09", False),
    ],
)
def test_requests_count_together_within_sixty_working_days(last: str, *, together: bool) -> None:
    found = references(request("1", "Mon 2026-01-12"), request("2", last))

    assert found == ([("1", "2")] if together else [])


def test_the_window_slides_over_the_whole_history() -> None:
    found = references(
        request("4", "Mon 2026-06-08"),
        request("1", "Mon 2026-01-12"),
        request("2", "Mon 2026-03-02"),
        request("3", "Wed 2026-04-08"),
    )

    assert found == [("1", "2", "3"), ("3", "4")]


def test_a_window_within_another_is_not_told_again() -> None:
    found = references(
        request("1", "Mon 2026-01-12"),
        request("2", "Tue 2026-01-13"),
        request("3", "Wed 2026-01-14"),
    )

    assert found == [("1", "2", "3")]


def test_only_the_same_party_and_a_similar_subject_count_together() -> None:
    found = references(
        request("1", "Mon 2026-01-12"),
        request("2", "Tue 2026-01-13", party="B"),
        request("3", "Wed 2026-01-14", subject="drones"),
        request("4", "Thu 2026-01-15", party="B"),
    )

    assert found == [("2", "4")]


def test_each_request_of_a_set_is_deemed_to_cost_what_all_of_them_do() -> None:
    (found,) = aggregations(
        [request("2", "Tue 2026-01-13", hours=9), request("1", "Mon 2026-01-12", hours=10)],
        days=UK,
        authority=AuthorityClass.OTHER,
    )

    assert isinstance(found, Aggregation)
    assert (found.references, found.first, found.last) == (
        ("1", "2"),
        date(2026, 1, 12),
        date(2026, 1, 13),
    )
    assert (found.cost.minutes, found.cost.is_exceeded) == (19 * HOUR, True)
    assert found.cost.limit_pence == 45_000


def test_requests_of_one_day_come_in_the_order_of_their_references() -> None:
    assert references(request("2", "Mon 2026-01-12"), request("1", "Mon 2026-01-12")) == [
        ("1", "2")
    ]


def test_requests_come_in_the_order_of_receipt_whatever_they_are_called() -> None:
    (found,) = aggregations(
        [
            request("a", "Wed 2026-03-04"),
            request("c", "Mon 2026-01-12"),
            request("b", "Mon 2026-02-02"),
        ],
        days=UK,
        authority=AuthorityClass.CENTRAL,
    )

    assert found.references == ("c", "b", "a")
    assert (found.first, found.last) == (date(2026, 1, 12), date(2026, 3, 4))
    assert found.cost.limit_pence == 60_000


def test_one_request_alone_or_none_is_no_aggregation() -> None:
    assert references(request("1", "Mon 2026-01-12")) == []
    assert references() == []
