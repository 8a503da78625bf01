"""Lists, one request, its clock and what was said, for people and for machines."""

import re

import pytest

from tests.cli.terminal import REFERENCE, Terminal


@pytest.fixture
def claimed(terminal: Terminal) -> Terminal:
    terminal.log("--applicant-name", "Ann Applicant", "--applicant-address", "1 The Street")
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.done("claim", REFERENCE, as_="amira")
    return terminal


def test_why_tells_how_the_date_was_reached_and_which_day_was_skipped(claimed: Terminal) -> None:
    told = claimed.done("why", REFERENCE)

    assert "Due Wednesday 12 August 2020; 20 working days left." in told
    assert "Monday 3 August 2020" in told
    assert "Scotland" in told


def test_a_list_shows_the_due_date_with_its_weekday(claimed: Terminal) -> None:
    line = next(one for one in claimed.done("list").splitlines() if REFERENCE in one)

    assert line.split("  ")[0].strip() == REFERENCE
    assert "Wednesday 12 August 2020" in line
    assert "Amira Hassan" in line


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ((), 1),
        (("--team", "Control Room"), 1),
        (("--team", "digital"), 0),
        (("--stage", "searching"), 1),
        (("--stage", "closed"), 0),
        (("--holder", "@amira"), 1),
        (("--holder", "joel"), 0),
    ],
)
def test_a_list_can_be_narrowed(claimed: Terminal, narrowed: tuple[str, ...], found: int) -> None:
    assert len(claimed.typed("list", *narrowed, "--json").json) == found


def test_a_list_for_a_machine(claimed: Terminal) -> None:
    assert claimed.typed("list", "--json").json == [
        {
            "reference": REFERENCE,
            "subject": "Emergency calls in 2019",
            "stage": "searching",
            "team": "control-room",
            "holder": "amira",
            "reviewer": None,
            "received_on": "2020-07-14",
            "clock": "running",
            "due": "2020-08-12",
            "left": 20,
        }
    ]


def test_an_empty_list_says_so(terminal: Terminal) -> None:
    assert terminal.done("list") == "No request is open here.\n"
    assert terminal.typed("list", "--json").json == []


@pytest.mark.parametrize("columns", ["20", "40", "79", "80", "200"])
def test_a_list_keeps_every_reference_whole_at_any_width(
    claimed: Terminal, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    told = claimed.done("list")

    assert REFERENCE in told
    assert max(len(line) for line in told.splitlines()) <= int(columns)


def test_show_tells_what_the_officer_can_do(claimed: Terminal) -> None:
    assert "log search" in claimed.done("show", REFERENCE, as_="amira")
    assert "You can" not in claimed.done("show", REFERENCE)


def test_show_for_a_machine_has_request_reading_and_history(claimed: Terminal) -> None:
    shown = claimed.typed("show", REFERENCE, "--json", as_="amira").json

    assert shown["request"]["clock"] == [{"event": "Received", "on": "2020-07-14"}]
    assert shown["reading"]["due"] == "2020-08-12"
    assert [line["sentence"] for line in shown["history"]] == [
        "Dana Whitfield logged the request, received Tuesday 14 July 2020.",
        "Dana Whitfield allocated it to Control Room.",
        "Amira Hassan claimed it.",
    ]
    assert "log search" in shown["you_can"]


def test_the_applicant_is_never_shown(claimed: Terminal) -> None:
    shown = claimed.done("show", REFERENCE) + claimed.done("show", REFERENCE, "--json")

    assert "Ann Applicant" not in shown
    assert "The Street" not in shown


def test_mine_tells_what_is_held_and_what_waits(claimed: Terminal) -> None:
    assert [one["reference"] for one in _mine(claimed, "amira")["held"]] == [REFERENCE]
    assert _mine(claimed, "joel") == {"held": [], "waiting": []}

    claimed.done("release", REFERENCE, as_="amira")

    assert [one["reference"] for one in _mine(claimed, "joel")["waiting"]] == [REFERENCE]
    assert "Joel Barker holds" in claimed.done("mine", as_="joel")


def test_an_escalation_waits_for_the_manager_until_it_is_answered(claimed: Terminal) -> None:
    claimed.done("escalate", REFERENCE, "too much", as_="amira")
    assert [one["reference"] for one in _mine(claimed, "marcus")["waiting"]] == [REFERENCE]

    claimed.done("ack", REFERENCE, "two officers join", as_="marcus")

    assert _mine(claimed, "marcus")["waiting"] == []


def _mine(terminal: Terminal, who: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = terminal.typed("mine", "--json", as_=who).json
    return found


def test_said_tells_when_to_whom_and_by_which_rule(terminal: Terminal) -> None:
    terminal.log()
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.done("tick")
    terminal.on("Wed 2020-07-15")
    terminal.done("tick")

    lines = terminal.typed("said", REFERENCE, "--json").json

    assert [(one["at"], one["recipient"], one["rule"]) for one in lines] == [
        ("2020-07-14T10:30:00+01:00", "team:control-room", None),
        ("2020-07-15T10:00:00+01:00", "team:control-room", "unclaimed"),
    ]
    told = terminal.done("said", "2335/20")
    assert "Wednesday 15 July 2020, 10:00" in told
    assert "Control Room (team)" in told


def test_nothing_said_says_so(terminal: Terminal) -> None:
    assert terminal.done("said") == "Nothing was said yet.\n"


def test_what_is_due_today_is_printed_without_slack(terminal: Terminal) -> None:
    terminal.log()
    terminal.on("Wed 2020-08-12")

    told = terminal.done("due-today")

    assert told.startswith(
        "As of Wednesday 12 August 2020\nOverdue\nNothing is overdue.\nDue today"
    )
    assert REFERENCE in told.split("Due today")[1].split("Due in the next five working days")[0]
    assert terminal.recorder.calls == []
    (due,) = terminal.typed("due-today", "--json").json["today"]
    assert (due["reference"], due["on"], due["left"]) == (REFERENCE, "2020-08-12", 0)


def test_an_agenda_is_ones_own_unless_another_is_named(terminal: Terminal) -> None:
    terminal.log()
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.done("claim", REFERENCE, as_="amira")

    own = terminal.done("agenda", "--days", "60", as_="amira")
    named = terminal.done("agenda", "amira", "--days", "60")
    teams = terminal.done("agenda", "control-room", "--days", "60")

    assert own == named
    assert own.startswith("Amira Hassan: the next 60 days\n")
    assert "Wednesday 12 August 2020" in teams
    assert "Nothing falls due." in terminal.done("agenda", "joel")


def test_a_feed_is_said_once_and_ended(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOI_URL", "https://foi.example.gov.uk/")

    address = terminal.done("feed", "amira").splitlines()[-1]
    ended = terminal.done("feed", "--revoke", as_="amira")
    refused = terminal.typed("feed", "amira", as_="joel")

    assert re.fullmatch(r"https://foi\.example\.gov\.uk/calendar/[\w-]{43}\.ics", address)
    assert ended == "The calendar address of Amira Hassan is ended.\n"
    assert refused.status == 2
