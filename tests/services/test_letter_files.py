"""Letters as files in the thread: the draft, the answer that went out, the review. No names."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tests.recorder import Trouble
from tests.services.desk import REFERENCE, Desk
from tests.services.test_correspondence import ANN, answered, considered, under_review, weighed
from workflow.casework.errors import Restricted
from workflow.casework.stages import Act
from workflow.services import correspondence
from workflow.services.messenger import file_name


def words_of(content: bytes) -> str:
    """Give all that is written anywhere in a DOCX, its properties too."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())


def posted(desk: Desk) -> list[str]:
    desk.tick()
    return list(desk.recorder.files)


def test_the_draft_is_posted_when_it_is_decided_and_the_answer_when_it_goes_out(
    desk: Desk,
) -> None:
    considered(desk)
    weighed(desk)
    assert posted(desk) == []

    desk.do(Act.DECIDE, "dana", outcome="part", reason="One figure; the places withheld.")
    assert posted(desk) == ["002335-20 draft 10.docx"]

    desk.do(Act.APPROVE, "grace")
    desk.do(Act.ISSUE, "dana")
    assert posted(desk) == ["002335-20 draft 10.docx", "002335-20 answer 12.docx"]


def test_a_file_hangs_on_the_card_of_the_desk_and_says_what_it_is(sqlite_desk: Desk) -> None:
    answered(sqlite_desk)
    sqlite_desk.tick()

    drawn = next(one for one in sqlite_desk.recorder.posts if one.key == f"card|{REFERENCE}")
    files = [one for one in sqlite_desk.recorder.posts if one.key.startswith("file|")]

    assert {one.thread for one in files} == {drawn.place}
    assert [one.text for one in files][-1] == "The answer to 002335/20 as it went out."


def test_no_file_names_the_applicant(sqlite_desk: Desk) -> None:
    under_review(sqlite_desk)
    sqlite_desk.do(Act.DECIDE_REVIEW, "ruth")

    assert len(posted(sqlite_desk)) == 3
    for content in sqlite_desk.recorder.files.values():
        words = words_of(content)
        assert "[name of the applicant]" in words
        assert not any(one in words for one in ANN)


def test_an_answer_in_which_the_law_misses_something_is_not_posted(sqlite_desk: Desk) -> None:
    considered(sqlite_desk)
    sqlite_desk.do(Act.DECIDE, "dana", outcome="part", reason="The test is not done.")

    assert posted(sqlite_desk) == []
    assert [state for key, state in sqlite_desk.outbox() if key.startswith("file|")] == [
        "superseded"
    ]


def test_a_draft_that_was_sent_back_before_it_was_posted_is_not_posted(desk: Desk) -> None:
    considered(desk)
    weighed(desk)
    desk.do(Act.DECIDE, "dana", outcome="part", reason="One figure; the places withheld.")
    desk.do(Act.SEND_BACK, "grace")

    assert posted(desk) == []


def test_a_letter_keeps_its_day_and_its_signatory_however_late_it_is_posted(
    sqlite_desk: Desk,
) -> None:
    answered(sqlite_desk)
    sqlite_desk.pass_time(days=3)

    posted(sqlite_desk)

    words = words_of(sqlite_desk.recorder.files["002335-20 answer 12.docx"])
    assert "30 July 2020" in words
    assert "Dana Whitfield" in words


def test_whether_a_file_was_posted_is_looked_for_before_it_is_posted_again(desk: Desk) -> None:
    answered(desk)
    desk.recorder.meets(Trouble.UNKNOWN_AFTER, on="file")

    for _ in range(3):
        desk.tick()
        desk.pass_time(seconds=30)

    keys = [key for key in desk.recorder.keys if key.startswith("file|")]
    assert keys == [
        "file|002335/20|10|draft|dana|2020-07-14",
        "file|002335/20|12|answer|dana|2020-07-30",
    ]


def test_a_file_is_named_for_its_request_its_kind_and_its_version() -> None:
    assert file_name("file|FOI/2020/1|12|answer|dana|2020-07-30") == "FOI-2020-1 answer 12.docx"


def test_of_a_restricted_request_no_file_is_posted_and_no_letter_shown(sqlite_desk: Desk) -> None:
    considered(sqlite_desk)
    weighed(sqlite_desk)
    sqlite_desk.do(Act.RESTRICT, "dana", names=("grace", "amira"), reason="a complaint about staff")
    sqlite_desk.do(Act.DECIDE, "dana", outcome="part", reason="One figure; the places withheld.")

    assert posted(sqlite_desk) == []
    with pytest.raises(Restricted):
        correspondence.letter(
            sqlite_desk.office, REFERENCE, officer=sqlite_desk.office.roster.officer("joel")
        )
