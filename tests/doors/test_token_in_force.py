"""The one token of all processes: renewed once, never lost, and a call goes on with the newest."""

from __future__ import annotations

import sqlite3
import sys
import threading
import time
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from bot.installation import AsApp, InForce
from bot.renewing import AsyncRenewingClient, RenewingClient
from bot.sandbox.manifest import TEAM_ID
from bot.sandbox.sandbox import CLIENT_ID, CLIENT_SECRET
from tests.doors.installer import HALF_A_DAY
from tests.doors.page import Page
from tests.doors.programs import Program, answers, free_port
from tests.store.databases import (
    database_url,
    migrated_postgres_url,
    postgres_template,
    sqlite_template,
    sqlite_url,
)
from workflow.bootstrap import wall_clock
from workflow.services import installation
from workflow.store.unit_of_work import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "database_url",
    "migrated_postgres_url",
    "postgres_template",
    "sqlite_template",
    "sqlite_url",
]
BACK = "http://127.0.0.1:9/slack/oauth_redirect"


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give the page of a Slack whose tokens run out."""
    folder, port = tmp_path_factory.mktemp("slack"), free_port()
    url = f"http://127.0.0.1:{port}"
    program = Program(
        *(sys.executable, "-m", "tests.doors.workspace"),
        *("--port", str(port), "--folder", str(folder)),
        log=folder / "slack.log",
    )
    program.wait_for(lambda: answers(f"{url}/sandbox/channels"))
    page = Page(url)
    page.post("administer", token_seconds=HALF_A_DAY)
    yield page
    page.close()
    program.end()


class Processes:
    """As many processes as a test asks for: each with a store of its own, on one database."""

    def __init__(self, url: str, slack: Page) -> None:
        self._url, self.slack = url, slack
        self._opened: list[InForce] = []
        self.later = timedelta()
        self.first = self.another()
        self.install()

    def another(self) -> InForce:
        api = f"{self.slack.url}/api/"
        app = AsApp(CLIENT_ID, CLIENT_SECRET, api, "http://127.0.0.1:9", team=TEAM_ID)
        made = InForce(open_store(self._url), app, now=lambda: wall_clock() + self.later)
        self._opened.append(made)
        return made

    def install(self) -> None:
        asked = {"client_id": CLIENT_ID, "redirect_uri": BACK, "state": "s"}
        back = httpx.get(f"{self.slack.url}/oauth/v2/authorize", params=asked)
        self.first.install(httpx.URL(back.headers["location"]).params["code"], BACK)

    def client(self, process: InForce) -> RenewingClient:
        return RenewingClient(process, base_url=f"{self.slack.url}/api/", retry_handlers=[])

    def kept(self) -> Any:
        return installation.current(self.first.store)

    def renewals(self) -> int:
        """Count how often Slack renewed a token, or refused to."""
        log = self.slack.get("log")
        return len([one for one in log if one.get("args", {}).get("grant_type")])

    def close(self) -> None:
        for one in self._opened:
            one.store.close()


@pytest.fixture
def processes(database_url: str, slack: Page) -> Iterator[Processes]:
    """Give processes on a database of either kind."""
    made = Processes(database_url, slack)
    yield made
    made.close()


@pytest.fixture
def on_sqlite(sqlite_url: str, slack: Page) -> Iterator[Processes]:
    """Give processes on SQLite: where the database makes no difference."""
    made = Processes(sqlite_url, slack)
    yield made
    made.close()


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Let all begin together, each in a thread; gives what each gave, or what it raised."""
    together, gave = threading.Barrier(len(calls)), []

    def one(call: Callable[[], Any]) -> None:
        together.wait()
        try:
            gave.append(call())
        except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
            gave.append(error)

    threads = [threading.Thread(target=one, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return gave


def test_however_many_find_the_token_over_it_is_renewed_once_and_all_go_on(
    processes: Processes,
) -> None:
    clients = [processes.client(processes.another()) for _ in range(3)]
    for one in clients:
        one.auth_test()
    before = processes.renewals()
    processes.slack.post("administer", expire=True)

    gave = at_once(*(lambda one=one: one.auth_test()["team"] for one in clients * 4))

    assert gave == ["Sandbox"] * 12
    assert processes.renewals() == before + 1


def test_however_many_find_it_near_its_end_it_is_renewed_once_and_nobody_waits(
    processes: Processes,
) -> None:
    others = [processes.another() for _ in range(3)]
    before, was = processes.renewals(), processes.kept()
    processes.later = timedelta(hours=10, minutes=1)
    processes.slack.post("faults", fault="hang_after", method="oauth.v2.access", seconds=2)

    began = time.monotonic()
    found = at_once(*(one.token for one in others * 4))
    took = time.monotonic() - began

    assert processes.renewals() == before + 1
    assert took >= 2  # whoever renews it
    assert found.count(was.access_token) == 11
    assert set(found) == {was.access_token, processes.kept().access_token}


def test_a_process_learns_of_a_new_installation_when_slack_refuses_the_old_token(
    on_sqlite: Processes,
) -> None:
    mine = on_sqlite.client(on_sqlite.another())
    mine.auth_test()
    on_sqlite.slack.post("administer", revoke="token_revoked")
    before = on_sqlite.renewals()

    on_sqlite.install()

    assert mine.auth_test()["ok"]
    assert on_sqlite.renewals() == before


def test_an_upload_of_several_calls_goes_on_by_the_new_token(on_sqlite: Processes) -> None:
    mine = on_sqlite.client(on_sqlite.another())
    mine.auth_test()
    on_sqlite.slack.post("administer", expire=True)

    answer = mine.files_upload_v2(
        channel="C0FOI-DESK", filename="a.txt", content="words", title="a.txt"
    )

    assert answer["files"][0]["name"] == "a.txt"


async def test_listeners_go_on_by_the_new_token_too(on_sqlite: Processes) -> None:
    mine = AsyncRenewingClient(on_sqlite.another(), base_url=f"{on_sqlite.slack.url}/api/")
    assert (await mine.auth_test())["ok"]

    on_sqlite.slack.post("administer", expire=True)

    assert (await mine.users_info(user="U0AMIRA"))["user"]["id"] == "U0AMIRA"


async def test_whoever_must_answer_soon_leaves_it_to_others_to_renew_what_is_still_good(
    on_sqlite: Processes,
) -> None:
    process, was = on_sqlite.another(), on_sqlite.kept()
    assert await process.found_soon() == was
    before = on_sqlite.renewals()
    on_sqlite.later = timedelta(hours=10, minutes=1)

    assert await process.found_soon() == was
    assert on_sqlite.renewals() == before

    on_sqlite.later = timedelta(hours=12, minutes=1)  # it is over: there is nothing to answer by
    found = await process.found_soon()
    assert found is not None
    assert found.access_token != was.access_token


def test_what_slack_did_not_answer_is_tried_again_by_whoever_has_the_next_turn(
    on_sqlite: Processes,
) -> None:
    was = on_sqlite.kept()
    on_sqlite.later = timedelta(hours=10, minutes=1)
    on_sqlite.slack.post("faults", fault="fail_before", method="oauth.v2.access")

    assert on_sqlite.another().token() == was.access_token  # it is good for two hours more
    assert on_sqlite.kept().trouble == "Slack says nothing"
    assert on_sqlite.another().token() == was.access_token  # it is not this one's turn yet
    on_sqlite.later += installation.TURN

    token = on_sqlite.another().token()

    assert token != was.access_token
    assert (on_sqlite.kept().access_token, on_sqlite.kept().trouble) == (token, "")


def test_what_slack_refused_for_good_is_tried_ever_more_rarely_and_no_call_is_made_by_it(
    on_sqlite: Processes,
) -> None:
    was, other = on_sqlite.kept(), on_sqlite.another()
    with on_sqlite.first.store.writing() as connection:
        connection.exec_driver_sql("UPDATE installations SET refresh_token = 'xoxe-dev-1-lost'")
    on_sqlite.later = timedelta(hours=10, minutes=1)
    before, tries = on_sqlite.renewals(), []
    for _ in range(4 * 60):  # four hours; the token runs out after two of them
        on_sqlite.another().looked()
        tries.append(on_sqlite.renewals() - before)
        on_sqlite.later += timedelta(minutes=1)

    # After 1, 2, 4, 8, 16 and 32 minutes, and then once an hour.
    first = [tries.index(number) for number in range(1, tries[-1] + 1)]
    assert first == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    calls = len(on_sqlite.slack.get("log"))
    for one in (on_sqlite.first, other):
        with pytest.raises(SlackApiError, match="token_expired"):
            on_sqlite.client(one).auth_test()
    assert len(on_sqlite.slack.get("log")) == calls
    assert on_sqlite.kept().access_token == was.access_token

    on_sqlite.install()  # by the first process

    assert on_sqlite.client(other).auth_test()["ok"]
    assert (on_sqlite.kept().refusals, on_sqlite.kept().refused_until) == (0, None)


def test_whoever_starts_the_desk_anew_lets_what_was_refused_be_tried_at_once(
    on_sqlite: Processes,
) -> None:
    with on_sqlite.first.store.writing() as connection:
        connection.exec_driver_sql("UPDATE installations SET refresh_token = 'xoxe-dev-1-lost'")
    on_sqlite.later = timedelta(hours=10, minutes=1)
    before = on_sqlite.renewals()
    for _ in range(3):
        on_sqlite.another().looked()
    assert on_sqlite.renewals() == before + 1
    on_sqlite.later += installation.TURN

    anew = on_sqlite.another()
    anew.let_try()
    anew.looked()

    assert on_sqlite.renewals() == before + 2


def test_an_event_of_a_token_before_this_one_ends_nothing(on_sqlite: Processes) -> None:
    was = on_sqlite.kept()

    on_sqlite.first.ended("tokens_revoked")

    assert on_sqlite.kept() == was
    assert on_sqlite.client(on_sqlite.another()).auth_test()["ok"]


def test_an_installation_that_is_over_is_called_by_no_process_until_it_is_made_anew(
    on_sqlite: Processes,
) -> None:
    mine, other = on_sqlite.another(), on_sqlite.another()
    for one in (mine, other):
        on_sqlite.client(one).auth_test()
    on_sqlite.slack.post("administer", revoke="account_inactive")

    for word in ("tokens_revoked", "app_uninstalled", "tokens_revoked"):  # Slack has no order
        mine.ended(word)
    found = on_sqlite.kept()
    assert (found.has_ended, found.trouble) == (True, "app_uninstalled")

    calls = len(on_sqlite.slack.get("log"))
    with pytest.raises(SlackApiError, match="app_uninstalled"):
        on_sqlite.client(mine).auth_test()
    assert len(on_sqlite.slack.get("log")) == calls
    for _ in range(3):  # the other learns of it by its first call
        with pytest.raises(SlackApiError):
            on_sqlite.client(other).auth_test()
    assert len(on_sqlite.slack.get("log")) == calls + 1

    on_sqlite.install()

    for one in (mine, other):
        assert on_sqlite.client(one).auth_test()["ok"]
    assert not on_sqlite.kept().has_ended


def test_what_slack_gave_is_kept_once_the_database_can_be_written_to(
    sqlite_url: str, on_sqlite: Processes
) -> None:
    was, process = on_sqlite.kept(), on_sqlite.another()
    on_sqlite.later = timedelta(hours=10, minutes=1)
    on_sqlite.slack.post("faults", fault="hang_after", method="oauth.v2.access", seconds=2)
    renewing = threading.Thread(target=process.token)
    renewing.start()
    time.sleep(1)  # the turn is taken, and Slack has not answered yet

    path = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        renewing.join()  # it gives up after ten seconds
        other.execute("ROLLBACK")
    assert on_sqlite.kept().access_token == was.access_token

    token = process.looked()

    assert token is not None
    assert token.access_token != was.access_token
    assert on_sqlite.kept() == token


def test_a_workspace_that_was_not_chosen_is_not_served(sqlite_url: str, slack: Page) -> None:
    made = Processes(sqlite_url, slack)
    app = made.first.app._replace(team="T0OTHER")
    chosen = InForce(made.first.store, app, now=wall_clock)

    assert made.first.token() != ""
    with pytest.raises(SlackApiError, match="not_authed"):
        chosen.token()
    made.close()
