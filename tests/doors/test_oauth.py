"""The app installed by OAuth, its token rotating: from the link in the browser to the next year.

Everything over real sockets: `foi serve`, and beside it `foi worker`, on a Slack that rotates.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from bot import wording
from bot.plain_page import HEADERS
from bot.sandbox.manifest import TEAM_ID
from tests.doors.installer import HALF_A_DAY, Installer, installable, words
from tests.doors.page import DESK
from tests.doors.programs import Program, foi
from tests.doors.served import command_body

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.doors.served import Served

pytestmark = pytest.mark.timeout(300)  # a test may start a desk, a Slack and two workers

WITHIN, SOON = 40.0, 15.0  # seconds
NEAR_ITS_END = (
    "UPDATE installations SET granted_at = datetime('now', '-601 minutes'), "
    "expires_at = datetime('now', '+119 minutes')"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a desk that is installed, with a token that runs out."""
    started = installable(tmp_path_factory.mktemp("oauth"))
    administer(started, token_seconds=HALF_A_DAY)
    installed = Installer(started).install()
    assert installed.status_code == 200, installed.text
    yield started
    started.end()


def administer(served: Served, **what: Any) -> None:
    served.page.post("administer", **what)


def doctor(served: Served, name: str, **changed: str) -> tuple[str, str]:
    """Ask the doctor for one of its lines: its state, and what it says; nothing without it."""
    checks = json.loads(foi("doctor", "--json", **{**served.settings, **changed}).stdout)
    said = [(one["state"], one["says"]) for one in checks if one["name"] == name]
    return said[0] if said else ("", "")


def kept(served: Served) -> dict[str, Any]:
    """Read the installation as it stands in the database."""
    with closing(_database(served)) as database:
        database.row_factory = sqlite3.Row
        (row,) = database.execute("SELECT * FROM installations").fetchall()
    return dict(row)


def change(served: Served, sql: str) -> None:
    with closing(_database(served)) as database, database:
        database.execute(sql)


def _database(served: Served) -> sqlite3.Connection:
    path = served.settings["FOI_DATABASE_URL"].removeprefix("sqlite:///")
    return sqlite3.connect(path, timeout=20)


def calls(served: Served, method: str) -> list[Any]:
    """List what Slack answered to each call of a method, the oldest first."""
    log = served.page.get("log")
    return [one["answer"] for one in log if one["what"] == "call" and one["method"] == method]


def revocations(served: Served) -> list[str]:
    """List the workspaces of whose tokens the desk was told that they are revoked."""
    log = served.page.get("log")
    heard = [one["payload"] for one in log if one["what"] == "delivery" and not one["error"]]
    return [one["team_id"] for one in heard if "tokens_revoked" in str(one)]


def is_told(served: Served, reference: str, subject: str) -> bool:
    said = f"{reference} “{subject}” is allocated to Control Room. Who claims it?"
    return said in [one["text"] for one in served.page.messages(channel="control-room")]


def is_claimed(served: Served, subject: str) -> bool:
    """Log a request, see that its team is told of it, and claim it."""
    reference = served.new(subject)
    served.page.until(lambda: is_told(served, reference, subject), WITHIN)
    said = served.page.says("amira", f"/foi claim {reference}")
    return said.startswith(f"{reference}: Amira Hassan claimed it. ")


