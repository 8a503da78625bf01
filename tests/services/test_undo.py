"""Undoing through the real store: the row, its dates and its reminders are as they were."""

from __future__ import annotations

import pytest

from tests.casework.examples import moment
from tests.services.desk import REFERENCE, Desk
from workflow.casework.errors import Lacking
from workflow.casework.stages import Act
from workflow.reports.period import Period
from workflow.services import lists, reporting
from workflow.store import requests


def kept(desk: Desk) -> requests.Stored:
    with desk.office.store.reading() as connection:
        return requests.get(connection, REFERENCE)


def test_an_undone_act_leaves_the_request_and_its_dates_as_they_were(desk: Desk) -> None:
    desk.claimed()
    before = kept(desk)
    desk.do(Act.SEEK_CLARIFICATION, "amira")
    assert kept(desk).due_on is None

    desk.pass_time(minutes=4)
    desk.do(Act.UNDO, "amira")

    after = kept(desk)
    assert (after.due_on, after.request.clock) == (before.due_on, before.request.clock)
    assert after.request.version == before.request.version + 2
    assert [line.sentence for line in lists.history_of(desk.office, REFERENCE)][-2:] == [
        "Amira Hassan sought clarification: Which years?",
        "Amira Hassan undid what they had just done (seek clarification).",
    ]


def test_nothing_is_undone_once_something_else_has_happened(desk: Desk) -> None:
    desk.claimed()
    desk.do(Act.LOG_SEARCH, "amira")
    desk.do(Act.UPDATE, "dana", note="Thank you.")

    with pytest.raises(Lacking, match="cannot be undone: update"):
        desk.do(Act.UNDO, "amira")

    assert len(desk.found().searches) == 1


def test_an_act_is_undone_once(desk: Desk) -> None:
    desk.claimed()
    desk.do(Act.LOG_SEARCH, "amira")
    desk.do(Act.UNDO, "amira")

    with pytest.raises(Lacking, match=r"undone: undo\. Do the act again instead"):
        desk.do(Act.UNDO, "amira")

    assert desk.found().searches == ()


def test_the_answer_to_an_act_says_whether_it_can_be_undone(desk: Desk) -> None:
    desk.claimed()

    assert desk.do(Act.LOG_SEARCH, "amira").can_undo
    assert not desk.do(Act.UPDATE, "amira", note="Half of it.").can_undo


def test_the_one_who_acted_last_need_not_name_the_request(desk: Desk) -> None:
    desk.claimed("FOI-2020-0001")
    desk.claimed("FOI-2020-0002")
    joel, amira = (desk.office.roster.officer(one) for one in ("joel", "amira"))

    assert lists.latest_by(desk.office, amira) == "FOI-2020-0002"
    with pytest.raises(Lacking) as refused:
        lists.latest_by(desk.office, joel)
    assert str(refused.value) == (
        "You have not acted on any request yet. There is nothing to undo."
    )


def test_an_exemption_undone_is_not_in_the_figures(desk: Desk) -> None:
    desk.claimed()
    desk.do(Act.LOG_SEARCH, "amira")
    desk.do(Act.RETURN_SEARCHES, "amira")
    desk.do(Act.ENGAGE_EXEMPTION, "dana", section="s.24(1)")
    desk.do(Act.UNDO, "dana")
    desk.do(Act.ENGAGE_EXEMPTION, "dana", section="s.31(1)(a)")

    day = moment("Tue 2020-07-14 12:00").date()
    (atom,) = reporting.atoms(desk.office, Period(day, day), as_at=day)

    assert atom.exemptions == ("s.31(1)(a)",)
