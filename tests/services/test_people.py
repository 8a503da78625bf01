"""Changes of people as they are kept: for ever, and followed by every process within a second."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.casework.examples import ROSTER, day
from tests.services.desk import Desk
from workflow.casework.decide import people as decide
from workflow.casework.errors import NotForYou, UnknownOfficer
from workflow.casework.stages import Act
from workflow.roster_shelf import RosterShelf
from workflow.services import people
from workflow.services.people import Changed
from workflow.store import people as kept

FRIDAY = day("Fri 2020-07-17")


def away(desk: Desk, who: str, cover: str) -> Changed:
    officer = desk.office.roster.officer(who)
    return people.change(
        desk.office,
        lambda now: decide.be_away(now, who, last=FRIDAY, cover=cover),
        officer=officer,
    )


def left(desk: Desk, who: str) -> Changed:
    dana = desk.office.roster.officer("dana")
    return people.change(desk.office, lambda now: decide.leave(now, who), officer=dana)


def test_a_change_is_in_force_at_once_and_after_a_restart(desk: Desk) -> None:
    left(desk, "joel")

    with pytest.raises(UnknownOfficer):
        desk.office.roster.officer("joel")
    again = RosterShelf(ROSTER, desk.office.store).roster(desk.office.today())
    assert again == desk.office.roster
    assert again.name_of("joel") == "Joel Barker"


def test_another_process_follows_within_a_second_and_reads_nothing_before(desk: Desk) -> None:
    clock = [0.0]
    other = RosterShelf(ROSTER, desk.office.store, now=lambda: clock[0])
    left(desk, "joel")
    on = desk.office.today()

    clock[0] = 0.9
    assert other.roster(on).officer("joel").name == "Joel Barker"
    clock[0] = 1.0
    with pytest.raises(UnknownOfficer):
        other.roster(on).officer("joel")
    assert other.roster(on) is other.roster(on)


def test_an_absence_begins_and_ends_by_the_offices_day(desk: Desk) -> None:
    away(desk, "amira", "sian")

    assert desk.office.roster.officer("sian").covers == {"amira"}
    desk.pass_time(days=4)
    assert desk.office.roster.officer("sian").covers == frozenset()


def test_the_cover_does_the_holders_act_in_their_own_name(desk: Desk) -> None:
    desk.claimed()
    with pytest.raises(NotForYou):
        desk.do(Act.LOG_SEARCH, "sian")
    away(desk, "amira", "sian")

    assert desk.do(Act.LOG_SEARCH, "sian").sentence.startswith("Siân Pritchard searched")


def test_a_leaver_is_told_of_nothing_and_what_they_hold_is_remarked(desk: Desk) -> None:
    desk.claimed()

    told = left(desk, "amira")

    assert told.sentence == "Dana Whitfield noted that Amira Hassan has left."
    assert told.remarks == ("Amira Hassan still has 1 request in hand: hand them over.",)
    assert told.leaves_behind == "amira"


def test_a_manager_who_leaves_must_be_replaced(desk: Desk) -> None:
    told = left(desk, "marcus")

    assert told.remarks == ("Control Room: name another manager or deputy.",)
    assert told.leaves_behind == ""  # he holds nothing


def test_who_is_away_without_a_cover_hears_where_it_goes(desk: Desk) -> None:
    assert away(desk, "amira", "").remarks == (
        "What is due to Amira Hassan then goes to Marcus Reid.",
    )


def test_a_rehearsal_writes_nothing(desk: Desk) -> None:
    dana = desk.office.roster.officer("dana")

    told = people.change(
        desk.office, lambda now: decide.leave(now, "joel"), officer=dana, rehearsing=True
    )

    assert told.sentence == "Dana Whitfield noted that Joel Barker has left."
    assert people.history(desk.office) == []
    assert desk.office.roster.officer("joel").name == "Joel Barker"


def test_who_has_left_cannot_be_the_last_to_change_anything(desk: Desk) -> None:
    tom = desk.office.roster.officer("tom")
    left(desk, "tom")

    with pytest.raises(UnknownOfficer):
        people.change(desk.office, lambda now: decide.leave(now, "amira"), officer=tom)


def test_the_history_of_people_cannot_be_altered(desk: Desk) -> None:
    left(desk, "joel")

    for statement in ("UPDATE people SET reason = 'x'", "DELETE FROM people"):
        with pytest.raises(DBAPIError), desk.office.store.writing() as connection:
            connection.execute(text(statement))
    assert [said for _, said in people.history(desk.office, handle="joel")] == [
        "Dana Whitfield noted that Joel Barker has left."
    ]


def test_a_kind_of_change_that_a_newer_program_wrote_is_passed_over(desk: Desk) -> None:
    made = left(desk, "joel").change
    copied = '99, handle, \'sabbatical\', value, "by", "on", at, reason'
    with desk.office.store.writing() as connection:
        kept.append(connection, made, at=desk.at)
        connection.execute(text(f"INSERT INTO people SELECT {copied} FROM people WHERE id = 1"))  # noqa: S608  # our own

    desk.office.people.look()
    assert len(people.history(desk.office)) == 2


def test_what_an_act_says_to_somebody_away_goes_to_the_cover_and_says_for_whom(desk: Desk) -> None:
    desk.claimed()
    away(desk, "amira", "joel")
    desk.recorder.posts.clear()

    desk.do(Act.WITHDRAW, "dana")
    desk.tick()

    told = [one for one in desk.recorder.notices if one[0].startswith("person:")]
    assert told == [("person:joel", "For Amira Hassan: 002335/20 is closed: withdrawn.")]
