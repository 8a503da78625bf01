"""What holds for the reminders of any request: said in working hours, once, and none forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.examples import DAYS, LADDER, ROSTER, request_in
from workflow.casework import reminders
from workflow.casework.ladder import UK, Anchor, Audience, Rule
from workflow.casework.request import Escalation, InformationRequest, current_reading
from workflow.casework.stages import Stage
from workflow.law import clock
from workflow.law.clock import ClockState
from workflow.law.lapse import lapses
from workflow.law.reviews import ReviewRequested

LOOKS = settings(max_examples=40, deadline=None)
LIVES = settings(max_examples=8, deadline=None)

# A received day near every holiday of the year and either change of the clocks.
RECEIVED = st.dates(date(2019, 1, 1), date(2026, 12, 31))
LIFE = timedelta(days=100)


@st.composite
def open_requests(draw: st.DrawFn) -> InformationRequest:
    """Draw a request as it may stand: at any stage, waiting or not, held or not, escalated or not.

    All that happened to it happened within ten days of its receipt.
    """
    stage = draw(st.sampled_from([stage for stage in Stage if stage is not Stage.CLOSED]))
    received = draw(RECEIVED)
    later = [
        received + timedelta(days=n) for n in sorted(draw(st.tuples(*[st.integers(0, 10)] * 2)))
    ]
    events: tuple[clock.ClockEvent, ...] = draw(
        st.sampled_from(
            [
                (),
                (clock.ClarificationSought(later[0]),),
                (clock.ClarificationSought(later[0]), clock.ClarificationReceived(later[1])),
                (clock.FeesNoticeGiven(later[0]),),
                (clock.FeesNoticeGiven(later[0]), clock.FeeReceived(later[1])),
                (clock.Extended(later[0], "s.31", further_working_days=20),),
            ]
        )
    )
    changes: dict[str, Any] = {
        "received_on": received,
        "clock": (clock.Received(received), *events),
        "since": received,
        "allocated_on": later[0],
        "reviewer": draw(st.sampled_from([None, "ruth"])),
        "approved_by": draw(st.sampled_from([None, "grace"])),
        "escalation": draw(st.sampled_from([None, answered(later[1])])),
    }
    if stage is Stage.RECEIVED and draw(st.booleans()):
        changes |= {"team": None, "allocated_on": None}
    if stage is Stage.REVIEW:
        answered_at_once = (clock.Received(received), clock.Responded(received))
        changes |= {"clock": answered_at_once}
        changes |= {"since": later[1], "review_clock": (ReviewRequested(later[1]),)}
    return request_in(stage, **changes)


def answered(on: date) -> Escalation:
    return Escalation(on, "overdue", None, "marcus", "a plan", on + timedelta(days=24))


def beginning(request: InformationRequest) -> datetime:
    """Give the midnight before which everything had happened to a request."""
    return datetime.combine(request.received_on + timedelta(days=11), time(), UK).astimezone(UTC)


def next_after(request: InformationRequest, after: datetime) -> datetime | None:
    on = after.astimezone(UK).date()
    return reminders.next_at(request, LADDER, roster=ROSTER, days=DAYS, after=after, on=on)


@LOOKS
@given(open_requests(), st.timedeltas(timedelta(), LIFE))
def test_the_next_moment_is_a_working_moment_still_to_come(
    request: InformationRequest, later: timedelta
) -> None:
    after = beginning(request) + later

    coming = next_after(request, after)

    assert coming is None or (coming > after and LADDER.hours.include(coming, DAYS))


@LOOKS
@given(open_requests(), st.timedeltas(timedelta(), LIFE))
def test_at_the_next_moment_there_is_something_to_say(
    request: InformationRequest, later: timedelta
) -> None:
    after = beginning(request) + later
    coming = next_after(request, after)
    if coming is None:
        return

    found = reminders.due(request, LADDER, roster=ROSTER, days=DAYS, after=after, now=coming)

    assert found != () or rests(request, coming)


def rests(request: InformationRequest, at: datetime) -> bool:
    until = request.escalation.until if request.escalation else None
    return until is not None and at.astimezone(UK).date() < until


@LIVES
@given(open_requests())
def test_hour_by_hour_all_of_the_ladder_is_said_and_nothing_twice(
    request: InformationRequest,
) -> None:
    start = beginning(request)
    looked, said = start, []
    for hours in range(1, LIFE.days * 24):
        now = start + timedelta(hours=hours)
        found = reminders.due(request, LADDER, roster=ROSTER, days=DAYS, after=looked, now=now)
        if LADDER.hours.include(now, DAYS):
            looked = now
        said += [(now, one.key, one.recipient, one.to) for one in found]

    keys = [(key, recipient, to) for _, key, recipient, to in said]
    assert len(keys) == len(set(keys))
    assert {(now, *rest) for now, *rest in said} == set(expected(request, start, looked))


@LIVES
@given(open_requests())
def test_looking_only_at_the_next_moment_says_the_same_as_looking_every_hour(
    request: InformationRequest,
) -> None:
    start = beginning(request)
    end = start + LIFE
    looked, said = start, set()
    while (coming := next_after(request, looked)) is not None and coming <= end:
        found = reminders.due(request, LADDER, roster=ROSTER, days=DAYS, after=looked, now=coming)
        said |= {(coming, one.key, one.recipient, one.to) for one in found}
        looked = coming

    assert said == set(expected(request, start, end))


# --- The same said another way: walk the days, and count back to each rule's anchor ------------


def expected(
    request: InformationRequest, start: datetime, end: datetime
) -> Iterator[tuple[datetime, str, str, Audience]]:
    """Walk the working days: of the rules whose day it is, each person hears the last by name."""
    rested: dict[str, tuple[date, str, Rule]] = {}
    on = request.received_on
    while (nine := datetime.combine(on, time(9), UK).astimezone(UTC)) <= end:
        if on in DAYS:
            speaking = [(on, *one) for one in sorted(spoken_on(on, request), key=by_name)]
            if paused(request, on):
                rested |= {key: (on, key, rule) for _, key, rule in speaking if rule.escalates}
                speaking = [one for one in speaking if not one[2].escalates]
            elif rested:
                kept = (one for one in rested.values() if was_unsaid(request, one[0]))
                speaking, rested = [*kept, *speaking], {}
            if nine > start:
                yield from heard(request, nine, speaking)
        on += timedelta(days=1)


def speaks_of_the_end(one: tuple[date, str, Rule]) -> bool:
    return one[2].anchor is Anchor.DUE and one[2].offset >= 0


def by_name(one: tuple[str, Rule]) -> tuple[bool, str]:
    return one[1].escalates, one[1].name


def paused(request: InformationRequest, on: date) -> bool:
    until = request.escalation.until if request.escalation else None
    return until is not None and on < until


def was_unsaid(request: InformationRequest, on: date) -> bool:
    return request.escalation is not None and request.escalation.on < on


def heard(
    request: InformationRequest, at: datetime, speaking: list[tuple[date, str, Rule]]
) -> Iterator[tuple[datetime, str, str, Audience]]:
    last: dict[str, tuple[str, str, Audience]] = {}
    for _, key, rule in sorted(speaking, key=speaks_of_the_end):
        for ear, recipient, audience in ears(rule, request):
            last[ear] = (key, recipient, audience)
    yield from ((at, *one) for one in last.values())


def ears(rule: Rule, request: InformationRequest) -> Iterator[tuple[str, str, Audience]]:
    searching = request.stage in (Stage.RECEIVED, Stage.SEARCHING)
    escalated = rule.escalates and request.holder and request.stage is Stage.SEARCHING
    heard_by = dict.fromkeys((*rule.to, Audience.HOLDER) if escalated else rule.to)
    people = {
        Audience.MANAGER: ["marcus"] if request.team else ["grace"],
        Audience.APPROVERS: [] if request.approved_by else ["grace", "ruth"],
        Audience.REVIEWER: ["ruth"],
        Audience.HOLDER: ["amira"] if request.holder and searching else [],
    }
    for audience in heard_by:
        if people.get(audience):
            yield from ((f"@{one}", one, audience) for one in people[audience])
        elif audience in (Audience.HOLDER, Audience.TEAM) and request.team and searching:
            yield "team", request.team, Audience.TEAM
        elif audience is not Audience.APPROVERS:
            yield "desk", "", Audience.DESK


def spoken_on(on: date, request: InformationRequest) -> Iterator[tuple[str, Rule]]:
    """Give key and rule of each rung whose working day this is."""
    held = request.reviewer if request.stage is Stage.REVIEW else request.holder
    anchors = anchors_of(request, max(on, request.received_on + timedelta(days=11)))
    for rule in LADDER.rules:
        anchor = anchors.get(rule.target or rule.anchor)
        if request.stage not in rule.stages or anchor is None:
            continue
        if Audience.APPROVERS in rule.to and request.approved_by is not None:
            continue
        if rule.unclaimed and (held is not None or on < request.since):
            continue
        start = anchor if rule.offset else DAYS.on_or_after(anchor)
        repeat = counted(start, on) - rule.offset
        if 0 <= repeat <= rule.again:
            name = f"{rule.name} {repeat + 1}" if rule.again else rule.name
            yield f"{name}|{anchor.isoformat()}", rule


def counted(anchor: date, on: date) -> int:
    """Count working days from an anchor to a working day; backwards when it comes before it."""
    day_before = timedelta(days=1)
    return (
        DAYS.between(anchor, on)
        if on > anchor
        else DAYS.between(anchor - day_before, on - day_before)
    )


def anchors_of(request: InformationRequest, on: date) -> dict[str, date | None]:
    read = current_reading(request, days=DAYS, on=on)
    silence = lapses(read, months=LADDER.months_of_silence)
    if silence is not None:
        sought = [e.on for e in request.clock if isinstance(e, clock.ClarificationSought)]
        waiting = sought[-1] if read.state is ClockState.AWAITING_CLARIFICATION else None
        return {Anchor.CLARIFICATION: waiting, Anchor.LAPSE: silence.from_day}
    began = [e.on for e in request.clock if isinstance(e, clock.ClarificationReceived)]
    receipt = began[-1] if began else request.received_on
    if request.stage is Stage.REVIEW:
        receipt = request.since
    allocated = request.allocated_on
    if allocated is not None and request.stage is Stage.RECEIVED:
        allocated = max(allocated, request.since)
    found: dict[str, date | None] = {
        Anchor.DUE: read.due,
        Anchor.RECEIVED: receipt,
        Anchor.ALLOCATED: allocated,
        Anchor.STAGE: request.since,
        Anchor.ACTED: request.since,
    }
    return found | {name: target(request, receipt, n) for name, n in LADDER.targets.items()}


def target(request: InformationRequest, receipt: date, number: int) -> date | None:
    """Walk to the day on which so many working days have counted."""
    if request.stage is Stage.REVIEW:
        return None
    paid = {type(event): event.on for event in request.clock}
    notice, fee = paid.get(clock.FeesNoticeGiven), paid.get(clock.FeeReceived)
    on = receipt
    while number:
        on += timedelta(days=1)
        suspended = notice is not None and fee is not None and notice <= on <= fee
        number -= on in DAYS and not suspended
    return on
