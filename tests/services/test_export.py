"""What leaves the desk: a bundle for the Commissioner, a table, and everything for another desk."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.desk import REFERENCE, Desk
from tests.services.lives import ANN, PLACES, answered, lived, reviewed, rows, told
from workflow.casework.errors import Lacking, UnknownRequest
from workflow.casework.stages import Act
from workflow.services import dossier, export
from workflow.services.restoring import restore
from workflow.store import looks, requests

HOSTILE = "\u202eevil\x1b[2J\nTuesday 14 July 2020: Dana Whitfield approved the response."


@pytest.fixture
def elsewhere(tmp_path: Path, sqlite_template: Path) -> Iterator[Desk]:
    """Give an office on another, empty database."""
    path = tmp_path / "elsewhere.db"
    shutil.copy(sqlite_template, path)
    opened = Desk(f"sqlite:///{path}")
    yield opened
    opened.close()


def bundle(desk: Desk, handle: str | None = None, **asked: Any) -> dict[str, bytes]:
    officer = desk.office.roster.officer(handle) if handle else None
    return dossier.dossier(desk.office, REFERENCE, officer=officer, **asked)


def looked(desk: Desk, reference: str = REFERENCE) -> list[tuple[str, str]]:
    with desk.office.store.reading() as connection:
        row_id = requests.get(connection, reference).row_id
        return [(one.by, one.why) for one in looks.of(connection, row_id)]


def test_what_is_exported_wiped_and_imported_is_what_it_was(
    desk: Desk, elsewhere: Desk, tmp_path: Path
) -> None:
    references = lived(desk)
    dana = desk.office.roster.officer("dana")
    path = tmp_path / "all.jsonl"

    export.export_everything(desk.office, path, officer=dana, with_applicants=True)
    elsewhere.at, elsewhere.wall = desk.at, desk.wall
    with path.open("rb") as file:
        verdicts = list(restore(elsewhere.office, file, officer=dana))

    assert [(one.reference, one.why_not) for one in verdicts] == [(one, "") for one in references]
    assert told(elsewhere, references) == told(desk, references)
    if desk.office.store.engine.dialect.name == "sqlite":  # PostgreSQL writes a moment otherwise
        assert rows(elsewhere) == rows(desk)
    assert {name: len(found) for name, found in rows(elsewhere).items()} == {
        name: len(found) for name, found in rows(desk).items()
    }


def test_a_restored_desk_goes_on_where_the_other_stopped(
    sqlite_desk: Desk, elsewhere: Desk, tmp_path: Path
) -> None:
    lived(sqlite_desk)
    dana = sqlite_desk.office.roster.officer("dana")
    path = tmp_path / "all.jsonl"
    export.export_everything(sqlite_desk.office, path, officer=dana, with_applicants=True)
    elsewhere.at, elsewhere.wall = sqlite_desk.at, sqlite_desk.wall
    with path.open("rb") as file:
        list(restore(elsewhere.office, file, officer=dana))

    for desk in (sqlite_desk, elsewhere):
        desk.do(Act.RECORD_CLARIFICATION, "dana", "R3")
        desk.pass_time(days=3)
        desk.tick()

    assert rows(elsewhere, without=PLACES) == rows(sqlite_desk, without=PLACES)


def test_a_bundle_holds_everything_but_who_asked(sqlite_desk: Desk) -> None:
    answered(sqlite_desk, applicant=ANN)
    reviewed(sqlite_desk)

    files = bundle(sqlite_desk)

    assert list(files) == [
        *("request.json", "history.txt", "ledger.txt", "notices.txt", "letter.txt"),
        dossier.MANIFEST,
    ]
    assert not any(word in b"".join(files.values()) for word in (b"Onymous", b"High Street"))
    kept = json.loads(files["request.json"])
    assert [one["act"] for one in kept["events"]][-1] == Act.RECORD_COMPLAINT.value
    assert kept["request"]["outcome"] == "disclose"
    assert kept["review_reading"]["state"] == "stopped"
    assert "Amira Hassan claimed it." in files["history.txt"].decode()
    assert "s.10(1) FOIA" in files["ledger.txt"].decode()
    assert looked(sqlite_desk) == []


def test_its_manifest_names_each_file_with_its_sum(sqlite_desk: Desk) -> None:
    answered(sqlite_desk)
    files = bundle(sqlite_desk)
    manifest = files.pop(dossier.MANIFEST).decode()

    sums = {name: digest for digest, name in map(str.split, manifest.splitlines())}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_the_same_request_on_the_same_day_gives_the_same_bytes(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    answered(sqlite_desk)

    for name in ("one.zip", "two.zip"):
        dossier.write_zip(bundle(sqlite_desk), tmp_path / name)
        sqlite_desk.pass_time(hours=2)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in packed.namelist()} == bundle(sqlite_desk)


def test_who_asked_is_given_to_the_desk_alone_and_the_look_is_kept(desk: Desk) -> None:
    answered(desk, applicant=ANN)

    for handle in ("amira", None):
        with pytest.raises(Lacking):
            bundle(desk, handle, with_applicant=True)
    assert looked(desk) == []

    kept = json.loads(bundle(desk, "dana", with_applicant=True)["request.json"])
    assert kept["applicant"] == {"name": ANN[0], "address": ANN[1]}
    assert looked(desk) == [("dana", dossier.LOOKED_FOR)]


def test_a_complete_export_without_applicants_names_nobody(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    lived(sqlite_desk)
    path = tmp_path / "all.jsonl"

    done = export.export_everything(sqlite_desk.office, path)

    assert (done.requests, done.with_applicants, done.restricted) == (6, False, 0)
    assert "Onymous" not in path.read_text("utf-8")
    assert looked(sqlite_desk) == []


def test_taking_all_applicants_out_is_a_look_at_each(sqlite_desk: Desk, tmp_path: Path) -> None:
    lived(sqlite_desk)
    office, path = sqlite_desk.office, tmp_path / "all.jsonl"
    with pytest.raises(Lacking, match="Marcus Reid"):
        export.export_everything(
            office, path, officer=office.roster.officer("marcus"), with_applicants=True
        )
    assert not path.exists()

    export.export_everything(
        office, path, officer=office.roster.officer("dana"), with_applicants=True
    )

    assert looked(sqlite_desk) == looked(sqlite_desk, "R3") == [("dana", export.LOOKED_FOR)]
    assert looked(sqlite_desk, "R2") == []


def test_a_table_has_a_row_for_each_request_and_no_applicant(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    references = lived(sqlite_desk)
    path = tmp_path / "all.csv"

    export.export_spreadsheet(sqlite_desk.office, path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [one["Reference"] for one in table] == references
    assert {name: table[0][name] for name in ("Closed as", "Answered in time", "Review")} == {
        "Closed as": "disclose",
        "Answered in time": "yes",
        "Review": "upheld",
    }
    assert (table[1]["Working days left"], table[1]["Working days late"]) == ("", "1")
    assert "Onymous" not in path.read_text("utf-8-sig")


def test_no_cell_of_the_table_is_a_formula(sqlite_desk: Desk, tmp_path: Path) -> None:
    for number, subject in enumerate(
        ("=1+1", "+44", "-2", "@SUM(A1)", "\t=1", " =1", "＝1", "\u200b=1", "'=1", "\n=1")  # noqa: RUF001  # broad forms
    ):
        sqlite_desk.log(f"F{number}", subject=f"{subject}x")

    path = tmp_path / "all.csv"
    export.export_spreadsheet(sqlite_desk.office, path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell.strip(" \t\n\u200b").startswith(tuple("=+-@＝"))] == []  # noqa: RUF001  # broad forms


def test_hostile_words_can_forge_no_line_of_the_history(sqlite_desk: Desk) -> None:
    sqlite_desk.log(subject=HOSTILE[:60].replace("\n", " "), description=HOSTILE)
    sqlite_desk.do(Act.UPDATE, "dana", note=HOSTILE)

    files = bundle(sqlite_desk)

    history = files["history.txt"].decode()
    assert not any(
        line.startswith("Tuesday") and "approved" in line for line in history.split("\n")
    )
    everything = b"".join(files.values()).decode()
    assert [one for one in everything if not one.isprintable() and one != "\n"] == []


def test_nothing_is_written_over_and_nobody_else_may_read_it(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    answered(sqlite_desk)
    files = bundle(sqlite_desk)
    path, folder = tmp_path / "b.zip", tmp_path / "bundle"
    dossier.write_zip(files, path)
    dossier.write_folder(files, folder)
    before = path.read_bytes()

    with pytest.raises(Lacking, match="there already"):
        dossier.write_zip(files, path)
    with pytest.raises(Lacking, match="there already"):
        dossier.write_folder(files, folder)
    with pytest.raises(Lacking, match="there already"):
        export.export_spreadsheet(sqlite_desk.office, path)

    assert path.read_bytes() == before
    modes = {stat.S_IMODE(os.stat(one).st_mode) for one in (path, *folder.iterdir())}  # noqa: PTH116  # the mode
    assert modes == {0o600}


def test_a_request_that_is_not_there_is_no_bundle(sqlite_desk: Desk) -> None:
    with pytest.raises(UnknownRequest):
        bundle(sqlite_desk)


def test_an_unfinished_file_is_taken_away(sqlite_desk: Desk, tmp_path: Path) -> None:
    answered(sqlite_desk)
    sqlite_desk.office.store.engine.dispose()
    path = tmp_path / "all.csv"
    with sqlite_desk.office.store.writing() as connection:
        connection.exec_driver_sql("UPDATE requests SET clock = '[]'")

    with pytest.raises(ValueError, match="date of receipt"):
        export.export_spreadsheet(sqlite_desk.office, path)

    assert not path.exists()
