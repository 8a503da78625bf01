"""Reading config/teams.toml: what may be left out, and what each mistake is told as."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from tests.casework.examples import CONFIG
from workflow.casework.roles import Preferences, Roster
from workflow.practice import PracticeError, read_roster

if TYPE_CHECKING:
    from pathlib import Path

TEAMS = (CONFIG / "teams.toml").read_text("utf-8")
AMIRA = 'slack = "U0AMIRA"\n'


def read(folder: Path, before: str, after: str) -> Roster:
    assert TEAMS.count(before) == 1
    (folder / "teams.toml").write_text(TEAMS.replace(before, after), encoding="utf-8")
    return read_roster(folder)


def test_what_is_optional_may_be_left_out(tmp_path: Path) -> None:
    amira = read(tmp_path, AMIRA, "").officer("amira")

    assert (amira.slack, amira.email, amira.prefers) == ("", "", Preferences())


def test_a_person_may_have_an_address_and_preferences(tmp_path: Path) -> None:
    said = 'email = "amira@example.test"\nprefers = { digest = false, starts_at = "10:00" }\n'

    amira = read(tmp_path, AMIRA, AMIRA + said).officer("amira")

    assert amira.email == "amira@example.test"
    assert amira.prefers == Preferences(digest=False, starts_at=time(10))


def test_a_team_may_have_a_deputy_and_the_desk_a_head(tmp_path: Path) -> None:
    roster = read(tmp_path, 'manager = "marcus"', 'manager = "marcus"\ndeputy = "joel"')
    assert roster.deputy_of("control-room") == "joel"
    assert roster.deputy_of("digital") == ""

    assert read(tmp_path, "[desk]", '[desk]\nhead = "ruth"').head == "ruth"


CONTROL = 'group = "S0CONTROL"\n'
DESK_CHANNEL = '[desk]\nchannel = "foi-desk"\n'
DESK_TEAM = 'name = "FOI Desk"\nchannel = "foi-desk"\n'


def test_a_team_and_the_desk_may_each_name_a_user_group(tmp_path: Path) -> None:
    roster = read(tmp_path, DESK_CHANNEL, f'{DESK_CHANNEL}group = "S0DESK"\n')

    groups = [roster.group_of(one.key) for one in roster.teams]
    assert (groups, roster.desk_group) == (["", "S0CONTROL", "", "", ""], "S0DESK")


def test_without_a_user_group_nobody_has_one(tmp_path: Path) -> None:
    roster = read(tmp_path, CONTROL, "")

    assert {one.group for one in roster.teams} | {roster.desk_group} == {""}
    assert roster.group_of("a team that is not there") == ""


def test_the_desk_and_the_team_of_its_channel_may_name_the_same_group(tmp_path: Path) -> None:
    both = TEAMS.replace(DESK_CHANNEL, f'{DESK_CHANNEL}group = "S0DESK"\n')
    (tmp_path / "teams.toml").write_text(
        both.replace(
            DESK_TEAM, DESK_TEAM.replace('"foi-desk"', '"#foi-desk"') + 'group = "S0DESK"\n'
        ),
        encoding="utf-8",
    )

    roster = read_roster(tmp_path)

    assert roster.group_of("foi-desk") == roster.desk_group == "S0DESK"


CALLED, OWN = "the group S0CONTROL is called in", "Give this team its own, or none."
NO_GROUP = (
    "is not the id of a Slack user group. Give its id, like S0CONTROL: the end of the group's"
)


@pytest.mark.parametrize(
    "group",
    [
        "@control-room",
        "s0control",
        "U0AMIRA",
        "S",
        "S0CONTROL> <!channel",
        "S0 CONTROL",
        "S0CÖNTROL",
    ],
)
def test_what_is_no_user_group_is_refused_with_the_cure(tmp_path: Path, group: str) -> None:
    with pytest.raises(PracticeError) as refused:
        read(tmp_path, CONTROL, f'group = "{group}"\n')

    told = f"team control-room: “{group}” {NO_GROUP} address in a browser."
    assert str(refused.value).endswith(told)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            CONTROL,
            "group = 7\n",
            "teams.toml, team control-room: “group” must be some text.",
        ),
        (
            DESK_CHANNEL,
            f'{DESK_CHANNEL}group = "desk"\n',
            f"teams.toml, desk: “desk” {NO_GROUP} address in a browser.",
        ),
        (
            DESK_CHANNEL,
            f'{DESK_CHANNEL}group = "S0CONTROL"\n',
            f"teams.toml, team control-room: {CALLED} #foi-desk already. {OWN}",
        ),
        (
            'manager = "priya"\n',
            'manager = "priya"\ngroup = "S0CONTROL"\n',
            f"teams.toml, team digital: {CALLED} #control-room already. {OWN}",
        ),
        (
            'manager = "marcus"',
            'manager = "marcus"\ndeputy = "nobody"',
            "teams.toml, team control-room: the deputy nobody is not a person of this file.",
        ),
        (
            "[desk]",
            '[desk]\nhead = "nobody"',
            "teams.toml, desk: the head nobody is not a person of this file.",
        ),
        (
            AMIRA,
            "email = 7\n",
            "teams.toml, person amira: “email” must be some text.",
        ),
        (
            AMIRA,
            "prefers = false\n",
            "teams.toml, person amira: “prefers” must be a table, like { digest = false }.",
        ),
        (
            AMIRA,
            "prefers = { digests = true }\n",
            "teams.toml, person amira: prefers has no “digests” of this kind: see the file's head.",
        ),
        (
            AMIRA,
            'prefers = { starts_at = "noon" }\n',
            "teams.toml, person amira: “noon” is not a time like 09:00.",
        ),
        (
            AMIRA,
            'prefers = { starts_at = "10:00", ends_at = "15:00" }\n',
            "teams.toml, person amira: prefers has no “ends_at” of this kind: see the file's head.",
        ),
    ],
)
def test_each_mistake_names_the_entry_and_the_cure(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    with pytest.raises(PracticeError) as refused:
        read(tmp_path, before, after)

    assert f", line {refused.value.line}," in str(refused.value)
    assert str(refused.value).replace(f", line {refused.value.line}", "") == told
