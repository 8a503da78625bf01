"""Exporting, importing and retention at the terminal."""

from __future__ import annotations

import csv
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.terminal import REFERENCE, ROOT, Terminal

MAPPING = str(ROOT / "config" / "import_mapping.toml")
HEADER = "Ref,Date Received,Subject,Team,Owner,Status,Date Closed,Outcome,Requester,Colour\n"
GOOD = "OLD-1,01/06/2020,Roads,Control Room,,Closed,05/06/2020,Refused,Ann Onymous,red\n"
BAD = "OLD-2,31/02/2020,=1+1,,,,,,,\n"


def tracker(folder: Path, *rows: str) -> str:
    path = folder / "tracker.csv"
    path.write_text(HEADER + "".join(rows), "utf-8")
    return str(path)


def test_a_bundle_goes_into_a_zip_or_a_folder(terminal: Terminal, tmp_path: Path) -> None:
    terminal.log()
    packed, folder = tmp_path / "b.zip", tmp_path / "bundle"

    terminal.done("export", REFERENCE, "--to", str(packed))
    terminal.done("export", REFERENCE, "--to", str(folder))

    with zipfile.ZipFile(packed) as opened:
        assert {one: opened.read(one) for one in opened.namelist()} == {
            one.name: one.read_bytes() for one in folder.iterdir()
        }
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "manifest.sha256"],
        cwd=folder,
        check=False,
        capture_output=True,
    )
    assert checked.returncode == 0, checked


def test_exported_and_wiped_everything_comes_back(terminal: Terminal, tmp_path: Path) -> None:
    terminal.log("--applicant-name", "Ann Onymous")
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.done("update", REFERENCE, "Noted.", as_="dana")  # what can be undone stays behind
    path = str(tmp_path / "all.jsonl")
    terminal.done("export", "--all", path, "--with-applicant", as_="dana")
    before = [terminal.done("show", REFERENCE), terminal.done("why", REFERENCE)]
    kept = terminal.kept()
    for one in tmp_path.glob("foi.db*"):
        one.unlink()

    assert terminal.done("import", path, as_="dana").strip() == "1 taken in, 0 rejected."

    assert [terminal.done("show", REFERENCE), terminal.done("why", REFERENCE)] == before
    assert terminal.kept() == kept


def test_a_tracker_is_rehearsed_then_taken_in_and_its_rejects_mended(
    terminal: Terminal, tmp_path: Path
) -> None:
    path, rejects = tracker(tmp_path, GOOD, BAD), tmp_path / "rejects.csv"
    words = ("import", path, "--mapping", MAPPING)

    rehearsed = terminal.typed(*words, "--dry-run", as_="dana")
    assert (rehearsed.status, "1 would be taken in, 1 would be rejected." in rehearsed.out) == (
        1,
        True,
    )
    assert terminal.typed("show", "OLD-1").status == 2

    answer = terminal.typed(*words, "--rejects", str(rejects), as_="dana")
    assert (answer.status, answer.err) == (1, "")
    assert "Nothing is made of these columns: Colour." in answer.out
    assert "Rejected, line 3: “31/02/2020” is not a date" in answer.out
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["Line"], row["Ref"], row["Subject"]) == ("3", "OLD-2", "'=1+1")

    mended = tmp_path / "mended.csv"
    mended.write_bytes(rejects.read_bytes().replace(b"31/02", b"29/02"))
    terminal.done("import", str(mended), "--mapping", MAPPING, as_="dana")
    assert terminal.typed("show", "OLD-2", "--json").json["request"]["subject"] == "=1+1"


