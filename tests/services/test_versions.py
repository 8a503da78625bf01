"""Every letter that was decided, drafted or sent is kept as it was; the differences are shown."""

from __future__ import annotations

import pytest

from tests.casework.examples import moment
from tests.services.desk import REFERENCE, Desk
from workflow.casework.stages import Act
from workflow.services import versions


@pytest.fixture
def decided(sqlite_desk: Desk) -> Desk:
    """Give a desk on which an answer in part was decided."""
    sqlite_desk.claimed()
    sqlite_desk.do(Act.LOG_SEARCH, "amira")
    sqlite_desk.do(Act.RETURN_SEARCHES, "amira", held="held")
    sqlite_desk.considered_in_part()
    sqlite_desk.do(Act.DECIDE, "dana", outcome="part", reason="The first, and no more.")
    return sqlite_desk


def test_what_was_changed_after_it_was_sent_back_is_shown_line_by_line(decided: Desk) -> None:
    decided.do(Act.SEND_BACK, "grace", reason="The year is wrong.")
    decided.do(Act.ANSWER, "dana", words="Since 2013.")
    decided.do(Act.DECIDE, "dana", outcome="part", reason="The first, and no more.")

    first, second = versions.versions_of(decided.office, REFERENCE)

    assert (first.number, first.by, first.differences) == (1, "Dana Whitfield", ())
    assert [line.split()[-1] for line in second.differences] == ["2012.", "2013."]
    assert [line[0] for line in second.differences] == ["-", "+"]
    assert "Since 2013." in second.text


def test_the_letter_that_was_sent_is_kept_whatever_becomes_of_the_wording(decided: Desk) -> None:
    decided.do(Act.APPROVE, "grace")
    decided.at = moment("Thu 2020-07-30 10:00")
    decided.do(Act.ISSUE, "dana")

    first, sent = versions.versions_of(decided.office, REFERENCE)

    assert (first.act, sent.act) == (Act.DECIDE, Act.ISSUE)
    assert "We are answering on Thursday 30 July 2020" in " ".join(sent.text.split())
    assert all("14 July" in line or "30 July" in line for line in sent.differences)


def test_a_version_names_no_applicant(sqlite_desk: Desk) -> None:
    sqlite_desk.log(applicant=("Jo Bloggs", "jo@example.org"))
    for act, who in (
        (Act.ALLOCATE, "dana"),
        (Act.CLAIM, "sian"),
        (Act.LOG_SEARCH, "sian"),
        (Act.RETURN_SEARCHES, "sian"),
        (Act.DECIDE, "dana"),
    ):
        sqlite_desk.do(act, who)

    (only,) = versions.versions_of(sqlite_desk.office, REFERENCE)

    assert "Bloggs" not in only.text


def test_an_answer_that_is_not_complete_has_no_letter_yet(sqlite_desk: Desk) -> None:
    sqlite_desk.claimed()
    sqlite_desk.do(Act.LOG_SEARCH, "amira")
    sqlite_desk.do(Act.RETURN_SEARCHES, "amira")
    sqlite_desk.do(Act.ANSWER, "dana")
    sqlite_desk.do(Act.DECIDE, "dana")

    assert versions.told(versions.versions_of(sqlite_desk.office, REFERENCE)) == [
        "There is no letter yet: decide the answer, and complete it."
    ]
