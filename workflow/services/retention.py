"""Retention: what is due to be erased, what stands in the way, and erasing it; and legal holds."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking
from workflow.casework.events import standing
from workflow.casework.roles import Role
from workflow.casework.stages import Stage
from workflow.services.erasure import ERASED, erased, words_erased
from workflow.services.office import cards_of, timing
from workflow.services.retention_schedule import awaits_commissioner, period
from workflow.store import cards, disposal, history, holds, outbox, removals, requests
from workflow.store.disposal import Disposal
from workflow.store.holds import Hold
from workflow.store.mapping import legible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.casework.roles import Officer
    from workflow.services.office import Office
    from workflow.services.retention_schedule import Period, Schedule
    from workflow.store.requests import Stored
    from workflow.store.unit_of_work import Connection


class Standing(StrEnum):
    """Whether the words of a closed request are kept, and why."""

    DUE = "due"
    KEPT = "kept"
    HELD = "held"
    COMMISSIONER = "with the ICO"


class Kept(NamedTuple):
    """A closed request: how it ended, until when its words are kept, what stands in the way."""

    reference: str
    period: Period
    standing: Standing
    reason: str = ""


def standings(office: Office, schedule: Schedule) -> Iterator[Kept]:
    """Say of every closed request that still has words how retention stands with it. Looks only."""
    with office.store.reading() as connection:
        for reference in disposal.closed_references(connection):
            yield _standing(office, connection, requests.get(connection, reference), schedule)


def apply(office: Office, schedule: Schedule, *, officer: Officer) -> Iterator[Kept]:
    """Erase what is due, and say what was erased.

    Side effects, one transaction a request: the applicant goes, the words of the request, of its
    history and of what was said are erased, its cards are drawn anew without them, what was posted
    about it is to go from Slack (see `removal`), and a disposal is recorded with its rule. Raises
    Lacking unless the officer is of the desk or a manager.
    """
    _must_be_trusted(officer, "dispose of requests")
    due = [one for one in standings(office, schedule) if one.standing is Standing.DUE]
    for one in due:
        done = _disposed(office, one.reference, schedule, officer)
        if done is not None:
            yield done
    if due:
        with office.store.reading() as connection:
            disposal.forget_free_pages(connection)


def _disposed(office: Office, reference: str, schedule: Schedule, officer: Officer) -> Kept | None:
    """Dispose of one request, unless it is held or open again since it was listed."""
    with office.store.writing() as connection:
        stored = requests.get(connection, reference, to_change=True)
        now = _standing(office, connection, stored, schedule)
        if now.standing is not Standing.DUE or stored.request.stage is not Stage.CLOSED:
            return None
        _dispose(office, connection, stored, now, schedule, officer)
        return now


def hold(office: Office, reference: str, *, officer: Officer, reason: str) -> str:
    """Place a legal hold: nothing of the request is erased until it is lifted. Gives the reference.

    Side effect: the hold is recorded for ever. Raises Lacking when one stands, or without a reason.
    """
    _must_be_trusted(officer, "place a legal hold")
    if not reason.strip():
        raise Lacking(what="A legal hold needs a reason.", cure="Say what it is for.")
    return _record(office, reference, officer, placed=True, reason=legible(reason.strip()))


def unhold(office: Office, reference: str, *, officer: Officer, reason: str = "") -> str:
    """Lift a legal hold. Side effect: that is recorded too. Raises Lacking when none stands."""
    _must_be_trusted(officer, "lift a legal hold")
    return _record(office, reference, officer, placed=False, reason=legible(reason.strip()))


def _record(office: Office, reference: str, officer: Officer, *, placed: bool, reason: str) -> str:
    with office.store.writing() as connection:
        stored = requests.get(connection, reference, to_change=True)
        name = stored.request.reference
        standing = holds.current(connection, stored.row_id)
        if placed and standing is not None:
            raise Lacking(what=f"{name} is held already: {standing.reason}.", cure="")
        if not placed and standing is None:
            raise Lacking(what=f"{name} is not held.", cure="There is nothing to lift.")
        holds.keep(connection, stored.row_id, Hold(placed, officer.handle, office.now(), reason))
        return name


def _standing(office: Office, connection: Connection, stored: Stored, schedule: Schedule) -> Kept:
    happened = standing([one.event for one in history.of(connection, stored.row_id)])
    kept = period(stored.request, happened, schedule)
    held = holds.current(connection, stored.row_id)
    reference = stored.request.reference
    if held is not None:
        return Kept(reference, kept, Standing.HELD, held.reason)
    if awaits_commissioner(stored.request, happened):
        return Kept(reference, kept, Standing.COMMISSIONER)
    # The last day of the period is still one on which the words are kept.
    due = kept.until < office.today()
    return Kept(reference, kept, Standing.DUE if due else Standing.KEPT)


def _dispose(
    office: Office,
    connection: Connection,
    stored: Stored,
    kept: Kept,
    schedule: Schedule,
    officer: Officer,
) -> None:
    without = erased(stored.request, keeps_subject=schedule.keeps_subjects)
    saved = requests.save(
        connection, stored, without, timing(office, without, noticed_to=stored.noticed_to)
    )
    why = f"{kept.period.rule} after {kept.period.since.isoformat()}"
    made = Disposal(officer.handle, office.now(), why)
    removals.put(connection, stored.row_id, saved.reference, at=office.wall())
    disposal.erase(connection, stored, made, words_of=words_erased, instead=ERASED)
    # What stands in Slack is drawn over: else the words would be gone everywhere but there.
    if standing := cards.standing(connection, stored.row_id).recipients:
        key = f"{saved.reference}|{saved.version}"
        drawn = cards_of(office, saved, standing, key=key)
        outbox.put(connection, stored.row_id, drawn, at=office.now())


def _must_be_trusted(officer: Officer, what: str) -> None:
    if not (officer.has(Role.DESK) or officer.has(Role.MANAGER)):
        raise Lacking(what=f"Only the FOI desk or a manager may {what}.", cure="Ask one of them.")
