"""`foi due`: the date first, then how; a file or a spreadsheet; and one sentence for nonsense."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, Terminal

WORKED = ROOT / "tests" / "law" / "worked_deadlines.jsonl"


def foi_due(*words: str, typed_in: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "workflow.cli.due", *words],
        input=typed_in,
        capture_output=True,
        cwd=ROOT,
        check=False,
    )


# --- one request ---


def test_the_date_comes_first_and_then_how(terminal: Terminal) -> None:
    lines = terminal.done("due", "2020-07-14").splitlines()

    assert lines[:5] == [
        "Wednesday 12 August 2020",
        "",
        "Tuesday 14 July 2020: Request received (s.10(1) FOIA); this is day 0 of 20 working days.",
        "The last day for an answer is Wednesday 12 August 2020.",
        "Not a working day: Monday 3 August 2020 (Summer bank holiday, Scotland).",
    ]
    assert lines[5] == "Due Wednesday 12 August 2020; 20 working days left."
    assert lines[6].startswith("Freedom of Information Act 2000. Calendar: holidays ")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (
            ("2026-03-02", "--fees-notice", "2026-03-05", "--fee", "2026-03-20"),
            "Friday 17 April 2026",
        ),
        (("2026-03-02", "--fees-notice", "2026-03-05"), "No date: suspended"),
        (
            ("2026-03-02", "--fees-notice", "2026-03-05", "--ask", "pay_fee_by"),
            "Thursday 4 June 2026",
        ),
        (("2026-03-02", "--clarification-sought", "2026-03-05"), "No date: awaiting clarification"),
        (
            (
                "2026-03-02",
                *("--clarification-sought", "2026-03-05", "--clarification-received", "2026-03-10"),
                *("--clarification-sought", "2026-03-12", "--clarification-received", "2026-03-18"),
            ),
            "Friday 17 April 2026",
        ),
        (("2026-01-12", "--extended", "2026-02-09:20:s.31(1)(a)"), "Monday 9 March 2026"),
        (("2026-01-12", "--extended", "2026-02-09:20d:s.31: harm"), "Monday 9 March 2026"),
        (("2026-01-12", "--extended", "2026-02-09:20:s.41"), "Monday 9 February 2026"),
        (("2026-01-12", "--regime", "eir", "--extended", "2026-02-09"), "Monday 9 March 2026"),
        (
            ("2026-01-30", "--regime", "sar", "--extended", "2026-02-16:2m:complex"),
            "Thursday 30 April 2026",
        ),
        (
            (
                *("2026-03-02", "--regime", "sar", "--identity-requested", "2026-03-03"),
                *("--identity-received", "2026-03-10"),
            ),
            "Friday 10 April 2026",
        ),
        (("2025-10-31", "--regime", "sar", "--nation", "scotland"), "Tuesday 2 December 2025"),
        (("2026-06-30", "--regime", "dpa part 3"), "Monday 3 August 2026"),
        (
            ("2026-02-02", "--limit", "school", "--closed", "2026-02-16..2026-02-20"),
            "Monday 9 March 2026",
        ),
        (
            ("2026-01-12", "--limit", "overseas", "--commissioner-day", "2026-03-20"),
            "Friday 20 March 2026",
        ),
        (("2026-01-10", "--receipt-policy", "next_working_day"), "Monday 9 February 2026"),
        (
            (
                *("2026-01-12", "--responded", "2026-02-02", "--review-requested", "2026-02-16"),
                *("--review-extended", "2026-03-09:20", "--ask", "review_reply_by"),
            ),
            "Thursday 16 April 2026",
        ),
        (
            (
                *("2026-01-12", "--responded", "2026-02-02", "--review-requested", "2026-02-16"),
                *("--review-extended", "2026-03-09", "--ask", "review_reply_by"),
            ),
            "Thursday 16 April 2026",
        ),
        (
            (
                *("2026-01-12", "--responded", "2026-02-02", "--review-requested", "2026-02-16"),
                *("--review-decided", "2026-03-09", "--ask", "complain_to_ico_by"),
            ),
            "Monday 20 April 2026",
        ),
    ],
)
def test_a_history_is_typed_as_options(
    terminal: Terminal, words: tuple[str, ...], first: str
) -> None:
    assert terminal.done("due", *words).splitlines()[0] == first


def test_another_clock_is_told_after_the_requests_own(terminal: Terminal) -> None:
    told = terminal.done(
        "due", "2026-01-12", "--responded", "2026-02-02", "--ask", "request_review_by"
    )

    assert told.splitlines()[-1] == (
        "Last day to ask for a review: Tuesday 31 March 2026, 40 working days after Monday 2 "
        "February 2026, the day of the answer (chapter 5 of the s.45 Code 2018)."
    )


def test_a_note_stands_beside_its_authority(terminal: Terminal) -> None:
    told = terminal.done(
        *("due", "2026-01-12", "--responded", "2026-02-02", "--review-requested", "2026-02-16"),
        *("--review-extended", "2026-03-09:30", "--ask", "review_reply_by"),
    )

    assert told.splitlines()[-1].endswith(
        "(chapter 5 of the s.45 Code 2018; no more than 40 working days in all)."
    )


def test_days_left_are_those_of_the_day_asked_about(terminal: Terminal) -> None:
    told = terminal.done("due", "2026-03-02", "--on", "2026-04-02")

    assert "Due Tuesday 31 March 2026; 2 working days late." in told.splitlines()


def test_while_the_date_is_still_to_come_days_left_are_todays(terminal: Terminal) -> None:
    today = date.today()  # noqa: DTZ011, TID251 (the command reads the person's own day)

    told = json.loads(terminal.done("due", str(today - timedelta(days=2)), "--json"))
    words = terminal.done("due", str(today - timedelta(days=2)))

    assert told["state"] == "running"
    left = int(words.split("; ")[-1].split()[0])
    assert 17 <= left <= 20


def test_the_same_can_be_had_as_json(terminal: Terminal) -> None:
    told = json.loads(terminal.done("due", "2020-07-14", "--json"))

    assert (told["date"], told["state"], len(told["ledger"])) == ("2020-08-12", "running", 1)


def test_the_authoritys_own_proclamations_count(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "bank_holidays.toml").write_text(
        '[[add]]\non = 2026-03-31\nname = "A royal day"\nnations = ["Wales"]\n'
        'source = "London Gazette"\nproclaimed = 2026-03-20\n',
        encoding="utf-8",
    )

    told = terminal.done("due", "2026-03-02", "--config", str(tmp_path)).splitlines()

    assert told[0] == "Wednesday 1 April 2026"
    assert "Not a working day: Tuesday 31 March 2026 (A royal day, Wales)." in told


# --- nonsense ---


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Say when the request was received, as in: foi due 2020-07-14."),
        (("2025-02-29",), "'2025-02-29' is not a day of the calendar: correct the date."),
        (("tomorrow",), "'tomorrow' is not a date: write it as 2020-07-14."),
        (
            ("1899-02-27",),
            (
                "The calendar knows the bank holidays from Saturday 1 January 2005 to Wednesday 31 "
                "December 2036, and this needs Monday 27 February 1899: correct the date, or add "
                "the missing years to the calendar."
            ),
        ),
        (
            ("2026-03-02", "--regime", "martian"),
            "'martian' is not a regime: use one of foia, eir, foisa, sar, dpa part 3.",
        ),
        (
            ("2026-03-02", "--responded", "2026-03-01"),
            (
                "Something happened on Sunday 1 March 2026, before the request was received on "
                "Monday 2 March 2026: correct one of the two dates."
            ),
        ),
        (
            ("2026-03-02", "--fee", "2026-03-05"),
            (
                "A fee was received on Thursday 5 March 2026, but no fees notice was outstanding: "
                "record when the notice was given, or leave this out."
            ),
        ),
        (
            ("2026-03-02", "--extended", "2026-03-05:780000:s.31"),
            (
                "The extension of Thursday 5 March 2026 needs its estimated length: give the "
                "further working days, from 1 to 250."
            ),
        ),
        (
            ("2026-03-02", "--extended", "2026-03-05:long:s.31"),
            "'long' is not a whole number: correct further_working_days.",
        ),
        (
            ("2026-03-02", "--closed", "2026-02-16..2026-02-20"),
            'non_school_days matter to a school only: give "limit": "school".',
        ),
        (
            ("2026-03-02", "--limit", "school", "--closed", "2026-02-16"),
            "'list' is not a span of days: write [from, to].",
        ),
        (
            ("--batch", "no-such-file"),
            (
                "no-such-file: No such file or directory. Correct the path or its permissions, and "
                "try again."
            ),
        ),
    ],
)
def test_nonsense_gets_one_sentence_and_status_2(
    terminal: Terminal, words: tuple[str, ...], sentence: str
) -> None:
    answer = terminal.typed("due", *words)

    assert (answer.status, answer.out, answer.err) == (2, "", f"{sentence}\n")


@pytest.mark.parametrize("more", [("2026-03-02",), ("--batch", "-"), ("--csv", "-")])
def test_a_file_of_proclamations_that_cannot_be_used_is_told(
    terminal: Terminal, tmp_path: Path, more: tuple[str, ...]
) -> None:
    (tmp_path / "bank_holidays.toml").write_text("\nfirst_year = 1\n", encoding="utf-8")

    answer = terminal.typed("due", *more, "--config", str(tmp_path))

    assert (answer.status, answer.out) == (2, "")
    assert answer.err == (
        f"{tmp_path / 'bank_holidays.toml'}, line 2: `first_year` must be a year from 2005 to "
        "2100.\n"
    )


# --- a file of requests ---


def test_thirty_of_thirty_worked_deadlines_come_out_of_the_batch() -> None:
    ended = foi_due("--batch", str(WORKED))

    told = {row["id"]: row["date"] for row in map(json.loads, ended.stdout.splitlines())}
    worked = [json.loads(line) for line in WORKED.read_text(encoding="utf-8").splitlines()]
    assert (ended.returncode, ended.stderr, len(told)) == (0, b"", 30)
    assert told == {row["id"]: row["expected"] for row in worked}


def test_a_bad_line_costs_its_neighbours_nothing_and_the_status_says_so() -> None:
    good = b'{"id": "a", "regime": "foia", "events": [{"event": "received", "on": "2026-01-12"}]}\n'
    huge = b'{"id": "huge", "x": "' + b"x" * 3_000_000 + b'"}\n'

    ended = foi_due("--batch", "-", typed_in=good + b"nonsense\n" + huge + good)

    first, nonsense, long, last = map(json.loads, ended.stdout.splitlines())
    assert first == last
    assert first["date"] == "2026-02-09"
    assert nonsense["line"] == 2
    assert (long["id"], "error" in long) == ("huge", True)
    assert ended.returncode == 1
    assert ended.stderr == b"2 of 4 lines could not be answered; the others were.\n"


def test_a_line_without_end_does_not_take_the_machine_down() -> None:
    """A gigabyte is streamed through a process that may hold a quarter of one."""
    feeder = (
        'import sys; sys.stdout.write(\'{"id": "huge", "x": "\'); chunk = \'x\' * 1_000_000\n'
        "for _ in range(1000): sys.stdout.write(chunk)\n"
    )
    limited = (
        "import resource, runpy, sys; quarter = 256 * 1024 * 1024\n"
        "resource.setrlimit(resource.RLIMIT_AS, (quarter, quarter))\n"
        "sys.argv = ['foi', '--batch', '-']\n"
        "runpy.run_module('workflow.cli.due', run_name='__main__')"
    )
    with (
        subprocess.Popen([sys.executable, "-c", feeder], stdout=subprocess.PIPE) as feeding,
        subprocess.Popen(
            [sys.executable, "-c", limited],
            stdin=feeding.stdout,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        ) as reading,
    ):
        out, err = reading.communicate(timeout=100)

    assert json.loads(out)["id"] == "huge"
    assert err == b"1 of 1 lines could not be answered; the others were.\n"
    assert reading.returncode == 1


# --- a spreadsheet ---


def test_a_spreadsheet_gets_a_column_of_due_dates(terminal: Terminal, tmp_path: Path) -> None:
    sheet = tmp_path / "requests.csv"
    sheet.write_text('Ref,Date in,Subject\n1,12/01/2026,"Bodycams, Leeds"\n', encoding="utf-8")

    told = terminal.done("due", "--csv", str(sheet), "--column", "date in")

    assert told == (
        'Ref,Date in,Subject,Due date,Due date note\n1,12/01/2026,"Bodycams, Leeds",2026-02-09,\n'
    )


def test_a_spreadsheets_bad_row_is_told_in_its_place() -> None:
    ended = foi_due(
        *("--csv", "-", "--regime", "eir"),
        typed_in=b"\xef\xbb\xbfReceived,Who\r\n31/02/2026,Zo\xeb\r\n12/01/2026,Zo\xeb\r\n",
    )

    assert ended.stdout == (
        b"Received,Who,Due date,Due date note\n"
        b"31/02/2026,Zo\xeb,,'31/02/2026' is not a date: write it as 14/07/2020.\n"
        b"12/01/2026,Zo\xeb,2026-02-09,\n"
    )
    assert ended.returncode == 1
    assert ended.stderr == b"1 of 2 rows could not be answered; the others were.\n"


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        (b"Ref,Date\n1,2\n", b"There is no column 'Received': the first row has 'Ref', 'Date'.\n"),
        (b"", b"There is no column 'Received': the first row has none.\n"),
        (
            b"Received\n" + b"x" * 200_000 + b"\n",
            (
                b"The spreadsheet cannot be read after row 1: field larger than field limit "
                b"(131072). Save it as CSV.\n"
            ),
        ),
    ],
)
def test_a_file_that_is_no_such_spreadsheet_is_refused(sheet: bytes, sentence: bytes) -> None:
    ended = foi_due("--csv", "-", typed_in=sheet)

    assert (ended.returncode, ended.stderr) == (2, sentence)


def test_it_starts_without_a_database_and_without_the_rest_of_the_house() -> None:
    script = (
        "import sys; from workflow.cli.due_answers import answer_one; "
        "heavy = {'sqlalchemy', 'sqlmodel', 'slack_sdk', 'slack_bolt', 'pydantic', 'jinja2'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=True, text=True
    )

    assert ended.stdout == "[]\n"
