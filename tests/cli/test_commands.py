"""Every verb of the table is a command, and every command tells what it is for."""

import re

import pytest
import typer

from tests.cli.terminal import REFERENCE, Terminal
from tests.recorder import Recorder
from workflow.cli.app import build
from workflow.services.forms import FORMS
from workflow.services.verbs import VERBS, Verb

PANELS = ["Requests", "Answering", "Review and Commissioner", "Looking", "Running"]
APP = build(lambda _settings, _roster: Recorder())
COMMANDS = [str(one.name) for one in APP.registered_commands]


def test_every_verb_of_the_table_has_a_command() -> None:
    missing = {verb.name for verb in VERBS} - set(COMMANDS) - {"stats"}  # here it is `report`

    assert missing == set()


def test_no_command_is_given_twice() -> None:
    assert sorted(COMMANDS) == sorted(set(COMMANDS))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(terminal: Terminal, name: str) -> None:
    told = terminal.done(name, "--help")

    assert f"foi {name}" in told.split("Example", maxsplit=1)[1]


@pytest.mark.parametrize("verb", [v for v in VERBS if v.acts], ids=lambda verb: verb.name)
def test_every_field_of_an_act_can_be_given(terminal: Terminal, verb: Verb) -> None:
    told = terminal.done(verb.name, "--help")

    fields = {field.name for act in verb.acts for field in FORMS[act]}
    said = {name for name in fields if f"--{name.replace('_', '-')}" in told}
    said |= {name for name in fields if name.upper().replace("_", " ") in told}
    assert said == fields


def test_the_help_is_in_five_parts(terminal: Terminal) -> None:
    told = terminal.done("--help")

    parts = re.findall(r"─ (\w[\w ]*\w) ─", told)
    assert [part for part in parts if part != "Options"] == PANELS


def test_foi_alone_prints_the_help(terminal: Terminal) -> None:
    assert terminal.done() == terminal.done("--help") == terminal.done("help")


def test_help_tells_how_one_command_works(terminal: Terminal) -> None:
    assert terminal.done("help", "search") == terminal.done("search", "--help")


def test_a_command_added_by_the_bot_stands_beside_the_others(terminal: Terminal) -> None:
    app = build(lambda _settings, _roster: Recorder())

    @app.command("demo")
    def demo() -> None:
        """Run the demonstration."""

    commands = typer.main.get_command(app)
    assert {"demo", "claim"} <= set(getattr(commands, "commands", {}))
    assert "demo" not in terminal.done("--help")


@pytest.mark.parametrize("verb", ["extend", "decide"])
def test_a_verb_of_two_acts_is_read_by_the_stage(terminal: Terminal, verb: str) -> None:
    wanted = {act.value for one in VERBS if one.name == verb for act in one.acts}

    told = terminal.done(verb, "--help")

    assert {act for act in wanted if act.capitalize() in told} == wanted


def test_an_extension_names_its_section_before_its_reason_as_in_slack(terminal: Terminal) -> None:
    _in_consideration(terminal)
    terminal.done("exempt", REFERENCE, "s.31(1)(a)", "it would help burglars", as_="dana")

    told = terminal.done("extend", REFERENCE, "20", "s.31(1)(a)", "still", "weighing", as_="dana")

    assert told.startswith("Dana Whitfield extended by 20 working days: s.31(1)(a) still weighing.")


def test_an_answer_to_an_escalation_may_begin_with_its_day_as_in_slack(terminal: Terminal) -> None:
    terminal.log()
    terminal.done("escalate", REFERENCE, "nobody has it", as_="dana")

    terminal.done("ack", REFERENCE, "2020-07-20", "two", "officers", "join", as_="grace")

    kept = terminal.typed("show", REFERENCE, "--json").json["request"]["escalation"]
    assert (kept["until"], kept["plan"]) == ("2020-07-20", "two officers join")


def test_an_extension_may_name_its_section_as_an_option(terminal: Terminal) -> None:
    _in_consideration(terminal)

    told = terminal.done(
        *("extend", REFERENCE, "20", "still weighing", "--section", "31(1)(a)"), as_="dana"
    )

    assert told.startswith("Dana Whitfield extended by 20 working days: s.31(1)(a) still weighing.")


def _in_consideration(terminal: Terminal) -> None:
    terminal.log()
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.done("claim", REFERENCE, as_="amira")
    terminal.done("search", REFERENCE, "1", "found", "the call log", as_="amira")
    terminal.done("return", REFERENCE, "held", as_="amira")


def test_a_new_request_keeps_what_it_was_given(terminal: Terminal) -> None:
    terminal.log("--regime", "eir", "--question", "How many?", "--question", "In which year?")

    kept = terminal.typed("show", REFERENCE, "--json").json["request"]

    assert kept["regime"] == "eir"
    assert kept["received_on"] == "2020-07-14"
    assert kept["questions"] == ["How many?", "In which year?"]


def test_questions_can_be_split_off(terminal: Terminal) -> None:
    terminal.log("--question", "How many?", "--question", "In which year?")
    rehearsed = terminal.done("split", REFERENCE, "2", "Whose year?", "--dry-run", as_="dana")

    done = terminal.done("split", REFERENCE, "2", "Whose year?", as_="dana")

    assert len(terminal.typed("list", "--json").json) == 2
    assert done.splitlines()[0].startswith(rehearsed.splitlines()[1].partition(", to be")[0])
