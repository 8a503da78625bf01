"""Each person's App Home: the parts of their board, searched, narrowed and paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.blocks import home
from bot.blocks.home import Asked
from bot.desk import Desk
from bot.listeners.home import page
from tests.bot.offices import CALLS, AtWork
from tests.bot.slack_says import refused_view
from tests.bot.test_cards import STORY
from workflow.casework.stages import Act
from workflow.services.board import Look, Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHART = "What falls due in the next four weeks"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    at_work = AtWork(tmp_path)
    yield at_work
    at_work.office.store.close()


def drawn(work: AtWork, who: str, asked: Asked | None = None) -> dict[str, Any]:
    """Draw somebody's Home, and see that Slack takes it."""
    desk = Desk(work.office)
    view = page(desk, work.office.roster.officer(who), asked or Asked())
    desk.close()
    assert refused_view(view) == []
    return view


def headers(view: dict[str, Any]) -> list[str]:
    return [one["text"]["text"] for one in view["blocks"] if one["type"] == "header"]


def references(view: dict[str, Any]) -> list[str]:
    """Give the references that a Home lists, in order."""
    rows = (one["accessory"] for one in view["blocks"] if "accessory" in one)
    return [one["value"] for one in rows]


def many(work: AtWork, number: int, **words: Any) -> None:
    for n in range(number):
        reference = f"FOI-2020-{n:04}"
        work.log(reference=reference, **words)
        work.do("dana", Act.ALLOCATE, reference=reference, team="control-room")
        work.do("amira", Act.CLAIM, reference=reference)


TITLES = {
    "amira": ["Overdue (1)", "Due this week (0)", "You hold (1)", "Your team's open requests (1)"],
    "dana": [
        "Overdue (1)",
        "Due this week (0)",
        "You hold (0)",
        "Waiting for the desk (0)",
        "Your team's open requests (0)",
        CHART,
    ],
    "marcus": [
        "Overdue (1)",
        "Due this week (0)",
        "You hold (0)",
        "Your team's open requests (1)",
        CHART,
    ],
    "grace": [
        "Overdue (1)",
        "Due this week (0)",
        "You hold (0)",
        "Waiting for your approval (0)",
        "Your team's open requests (0)",
        CHART,
    ],
    "ruth": [
        "Overdue (0)",
        "Due this week (0)",
        "You hold (0)",
        "Waiting for your approval (0)",
        "Reviews that nobody has taken (0)",
        "Your team's open requests (0)",
    ],
    "sian": ["Overdue (0)", "Due this week (0)", "You hold (0)", "Your team's open requests (0)"],
}


@pytest.mark.parametrize("who", TITLES)
def test_app_home_has_what_each_role_looks_for(work: AtWork, who: str) -> None:
    work.log()
    work.do("dana", Act.ALLOCATE, team="control-room")
    work.do("amira", Act.CLAIM)
    work.on("Thu 2020-08-13")

    assert headers(drawn(work, who)) == TITLES[who]


# For whom the request waits after an act of its story; else it is in somebody's hands.
WAITS_AFTER = {
    Act.RETURN_SEARCHES: Part.DESK,
    Act.DECIDE: Part.APPROVAL,
    Act.APPROVE: Part.DESK,
    Act.REQUEST_REVIEW: Part.REVIEW,
}


def test_a_request_waits_for_the_desk_an_approver_or_a_reviewer_or_is_in_somebodys_hands(
    work: AtWork,
) -> None:
    def waits() -> list[Part]:
        parts = (Part.DESK, Part.APPROVAL, Part.REVIEW)
        return [one for one in parts if references(drawn(work, "dana", Asked(Look(one))))]

    work.log()
    assert waits() == [Part.DESK]

    found = {}
    for day, who, act, words in STORY:
        work.on(day)
        work.do(who, act, **words)
        found[act] = waits()

    assert {act: parts for act, parts in found.items() if parts} == {
        act: [part] for act, part in WAITS_AFTER.items()
    }


