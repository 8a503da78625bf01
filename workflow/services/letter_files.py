"""Letters as files in the thread of a request: the draft to be approved, the answer as it went out.

Nobody outside is named in them: the applicant's letter is made at the terminal. What a file holds
is made when it is sent, so that the outbox carries no copies of letters.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking
from workflow.casework.stages import Act
from workflow.services import discretion
from workflow.services.correspondence import composed
from workflow.services.letter_kinds import kind_named
from workflow.services.messenger import File, Needless
from workflow.store import history, requests
from workflow.store.outbox import Outgoing

if TYPE_CHECKING:
    from workflow.casework.events import Event
    from workflow.casework.request import InformationRequest
    from workflow.services.office import Office
    from workflow.store.cards import Place
    from workflow.store.outbox import Leased


class _Posted(NamedTuple):
    """What an act posts: a word for the file's name, which letter, and what is said with it."""

    word: str
    letter: str
    words: str


_DRAFT = _Posted("draft", "answer", "The draft of the answer to {reference}, to be approved.")
# Few acts, so that a thread is not buried in files.
POSTS = {
    Act.DECIDE: _DRAFT,
    Act.DRAFT_LETTER: _DRAFT,
    Act.ISSUE: _Posted("answer", "answer", "The answer to {reference} as it went out."),
    Act.DECIDE_REVIEW: _Posted(
        "review", "review-outcome", "The outcome of the review of {reference}."
    ),
}
_LETTERS = {one.word: one.letter for one in POSTS.values()}


def files(event: Event, request: InformationRequest, *, version: int) -> list[Outgoing]:
    """Give the file that an act puts in the outbox, if any. Its key says all that makes it."""
    posted = POSTS.get(event.act)
    if posted is None or event.by is None:
        return []
    made_of = (request.reference, str(version), posted.word, event.by, event.on.isoformat())
    words = posted.words.format(reference=request.reference)
    return [Outgoing(f"file|{'|'.join(made_of)}", "file", "desk:", words)]


def file_of(office: Office, row: Leased, thread: Place) -> File:
    """Make the file of a row of the outbox; its bytes only when the messenger wants them."""
    _, reference, _, word, by, on = row.key.split("|")
    made = partial(_docx, office, row, word=word, by=by, on=date.fromisoformat(on))
    return File(row.key, row.recipient, row.text, reference, thread, made)


def _docx(office: Office, row: Leased, *, word: str, by: str, on: date) -> bytes:
    """Write a letter as DOCX.

    Raises Needless when it cannot be made, for the request moved on, and when the recipient may not
    see what the request is about.
    """
    from workflow.letters.docx import to_docx  # noqa: PLC0415  # only where a file is made

    with office.store.reading() as connection:
        stored = requests.get(connection, row.reference)
        happened = [one.event for one in history.of(connection, stored.row_id)]
    if not discretion.is_for(stored.request, row.recipient):
        raise Needless
    try:
        made = composed(
            office,
            stored.request,
            happened,
            signed_by=office.roster.name_of(by),
            kind=kind_named(_LETTERS[word]),
            dated=on,
        )
    except Lacking as error:
        raise Needless from error
    return to_docx(made.document)
