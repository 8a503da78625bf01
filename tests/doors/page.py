"""What a person does on the local Slack's page, done by a script: the HTTP API under /sandbox."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
UK = ZoneInfo("Europe/London")
DESK = "foi-desk"


class Post(NamedTuple):
    """A message of the bot's as it stands in Slack: when it was posted (UK), where, its key."""

    at: datetime
    where: str
    key: str
    text: str
    ts: str
    thread_ts: str | None


class Page:
    """The page of one local Slack. Handles name people; `channel` is where they act."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=f"{url}/sandbox", timeout=30)

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **query: str) -> Any:
        answer = self._http.get(f"/{path}", params=query)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    def file(self, file_id: str) -> bytes:
        """Give the bytes of a file that was shared."""
        answer = httpx.get(f"{self.url}/files/{file_id}", timeout=30)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.content

    def post(self, path: str, **body: Any) -> Any:
        answer = self._http.post(f"/{path}", json=body)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    # --- doing --------------------------------------------------------------------------------

    def command(self, who: str, text: str, *, channel: str = DESK) -> Json:
        outcome: Json = self.post("command", **{"as": who, "channel": channel, "text": text})
        assert outcome["error"] is None, outcome
        return outcome

    def says(self, who: str, text: str, *, channel: str = DESK) -> str:
        """Type a command and give the sentence of the private reply."""
        outcome = self.command(who, text, channel=channel)
        assert len(outcome["replies"]) == 1, outcome
        assert outcome["reply"]["ephemeral"], outcome
        return str(outcome["reply"]["text"])

    def press(
        self, who: str, ts: str, action_id: str, value: str | None = None, *, channel: str = DESK
    ) -> Json:
        """Press a button of a message, or choose an entry of its menu by the entry's value."""
        body = {"as": who, "channel": channel, "ts": ts, "action_id": action_id, "value": value}
        outcome: Json = self.post("click", **body)
        assert outcome["error"] is None, outcome
        return outcome

    def submit(self, who: str, view_id: str, /, **values: str) -> Json:
        outcome: Json = self.post("submit", **{"as": who, "view_id": view_id, "values": values})
        assert outcome["error"] is None, outcome
        return outcome

    # --- the clock ----------------------------------------------------------------------------

    def now(self) -> datetime:
        """Tell the time by the page's clock, in the UK."""
        return datetime.fromisoformat(self.get("clock")["local"]).replace(tzinfo=UK)

    def working_days_pass(self, days: int) -> list[Json]:
        """Move the clock on. Gives what was said on the way."""
        happened: list[Json] = self.post("clock", advance_working_days=days)["happened"]
        return happened

    def wait_until(self, moment: str) -> list[Json]:
        """Move the clock to a moment, UK time. Gives what was said on the way."""
        happened: list[Json] = self.post("clock", to=moment)["happened"]
        return happened

    def let_it_settle(self) -> None:
        """Have everything delivered that waits to be: a move of the clock to where it stands."""
        self.wait_until(f"{self.now():%Y-%m-%dT%H:%M}")

    # --- reading ------------------------------------------------------------------------------

    def messages(self, **where: str) -> list[Json]:
        found: list[Json] = self.get("messages", **where)
        return found

    def posts(self) -> list[Post]:
        """Give every message of the bot's that carries a key, wherever it stands, in order."""
        places = [("channel", one["name"]) for one in self.get("channels")]
        places += [("dm", one["handle"]) for one in self.get("people")]
        found = [
            _post(place, message)
            for kind, place in places
            for message in self.messages(**{kind: place})
            if message["metadata"]
        ]
        return sorted(found, key=lambda one: one.ts)

    def card(self, reference: str) -> Json:
        """Find the card of a request: there must be exactly one."""
        found = [
            one
            for one in self.messages(channel=DESK)
            if one["metadata"] and one["metadata"]["event_payload"]["key"] == f"card|{reference}"
        ]
        assert len(found) == 1, found
        return found[0]

    def thread(self, reference: str) -> list[str]:
        """Give the lines of a card's thread, the first first."""
        ts = self.card(reference)["ts"]
        return [one["text"] for one in self.messages(channel=DESK) if one["thread_ts"] == ts]

    def until(self, true: Callable[[], bool], seconds: float = 60, *, every: float = 0.02) -> None:
        ends = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < ends, "it did not come true"
            time.sleep(every)


def _post(where: str, message: Json) -> Post:
    at = datetime.fromtimestamp(float(message["ts"]), UTC).astimezone(UK)
    key = message["metadata"]["event_payload"]["key"]
    return Post(
        at.replace(microsecond=0), where, key, message["text"], message["ts"], message["thread_ts"]
    )
