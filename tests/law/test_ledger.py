"""The words of the ledger: what happened, by what authority, and what it did, for every regime."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.law.written import SCOTLAND, UK, calendar
from workflow.law.clock import (
    ClarificationReceived,
    ClarificationSought,
    ClockEvent,
    Closed,
    Extended,
    FeeReceived,
    FeesNoticeGiven,
    IdentityReceived,
    IdentityRequested,
    Limit,
    Received,
    Responded,
    Step,
    read,
)
from workflow.law.regime import (
    CLARIFICATIONS,
    EXTENSIONS,
    FEES,
    HOLIDAYS,
    IDENTITY,
    TIME_LIMITS,
    HolidaySet,
    Regime,
    Unit,
)

FOIA, EIR, FOISA, SAR, PART_3 = Regime
RECEIVED = Received(date(2026, 3, 2))


def at(days: int) -> date:
    return RECEIVED.on + timedelta(days=days)


def last_step(regime: Regime, *events: ClockEvent, limit: Limit = Limit.STANDARD) -> Step:
    days = {FOISA: SCOTLAND, SAR: calendar("England"), PART_3: calendar("England")}.get(regime, UK)
    history = (RECEIVED, *events)
    return read(history, days=days, on=history[-1].on, regime=regime, limit=limit).ledger[-1]


SOUGHT, SUPPLIED = ClarificationSought(at(1)), ClarificationReceived(at(3))
NOTICE, PAID = FeesNoticeGiven(at(1)), FeeReceived(at(3))
PERSON, PROOF = IdentityRequested(at(1)), IdentityReceived(at(3))
LATE = FeesNoticeGiven(at(40))
WAIT = "there is no due date until the applicant supplies it"
AGAIN = "the count starts again: this is day 0 of 20 working days"
PAUSED = "the clock runs again: 3 days, the first and the last included, did not count"
RESUMED = "the clock runs again: 3 working days, both ends included, did not count"
MONTH = "the period of 1 month begins"


@pytest.mark.parametrize(
    ("regime", "events", "what", "authority", "effect"),
    [
        (FOIA, (), "Request received", "s.10(1) FOIA", "this is day 0 of 20 working days"),
        (EIR, (), "Request received", "reg. 5(2) EIR", "this is day 0 of 20 working days"),
        (FOISA, (), "Request received", "s.10(1) FOISA", "this is day 0 of 20 working days"),
        (SAR, (), "Request received", "Art. 12(3) UK GDPR", MONTH),
        (PART_3, (), "Request received", "s.54(2) DPA 2018", MONTH),
        (FOIA, (SOUGHT,), "Clarification sought", "s.1(3) and s.10(6) FOIA", WAIT),
        (EIR, (SOUGHT,), "Clarification sought", "reg. 9(4) EIR", WAIT),
        (FOISA, (SOUGHT,), "Clarification sought", "s.1(3) and s.10(1)(b) FOISA", WAIT),
        (SAR, (SOUGHT,), "Clarification sought", "Art. 12A UK GDPR", WAIT),
        (PART_3, (SOUGHT,), "Clarification sought", "s.54(3C) DPA 2018", WAIT),
        (
            *(FOIA, (SOUGHT, SOUGHT), "Clarification sought again"),
            *("s.1(3) and s.10(6) FOIA", "the wait goes on"),
        ),
        (FOIA, (SOUGHT, SUPPLIED), "Clarification received", "s.1(3) and s.10(6) FOIA", AGAIN),
        (EIR, (SOUGHT, SUPPLIED), "Clarification received", "reg. 9(4) EIR", AGAIN),
        (SAR, (SOUGHT, SUPPLIED), "Clarification received", "Art. 12A UK GDPR", PAUSED),
        (PART_3, (SOUGHT, SUPPLIED), "Clarification received", "s.54(3C) DPA 2018", PAUSED),
        (
            *(FOIA, (LATE,), "Fees notice given", "s.9 FOIA"),
            "no effect: it had to be given by Tuesday 31 March 2026",
        ),
        (
            *(FOIA, (LATE, FeeReceived(at(41))), "Fee received", "s.10(2) FOIA"),
            "no effect: nor had the notice",
        ),
        (FOIA, (NOTICE, PAID), "Fee received", "s.10(2) FOIA", RESUMED),
        (EIR, (NOTICE, PAID), "Fee received", "reg. 8(6) EIR", RESUMED),
        (FOISA, (NOTICE, PAID), "Fee received", "s.10(3) FOISA", RESUMED),
        (
            *(FOIA, (NOTICE, FeeReceived(at(200))), "Fee received", "s.9 FOIA"),
            "no effect: the last day to pay was Tuesday 2 June 2026",
        ),
        (
            *(SAR, (NOTICE,), "Fee asked for", "Art. 12(5) UK GDPR"),
            "there is no due date until the fee is paid",
        ),
        (SAR, (NOTICE, PAID), "Fee received", "Art. 12A UK GDPR", f"{MONTH} only now"),
        (PART_3, (NOTICE, PAID), "Fee received", "s.54(3)(c) DPA 2018", f"{MONTH} only now"),
        (
            *(SAR, (PERSON,), "Proof of identity requested", "Art. 12(6) UK GDPR"),
            "there is no due date until the person shows who they are",
        ),
        (
            *(SAR, (PERSON, PROOF), "Proof of identity received", "Art. 12(6) UK GDPR"),
            f"{MONTH} only now",
        ),
        (
            *(PART_3, (PERSON, PROOF), "Proof of identity received"),
            *("s.52(4) and s.54(3)(b) DPA 2018", f"{MONTH} only now"),
        ),
        (
            *(FOIA, (Extended(at(3), "s.31", 5),), "Time extended", "s.10(3) FOIA"),
            "the end moves by 5 working days (s.31)",
        ),
        (
            *(EIR, (Extended(at(3), "complexity"),), "Time extended", "reg. 7(1) EIR"),
            "the end moves by 20 working days (complexity)",
        ),
        (
            *(SAR, (Extended(at(3), "complex"),), "Time extended", "Art. 12(3) UK GDPR"),
            "the end moves by 2 months (complex)",
        ),
        (
            *(PART_3, (Extended(at(3), "complex", None, 1),), "Time extended"),
            *("s.54(3A) DPA 2018", "the end moves by 1 month (complex)"),
        ),
        (
            *(FOIA, (Extended(at(3), "s.41", 5),), "Extension notified", "s.10(3) FOIA"),
            (
                "no effect: s.41 needs no public interest test, or not for certain: name the limb "
                "that does"
            ),
        ),
        (
            *(FOISA, (Extended(at(3), "", 5),), "Extension notified", "s.10(1) FOISA"),
            "no effect: Freedom of Information (Scotland) Act 2002 knows no extension",
        ),
        (
            *(SAR, (Extended(at(60), "complex"),), "Extension notified", "Art. 12(3) UK GDPR"),
            "no effect: the applicant had to be told by Thursday 2 April 2026",
        ),
        (
            *(FOIA, (Responded(at(7)),), "Answer given", "s.10(1) FOIA"),
            "the clock stops on working day 5",
        ),
        (
            *(EIR, (Responded(at(7)),), "Answer given", "reg. 5(2) EIR"),
            "the clock stops on working day 5",
        ),
        (
            *(FOIA, (Closed(at(7), "transferred"),), "Closed: transferred"),
            *("no answer is due", "the clock stops"),
        ),
    ],
)
def test_each_step_says_what_by_what_authority_and_to_what_effect(
    regime: Regime, events: tuple[ClockEvent, ...], what: str, authority: str, effect: str
) -> None:
    step = last_step(regime, *events)

    assert (step.what, step.authority, step.effect) == (what, authority, effect)


def test_a_question_or_an_extension_from_before_the_law_is_told_with_its_section() -> None:
    early = Received(date(2026, 1, 5))
    since = "before Thursday 5 February 2026"

    def told(*events: ClockEvent) -> tuple[str, str, str]:
        days = calendar("England")
        step = read((early, *events), days=days, on=date(2026, 2, 4), regime=PART_3).ledger[-1]
        return step.what, step.authority, step.effect

    asked = ClarificationSought(date(2026, 1, 12))
    assert told(asked) == (
        "Clarification sought",
        "s.54(3C) DPA 2018",
        f"no effect: the clock could not be paused {since}",
    )
    assert told(asked, ClarificationReceived(date(2026, 1, 13))) == (
        "Clarification received",
        "s.54(3C) DPA 2018",
        "no effect",
    )
    assert told(Extended(date(2026, 1, 12), "complex")) == (
        "Extension notified",
        "s.54(3A) DPA 2018",
        f"no effect: none existed {since}",
    )


def test_one_idle_question_takes_one_answer() -> None:
    events = (
        Received(date(2026, 1, 5)),
        ClarificationSought(date(2026, 1, 12)),
        ClarificationReceived(date(2026, 1, 13)),
        ClarificationReceived(date(2026, 1, 14)),
    )

    with pytest.raises(ValueError, match="but none had been sought"):
        read(events, days=calendar("England"), on=date(2026, 2, 4), regime=PART_3)


def test_one_idle_notice_takes_one_payment() -> None:
    with pytest.raises(ValueError, match="but no fees notice was outstanding"):
        last_step(FOIA, LATE, FeeReceived(at(41)), FeeReceived(at(42)))


@pytest.mark.parametrize(
    ("limit", "authority"),
    [(Limit.ARMED_FORCES, "reg. 5 SI 2004/3364"), (Limit.OVERSEAS, "reg. 6 SI 2004/3364")],
)
def test_the_commissioners_leave_has_its_own_regulation(limit: Limit, authority: str) -> None:
    extended = Extended(at(3), "leave of the Commissioner", 5)

    assert last_step(FOIA, extended, limit=limit).authority == authority
    assert last_step(FOIA, Responded(at(3)), limit=limit).authority == authority


# --- the tables say what each regime knows ---


def test_every_regime_has_a_limit_a_calendar_and_a_rule_for_clarification_and_fees() -> None:
    for table in (TIME_LIMITS, HOLIDAYS, CLARIFICATIONS, FEES):
        assert set(table) == set(Regime)
    assert set(EXTENSIONS) == set(Regime) - {Regime.FOISA}
    assert set(IDENTITY) == {Regime.SAR, Regime.DPA_PART_3}


def test_limits_are_twenty_working_days_or_one_month() -> None:
    assert {regime: (row.number, row.unit) for regime, row in TIME_LIMITS.items()} == {
        FOIA: (20, Unit.WORKING_DAYS),
        EIR: (20, Unit.WORKING_DAYS),
        FOISA: (20, Unit.WORKING_DAYS),
        SAR: (1, Unit.MONTHS),
        PART_3: (1, Unit.MONTHS),
    }


def test_only_scotland_and_subject_access_look_at_one_nations_holidays() -> None:
    assert {regime: row.set for regime, row in HOLIDAYS.items()} == {
        FOIA: HolidaySet.UK,
        EIR: HolidaySet.UK,
        FOISA: HolidaySet.SCOTLAND,
        SAR: HolidaySet.NATION,
        PART_3: HolidaySet.NATION,
    }
    assert [row.authority for row in HOLIDAYS.values()] == [
        "s.10(6) FOIA",
        "reg. 2(1) EIR",
        "s.73 FOISA",
        "ICO guidance on the right of access",
        "s.205(2) DPA 2018",
    ]
