"""The letter of a request: made from what was decided, with what s.17 still lacks beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking
from workflow.letters.compose import compose
from workflow.letters.contents import (
    NOBODY_NAMED,
    AnswerToRequest,
    Applicant,
    Envelope,
    Sender,
    Signatory,
)
from workflow.services.answers import check
from workflow.store import applicants, requests

if TYPE_CHECKING:
    from workflow.casework.roles import Officer
    from workflow.letters.document import Document
    from workflow.services.office import Office


def letter(
    office: Office,
    reference: str,
    *,
    officer: Officer,
    with_applicant: bool = False,
) -> Document:
    """Compose the letter that answers a request. Raises Lacking while s.17 lacks something.

    The applicant is named only when asked for: a preview is seen by many.
    """
    with office.store.reading() as connection:
        stored = requests.get(connection, reference)
        kept = applicants.of(connection, stored.row_id) if with_applicant else None
    request = stored.request
    checked = check(office, request)
    if checked.notice is None:
        what = f"The letter of {request.reference} is not complete: {'; '.join(checked.missing)}"
        raise Lacking(what=what, cure="Complete it with: answer, exempt, harm, interest.")
    envelope = Envelope(
        reference=request.reference,
        subject=request.subject,
        dated=office.today(),
        sender=Sender(office.letterhead.name, office.letterhead.address, office.letterhead.email),
        applicant=Applicant(kept.name, (kept.address,)) if kept else NOBODY_NAMED,
        signatory=Signatory(officer.name, "Freedom of Information Officer"),
        regime=request.regime,
    )
    return compose(envelope, AnswerToRequest(checked.notice), words=office.words)
