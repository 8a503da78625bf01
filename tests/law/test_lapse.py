"""When silence lets an authority close a request."""

from __future__ import annotations

from datetime import date

import pytest

from tests.law.written import SCOTLAND, UK, calendar, day
from workflow.law.clock import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    Closed,
    FeesNoticeGiven,
    IdentityRequested,
    Reading,
    Received,
    Responded,
    read,
)
from workflow.law.lapse import Lapse, lapses
from workflow.law.regime import Regime

RECEIVED = Received(date(2026, 1, 12))


def reading_of(*events: ClockEvent, regime: Regime = Regime.FOIA) -> Reading:
    days = {Regime.FOISA: SCOTLAND, Regime.SAR: calendar("England")}.get(regime, UK)
    return read((RECEIVED, *events), days=days, on=date(2026, 6, 1), regime=regime)


@pytest.mark.parametrize(
    ("regime", "last_day", "authority"),
    [
        (Regime.FOIA, "Tue 2026-04-14", "s.9 FOIA"),
        (Regime.FOISA, "Tue 2026-04-14", "s.9 FOISA"),
        (Regime.EIR, "Tue 2026-04-14", "reg. 8(4), (5) EIR"),  # sixty working days, by chance
    ],
)
def test_an_unpaid_fees_notice_lapses_by_law(regime: Regime, last_day: str, authority: str) -> None:
    reading = reading_of(FeesNoticeGiven(date(2026, 1, 15)), regime=regime)

    assert lapses(reading) == Lapse(day(last_day), "the fee was not paid", authority)


def test_clarification_lapses_by_the_authoritys_own_rule_from_the_last_time_it_was_sought() -> None:
    reading = reading_of(
        ClarificationSought(date(2026, 1, 15)), ClarificationSought(date(2026, 2, 2))
    )

    assert lapses(reading) == Lapse(
        day("Sat 2026-05-02"),
        "no clarification came within 3 months",
        "the authority's own rule",
    )
    shorter = lapses(reading, months=2)
    assert shorter is not None
    assert (shorter.last_day, shorter.from_day) == (day("Thu 2026-04-02"), day("Fri 2026-04-03"))
    assert shorter.why == "no clarification came within 2 months"


@pytest.mark.parametrize(
    "events",
    [
        (),
        (Responded(date(2026, 2, 2)),),
        (ClarificationSought(date(2026, 1, 15)), ClarificationReceived(date(2026, 2, 2))),
        (FeesNoticeGiven(date(2026, 1, 15)), Responded(date(2026, 2, 2))),
        (ClarificationSought(date(2026, 1, 15)), Closed(date(2026, 4, 16), "lapsed")),
    ],
)
def test_a_request_that_waits_for_nobody_does_not_lapse(events: tuple[ClockEvent, ...]) -> None:
    assert lapses(reading_of(*events)) is None


def test_subject_access_has_no_law_by_which_it_lapses() -> None:
    asked = IdentityRequested(date(2026, 1, 15))
    charged = FeesNoticeGiven(date(2026, 1, 15))

    assert lapses(reading_of(asked, regime=Regime.SAR)) is None
    assert lapses(reading_of(charged, regime=Regime.SAR)) is None
