"""The disclosure log: every answer, never who asked, nothing that tells what may not be told."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from tests.reports.situations import Story, received
from workflow.casework.request import AnswerPart, Treatment
from workflow.casework.stages import Act
from workflow.law.regime import Regime
from workflow.reports.atoms import ANSWERS
from workflow.reports.disclosure_log import OUTCOMES, Entry, entry, kept_back, page, spreadsheet

ON = "Wed 2020-09-30"


def answered(outcome: str = "disclose", *sections: str) -> Story:
    return received().answered("Thu 2020-07-30", outcome, *sections)


def made(story: Story, *names: str, letters: bool = False) -> Entry:
    return entry(story.request, story.at(ON), names=names, letters=letters)


def test_every_answer_has_words_for_the_public() -> None:
    assert tuple(OUTCOMES) == ANSWERS


def test_an_entry_tells_reference_day_subject_and_outcome() -> None:
    one = made(answered("part", "s.31(1)(a)"))

    assert (one.reference, f"{one.answered_on:%a %Y-%m-%d}") == ("002335/20", "Thu 2020-07-30")
    assert one.subject == "Computer aided dispatch"
    assert one.outcome == "Some information given, some withheld"
    assert (one.answer, one.removed) == ("", ())


def test_what_was_not_answered_is_not_published() -> None:
    story = received().do("Thu 2020-07-16", Act.WITHDRAW, "dana")

    with pytest.raises(ValueError, match="was not answered"):
        made(story)


def test_the_applicant_is_masked_in_subject_and_letter() -> None:
    story = answered()
    story.request = replace(
        story.request,
        subject="My file, Jane Doe",
        letter="Dear Jane Doe,\nwrite to jane@example.org.",
    )

    one = made(story, "Jane Doe", letters=True)

    assert one.subject == "My file, [applicant's name removed]"
    assert "ane" not in one.answer.replace("applicant's name", "")
    assert one.removed == (
        "the applicant's name in the subject",
        "the applicant's name in the letter",
        "an e-mail address in the letter",
    )


def test_subject_access_is_kept_back() -> None:
    story = received(regime=Regime.SAR).answered("Thu 2020-07-30")

    assert kept_back(story.request, story.at(ON)) == "it is about the applicant's own data"


@pytest.mark.parametrize(
    ("section", "kept"),
    [("s.40(1)", True), ("s.40(2)(3A)(a)", False), ("s.31(3)", True), ("s.31(1)(a)", False)],
)
def test_own_data_and_what_is_neither_confirmed_nor_denied_is_kept_back(
    section: str,
    kept: bool,
) -> None:
    """A tracker that was imported may name the provision itself: s.31(3)."""
    story = answered("refuse", "s.42(1)")

    assert bool(kept_back(story.request, replace(story.at(ON), exemptions=(section,)))) is kept


def test_a_question_neither_confirmed_nor_denied_keeps_the_answer_back() -> None:
    story = answered("refuse", "s.24(1)")
    part = AnswerPart(1, Treatment.NEITHER, "", sections=("s.24(1)",))

    assert kept_back(replace(story.request, answers=(part,)), story.at(ON))


def test_hostile_words_are_escaped_on_the_page_and_harmless_in_the_spreadsheet() -> None:
    hostile = made(answered())._replace(subject="=cmd|' /C calc'!A0 <script>alert(1)</script>")

    told = page([hostile], authority="Midshire <b>Police</b>")

    assert "<script>" not in told
    assert "<b>" not in told
    cells = list(csv.reader(io.StringIO(spreadsheet([hostile]))))[1]
    assert cells[2] == "'=cmd|' /C calc'!A0 <script>alert(1)</script>"


def test_the_letters_are_there_only_when_wanted() -> None:
    story = answered()

    assert made(story).answer == ""
    assert made(story, letters=True).answer == "so it is"
    assert "so it is" in page([made(story, letters=True)], authority="Midshire", letters=True)
    assert "so it is" not in page([made(story, letters=True)], authority="Midshire")
