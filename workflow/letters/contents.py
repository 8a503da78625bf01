"""What a letter tells, kind by kind, as frozen values; and the envelope that each goes in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from workflow.law.answer import Outcome
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from workflow.law.answer import CommissionerParticulars, ReviewParticulars
    from workflow.law.refusal_notice import Notice


class Kind(StrEnum):
    """The letters of a desk. The value is the name of the template in `config/letters`."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CLARIFICATION = "clarification"
    FEES_NOTICE = "fees_notice"
    EXTENSION = "extension"
    DISCLOSURE = "disclosure"
    PART_DISCLOSURE = "part_disclosure"
    REFUSAL = "refusal"
    NOT_HELD = "not_held"
    COST_LIMIT = "cost_limit"
    VEXATIOUS = "vexatious"
    TRANSFER = "transfer"
    REVIEW_ACKNOWLEDGEMENT = "review_acknowledgement"
    REVIEW_OUTCOME = "review_outcome"


KIND_OF_ANSWER = {
    Outcome.DISCLOSE: Kind.DISCLOSURE,
    Outcome.PART: Kind.PART_DISCLOSURE,
    Outcome.REFUSE: Kind.REFUSAL,
    Outcome.NOT_HELD: Kind.NOT_HELD,
    Outcome.COST: Kind.COST_LIMIT,
    Outcome.VEXATIOUS: Kind.VEXATIOUS,
}


@dataclass(frozen=True, slots=True)
class Sender:
    """The authority as its letters print it."""

    name: str
    address: tuple[str, ...]
    email: str
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asked. The name stands in the letter and nowhere else: not in its properties."""

    name: str
    address: tuple[str, ...] = ()


NOBODY_NAMED = Applicant("[name of the applicant]")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and as what."""

    name: str
    job_title: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every letter has: who writes to whom, on what day, about which request."""

    reference: str
    subject: str
    dated: date
    sender: Sender
    applicant: Applicant
    signatory: Signatory
    regime: Regime = Regime.FOIA


def without_applicant(envelope: Envelope) -> Envelope:
    """Give the envelope of a preview, which many may see: it names no applicant."""
    return replace(envelope, applicant=NOBODY_NAMED)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """We have it, and it is due on a day."""

    received: date
    due: date


@dataclass(frozen=True, slots=True)
class Clarification:
    """What has to be made clear, what help is offered (s.16), and until when it is waited for."""

    received: date
    asked: tuple[str, ...]
    advice: str
    close_on: date | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of a fee."""

    what: str
    pounds: Decimal


@dataclass(frozen=True, slots=True)
class FeesNotice:
    """What it costs to comply, until when it is paid and how (s.9)."""

    received: date
    charges: tuple[Charge, ...]
    pay_by: date
    how_to_pay: str

    @property
    def total(self) -> Decimal:
        """Add up the charges, in pounds."""
        return sum((charge.pounds for charge in self.charges), start=0 * self.charges[0].pounds)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for the public interest test: a refusal notice that is not finished (s.17(2))."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class AnswerToRequest:
    """The answer itself, complete."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class Transfer:
    """Who holds the information instead, how to reach them, and whether they have the request.

    It tells that nothing is held, which is an answer: `review` and `commissioner` are the rights.
    """

    received: date
    body: str
    contact: tuple[str, ...]
    what: str
    was_passed_on: bool
    review: ReviewParticulars | None = None
    commissioner: CommissionerParticulars | None = None


@dataclass(frozen=True, slots=True)
class ReviewAcknowledgement:
    """We have the request for a review, somebody else does it, and it is answered by a day."""

    requested: date
    reply_by: date
    reviewer: str


class Finding(StrEnum):
    """What a review makes of one point of the first answer."""

    UPHELD = "upheld"
    VARIED = "varied"
    OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One point under review, usually an exemption: what was found, and why.

    `first` is what the first answer said of it; `told` says the finding where one word does not.
    `instead` is the exemption that applies now, and `balance` why it does, where it is qualified.
    """

    point: str
    finding: Finding
    reasons: str
    first: str = ""
    told: str = ""
    instead: str = ""
    balance: str = ""
    is_absolute: bool = False  # what applies instead


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What the review found. `notice` is the answer as it stands now, where it changed."""

    requested: date
    answered_on: date
    reviewer: str
    findings: tuple[Reviewed, ...]
    commissioner: CommissionerParticulars
    late_because: str = ""
    notice: Notice | None = None
    review: ReviewParticulars | None = None

    @property
    def overall(self) -> Finding:
        """Give what the findings come to: one word when they agree, otherwise varied."""
        found = {one.finding for one in self.findings}
        return found.pop() if len(found) == 1 else Finding.VARIED


Contents: TypeAlias = (
    Acknowledgement
    | Clarification
    | FeesNotice
    | Extension
    | AnswerToRequest
    | Transfer
    | ReviewAcknowledgement
    | ReviewOutcome
)

_KINDS = {
    Acknowledgement: Kind.ACKNOWLEDGEMENT,
    Clarification: Kind.CLARIFICATION,
    FeesNotice: Kind.FEES_NOTICE,
    Extension: Kind.EXTENSION,
    Transfer: Kind.TRANSFER,
    ReviewAcknowledgement: Kind.REVIEW_ACKNOWLEDGEMENT,
    ReviewOutcome: Kind.REVIEW_OUTCOME,
}


def kind_of(contents: Contents) -> Kind:
    """Tell which letter these contents make."""
    if isinstance(contents, AnswerToRequest):
        return KIND_OF_ANSWER[contents.notice.outcome]
    return _KINDS[type(contents)]