@pytest.mark.parametrize(
    ("day", "part"),
    [
        ("Wed 2020-08-05", None),  # a working day more than a week
        ("Thu 2020-08-06", Part.WEEK),
        ("Wed 2020-08-12", Part.WEEK),  # its last day
        ("Thu 2020-08-13", Part.OVERDUE),
    ],
)
def test_a_request_is_due_this_week_for_five_working_days_and_then_overdue(
    work: AtWork, day: str, part: Part | None
) -> None:
    work.log()
    work.on(day)

    found = {
        one: references(drawn(work, "dana", Asked(Look(one)))) for one in (Part.WEEK, Part.OVERDUE)
    }

    assert [one for one, held in found.items() if held] == ([part] if part else [])


def test_a_few_of_each_part_are_shown_with_a_way_to_all_of_them(work: AtWork) -> None:
    many(work, 12)

    view = drawn(work, "amira")

    assert "You hold (12)" in headers(view)
    labels = [
        element["text"]["text"]
        for one in view["blocks"]
        if one["type"] == "actions"
        for element in one["elements"]
        if element["type"] == "button"
    ]
    assert labels == ["Help", "All 12", "All 12"]


def test_pages_show_everything_once_in_the_order_in_which_it_falls_due(work: AtWork) -> None:
    many(work, 45)
    look = Look(Part.MINE)

    pages = [references(drawn(work, "amira", Asked(look, n))) for n in range(3)]

    assert [len(one) for one in pages] == [20, 20, 5]
    assert [one for held in pages for one in held] == [f"FOI-2020-{n:04}" for n in range(45)]


@pytest.mark.parametrize(
    ("look", "found"),
    [
        (Look(words="emergency"), [CALLS]),
        (Look(words="002335"), [CALLS]),
        (Look(words="HOW MANY WERE"), [CALLS, "FOI-2020-0001"]),
        (Look(words="50%_"), []),
        (Look(team="digital"), ["FOI-2020-0001"]),
        (Look(stage="received", words="bicycles"), ["FOI-2020-0001"]),
        (Look(stage="closed"), []),
        (Look(team="nobody's"), []),
    ],
)
def test_requests_are_found_by_words_team_and_stage(
    work: AtWork, look: Look, found: list[str]
) -> None:
    work.log()
    work.log(reference="FOI-2020-0001", subject="Bicycles")
    work.do("dana", Act.ALLOCATE, reference="FOI-2020-0001", team="digital")

    assert references(drawn(work, "dana", Asked(look))) == found


def test_a_home_carries_what_it_shows_and_what_is_pressed_changes_that() -> None:
    asked = Asked(Look(Part.TEAM, team="digital", words="x"), 2)

    assert home.asked_of(home.view(asked, [])["private_metadata"]) == asked
    assert home.changed(asked, "home:page:on", "3") == asked._replace(page=3)
    assert home.changed(asked, "home:stage", "review") == Asked(
        Look(Part.TEAM, team="digital", stage="review", words="x")
    )
    assert home.changed(asked, "home:team", "-") == Asked(Look(Part.TEAM, words="x"))
    assert home.changed(asked, "home:words", "drones") == Asked(
        Look(Part.TEAM, team="digital", words="drones")
    )
    assert home.changed(Asked(), "home:part:WEEK", "WEEK") == Asked(Look(Part.WEEK))
    assert home.changed(asked, "home:back", "-") == Asked()


@pytest.mark.parametrize("carried", ["", "nonsense", "{}", '{"look": ["GONE"], "page": 1}', "[]"])
def test_a_home_of_another_version_begins_anew(carried: str) -> None:
    assert home.asked_of(carried) == Asked()


def test_what_falls_due_is_told_day_by_day_and_in_a_sentence(work: AtWork) -> None:
    many(work, 3)

    view = drawn(work, "marcus")

    told = [one["text"]["text"] for one in view["blocks"] if one["type"] == "section"][-2:]
    assert told[0] == "3 fall due, on Wednesday 12 August 2020."
    bars = told[1].strip("`").split("\n")
    assert len(bars) == 21
    assert bars[0] == "Tue 14 Jul  ·"
    assert [one for one in bars if one.startswith(("Mon  3 Aug", "Sat"))] == []  # no working days
    assert bars[-1] == "Wed 12 Aug  ███ 3"


def test_a_home_of_everything_at_once_is_taken(work: AtWork) -> None:
    many(work, 30)
    work.on("Thu 2020-08-13")

    for who in ("amira", "dana", "marcus", "grace", "ruth"):
        assert len(drawn(work, who)["blocks"]) <= 100
