"""All requests in one file: a row each for a spreadsheet, or everything, to be taken in again."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.request import reading
from workflow.casework.roles import Role
from workflow.law.clock import Responded
from workflow.services.desk_only import whoever_looks
from workflow.services.spreadsheets import harmless
from workflow.services.writing_out import new_file
from workflow.store import bundle, looks, requests
from workflow.store.looks import Look

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer
    from workflow.services.office import Office

COLUMNS = (
    *("Reference", "Regime", "Subject", "Received", "Stage", "Since", "Clock", "Due"),
    *("Originally due", "Working days left", "Working days late", "Ended", "Closed as"),
    *("Answered in time", "Team", "Holder", "Questions", "Hours searched", "Held", "Exemptions"),
    *("Outcome", "Review", "Split from"),
)
LOOKED_FOR = "a complete export"


class Exported(NamedTuple):
    """How many requests went into a file, and whether their applicants did.

    `restricted` are those left out, because whoever exports may not see them.
    """

    requests: int
    with_applicants: bool
    restricted: int = 0


def export_spreadsheet(office: Office, path: Path, *, officer: Officer | None = None) -> Exported:
    """Write one row for every request as CSV that no spreadsheet takes for a formula.

    No applicant is in it. Raises Lacking when the file is there already. An officer of the desk
    exports what is restricted, too; anybody else only what they may see.
    """
    office, number = _as_far_as(office, officer), 0
    with new_file(path) as file, io.TextIOWrapper(file, "utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        with office.store.reading() as connection:
            for request in bundle.pictures(connection):
                number += 1
                writer.writerow([harmless(cell) for cell in _row(office, request)])
            hidden = requests.count_hidden(connection)
    return Exported(number, with_applicants=False, restricted=hidden)


def _as_far_as(office: Office, officer: Officer | None) -> Office:
    """Give the office as far as somebody may export it."""
    return office.whole if officer is not None and officer.has(Role.DESK) else office


def export_everything(
    office: Office, path: Path, *, officer: Officer | None = None, with_applicants: bool = False
) -> Exported:
    """Write all that is kept as JSON Lines, one request a line, for `restore`.

    With the applicants, the look at each is written down first (a side effect); only the desk may.
    Raises Lacking otherwise, and when the file is there already. What is restricted goes along as
    in `export_spreadsheet`.
    """
    office = _as_far_as(office, officer)
    left_out = () if with_applicants else ("applicants",)
    number = 0
    with new_file(path) as file:
        if with_applicants:
            _look(office, officer)
        with office.store.reading() as connection:
            for whole in bundle.everything(connection, leaving_out=left_out):
                number += 1
                file.write(f"{json.dumps(whole)}\n".encode("ascii"))
            hidden = requests.count_hidden(connection)
    return Exported(number, with_applicants, hidden)


def _look(office: Office, officer: Officer | None) -> None:
    officer = whoever_looks(officer, "take applicants' names out")
    with office.store.writing() as connection:
        looks.keep_for_all(connection, Look(officer.handle, office.now(), LOOKED_FOR))


def _row(office: Office, request: InformationRequest) -> Iterator[str]:
    now = reading(request, days=office.days_of(request), on=office.today())
    left = now.left if now.left is not None else 0
    yield from (request.reference, request.regime.value, request.subject)
    yield from (_day(request.received_on), request.stage.value, _day(request.since))
    yield from (now.state.value, _day(now.due), _day(now.original_due))
    yield from (str(left) if left > 0 or now.left == 0 else "", str(-left) if left < 0 else "")
    yield from (_day(now.stopped_on), request.closed_as or "", _in_time(request, left))
    yield from (request.team or "", request.holder or "")
    yield from (str(len(request.questions)), f"{request.hours_searched:g}", request.held or "")
    yield ", ".join(one.section for one in request.exemptions)
    yield from (request.outcome or "", request.review_outcome or "", request.split_from or "")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _in_time(request: InformationRequest, left: int) -> str:
    answered = any(isinstance(one, Responded) for one in request.clock)
    return ("no" if left < 0 else "yes") if answered else ""
