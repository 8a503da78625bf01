"""Payloads that Slack never sends get an answer, no traceback, and write nothing.

10,000 of them with FOI_LARGE_PROOFS=1, else 500.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sqlite3
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox import payloads
from bot.sandbox.directory import Person
from tests.benchmarks.databases import say
from tests.doors.malformed import RECORDED, Sending, Shape, sendings
from tests.doors.served import Served, command_body
from tests.doors.workspace import SIGNING_SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doors.page import Json, Page

LARGE = os.environ.get("FOI_LARGE_PROOFS", "0") not in {"", "0"}  # noqa: TID251 - the tests' own
pytestmark = pytest.mark.timeout(3600 if LARGE else 300)
MANY = 10_000 if LARGE else 500
WARMING = 300
MOST_GROWTH = 24  # MiB: threads and pools that come with use; 10,000 kept payloads would be 40

USED, KEPT = "MAL-USED-1", "MAL-KEPT-1"
TRIGGER = {"trigger_id": "made-up"}
DANA = Person("U0DANA", "dana", "Dana Whitfield", "FOI Desk", "desk", "dana@example.org")


class Target:
    """A served desk, its database, and payloads recorded from its Slack."""

    def __init__(self, folder: Path) -> None:
        self.served = Served(folder, FOI_TICK_SECONDS="3600")  # nothing else writes meanwhile
        self._office = sqlite3.connect(folder / "office.db")
        self.http = httpx.Client(timeout=30)
        self.shapes: list[Shape] = []
        self.statuses: Counter[int] = Counter()

    def rows(self) -> dict[str, int]:
        """Count the rows of every table."""
        tables = self._office.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: self._office.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - its own tables
            for (name,) in tables.fetchall()
        }

    def unsaid(self) -> int:
        """Count what is still to be delivered of what the recording did."""
        waiting = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')"
        return int(self._office.execute(waiting).fetchone()[0])

    def memory(self) -> int:
        """Tell how much memory the desk's process holds, in KiB."""
        status = Path(f"/proc/{self.served.desk.process.pid}/status").read_text("ascii")
        (line,) = (one for one in status.splitlines() if one.startswith("VmRSS:"))
        return int(line.split()[1])

    def post(self, sending: Sending) -> httpx.Response:
        at = str(int(time.time()) - (400 if sending.signed == "long ago" else 0))  # noqa: TID251 - a signature carries the real time
        headers = {"content-type": sending.content_type, **signature(sending, at)}
        url = f"{self.served.url}/slack/events"
        answer = self.http.post(url, content=sending.body, headers=headers)
        self.statuses[answer.status_code] += 1
        return answer

    def close(self) -> None:
        self.http.close()
        self._office.close()
        self.served.end()


def signature(sending: Sending, at: str) -> dict[str, str]:
    """Sign a body, or do what somebody does who has no secret."""
    secret = "somebody-elses" if sending.signed == "with another secret" else SIGNING_SECRET
    body = b"another body" if sending.signed == "otherwise" else sending.body
    made = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    if sending.signed == "not at all":
        return {}
    if sending.signed == "as nonsense":
        return {"x-slack-request-timestamp": "yesterday", "x-slack-signature": "v0=zz"}
    return {"x-slack-request-timestamp": at, "x-slack-signature": f"v0={made}"}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    made = Target(tmp_path_factory.mktemp("target"))
    try:
        made.shapes = recorded(made.served)
        yield made
    finally:
        made.close()


def test_each_shape_as_it_was_recorded_is_taken_and_those_that_change_something_do(
    target: Target,
) -> None:
    """Else nothing that follows would prove anything."""
    for shape in target.shapes:
        if shape.name == "press":
            continue  # the form that asks which claims the same
        before = target.rows()

        answer = target.post(shape.about(USED).well())

        assert answer.status_code in ({200} if shape.essential else {200, 404}), shape.name
        written = target.rows()["events"] - before["events"]
        assert (shape.name, written) == (shape.name, 1 if shape.essential else 0)


