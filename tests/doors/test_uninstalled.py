"""The app is uninstalled, or its token revoked, and Slack says so: nothing is lost, and it is told.

Signed events over both transports, a real desk, and a Slack whose administrator takes the app away.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.doors.installer import Installer, installable
from tests.doors.programs import foi
from tests.doors.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.doors.page import Json

pytestmark = pytest.mark.timeout(300)  # a test may start a desk and a Slack

WITHIN = 40.0  # seconds
AMISS = "last seen: installation"


@pytest.fixture(params=[False, True], ids=["by HTTP", "by socket"])
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """Give a desk that was installed by OAuth, reached by either transport."""
    served = installable(tmp_path, by_socket=request.param)
    page = Installer(served).install()
    assert page.status_code == httpx.codes.OK, page.text
    yield served
    served.end()


def administer(served: Served, **what: Any) -> None:
    served.page.post("administer", **what)


def doctor(served: Served, name: str) -> tuple[str, str]:
    """Ask the doctor for one of its lines: its state, and what it says; nothing without it."""
    told = foi("doctor", "--json", **served.settings)
    assert "Traceback" not in told.stderr
    said = [(one["state"], one["says"]) for one in json.loads(told.stdout) if one["name"] == name]
    return said[0] if said else ("", "")


def ready(served: Served) -> Json:
    """Read /readyz, which says that requests may be sent here whatever is said of Slack."""
    answer = httpx.get(f"{served.url}/readyz", timeout=20)
    assert answer.status_code == httpx.codes.OK
    told: Json = answer.json()
    return told


def calls(served: Served) -> int:
    return sum(one["what"] == "call" for one in served.page.get("log"))


def is_told(served: Served, reference: str, subject: str) -> bool:
    said = f"{reference} “{subject}” is allocated to Control Room. Who claims it?"
    return [one["text"] for one in served.page.messages(channel="control-room")].count(said) == 1


def event(word: str, *, team: str = "T0SANDBOX01", **more: Any) -> str:
    """Write an event of the app's own end as Slack posts it."""
    told = {"type": word, **more}
    outer = {"type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": "Ev0END"}
    return json.dumps({**outer, "event": told, "event_time": 1})


@pytest.mark.parametrize(
    ("done", "word", "says"),
    [
        ("uninstall", "app_uninstalled", "the app was uninstalled"),
        ("revoke_tokens", "tokens_revoked", "its token was revoked"),
    ],
)
def test_an_app_that_was_taken_away_asks_slack_no_more_and_goes_on_once_it_is_installed(
    installed: Served, done: str, word: str, says: str
) -> None:
    administer(installed, **{done: True})

    installed.page.until(lambda: says in doctor(installed, "Slack installation")[1], WITHIN)
    installed.page.until(lambda: word in ready(installed).get("trouble", ""), WITHIN)
    state, told = doctor(installed, "Slack installation")
    assert state == "wrong"
    assert told.endswith(
        f": nothing is sent, and everything is kept. Open {installed.url}/slack/install"
    )
    state, told = doctor(installed, AMISS)
    assert (state, f"Slack says {word}" in told, "/slack/install" in told) == ("wrong", True, True)
    assert ready(installed)["trouble"].startswith("Slack does not accept the bot token any more")

    before = calls(installed)
    reference = installed.new("Taken away")
    time.sleep(4)  # four ticks
    assert calls(installed) == before
    assert str(json.loads(installed.foi("outbox", "--json").stdout)).count(reference) >= 4

    Installer(installed).install()

    installed.page.until(lambda: is_told(installed, reference, "Taken away"), WITHIN)
    installed.page.until(lambda: ready(installed) == {"ok": True}, WITHIN)
    assert doctor(installed, "Slack installation")[0] == "ok"
    assert doctor(installed, AMISS)[0] == "ok"
    said = installed.page.says("amira", f"/foi claim {reference}")
    assert said.startswith(f"{reference}: Amira Hassan claimed it. ")


def test_the_trouble_is_over_with_the_installation_though_nothing_waits_to_be_sent(
    tmp_path: Path,
) -> None:
    served = installable(tmp_path)
    try:
        Installer(served).install()
        administer(served, uninstall=True)
        served.page.until(lambda: "trouble" in ready(served), WITHIN)

        Installer(served).install()

        served.page.until(lambda: ready(served) == {"ok": True}, WITHIN)
    finally:
        served.end()


def test_an_event_of_another_workspace_or_another_token_changes_nothing(tmp_path: Path) -> None:
    served = installable(tmp_path)
    try:
        Installer(served).install()
        ours = served.page.get("workspace")["app"]["user"]
        # While Slack refuses the token, so that whoever tried it would believe the event.
        administer(served, revoke="token_revoked")
        before = calls(served)
        for body in (
            event("app_uninstalled", team="T0ELSEWHERE"),
            event("tokens_revoked", team="T0ELSEWHERE", tokens={"bot": [ours]}),
            event("tokens_revoked", tokens={"oauth": [], "bot": ["U0SOMEBODY"]}),
            event("tokens_revoked", tokens={"oauth": [ours]}),
            event("tokens_revoked"),
        ):
            answer = served.send(body, content_type="application/json")
            assert answer.status_code == httpx.codes.OK, answer.text
        assert calls(served) == before
        assert served.send(event("app_uninstalled"), secret="no").status_code == 401
        strange = event("tokens_revoked", tokens={"bot": ours})
        assert served.send(strange, content_type="application/json").status_code == 400
        assert "uninstalled" not in doctor(served, "Slack installation")[1]

        # Once Slack takes it again, an event of ours that came late is not believed either.
        administer(served, revoke="")
        late = event("tokens_revoked", tokens={"oauth": [], "bot": [ours]})
        assert served.send(late, content_type="application/json").status_code == httpx.codes.OK

        assert doctor(served, "Slack installation")[0] == "ok"
        assert ready(served) == {"ok": True}
    finally:
        served.end()


@pytest.mark.parametrize("by_socket", [False, True])
def test_where_the_token_is_of_the_settings_it_is_told_and_goes_on_once_it_is_good(
    tmp_path: Path, *, by_socket: bool
) -> None:
    served = Served(tmp_path, by_socket=by_socket)
    try:
        administer(served, uninstall=True)
        served.page.until(lambda: "trouble" in ready(served), WITHIN)
        state, says = doctor(served, AMISS)
        assert (state, "Slack says account_inactive" in says) == ("wrong", True)
        assert "set SLACK_BOT_TOKEN and start foi serve again" in says
        reference = served.new("Uninstalled")

        administer(served, revoke="")

        served.page.until(lambda: is_told(served, reference, "Uninstalled"), WITHIN)
        served.page.until(lambda: ready(served) == {"ok": True}, WITHIN)
    finally:
        served.end()