@pytest.mark.parametrize("by_socket", [False, True])
def test_a_desk_without_a_token_is_installed_from_the_browser_and_works_at_once(
    tmp_path: Path, *, by_socket: bool
) -> None:
    served = installable(tmp_path, by_socket=by_socket)
    try:
        browser = Installer(served)
        assert browser.read("/slack/installed").status_code == 404
        assert doctor(served, "Slack installation") == (
            "missing",
            f"nobody has installed it. Start foi serve. Open {served.url}/slack/install",
        )

        page = browser.install()

        assert words(page).split("  ") == [
            wording.INSTALLED,
            wording.installed_in("Sandbox"),
            wording.INVITE_IT,
        ]
        assert is_claimed(served, "Installed")
        state, says = doctor(served, "Slack installation")
        assert (state, says.startswith("in Sandbox (T0SANDBOX01), by ")) == ("ok", True)
        assert says.endswith("; its token does not run out")
        assert doctor(served, "Slack token")[0] == "ok"

        administer(served, token_seconds=HALF_A_DAY)  # rotation is turned on, and cannot be off
        browser.install()
        administer(served, expire=True)
        assert is_claimed(served, "Rotated")
        assert kept(served)["access_token"].startswith("xoxe.xoxb-")
    finally:
        served.end()


def test_before_it_is_installed_nobody_is_served_and_nothing_is_lost(tmp_path: Path) -> None:
    served = installable(tmp_path)
    try:
        assert wording.ELSEWHERE in served.send(command_body("mine")).text
        reference = served.new("Too early")
        amiss = "last seen: installation"
        served.page.until(lambda: "not_authed" in doctor(served, amiss)[1], WITHIN)

        Installer(served).install()

        served.page.until(lambda: is_told(served, reference, "Too early"), WITHIN)
        served.page.until(lambda: doctor(served, amiss)[0] == "ok", WITHIN)
    finally:
        served.end()


def test_a_token_that_runs_out_is_renewed_and_nobody_notices(desk: Served) -> None:
    before = kept(desk)
    assert before["access_token"].startswith("xoxe.xoxb-")

    administer(desk, expire=True)

    assert is_claimed(desk, "After it ran out")
    after = kept(desk)
    assert after["access_token"] != before["access_token"]
    assert after["refresh_token"] != before["refresh_token"]
    assert (after["trouble"], after["installed_at"]) == ("", before["installed_at"])
    state, says = doctor(desk, "Slack installation")
    assert (state, says.endswith(" and is renewed by itself")) == ("ok", True)


def test_a_press_meets_a_token_that_has_just_run_out_and_is_answered(desk: Served) -> None:
    reference = desk.new("Pressed late")
    desk.page.until(lambda: is_told(desk, reference, "Pressed late"), WITHIN)
    administer(desk, expire=True)

    outcome = desk.page.command("dana", "/foi new")

    assert outcome["view_id"], outcome


def test_a_token_is_renewed_before_it_runs_out(desk: Served) -> None:
    before = kept(desk)
    change(desk, NEAR_ITS_END)

    desk.page.until(lambda: kept(desk)["access_token"] != before["access_token"], WITHIN)

    assert "token_expired" not in str(calls(desk, "chat.postMessage")[-1:])


def test_of_several_processes_one_renews_and_all_go_on(desk: Served, tmp_path: Path) -> None:
    settings = {**desk.settings, "FOI_PORT": "0"}
    workers = [
        Program(
            *(sys.executable, "-m", "bot", "worker"),
            log=tmp_path / f"worker-{number}.log",
            settings=settings,
        )
        for number in range(2)
    ]
    try:
        for one in workers:
            one.wait_for(lambda one=one: "Ticking" in one.printed())  # type: ignore[misc]  # each its own
        before = len(calls(desk, "oauth.v2.access"))

        for number in range(4):
            administer(desk, expire=True)
            assert is_claimed(desk, f"Round {number}")

        answers = calls(desk, "oauth.v2.access")[before:]
        assert [one["ok"] for one in answers] == [True] * 4
    finally:
        for one in workers:
            one.end()


def test_after_a_restart_everything_goes_on(desk: Served) -> None:
    assert desk.desk.stop() == 0
    administer(desk, expire=True)
    reference = desk.new("By cron")
    ticked = foi("tick", **desk.settings)
    assert (ticked.returncode, is_told(desk, reference, "By cron")) == (0, True), ticked.stderr
    administer(desk, expire=True)

    desk.start_desk()

    assert is_claimed(desk, "After a restart")


