"""The regimes a desk handles, and what each says about time, as tables with their sections."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Regime(StrEnum):
    """The law under which a request is answered."""

    FOIA = "foia"
    EIR = "eir"
    FOISA = "foisa"
    SAR = "sar"
    DPA_PART_3 = "dpa part 3"


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAYS = "working days"
    MONTHS = "months"


class HolidaySet(StrEnum):
    """Whose bank holidays are not working days."""

    UK = "any part of the United Kingdom"
    SCOTLAND = "Scotland"
    NATION = "the authority's own nation"


class Effect(StrEnum):
    """What waiting for the applicant does to the count."""

    STARTS_AGAIN = "starts again"
    SUSPENDS = "suspends"


class TimeLimit(NamedTuple):
    """How long the authority has, and the law that says so.

    The count begins `begins` days after the day of receipt; the day it begins on is day 0.
    """

    number: int
    unit: Unit
    begins: int
    title: str
    authority: str


class Holidays(NamedTuple):
    """Whose bank holidays count, and the law that says so."""

    set: HolidaySet
    authority: str


class Clarification(NamedTuple):
    """What seeking clarification does, since when, and the law that says so."""

    effect: Effect
    since: date
    authority: str


class Fees(NamedTuple):
    """What asking for a fee does, how long the applicant has to pay, and the law that says so."""

    effect: Effect
    pay_within: int | None
    unit: Unit
    notice: str
    authority: str


class Extension(NamedTuple):
    """How much further the end may move, and what the extension needs to have that effect.

    `furthest` is None where the law names no maximum, and `usual` (what an extension of no stated
    length comes to) where it expects an estimate. `void_if_late` where a notice given too late
    leaves the end where it was.
    """

    furthest: int | None
    usual: int | None
    unit: Unit
    void_if_late: bool
    since: date
    authority: str
    notice: str


WD, MO = Unit.WORKING_DAYS, Unit.MONTHS
RESTART, SUSPEND = Effect.STARTS_AGAIN, Effect.SUSPENDS

# The rights began on Saturday 1 January 2005 and Friday 25 May 2018. The Data (Use and Access) Act
# 2025, s.76, gave subject access its pause, and Part 3 its extension (SI 2026/82, reg. 2(h)).
FOI_BEGAN, DPA_BEGAN, DUAA_BEGAN = date(2005, 1, 1), date(2018, 5, 25), date(2026, 2, 5)

# fmt: off
TIME_LIMITS: Mapping[Regime, TimeLimit] = {
    Regime.FOIA:       TimeLimit(20, WD, 0, "Freedom of Information Act 2000", "s.10(1) FOIA"),
    Regime.EIR:        TimeLimit(20, WD, 0, "Environmental Information Regulations 2004",
                                 "reg. 5(2) EIR"),
    Regime.FOISA:      TimeLimit(20, WD, 0, "Freedom of Information (Scotland) Act 2002",
                                 "s.10(1) FOISA"),
    # The ICO counts from the day of receipt itself, whatever kind of day it is.
    Regime.SAR:        TimeLimit(1, MO, 0, "UK GDPR, right of access", "Art. 12(3) UK GDPR"),
    # The ICO's guidance on Part 3 counts from the day after: 30 June gives 1 August.
    Regime.DPA_PART_3: TimeLimit(1, MO, 1, "Data Protection Act 2018, Part 3", "s.54(2) DPA 2018"),
}

HOLIDAYS: Mapping[Regime, Holidays] = {
    Regime.FOIA:       Holidays(HolidaySet.UK,       "s.10(6) FOIA"),
    Regime.EIR:        Holidays(HolidaySet.UK,       "reg. 2(1) EIR"),
    Regime.FOISA:      Holidays(HolidaySet.SCOTLAND, "s.73 FOISA"),
    Regime.SAR:        Holidays(HolidaySet.NATION,   "ICO guidance on the right of access"),
    Regime.DPA_PART_3: Holidays(HolidaySet.NATION,   "s.205(2) DPA 2018"),
}

# Before February 2026 the pause of subject access rested on the ICO's guidance alone. That both
# its days are left out is the wording of s.54(3C); the ICO has published no example of it yet.
CLARIFICATIONS: Mapping[Regime, Clarification] = {
    Regime.FOIA:       Clarification(RESTART, FOI_BEGAN,  "s.1(3) and s.10(6) FOIA"),
    Regime.EIR:        Clarification(RESTART, FOI_BEGAN,  "reg. 9(4) EIR"),
    Regime.FOISA:      Clarification(RESTART, FOI_BEGAN,  "s.1(3) and s.10(1)(b) FOISA"),
    Regime.SAR:        Clarification(SUSPEND, DPA_BEGAN,  "Art. 12A UK GDPR"),
    Regime.DPA_PART_3: Clarification(SUSPEND, DUAA_BEGAN, "s.54(3C) DPA 2018"),
}

FEES: Mapping[Regime, Fees] = {
    Regime.FOIA:       Fees(SUSPEND, 3,    MO, "s.9 FOIA",             "s.10(2) FOIA"),
    Regime.EIR:        Fees(SUSPEND, 60,   WD, "reg. 8(4), (5) EIR",   "reg. 8(6) EIR"),
    Regime.FOISA:      Fees(SUSPEND, 3,    MO, "s.9 FOISA",            "s.10(3) FOISA"),
    Regime.SAR:        Fees(RESTART, None, MO, "Art. 12(5) UK GDPR",   "Art. 12A UK GDPR"),
    Regime.DPA_PART_3: Fees(RESTART, None, MO, "s.53 DPA 2018",        "s.54(3)(c) DPA 2018"),
}

# Who the person is may be asked only where the answer is their own data. The month then begins
# with the proof.
IDENTITY: Mapping[Regime, str] = {
    Regime.SAR:        "Art. 12(6) UK GDPR",
    Regime.DPA_PART_3: "s.52(4) and s.54(3)(b) DPA 2018",
}

# FOISA has no row: it has no extension. s.10(3) FOIA names no maximum, and a notice given late
# breaks s.17(1) but does not take the time back.
EXTENSIONS: Mapping[Regime, Extension] = {
    Regime.FOIA:
        Extension(None, None, WD, False, FOI_BEGAN,  "s.10(3) FOIA",       "s.17(2) FOIA"),
    Regime.EIR:
        Extension(20,   20,   WD, True,  FOI_BEGAN,  "reg. 7(1) EIR",      "reg. 7(3) EIR"),
    Regime.SAR:
        Extension(2,    2,    MO, True,  DPA_BEGAN,  "Art. 12(3) UK GDPR", "Art. 12(3) UK GDPR"),
    Regime.DPA_PART_3:
        Extension(2,    2,    MO, True,  DUAA_BEGAN, "s.54(3A) DPA 2018",  "s.54(3B) DPA 2018"),
}
# fmt: on

# The ICO and the Code under s.45 expect a public interest test to be done within 40 working days
# of receipt in all; more is for the exceptional request.
USUAL_TOTAL = 40
