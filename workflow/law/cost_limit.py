"""The cost limit of s.12 FOIA: what may be counted, at what rate, and when it is exceeded.

Fees Regulations 2004 (SI 2004/3244). Reaching the limit is not exceeding it: 18 hours exactly is
within £450. Redaction, weighing exemptions and legal advice are not among the four activities
(Chief Constable of South Yorkshire v Information Commissioner [2011] EWHC 44 (Admin)).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from workflow.law.working_days import WorkingDays


class Activity(StrEnum):
    """What an estimate may take into account: the four activities of reg. 4(3), and no other."""

    DETERMINING = "determining whether it is held"
    LOCATING = "locating it"
    RETRIEVING = "retrieving it"
    EXTRACTING = "extracting it"


class AuthorityClass(StrEnum):
    """Which limit an authority has: that of Schedule 1, Part I, to the Act, or the other."""

    CENTRAL = "listed in Part I of Schedule 1"
    OTHER = "any other public authority"


class SearchTime(NamedTuple):
    """Minutes that people spent, or are expected to spend, on one activity, and other costs."""

    activity: Activity
    minutes: int
    other_pence: int = 0


class Effort(NamedTuple):
    """Minutes and pence together."""

    minutes: int
    pence: int


class SearchCost(NamedTuple):
    """What complying costs, in pence, against the limit."""

    minutes: int
    pence_in_sixtieths: int
    limit_pence: int

    @property
    def pounds(self) -> Decimal:
        """The cost in pounds, to the penny."""
        return (Decimal(self.pence_in_sixtieths) / 6000).quantize(Decimal("0.01"))

    @property
    def is_exceeded(self) -> bool:
        """Tell whether the cost is more than the limit: reaching it is not enough (s.12(1))."""
        return self.pence_in_sixtieths > self.limit_pence * 60

    @property
    def is_near(self) -> bool:
        """Tell whether three quarters of the limit are used, so that somebody should be told."""
        return self.pence_in_sixtieths * 100 >= self.limit_pence * 60 * WARNING_PER_CENT


PENCE_PER_HOUR = 2500  # reg. 4(4): £25 a person an hour, whoever it is
WARNING_PER_CENT = 75
AGGREGATION_DAYS = 60  # reg. 5(2)(b)

APPROPRIATE_LIMITS: Mapping[AuthorityClass, int] = {
    AuthorityClass.CENTRAL: 60_000,  # reg. 3(2): £600, which is 24 hours
    AuthorityClass.OTHER: 45_000,  # reg. 3(3): £450, which is 18 hours; a police force too
}


def cost_of(times: Iterable[SearchTime], *, authority: AuthorityClass) -> SearchCost:
    """Add up search time at the rate of the Regulations and hold it against the limit.

    Raises ValueError for negative time or cost.
    """
    return _cost(_by_activity(times).values(), authority)


def expected_cost(
    estimates: Iterable[SearchTime],
    spent: Iterable[SearchTime],
    *,
    authority: AuthorityClass,
) -> SearchCost:
    """Give the greater of the estimate before searching and the time that it really took.

    Activity by activity: an activity that took longer than estimated counts as it was, one that
    is still going on as it was estimated.
    """
    before, after = _by_activity(estimates), _by_activity(spent)
    nothing = Effort(0, 0)
    greater = (
        max(before.get(activity, nothing), after.get(activity, nothing), key=_in_sixtieths)
        for activity in Activity
    )
    return _cost(greater, authority)


class CountedRequest(NamedTuple):
    """A request as aggregation sees it.

    `party` is the same for one person's requests and for those that appear to act in concert or in
    a campaign; `subject` is the same where the information is, to any extent, the same or similar.
    Both are the desk's judgement.
    """

    reference: str
    received: date
    party: str
    subject: str
    times: tuple[SearchTime, ...] = ()


class Aggregation(NamedTuple):
    """Requests that may be taken together (reg. 5): a proposal to the desk, never automatic."""

    references: tuple[str, ...]
    first: date
    last: date
    cost: SearchCost


def aggregations(
    requests: Iterable[CountedRequest], *, days: WorkingDays, authority: AuthorityClass
) -> tuple[Aggregation, ...]:
    """Find the largest sets of requests received within any 60 consecutive working days.

    Each request of a set is deemed to cost what all of them cost together. `days` is the calendar
    of the whole United Kingdom (reg. 5(3)). Sets of one request are left out.
    """
    groups: dict[tuple[str, str], list[CountedRequest]] = {}
    for request in sorted(requests, key=_by_receipt):
        groups.setdefault((request.party, request.subject), []).append(request)
    return tuple(
        _taken_together(window, authority)
        for group in groups.values()
        for window in _windows(group, days)
    )


def _windows(group: list[CountedRequest], days: WorkingDays) -> Iterable[list[CountedRequest]]:
    """Slide over requests in order of receipt; give each window that no other one contains."""
    start = 0
    for end in range(1, len(group) + 1):
        is_last = end == len(group)
        if not is_last and _fit(group[start], group[end], days):
            continue
        if end - start > 1:
            yield group[start:end]
        while not is_last and not _fit(group[start], group[end], days):
            start += 1


def _fit(first: CountedRequest, last: CountedRequest, days: WorkingDays) -> bool:
    """Tell whether one period of 60 consecutive working days can hold both days of receipt."""
    return days.between(first.received, last.received) < AGGREGATION_DAYS


def _taken_together(window: list[CountedRequest], authority: AuthorityClass) -> Aggregation:
    times = [time for request in window for time in request.times]
    return Aggregation(
        tuple(request.reference for request in window),
        window[0].received,
        window[-1].received,
        cost_of(times, authority=authority),
    )


def _by_receipt(request: CountedRequest) -> tuple[date, str]:
    return request.received, request.reference


def _by_activity(times: Iterable[SearchTime]) -> dict[Activity, Effort]:
    efforts: dict[Activity, Effort] = {}
    for time in times:
        if time.minutes < 0 or time.other_pence < 0:
            raise ValueError(f"time and cost of {time.activity} cannot be negative: correct them")
        minutes, pence = efforts.get(time.activity, Effort(0, 0))
        efforts[time.activity] = Effort(minutes + time.minutes, pence + time.other_pence)
    return efforts


def _cost(efforts: Iterable[Effort], authority: AuthorityClass) -> SearchCost:
    every = tuple(efforts)
    return SearchCost(
        minutes=sum(effort.minutes for effort in every),
        pence_in_sixtieths=sum(map(_in_sixtieths, every)),
        limit_pence=APPROPRIATE_LIMITS[authority],
    )


def _in_sixtieths(effort: Effort) -> int:
    """Give the cost of an effort in sixtieths of a penny, so that no minute is rounded."""
    return effort.minutes * PENCE_PER_HOUR + effort.pence * 60