def test_what_slack_never_sends_is_answered_and_writes_nothing(target: Target) -> None:
    before: dict[str, int] = {}

    @settings(
        max_examples=MANY + WARMING,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def try_out(data: st.DataObject) -> None:
        sending = data.draw(sendings(target.shapes, KEPT))
        rows = target.rows()
        read = target.served.desk.log.stat().st_size

        answer = target.post(sending)

        assert answer.status_code < 500, (sending.told, answer.text)
        assert "Traceback" not in logged_since(target, read), sending.told
        assert target.rows() == rows, sending.told
        if sum(target.statuses.values()) == WARMING:
            before["memory"] = target.memory()

    target.served.page.until(lambda: target.unsaid() == 0, seconds=60)
    began, rows = time.monotonic(), target.rows()
    target.statuses.clear()
    try_out()
    grown = (target.memory() - before["memory"]) / 1024
    told = ", ".join(f"{status}: {many:,}" for status, many in sorted(target.statuses.items()))
    say(
        f"{sum(target.statuses.values()):,} payloads of {len(target.shapes)} shapes in "
        f"{time.monotonic() - began:.0f} s. Answers: {told}. Nothing written in {len(rows)} "
        f"tables. Memory: {before['memory'] / 1024:.0f} MiB, {grown:+.1f} MiB at the end"
    )
    assert target.rows() == rows
    assert "Traceback" not in target.served.desk.printed()
    assert grown < MOST_GROWTH
    assert target.served.send(command_body("help")).status_code == 200


def logged_since(target: Target, position: int) -> str:
    with target.served.desk.log.open(encoding="utf-8", errors="replace") as log:
        log.seek(position)
        return log.read()


# --- recording ------------------------------------------------------------------------------------


def recorded(served: Served) -> list[Shape]:
    """Do one thing of each kind at the desk and take what Slack sent."""
    for reference in (RECORDED, USED, KEPT):
        words = ("--subject", "Target", "--description", "What?", "--reference", reference)
        assert served.foi("new", *words, "--as", "dana").returncode == 0
        assert served.foi("allocate", reference, "control-room", "--as", "dana").returncode == 0
    page = served.page
    command = taken(page, page.command("dana", f"/foi update {RECORDED} noted"))
    form = page.command("dana", f"/foi update {RECORDED}")["view_id"]
    submitted = taken(page, page.submit("dana", form, note="noted"))
    which = {"as": "dana", "view_id": page.command("dana", "/foi claim")["view_id"]}
    suggested = taken(page, page.post("options", **which, action_id="reference", text="MAL"))
    chosen = taken(page, page.submit("dana", which["view_id"], reference=RECORDED))
    shown = page.command("dana", f"/foi show {RECORDED}")["reply"]
    pressed = taken(page, page.press("dana", shown["ts"], "why", RECORDED))
    page.get("home", **{"as": "dana"})
    page.until(lambda: bool(sent(page, "event_callback")))
    opened = sent(page, "event_callback")[-1]
    bot = [opened["authorizations"][0]["user_id"]]
    claim = {**pressed["actions"][0], "action_id": "act:claim"}
    changing = [
        Shape("command", command, COMMAND),
        Shape("press", {**pressed, "actions": [claim]}, PRESS),
        Shape("form", submitted, (*FORM_SENT, *noted(submitted))),
        Shape("form that asks which", chosen, (*FORM_SENT, (CHOSEN, True))),
    ]
    looking = {
        "look": {**command, "text": f"why {RECORDED}"},
        "press to look": pressed,
        "menu": {**pressed, "actions": [menu(pressed, f"nothing|{RECORDED}")]},
        "form closed": {**submitted, "type": "view_closed", "is_cleared": False},
        "suggestion": suggested,
        "home opened": opened,
        "message": {**opened, "event": message(opened["event"]["user"])},
        "tokens revoked": {**opened, "event": {"type": "tokens_revoked", "tokens": {"bot": bot}}},
        "uninstalled": {**opened, "event": {"type": "app_uninstalled"}},
        "shortcut": TRIGGER | payloads.shortcut(DANA, "log_request", action_ts="1.0"),
        "message shortcut": TRIGGER | message_shortcut(pressed),
        "url verification": {"type": "url_verification", "token": "t", "challenge": "c" * 20},
    }
    return [*changing, *(Shape(name, body) for name, body in looking.items())]


COMMAND = tuple(((name,), True) for name in ("command", "text", "user_id", "team_id"))
PRESS = (
    *((path, True) for path in (("type",), ("user",), ("user", "id"), ("actions",))),
    *((("actions", 0, name), True) for name in ("action_id", "value", "type")),
)
FORM_SENT = tuple(
    (path, True)
    for path in (
        *(("type",), ("user",), ("user", "id"), ("view",), ("view", "callback_id")),
        *(("view", "private_metadata"), ("view", "state"), ("view", "state", "values")),
    )
)
CHOSEN = ("view", "state", "values", "reference", "reference", "selected_option", "value")


def noted(submitted: Json) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Give where a form holds its note: without it there is nothing to do, and it must be text."""
    ((block, held),) = submitted["view"]["state"]["values"].items()
    where = ("view", "state", "values", block)
    yield where, True
    yield (*where, next(iter(held)), "value"), False


def taken(page: Page, _done: object) -> Json:
    """Take what Slack sent last that a person did."""
    return [one for one in sent(page) if one.get("type") != "event_callback"][-1]


def sent(page: Page, kind: str | None = None) -> list[Json]:
    """List the payloads that Slack has sent, of one kind or of all."""
    payloads = [one["payload"] for one in page.get("log") if "payload" in one]
    return [one for one in payloads if kind in (None, one.get("type"))]


def menu(pressed: Json, value: str) -> Json:
    option = {"text": {"type": "plain_text", "text": "…"}, "value": value}
    return {
        **pressed["actions"][0],
        "type": "overflow",
        "action_id": "more",
        "selected_option": option,
    }


def message(user: str) -> Json:
    return {"type": "message", "user": user, "text": "<@U0BOT> hello", "ts": "1.0", "channel": "D0"}


def message_shortcut(pressed: Json) -> Json:
    where = {"kind": "channel", **pressed["channel"]}
    return payloads.message_shortcut(
        DANA, "log_message", where, message("U0AMIRA"), action_ts="1.0"
    )
