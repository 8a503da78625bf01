"""Every letter of a request, composed: the one that fits now, or the kind that is asked for.

The applicant is named for the desk alone, and that somebody looked is written down for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Restricted
from workflow.letters.compose import compose
from workflow.letters.contents import (
    NOBODY_NAMED,
    AnswerToRequest,
    Applicant,
    Envelope,
    ReviewOutcome,
    Sender,
    Signatory,
    kind_of,
)
from workflow.services.desk_only import must_be_desk
from workflow.services.letter_facts import known
from workflow.services.letter_kinds import contents_of, fitting
from workflow.store import applicants, history, looks, requests
from workflow.store.looks import Look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workflow.casework.events import Event
    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer
    from workflow.letters.contents import Contents, Kind
    from workflow.letters.document import Document
    from workflow.services.letter_facts import Known
    from workflow.services.office import Office
    from workflow.store.unit_of_work import Connection

LOOKED_FOR = "a letter"


class Letter(NamedTuple):
    """A letter and what kind it is."""

    kind: Kind
    document: Document


def letter(
    office: Office,
    reference: str,
    *,
    officer: Officer,
    kind: Kind | None = None,
    with_applicant: bool = False,
) -> Letter:
    """Compose a letter about a request: the one that fits it now unless a kind is given.

    A side effect where the applicant is named: who looked is written down; only the desk may.
    Raises Lacking for what has not happened yet, and for an answer in which the law misses
    something.
    """
    if with_applicant:
        must_be_desk(officer, "see whom a letter is for")
    with office.store.writing() if with_applicant else office.store.reading() as connection:
        stored = requests.get(connection, reference)
        if not stored.request.is_shown_to(officer.handle):
            raise Restricted(reference=stored.request.reference)
        happened = [one.event for one in history.of(connection, stored.row_id)]
        named = _looked(office, connection, stored.row_id, officer) if with_applicant else None
        return composed(
            office, stored.request, happened, signed_by=officer.name, kind=kind, applicant=named
        )


def composed(
    office: Office,
    request: InformationRequest,
    happened: Sequence[Event],
    *,
    signed_by: str,
    kind: Kind | None = None,
    applicant: Applicant | None = None,
    dated: date | None = None,
) -> Letter:
    """Compose a letter from a request and its history, dated today unless a day is given.

    Raises Lacking as `letter` does.
    """
    it, head = known(office, request, happened), office.letterhead
    contents = contents_of(kind or fitting(it), it)
    envelope = Envelope(
        reference=request.reference,
        subject=request.subject,
        dated=dated or _dated(it, contents) or office.today(),
        sender=Sender(head.name, head.address, head.email, head.telephone),
        applicant=applicant or NOBODY_NAMED,
        signatory=_signatory(it, contents) or Signatory(signed_by, head.signatory),
        regime=request.regime,
    )
    return Letter(kind_of(contents), compose(envelope, contents, words=office.words))


def _signatory(it: Known, contents: Contents) -> Signatory | None:
    """Give who signs whoever writes it: a review is its reviewer's, not the one's reviewed."""
    if not isinstance(contents, ReviewOutcome) or it.request.reviewer is None:
        return None
    return Signatory(contents.reviewer, "Internal reviewer")


def _dated(it: Known, contents: Contents) -> date | None:
    """Give the day of an answer that was sent: its letter stays what it was."""
    return it.reading.stopped_on if isinstance(contents, AnswerToRequest) else None


def _looked(
    office: Office, connection: Connection, row_id: int, officer: Officer
) -> Applicant | None:
    """Read who asked, having written down who looks."""
    looks.keep(connection, row_id, Look(officer.handle, office.now(), LOOKED_FOR))
    found = applicants.of(connection, row_id)
    return Applicant(found.name, (found.address,)) if found else None
