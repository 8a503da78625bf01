"""Five working days down with three hundred open requests: what is said when the desk is back.

`python -m tests.chaos.catch_up --requests 300`

Two offices live through the same weeks. One never stops; the other is down for five working days.
When it is back each person hears one message, with each request in it once, about exactly those
requests of which the first office told that person meanwhile; and the history of each request has
the same escalations in the same order.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.databases import say
from tests.casework.examples import DAYS, day
from tests.services.desk import Desk
from tests.store.databases import migrated
from workflow.casework.ladder import UK
from workflow.casework.stages import Act
from workflow.store import history, requests
from workflow.store.throwaway import hurry

if TYPE_CHECKING:
    from datetime import date

LARGE, SMALL = 300, 60
FIRST = day("Tue 2020-07-14")
ARRIVE_FOR, UP_FOR, DOWN_FOR = 12, 17, 5  # working days
OPENS, MIDDAY, CLOSES = time(9, 5), time(13), time(16, 30)


class Told(NamedTuple):
    """What the offices said while one of them was down, and how their histories differ."""

    messages: dict[str, int]  # recipient -> messages when back
    requests: dict[str, list[str]]  # recipient -> references named when back
    meanwhile: dict[str, set[str]]  # recipient -> references the other office spoke of
    flood: int  # messages that the other office said meanwhile
    escalated: dict[str, tuple[list[str], list[str]]]  # reference -> causes there and here

    @property
    def wrong(self) -> list[str]:
        """Give everything that is not as it must be."""
        return [
            *(f"{who} heard {n} messages" for who, n in self.messages.items() if n != 1),
            *(
                f"{who} heard of {one} {named.count(one)} times"
                for who, named in self.requests.items()
                for one in dict.fromkeys(named)
                if named.count(one) != 1
            ),
            *(
                f"{who} heard nothing of {sorted(due - set(self.requests.get(who, [])))}"
                for who, due in self.meanwhile.items()
                if due - set(self.requests.get(who, []))
            ),
            *(
                f"{who} heard too much: {sorted(set(named) - self.meanwhile.get(who, set()))}"
                for who, named in self.requests.items()
                if set(named) - self.meanwhile.get(who, set())
            ),
            *(
                f"{reference} was escalated for {there} there and for {here} here"
                for reference, (there, here) in self.escalated.items()
                if there != here
            ),
        ]


def run(many: int) -> Told:
    """Let both offices live through the weeks, and compare them."""
    with tempfile.TemporaryDirectory(prefix="foi-catch-up-") as folder:
        there, here = (_open(Path(folder) / f"{name}.db") for name in ("there", "here"))
        days = _working_days(UP_FOR + DOWN_FOR + 1)
        for number, today in enumerate(days[:UP_FOR]):
            for desk in (there, here):
                _one_day(desk, today, _arriving(many, number))
        for desk in (there, here):
            desk.recorder.posts.clear()
        for today in days[UP_FOR:-1]:
            _one_day(there, today, range(0))
        for desk in (there, here):
            _tick(desk, days[-1], OPENS)
        told = _compared(there, here, [f"Q-{number}" for number in range(many)])
        for desk in (there, here):
            desk.close()
    return told


def _compared(there: Desk, here: Desk, references: list[str]) -> Told:
    elsewhere, heard = _notices(there), _notices(here)
    return Told(
        {who: len(texts) for who, texts in heard.items()},
        {who: [one for text in texts for one in _named(text)] for who, texts in heard.items()},
        {who: {one for text in texts for one in _named(text)} for who, texts in elsewhere.items()},
        sum(len(texts) for texts in elsewhere.values()),
        {one: (_causes(there, one), _causes(here, one)) for one in references},
    )


def _open(path: Path) -> Desk:
    desk = Desk(migrated(f"sqlite:///{path}"))
    hurry(desk.office.store)
    return desk


def _working_days(many: int) -> list[date]:
    days = [FIRST]
    while len(days) < many:
        days.append(DAYS.nth_after(days[-1], 1))
    return days


def _arriving(many: int, day_number: int) -> range:
    """Give the numbers of the requests that arrive on a day: an even share of the first days."""
    if day_number >= ARRIVE_FOR:
        return range(0)
    return range(many * day_number // ARRIVE_FOR, many * (day_number + 1) // ARRIVE_FOR)


def _one_day(desk: Desk, today: date, arriving: range) -> None:
    _tick(desk, today, OPENS)
    for number in arriving:
        _handle(desk, f"Q-{number}", number)
    _tick(desk, today, MIDDAY)
    _tick(desk, today, CLOSES)


def _tick(desk: Desk, today: date, at: time) -> None:
    desk.at = desk.wall = datetime.combine(today, at, UK)
    desk.tick()


def _handle(desk: Desk, reference: str, number: int) -> None:
    """Take a request as far as its number says: some wait to be allocated, some are in hand."""
    team, officer = (("control-room", "amira"), ("digital", "sian"))[number % 2]
    desk.log(reference)
    if number % 5 > 0:
        desk.do(Act.ALLOCATE, "dana", reference, team=team)
    if number % 5 > 1:
        desk.do(Act.CLAIM, officer, reference)
    if number % 5 > 3:
        desk.do(Act.LOG_SEARCH, officer, reference)
        desk.do(Act.RETURN_SEARCHES, officer, reference)


def _notices(desk: Desk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for recipient, words in desk.recorder.notices:
        found[recipient].append(words)
    return found


def _named(words: str) -> list[str]:
    """Give the requests that a message speaks of: each line names one, the first line many."""
    return [found[0] for line in words.splitlines() if (found := re.findall(r"Q-\d+", line))]


def _causes(desk: Desk, reference: str) -> list[str]:
    with desk.office.store.reading() as connection:
        events = history.of(connection, requests.get(connection, reference).row_id)
    escalated = (one.event for one in events if one.event.act is Act.ESCALATE)
    # What fell due again and again while nothing ran stands in the history once.
    causes = dict.fromkeys(one.particulars.get("reason") for one in escalated)
    return [str(cause) for cause in causes]


def tell(many: int, told: Told) -> None:
    """Print the counts as a table."""
    causes = sum(len(here) for _, here in told.escalated.values())
    say(f"{many} open requests, {DOWN_FOR} working days down")
    say(f"an office that never stopped said {told.flood:,} messages meanwhile; when back:")
    say(f"{'':<22}{'messages':>10}{'requests':>10}{'each once':>11}{'as elsewhere':>14}")
    for who, named in sorted(told.requests.items()):
        once = len(set(named)) == len(named)
        same = set(named) == told.meanwhile.get(who, set())
        say(f"{who:<22}{told.messages[who]:>10}{len(named):>10}{once!s:>11}{same!s:>14}")
    differ = sum(there != here for there, here in told.escalated.values())
    say(f"causes of escalation in the histories: {causes:,}; in another order or missing: {differ}")
    for wrong in told.wrong[:20]:
        say(f"  {wrong}")


def main() -> None:
    """Run it large, or as large as asked. Exit status 1 when anything is wrong."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--requests", type=int, default=LARGE)
    many = asked.parse_args().requests
    told = run(many)
    tell(many, told)
    sys.exit(1 if told.wrong else 0)


if __name__ == "__main__":
    main()
