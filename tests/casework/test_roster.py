"""Who is told in whose place: absences, covers, deputies, and those who have left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.examples import ROSTER, day, request_in
from workflow.casework.errors import UnknownOfficer
from workflow.casework.occasion import open_acts
from workflow.casework.roles import Absence, Roster
from workflow.casework.stages import Act, Stage

WED, FRI = "Wed 2020-07-15", "Fri 2020-07-17"


def away(handle: str, first: str, last: str | None, cover: str = "") -> Absence:
    return Absence(handle, day(first), day(last) if last else None, cover)


def with_absences(*absences: Absence) -> Roster:
    deputies = {"control-room": "sian"}
    teams = tuple(replace(one, deputy=deputies.get(one.key, "")) for one in ROSTER.teams)
    return replace(ROSTER, teams=teams, head="owen", absences=absences)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("Tue 2020-07-14", "amira"),  # the day before
        ("Wed 2020-07-15", "joel"),  # the first day
        ("Fri 2020-07-17", "joel"),  # the last day
        ("Sat 2020-07-18", "amira"),  # the day after
    ],
)
def test_an_absence_has_its_first_and_its_last_day(on: str, told: str) -> None:
    roster = with_absences(away("amira", WED, FRI, "joel"))

    assert roster.reached_at("amira", day(on)) == told


def test_an_absence_without_an_end_lasts_until_they_are_back() -> None:
    roster = with_absences(away("amira", WED, None, "joel"))

    assert roster.reached_at("amira", day("Fri 2021-01-15")) == "joel"


def test_the_cover_of_an_absent_cover_is_told() -> None:
    roster = with_absences(away("amira", WED, FRI, "joel"), away("joel", WED, FRI, "callum"))

    assert roster.reached_at("amira", day(WED)) == "callum"


def test_two_who_cover_for_each_other_leave_it_to_the_manager() -> None:
    roster = with_absences(away("amira", WED, FRI, "joel"), away("joel", WED, FRI, "amira"))

    assert roster.reached_at("amira", day(WED)) == "marcus"


def test_where_nobody_covers_the_manager_is_told() -> None:
    assert with_absences(away("amira", WED, FRI)).reached_at("amira", day(WED)) == "marcus"


def test_the_deputy_stands_in_for_an_absent_manager() -> None:
    roster = with_absences(away("amira", WED, FRI), away("marcus", WED, FRI))

    assert roster.reached_at("amira", day(WED)) == "sian"
    assert roster.reached_at("marcus", day(WED)) == "sian"


def test_above_the_deputy_are_the_manager_of_the_desk_and_the_head() -> None:
    gone = [away(one, WED, FRI) for one in ("marcus", "sian")]

    assert with_absences(*gone).reached_at("marcus", day(WED)) == "grace"
    assert with_absences(*gone, away("grace", WED, FRI)).reached_at("marcus", day(WED)) == "owen"


def test_when_all_are_away_the_person_is_told_all_the_same() -> None:
    everyone = [away(one.handle, WED, FRI) for one in ROSTER.officers]

    assert with_absences(*everyone).reached_at("amira", day(WED)) == "amira"


def test_the_absence_noted_last_counts() -> None:
    roster = with_absences(away("amira", WED, FRI, "joel"), away("amira", WED, FRI, "callum"))

    assert roster.reached_at("amira", day(WED)) == "callum"


def test_a_leaver_has_a_name_and_no_login_and_is_told_nothing() -> None:
    amira = ROSTER.officer("amira")
    staying = tuple(one for one in ROSTER.officers if one is not amira)
    roster = replace(ROSTER, officers=staying, former=(amira,))

    assert roster.name_of("amira") == "Amira Hassan"
    assert roster.reached_at("amira", day(WED)) == "marcus"
    with pytest.raises(UnknownOfficer):
        roster.officer("amira")


def test_somebody_without_a_slack_id_is_not_found_by_an_empty_one() -> None:
    unreached = replace(ROSTER.officer("amira"), slack="")
    roster = replace(ROSTER, officers=(unreached,))

    with pytest.raises(UnknownOfficer):
        roster.officer("")


def test_the_cover_may_do_what_the_holder_may_and_only_meanwhile() -> None:
    roster = with_absences(away("amira", WED, FRI, "callum"))
    request = request_in(Stage.SEARCHING)  # Amira of the control room holds it

    on_the_day = roster.on(day(WED)).officer("callum")
    after = roster.on(day("Sat 2020-07-18")).officer("callum")

    assert Act.LOG_SEARCH in open_acts(request, on_the_day)
    assert open_acts(request, after) == (Act.ESCALATE,)


def test_a_role_passes_to_nobody() -> None:
    """Whoever covers for an approver does not approve: the authority names its approvers."""
    roster = with_absences(away("grace", WED, FRI, "callum")).on(day(WED))

    assert Act.APPROVE not in open_acts(request_in(Stage.RESPONSE), roster.officer("callum"))


HANDLES = [one.handle for one in ROSTER.officers]


@given(st.dictionaries(st.sampled_from(HANDLES), st.sampled_from([*HANDLES, ""])))
def test_somebody_present_is_told_if_anybody_above_is(covers: dict[str, str]) -> None:
    roster = with_absences(*(away(one, WED, FRI, cover) for one, cover in covers.items()))

    for handle in HANDLES:
        told = roster.reached_at(handle, day(WED))
        somebody = roster.is_present(told, day(WED))
        assert somebody or all(one in covers for one in ("grace", "owen", handle))
        assert (told == handle) == (handle not in covers) or not somebody
