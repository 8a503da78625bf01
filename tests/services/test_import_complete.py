"""A complete export is taken in line by line; what is no request of ours is refused and named."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.services.desk import REFERENCE, Desk
from tests.services.lives import lived, rows
from workflow.casework.errors import Lacking
from workflow.services import export, restoring
from workflow.services.restoring import restore
from workflow.services.verdict import Verdict


@pytest.fixture
def lines(sqlite_desk: Desk, tmp_path: Path) -> list[str]:
    """Give the lines of a complete export of a desk on which requests have lived."""
    lived(sqlite_desk)
    path = tmp_path / "all.jsonl"
    export.export_everything(sqlite_desk.office, path)
    return path.read_text("utf-8").splitlines()


def taken(
    desk: Desk, *lines: str | bytes, handle: str = "dana", dry_run: bool = False
) -> list[Verdict]:
    raw = b"\n".join(one.encode() if isinstance(one, str) else one for one in lines)
    officer = desk.office.roster.officer(handle)
    return list(restore(desk.office, io.BytesIO(raw), officer=officer, dry_run=dry_run))


def renamed(line: str, reference: str) -> str:
    """Give the line of a request that is here under another reference, its messages left out."""
    whole = json.loads(line)
    whole["request"]["reference"] = reference
    whole.pop("outbox", None)
    return json.dumps(whole)


def test_what_is_here_already_is_refused_and_each_is_named(
    sqlite_desk: Desk, lines: list[str]
) -> None:
    before = rows(sqlite_desk)

    verdicts = taken(sqlite_desk, *lines)

    assert [one.reference for one in verdicts] == [REFERENCE, "R2", "R3", "R4", "R4-2", "R5"]
    assert {one.why_not.split(" ", 1)[1] for one in verdicts} == {
        "is here already, and nothing is written over it."
    }
    assert rows(sqlite_desk) == before


def test_one_that_cannot_be_read_keeps_no_other_back(sqlite_desk: Desk, lines: list[str]) -> None:
    verdicts = taken(sqlite_desk, "{", renamed(lines[0], "NEW"), "[]")

    assert [(one.line, one.accepted) for one in verdicts] == [(1, False), (2, True), (3, False)]
    assert sqlite_desk.found("NEW").outcome == "disclose"


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe",
        b"\x00",
        b'{"foi_desk": 1}',
        b'{"foi_desk": 1, "request": {"reference": ["x"]}}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"NaN",
        b'"words"',
        b"PK\x03\x04",
    ],
)
def test_whatever_else_a_line_holds_is_refused_with_a_reason(
    sqlite_desk: Desk, line: bytes
) -> None:
    before = sqlite_desk.dump()

    (one,) = taken(sqlite_desk, line)

    assert one.why_not.endswith(".")
    assert len(one.why_not) < 400
    assert sqlite_desk.dump() == before


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(
    sqlite_desk: Desk, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = renamed(lines[0], "NEW")
    monkeypatch.setattr(restoring, "LONGEST_LINE", len(good) + 10)

    verdicts = taken(sqlite_desk, "x" * (3 * len(good)), good)

    assert [one.accepted for one in verdicts] == [False, True]


def test_a_clock_that_cannot_be_true_is_refused(sqlite_desk: Desk, lines: list[str]) -> None:
    whole = json.loads(renamed(lines[0], "NEW"))
    whole["request"]["clock"].insert(0, {"event": "Responded", "on": "2019-01-01"})

    (one,) = taken(sqlite_desk, json.dumps(whole))

    assert "before the request was received" in one.why_not
    assert [row for row in rows(sqlite_desk)["requests"] if "NEW" in row[0]] == []


def test_a_notice_that_another_request_has_is_refused(sqlite_desk: Desk, lines: list[str]) -> None:
    whole = json.loads(lines[0])
    whole["request"]["reference"] = "NEW"

    (one,) = taken(sqlite_desk, json.dumps(whole))

    assert "the database refuses it" in one.why_not


def test_a_dry_run_says_the_same_and_writes_nothing(sqlite_desk: Desk, lines: list[str]) -> None:
    told = (renamed(lines[0], "NEW"), renamed(lines[1], "NEW"), lines[2], "{")
    before = sqlite_desk.dump()

    rehearsed = taken(sqlite_desk, *told, dry_run=True)

    assert sqlite_desk.dump() == before
    assert taken(sqlite_desk, *told) == rehearsed
    assert [one.accepted for one in rehearsed] == [True, False, False, False]


def test_only_the_desk_puts_requests_back(sqlite_desk: Desk, lines: list[str]) -> None:
    with pytest.raises(Lacking, match="Joel Barker"):
        taken(sqlite_desk, *lines, handle="joel")
