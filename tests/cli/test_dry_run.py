"""A dry run says what would happen, and writes nothing."""

import shlex

import pytest

from tests.cli.terminal import REFERENCE, Terminal
from workflow.casework.stages import Act
from workflow.cli.verb_commands import example
from workflow.services.verbs import VERBS, Verb


@pytest.fixture
def allocated(terminal: Terminal) -> Terminal:
    terminal.log()
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    return terminal


@pytest.mark.parametrize(
    ("who", "typed", "told"),
    [
        ("amira", ("claim", REFERENCE), "Amira Hassan claimed it."),
        (
            "dana",
            ("withdraw", REFERENCE),
            "Dana Whitfield recorded that the applicant withdrew it.",
        ),
        ("dana", ("clarify", REFERENCE, "which year?"), "Dana Whitfield sought clarification: wh"),
        ("joel", ("escalate", REFERENCE, "nobody"), "Joel Barker escalated it to Marcus Reid: nob"),
    ],
)
def test_an_act_is_told_and_nothing_is_written(
    allocated: Terminal, who: str, typed: tuple[str, ...], told: str
) -> None:
    before = allocated.kept()

    printed = allocated.done(*typed, "--dry-run", as_=who).splitlines()

    assert printed[0] == "Nothing is written. It would be told so:"
    assert printed[1].startswith(told)
    assert allocated.kept() == before


def test_a_dry_run_names_who_would_be_told(allocated: Terminal) -> None:
    told = allocated.done("escalate", REFERENCE, "nobody searches", "--dry-run", as_="joel")

    assert "To Marcus Reid: Joel Barker escalated 002335/20" in told


def test_a_dry_run_is_refused_as_the_act_would_be(allocated: Terminal) -> None:
    before = allocated.kept()

    rehearsed = allocated.typed("approve", REFERENCE, "--dry-run", as_="grace")

    assert rehearsed == allocated.typed("approve", REFERENCE, as_="grace")
    assert allocated.kept() == before


def test_a_new_request_is_rehearsed_with_the_reference_it_would_have(allocated: Terminal) -> None:
    before = allocated.kept()

    answer = allocated.typed(
        *("new", "--subject", "x", "--description", "y", "--applicant-name", "A"),
        *("--dry-run", "--json"),
        as_="dana",
    )

    assert answer.json["request"]["reference"] == "FOI-2020-0001"
    assert answer.json["dry_run"] is True
    assert allocated.kept() == before


@pytest.mark.parametrize(
    "verb", [v for v in VERBS if v.acts and Act.LOG not in v.acts], ids=lambda verb: verb.name
)
def test_the_example_of_a_verb_is_a_command_that_can_be_typed(
    allocated: Terminal, verb: Verb
) -> None:
    words = shlex.split(example(verb).partition(" <")[0])[1:]

    answer = allocated.typed(*words, "--dry-run", as_="dana")

    assert "--help" not in answer.err
    assert answer.status in (0, 2)
