"""Figures by the terminal: report, publish and simulate, as they are typed and as they answer."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.terminal import REFERENCE, Terminal


@pytest.fixture
def answered(terminal: Terminal) -> Terminal:
    """Give a desk on which the request of the examples was answered in part, a day late."""
    terminal.log("--applicant-name", "Jane Doe", "--applicant-address", "jane@example.org")
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.done("claim", REFERENCE, as_="amira")
    terminal.done("search", REFERENCE, "2", "found", "the log of calls", as_="amira")
    terminal.done("return", REFERENCE, "held", as_="amira")
    terminal.done("exempt", REFERENCE, "s.31(1)(a)", "it would help crime", as_="dana")
    terminal.done("harm", REFERENCE, "s.31(1)(a)", "would", "burglaries", as_="dana")
    interest = "It is spent. | It is used. | Homes weigh more."
    terminal.done("interest", REFERENCE, "s.31(1)(a)", interest, as_="dana")
    terminal.done("answer", REFERENCE, "1", "disclosed", "all but one paragraph", as_="dana")
    withheld = ("withheld", "s.31(1)(a)", "one paragraph")
    terminal.done("answer", REFERENCE, "1", *withheld, as_="dana")
    terminal.done("decide", REFERENCE, "part", "less one paragraph", as_="dana")
    terminal.on("Thu 2020-08-13")
    terminal.done("approve", REFERENCE, as_="grace")
    terminal.done("issue", REFERENCE, "--why-late", "two were ill", as_="dana")
    return terminal


def values(terminal: Terminal, table: str, *words: str) -> dict[str, list[object]]:
    told = terminal.typed("report", "--json", *words).json
    (found,) = [one for one in told["tables"] if one["key"] == table]
    return {row["key"]: row["values"] for row in found["rows"]}


def test_a_quarter_is_reported(answered: Terminal) -> None:
    told = answered.done("report", "--quarter", "2020-Q3")

    assert told.startswith(
        "Midshire Police: requests received, July to September 2020 (2020-Q3)\n"
        "As they stood at the end of Thursday 13 August 2020.\n"
    )
    assert values(answered, "code", "--quarter", "2020-Q3")["late"] == [1]
    assert values(answered, "code", "--quarter", "2020-Q2")["received"] == [0]
    assert values(answered, "late")[REFERENCE][:3] == ["answered late", "2020-08-12", 1]


def test_the_monitoring_day_is_kept_to(answered: Terminal) -> None:
    before = values(answered, "cabinet_office", "--as-at", "2020-08-12")

    assert (before["open_in_time"], before["late"]) == ([1], [0])


def test_for_the_public_small_numbers_are_withheld(answered: Terminal) -> None:
    assert values(answered, "code", "--publish")["received"] == ["<5"]
    assert REFERENCE not in answered.done("report", "--publish")


def test_page_and_spreadsheet_are_written(answered: Terminal, tmp_path: Path) -> None:
    page, sheet = tmp_path / "figures.html", tmp_path / "figures.csv"

    told = answered.done("report", "--html", str(page), "--csv", str(sheet))

    assert told == f"Wrote {page}.\nWrote {sheet}.\n"
    assert page.read_text(encoding="utf-8").startswith('<!doctype html><html lang="en-GB">')
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = {(row["table"], row["row"]): row["value"] for row in csv.DictReader(file)}
    assert rows["code", "part"] == "1"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--quarter", "2020-Q7"), "2020-Q3"),
        (("--quarter", "2020-Q3", "--to", "2020-07-31"), "one of the two"),
        (("--from", "14/07/2020"), "2020-07-31"),
        (("--from", "2020-07-14", "--to", "2020-07-13"), "must not end before it begins"),
        (("--as-at", "2020-08-14"), "lies ahead"),
        (("--from", "2020-09-01"), "must not end before it begins"),
    ],
)
def test_what_is_no_period_is_refused_in_a_sentence(
    answered: Terminal, words: tuple[str, ...], why: str
) -> None:
    answer = answered.typed("report", *words)

    assert (answer.status, answer.out) == (2, "")
    assert why in answer.err


def test_the_disclosure_log_never_tells_who_asked(answered: Terminal, tmp_path: Path) -> None:
    sheet, page = tmp_path / "log.csv", tmp_path / "log.html"

    answered.done("publish", str(sheet))
    answered.done("publish", str(page), "--letters")

    both = sheet.read_text(encoding="utf-8") + page.read_text(encoding="utf-8")
    assert '2020-08-13,Emergency calls in 2019,"Some information given, some withheld"' in both
    assert "Jane" not in both
    assert "example.org" not in both


def test_what_is_masked_is_told(terminal: Terminal, tmp_path: Path) -> None:
    terminal.log("--applicant-name", "Jane Doe", "--applicant-address", "jane@example.org")
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.done("claim", REFERENCE, as_="amira")
    terminal.done("search", REFERENCE, "2", "found", "the log of calls", as_="amira")
    terminal.done("return", REFERENCE, "held", as_="amira")
    words = "Dear Jane Doe, ring 0116 222 2222."
    terminal.done("decide", REFERENCE, "disclose", words, as_="dana")
    terminal.done("approve", REFERENCE, as_="grace")
    terminal.done("issue", REFERENCE, as_="dana")

    told = terminal.done("publish", str(tmp_path / "log.html"), "--letters")

    assert f"Masked in {REFERENCE}: the applicant's name in the letter." in told
    assert f"Masked in {REFERENCE}: a telephone number in the letter." in told


def test_a_dry_run_shows_and_writes_nothing(answered: Terminal, tmp_path: Path) -> None:
    told = answered.done("publish", str(tmp_path / "log.csv"), "--dry-run")

    assert "Emergency calls in 2019" in told
    assert not (tmp_path / "log.csv").exists()


def test_only_what_was_answered_in_the_time_is_in_the_log(answered: Terminal) -> None:
    within = answered.done("publish", "log.csv", "--dry-run", "--from", "2020-08-13")
    before = answered.done("publish", "log.csv", "--dry-run", "--to", "2020-08-12")

    assert REFERENCE in within
    assert REFERENCE not in before


def test_a_log_of_another_kind_is_refused(answered: Terminal) -> None:
    answer = answered.typed("publish", "log.pdf")

    assert (answer.status, answer.err) == (
        2,
        "log.pdf ends in neither .csv nor .html. Name it so.\n",
    )


@pytest.mark.slow
def test_a_simulation_compares_with_an_absence_and_keeps_off_the_desk(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    del capsys
    answer = terminal.typed(
        *("simulate", "--requests-per-year", "30", "--seed", "3", "--absent", "2:2026-08", "--json")
    )

    told = json.loads(answer.out)
    assert [one["label"] for one in told] == ["as planned", "with the absence"]
    assert [one["broken"] for one in told] == [0, 0]
    assert told[0]["from"] == "2026-01-01"
    assert told[0]["figures"]["Requests received"] == told[1]["figures"]["Requests received"] > 15
    assert "as planned: January 2026: " in answer.err
    assert not terminal.database.exists()


def test_an_absence_that_cannot_be_read_is_refused(terminal: Terminal) -> None:
    answer = terminal.typed("simulate", "--absent", "August")

    assert answer.status == 2
    assert "Write people and month, 2:2026-08" in answer.err
