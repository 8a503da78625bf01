"""What an answer must hold, requirement by requirement, and where each law says so.

The FOIA column is ss.1, 10, 12, 14, 16, 17, 21 and 36; the EIR have their own notice, reg. 14.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from workflow.law.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Mapping


class Required(StrEnum):
    """One thing that an answer must hold."""

    HELD = "whether it is held"
    GIVEN = "what is done with it"
    FACT = "the fact of refusal"
    EXEMPTION = "the exemption"
    MAPPING = "what is withheld under which"
    WHY = "why it applies"
    HARM = "the harm"
    BALANCE = "the balance of the public interest"
    ESTIMATE = "when the balance will be struck"
    ELSEWHERE = "where else it is"
    QUALIFIED_PERSON = "the qualified person's opinion"
    COST = "that the cost limit is exceeded"
    VEXATIOUS = "that the request is vexatious or repeated"
    ADVICE = "advice and assistance"
    REVIEW = "how to ask for a review"
    COMMISSIONER = "the right to go to the Commissioner"
    TIME = "the time for compliance"


class Missing(NamedTuple):
    """One thing that an answer lacks: its section, a sentence, and the part of the answer."""

    section: str
    words: str
    where: str = ""


R = Required
# fmt: off
SECTIONS: Mapping[Regime, Mapping[Required, str]] = {
    Regime.FOIA: {
        R.HELD: "s.1(1)(a)",         R.GIVEN: "s.1(1)(b)",    R.FACT: "s.17(1)(a)",
        R.EXEMPTION: "s.17(1)(b)",   R.MAPPING: "s.17(1)(b)", R.WHY: "s.17(1)(c)",
        R.HARM: "s.17(1)(c)",        R.BALANCE: "s.17(3)",    R.ESTIMATE: "s.17(2)",
        R.ELSEWHERE: "s.21(1)",      R.COST: "s.17(5)",       R.VEXATIOUS: "s.17(5)",
        R.ADVICE: "s.16(1)",         R.REVIEW: "s.17(7)(a)",  R.COMMISSIONER: "s.17(7)(b)",
        R.TIME: "s.10(1)",           R.QUALIFIED_PERSON: "s.36(2)",
    },
    Regime.EIR: {
        R.HELD: "reg. 12(4)(a)",     R.GIVEN: "reg. 5(1)",       R.FACT: "reg. 14(1)",
        R.EXEMPTION: "reg. 14(3)(a)", R.MAPPING: "reg. 14(3)(a)", R.WHY: "reg. 14(3)",
        R.HARM: "reg. 14(3)",        R.BALANCE: "reg. 14(3)(b)", R.ESTIMATE: "reg. 14(3)(b)",
        R.ELSEWHERE: "reg. 6(1)(b)", R.COST: "reg. 12(4)(b)",    R.VEXATIOUS: "reg. 12(4)(b)",
        R.ADVICE: "reg. 9(1)",       R.REVIEW: "reg. 14(5)(a)",  R.COMMISSIONER: "reg. 14(5)(b)",
        R.TIME: "reg. 14(2)",        R.QUALIFIED_PERSON: "reg. 14(3)",
    },
}
# fmt: on


def lacks(regime: Regime, required: Required, words: str, where: str = "") -> Missing:
    """Say that an answer lacks something, with the section that asks for it."""
    return Missing(SECTIONS[regime][required], words, where)
