"""What is true of every history: the clock against a clerk who walks, and the laws it keeps."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.law.walked import ONE_DAY, walked_count, walked_due
from tests.law.written import UK, bank_holidays, calendar
from workflow.law.clock import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    ClockState,
    Extended,
    FeeReceived,
    FeesNoticeGiven,
    ImpossibleHistory,
    Reading,
    Received,
    Responded,
    explain,
    read,
)
from workflow.law.regime import Regime
from workflow.law.working_days import BankHoliday, WorkingDays

HOLIDAYS = {holiday.on for holiday in bank_holidays()}
RECEIPTS = st.dates(date(2013, 1, 1), date(2026, 1, 1))
DAYS = st.integers(0, 40)
WORKING_DAY_REGIMES = st.sampled_from([Regime.FOIA, Regime.EIR])


def on(day: date, later: int) -> date:
    return day + timedelta(days=later)


def reading_of(*events: ClockEvent, regime: Regime = Regime.FOIA) -> Reading:
    return read(events, days=UK, on=max(event.on for event in events), regime=regime)


@st.composite
def lawful_histories(draw: st.DrawFn) -> tuple[ClockEvent, ...]:
    """Draw a request that went through rounds of fees and clarification, each one answered."""
    day = draw(RECEIPTS)
    events: list[ClockEvent] = [Received(day)]
    for kind in draw(st.lists(st.sampled_from(["fee", "question", "extension"]), max_size=4)):
        day = on(day, draw(st.integers(0, 12)))
        if kind == "extension":
            events.append(Extended(day, "s.31(1)(a)", draw(st.integers(1, 20))))
            continue
        ends = on(day, draw(DAYS))
        if kind == "fee":
            events += [FeesNoticeGiven(day), FeeReceived(ends)]
        else:
            events += [ClarificationSought(day), ClarificationReceived(ends)]
        day = ends
    return tuple(events)


def by_walking(events: tuple[ClockEvent, ...]) -> date:
    """Give the due date as a clerk finds it, one day after the other."""
    day_zero, further, left_out = events[0].on, 0, list[tuple[date, date]]()
    given = None
    for event in events:
        match event:
            case ClarificationReceived():
                day_zero, further = event.on, 0
            case FeesNoticeGiven():
                in_time = event.on <= walked_due(day_zero, 20, HOLIDAYS, left_out)
                given = event.on if in_time else None
            case FeeReceived() if given is not None:
                left_out.append((given, event.on))
            case Extended():
                further += event.further_working_days or 0
            case _:
                pass
    return walked_due(day_zero, 20 + further, HOLIDAYS, left_out)


@given(lawful_histories())
def test_the_clock_agrees_with_a_clerk_who_walks(events: tuple[ClockEvent, ...]) -> None:
    reading = reading_of(*events)

    assert (reading.state, reading.due) == (ClockState.RUNNING, by_walking(events))


@given(lawful_histories(), st.integers(0, 80))
def test_days_left_and_days_run_agree_with_walking(
    events: tuple[ClockEvent, ...], later: int
) -> None:
    asked = on(events[-1].on, later)
    reading = read(events, days=UK, on=asked)
    due = by_walking(events)

    expected = walked_count(asked, due, HOLIDAYS)
    late = -max(1, walked_count(due, asked, HOLIDAYS))
    assert reading.left == (late if asked > due else expected)
    assert reading.is_late == (asked > due)


@given(RECEIPTS, WORKING_DAY_REGIMES)
def test_a_due_date_is_a_working_day(received: date, regime: Regime) -> None:
    due = reading_of(Received(received), regime=regime).due

    assert due is not None
    assert due in UK


@given(lawful_histories())
def test_a_due_date_after_any_history_is_a_working_day(events: tuple[ClockEvent, ...]) -> None:
    due = reading_of(*events).due

    assert due is not None
    assert due in UK


@given(RECEIPTS, st.integers(1, 30))
def test_later_receipt_never_means_an_earlier_due_date(received: date, later: int) -> None:
    first = reading_of(Received(received)).due
    second = reading_of(Received(on(received, later))).due

    assert first is not None
    assert second is not None
    assert first <= second


@given(lawful_histories(), st.integers(0, 200))
def test_a_new_bank_holiday_never_brings_a_due_date_forward(
    events: tuple[ClockEvent, ...], later: int
) -> None:
    first_year = events[0].on.year
    near = [day for day in bank_holidays() if 0 <= day.on.year - first_year <= 2]
    new = BankHoliday(on(events[0].on, later), "A new one", ("Scotland",))
    with_it = WorkingDays(
        [*near, new], first_year=first_year, last_year=first_year + 2, version="one more"
    )

    # A notice that the new holiday brings into time suspends the clock, and so moves it on too.
    after, before = read(events, days=with_it, on=events[-1].on).due, reading_of(*events).due

    assert after is not None
    assert before is not None
    assert after >= before


@given(RECEIPTS, st.integers(1, 20), DAYS)
def test_a_suspension_of_n_working_days_moves_the_end_by_n(
    received: date, day: int, length: int
) -> None:
    notice = UK.nth_after(received, day)
    paid = on(notice, length)
    lost = walked_count(notice - ONE_DAY, paid, HOLIDAYS)

    suspended = reading_of(Received(received), FeesNoticeGiven(notice), FeeReceived(paid))

    assert suspended.due == UK.nth_after(received, 20 + lost)
    assert suspended.suspended == ((notice, paid),)


@given(lawful_histories(), DAYS, DAYS)
def test_clarification_makes_earlier_history_irrelevant(
    events: tuple[ClockEvent, ...], asked: int, answered: int
) -> None:
    sought = on(events[-1].on, asked)
    supplied = on(sought, answered)

    after = reading_of(*events, ClarificationSought(sought), ClarificationReceived(supplied))
    fresh = reading_of(Received(supplied))

    assert (after.state, after.due, after.left) == (fresh.state, fresh.due, fresh.left)
    assert (after.day, after.notice_by, after.day_zero) == (0, fresh.due, supplied)


@given(RECEIPTS, st.integers(0, 20), st.integers(1, 40))
def test_an_extension_moves_the_end_by_its_length(received: date, day: int, further: int) -> None:
    told = UK.nth_after(received, day)

    extended = reading_of(Received(received), Extended(told, "s.35", further))

    assert extended.due == UK.nth_after(received, 20 + further)
    assert extended.notice_by == UK.nth_after(received, 20)


@given(lawful_histories())
def test_the_days_of_the_ledger_sum_to_the_limit(events: tuple[ClockEvent, ...]) -> None:
    reading = reading_of(*events)
    last, due = reading.ledger[-1], reading.due
    further = sum(
        event.further_working_days or 0
        for event in events
        if isinstance(event, Extended) and event.on >= reading.day_zero
    )
    # An extension recorded on the day of a clarification may belong to the count before it.
    assume(not any(isinstance(e, Extended) and e.on == reading.day_zero for e in events))

    assert due is not None
    assume(last.on <= due)
    assert last.day + walked_count(last.on, due, HOLIDAYS) == 20 + further
    assert reading.day + (reading.left or 0) == 20 + further


@given(lawful_histories())
def test_each_step_takes_over_where_the_one_before_left_off(
    events: tuple[ClockEvent, ...],
) -> None:
    ledger = reading_of(*events).ledger

    assert [step.due_before for step in ledger] == [None, *(step.due for step in ledger[:-1])]
    assert [step.on for step in ledger] == sorted(step.on for step in ledger)


@given(lawful_histories())
def test_the_holidays_told_are_those_between_the_step_and_the_new_date(
    events: tuple[ClockEvent, ...],
) -> None:
    for step in reading_of(*events).ledger:
        begins = step.on if step.due_before is None else step.due_before
        moved = step.due is not None and step.due != step.due_before
        expected = [
            day for day in sorted(HOLIDAYS) if moved and step.due and begins < day <= step.due
        ]
        assert [holiday.on for holiday in step.skipped] == expected


@given(lawful_histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_days_were_recorded_does_not_matter(
    events: tuple[ClockEvent, ...], random: object
) -> None:
    assume(len({event.on for event in events}) == len(events))
    shuffled = list(events)
    getattr(random, "shuffle")(shuffled)  # noqa: B009 (Hypothesis gives the random no type)

    assert read(shuffled, days=UK, on=events[-1].on) == reading_of(*events)


@given(lawful_histories(), DAYS)
def test_an_answer_stops_the_clock_for_good(events: tuple[ClockEvent, ...], later: int) -> None:
    answered = Responded(on(events[-1].on, later))
    asked = on(answered.on, later)

    then = read((*events, answered), days=UK, on=answered.on)
    now = read((*events, answered), days=UK, on=asked)

    assert then == now
    assert then.due == reading_of(*events).due
    assert explain(then) == explain(now)


ANY_EVENT = st.builds(
    lambda kind, day: kind(date(2026, 1, 1) + timedelta(days=day)),
    st.sampled_from(
        [
            Received,
            ClarificationSought,
            ClarificationReceived,
            FeesNoticeGiven,
            FeeReceived,
            Responded,
        ]
    ),
    st.integers(0, 60),
)


@given(st.lists(ANY_EVENT, max_size=6), st.sampled_from(list(Regime)))
def test_any_history_gives_a_reading_or_one_sentence(
    events: list[ClockEvent], regime: Regime
) -> None:
    told = reading_or_sentence(events, regime)

    if isinstance(told, str):
        assert told.endswith(".")
        assert "\n" not in told
    else:
        waits = told.due is None
        assert waits == (told.state not in {ClockState.RUNNING, ClockState.STOPPED}) or (
            told.state is ClockState.STOPPED
        )
        assert len(told.ledger) == len(events)
        assert explain(told)


def reading_or_sentence(events: list[ClockEvent], regime: Regime) -> Reading | str:
    try:
        return read(events, days=calendar("Scotland"), on=date(2026, 6, 1), regime=regime)
    except ImpossibleHistory as error:
        return str(error)
