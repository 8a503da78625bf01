"""An answer to a request as frozen values: each question on its own, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflow.law.public_interest import Duty
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from datetime import date

    from workflow.law.cost_limit import SearchCost
    from workflow.law.public_interest import Pending, PublicInterestTest


class Held(StrEnum):
    """Whether the information that a question asks for is held (s.1(1)(a))."""

    HELD = "held"
    PART = "part held"
    NOT_HELD = "not held"


class Outcome(StrEnum):
    """What the desk decided, in the words of its own acts."""

    DISCLOSE = "disclose"
    PART = "part"
    REFUSE = "refuse"
    NOT_HELD = "not-held"
    COST = "s.12"
    VEXATIOUS = "s.14"

    @property
    def words(self) -> str:
        """Say it, where it is read and not typed: "refuse for cost, s.12"."""
        return _SAID.get(self, self.value)


_SAID = {
    Outcome.PART: "disclose in part",
    Outcome.NOT_HELD: "not held",
    Outcome.COST: "refuse for cost, s.12",
    Outcome.VEXATIOUS: "refuse as vexatious or repeated, s.14",
}


class Likelihood(StrEnum):
    """How sure the harm is. Under the EIR only "would" is enough."""

    WOULD = "would"
    WOULD_BE_LIKELY = "would be likely to"


class Silence(StrEnum):
    """Why a notice may leave out why an exemption applies."""

    NONE = "it is said"
    APPARENT = "it is apparent"  # s.17(1)(c)
    EXEMPT = "saying it would disclose what is exempt"  # s.17(4)


@dataclass(frozen=True, slots=True)
class Withheld:
    """One piece of information that is not given, and the exemptions cited for it.

    `in_the_alternative` lets s.23(1) and s.24(1) stand side by side, so that the reader cannot
    tell which applies. `is_statistical` needs no qualified person (s.36(4)).
    """

    what: str
    under: tuple[str, ...]
    in_the_alternative: bool = False
    is_statistical: bool = False
    is_on_emissions: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Information that the applicant can have without asking: what it is and where (s.21(1))."""

    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a request and its answer.

    `held` is None where the authority neither confirms nor denies; `neither` then cites the
    exemptions from that duty. `not_held` says what is not held, or what was searched.
    """

    number: int
    words: str
    held: Held | None
    disclosed: str = ""
    elsewhere: Elsewhere | None = None
    withheld: tuple[Withheld, ...] = ()
    not_held: str = ""
    neither: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Tell whether it is said that the information is held or not, or refused to be said."""
        return self.held is not None or bool(self.neither)


@dataclass(frozen=True, slots=True)
class QualifiedOpinion:
    """The reasonable opinion that s.36 needs: whose, by what office (s.36(5)), and of what day."""

    who: str
    office: str
    on: date
    opinion: str


@dataclass(frozen=True, slots=True)
class Reliance:
    """An exemption relied on, and what a notice says of it.

    `why` is why it applies, `harm` what disclosure does to whom. `besides` names what the
    exemption itself asks for: the enactment (s.44(1)(a)), or who will finish the material and
    when (reg. 14(4)).
    """

    citation: str
    why: str = ""
    silence: Silence = Silence.NONE
    harm: str = ""
    likelihood: Likelihood | None = None
    test: PublicInterestTest | Pending | None = None
    opinion: QualifiedOpinion | None = None
    besides: str = ""
    duty: Duty = Duty.DISCLOSE


@dataclass(frozen=True, slots=True)
class CostRefusal:
    """A refusal because complying would exceed the limit (s.12(1)), with help to narrow (s.16).

    `confirming_too` where even saying whether it is held would exceed it (s.12(2)).
    """

    cost: SearchCost
    advice: str
    confirming_too: bool = False


@dataclass(frozen=True, slots=True)
class Vexatious:
    """A refusal of a vexatious (s.14(1)) or repeated (s.14(2)) request. `why` may be left out."""

    citation: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ReviewParticulars:
    """How to ask for an internal review (s.17(7)(a)). Window and reply are in working days."""

    address: tuple[str, ...]
    email: str
    window: int | None = 40  # the Code under s.45, chapter 5; reg. 11(2) EIR
    reply: int | None = 20  # the Code's target; reg. 11(4) EIR gives 40


@dataclass(frozen=True, slots=True)
class NoReview:
    """A statement that the authority has no procedure for complaints (s.17(7)(a))."""


@dataclass(frozen=True, slots=True)
class CommissionerParticulars:
    """How to apply to the Information Commissioner for a decision (s.50)."""

    name: str
    address: tuple[str, ...]
    website: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Timing:
    """When it was received, when it was due (s.10), when it is answered, and why late if it is."""

    received: date
    due: date
    answered: date
    why_late: str = ""

    @property
    def is_late(self) -> bool:
        """Tell whether the answer came after the due date."""
        return self.answered > self.due


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request, as far as it has been thought through.

    `covering` is what the desk says besides, in its own words: s.17 asks nothing of it.
    """

    outcome: Outcome | None
    questions: tuple[Question, ...]
    reliances: tuple[Reliance, ...] = ()
    cost: CostRefusal | None = None
    vexatious: Vexatious | None = None
    review: ReviewParticulars | NoReview | None = None
    commissioner: CommissionerParticulars | None = None
    timing: Timing | None = None
    advice: str = ""
    covering: str = ""
    regime: Regime = Regime.FOIA
