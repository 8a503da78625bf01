"""The calendar's life: when a bank holiday is proclaimed, open requests are reckoned anew.

History is never rewritten: what moved is an event of its own, and closed requests stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workflow.calendar_shelf import CalendarShelf
from workflow.casework.events import Event
from workflow.casework.occasion import Decision
from workflow.casework.stages import Act
from workflow.law.dates import long_date
from workflow.services.acts import write
from workflow.services.office import timing
from workflow.store import outbox, requests
from workflow.store.outbox import Outgoing

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from workflow.services.office import Office
    from workflow.store.requests import Stored
    from workflow.store.unit_of_work import Connection

CHANGED = "the calendar of bank holidays changed"


class Moved(NamedTuple):
    """A request whose due date moved, and who is told: "person:amira", "team:x" or "desk:"."""

    reference: str
    before: date | None
    after: date | None
    recipient: str


class Reckoned(NamedTuple):
    """What reckoning anew came to: how many open requests were looked at, and which moved."""

    looked_at: int
    moved: tuple[Moved, ...]


def follow(office: Office) -> Reckoned:
    """Reckon open requests anew if this process has not done so under the present calendar."""
    office.shelf.look()
    version = office.calendars.version
    if office.shelf.reckoned == version:
        return Reckoned(0, ())
    done = reckon_anew(office, because=office.shelf.change or CHANGED)
    office.shelf.reckoned = version
    return done


def reckon_anew(office: Office, *, because: str = CHANGED) -> Reckoned:
    """Reckon every open request anew whose dates come from another calendar (s.10(6)).

    Side effects, in one transaction: new due dates and reminders, an event and a card for each that
    moved, one message to each holder that lists all of theirs. Running it again changes nothing.
    """
    version = office.calendars.version
    with office.store.writing() as connection:
        found = requests.reckoned_otherwise(connection, version)
        moved = [
            (stored.row_id, one)
            for stored in found
            if (one := _reckon(office, connection, stored, because)) is not None
        ]
        _tell(office, connection, moved, because)
    return Reckoned(len(found), tuple(one for _, one in moved))


def foresee(office: Office, config_dir: Path) -> tuple[Moved, ...]:
    """Say which open requests would move under the calendar of another folder. Writes nothing."""
    other = replace(office, shelf=CalendarShelf(config_dir))
    version = other.calendars.version
    with office.store.reading() as connection:
        found = requests.reckoned_otherwise(connection, version)
    return tuple(
        _moved(stored, after) for stored in found if (after := _due(other, stored)) != stored.due_on
    )


def _due(office: Office, stored: Stored) -> date | None:
    return timing(office, stored.request, noticed_to=stored.noticed_to).due_on


def _reckon(office: Office, connection: Connection, stored: Stored, because: str) -> Moved | None:
    """Reckon one request. Gives None when its date stands where it stood."""
    request, before = stored.request, stored.due_on
    kept = timing(office, request, noticed_to=stored.noticed_to, was_next=stored.next_notice_at)
    if kept.due_on == before:
        requests.save_timing(connection, stored, kept)
        return None
    said = {"before": _told(before), "after": _told(kept.due_on), "reason": because}
    event = Event(act=Act.RECKON_ANEW, by=None, on=office.today(), particulars=said)
    write(office, connection, stored, Decision(request, event))
    return _moved(stored, kept.due_on)


def _moved(stored: Stored, after: date | None) -> Moved:
    holder, team = stored.request.holder, stored.request.team
    recipient = f"person:{holder}" if holder else f"team:{team}" if team else "desk:"
    return Moved(stored.request.reference, stored.due_on, after, recipient)


def _tell(
    office: Office, connection: Connection, moved: list[tuple[int, Moved]], because: str
) -> None:
    """Put one message in the outbox for each recipient, listing every request of theirs."""
    version = office.calendars.version
    by_recipient: dict[str, list[tuple[int, Moved]]] = {}
    for row_id, one in moved:
        by_recipient.setdefault(one.recipient, []).append((row_id, one))
    for recipient, theirs in by_recipient.items():
        lines = [f"{m.reference}: {_told(m.after)}, not {_told(m.before)}" for _, m in theirs]
        text = f"{because[:1].upper()}{because[1:]}. Due dates moved.\n" + "\n".join(lines)
        key = f"calendar|{version}|{recipient}|{theirs[0][1].reference}"
        message = Outgoing(key, "notice", recipient, text)
        outbox.put(connection, theirs[0][0], [message], at=office.now())


def _told(day: date | None) -> str:
    return long_date(day) if day else "no date"
