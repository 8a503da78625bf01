"""Ticking, migrating, and what the doctor finds."""

import shutil
from pathlib import Path

import pytest

from tests.cli.terminal import REFERENCE, ROOT, Terminal
from workflow.casework import stages
from workflow.cli.app import build, run
from workflow.cli.doctor import Check, State


def test_a_tick_reminds_once(terminal: Terminal) -> None:
    terminal.log()
    terminal.done("allocate", REFERENCE, "control-room", as_="dana")
    terminal.on("Wed 2020-07-15")

    first = terminal.typed("tick", "--json").json
    second = terminal.typed("tick", "--json").json

    assert first["swept"] == {"requests": 1, "messages": 1}
    assert second["swept"] == {"requests": 0, "messages": 0}
    assert second["delivered"] == {"sent": 0, "put_off": 0, "undeliverable": 0}
    assert len(terminal.recorder.notices) == 2


def test_a_tick_prints_its_counts(terminal: Terminal) -> None:
    assert terminal.done("tick") == (
        "Looked at 0, found 0 to say; sent 0, put off 0, undeliverable 0.\n"
    )


def test_an_act_is_told_at_once_where_slack_can_be_spoken_to(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.log()
    assert terminal.recorder.posts == []
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-made-up")

    terminal.done("allocate", REFERENCE, "control-room", as_="dana")

    assert [to for to, _ in terminal.recorder.notices] == ["team:control-room"]


def test_migrate_says_the_revisions_before_and_after(terminal: Terminal) -> None:
    assert terminal.done("migrate").startswith("The database went from nothing to 0")
    assert terminal.done("migrate").endswith(" already.\n")


def test_stages_are_printed_from_the_table(terminal: Terminal) -> None:
    assert terminal.done("stages") == terminal.done("stages", "--markdown")
    assert terminal.done("stages") == stages.markdown() + "\n"
    assert terminal.done("stages", "--mermaid") == stages.mermaid() + "\n"


def test_a_version_names_itself(terminal: Terminal) -> None:
    assert terminal.done("version").startswith("FOI Desk 0.")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "config"
    shutil.copytree(ROOT / "config", copy)
    monkeypatch.setenv("FOI_CONFIG_DIR", str(copy))
    return copy


def states(terminal: Terminal) -> tuple[int, dict[str, str]]:
    """Give the doctor's exit status, and how each part is."""
    answer = terminal.typed("doctor", "--json")
    return answer.status, {one["name"]: one["state"] for one in answer.json}


def test_the_doctor_finds_a_fresh_checkout_well(terminal: Terminal) -> None:
    status, found = states(terminal)

    assert status == 0
    assert set(found.values()) == {"ok", "missing"}
    assert found["Slack"] == "missing"
    assert not terminal.database.exists()


def test_the_doctor_says_a_line_for_each_part(terminal: Terminal) -> None:
    terminal.log()

    told = terminal.done("doctor").splitlines()

    assert {line.split()[0] for line in told} == {"ok", "missing"}
    assert any("Europe/London is known" in line for line in told)


@pytest.mark.parametrize(
    ("file", "before", "after", "wrong"),
    [
        ("teams.toml", '"desk"]', '"officer"]', "teams.toml"),
        ("teams.toml", "[[team]]", "[[team", "teams.toml"),
        ("reminders.toml", 'anchor = "due"', 'anchor = "whenever"', "reminders.toml"),
        ("authority.toml", "[ico]", "[commissioner]", "authority.toml"),
        ("bank_holidays.toml", "last_year = 2036", "last_year = 1", "calendar"),
        ("bank_holidays.toml", "2028-12-31", "2020-12-31", "proclamations"),
    ],
)
def test_the_doctor_names_the_file_that_is_wrong(
    terminal: Terminal, config: Path, file: str, before: str, after: str, wrong: str
) -> None:
    path = config / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")

    status, found = states(terminal)

    assert status == 1
    assert [name for name, state in found.items() if state == "wrong"] == [wrong]


def test_the_doctor_finds_a_database_that_is_none(terminal: Terminal) -> None:
    terminal.database.write_text("this is a letter, and no database at all " * 50)

    status, found = states(terminal)

    assert (status, found["database"]) == (1, "wrong")


def test_the_doctor_asks_for_a_way_in(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-made-up")
    assert states(terminal)[1]["Slack"] == "wrong"

    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-made-up")

    assert states(terminal)[1]["Slack"] == "ok"


def test_the_doctor_never_prints_a_token(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-made-up")

    answer = terminal.typed("doctor")

    assert "made-up" not in answer.out + answer.err


def test_the_bots_own_checks_come_last(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    check = Check("manifest", State.WRONG, "a scope is missing; install the app again.")
    app = build(lambda _settings, _roster: terminal.recorder, lambda _settings: [check])

    with pytest.raises(SystemExit) as ended:
        run(app, ["doctor"])

    told = capsys.readouterr().out.splitlines()
    assert ended.value.code == 1
    assert told[-1] == "wrong    manifest: a scope is missing; install the app again."
