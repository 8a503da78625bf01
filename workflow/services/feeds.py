"""Calendar feeds: due dates in somebody's own calendar, by an address that nobody can guess.

The address is the key, so it is said once, to whoever asked, and only its digest is kept. It shows
a date, a reference and a subject, of what whoever made it may see; no applicant, no history. It
ends when it is revoked, and when whoever made it may no longer see what it shows.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from icalendar import Calendar, Event

from workflow.casework.errors import Lacking, UnknownOfficer, UnknownTeam
from workflow.casework.roles import Role
from workflow.services import agenda
from workflow.store import feeds

if TYPE_CHECKING:
    from workflow.casework.roles import Officer, Roster
    from workflow.services.agenda import Entry
    from workflow.services.office import Office

SECRET_BYTES = 32
FOLDER = "calendar"
LOOK_AGAIN_AFTER = timedelta(hours=1)


class Served(NamedTuple):
    """A feed as it is sent: its text, and a tag that changes when the text does."""

    body: bytes
    tag: str


def make(office: Office, owner: str, *, officer: Officer) -> str:
    """Make a feed of a person or team and give the end of its address: "calendar/….ics".

    Side effects: the feed that this officer made of the same before ends. Raises Lacking for an
    officer who may not see it.
    """
    _permit(office.roster, owner, officer)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = feeds.Feed(owner, officer.handle)
    with office.store.writing() as connection:
        feeds.revoke(connection, owner, at=office.now(), made_by=officer.handle)
        feeds.add(connection, feed, digest=_digest(secret), at=office.now())
    return f"{FOLDER}/{secret}.ics"


def revoke(office: Office, owner: str, *, officer: Officer) -> int:
    """End every feed of a person or team. Gives how many there were. Raises Lacking."""
    _permit(office.roster, owner, officer)
    with office.store.writing() as connection:
        return feeds.revoke(connection, owner, at=office.now())


def ended(number: int, name: str) -> str:
    """Say how many feeds of a person or team are ended."""
    if number == 1:
        return f"The calendar address of {name} is ended."
    return f"{number} calendar addresses of {name} are ended."


def served(office: Office, secret: str) -> Served | None:
    """Give the calendar behind a secret, or None where there is none (any more)."""
    with office.store.reading() as connection:
        feed = feeds.find(connection, _digest(secret))
    if feed is None or not _still_may(office.roster, feed):
        return None
    body = _calendar(office.seen_by(feed.made_by), feed.owner)
    return Served(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _permit(roster: Roster, owner: str, officer: Officer) -> None:
    if not _may(officer, owner):
        raise Lacking(
            what=f"The calendar of {agenda.name_of(roster, owner)} is not yours to give out.",
            cure="You may have your own and your team's; the desk and managers may have any.",
        )


def _may(officer: Officer, owner: str) -> bool:
    sees_all = officer.has(Role.DESK) or officer.has(Role.MANAGER)
    return sees_all or owner in (f"person:{officer.handle}", f"team:{officer.team}")


def _still_may(roster: Roster, feed: feeds.Feed) -> bool:
    """Say whether both are still here, and the one may still see the other's days."""
    kind, _, name = feed.owner.partition(":")
    try:
        maker = roster.officer(feed.made_by)
        _ = roster.officer(name) if kind == agenda.PERSON else roster.team(name)
    except (UnknownOfficer, UnknownTeam):
        return False
    return _may(maker, feed.owner)


def _calendar(office: Office, owner: str) -> bytes:
    made = Calendar()
    made.add("prodid", "-//FOI Desk//Due dates//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"FOI: {agenda.name_of(office.roster, owner)}")
    made.add("refresh-interval", LOOK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    for entry in agenda.statutory(office, owner):
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    """Make an event of a whole day, on which one is as free as before."""
    event = Event()
    event.add("uid", f"{entry.reference} {entry.what}".replace(" ", "-") + "@foi-desk")
    # When it was last looked at would make the same calendar another one each time.
    event.add("dtstamp", datetime.combine(entry.on, time(), tzinfo=UTC))
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", f"{entry.reference} {entry.what}: {entry.subject}")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
