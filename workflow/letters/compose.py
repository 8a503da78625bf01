"""From values to one document that means what it says, whatever form it is then given.

Pure: the wording is handed in, and with it the only library. See `wording.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from workflow.law.dates import MONTHS
from workflow.law.regime import Regime
from workflow.letters.contents import (
    AnswerToRequest,
    Extension,
    ReviewOutcome,
    kind_of,
)
from workflow.letters.document import Document, Letterhead
from workflow.letters.marks import read_marks
from workflow.letters.views import LAW_WORDS, view_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workflow.letters.contents import Contents, Envelope, Kind


class Words(Protocol):
    """Gives a letter's marked text for the facts that it tells (see `wording.Wording`)."""

    def __call__(self, kind: Kind, facts: Mapping[str, Any]) -> str:
        """Fill the template of a kind."""


class NoLetterUnderThisLaw(ValueError):
    """The house writes letters under FOIA and the EIR, and no others."""

    def __init__(self, regime: Regime) -> None:
        """Keep the regime that was asked for."""
        self.regime = regime
        super().__init__(f"There are no letters for {regime}: write this one by hand.")


def compose(envelope: Envelope, contents: Contents, *, words: Words) -> Document:
    """Compose a letter.

    `words` fills the templates. Raises NoLetterUnderThisLaw for a regime without letters, and
    what `words` raises for a template that cannot be used.
    """
    if envelope.regime not in LAW_WORDS:
        raise NoLetterUnderThisLaw(envelope.regime)
    marked = words(kind_of(contents), facts_of(envelope, contents))
    title, blocks = read_marks(marked)
    return Document(
        title=title or f"Your request {envelope.reference}",
        author=envelope.sender.name,
        reference=envelope.reference,
        dated=envelope.dated,
        letterhead=_letterhead(envelope),
        blocks=blocks,
    )


def facts_of(envelope: Envelope, contents: Contents) -> dict[str, Any]:
    """Give the names that a template may use, the same for every kind but for `it`.

    `it` is what this letter tells; `notice` is there where it answers the request, else None.
    """
    return {
        "letter": envelope,
        "law": LAW_WORDS[envelope.regime],
        "is_eir": envelope.regime is Regime.EIR,
        "it": contents,
        "notice": _notice(contents),
    }


def _notice(contents: Contents) -> object:
    match contents:
        case AnswerToRequest(notice) | Extension(notice):
            return view_of(notice)
        case ReviewOutcome(notice=notice) if notice is not None:
            return view_of(notice)
        case _:
            return None


def _letterhead(envelope: Envelope) -> Letterhead:
    sender, applicant = envelope.sender, envelope.applicant
    reached = (line for line in (sender.email, sender.telephone) if line)
    return Letterhead(
        sender=(sender.name, *sender.address, *reached),
        recipient=(applicant.name, *applicant.address),
        particulars=(
            ("Our reference", envelope.reference),
            ("Date", day_of(envelope.dated)),
            ("Your request", envelope.subject),
        ),
    )


def day_of(day: date) -> str:
    """Write a date as a letter does: 30 July 2020."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
