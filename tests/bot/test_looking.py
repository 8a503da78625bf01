"""What is answered to verbs that only look, when they are typed in Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers import Asker
from bot.desk import Desk
from bot.looking import looked
from tests.bot.offices import CALLS, AtWork
from tests.recorder import Recorder
from workflow.casework.errors import Lacking
from workflow.casework.stages import Act
from workflow.services import delivery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Looking:
    """A desk at work that somebody looks at."""

    def __init__(self, folder: Path) -> None:
        self.recorder = Recorder()
        self.work = AtWork(folder, self.recorder)
        self.desk = Desk(self.work.office)

    async def told(self, who: str, what: str, words: str = "") -> str:
        """Give all the words of the answer to somebody who types these."""
        asker = Asker(self.work.office.roster.officer(who), "C1")
        answer = await looked(self.desk, asker, what, words)
        return f"{answer.text}\n{answer.blocks}"


@pytest.fixture
def looking(tmp_path: Path) -> Iterator[Looking]:
    made = Looking(tmp_path)
    yield made
    made.desk.close()
    made.work.office.store.close()


async def test_the_desk_sees_what_could_not_be_said_and_why(looking: Looking) -> None:
    looking.work.log()
    looking.recorder.gone.add("team:control-room")
    looking.work.do("dana", Act.ALLOCATE, team="control-room")
    delivery.deliver(looking.work.office)

    told = await looking.told("dana", "outbox")

    assert "0 waiting, 0 sending, 0 gathering, 2 undeliverable." in told
    assert (
        f"undeliverable: told|{CALLS}|1|team:control-room, to team:control-room: "
        "team:control-room is not here any more"
    ) in told


async def test_nobody_but_the_desk_looks_into_the_outbox(looking: Looking) -> None:
    with pytest.raises(Lacking, match="Only the FOI desk may look into the outbox"):
        await looking.told("amira", "outbox")


async def test_an_agenda_is_ones_own_or_somebody_elses(looking: Looking) -> None:
    looking.work.log()
    looking.work.do("dana", Act.ALLOCATE, team="control-room")
    looking.work.do("amira", Act.CLAIM)

    assert f"Wednesday 12 August 2020: {CALLS} answer due" not in await looking.told(
        "joel", "agenda"
    )
    for words in ("amira", "control-room"):
        told = await looking.told("joel", "agenda", words)
        assert "target: " in told
        assert "Amira Hassan" in told


async def test_a_feed_is_made_and_ended_privately(looking: Looking) -> None:
    looking.desk.address = "https://foi.example.gov.uk"

    made = await looking.told("amira", "feed")
    ended = await looking.told("amira", "feed", "revoke")

    assert "https://foi.example.gov.uk/calendar/" in made
    assert "The calendar address of Amira Hassan is ended." in ended
    with pytest.raises(Lacking, match="is not yours to give out"):
        await looking.told("joel", "feed", "amira")


async def test_the_desk_and_managers_see_the_figures_in_counts_alone(looking: Looking) -> None:
    looking.work.log()
    looking.work.do("dana", Act.ALLOCATE, team="control-room")
    looking.work.on("Thu 2020-08-13")

    told = await looking.told("marcus", "stats", "2020-Q3")

    assert "Midshire Police: requests received, July to September 2020 (2020-Q3)" in told
    assert ". Requests received: 1" in told
    assert (
        ". Control Room: received 1, processed 0, in time 0, late 0, open 1, no answer due 0, "
        "in time % –, median days –, 90th percentile –"
    ) in told
    assert "Late, answered or still open: 1" in told
    assert CALLS not in told


async def test_nobody_else_sees_the_figures(looking: Looking) -> None:
    with pytest.raises(Lacking, match="Only the FOI desk and managers see the figures"):
        await looking.told("amira", "stats")


async def test_a_period_that_is_none_is_refused(looking: Looking) -> None:
    with pytest.raises(Lacking, match="“soon” is not a period"):
        await looking.told("dana", "stats", "soon")


async def test_a_review_is_in_its_reviewers_hands_and_no_more_in_the_holders(
    looking: Looking,
) -> None:
    work = looking.work
    work.log()
    work.do("dana", Act.ALLOCATE, team="control-room")
    work.do("amira", Act.CLAIM)
    work.do("amira", Act.LOG_SEARCH, hours=1.0, where="here", found="found")
    work.do("amira", Act.RETURN_SEARCHES, held="held")
    work.do("dana", Act.DECIDE, outcome="disclose", reason="All of it.")
    work.do("grace", Act.APPROVE)
    assert "1 request with you" in await looking.told("amira", "mine")

    work.do("dana", Act.ISSUE)
    work.do("dana", Act.REQUEST_REVIEW, reason="More must be held.")
    work.do("ruth", Act.CLAIM_REVIEW)

    assert "0 requests with you" in await looking.told("amira", "mine")
    told = await looking.told("ruth", "mine")
    assert "1 request with you" in told
    assert "Review · Ruth Lindqvist · Due " in told
