"""`foi doctor` against a Slack: what is wrong there, and its cure, each in one line."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests.doors.programs import ROOT, foi, free_port
from tests.doors.served import Served

if TYPE_CHECKING:
    from pathlib import Path


def about_slack(served: Served, **changed: str) -> list[tuple[str, str, str]]:
    """Ask the doctor, with some settings changed, and give its lines about Slack."""
    told = foi("doctor", "--json", **{**served.settings, **changed})
    checks = json.loads(told.stdout)
    assert "Traceback" not in told.stderr
    return [
        (one["name"], one["state"], one["says"])
        for one in checks
        if one["name"].startswith("Slack") and one["name"] != "Slack app"
    ]


BY_HTTP = ("Slack", "ok", "the bot token is set, and commands come in by HTTP")

NEW_TOKEN = "Copy the bot token anew from the app's page, OAuth & Permissions."
NETWORK = "Correct SLACK_API_URL, or look at the network."


def test_where_all_is_well_it_says_so(served: Served) -> None:
    assert about_slack(served) == [
        BY_HTTP,
        ("Slack token", "ok", "workspace Sandbox (T0SANDBOX01), as FOI Desk"),
        ("Slack scopes", "ok", "all that the manifest asks for"),
        ("Slack channels", "ok", "foi-desk, control-room, digital, procurement, legal"),
        ("Slack people", "ok", "everybody has an account"),
        ("Slack blocks", "ok", "Slack takes what the desk draws"),
    ]


def test_somebody_without_an_account_is_named(served: Served, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    teams = tmp_path / "config" / "teams.toml"
    teams.write_text(teams.read_text("utf-8").replace("U0SIAN", "U0GONE"), "utf-8")

    told = about_slack(served, FOI_CONFIG_DIR=str(tmp_path / "config"))

    cure = "Correct the member IDs, or hand over what they hold: foi people."
    assert [one for one in told if one[0] == "Slack people"] == [
        ("Slack people", "wrong", f"Siân Pritchard (U0GONE): user_not_found. {cure}")
    ]


def test_whoever_left_is_not_looked_for_and_whoever_came_is(tmp_path: Path) -> None:
    served = Served(tmp_path)
    assert served.foi("people", "leave", "@sian", "retired", "--as", "dana").returncode == 0
    added = ("people", "add", "noor", "legal", "officer", "U0NOWHERE", "Noor", "--as", "dana")
    assert served.foi(*added).returncode == 0

    told = about_slack(served)
    served.end()

    cure = "Correct the member IDs, or hand over what they hold: foi people."
    assert [one for one in told if one[0] == "Slack people"] == [
        ("Slack people", "wrong", f"Noor (U0NOWHERE): user_not_found. {cure}")
    ]


def test_a_bad_token_is_named_with_where_to_find_the_right_one(served: Served) -> None:
    assert about_slack(served, SLACK_BOT_TOKEN="xoxb-dev-somebody-elses") == [
        BY_HTTP,
        (
            "Slack token",
            "wrong",
            f"Slack says invalid_auth. {NEW_TOKEN}",
        ),
    ]


def test_a_missing_channel_is_named(served: Served, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    teams = tmp_path / "config" / "teams.toml"
    teams.write_text(
        teams.read_text("utf-8").replace('channel = "legal"', 'channel = "foi-lawyers"'), "utf-8"
    )

    told = about_slack(served, FOI_CONFIG_DIR=str(tmp_path / "config"))

    cure = "Create them, invite the bot, or correct config/teams.toml."
    assert [one for one in told if one[0] == "Slack channels"] == [
        ("Slack channels", "wrong", f"not found: foi-lawyers. {cure}")
    ]


def test_a_slack_that_is_out_of_reach_is_named(served: Served) -> None:
    address = f"http://127.0.0.1:{free_port()}/api/"

    assert about_slack(served, SLACK_API_URL=address) == [
        BY_HTTP,
        (
            "Slack",
            "wrong",
            f"{address} does not answer: Connection refused. {NETWORK}",
        ),
    ]


def test_a_desk_with_a_bad_token_does_not_start_and_says_why(served: Served) -> None:
    told = foi("serve", **{**served.settings, "SLACK_BOT_TOKEN": "xoxb-dev-somebody-elses"})

    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.strip() == (
        "Slack does not accept the bot token: invalid_auth. See: foi doctor"
    )


def test_a_desk_with_a_bad_app_token_does_not_start_and_says_why(served: Served) -> None:
    port = str(free_port())

    told = foi("serve", **{**served.settings, "FOI_PORT": port, "SLACK_APP_TOKEN": "xapp-dev-no"})

    assert told.returncode == 2
    assert told.stderr.strip() == (
        "Slack does not accept the app token: invalid_auth. See: foi doctor"
    )


def test_a_desk_whose_slack_is_out_of_reach_does_not_start_and_says_why(served: Served) -> None:
    address = f"http://127.0.0.1:{free_port()}/api/"

    told = foi("serve", **{**served.settings, "SLACK_API_URL": address})

    assert told.returncode == 2
    assert told.stderr.strip() == (f"Slack cannot be reached at {address}. See: foi doctor")


def test_a_desk_whose_port_is_taken_does_not_start_and_says_why(served: Served) -> None:
    told = foi("serve", **served.settings)

    assert told.returncode == 2
    assert told.stderr.strip() == (
        f"Port {served.settings['FOI_PORT']} cannot be used: Address already in use. "
        "Choose another one: FOI_PORT=3001 foi serve"
    )