def test_whoever_does_not_consent_reads_that_nothing_was_changed(desk: Served) -> None:
    before = kept(desk)
    administer(desk, consent="denied")

    page = Installer(desk).install()

    administer(desk, consent="")
    assert page.status_code == 403
    assert wording.CONSENT_DENIED in words(page)
    assert kept(desk) == before


def test_what_was_not_begun_in_this_browser_or_is_over_installs_nothing(desk: Served) -> None:
    browser, other = Installer(desk), Installer(desk)
    before = kept(desk)
    back = browser.consent(browser.begin())
    other.begin()
    once = browser.consent(browser.begin())
    assert browser.read(once).status_code == 303
    old = browser.consent(browser.begin())
    change(desk, "UPDATE installation_states SET ends_at = datetime('now', '-1 second')")
    made_up = "/slack/oauth_redirect?code=x&state=x"
    answers = [
        browser.read(once),  # a second time
        browser.read(old),  # too late
        browser.read(back, cookie=other.cookie),  # in another browser
        browser.read(back, cookie=""),
        browser.read(made_up),
        browser.read(made_up, cookie="foi-install=x"),
        browser.read("/slack/oauth_redirect"),
        browser.read(f"/slack/oauth_redirect?state={'x' * 9000}"),
    ]

    assert [one.status_code for one in answers] == [400] * 8
    assert {wording.BEGUN_IS_OVER in words(one) for one in answers} == {True}
    assert kept(desk)["team_id"] == before["team_id"]


def test_another_workspace_is_refused_and_its_token_is_given_back(desk: Served) -> None:
    before = kept(desk)

    for consent, why in (
        (
            "elsewhere",
            f"This desk serves the workspace {TEAM_ID}, and you installed it in Elsewhere (",
        ),
        ("organisation", wording.ORGANISATION),
    ):
        administer(desk, consent=consent)
        page = Installer(desk).install()
        assert (page.status_code, why in words(page)) == (409, True), page.text

    administer(desk, consent="")
    assert kept(desk) == before
    assert calls(desk, "auth.revoke")[-2:] == [{"ok": True, "revoked": True}] * 2
    # Slack tells of each: of a token of another workspace, and of one that is not in force.
    desk.page.until(lambda: revocations(desk) == ["T0ELSEWHERE", TEAM_ID], WITHIN)
    assert kept(desk) == before


def test_what_slack_says_on_the_way_back_is_escaped(desk: Served) -> None:
    browser = Installer(desk)
    browser.begin()
    state = browser.cookie.partition("=")[2]

    hostile = browser.read(f"/slack/oauth_redirect?state={state}&error=<script>alert(1)</script>")

    assert hostile.status_code == 409
    assert "<script" not in hostile.text


def test_every_page_is_plain_and_loads_nothing(desk: Served) -> None:
    browser = Installer(desk)
    pages = [browser.read(one) for one in ("/slack/install", "/slack/installed")]
    pages.append(browser.read("/slack/oauth_redirect"))

    for one in pages:
        assert HEADERS.items() <= dict(one.headers).items()
        assert '<html lang="en">' in one.text
        assert '<meta name="color-scheme" content="light dark">' in one.text
        assert one.text.count("<h1>") == 1
        assert (one.text.count("<style>"), " style=" in one.text) == (1, False)
        assert "<script" not in one.text
    assert wording.installed_already("Sandbox") in words(pages[0])


def test_a_revoked_token_is_told_and_installing_anew_mends_it(desk: Served) -> None:
    administer(desk, revoke="token_revoked")
    reference = desk.new("Revoked")
    desk.page.until(lambda: doctor(desk, "last seen: installation")[0] == "wrong", WITHIN)
    assert "/slack/install of foi serve" in doctor(desk, "last seen: installation")[1]
    mend = f"Slack says token_revoked. Open {desk.url}/slack/install"
    assert doctor(desk, "Slack token") == ("wrong", mend)

    Installer(desk).install()

    desk.page.until(lambda: is_told(desk, reference, "Revoked"), WITHIN)
    desk.page.until(lambda: doctor(desk, "last seen: installation")[0] == "ok", WITHIN)
    assert is_claimed(desk, "Installed anew")


