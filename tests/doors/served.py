"""A desk as an authority runs it: `foi serve`, its database, and a Slack in another process."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx

from tests.doors.page import Page
from tests.doors.programs import Program, answers, foi, free_port
from tests.doors.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.doors.page import Json

FORM = "application/x-www-form-urlencoded"


class Served:
    """A served desk. Either process may be ended and started again; both keep what they know."""

    def __init__(
        self,
        folder: Path,
        *,
        by_socket: bool = False,
        outsiders: Sequence[str] = (),
        program: Sequence[str] = ("bot",),
        through: Callable[[int], str] | None = None,
        **settings: str,
    ) -> None:
        self._folder, self._outsiders, self._program = folder, outsiders, program
        self._ports = free_port(), free_port()
        self.slack_url, self.url = (f"http://127.0.0.1:{port}" for port in self._ports)
        # Where the desk reaches Slack, which is not where the tests do, if something is between.
        self._own_url = through(self._ports[0]) if through else self.slack_url
        self.settings = {
            "FOI_DATABASE_URL": f"sqlite:///{folder / 'office.db'}",
            "FOI_PORT": str(self._ports[1]),
            "FOI_TICK_SECONDS": "1",
            "FOI_MESSAGE_SECONDS": "0",  # a test is in a hurry, and its Slack has nobody else
            "SLACK_API_URL": f"{self._own_url}/api/",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            **({"SLACK_APP_TOKEN": APP_TOKEN} if by_socket else {}),
            **({} if by_socket else {"SLACK_SIGNING_SECRET": SIGNING_SECRET}),
            **settings,
        }
        self.page = Page(self.slack_url)
        self.slack = self._start_slack(by_socket=by_socket)
        try:
            self.desk = self.start_desk()
        except AssertionError:
            self.slack.end()
            raise

    def start_desk(self) -> Program:
        """Start `foi serve`, again if it was ended."""
        self.desk = Program(
            *(sys.executable, "-m", *self._program, "serve"),
            log=self._folder / "serve.log",
            settings=self.settings,
        )
        self.desk.wait_for(lambda: answers(f"{self.url}/health"))
        return self.desk

    def _start_slack(self, *, by_socket: bool) -> Program:
        started = Program(
            *(sys.executable, "-m", "tests.doors.workspace"),
            *("--port", str(self._ports[0]), "--folder", str(self._folder / "slack")),
            *("--own-url", self._own_url),
            *(() if by_socket else ("--request-url", f"{self.url}/slack/events")),
            *(("--config", config) if (config := self.settings.get("FOI_CONFIG_DIR")) else ()),
            *(word for one in self._outsiders for word in ("--outsider", one)),
            log=self._folder / "slack.log",
        )
        started.wait_for(lambda: answers(f"{self.slack_url}/sandbox/channels"))
        return started

    def foi(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the terminal's door on the same database, out of Slack's reach."""
        mine = {"FOI_DATABASE_URL": self.settings["FOI_DATABASE_URL"]}
        return foi(*words, **{**mine, **settings})

    def new(self, subject: str, *, team: str = "control-room") -> str:
        """Log a request by the terminal, allocate it, and give its reference."""
        words = ("--subject", subject, "--description", f"All about {subject}.", "--as", "dana")
        made = json.loads(self.foi("new", *words, "--json").stdout)
        reference: str = made["request"]["reference"]
        assert self.foi("allocate", reference, team, "--as", "dana").returncode == 0
        return reference

    def request(self, reference: str, *words: str) -> Json:
        """Read a request as the terminal's door tells it, out of Slack's reach."""
        told: Json = json.loads(self.foi("show", reference, "--json", *words).stdout)
        return told

    def read(self, address: str) -> str:
        """Read one of the desk's own pages, as a browser or a calendar program does."""
        answer = httpx.get(address, timeout=20)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.text

    def end(self) -> None:
        self.page.close()
        self.desk.end()
        self.slack.end()

    # --- sending as Slack does, or as somebody who is not Slack -----------------------------------

    def send(
        self,
        body: bytes | str,
        *,
        secret: str = SIGNING_SECRET,
        age: int = 0,
        content_type: str = FORM,
        via: httpx.Client | None = None,
        retry: int = 0,
        to: str = "",
    ) -> httpx.Response:
        """Post a body to the door of Slack's requests, signed with a secret some seconds ago.

        `retry` says that it is sent again, `to` names another desk than the first.
        """
        content = body.encode() if isinstance(body, str) else body
        at = str(int(time.time()) - age)  # noqa: TID251 - a signature carries the real time
        signature = hmac.new(secret.encode(), f"v0:{at}:".encode() + content, hashlib.sha256)
        headers = {
            "content-type": content_type,
            "x-slack-request-timestamp": at,
            "x-slack-signature": f"v0={signature.hexdigest()}",
        }
        if retry:
            headers |= {"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_timeout"}
        address = f"{to or self.url}/slack/events"
        return (via or httpx).post(address, content=content, headers=headers, timeout=20)

    def interact(self, payload: Json, **how: Any) -> httpx.Response:
        """Post an interaction: a press or a submitted form."""
        return self.send(urlencode({"payload": json.dumps(payload)}), **how)


def command_body(text: str, *, user: str = "U0AMIRA", team: str = "T0SANDBOX01") -> str:
    """Write a slash command as Slack posts it."""
    return urlencode(
        {
            "command": "/foi",
            "text": text,
            "team_id": team,
            "user_id": user,
            "channel_id": "C0FOI-DESK",
            "trigger_id": f"made-up-{uuid4().hex}",  # the same one again is the same command
            "api_app_id": "A04C75924A",
        }
    )
