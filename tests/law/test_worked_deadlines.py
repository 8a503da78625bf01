"""Thirty worked deadlines from public sources, through the batch as anybody would run it.

Where a source's own answer differs, `its_source_says` keeps it: each of those used a calendar of
England and Wales, or one that lacked the next year's bank holidays (s.10(6) looks at any part of
the United Kingdom).
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from workflow.bank_holidays import load
from workflow.services.due import batch

WORKED = Path(__file__).with_name("worked_deadlines.jsonl").read_text(encoding="utf-8").splitlines()
CALENDARS = load()


@pytest.mark.parametrize("line", WORKED, ids=lambda line: json.loads(line)["id"])
def test_a_worked_deadline_comes_out_as_worked(line: str) -> None:
    worked = json.loads(line)

    (told,) = map(json.loads, batch([line], CALENDARS))

    assert (told["id"], told["date"]) == (worked["id"], worked["expected"])


def test_there_are_thirty_and_each_names_its_source() -> None:
    worked = [json.loads(line) for line in WORKED]

    assert len({row["id"] for row in worked}) == 30
    assert all(row["source"] for row in worked)


def test_where_a_source_differs_it_is_always_early() -> None:
    """A date too early costs an authority working time; one too late breaks the law."""
    differing = [row for row in map(json.loads, WORKED) if "its_source_says" in row]

    assert len(differing) == 6
    for row in differing:
        assert date.fromisoformat(row["its_source_says"]) < date.fromisoformat(row["expected"])
