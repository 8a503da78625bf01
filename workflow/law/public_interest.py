"""The public interest test of a qualified exemption (s.2(2)(b) FOIA, reg. 12(1)(b) EIR).

One test for each exemption: two exemptions protect two interests, and one conclusion for both
weighs neither. Harm is another question, answered before this one. Whether the authority holds
information is a question of its own too, with a test of its own (s.2(1)(b)).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.requirements import Required, lacks

if TYPE_CHECKING:
    from datetime import date

    from workflow.law.regime import Regime
    from workflow.law.requirements import Missing


class Duty(StrEnum):
    """Which duty of s.1(1) is in question: to confirm or deny, or to disclose."""

    DISCLOSE = "disclose"
    CONFIRM = "confirm or deny"


class Weight(StrEnum):
    """How much an argument counts here, in the words of the one who weighed it."""

    LITTLE = "little weight"
    SOME = "some weight"
    MUCH = "considerable weight"


class Balance(StrEnum):
    """Which way the scale falls. Where it is even, the information is disclosed."""

    WITHHOLD = "for maintaining the exemption"
    DISCLOSE = "for disclosure"


class Argument(NamedTuple):
    """One argument about the public interest in this information, and how much it counts."""

    words: str
    weight: Weight = Weight.SOME


_WEIGHED = re.compile(r"(little|some|much)\s*:\s*", re.IGNORECASE)
_NEXT = re.compile(r"\n+|;\s*(?=(?:little|some|much)\s*:)", re.IGNORECASE)


def read_arguments(text: str) -> tuple[Argument, ...]:
    """Read arguments as they are typed: one a line, each with its weight before it, if any.

    "much: Lives depend on it" counts much; without a word it is some weight. On one line a
    semicolon before the next weight parts them: "much: lives; little: the cost".
    """
    lines = (one.strip(" \t;") for one in _NEXT.split(text))
    return tuple(_argument(line) for line in lines if line)


def _argument(line: str) -> Argument:
    said = _WEIGHED.match(line)
    if said is None:
        return Argument(line)
    return Argument(line[said.end() :], Weight[said[1].upper()])


@dataclass(frozen=True, slots=True)
class PublicInterestTest:
    """The test of one exemption: arguments, balance and reasons; who struck it and when."""

    for_disclosure: tuple[Argument, ...]
    for_withholding: tuple[Argument, ...]
    balance: Balance | None
    reasons: str
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A test that is not done yet, and the date by which the authority expects it to be.

    s.17(2) FOIA: the notice says so, and gives an estimate. The EIR know no such thing.
    """

    until: date


def gaps_in(test: PublicInterestTest, *, regime: Regime, exemption: str) -> tuple[Missing, ...]:
    """Say what a test lacks before an exemption may rest on it; nothing when it is complete.

    `exemption` is how it is cited: it stands in the sentences. The reasons must tell why the
    balance falls as it does (s.17(3) FOIA), so they cannot be one of the arguments repeated.
    """
    found = [words for is_missing, words in _tests(test, exemption) if is_missing]
    return tuple(lacks(regime, Required.BALANCE, words, exemption) for words in found)


def _tests(test: PublicInterestTest, exemption: str) -> tuple[tuple[bool, str], ...]:
    arguments = (*test.for_disclosure, *test.for_withholding)
    return (
        (not _said(test.for_disclosure), f"Give an argument for disclosure ({exemption})."),
        (not _said(test.for_withholding), f"Give an argument for withholding ({exemption})."),
        (test.balance is None, f"Say which way the balance falls ({exemption})."),
        (
            test.balance is Balance.DISCLOSE,
            f"The balance falls for disclosure, so {exemption} withholds nothing: disclose it.",
        ),
        (not test.reasons.strip(), f"Give the reasons for the balance ({exemption})."),
        (
            _plain(test.reasons) in {_plain(one.words) for one in arguments if one.words.strip()},
            f"The reasons for the balance repeat one argument: weigh the sides ({exemption}).",
        ),
        (
            not test.by.strip() or test.on is None,
            f"Say who struck the balance, and when ({exemption}).",
        ),
    )


def _said(arguments: tuple[Argument, ...]) -> bool:
    return any(one.words.strip() for one in arguments)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")
