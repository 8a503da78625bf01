"""The whole journey of a request, by commands alone."""

import pytest

from tests.cli.terminal import REFERENCE, Terminal, on_standard_input

# who, what is typed after `foi`, the stage it leads to
TO_THE_ANSWER = (
    ("dana", ("acknowledge", REFERENCE), "received"),
    ("dana", ("allocate", REFERENCE, "control-room"), "received"),
    ("amira", ("claim", REFERENCE), "searching"),
    ("amira", ("search", REFERENCE, "1.5", "found", "the", "call", "log"), "searching"),
    ("amira", ("return", REFERENCE, "held", "--note", "all of it"), "consideration"),
    ("dana", ("exempt", REFERENCE, "s.31(1)(a)", "it would help burglars"), "consideration"),
    ("dana", ("harm", REFERENCE, "s.31(1)(a)", "would", "burglaries"), "consideration"),
    (
        "dana",
        ("interest", REFERENCE, "s.31(1)(a)", "It is spent. | It is used. | Homes weigh more."),
        "consideration",
    ),
    ("dana", ("answer", REFERENCE, "1", "disclosed", "159,740 calls"), "consideration"),
    (
        "dana",
        ("answer", REFERENCE, "1", "withheld", "s.31(1)(a)", "the makers of the locks"),
        "consideration",
    ),
    ("dana", ("refer", REFERENCE, "NPCC"), "consideration"),
    ("dana", ("decide", REFERENCE, "part", "159,740 calls; the rest is exempt"), "response"),
    ("dana", ("draft", REFERENCE, "Dear applicant"), "response"),
    ("grace", ("approve", REFERENCE), "response"),
)
TO_THE_REVIEW = (
    ("dana", ("review", REFERENCE, "the contracts are missing"), "review"),
    ("ruth", ("claim", REFERENCE), "review"),
    ("ruth", ("extend", REFERENCE, "10", "the", "contracts", "are", "many"), "review"),
    ("ruth", ("finding", REFERENCE, "s.31(1)(a)", "not-upheld", "they are public"), "review"),
    ("ruth", ("decide", REFERENCE, "varied", "two contracts are disclosed"), "closed"),
    ("dana", ("complaint", REFERENCE, "IC-12345-A1B2"), "closed"),
    ("dana", ("ico", REFERENCE, "not upheld"), "closed"),
)


def test_from_receipt_to_answer_to_review_by_commands(terminal: Terminal) -> None:
    terminal.log()
    stages = [_typed(terminal, who, words) for who, words, _ in TO_THE_ANSWER]
    terminal.on("Thu 2020-07-30")
    stages.append(_typed(terminal, "dana", ("issue", REFERENCE, "--how", "by post")))
    stages += [_typed(terminal, who, words) for who, words, _ in TO_THE_REVIEW]

    answered, reviewed = ([to for _, _, to in part] for part in (TO_THE_ANSWER, TO_THE_REVIEW))
    assert stages == [*answered, "closed", *reviewed]
    history = terminal.typed("show", REFERENCE, "--json").json["history"]
    assert len(history) == 1 + len(stages)


def _typed(terminal: Terminal, who: str, words: tuple[str, ...]) -> str:
    terminal.done(*words, as_=who)
    return terminal.stage()


def test_an_answer_on_30_july_stops_the_clock_at_working_day_12(terminal: Terminal) -> None:
    terminal.log()
    for who, words, _ in TO_THE_ANSWER:
        terminal.done(*words, as_=who)
    terminal.on("Thu 2020-07-30")

    told = terminal.done("issue", REFERENCE, as_="dana").splitlines()

    assert told[1] == "002335/20 is closed: part; answered Thursday 30 July 2020, working day 12."


def test_why_tells_both_clocks_once_a_review_was_asked_for(terminal: Terminal) -> None:
    terminal.log()
    for who, words, _ in TO_THE_ANSWER:
        terminal.done(*words, as_=who)
    terminal.on("Thu 2020-07-30")
    terminal.done("issue", REFERENCE, as_="dana")
    terminal.done("review", REFERENCE, "not content", as_="dana")

    clocks = terminal.typed("why", REFERENCE, "--json").json

    assert clocks["request"]["stopped_on"] == "2020-07-30"
    assert clocks["review"]["due"] == "2020-08-28"  # Fri; Mon 3 August is no working day
    assert "The internal review" in terminal.done("why", REFERENCE)


def test_a_letter_comes_from_standard_input(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.log()
    for who, words, _ in TO_THE_ANSWER[:-2]:
        terminal.done(*words, as_=who)
    on_standard_input(monkeypatch, "Dear applicant,\n\nhere it is: £5.\n".encode())

    terminal.done("draft", REFERENCE, "-", as_="dana")

    kept = terminal.typed("show", REFERENCE, "--json").json["request"]["letter"]
    assert kept == "Dear applicant,\n\nhere it is: £5."


def test_who_says_that_somebody_left_is_told_how_to_list_what_they_leave(
    terminal: Terminal,
) -> None:
    terminal.log()
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.done("claim", REFERENCE, as_="amira")
    how = "To list what would go to whom: foi handover amira SUCCESSOR"

    rehearsed = terminal.done("people", "leave", "@amira", "retired", "--dry-run", as_="dana")
    told = terminal.done("people", "leave", "@amira", "retired", as_="dana")
    empty = terminal.done("people", "leave", "@joel", "retired", as_="dana")

    assert how in told
    assert how not in rehearsed
    assert "foi handover" not in empty
    listed = terminal.done("handover", "amira", "sian", as_="dana")
    assert REFERENCE in listed
