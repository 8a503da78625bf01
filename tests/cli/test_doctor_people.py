"""What `foi doctor` says of the people: whom Slack cannot reach, and who stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.terminal import ROOT, Terminal

if TYPE_CHECKING:
    from pathlib import Path

TEAMS = (ROOT / "config" / "teams.toml").read_text("utf-8")
TOLD = "5 teams, 11 people"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            'slack = "U0AMIRA"\n',
            "",
            f"{TOLD}, but Amira Hassan cannot be reached in Slack: add the member ID.",
        ),
        (
            'roles = ["reviewer", "approver"]',
            'roles = ["reviewer"]',
            "there is one approver, who cannot sign off their own draft: name a second.",
        ),
        (
            'manager = "marcus"',
            'manager = "marcus"\ndeputy = "joel"',
            "Joel Barker, deputy of Control Room, has not the role of a manager: give it.",
        ),
        (
            'slack = "U0SIAN"\nteam = "digital"',
            'slack = "U0SIAN"\nteam = "abroad"',
            f"{TOLD}, but Siân Pritchard: of no team of this file, correct it.",
        ),
        (
            "[desk]\n",
            '[desk]\ngroup = "S0DESK"\n',
            f"{TOLD}; called when it is urgent: the desk (S0DESK), Control Room (S0CONTROL)",
        ),
        (
            'group = "S0CONTROL"\n',
            'group = "@control-room"\n',
            "“@control-room” is not the id of a Slack user group.",
        ),
        (
            'roles = ["reviewer", "approver"]',
            'roles = ["approver"]',
            f"{TOLD}, but nobody is reviewer; give somebody the role.",
        ),
    ],
)
def test_the_doctor_names_who_is_missing_and_the_cure(
    terminal: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: str,
    after: str,
    said: str,
) -> None:
    assert TEAMS.count(before) == 1
    for name in ("reminders.toml", "authority.toml", "bank_holidays.toml"):
        (tmp_path / name).write_bytes((ROOT / "config" / name).read_bytes())
    (tmp_path / "teams.toml").write_text(TEAMS.replace(before, after), encoding="utf-8")
    monkeypatch.setenv("FOI_CONFIG_DIR", str(tmp_path))

    told = " ".join(terminal.typed("doctor").out.split())

    assert said in told
