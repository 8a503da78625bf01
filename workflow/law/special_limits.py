"""Limits other than the regime's own: s.10(4) FOIA with SI 2004/3364, and s.10(2) FOISA."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.regime import TIME_LIMITS, Regime

if TYPE_CHECKING:
    from collections.abc import Mapping


class Limit(StrEnum):
    """Whose limit applies."""

    STANDARD = "standard"
    SCHOOL = "school"
    ARCHIVE = "archive"
    ARMED_FORCES = "armed forces"
    OVERSEAS = "overseas"


class SpecialLimit(NamedTuple):
    """A limit in working days, the furthest it can reach, and the law that says so.

    `school_days` counts only days with a session; `leave` lets the Commissioner set a later day.
    """

    number: int
    furthest: int
    school_days: bool
    leave: bool
    authority: str


class NoSuchLimit(ValueError):
    """The regime does not know this limit, or not this day."""


# The academies' place in the first row rests on SI 2010/2768, cited by the ICO.
# fmt: off
SPECIAL_LIMITS: Mapping[tuple[Regime, Limit], SpecialLimit] = {
    (Regime.FOIA,  Limit.SCHOOL):       SpecialLimit(20, 60, True,  False, "reg. 3 SI 2004/3364"),
    (Regime.FOIA,  Limit.ARCHIVE):      SpecialLimit(30, 30, False, False, "reg. 4 SI 2004/3364"),
    (Regime.FOIA,  Limit.ARMED_FORCES): SpecialLimit(20, 60, False, True,  "reg. 5 SI 2004/3364"),
    (Regime.FOIA,  Limit.OVERSEAS):     SpecialLimit(20, 60, False, True,  "reg. 6 SI 2004/3364"),
    (Regime.FOISA, Limit.ARCHIVE):      SpecialLimit(30, 30, False, False, "s.10(2) FOISA"),
}
# fmt: on


def special_limit(regime: Regime, limit: Limit) -> SpecialLimit:
    """Give the row that applies; the standard limit of a regime has a row of its own.

    Raises NoSuchLimit where the regime knows no such limit.
    """
    if limit is Limit.STANDARD:
        usual = TIME_LIMITS[regime]
        return SpecialLimit(usual.number, usual.number, False, False, usual.authority)
    try:
        return SPECIAL_LIMITS[regime, limit]
    except KeyError:
        known = [special.value for of, special in SPECIAL_LIMITS if of is regime]
        instead = f"use one of {', '.join(known)}, or none" if known else "leave the limit out"
        raise NoSuchLimit(
            f"{TIME_LIMITS[regime].title} has no limit for {limit.value}: {instead}."
        ) from None
