"""Every trouble is one sentence on standard error, with what can be done, and an exit status."""

from pathlib import Path

import pytest

from tests.cli.terminal import REFERENCE, Answer, Terminal, on_standard_input

MENDABLE = 2


def refused(answer: Answer) -> str:
    """Give the sentence of a refusal: one line on standard error, and nothing else anywhere."""
    assert (answer.status, answer.out) == (MENDABLE, ""), answer
    assert len(answer.err.splitlines()) == 1
    assert "Traceback" not in answer.err
    return answer.err.rstrip("\n")


@pytest.fixture
def allocated(terminal: Terminal) -> Terminal:
    terminal.log()
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    return terminal


def test_an_unknown_reference(terminal: Terminal) -> None:
    assert refused(terminal.typed("show", "FOI-2020-0099")) == (
        "There is no request “FOI-2020-0099”. List the open ones with: list."
    )


def test_an_act_that_is_not_open_at_this_stage(allocated: Terminal) -> None:
    told = refused(allocated.typed("approve", REFERENCE, as_="grace"))

    assert told.startswith("002335/20 is in received. Approve is for requests in response.")


def test_an_act_by_the_wrong_role(allocated: Terminal) -> None:
    told = refused(allocated.typed("allocate", REFERENCE, "digital", as_="amira"))

    assert told.startswith("002335/20: only the FOI desk can allocate. You can: ")


def test_a_second_claim_names_the_holder(allocated: Terminal) -> None:
    allocated.done("claim", REFERENCE, as_="amira")

    told = refused(allocated.typed("claim", REFERENCE, as_="joel"))

    assert told.startswith("002335/20 is already claimed: Amira Hassan holds it.")


def test_nobody_named_as_the_one_who_acts(allocated: Terminal) -> None:
    told = refused(allocated.typed("claim", REFERENCE))

    assert told.startswith("Nobody was named as the one who acts. Add --as HANDLE or set FOI_OFF")


def test_the_setting_says_who_acts(allocated: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOI_OFFICER", "amira")

    assert allocated.done("claim", REFERENCE).startswith("Amira Hassan claimed it.")


def test_an_officer_whom_nobody_knows(allocated: Terminal) -> None:
    assert refused(allocated.typed("claim", REFERENCE, as_="mallory")).startswith(
        "Nobody here is called “mallory”."
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("frobnicate",), "No such command 'frobnicate'. Try: foi --help"),
        (("clame", "1"), "No such command 'clame'. Did you mean 'claim', 'escalate', 'lapse'? "),
        (("claim",), "Missing argument 'REF'. Try: foi claim --help"),
        (("claim", "1", "--nonsense"), "No such option: --nonsense Try: foi claim --help"),
        (("list", "--limit", "0"), "Invalid value for '--limit'"),
        (("list", "--stage", "paused"), "There is no stage “paused”. The stages are: received, "),
        (("list", "--team", "x"), "There is no team “x”. The teams are: "),
        (("help", "clame"), "There is no verb “clame”. Did you mean claim"),
        (("frobnicate" * 1000,), "No such command 'frobnicate"),
        (("show", "x" * 10_000), "There is no request “xxx"),
        (("show", ""), "There is no request “”. "),
        (("show", "😀 عربى"), "There is no request “😀 عربى”. "),  # the letters are the example
    ],
)
def test_what_makes_no_sense(terminal: Terminal, typed: tuple[str, ...], told: str) -> None:
    assert refused(terminal.typed(*typed)).startswith(told)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("allocate", REFERENCE, " "), "To allocate, this is still needed: team."),
        (("decide", REFERENCE, "maybe", "so"), "Outcome: say one of disclose, part, refuse, "),
        (("fees", REFERENCE, "lots"), "Fee in pounds: “lots” is not an amount."),
        (("update", REFERENCE, "x" * 10_000), "Note: 10,000 characters are too many."),
        (("update", REFERENCE, "a\udcff"), "What was typed is not UTF-8 text."),
    ],
)
def test_a_field_that_makes_no_sense(
    allocated: Terminal, typed: tuple[str, ...], told: str
) -> None:
    assert refused(allocated.typed(*typed, as_="dana")).startswith(told)


def test_control_characters_in_what_was_typed_do_not_reach_the_terminal(terminal: Terminal) -> None:
    told = refused(terminal.typed("show", "\x1b[31mred\x07"))

    assert told.startswith("There is no request “␛[31mred␇”.")


def test_a_description_that_is_not_text(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_standard_input(monkeypatch, b"\xff\xfe\x00")

    answer = terminal.typed("new", "--subject", "x", "--description-file", "-", as_="dana")

    assert refused(answer).startswith("What came on standard input is not UTF-8 text.")


def test_a_description_given_twice(terminal: Terminal) -> None:
    answer = terminal.typed(
        *("new", "--subject", "x", "--description", "y", "--description-file", "-"), as_="dana"
    )

    assert refused(answer).startswith("The description was given twice.")


def test_a_file_that_is_not_there(terminal: Terminal) -> None:
    answer = terminal.typed("new", "--subject", "x", "--description-file", "gone.txt", as_="dana")

    assert refused(answer).startswith("gone.txt: No such file or directory.")


def test_a_database_that_is_none(terminal: Terminal) -> None:
    terminal.database.write_text("this is a letter, and no database at all " * 50)

    told = refused(terminal.typed("list"))

    assert told.startswith("The database cannot be used: file is not a database.")


def test_a_database_in_a_folder_that_cannot_be(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.txt").touch()
    monkeypatch.setenv("FOI_DATABASE_URL", f"sqlite:///{tmp_path}/letter.txt/foi.db")

    assert refused(terminal.typed("list")).endswith(
        "letter.txt: File exists. Correct the path or its permissions, and try again."
    )


def test_an_address_of_a_database_that_is_none(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOI_DATABASE_URL", "nonsense")

    assert refused(terminal.typed("list")).startswith("The database cannot be used: ")


def test_a_setting_that_makes_no_sense(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOI_TICK_SECONDS", "often")

    assert refused(terminal.typed("list")).startswith("The setting FOI_TICK_SECONDS cannot be used")


def test_a_configuration_that_is_not_there(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOI_CONFIG_DIR", str(tmp_path / "nowhere"))

    assert refused(terminal.typed("list")).startswith("authority.toml, the file: it is not in ")


def test_a_date_beyond_the_known_years(terminal: Terminal) -> None:
    answer = terminal.typed(
        *("new", "--subject", "x", "--description", "y", "--received", "1999-12-31"), as_="dana"
    )

    assert refused(answer).startswith("The calendar knows the bank holidays from ")