def test_a_long_list_of_rejects_is_told_in_part(terminal: Terminal, tmp_path: Path) -> None:
    path = tracker(tmp_path, *(BAD.replace("OLD-2", f"X{n}") for n in range(25)))

    answer = terminal.typed("import", path, "--mapping", MAPPING, as_="dana")

    assert answer.out.count("Rejected, line") == 20
    assert "And 5 more rejected rows." in answer.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export",), "Say what to export."),
        (("export", REFERENCE), "Say what to export."),
        (("export", REFERENCE, "--all", "a.csv"), "Say what to export."),
        (("export", REFERENCE, "--to", "b.zip", "--with-applicant"), "Add --as HANDLE."),
        (("export", "--all", "a.csv", "--with-applicant"), "Name a .csv file without"),
        (("export", "--all", "a.xlsx"), "Name a .csv file"),
        (("export", "--all", "nowhere/a.csv"), "nowhere/a.csv"),
        (("export", "NONE", "--to", "b.zip"), "There is no request “NONE”"),
        (("import", "none.jsonl", "--as", "dana"), "none.jsonl"),
        (("import", "none.csv", "--as", "dana"), "Add --mapping"),
        (("import", "none.csv"), "FOI_OFFICER"),
        (("import", "none.csv", "--mapping", "none.toml", "--as", "dana"), "Correct --mapping"),
        (("retention", "--apply"), "FOI_OFFICER"),
        (("retention", "--apply", "--dry-run", "--as", "dana"), "Leave one out"),
        (("retention", "--apply", "--as", "amira"), "Only the FOI desk or a manager"),
        (("hold", REFERENCE, " ", "--as", "dana"), "A legal hold needs a reason"),
        (("hold", REFERENCE, "appeal", "--as", "amira"), "Only the FOI desk or a manager"),
        (("unhold", REFERENCE, "--as", "dana"), "is not held"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_nothing_changes(
    terminal: Terminal, words: tuple[str, ...], told: str
) -> None:
    terminal.log()
    before = terminal.kept()

    answer = terminal.typed(*words)

    assert (answer.status, answer.out) == (2, "")
    assert told in answer.err
    assert terminal.kept() == before


def test_retention_lists_holds_and_only_with_apply_erases(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.done("import", tracker(tmp_path, GOOD), "--mapping", MAPPING, as_="dana")
    terminal.on("Tue 2023-06-06")

    assert "1 of 1 closed requests are due. Nothing was erased." in terminal.done("retention")
    terminal.done("hold", "OLD-1", "appeal", "to", "the", "tribunal", as_="grace")
    assert "held: appeal to the tribunal" in terminal.done("retention", "--dry-run")
    assert "Nothing is due." in terminal.done("retention", "--apply", as_="dana")
    terminal.done("unhold", "OLD-1", as_="grace")
    assert "Ann Onymous" in "\n".join(terminal.kept())

    told = terminal.done("retention", "--apply", as_="dana")

    assert "Words were erased of 1; the figures are kept." in told
    assert "Onymous" not in "\n".join(terminal.kept())
    assert "0 of 0 closed requests are due." in terminal.done("retention")


def test_what_is_still_in_slack_is_told_until_it_is_gone(terminal: Terminal) -> None:
    terminal.log()
    terminal.done("withdraw", REFERENCE, "--reason", "they have it", as_="dana")
    terminal.done("tick")
    posted = len(terminal.recorder.posts)
    terminal.on("Tue 2021-08-10")

    told = terminal.done("retention", "--apply", as_="dana")
    terminal.done("tick")

    assert REFERENCE in told
    assert "on its way" in told
    assert "What people wrote themselves under a card, no app may" in told
    assert [one.key for one in terminal.recorder.posts] == [f"card|{REFERENCE}"]
    assert posted > 1
    assert "Still in Slack" not in terminal.done("retention")


def test_retention_is_told_to_machines(terminal: Terminal, tmp_path: Path) -> None:
    terminal.done("import", tracker(tmp_path, GOOD), "--mapping", MAPPING, as_="dana")

    (one,) = terminal.typed("retention", "--json").json

    assert one["reference"] == "OLD-1"
    assert one["standing"] == "kept"
    assert one["period"] == {
        "since": "2020-06-05",
        "until": "2023-06-05",
        "rule": "refuse: 36 months",
    }
