"""The regimes a desk handles, and what each says about time, as tables with their sections."""

from __future__ import annotations

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
    """What asking the applicant for clarification does to the count."""

    STARTS_AGAIN = "starts again"
    PAUSES = "pauses"


class TimeLimit(NamedTuple):
    """How long the authority has, and the law that says so."""

    number: int
    unit: Unit
    authority: str
    title: str


class Holidays(NamedTuple):
    """Whose bank holidays count, and the law that says so."""

    set: HolidaySet
    authority: str


class Clarification(NamedTuple):
    """What seeking clarification does, and the law that says so."""

    effect: Effect
    authority: str


class Fees(NamedTuple):
    """How long an applicant has to pay, and the law of the notice and of the suspension."""

    pay_within: int
    unit: Unit
    notice: str
    suspension: str


class Extension(NamedTuple):
    """How much further the end may move; None where the law names no maximum."""

    furthest: int | None
    usual: int
    unit: Unit
    authority: str


WD, MO = Unit.WORKING_DAYS, Unit.MONTHS

TIME_LIMITS: Mapping[Regime, TimeLimit] = {
    Regime.FOIA: TimeLimit(20, WD, "s.10(1) FOIA", "Freedom of Information Act 2000"),
}

HOLIDAYS: Mapping[Regime, Holidays] = {
    Regime.FOIA: Holidays(HolidaySet.UK, "s.10(6) FOIA"),
}

CLARIFICATIONS: Mapping[Regime, Clarification] = {
    Regime.FOIA: Clarification(Effect.STARTS_AGAIN, "s.1(3) and s.10(6) FOIA"),
}

# A regime that is not in this table has no fees notice.
FEES: Mapping[Regime, Fees] = {
    Regime.FOIA: Fees(3, MO, "s.9 FOIA", "s.10(2) FOIA"),
}

# A regime that is not in this table cannot be extended. The 20 of the FOIA row is the ICO's view
# of what is reasonable (40 in all), not the Act's: the Act names no maximum.
EXTENSIONS: Mapping[Regime, Extension] = {
    Regime.FOIA: Extension(None, 20, WD, "s.10(3) FOIA"),
}
