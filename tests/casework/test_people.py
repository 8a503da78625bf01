"""How the people of an office change: who may change what, and the roster that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from tests.casework.examples import ROSTER, day
from workflow.casework.decide import people
from workflow.casework.decide.people import Changing, NotYours
from workflow.casework.errors import Lacking, Refusal, UnknownOfficer, UnknownTeam
from workflow.casework.people import Change, Post, What, in_force, sentence
from workflow.casework.roles import Absence, Preferences, Role, Roster

TODAY = day("Wed 2020-07-15")
FRIDAY, MONDAY = day("Fri 2020-07-17"), day("Mon 2020-07-20")
FEMI = {"name": "Femi Ade", "team": "digital", "roles": "officer", "slack": "U0FEMI"}


def by(handle: str, roster: Roster = ROSTER) -> Changing:
    return Changing(roster.officer(handle), TODAY, roster)


def after(*changes: Change) -> Roster:
    return in_force(ROSTER, changes)


def test_somebody_added_may_act_at_once() -> None:
    change = people.add(by("dana"), "femi", FEMI, reason="joins in July")

    femi = after(change).officer("U0FEMI")
    assert (femi.handle, femi.name, femi.team) == ("femi", "Femi Ade", "digital")
    assert femi.roles == {Role.OFFICER}
    assert sentence(change, after(change)) == (
        "Dana Whitfield added Femi Ade (femi) to Digital and Technology as officer: joins in July."
    )


def test_what_is_not_said_stays_as_it_was() -> None:
    change = people.change(by("dana"), "amira", {"team": "digital"})

    moved = after(change).officer("amira")
    assert (moved.team, moved.slack) == ("digital", "U0AMIRA")
    assert moved.roles == {Role.OFFICER}
    assert sentence(change, after(change)) == "Dana Whitfield changed Amira Hassan: team digital."


def test_a_leaver_acts_no_more_and_keeps_the_name_in_the_history() -> None:
    change = people.leave(by("dana"), "amira")

    roster = after(change)
    with pytest.raises(UnknownOfficer):
        roster.officer("U0AMIRA")
    assert roster.name_of("amira") == "Amira Hassan"
    assert sentence(change, roster) == "Dana Whitfield noted that Amira Hassan has left."


def test_the_handle_of_a_leaver_goes_to_nobody_else() -> None:
    gone = after(people.leave(by("dana"), "amira"))

    with pytest.raises(Lacking) as refused:
        people.add(by("dana", gone), "amira", FEMI)
    assert str(refused.value) == (
        "amira is the handle of Amira Hassan, who has left. "
        "Take another: the history must not speak of two people by one handle."
    )


def test_a_leaver_may_come_again_under_their_own_name() -> None:
    left = people.leave(by("dana"), "amira")
    again = people.add(by("dana", after(left)), "amira", FEMI | {"name": "Amira Hassan"})

    assert after(left, again).officer("amira").team == "digital"
    assert after(left, again).former == ()


def test_an_absence_from_today_is_over_on_the_day_of_the_return() -> None:
    away = people.be_away(by("amira"), "amira", last=MONDAY, cover="@joel")
    back = Change("amira", What.BACK, "amira", FRIDAY)

    assert after(away).absences == (Absence("amira", TODAY, MONDAY, "joel"),)
    assert after(away).reached_at("amira", FRIDAY) == "joel"
    assert after(away, back).absences == (Absence("amira", TODAY, day("Thu 2020-07-16"), "joel"),)
    assert after(away, back).reached_at("amira", FRIDAY) == "amira"


def test_who_comes_back_on_the_day_they_went_was_not_away() -> None:
    away = people.be_away(by("amira"), "amira")

    assert after(away, people.come_back(by("amira", after(away)), "amira")).absences == ()


def test_an_absence_is_said_with_its_days_and_its_cover() -> None:
    away = people.be_away(by("marcus"), "amira", first=FRIDAY, last=MONDAY, cover="joel")

    assert sentence(away, ROSTER) == (
        "Marcus Reid noted that Amira Hassan is away from Friday 17 July 2020 to Monday 20 July "
        "2020, covered by Joel Barker."
    )
    assert sentence(people.be_away(by("amira"), "amira"), ROSTER) == (
        "Amira Hassan is away from Wednesday 15 July 2020 until they are "
        "back, with nobody named to cover."
    )


def test_preferences_are_kept_one_by_one() -> None:
    quiet = people.prefer(by("amira"), "amira", {"digest": False, "starts_at": time(10)})
    usual = people.prefer(by("amira"), "amira", {"starts_at": None})

    assert after(quiet).officer("amira").prefers == Preferences(digest=False, starts_at=time(10))
    assert after(quiet, usual).officer("amira").prefers == Preferences(digest=False)
    assert sentence(quiet, ROSTER) == (
        "Amira Hassan noted what they prefer: digest off, starts at 10:00."
    )


def test_when_a_day_ends_is_no_preference_and_an_older_note_of_it_is_passed_over() -> None:
    """It never changed what anybody was told; the history keeps it."""
    noted = {"starts_at": "10:00", "ends_at": "15:00"}
    older = Change("amira", What.PREFERS, "amira", TODAY, noted)

    assert after(older).officer("amira").prefers == Preferences(starts_at=time(10))


def test_a_deputy_is_named_for_a_team() -> None:
    change = people.name_as(by("dana"), "priya", Post.DEPUTY, "control-room")

    assert after(change).deputy_of("control-room") == "priya"
    assert after(change).deputy_of("digital") == ""


def test_the_manager_of_the_desks_team_is_the_desks_manager() -> None:
    change = people.name_as(by("dana"), "priya", Post.MANAGER, "foi-desk")

    assert after(change).desk_manager == "priya"


def test_a_change_about_somebody_whom_the_file_has_lost_changes_nothing() -> None:
    assert after(Change("gone", What.CHANGED, "dana", TODAY, {"team": "digital"})) == ROSTER


CHANGES: list[tuple[str, Callable[[Changing], Change], set[str]]] = [
    ("add", lambda now: people.add(now, "femi", FEMI), {"dana", "tom"}),
    ("change", lambda now: people.change(now, "amira", {"team": "digital"}), {"dana", "tom"}),
    ("leave", lambda now: people.leave(now, "amira"), {"dana", "tom"}),
    (
        "name a deputy",
        lambda now: people.name_as(now, "priya", Post.DEPUTY, "control-room"),
        {"dana", "tom"},
    ),
    (
        "note an absence",
        lambda now: people.be_away(now, "amira", cover="joel"),
        {"amira", "marcus", "dana", "tom"},
    ),
    (
        "prefer",
        lambda now: people.prefer(now, "amira", {"digest": False}),
        {"amira", "dana", "tom"},
    ),
]


@pytest.mark.parametrize(
    ("decide", "may"), [row[1:] for row in CHANGES], ids=[r[0] for r in CHANGES]
)
def test_who_may_change_what_about_amira(
    decide: Callable[[Changing], Change], may: set[str]
) -> None:
    def does(handle: str) -> bool:
        try:
            decide(by(handle))
        except NotYours:
            return False
        return True

    assert {one.handle for one in ROSTER.officers if does(one.handle)} == may


def test_nobody_gives_themselves_a_role() -> None:
    with pytest.raises(NotYours) as refused:
        people.change(by("dana"), "dana", {"roles": "desk,approver"})

    assert str(refused.value) == "Only another officer of the FOI desk may give you a role."
    assert people.change(by("tom"), "dana", {"roles": "desk,approver"}).value == {
        "roles": "desk,approver"
    }


@pytest.mark.parametrize(
    "decide",
    [
        lambda now: people.leave(now, "dana"),
        lambda now: people.change(now, "dana", {"roles": "officer"}),
    ],
)
def test_the_last_officer_of_the_desk_stays(decide: Callable[[Changing], Change]) -> None:
    both = people.change(by("tom"), "dana", {"roles": "officer,desk"})
    alone = after(both, people.leave(by("dana"), "tom"))

    with pytest.raises(Lacking) as refused:
        decide(by("dana", alone))
    assert str(refused.value) == (
        "Dana Whitfield is the only officer of the FOI desk. Give somebody else the role first."
    )


def _add(**changed: str) -> Callable[[Changing], Change]:
    return lambda now: people.add(now, changed.pop("handle", "femi"), FEMI | changed)


@pytest.mark.parametrize(
    ("decide", "told"),
    [
        (_add(handle="Fé mi"), "“Fé mi” cannot be a handle. Write it like amira."),
        (_add(handle="joel"), "joel is somebody's handle already. Take another."),
        (_add(slack="@femi"), "“@femi” is not a Slack member ID. It is on their profile in Slack"),
        (_add(slack="U0JOEL"), "U0JOEL is Joel Barker's Slack member ID."),
        (_add(roles="boss"), "“boss” is no role. The roles are: officer, desk, manager"),
        (_add(name=" "), "To add femi, this is still needed: name."),
        (_add(email="femi"), "“femi” is not an e-mail address."),
        (_add(name="x" * 101), "That name is too long. Keep it under 100."),
        (lambda now: people.change(now, "amira", {}), "Nothing was said to change about Amira"),
        (
            lambda now: people.be_away(now, "amira", last=day("Tue 2020-07-14")),
            "That absence would be over already. Give a last day that is not past.",
        ),
        (
            lambda now: people.be_away(now, "amira", cover="amira"),
            "Nobody can cover for themselves. Name somebody else.",
        ),
        (lambda now: people.come_back(now, "amira"), "Amira Hassan is not away."),
        (
            lambda now: people.name_as(now, "amira", Post.DEPUTY, "digital"),
            "Amira Hassan is not a manager. Give them the role first",
        ),
    ],
)
def test_what_makes_no_sense_is_told_with_its_cure(
    decide: Callable[[Changing], Change], told: str
) -> None:
    with pytest.raises(Refusal) as refused:
        decide(by("dana"))
    assert str(refused.value).startswith(told)


def test_an_unknown_team_or_cover_is_told() -> None:
    with pytest.raises(UnknownTeam):
        people.change(by("dana"), "amira", {"team": "nowhere"})
    with pytest.raises(UnknownOfficer):
        people.be_away(by("amira"), "amira", cover="nobody")


def test_every_kind_of_change_has_its_sentence() -> None:
    examples: dict[What, dict[str, Any]] = {
        What.AWAY: {"first": "2020-07-15"},
        What.NAMED: {"as": "deputy", "team": "digital"},
    }
    for what in What:
        said = sentence(Change("amira", what, "dana", TODAY, examples.get(what, {})), ROSTER)
        assert said.startswith("Dana Whitfield ")
        assert "Amira Hassan" in said
