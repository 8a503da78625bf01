"""People who go on acting while everything falls over, and remember what was confirmed to them."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import threading
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import httpx

from tests.doors.served import FORM, command_body
from tests.doors.workspace import SIGNING_SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PATIENCE = 15.0  # seconds; Slack itself waits three

# One request after another goes this way, again and again.
ROUND = (
    ("U0DANA", "allocate REF control-room", "Dana Whitfield allocated it to Control Room."),
    ("U0AMIRA", "claim REF", "Amira Hassan claimed it."),
    ("U0AMIRA", "search REF 1 found cabinet N", "Amira Hassan searched cabinet N (1 h): found."),
    ("U0JOEL", "escalate REF overdue N", "Joel Barker escalated it to Marcus Reid: overdue N."),
    ("U0MARCUS", "ack REF plan N", "Marcus Reid acknowledged the escalation: plan N."),
    ("U0AMIRA", "update REF note N", "Amira Hassan noted: note N."),
    ("U0AMIRA", "return REF held", "Amira Hassan returned the searches: held."),
    ("U0DANA", "back REF reason N", "Dana Whitfield sent it back: reason N."),
    ("U0AMIRA", "release REF reason N", "Amira Hassan released it: reason N."),
)


class People:
    """They act at the web processes in turn, one request each, until they are stopped.

    `pause` is in seconds, from one act to the next.
    """

    def __init__(self, urls: Sequence[str], references: Sequence[str], *, pause: float) -> None:
        self._urls = itertools.cycle(urls)
        self._ends, self._pause = threading.Event(), pause
        self._threads = [threading.Thread(target=self._live, args=(one,)) for one in references]
        self.confirmed: dict[str, list[str]] = defaultdict(list)
        self.asked_for: dict[str, Counter[str]] = defaultdict(Counter)
        self.unanswered = 0

    @property
    def asked(self) -> int:
        """Count what was asked for."""
        return sum(asked.total() for asked in self.asked_for.values())

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._ends.set()
        for thread in self._threads:
            thread.join(PATIENCE * 2)

    def _live(self, reference: str) -> None:
        with httpx.Client(timeout=PATIENCE) as http:
            for user, text, said in _steps(reference):
                answer = None
                while answer is None:  # whoever gets no answer tries again
                    if self._ends.wait(self._pause):
                        return
                    self.asked_for[reference][said] += 1
                    answer = self._ask(http, text, user)
                    self.unanswered += answer is None
                if answer.startswith(f"{reference}: {said}"):
                    self.confirmed[reference].append(said)

    def _ask(self, http: httpx.Client, text: str, user: str) -> str | None:
        """Type a command and give the answer's words; None where no answer came."""
        try:
            answer = _post(http, next(self._urls), command_body(text, user=user))
        except httpx.TransportError:
            return None
        if answer.status_code != httpx.codes.OK or not answer.content:
            return None  # or it was acknowledged only: the words come later, by another way
        return str(answer.json()["text"])


def _steps(reference: str) -> Iterator[tuple[str, str, str]]:
    for n in itertools.count(1):
        for user, text, said in ROUND:
            yield (
                user,
                text.replace("REF", reference).replace(" N", f" {n}"),
                said.replace(" N", f" {n}"),
            )


def _post(http: httpx.Client, url: str, body: str) -> httpx.Response:
    at = str(int(time.time()))  # noqa: TID251 - a signature carries the real time
    signed = hmac.new(SIGNING_SECRET.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256)
    headers = {
        "content-type": FORM,
        "x-slack-request-timestamp": at,
        "x-slack-signature": f"v0={signed.hexdigest()}",
    }
    return http.post(f"{url}/slack/events", content=body, headers=headers)