def test_a_token_that_cannot_be_renewed_is_told_to_the_desk_while_it_is_good(desk: Served) -> None:
    change(desk, "UPDATE installations SET refresh_token = 'xoxe-dev-1-lost'")
    change(desk, NEAR_ITS_END)

    told = "FOI Desk's way into Slack ends at "

    def warnings() -> list[str]:
        said = [str(one["text"]) for one in desk.page.messages(channel=DESK)]
        return [one for one in said if one.startswith(told)]

    desk.page.until(lambda: len(warnings()) == 1, WITHIN)
    state, says = doctor(desk, "Slack installation")
    assert (state, "could not be: Slack says invalid_refresh_token. Open " in says) == (
        "wrong",
        True,
    )

    Installer(desk).install()

    assert doctor(desk, "Slack installation")[0] == "ok"
    assert len(warnings()) == 1


def test_a_wrong_client_secret_is_told_with_its_cure_and_is_right_at_the_next_start(
    desk: Served,
) -> None:
    right = desk.settings["SLACK_CLIENT_SECRET"]
    assert desk.desk.stop() == 0
    desk.settings["SLACK_CLIENT_SECRET"] = "somebody-elses"
    desk.start_desk()
    before = kept(desk)
    change(desk, NEAR_ITS_END)

    def told() -> int:
        return sum(cure in one["text"] for one in desk.page.messages(channel=DESK))

    cure = "nothing is said here after that. Correct SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, and"
    desk.page.until(lambda: told() > 0, WITHIN)  # the doctor knows it a moment before
    says = "Slack says bad_client_secret. Correct SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, and "
    assert says in doctor(desk, "Slack installation")[1]
    assert told() == 1
    assert desk.desk.stop() == 0
    desk.settings["SLACK_CLIENT_SECRET"] = right
    desk.start_desk()

    # It does not wait for the minute after which it would be tried again.
    desk.page.until(lambda: kept(desk)["access_token"] != before["access_token"], SOON)
    assert doctor(desk, "Slack installation")[0] == "ok"


def test_the_doctor_says_what_is_set_and_does_not_go_together(desk: Served) -> None:
    cure = f"SLACK_TEAM_ID names T0OTHER, so it is not used. Open {desk.url}/slack/install"
    state, says = doctor(desk, "Slack installation", SLACK_TEAM_ID="T0OTHER")
    assert (state, says.endswith(cure)) == ("wrong", True)
    lacks = "SLACK_CLIENT_SECRET is not set; set it."
    assert doctor(desk, "Slack", SLACK_CLIENT_SECRET="") == ("wrong", lacks)
    unnamed = "SLACK_TEAM_ID is not set: the workspace's id; set it."
    assert doctor(desk, "Slack", SLACK_TEAM_ID="") == ("wrong", unnamed)
    served_so = "the app is installed by OAuth, and commands come in by HTTP"
    assert doctor(desk, "Slack") == ("ok", served_so)


def test_no_token_stands_in_any_log_and_the_doctor_shows_none(desk: Served) -> None:
    administer(desk, expire=True)
    assert is_claimed(desk, "Renewed once more")

    printed = foi("doctor", **desk.settings)
    said = [printed.stdout, printed.stderr, desk.desk.printed(), str(desk.page.get("log"))]

    assert "Slack installation" in said[0]
    assert "the token is renewed" in said[2]
    for secret in ("xoxe", "xoxb", desk.settings["SLACK_CLIENT_SECRET"]):
        assert [secret in one for one in said] == [False] * 4
