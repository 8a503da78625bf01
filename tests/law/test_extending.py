"""Extensions: what moves the end, what has no effect, and what is told about it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.law.written import ENGLAND, SCOTLAND, UK, day
from workflow.law.clock import (
    ClockEvent,
    Extended,
    FeesNoticeGiven,
    ImpossibleHistory,
    Limit,
    Reading,
    Received,
    read,
)
from workflow.law.exemptions import EIR_EXCEPTIONS, FOIA_EXEMPTIONS, Exemption
from workflow.law.grounds import objection_to_extending
from workflow.law.regime import Regime

CALENDARS = {
    Regime.FOIA: UK,
    Regime.EIR: UK,
    Regime.FOISA: SCOTLAND,
    Regime.SAR: ENGLAND,
    Regime.DPA_PART_3: ENGLAND,
}
RECEIVED = Received(date(2026, 1, 12))  # a Monday
TWENTIETH, FORTIETH = date(2026, 2, 9), date(2026, 3, 9)


def after(
    *events: ClockEvent,
    regime: Regime = Regime.FOIA,
    received: Received = RECEIVED,
    limit: Limit = Limit.STANDARD,
) -> Reading:
    days = CALENDARS[regime]
    return read([received, *events], days=days, on=events[-1].on, regime=regime, limit=limit)


# --- s.10(3): the public interest test ---


@pytest.mark.parametrize(
    ("on", "further", "due"),
    [
        ("Mon 2026-01-12", 1, "Tue 2026-02-10"),
        ("Mon 2026-02-09", 20, "Mon 2026-03-09"),  # told on day 20 itself
        ("Fri 2026-01-16", 10, "Mon 2026-02-23"),
        ("Fri 2026-01-16", 26, "Wed 2026-03-18"),  # round Tue 17 March
    ],
)
def test_an_extension_moves_the_end_by_its_working_days(on: str, further: int, due: str) -> None:
    reading = after(Extended(day(on), "s.31(1)(a)", further))

    assert (reading.due, reading.original_due) == (day(due), TWENTIETH)
    assert reading.notice_by == TWENTIETH
    assert reading.ledger[-1].due_before == TWENTIETH


def test_extensions_add_up_and_more_than_forty_days_in_all_is_told() -> None:
    first = Extended(date(2026, 2, 9), "s.31(1)(a)", 20)
    second = Extended(date(2026, 2, 9), "public interest test", 1)

    assert (after(first).due, after(first).warnings) == (FORTIETH, ())
    assert (after(first, second).due, after(first, second).warnings) == (
        date(2026, 3, 10),
        (
            (
                "This makes 41 working days in all: the Commissioner accepts more than 40 only "
                "exceptionally."
            ),
        ),
    )


def test_a_late_notice_breaks_s_17_but_does_not_take_the_time_back() -> None:
    reading = after(Extended(date(2026, 2, 10), "s.31(1)(a)", 20))

    assert reading.due == FORTIETH
    assert reading.warnings == (
        (
            "The notice of the extension was due by Monday 9 February 2026 and came late: that "
            "breaks s.17(1)."
        ),
    )


def test_an_extension_without_a_ground_is_told_what_it_needs() -> None:
    reading = after(Extended(date(2026, 1, 19), " ", 20))

    assert (reading.due, reading.warnings) == (
        FORTIETH,
        ("No ground was given: only a public interest test on a qualified exemption extends.",),
    )
    assert after(Extended(date(2026, 1, 19), "", 20), regime=Regime.EIR).warnings == ()


def test_an_extension_told_while_the_fee_is_awaited_is_not_late() -> None:
    reading = after(
        FeesNoticeGiven(date(2026, 1, 19)), Extended(date(2026, 3, 2), "s.31(1)(a)", 20)
    )

    assert (reading.due, reading.left, reading.warnings) == (None, 36, ())


@pytest.mark.parametrize(
    "ground",
    [
        "public interest test",
        "PIT on s.36",
        "s.22",
        "s22A",
        "s.24",
        "section 27",
        "s.27(1)(a)",
        "Section 30(1)(a)(i)",
        "s.31(1)(a) and (b)",
        "s.35(1)(a)",
        "s.36(2)(b)(ii)",
        "s.37(1)(ac)",
        "s.37(1)(b)",
        "s 38",
        "s.40(2)(3B)",
        "s.42",
        "43 (2)",
        "s.43(2), and s.40(2) for the names",
        "commercial interests",
        "Law enforcement",
        "",
    ],
)
def test_a_public_interest_test_on_a_qualified_exemption_extends(ground: str) -> None:
    assert objection_to_extending(Regime.FOIA, ground) is None
    assert after(Extended(date(2026, 1, 19), ground, 20)).due == FORTIETH


@pytest.mark.parametrize(
    "ground",
    [
        "s.12",
        "s.14(1)",
        "s.21",
        "s.23(1)",
        "section 32",
        "s.34",
        "s.37(1)(a)",
        "s.37(1)(ab)",
        "s.40(1)",
        "s.40(2)",
        "s.40(2)(3A)",
        "s.41",
        "s.44(1)(a)",
        "s.41 public interest",
        "Vexatious request",
        "complexity and volume",
        "staff shortage",
        "consulting third parties",
        "s.99",
    ],
)
def test_nothing_else_extends_a_request_under_foia(ground: str) -> None:
    reading = after(Extended(date(2026, 1, 19), ground, 20))

    assert reading.due == TWENTIETH
    assert reading.ledger[-1].what == "Extension notified"
    assert reading.ledger[-1].effect.startswith("no effect: ")
    assert reading.warnings[0].startswith("The extension of Monday 19 January 2026 has no effect: ")


def test_the_reason_why_an_extension_has_no_effect_is_told() -> None:
    def why(ground: str) -> str | None:
        return objection_to_extending(Regime.FOIA, ground)

    assert why("s.21") == (
        "s.21 needs no public interest test, or not for certain: name the limb that does"
    )
    assert why("s.40") == (
        "s.40(1), s.40(2) and (3A), s.40(2) and (3B), s.40(2) and (4A) needs no public interest "
        "test, or not for certain: name the limb that does"
    )
    assert why("overwork") == (
        "s.10(3) needs a public interest test on a qualified exemption, and overwork names none"
    )


@pytest.mark.parametrize("row", FOIA_EXEMPTIONS, ids=lambda row: row.ref)
def test_each_section_of_part_ii_extends_as_its_row_says(row: Exemption) -> None:
    extends = objection_to_extending(Regime.FOIA, row.section) is None

    # s.36 held by Parliament is absolute; cited alone the section is the qualified one.
    assert extends == (row.needs_public_interest_test or row.ref == "s.36 (Parliament)")


@pytest.mark.parametrize(
    ("length", "months"), [(None, None), (0, None), (-5, None), (251, None), (780_000, None)]
)
def test_an_extension_under_foia_needs_a_sensible_estimate(
    length: int | None, months: int | None
) -> None:
    with pytest.raises(ImpossibleHistory) as told:
        after(Extended(date(2026, 1, 19), "s.31", length, months))

    assert str(told.value) == (
        "The extension of Monday 19 January 2026 needs its estimated length: give the further "
        "working days, from 1 to 250."
    )
    assert told.value.event == Extended(date(2026, 1, 19), "s.31", length, months)


@pytest.mark.parametrize("further", [1, 250])
def test_the_shortest_and_the_longest_estimate_are_taken(further: int) -> None:
    assert after(Extended(date(2026, 1, 19), "s.31", further)).due == UK.nth_after(
        TWENTIETH, further
    )


@pytest.mark.parametrize(
    ("regime", "event", "sentence"),
    [
        (
            Regime.FOIA,
            Extended(date(2026, 1, 19), "s.31", None, 1),
            (
                "The extension of Monday 19 January 2026 must be counted in working days under "
                "s.10(3) FOIA: give its length in those."
            ),
        ),
        (
            Regime.SAR,
            Extended(date(2026, 1, 19), "complex", 20),
            (
                "The extension of Monday 19 January 2026 must be counted in months under Art. "
                "12(3) UK GDPR: give its length in those."
            ),
        ),
        (
            Regime.SAR,
            Extended(date(2026, 1, 19), "complex", None, 36_000),
            (
                "The extension of Monday 19 January 2026 needs its estimated length: give the "
                "further months, from 1 to 12."
            ),
        ),
    ],
)
def test_a_length_is_given_in_the_regimes_own_unit(
    regime: Regime, event: Extended, sentence: str
) -> None:
    with pytest.raises(ImpossibleHistory) as told:
        after(event, regime=regime)

    assert str(told.value) == sentence
    assert told.value.event == event


# --- reg. 7 EIR ---


@pytest.mark.parametrize(
    ("on", "further", "due"),
    [
        ("Mon 2026-02-09", 20, FORTIETH),
        ("Mon 2026-02-09", None, FORTIETH),  # the Regulations say how long it is
        ("Mon 2026-02-09", 5, date(2026, 2, 16)),
        ("Tue 2026-02-10", 20, TWENTIETH),  # told on day 21: void
    ],
)
def test_an_eir_extension_reaches_forty_days_if_it_is_told_by_day_20(
    on: str, further: int | None, due: date
) -> None:
    reading = after(Extended(day(on), "complexity and volume", further), regime=Regime.EIR)

    assert reading.due == due


def test_an_eir_extension_cannot_go_past_forty_days() -> None:
    told = "No more than 20 working days can be added, and the rest has no effect."
    complexity = "complexity and volume"

    once = after(Extended(date(2026, 2, 2), complexity, 21), regime=Regime.EIR)
    twice = after(
        Extended(date(2026, 2, 2), complexity, 15),
        Extended(date(2026, 2, 3), complexity, 15),
        regime=Regime.EIR,
    )

    assert (once.due, once.warnings) == (FORTIETH, (told,))
    assert (twice.due, twice.warnings) == (FORTIETH, (told,))
    assert twice.ledger[-1].effect == "the end moves by 5 working days (complexity and volume)"


@pytest.mark.parametrize(
    "ground",
    ["public interest test", "PIT", "staff shortage", "consultation of third parties", "backlog"],
)
def test_the_eir_know_no_other_ground(ground: str) -> None:
    reading = after(Extended(date(2026, 1, 19), ground, 20), regime=Regime.EIR)

    assert reading.due == TWENTIETH
    assert reading.warnings == (
        (
            "The extension of Monday 19 January 2026 has no effect: only the complexity and volume "
            f"of the information (reg. 7(1)) allows one, not {ground}."
        ),
    )


def test_a_late_eir_extension_says_by_when_it_had_to_be_told() -> None:
    reading = after(Extended(date(2026, 2, 10), "complexity and volume"), regime=Regime.EIR)

    assert reading.ledger[-1].authority == "reg. 7(3) EIR"
    assert reading.ledger[-1].effect == (
        "no effect: the applicant had to be told by Monday 9 February 2026"
    )


# --- FOISA has none ---


def test_foisa_knows_no_extension() -> None:
    reading = after(Extended(date(2026, 1, 19), "public interest test", 20), regime=Regime.FOISA)

    assert reading.due == TWENTIETH
    assert reading.ledger[-1].authority == "s.10(1) FOISA"
    assert reading.warnings == (
        (
            "The extension of Monday 19 January 2026 has no effect: Freedom of Information "
            "(Scotland) Act 2002 knows no extension."
        ),
    )


# --- subject access ---


@pytest.mark.parametrize(
    ("regime", "received", "on", "months", "due"),
    [
        # Three months from the start, moved once: not one month, moved, and two more.
        (Regime.SAR, "Fri 2026-01-30", "Mon 2026-02-16", None, "Thu 2026-04-30"),
        (Regime.SAR, "Fri 2026-01-30", "Mon 2026-02-16", 1, "Mon 2026-03-30"),
        (Regime.SAR, "Fri 2026-01-30", "Mon 2026-03-02", 2, "Thu 2026-04-30"),  # last day to tell
        (Regime.SAR, "Fri 2026-01-30", "Tue 2026-03-03", 2, "Mon 2026-03-02"),  # a day too late
        (Regime.DPA_PART_3, "Tue 2026-06-30", "Wed 2026-07-01", 2, "Thu 2026-10-01"),
        (Regime.DPA_PART_3, "Wed 2026-01-14", "Wed 2026-02-04", 2, "Mon 2026-02-16"),  # none yet
        (Regime.DPA_PART_3, "Wed 2026-01-14", "Thu 2026-02-05", 2, "Wed 2026-04-15"),
    ],
)
def test_a_subject_access_extension_counts_from_the_start(
    regime: Regime, received: str, on: str, months: int | None, due: str
) -> None:
    extended = Extended(day(on), "complex", None, months)

    reading = after(extended, regime=regime, received=Received(day(received)))

    assert reading.due == day(due)


def test_part_3_knew_no_extension_before_february_2026() -> None:
    reading = after(Extended(date(2026, 2, 4), "complex"), regime=Regime.DPA_PART_3)

    assert reading.ledger[-1].effect == "no effect: none existed before Thursday 5 February 2026"


def test_a_subject_access_extension_adds_two_months_at_most() -> None:
    reading = after(Extended(date(2026, 1, 19), "complex", None, 3), regime=Regime.SAR)

    assert reading.due == day("Mon 2026-04-13")
    assert reading.warnings == ("No more than 2 months can be added, and the rest has no effect.",)


@pytest.mark.parametrize("ground", ["staff absence", "annual leave", "backlog"])
@pytest.mark.parametrize("regime", [Regime.SAR, Regime.DPA_PART_3])
def test_the_authoritys_own_trouble_extends_no_subject_access(regime: Regime, ground: str) -> None:
    assert objection_to_extending(regime, ground) is not None
    assert objection_to_extending(regime, "complex, with a number of requests") is None


# --- regs 5 and 6: the Commissioner's leave ---


@pytest.mark.parametrize("limit", [Limit.ARMED_FORCES, Limit.OVERSEAS])
def test_with_the_commissioners_leave_the_end_reaches_the_sixtieth_day(limit: Limit) -> None:
    leave = "leave of the Commissioner"

    within = after(Extended(date(2026, 1, 19), leave, 40), limit=limit)
    beyond = after(Extended(date(2026, 1, 19), leave, 41), limit=limit)

    assert (within.due, within.warnings) == (day("Thu 2026-04-09"), ())
    assert (beyond.due, beyond.warnings) == (
        day("Thu 2026-04-09"),
        ("No more than 40 working days can be added, and the rest has no effect.",),
    )


def test_the_commissioners_leave_means_nothing_to_other_requests() -> None:
    assert after(Extended(date(2026, 1, 19), "leave of the Commissioner", 40)).due == TWENTIETH
    archive = after(
        Extended(date(2026, 1, 19), "leave of the Commissioner", 40), limit=Limit.ARCHIVE
    )
    assert archive.due == day("Mon 2026-02-23")


def test_no_exception_of_the_eir_extends_for_a_public_interest_test() -> None:
    for row in EIR_EXCEPTIONS:
        assert objection_to_extending(Regime.EIR, f"public interest test, {row.ref}") is not None
