"""Who asked: for a desk officer who says why, outside Slack, and written down for ever.

At the terminal it is printed. In Slack a link is given instead, which is opened once and within
five minutes: no name ever passes through Slack, nor stands there afterwards.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking, UnknownOfficer
from workflow.casework.roles import Role
from workflow.services.desk_only import must_be_desk
from workflow.store import applicants, looks, requests, reveals
from workflow.store.looks import Look
from workflow.store.mapping import legible
from workflow.store.reveals import Reveal

if TYPE_CHECKING:
    from workflow.casework.roles import Officer
    from workflow.services.office import Office
    from workflow.store.applicants import Applicant
    from workflow.store.unit_of_work import Connection

LASTS = timedelta(minutes=5)
SECRET_BYTES = 32
FOLDER = "applicant"


class Revealed(NamedTuple):
    """Who asked, of which request; None where no applicant is kept."""

    reference: str
    applicant: Applicant | None


def reveal(office: Office, reference: str, *, officer: Officer, why: str) -> Revealed:
    """Give who asked, having written down who looks and why. Raises Lacking, UnknownRequest."""
    _check(officer, why)
    with office.store.writing() as connection:
        return _looked(office, connection, reference, officer.handle, why)


def link(office: Office, reference: str, *, officer: Officer, why: str) -> str:
    """Make a link and give the end of its address. Nobody has looked until it is opened.

    Raises Lacking for anybody but the desk and without a reason, UnknownRequest.
    """
    _check(officer, why)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    now = office.wall()
    with office.store.writing() as connection:
        request = requests.get(connection, reference).request
        reveals.forget_ended(connection, now)
        made = Reveal(request.reference, officer.handle, legible(why), now + LASTS)
        reveals.add(connection, made, digest=_digest(secret))
    return f"{FOLDER}/{secret}"


def waiting(office: Office, secret: str) -> Reveal | None:
    """Say what a link is for, without using it up; None where it cannot be opened (any more)."""
    with office.store.reading() as connection:
        return reveals.find(connection, _digest(secret), now=office.wall())


def opened(office: Office, secret: str) -> Revealed | None:
    """Open a link: who asked, once. None for whoever comes second, late, or is of the desk no more.

    Side effects, in one transaction: the link is used up, and the look is written down.
    """
    now, digest = office.wall(), _digest(secret)
    with office.store.writing() as connection:
        found = reveals.find(connection, digest, now=now)
        if found is None or not _is_desk(office, found.by):
            return None
        if not reveals.use(connection, digest, now=now):
            return None
        seen = office.seen_by(found.by)
        with seen.store.reading() as looking:
            requests.get(looking, found.reference)  # it may have been restricted meanwhile
        return _looked(office, connection, found.reference, found.by, found.why)


def _check(officer: Officer, why: str) -> None:
    must_be_desk(officer, "look at who asked")
    if not why.strip():
        raise Lacking(what="Say why you need to know who asked.", cure="It is kept with your name.")


def _is_desk(office: Office, handle: str) -> bool:
    try:
        return office.roster.officer(handle).has(Role.DESK)
    except UnknownOfficer:
        return False


def _looked(office: Office, connection: Connection, reference: str, by: str, why: str) -> Revealed:
    stored = requests.get(connection, reference)
    looks.keep(connection, stored.row_id, Look(by, office.now(), legible(why)))
    return Revealed(stored.request.reference, applicants.of(connection, stored.row_id))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
