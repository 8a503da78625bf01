"""The clock: what each event does to the due date."""

from __future__ import annotations

from datetime import date

from workflow.bank_holidays import load
from workflow.law.clock import ClockEvent, ClockState, Received, Responded, explain, read

UK = load().uk


def test_the_seed_letter_was_due_on_12_august_because_of_a_scottish_holiday() -> None:
    reading = read([Received(date(2020, 7, 14))], days=UK, on=date(2020, 7, 30))

    assert (reading.state, reading.due, reading.left) == (
        ClockState.RUNNING,
        date(2020, 8, 12),
        8,
    )
    assert "Not a working day: Monday 3 August 2020 (Summer bank holiday, Scotland)." in explain(
        reading
    )


def test_an_answer_stops_the_clock_on_the_day_it_was_given() -> None:
    events: list[ClockEvent] = [Received(date(2020, 7, 14)), Responded(date(2020, 7, 30))]

    reading = read(events, days=UK, on=date(2020, 12, 1))

    assert (reading.state, reading.stopped_on) == (ClockState.STOPPED, date(2020, 7, 30))
    assert (reading.day, reading.left, reading.is_late) == (12, 8, False)
