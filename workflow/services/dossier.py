"""Everything about a request as one bundle, as the Commissioner asks for it (s.51 FOIA).

The same request on the same day gives the same bytes, so that two copies can be held together. The
manifest is what `sha256sum --check` reads.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
import zipfile
from typing import TYPE_CHECKING, Any

from workflow.casework.errors import Lacking
from workflow.casework.events import sentence
from workflow.casework.ladder import UK
from workflow.law.clock import explain
from workflow.law.dates import long_date
from workflow.services import lists
from workflow.services.desk_only import must_be_desk, whoever_looks
from workflow.services.writing_out import new_file, new_folder
from workflow.store import applicants, bundle, history, looks, requests
from workflow.store.looks import Look

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer
    from workflow.law.clock import Reading
    from workflow.services.office import Office
    from workflow.store.history import Recorded
    from workflow.store.outbox import Said

MANIFEST = "manifest.sha256"
LOOKED_FOR = "the bundle of a request"
# A ZIP must have a moment for each file, and the moment of packing would change its bytes.
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)
_ABOUT_OTHERS = ("applicants", "looks", "cards", "outbox")


def dossier(
    office: Office, reference: str, *, officer: Officer | None = None, with_applicant: bool = False
) -> dict[str, bytes]:
    """Make the files of the bundle by name: the request, its history, its ledger, what was said.

    With the applicant, the look is written down first (a side effect); only the desk may. Raises
    Lacking otherwise, UnknownRequest.
    """
    with office.store.reading() as connection:
        if requests.get(connection, reference).request.restricted_to:
            _must_export(officer)
    who = _look(office, reference, officer) if with_applicant else None
    with office.store.reading() as connection:
        stored = requests.get(connection, reference)
        whole = bundle.of_one(connection, stored, leaving_out=_ABOUT_OTHERS)
        happened = history.of(connection, stored.row_id)
    request = stored.request
    reading = lists.statutory_reading(office, request)
    review = lists.review_reading(office, request) if request.review_clock else None
    said = lists.said(office, reference=request.reference)
    files = {
        "request.json": _json(_facts(whole, reading, review, who, with_applicant=with_applicant)),
        "history.txt": _text(_history(office, request, happened)),
        "ledger.txt": _text(_ledger(request, reading, review)),
        "notices.txt": _text(_notices(said)),
    }
    if request.letter.strip():
        files["letter.txt"] = _text(shown_plainly(request.letter).split("\n"))
    files[MANIFEST] = _manifest(files)
    return files


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a bundle into a new folder. Raises Lacking when something is there."""
    new_folder(folder)
    for name, content in files.items():
        with new_file(folder / name) as file:
            file.write(content)


def write_zip(files: Mapping[str, bytes], path: Path) -> None:
    """Write a bundle into a new ZIP file. Raises Lacking when it is there.

    Nothing is compressed: what compression comes to differs from machine to machine.
    """
    with new_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, _NO_MOMENT), content)


def shown_plainly(text: str) -> str:
    """Write out by its number whatever a reader would not see: it could make a line read otherwise.

    Line breaks, letters of any script and spaces stay as they are.
    """
    unified = text.replace("\r\n", "\n").replace("\t", "    ")
    return "".join(one if _is_seen(one) else f"\\u{ord(one):04x}" for one in unified)


def _is_seen(one: str) -> bool:
    return one.isprintable() or one == "\n" or unicodedata.category(one) == "Zs"


def _must_export(officer: Officer | None) -> None:
    """Let a restricted request out of the house by the desk alone, and by name."""
    if officer is None:
        raise Lacking(what="This request is restricted.", cure="Add --as HANDLE.")
    must_be_desk(officer, "take a restricted request out")


def _look(office: Office, reference: str, officer: Officer | None) -> applicants.Applicant | None:
    """Read who asked, having written down who looks."""
    officer = whoever_looks(officer, "take an applicant's name out")
    with office.store.writing() as connection:
        row_id = requests.get(connection, reference).row_id
        looks.keep(connection, row_id, Look(officer.handle, office.now(), LOOKED_FOR))
        return applicants.of(connection, row_id)


def _facts(
    whole: bundle.Plain,
    reading: Reading,
    review: Reading | None,
    who: applicants.Applicant | None,
    *,
    with_applicant: bool,
) -> dict[str, Any]:
    told = {"request": whole["request"], "reading": _read_so(reading)}
    if review is not None:
        told["review_reading"] = _read_so(review)
    if with_applicant:
        told["applicant"] = who._asdict() if who else None
    return told | {name: rows for name, rows in whole.items() if name not in ("foi_desk", *told)}


def _read_so(reading: Reading) -> dict[str, Any]:
    days = {"due": reading.due, "original_due": reading.original_due, "ended": reading.stopped_on}
    return {
        "state": reading.state.value,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "working_days_left": reading.left,
        "calendar": reading.calendar_version,
        "ledger": list(explain(reading)),
    }


def _history(office: Office, request: InformationRequest, happened: list[Recorded]) -> list[str]:
    lines = [f"History of {request.reference}: {request.subject}", ""]
    for one in happened:
        told = sentence(one.event, name_of=office.roster.name_of)
        lines.append(f"{long_date(one.event.on)}: {_set_in(told)}")
        if one.at.astimezone(UK).date() != one.event.on:
            lines.append(f"    (written down {_moment(one.at)})")
    return lines


def _ledger(request: InformationRequest, reading: Reading, review: Reading | None) -> list[str]:
    lines = [f"How the due date of {request.reference} was reached", "", *explain(reading)]
    return [*lines, "", "The internal review", "", *explain(review)] if review else lines


def _notices(said: list[Said]) -> list[str]:
    lines = ["What FOI Desk said to officers about this request", ""]
    for one in said:
        when = _moment(one.at) if one.at and one.state == "sent" else one.state
        lines.append(f"{when}, to {one.recipient}, by {one.rule or 'an act'}: {_set_in(one.text)}")
    return lines if said else [*lines, "Nothing."]


def _moment(at: datetime) -> str:
    local = at.astimezone(UK)
    return f"{long_date(local.date())}, {local:%H:%M}"


def _set_in(words: str) -> str:
    """Set the further lines of somebody's words in, so that none can pass for a line of ours."""
    return "\n    ".join(shown_plainly(words).split("\n"))


def _text(lines: list[str]) -> bytes:
    return ("\n".join(shown_plainly(line) for line in lines) + "\n").encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True) + "\n").encode("ascii")


def _manifest(files: Mapping[str, bytes]) -> bytes:
    sums = (f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items())
    return ("\n".join(sums) + "\n").encode("ascii")
