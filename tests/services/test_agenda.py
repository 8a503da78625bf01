"""The coming days as a list, and what is due today, from the database alone."""

from __future__ import annotations

import pytest

from tests.casework.examples import moment
from tests.services.desk import Desk
from tests.services.lives import answered
from workflow.casework.errors import Lacking
from workflow.casework.stages import Act
from workflow.services import agenda, lists


@pytest.fixture
def desk(sqlite_desk: Desk) -> Desk:
    """Give a desk on Tue 2020-07-14, where Amira holds a request due on Wed 2020-08-12."""
    sqlite_desk.claimed()
    return sqlite_desk


def at(desk: Desk, day_and_time: str) -> None:
    desk.at = desk.wall = moment(day_and_time)


def references(entries: tuple[agenda.Entry, ...]) -> list[str]:
    return [one.reference for one in entries]


def test_an_agenda_has_the_due_date_and_the_targets_before_it(desk: Desk) -> None:
    entries = agenda.agenda(desk.office, "person:amira", days=30)

    assert [(f"{one.on:%a %Y-%m-%d}", one.what) for one in entries] == [
        (f"{on:%a %Y-%m-%d}", f"target: {name.replace('_', ' ')}")
        for on, name in sorted(
            (on, name) for name, on in lists.card(desk.office, desk.found()).targets.items()
        )
    ] + [("Wed 2020-08-12", "answer due")]
    assert {(one.who, one.team) for one in entries} == {("Amira Hassan", "Control Room")}


def test_an_agenda_ends_where_it_was_asked_to_end(desk: Desk) -> None:
    assert [one.what for one in agenda.agenda(desk.office, "person:amira", days=28)] != []
    assert "answer due" not in {
        one.what for one in agenda.agenda(desk.office, "person:amira", days=28)
    }
    assert agenda.agenda(desk.office, "person:joel", days=366) == []


def test_a_teams_agenda_has_what_its_people_hold_and_what_nobody_does(desk: Desk) -> None:
    desk.log("R2")
    desk.do(Act.ALLOCATE, "dana", "R2", team="control-room")
    desk.log("R3")
    desk.do(Act.ALLOCATE, "dana", "R3", team="digital")

    entries = agenda.statutory(desk.office, "team:control-room")

    assert [(one.reference, one.who) for one in entries] == [
        ("002335/20", "Amira Hassan"),
        ("R2", "nobody"),
    ]


def test_what_is_overdue_stays_on_the_agenda_first(desk: Desk) -> None:
    at(desk, "Fri 2020-08-14 10:00")

    first, *_ = agenda.agenda(desk.office, "person:amira", days=1)

    assert (first.reference, first.what, first.left) == ("002335/20", "answer due", -2)


def test_a_review_is_on_its_reviewers_agenda_and_not_on_the_holders(desk: Desk) -> None:
    answered(desk, "R2")
    desk.do(Act.REQUEST_REVIEW, "dana", "R2")
    desk.do(Act.CLAIM_REVIEW, "ruth", "R2")

    (entry,) = agenda.statutory(desk.office, "person:ruth")

    assert (entry.reference, entry.what, entry.who) == (
        "R2",
        "internal review due",
        "Ruth Lindqvist",
    )
    assert [one.reference for one in agenda.statutory(desk.office, "person:amira")] == ["002335/20"]


@pytest.mark.parametrize(
    ("day", "overdue", "today", "this_week"),
    [
        ("Tue 2020-08-04 10:00", [], [], []),
        ("Wed 2020-08-05 10:00", [], [], ["002335/20"]),  # five working days before
        ("Tue 2020-08-11 10:00", [], [], ["002335/20"]),
        ("Wed 2020-08-12 10:00", [], ["002335/20"], []),
        ("Thu 2020-08-13 10:00", ["002335/20"], [], []),
    ],
)
def test_due_today_tells_the_day_before_the_day_and_the_day_after_apart(
    desk: Desk, day: str, overdue: list[str], today: list[str], this_week: list[str]
) -> None:
    at(desk, day)

    found = agenda.due_today(desk.office)

    assert [references(one) for one in found] == [overdue, today, this_week]


def test_a_clock_that_does_not_run_is_not_due(desk: Desk) -> None:
    desk.do(Act.SEEK_CLARIFICATION, "dana")
    at(desk, "Wed 2020-08-12 10:00")

    assert agenda.due_today(desk.office) == ((), (), ())


def test_people_and_teams_are_found_by_what_they_are_called(desk: Desk) -> None:
    roster = desk.office.roster

    assert agenda.whose(roster, "@amira") == "person:amira"
    assert agenda.whose(roster, "Control Room") == "team:control-room"
    with pytest.raises(Lacking, match="Nobody and no team is called “nonsense”"):
        agenda.whose(roster, "nonsense")
