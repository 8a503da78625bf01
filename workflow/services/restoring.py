"""Taking in a complete export: each request as it was, its history with its original moments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from workflow.casework.request import current_reading
from workflow.law.clock import ImpossibleHistory
from workflow.law.reviews import NoSuchDate
from workflow.law.working_days import CalendarTooShort
from workflow.services.desk_only import must_be_desk
from workflow.services.verdict import Verdict
from workflow.store import bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.casework.roles import Officer
    from workflow.services.office import Office

LONGEST_LINE = 64 << 20  # bytes: a request with its whole history is far below that
_REJECTED = (
    *(bundle.Unreadable, bundle.AlreadyHere),
    *(ImpossibleHistory, NoSuchDate, CalendarTooShort),
)


def restore(
    office: Office, file: BinaryIO, *, officer: Officer, dry_run: bool = False
) -> Iterator[Verdict]:
    """Put back every request of a complete export, and say of each line what became of it.

    Side effects, one transaction a request: the request with all that was kept of it. What is here
    already is refused and named. A dry run takes each back again. Raises Lacking unless the officer
    is of the desk.
    """
    must_be_desk(officer, "put requests back")
    seen: set[str] = set()
    for number, raw in enumerate(_lines(file), 1):
        reference = ""
        try:
            whole = _read(raw)
            reference = _reference(whole)
            _put_back(office, whole, dry_run=dry_run, seen=seen)
        except _REJECTED as error:
            yield Verdict(number, reference, str(error))
        else:
            yield Verdict(number, reference)


def _put_back(office: Office, whole: bundle.Plain, *, dry_run: bool, seen: set[str]) -> None:
    with office.store.writing() as connection:
        attempt = connection.begin_nested()
        request = bundle.put_back(connection, whole)
        current_reading(request, days=office.days_of(request), on=office.today())
        if request.reference in seen:
            raise bundle.AlreadyHere(reference=request.reference)
        seen.add(request.reference)
        if dry_run:
            attempt.rollback()


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Give the lines that are not empty. One that is too long is cut, and so refused."""
    while raw := file.readline(LONGEST_LINE):
        cut = not raw.endswith(b"\n") and len(raw) == LONGEST_LINE
        while cut and (rest := file.readline(LONGEST_LINE)):
            cut = not rest.endswith(b"\n")
        if raw.strip():
            yield raw


def _read(raw: bytes) -> bundle.Plain:
    try:
        whole = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise bundle.Unreadable(where="the line", why=f"it is not JSON ({error}).") from None
    if not isinstance(whole, dict):
        raise bundle.Unreadable(where="the line", why="it holds no request.")
    return whole


def _reference(whole: bundle.Plain) -> str:
    request = whole.get("request")
    found = request.get("reference") if isinstance(request, dict) else None
    return found[:80] if isinstance(found, str) else ""


def _no_number(written: str) -> NoReturn:
    raise ValueError(f"{written} is no number")
