"""Taking in a spreadsheet tracker: each row judged by itself, those that hold written down.

A closed request makes no noise: nobody is told of what was over long ago. An open one gets its
card, and its reminders from now on. A row whose reference is here already is refused, so that the
same file can be taken in again after its rejects were mended.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking, Refusal
from workflow.law.clock import ImpossibleHistory
from workflow.law.working_days import CalendarTooShort
from workflow.services.desk_only import must_be_desk
from workflow.services.office import cards_of, timing
from workflow.services.tracker_events import Taken, taken
from workflow.services.tracker_mapping import found_columns
from workflow.services.tracker_row import read_row
from workflow.services.verdict import Verdict
from workflow.store import bundle, history, outbox, requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workflow.casework.roles import Officer
    from workflow.services.office import Office
    from workflow.services.spreadsheets import Line, Sheet
    from workflow.services.tracker_mapping import TrackerMapping
    from workflow.store.unit_of_work import Connection

BATCH = 100  # rows in one transaction: a row that does not hold never gets as far as that
REJECTED = (Refusal, ImpossibleHistory, CalendarTooShort)


def take_in(
    office: Office,
    sheet: Sheet,
    mapping: TrackerMapping,
    *,
    officer: Officer,
    name: str,
    dry_run: bool = False,
) -> Iterator[Verdict]:
    """Take in a tracker, row by row, and say of each what became of it.

    Side effects, a hundred rows to a transaction: the requests, their applicants, their history,
    and the cards of those that are open. A dry run has none. Raises Lacking unless the officer is
    of the desk and the columns that must be there are.
    """
    must_be_desk(officer, "take requests in")
    places = found_columns(sheet.header, mapping).places
    seen: set[str] = set()
    while lines := list(islice(sheet.lines, BATCH)):
        judged = [_judged(office, one, mapping, places, officer, name) for one in lines]
        at_work = office.store.reading() if dry_run else office.store.writing()
        with at_work as connection:
            here = bundle.taken(connection, [one.request.reference for _, one, _ in judged if one])
            verdicts = [
                _settled(office, None if dry_run else connection, one, seen, here) for one in judged
            ]
        yield from verdicts


_Judged = tuple["Line", "Taken | None", str]


def _judged(
    office: Office,
    line: Line,
    mapping: TrackerMapping,
    places: Mapping[str, int],
    officer: Officer,
    name: str,
) -> _Judged:
    """Tell a row as a request, or say why it cannot be one. Nothing is written."""
    if line.trouble:
        return line, None, line.trouble
    cells = {field: line.cells[place] for field, place in places.items() if place < len(line.cells)}
    try:
        row = read_row(cells, mapping, f"{name}, line {line.number}", on=office.today())
        return line, taken(office, row, officer=officer), ""
    except REJECTED as error:
        return line, None, str(error)


def _settled(
    office: Office, connection: Connection | None, judged: _Judged, seen: set[str], here: set[str]
) -> Verdict:
    """Write a request down, unless its reference was met before; without a connection, only say."""
    line, one, why = judged
    if one is None:
        return Verdict(line.number, "", why, (), line.cells)
    reference = one.request.reference
    if reference in here:
        why = str(bundle.AlreadyHere(reference=reference))
    elif reference in seen:
        why = f"{reference} stands in the file twice; the first was taken."
    elif connection is not None:
        why = _write(office, connection, one)
    seen.add(reference)
    return Verdict(line.number, reference, why, one.remarks, line.cells)


def _write(office: Office, connection: Connection, one: Taken) -> str:
    """Keep a request with its history, and put its card in the outbox while it is open."""
    now, request = office.now(), one.request
    kept = timing(office, request, noticed_to=now)
    try:
        row_id = requests.add(connection, request, kept, applicant=one.applicant)
    except Lacking as error:  # somebody logged it meanwhile
        return str(error)
    for version, event in enumerate(one.events):
        history.append(connection, row_id, event, version=version, at=now)
    if request.is_open:
        drawn = cards_of(office, request, (), key=f"{request.reference}|{request.version}")
        outbox.put(connection, row_id, drawn, at=now)
    return ""
