"""The bank holidays by the terminal: shown, compared with gov.uk's list, and a new one added."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import REFERENCE, ROOT, Terminal
from workflow.bank_holidays import load

DIVISIONS = {
    "england-and-wales": "England",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    monkeypatch.setenv("FOI_CONFIG_DIR", str(copied))
    return copied


def govuk(years: range) -> dict[str, Any]:
    """Write our own days as gov.uk writes its list: weekdays, by division."""
    return {
        division: {
            "division": division,
            "events": [
                {"title": one.name, "date": one.on.isoformat(), "notes": "", "bunting": True}
                for one in load(ROOT / "config").holidays
                if nation in one.nations and one.on.year in years and one.on.isoweekday() < 6
            ],
        }
        for division, nation in DIVISIONS.items()
    }


def test_a_year_is_shown_with_the_nations_of_each_day(terminal: Terminal) -> None:
    shown = terminal.done("calendar", "show", "2020")

    assert "Monday 3 August 2020: Summer bank holiday, Scotland" in shown
    assert "Friday 8 May 2020: " in shown
    assert "Monday 4 May 2020" not in shown


def test_a_year_that_nobody_knows_is_refused_in_a_sentence(terminal: Terminal) -> None:
    answer = terminal.typed("calendar", "show", "1899")

    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "The calendar does not know the year 1899. It knows 2005 to 2036.\n"


def test_a_list_of_govuk_that_agrees_is_said_to_agree(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps(govuk(range(2019, 2029))))

    assert terminal.done("calendar", "check", str(tmp_path / "list.json")) == (
        "The calendar and the file agree.\n"
    )


def test_each_difference_from_govuk_is_named(terminal: Terminal, tmp_path: Path) -> None:
    theirs = govuk(range(2026, 2027))
    scotland = theirs["scotland"]["events"]
    scotland[:] = [one for one in scotland if one["date"] != "2026-06-15"]
    theirs["northern-ireland"]["events"].append({"title": "A new day", "date": "2026-06-16"})
    (tmp_path / "list.json").write_text(json.dumps(theirs))

    answer = terminal.typed("calendar", "check", str(tmp_path / "list.json"))

    assert answer.status == 1
    assert answer.out.splitlines() == [
        "2026-06-16 in Northern Ireland: gov.uk has “A new day”, the calendar does not.",
        (
            "2026-06-15 in Scotland: the calendar has “Scotland's participation in the FIFA World "
            "Cup final”, gov.uk does not."
        ),
    ]


def test_a_file_of_another_form_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[1, 2]")

    answer = terminal.typed("calendar", "check", str(tmp_path / "list.json"))

    assert answer.status == 2
    assert "is not gov.uk's list of bank holidays" in answer.err


ADDED = ("calendar", "add", "2020-07-20", "A day of thanks", "Scotland", "Edinburgh Gazette")


def test_a_proclamation_moves_open_requests_and_says_which(
    terminal: Terminal, config: Path
) -> None:
    terminal.log()

    would = terminal.done(*ADDED, "--dry-run")
    kept = (config / "bank_holidays.toml").read_text()
    moved = terminal.done(*ADDED)

    line = f"{REFERENCE}: Wednesday 12 August 2020 → Thursday 13 August 2020"
    assert would.splitlines() == ["1 open requests would move.", line]
    assert moved.splitlines() == ["1 open requests moved.", line]
    assert "A day of thanks" not in kept
    assert terminal.done("calendar", "show", "2020").count("A day of thanks") == 1
    assert "Thursday 13 August 2020" in terminal.done("why", REFERENCE)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("2020-07-18", "Saturday", "UK", "Gazette"), "is no working day anyway"),
        (("2020-07-20", "A day", "Atlantis", "Gazette"), "Atlantis is not a nation"),
        (("soon", "A day", "UK", "Gazette"), "is not a day"),
    ],
)
def test_what_cannot_be_a_bank_holiday_is_refused_and_nothing_is_written(
    terminal: Terminal, config: Path, words: tuple[str, ...], wrong: str
) -> None:
    before = (config / "bank_holidays.toml").read_text()

    answer = terminal.typed("calendar", "add", *words)

    assert answer.status == 2
    assert wrong in answer.err
    assert (config / "bank_holidays.toml").read_text() == before
