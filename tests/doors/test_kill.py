"""kill -9 at any moment: no act that was confirmed is lost, and nothing is said twice.

A script acts as people do until the process is killed under it; then the process is started again.
What was answered with success must stand in the history; what was not may stand there or not.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import pytest

from tests.doors.buttons import APPLICANT, fill_in, sentence, stage_on
from tests.doors.programs import foi
from tests.doors.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.doors.demonstrations import Demonstration
    from tests.doors.page import Json, Page
    from tests.doors.programs import Program

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

# Five moments in every run; FOI_TEST_KILLS=30 for longer.
KILLS = int(os.environ.get("FOI_TEST_KILLS", "5"))  # noqa: TID251  # how long a test may take is the machine's affair
SOON = 0.7  # seconds within which a life ends
PATIENCE = 45  # seconds: what a dead worker was sending is looked after when its 20 s are over
# What has nothing more to come: said by itself, or with others in one message after downtime.
OVER = {"sent", "gathered"}

# One request after another goes this way, again and again.
ROUND = (
    ("dana", "allocate REF control-room", "Dana Whitfield allocated it to Control Room."),
    ("amira", "claim REF", "Amira Hassan claimed it."),
    ("amira", "search REF 1 found cabinet N", "Amira Hassan searched cabinet N (1 h): found."),
    ("joel", "escalate REF overdue N", "Joel Barker escalated it to Marcus Reid: overdue N."),
    ("marcus", "ack REF plan N", "Marcus Reid acknowledged the escalation: plan N."),
    ("amira", "update REF note N", "Amira Hassan noted: note N."),
    ("amira", "return REF held", "Amira Hassan returned the searches: held."),
    ("dana", "back REF reason N", "Dana Whitfield sent it back: reason N."),
    ("amira", "release REF reason N", "Amira Hassan released it: reason N."),
)


class Confirmed(NamedTuple):
    """An act that was answered with success."""

    reference: str
    sentence: str


class Script:
    """Somebody who types, round after round, and remembers what was confirmed."""

    def __init__(self, page: Page, references: list[str], *, moves_the_clock: bool) -> None:
        self._page = page
        self._moves_the_clock = moves_the_clock
        self._steps = self._all_steps(references)
        self.confirmed: list[Confirmed] = []
        self.latest = page.get("clock")["local"]

    def live(self, ends: threading.Event) -> None:
        """Act until the process is gone, or the life is over."""
        while not ends.is_set():
            who, text, said, reference = next(self._steps)
            try:
                outcome = self._page.post(
                    "command", **{"as": who, "channel": "foi-desk", "text": f"/foi {text}"}
                )
                self._remember(outcome, reference, said)
                if self._moves_the_clock and text.startswith("update"):
                    moved = self._page.post("clock", advance_working_days=1)
                    self.latest = moved["local"]
            except httpx.TransportError:
                return

    def _remember(self, outcome: dict[str, object], reference: str, said: str) -> None:
        if outcome["error"] is None and sentence(outcome).startswith(f"{reference}: {said}"):
            self.confirmed.append(Confirmed(reference, said))

    def _all_steps(self, references: list[str]) -> Iterator[tuple[str, str, str, str]]:
        n = 0
        while True:
            for reference in references:
                n += 1
                for who, text, said in ROUND:
                    words = text.replace("REF", reference).replace(" N", f" {n}")
                    yield who, words, said.replace(" N", f" {n}"), reference


def test_the_whole_demonstration_is_killed_again_and_again(fresh: Demonstration) -> None:
    page = fresh.page
    references = ["002335/20", log(page, "Request 1"), log(page, "Request 2")]
    script = Script(page, references, moves_the_clock=True)

    for life in range(KILLS):
        live_and_die(script, fresh.program, seed=life)
        fresh.start_again()
        assert page.get("clock")["local"] >= script.latest
        assert lately_lost(page, script) == []

    check(page, Terminal(fresh.database), references, script.confirmed)


def test_a_served_desk_is_killed_while_slack_lives_on(tmp_path: Path) -> None:
    served = Served(tmp_path)
    try:
        references = [served.new("Request 1"), served.new("Request 2")]
        script = Script(served.page, references, moves_the_clock=False)

        for life in range(KILLS // 2):
            live_and_die(script, served.desk, seed=life)
            served.start_desk()
            assert lately_lost(served.page, script) == []

        desk = Terminal(served.settings["FOI_DATABASE_URL"])
        check(served.page, desk, references, script.confirmed)
    finally:
        served.end()


def live_and_die(script: Script, program: Program, *, seed: int) -> None:
    """Let the script act, and kill the process at a moment that only the seed knows."""
    ends = threading.Event()
    acting = threading.Thread(target=script.live, args=(ends,))
    acting.start()
    time.sleep(random.Random(seed).uniform(0, SOON))  # noqa: S311 - a moment, not a secret
    program.kill()
    ends.set()
    acting.join(60)
    assert not acting.is_alive()


class Terminal:
    """What the database holds, asked by the terminal's door."""

    def __init__(self, database: str) -> None:
        self._database = database

    def ask(self, *words: str) -> Any:
        return json.loads(foi(*words, "--json", FOI_DATABASE_URL=self._database).stdout)

    def history(self, reference: str) -> list[str]:
        return [one["sentence"] for one in self.ask("show", reference)["history"]]

    def stage(self, reference: str) -> str:
        stage: str = self.ask("show", reference)["request"]["stage"]
        return stage


