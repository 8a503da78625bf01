"""What the public asks of a simulated office: drawn from a seed, each request from its own stream.

The same seed asks the same whoever works there, so that two simulations can be compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, TypeVar

from workflow.law.regime import Regime

if TYPE_CHECKING:
    from datetime import date

_Kind = TypeVar("_Kind")

# The shares are guesses of ours, near to what public bodies publish of themselves.
_REGIMES = {Regime.FOIA: 90, Regime.EIR: 8, Regime.SAR: 2}
_OUTCOMES = {"disclose": 45, "part": 26, "refuse": 9, "not-held": 12, "s.12": 6, "s.14": 2}
_SECTIONS = {
    Regime.FOIA: {
        "s.40(2)(3A)(a)": 40,
        "s.31(1)(a)": 22,
        "s.43(2)": 18,
        "s.21(1)": 10,
        "s.24(1)": 5,
        "s.42(1)": 5,
    },
    Regime.EIR: {"reg. 12(5)(e)": 50, "reg. 12(4)(b)": 30, "reg. 12(5)(b)": 20},
}
# Those whose public interest has to be weighed, for which s.10(3) FOIA allows more time.
QUALIFIED = ("s.31(1)(a)", "s.43(2)", "s.24(1)", "s.42(1)", *_SECTIONS[Regime.EIR])
# Those that rest on harm, so that the answer tells it.
HARMFUL = ("s.31(1)(a)", "s.43(2)", "s.24(1)", "reg. 12(5)(e)", "reg. 12(5)(b)")
ELSEWHERE = "s.21(1)"  # not withheld: the applicant is told where it is
# The EIR have neither a limit of cost nor vexatious requests: both are reg. 12(4)(b).
_UNDER_THE_EIR = {"s.12": "refuse", "s.14": "refuse"}
_REVIEWS = {"upheld": 60, "varied": 25, "overturned": 15}
_WORKDAY, _WEEKEND = 1.3, 0.25  # how much of an average day's post comes on such a day
_FRIDAY = 4
_DAYS_IN_A_YEAR = 365


# How often each turn is taken.
_CHANCES = {
    "unclear": 0.1,
    "clarified": 0.75,
    "charged": 0.01,
    "paid": 0.7,
    "transferred": 0.03,
    "withdrawn": 0.02,
    "weighed for longer": 0.35,
    "sent back": 0.06,
    "reviewed": 0.06,
    "review extended": 0.12,
    "complained": 0.15,
}
_MOST_SEARCHES, _LONGEST_THOUGHT = 3, 300


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it will turn out.

    Days of the applicant are calendar days after the step before, None for never; `searches` are
    hours, `fetched_after` the working days that each needs, `consulted_for` those that colleagues
    take over their views, `hard` the minutes of thought it needs.
    """

    number: int
    on: date
    regime: Regime
    team: int
    unclear: bool
    clarified_after: int | None
    charged: bool
    paid_after: int | None
    transferred: bool
    withdrawn_after: int | None
    searches: tuple[float, ...]
    fetched_after: tuple[int, ...]
    held: bool
    outcome: str
    sections: tuple[str, ...]
    consulted_for: int
    weighed_for: int | None
    hard: int
    sent_back: bool
    review_after: int | None
    review_outcome: str
    review_extended: bool
    complained_after: int | None

    @property
    def engaged(self) -> tuple[str, ...]:
        """Give the exemptions that withhold something."""
        return tuple(one for one in self.sections if one != ELSEWHERE)


def arrivals(per_year: int, seed: int, day: date) -> int:
    """Say how many requests arrive on a day: by chance, and fewer at the weekend."""
    expected = per_year / _DAYS_IN_A_YEAR * (_WORKDAY if day.weekday() <= _FRIDAY else _WEEKEND)
    drawn = Random(f"{seed}:{day}")  # noqa: S311  # the same in every run; no secret
    return _poisson(drawn, expected)


def ask(seed: int, number: int, on: date) -> Asked:
    """Draw the request with a number, received on a day."""
    drawn = Random(f"{seed}:{number}")  # noqa: S311  # the same in every run; no secret
    regime = _one_of(drawn, _REGIMES)
    personal = regime is Regime.SAR  # nobody pays, weighs or reviews there
    outcome = "disclose" if personal else _one_of(drawn, _OUTCOMES)
    if regime is Regime.EIR:
        outcome = _UNDER_THE_EIR.get(outcome, outcome)
    sections = _sections(drawn, regime) if outcome in ("part", "refuse") else ()
    searches = range(drawn.randint(1, _MOST_SEARCHES))
    weighs = _happens(drawn, "weighed for longer") and any(one in QUALIFIED for one in sections)
    return Asked(
        number=number,
        on=on,
        regime=regime,
        team=drawn.randrange(1_000_000),
        unclear=_happens(drawn, "unclear"),
        clarified_after=_days(drawn, 12, "clarified"),
        charged=_happens(drawn, "charged") and not personal,
        paid_after=_days(drawn, 15, "paid"),
        transferred=_happens(drawn, "transferred"),
        withdrawn_after=_days(drawn, 15, "withdrawn"),
        searches=tuple(round(drawn.lognormvariate(0.2, 0.7), 1) for _ in searches),
        fetched_after=tuple(int(drawn.expovariate(1 / 2.2)) for _ in searches),
        held=outcome != "not-held",
        outcome=outcome,
        sections=sections,
        consulted_for=int(drawn.expovariate(1 / 2.5)),
        weighed_for=drawn.randint(5, 22) if weighs else None,
        hard=min(int(drawn.lognormvariate(4.3, 0.7)), _LONGEST_THOUGHT),
        sent_back=_happens(drawn, "sent back"),
        review_after=None if personal else _days(drawn, 18, "reviewed"),
        review_outcome=_one_of(drawn, _REVIEWS),
        review_extended=_happens(drawn, "review extended") and regime is Regime.FOIA,
        complained_after=_days(drawn, 20, "complained"),
    )


def _happens(drawn: Random, what: str) -> bool:
    return drawn.random() < _CHANCES[what]


def _sections(drawn: Random, regime: Regime) -> tuple[str, ...]:
    chosen = [_one_of(drawn, _SECTIONS[regime]) for _ in range(drawn.randint(1, 2))]
    return tuple(dict.fromkeys(chosen))


def _one_of(drawn: Random, shares: dict[_Kind, int]) -> _Kind:
    return drawn.choices(list(shares), list(shares.values()))[0]


def _days(drawn: Random, mean: int, what: str) -> int | None:
    """Draw after how many days something happens, at least one; None where it never does."""
    after = 1 + int(drawn.expovariate(1 / mean))
    return after if _happens(drawn, what) else None


def _poisson(drawn: Random, expected: float) -> int:
    """Draw a number of arrivals, in parts small enough for the exponential to be exact."""
    parts = max(1, math.ceil(expected / 20))
    return sum(_knuth(drawn, expected / parts) for _ in range(parts))


def _knuth(drawn: Random, expected: float) -> int:
    limit, product, number = math.exp(-expected), drawn.random(), 0
    while product > limit:
        product *= drawn.random()
        number += 1
    return number
