"""A spreadsheet tracker is taken in row by row, honestly: what it says, on its days, no more."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.examples import CONFIG, moment
from tests.services.desk import Desk
from workflow.casework.errors import Lacking
from workflow.casework.stages import Act, Stage
from workflow.law.regime import Regime
from workflow.practice import PracticeError
from workflow.services import lists, spreadsheets, tracker
from workflow.services.tracker_mapping import read_day, read_mapping
from workflow.services.verdict import Verdict
from workflow.store import applicants, requests
from workflow.store import history as kept_history

MAPPING = read_mapping(CONFIG / "import_mapping.toml")
HEADER = "Ref,Date Received,Subject,Team,Owner,Status,Date Closed,Outcome"

FOLLOWS = "what follows is told as it stands there"

TUESDAY, WEDNESDAY = "Tuesday 15 September 2020", "Wednesday 16 September 2020"

TakeIn = Callable[..., list[Verdict]]


@pytest.fixture
def take_in(sqlite_desk: Desk, tmp_path: Path) -> TakeIn:
    """Give what takes rows in, in any encoding, as Dana, in August 2020."""
    sqlite_desk.at = sqlite_desk.wall = moment("Mon 2020-08-24 09:00")
    return taking(sqlite_desk, tmp_path)


def taking(desk: Desk, folder: Path) -> TakeIn:
    def take(
        *rows: str,
        header: str = HEADER,
        encoding: str = "utf-8",
        dry_run: bool = False,
        handle: str = "dana",
    ) -> list[Verdict]:
        path = folder / "tracker.csv"
        path.write_bytes("\r\n".join((header, *rows)).encode(encoding))
        officer = desk.office.roster.officer(handle)
        with spreadsheets.opened(path) as sheet:
            return list(
                tracker.take_in(
                    desk.office, sheet, MAPPING, officer=officer, name=path.name, dry_run=dry_run
                )
            )

    return take


def history(desk: Desk, reference: str) -> list[tuple[str, str]]:
    return [
        (f"{one.on:%a %Y-%m-%d}", one.sentence) for one in lists.history_of(desk.office, reference)
    ]


def why(verdicts: list[Verdict]) -> list[str]:
    return [one.why_not for one in verdicts]


def test_an_answered_row_is_a_closed_request_with_its_dates(
    take_in: TakeIn, sqlite_desk: Desk
) -> None:
    (one,) = take_in("OLD-1,14/07/2020,Dispatch,Control Room,,Closed,05/08/2020,Part disclosure")

    request = sqlite_desk.found("OLD-1")
    assert one == Verdict(2, "OLD-1", "", (), one.cells)
    assert (request.stage, request.outcome, request.closed_as) == (Stage.CLOSED, "part", "part")
    assert (request.since, request.version) == (date(2020, 8, 5), 4)
    now = lists.statutory_reading(sqlite_desk.office, request)
    assert (now.stopped_on, now.due) == (date(2020, 8, 5), date(2020, 8, 12))


def test_its_history_says_on_whose_word_and_makes_nothing_up(
    take_in: TakeIn, sqlite_desk: Desk
) -> None:
    take_in("OLD-1,14/07/2020,Dispatch,Control Room,,Closed,05/08/2020,Part disclosure")

    place = "tracker.csv, line 2"
    assert history(sqlite_desk, "OLD-1") == [
        ("Tue 2020-07-14", "The import logged the request, received Tuesday 14 July 2020."),
        (
            "Mon 2020-08-24",
            f"Dana Whitfield noted: taken over from {place}; {FOLLOWS}.",
        ),
        ("Tue 2020-07-14", "The import allocated it to Control Room."),
        ("Wed 2020-08-05", f"The import decided: disclose in part. As {place} has it."),
        ("Wed 2020-08-05", f"The import issued the response: as {place} has it."),
    ]
    written = {one.at for one in lists.history_of(sqlite_desk.office, "OLD-1")}
    assert written == {sqlite_desk.at}
    assert sqlite_desk.found("OLD-1").approved_by is None


def test_of_what_is_over_nobody_is_told_and_an_open_request_gets_its_cards(
    take_in: TakeIn, sqlite_desk: Desk
) -> None:
    take_in(
        "OLD-1,14/07/2020,Dispatch,Control Room,,Closed,05/08/2020,Refused",
        "OLD-2,17/08/2020,Roads,Control Room,,Open,,",
    )

    cards = ["card|OLD-2|2", "card|OLD-2|2|team:control-room"]  # the desk's and the team's
    assert sqlite_desk.outbox() == [(key, "waiting") for key in cards]
    sqlite_desk.tick()
    assert [key for key, _state in sqlite_desk.outbox()] == cards


def test_an_open_request_is_worked_on_like_any_other(take_in: TakeIn, sqlite_desk: Desk) -> None:
    take_in("OLD-2,17/08/2020,Roads,Control Room,Amira Hassan,In progress,,")

    assert sqlite_desk.found("OLD-2").holder == "amira"
    sqlite_desk.do(Act.LOG_SEARCH, "amira", "OLD-2")
    sqlite_desk.do(Act.RETURN_SEARCHES, "amira", "OLD-2")
    assert sqlite_desk.found("OLD-2").stage is Stage.CONSIDERATION


@pytest.mark.parametrize(
    ("owner", "remark"),
    [
        ("", "It waits to be claimed: the row names no officer."),
        ("Bob", "It waits to be claimed: “Bob” is nobody of teams.toml."),
    ],
)
def test_without_an_officer_of_ours_it_waits_to_be_claimed(
    take_in: TakeIn, sqlite_desk: Desk, owner: str, remark: str
) -> None:
    (one,) = take_in(f"OLD-2,17/08/2020,Roads,Control Room,{owner},In progress,,")

    assert one.remarks == (remark,)
    assert sqlite_desk.found("OLD-2").stage is Stage.RECEIVED


@pytest.mark.parametrize(
    ("ending", "act"), [("Transferred", "transfer"), ("Withdrawn", "withdraw"), ("Lapsed", "lapse")]
)
def test_what_ended_without_an_answer_ends_so(
    take_in: TakeIn, sqlite_desk: Desk, ending: str, act: str
) -> None:
    take_in(f"OLD-1,14/07/2020,Dispatch,,,Closed,05/08/2020,{ending}")

    request = sqlite_desk.found("OLD-1")
    assert (request.closed_as, request.outcome) == (ending.casefold(), None)
    with sqlite_desk.office.store.reading() as connection:
        row_id = requests.get(connection, "OLD-1").row_id
        assert kept_history.of(connection, row_id)[-1].event.act.value == act


def test_the_clock_follows_clarification_fee_and_extension(
    take_in: TakeIn, sqlite_desk: Desk
) -> None:
    header = (
        "Ref,Date Received,Subject,Clarification Sought,Clarification Received,Extended,"
        "Extended By,Extended For,Due Date"
    )
    (one,) = take_in(
        "OLD-1,14/07/2020,Roads,15/07/2020,20/07/2020,21/07/2020,20,s.31(1)(a),15/09/2020",
        header=header,
    )

    now = lists.statutory_reading(sqlite_desk.office, sqlite_desk.found("OLD-1"))
    assert [step.on for step in now.ledger] == [date(2020, 7, day) for day in (14, 15, 20, 21)]
    assert now.due == date(2020, 9, 16)
    assert one.remarks == (f"The row says it was due {TUESDAY}; the law says {WEDNESDAY}.",)


def test_the_applicant_stands_apart(take_in: TakeIn, sqlite_desk: Desk) -> None:
    header = f"{HEADER},Requester,Email"
    take_in("OLD-1,14/07/2020,Roads,,,,,,Ann Onymous,ann@example.org", header=header)

    with sqlite_desk.office.store.reading() as connection:
        row_id = requests.get(connection, "OLD-1").row_id
        assert applicants.of(connection, row_id) == ("Ann Onymous", "ann@example.org")
    assert "Onymous" not in repr(sqlite_desk.found("OLD-1"))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",14/07/2020,Roads,,,,,", "The row has no reference"),
        ("R 1,14/07/2020,Roads,,,,,", "A reference is up to 40 letters"),
        ("R1,,Roads,,,,,", "The row has no received"),
        ("R1,14/07/2020,,,,,,", "A subject of 1 to"),
        ("R1,31/02/2020,Roads,,,,,", "“31/02/2020” is not a date"),
        ("R1,07/14/2020,Roads,,,,,", "“07/14/2020” is not a date"),
        (
            "R1,25/08/2020,Roads,,,,,",
            "“received” is Tuesday 25 August 2020, which is in the future",
        ),
        ("R1,14/07/1995,Roads,,,,,", "1995"),
        ("R1,14/07/2020,Roads,Mars,,,,", "There is no team “Mars”"),
        ("R1,14/07/2020,Roads,,,Parked,,", "The status “Parked” is not in the mapping file"),
        ("R1,14/07/2020,Roads,,,Closed,05/08/2020,Eaten", "The outcome “Eaten” is not in"),
        ("R1,14/07/2020,Roads,,,Closed,,Refused", "The row is closed without a date"),
        ("R1,14/07/2020,Roads,,,Open,05/08/2020,", "does not say how it ended"),
        ("R1,14/07/2020,Roads,,,Closed,13/07/2020,Refused", "before the request was received"),
        ("R1,14/07/2020,Roads,Digital,amira,In progress,,", "Only an officer"),
    ],
)
def test_a_row_that_cannot_be_true_is_rejected_with_its_reason(
    take_in: TakeIn, sqlite_desk: Desk, row: str, reason: str
) -> None:
    before = sqlite_desk.dump()

    (one,) = take_in(row)

    assert not one.accepted
    assert reason.casefold() in one.why_not.casefold()
    assert sqlite_desk.dump() == before


def test_every_row_is_judged_by_itself_and_named_by_its_line(take_in: TakeIn) -> None:
    verdicts = take_in(
        'R1,14/07/2020,"Two\nlines",,,,,',
        "",
        ",,,,,,,",
        "R2,yesterday,Roads,,,,,",
        "R1,14/07/2020,A,,,,,",
    )

    assert [(one.line, one.accepted) for one in verdicts] == [(2, True), (6, False), (7, False)]
    assert "twice" in verdicts[-1].why_not


def test_a_second_import_of_the_same_file_adds_nothing(take_in: TakeIn, sqlite_desk: Desk) -> None:
    row = "R1,14/07/2020,Roads,,,,,"
    take_in(row)
    before = sqlite_desk.dump()

    assert why(take_in(row)) == ["R1 is here already, and nothing is written over it."]
    assert sqlite_desk.dump() == before


def test_a_dry_run_says_the_same_and_writes_nothing(take_in: TakeIn, sqlite_desk: Desk) -> None:
    rows = ("R1,14/07/2020,Roads,,,,,", "R2,x,Roads,,,,,", "R1,14/07/2020,Roads,,,,,")
    before = sqlite_desk.dump()

    rehearsed = take_in(*rows, dry_run=True)

    assert sqlite_desk.dump() == before
    assert take_in(*rows) == rehearsed


def test_only_the_desk_takes_requests_in(take_in: TakeIn) -> None:
    with pytest.raises(Lacking, match="Amira Hassan"):
        take_in("R1,14/07/2020,Roads,,,,,", handle="amira")


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)],
)
def test_whatever_the_spreadsheet_program_wrote_is_read(
    take_in: TakeIn, sqlite_desk: Desk, tmp_path: Path, encoding: str, noted: bool
) -> None:
    take_in("R1,14/07/2020,Siân’s café,,,,,", encoding=encoding)

    assert sqlite_desk.found("R1").subject == "Siân’s café"
    with spreadsheets.opened(tmp_path / "tracker.csv") as sheet:
        assert ("Windows-1252" in sheet.note) is noted


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_part_cells(
    take_in: TakeIn, sqlite_desk: Desk, separator: str
) -> None:
    row = 'R1;14/07/2020;"Roads, bridges; tunnels";;;;;'
    take_in(row.replace(";", separator), header=HEADER.replace(",", separator))

    assert sqlite_desk.found("R1").received_on == date(2020, 7, 14)


@pytest.mark.parametrize("beginning", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_workbook_is_refused_in_one_sentence(tmp_path: Path, beginning: bytes) -> None:
    path = tmp_path / "tracker.csv"
    path.write_bytes(beginning + bytes(range(256)))

    with pytest.raises(Lacking, match="save it as"), spreadsheets.opened(path):
        pass


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,,\n"])
def test_a_file_without_a_header_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tracker.csv"
    path.write_bytes(content)

    with pytest.raises(Lacking, match="names of its columns"), spreadsheets.opened(path):
        pass


def test_columns_that_must_be_there_are_asked_for(take_in: TakeIn) -> None:
    with pytest.raises(Lacking, match="reference, subject or description"):
        take_in("14/07/2020", header="Date Received")


@pytest.mark.parametrize(
    "subject",
    ["=1+1", "@SUM(A1)", "\u202eevil", "x\0y", "é" * 150, "مرحبا", "<script>alert(1)</script>"],
)
def test_hostile_words_are_kept_as_words(take_in: TakeIn, sqlite_desk: Desk, subject: str) -> None:
    take_in(f"R1,14/07/2020,{subject},,,,,")

    assert sqlite_desk.found("R1").subject == subject.replace("\0", "")


def test_a_huge_cell_or_an_open_quote_rejects_its_row_and_no_other(take_in: TakeIn) -> None:
    huge, quote = "x" * 200_000, '"' + "y\r\n" * 50_000
    verdicts = take_in(
        f"R1,14/07/2020,{huge},,,,,", "R2,14/07/2020,Roads,,,,,", f"R3,14/07/2020,{quote}"
    )

    accepted = [one.reference for one in verdicts if one.accepted]
    assert accepted == ["R2"]
    assert "field larger" in verdicts[0].why_not


def test_a_long_subject_is_shortened_honestly_and_kept_whole_as_the_description(
    take_in: TakeIn, sqlite_desk: Desk
) -> None:
    words = "road " * 60
    take_in(f"R1,14/07/2020,{words},,,,,")

    request = sqlite_desk.found("R1")
    assert (len(request.subject), request.subject[-1]) == (150, "…")
    assert request.description == words.strip()


@given(cell=st.text())
def test_a_cell_made_harmless_is_read_as_it_was(cell: str) -> None:
    assert spreadsheets.as_written(spreadsheets.harmless(cell)) == cell


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-07-14", "Tue 2020-07-14"),
        ("2020-07-14T10:30:00", "Tue 2020-07-14"),
        ("14/07/2020", "Tue 2020-07-14"),
        ("14/7/20", "Tue 2020-07-14"),
        ("14/07/2020 10:30", "Tue 2020-07-14"),
        ("14 Jul 2020", "Tue 2020-07-14"),
        ("14 July 2020", "Tue 2020-07-14"),
        ("14-Jul-20", "Tue 2020-07-14"),
        ("14.07.2020", "Tue 2020-07-14"),
        ("44026", "Tue 2020-07-14"),
        ("44026.4375", "Tue 2020-07-14"),
        ("38353", "Sat 2005-01-01"),
        ("29/02/2024", "Thu 2024-02-29"),
    ],
)
def test_days_are_read_as_spreadsheets_write_them(written: str, day: str) -> None:
    assert f"{read_day(written, MAPPING):%a %Y-%m-%d}" == day


@pytest.mark.parametrize(
    "written", ["", "soon", "29/02/2023", "14/13/2020", "1", "440260", "14/07"]
)
def test_what_is_no_day_is_not_guessed(written: str) -> None:
    with pytest.raises(Lacking, match="not a date"):
        read_day(written, MAPPING)


@pytest.mark.parametrize(
    ("before", "after", "entry"),
    [
        ("[columns]", "[columns]\ncolour = ['Colour']", "columns"),
        ("[columns]", "[columns]\nreference = []", "the file"),
        ('subject = ["Subject"', 'subject = ["Ref", "Subject"', "columns"),
        ('"new" = "received"', '"new" = "lost"', "status"),
        ('"refused" = "refuse"', '"refused" = "eaten"', "outcome"),
        ('"eir" = "eir"', '"eir" = "magna carta"', "regime"),
        ('"foi" = "foi-desk"', '"foi" = 7', "team"),
        ('formats = ["%d/%m/%Y",', 'formats = ["%Y",', "dates"),
        ("[dates]", "[days]", "[dates]"),
    ],
)
def test_a_mapping_that_cannot_be_used_names_its_entry(
    tmp_path: Path, before: str, after: str, entry: str
) -> None:
    text = (CONFIG / "import_mapping.toml").read_text("utf-8")
    assert before in text
    path = tmp_path / "mapping.toml"
    path.write_text(text.replace(before, after, 1), "utf-8")

    with pytest.raises(PracticeError) as refused:
        read_mapping(path)

    assert refused.value.entry == entry


def test_the_regime_of_a_row_counts_its_own_days(take_in: TakeIn, sqlite_desk: Desk) -> None:
    take_in("R1,14/07/2020,Roads,SAR", header="Ref,Date Received,Subject,Regime")

    assert sqlite_desk.found("R1").regime is Regime.SAR


@pytest.fixture
def long_tracker(tmp_path: Path) -> Path:
    """Give a tracker of a hundred thousand closed requests."""
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADER}\n")
        for number in range(100_000):
            file.write(f"R{number},14/07/2020,Roads {number},,,Closed,05/08/2020,Refused\n")
    return path


def test_a_hundred_thousand_rows_are_read_in_bounded_memory(long_tracker: Path) -> None:
    tracemalloc.start()
    with spreadsheets.opened(long_tracker) as sheet:
        number = sum(1 for _line in sheet.lines)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert number == 100_000
    assert most < 8 << 20
