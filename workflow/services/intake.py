"""What to think about before a new request is logged: is it valid, was it asked before?

These are concerns, said to the desk; nothing here refuses anything.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.likeness import alike
from workflow.casework.request import reading
from workflow.law.dates import long_date
from workflow.law.regime import Regime
from workflow.store import applicants, requests

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workflow.casework.request import InformationRequest
    from workflow.services.office import Office

LOOKS_BACK = timedelta(days=2 * 365)
MOST_SHOWN = 3
_NAMED = (Regime.FOIA, Regime.FOISA)


class Concern(NamedTuple):
    """Something to think about. `about` names it: a section, or the reference of a request."""

    about: str
    words: str


def concerns(
    office: Office,
    *,
    subject: str,
    description: str,
    received: date,
    regime: Regime = Regime.FOIA,
    applicant: tuple[str, str] = ("", ""),
) -> tuple[Concern, ...]:
    """Tell what speaks against logging a request as it stands: s.8, and requests that are alike.

    Open requests are looked through, and those of the last two years. The applicant's name and
    address are compared in the database and are in none of the words.
    """
    made = [*_validity(regime, applicant)]
    with office.store.reading() as connection:
        known = {
            one.request.reference: one
            for one in requests.received_since(connection, received - LOOKS_BACK)
        }
        same = applicants.same(connection, *applicant)
    texts = {key: _text(one.request.subject, one.request.description) for key, one in known.items()}
    for found in alike(_text(subject, description), texts)[:MOST_SHOWN]:
        stored = known[found.key]
        theirs = stored.row_id in same
        words = _about(office, stored.request, found.share, by_the_same=theirs, on=received)
        made.append(Concern(found.key, words))
    return tuple(made)


def _validity(regime: Regime, applicant: tuple[str, str]) -> Sequence[Concern]:
    """Say what s.8(1) FOIA (s.8(1) FOISA) still lacks. The EIR ask for neither name nor writing."""
    if regime not in _NAMED:
        return ()
    missing = [
        what
        for what, given in zip(
            ("the applicant's name", "an address for correspondence"), applicant, strict=True
        )
        if not given.strip()
    ]
    if not missing:
        return ()
    words = (
        f"Without {' and '.join(missing)} it is not a valid request (s.8(1)(b)). "
        "Ask the applicant, and help them to make one (s.16)."
    )
    return (Concern("s.8", words),)


def _about(
    office: Office, request: InformationRequest, share: float, *, by_the_same: bool, on: date
) -> str:
    stands = "closed" if not request.is_open else f"in {request.stage}"
    first = (
        f"{request.reference} “{request.subject}”, received {long_date(request.received_on)}, "
        f"{stands}, reads {share:.0%} alike."
    )
    if not by_the_same:
        return first
    answered = reading(request, days=office.days_of(request), on=office.today()).stopped_on
    if answered is None or answered > on:
        return f"{first} The same applicant asked, and it is not answered yet."
    days = office.days_of(request).between(answered, on)
    return (
        f"{first} The same applicant asked, and was answered {days} working days before: it may be "
        "a repeated request, unless a reasonable interval has passed (s.14(2))."
    )


def _text(subject: str, description: str) -> str:
    return f"{subject} {description}"
