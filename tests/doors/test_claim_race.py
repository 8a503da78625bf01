"""32 people press Claim on one card at the same moment, at a served desk.

One holds it, 31 are told who; the history has one claim, the channel one card. FOI_LARGE_PROOFS=1
does it 500 times by signed HTTP on each database, and by Socket Mode as often as it takes to meet
every order (50).
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import time
from typing import TYPE_CHECKING, NamedTuple

import httpx
import pytest

from tests.benchmarks.databases import say
from tests.casework.examples import CONFIG
from tests.doors.page import DESK
from tests.doors.served import Served
from tests.recorder import Recorder
from tests.store.databases import migrated_postgres_url, postgres_template
from workflow.bootstrap import open_office
from workflow.casework.stages import Act
from workflow.services import acts, lists
from workflow.store import requests
from workflow.store.cards import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.doors.page import Json, Page
    from workflow.services.office import Office
    from workflow.store.cards import Place

__all__ = ["migrated_postgres_url", "postgres_template"]  # fixtures that are asked for by name

LARGE = os.environ.get("FOI_LARGE_PROOFS", "0") not in {"", "0"}  # noqa: TID251 - the tests' own
pytestmark = pytest.mark.timeout(3600 if LARGE else 300)
PEOPLE = {f"officer{number:02}": f"Officer {number:02}" for number in range(1, 33)}
DRAWN_WITHIN = 1200.0 if LARGE else 60.0  # seconds, for 500 cards or 3 on a busy machine


class Race(NamedTuple):
    """A served desk whose control room has 32 officers, and its office, read directly."""

    served: Served
    office: Office
    rounds: int


@pytest.fixture(params=["HTTP on SQLite", "Socket Mode on SQLite"])
def on_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Race]:
    by_socket = request.param.startswith("Socket")
    yield from raced(tmp_path, (50 if by_socket else 500) if LARGE else 3, by_socket=by_socket)


@pytest.fixture
def on_postgres(tmp_path: Path, migrated_postgres_url: str) -> Iterator[Race]:
    yield from raced(tmp_path, 500 if LARGE else 3, FOI_DATABASE_URL=migrated_postgres_url)


def raced(folder: Path, rounds: int, *, by_socket: bool = False, **settings: str) -> Iterator[Race]:
    config = with_32_officers(folder / "config")
    settings |= {"FOI_CONFIG_DIR": str(config)}
    served = Served(folder, by_socket=by_socket, through=None, **settings)
    office = open_office(
        database_url=served.settings["FOI_DATABASE_URL"], config_dir=config, messenger=Recorder()
    )
    yield Race(served, office, rounds)
    office.store.close()
    served.end()


def with_32_officers(config: Path) -> Path:
    shutil.copytree(CONFIG, config)
    people = [
        f'\n[[person]]\nhandle = "{handle}"\nname = "{name}"\nslack = "U0{handle.upper()}"\n'
        'team = "control-room"\nroles = ["officer"]\n'
        for handle, name in PEOPLE.items()
    ]
    with (config / "teams.toml").open("a", encoding="utf-8") as teams:
        teams.writelines(people)
    return config


def test_of_32_who_press_claim_at_once_one_holds_it_and_31_are_told_who(on_sqlite: Race) -> None:
    run(on_sqlite)


def test_on_postgresql_too(on_postgres: Race) -> None:
    run(on_postgres)


def run(race: Race) -> None:
    page = race.served.page
    references = [f"RACE-{number:03}" for number in range(race.rounds)]
    began = time.monotonic()

    holders, late = asyncio.run(all_rounds(race, references))

    say(
        f"{race.rounds} rounds of {len(PEOPLE)} presses in {time.monotonic() - began:.0f} s: each "
        f"held by one, 31 told who, one claim in its history; {len(set(holders))} different "
        f"winners; {late} answers came after Slack's three seconds"
    )
    page.until(lambda: all_show(page, references, holders), DRAWN_WITHIN, every=1)
    assert "Traceback" not in race.served.desk.printed()


async def all_rounds(race: Race, references: list[str]) -> tuple[list[str], int]:
    limits = httpx.Limits(max_connections=len(PEOPLE), keepalive_expiry=1)
    url = f"{race.served.slack_url}/sandbox"
    holders, late = [], 0
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as http:
        for reference in references:
            log(race.office, reference)
            place = await drawn(race.office, reference)
            await shows_claim(http, place)
            words, behind = await pressed_by_all(http, place, reference)
            holders.append(one_winner(race.office, reference, words))
            late += behind
    return holders, late


async def drawn(office: Office, reference: str) -> Place:
    """Wait until a request's card stands in the desk's channel, and give its place."""
    async with asyncio.timeout(DRAWN_WITHIN):
        while True:
            with office.store.reading() as connection:
                row_id = requests.get(connection, reference).row_id
                place = place_of(connection, row_id, "desk:")
            if place is not None:
                return place
            await asyncio.sleep(0.05)


async def shows_claim(http: httpx.AsyncClient, place: Place) -> None:
    """Wait until the card is drawn as it stands after the allocation."""
    async with asyncio.timeout(DRAWN_WITHIN):
        query = {"channel": DESK, "thread_ts": place.ts}
        while "act:claim" not in (await http.get("/messages", params=query)).text:  # noqa: ASYNC110 - the desk is another process
            await asyncio.sleep(0.05)


async def pressed_by_all(
    http: httpx.AsyncClient, place: Place, reference: str
) -> tuple[dict[str, str], int]:
    """Let all press at once. Gives what each was told, and how many were told late."""
    pressed = {"channel": DESK, "ts": place.ts, "action_id": "act:claim", "value": reference}
    order = random.sample(sorted(PEOPLE), len(PEOPLE))
    answers = await asyncio.gather(
        *(http.post("/click", json={**pressed, "as": handle}) for handle in order)
    )
    outcomes = dict(zip(order, (one.json() for one in answers), strict=True))
    assert {one["error"] for one in outcomes.values()} <= {None, "operation_timeout"}, outcomes
    at_once = {
        handle: str(one["reply"]["text"])
        for handle, one in outcomes.items()
        if one["error"] is None and one["reply"]
    }
    later = {one: await told_later(http, one, reference) for one in set(order) - set(at_once)}
    return {**at_once, **later}, len(later)


async def told_later(http: httpx.AsyncClient, handle: str, reference: str) -> str:
    """Wait for a private answer that came after the acknowledgement."""
    mine: list[str] = []
    ends = time.monotonic() + DRAWN_WITHIN
    while time.monotonic() < ends:
        query = {"channel": DESK, "as": handle}
        messages = (await http.get("/messages", params=query)).json()
        mine = [str(one["text"]) for one in messages if one["ephemeral"]]
        if found := [one for one in mine if one.startswith(reference)]:
            return found[-1]
        await asyncio.sleep(0.2)
    raise AssertionError(f"{handle} was told nothing of {reference}, but last: {mine[-3:]}")


def one_winner(office: Office, reference: str, words: dict[str, str]) -> str:
    """Give the name of who holds it. Fails where it is not one, or one of 31 was not told who."""
    holder = PEOPLE[str(lists.find(office, reference).holder)]
    lost = f"{reference} is already claimed: {holder} holds it."
    won = f"{reference}: {holder} claimed it."
    winners = [PEOPLE[handle] for handle, told in words.items() if told.startswith(won)]
    losers = [handle for handle, told in words.items() if told.startswith(lost)]
    history = [one.sentence for one in lists.history_of(office, reference)]
    claims = [one for one in history if "claimed" in one]
    assert (winners, len(losers), claims) == ([holder], 31, [f"{holder} claimed it."]), words
    return holder


def log(office: Office, reference: str) -> None:
    dana = office.roster.officer("dana")
    acts.log(
        office, officer=dana, reference=reference, subject="A race", description="Who is first?"
    )
    acts.perform(office, Act.ALLOCATE, reference, officer=dana, team="control-room")


def cards(page: Page) -> dict[str, list[Json]]:
    """Find the cards in the desk's channel: reference -> every card of it."""
    found: dict[str, list[Json]] = {}
    for one in page.messages(channel=DESK):
        kind, _, reference = (one["metadata"] or {"event_payload": {"key": ""}})["event_payload"][
            "key"
        ].partition("|")
        if kind == "card":
            found.setdefault(reference, []).append(one)
    return found


def all_show(page: Page, references: list[str], holders: list[str]) -> bool:
    """Say whether each request has one card, which names its holder."""
    drawn = cards(page)
    assert {reference: len(drawn[reference]) for reference in references} == dict.fromkeys(
        references, 1
    )
    return all(
        f"held by {holder}" in drawn[reference][0]["text"]
        for reference, holder in zip(references, holders, strict=True)
    )