def log(page: Page, subject: str) -> str:
    opened = page.command("dana", "/foi new")
    made = fill_in(
        page, "dana", opened, subject=subject, description=f"All about {subject}.", **APPLICANT
    )
    return sentence(made).split(":")[0]


def lately_lost(page: Page, script: Script) -> list[Confirmed]:
    """Give the last confirmed acts that are not in what Slack shows of their requests."""
    lately = script.confirmed[-3:]
    shown = {one.reference: _whole(page, one.reference) for one in lately}
    return [one for one in lately if one.sentence not in shown[one.reference]]


def _whole(page: Page, reference: str) -> str:
    return json.dumps(page.command("dana", f"/foi show {reference}")["reply"]["blocks"])


def check(page: Page, desk: Terminal, references: list[str], confirmed: list[Confirmed]) -> None:
    """Compare what was confirmed, what is kept and, once all is delivered, what Slack shows.

    Nobody does anything meanwhile: what a dead worker left must be said by itself.
    """
    histories = {one: desk.history(one) for one in references}
    kept = Counter(Confirmed(one, said) for one in references for said in histories[one])
    assert Counter(confirmed) - kept == Counter(), "an act that was confirmed is lost"
    assert len(confirmed) > KILLS

    def threads_are_whole() -> bool:
        return {one: page.thread(one) for one in references} == histories

    page.until(threads_are_whole, seconds=PATIENCE)
    page.until(lambda: {one["state"] for one in desk.ask("said")} <= OVER, seconds=PATIENCE)
    said = desk.ask("said")
    posts = page.posts()
    assert [key for key, n in Counter(one.key for one in posts).items() if n > 1] == []
    notices = (one.text for one in posts if not one.key.startswith(("card|", "thread|")))
    sent = [one for one in said if one["state"] == "sent"]
    assert Counter(notices) == Counter(map(in_slack, sent))
    assert [one for one in said if one not in sent and not any(told_in(one, sent))] == []
    for reference in references:
        assert stage_on(page.card(reference)) == desk.stage(reference).capitalize()


def in_slack(row: Json) -> str:
    """Give the text of a notice in Slack: what speaks of several requests has its headline."""
    words: str = row["text"]
    return words if row["reference"] else words.partition("\n")[0]


def told_in(gathered: Json, sent: list[Json]) -> Iterator[bool]:
    """Tell of each message whether it tells the same person of what was gathered."""
    for one in sent:
        is_of_several = one["rule"] == "after downtime" and not one["reference"]
        is_theirs = one["recipient"] == gathered["recipient"]
        yield is_of_several and is_theirs and gathered["reference"] in one["text"]
