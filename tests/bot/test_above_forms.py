"""What stands above a form: the questions, and what becomes of each so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.blocks.about import above
from tests.casework.examples import request_in
from workflow.casework.request import AnswerPart, Treatment
from workflow.casework.stages import Act, Stage
from workflow.law.cost_limit import AuthorityClass

if TYPE_CHECKING:
    from workflow.casework.request import InformationRequest


def shown(act: Act, request: InformationRequest) -> list[str]:
    (block,) = above(act, request, authority=AuthorityClass.OTHER)
    assert block["text"]["type"] == "plain_text"  # the applicant's words are only shown
    return str(block["text"]["text"]).split("\n")


@pytest.mark.parametrize("act", [Act.ANSWER, Act.SPLIT], ids=str)
def test_the_questions_stand_by_number_with_what_becomes_of_each(act: Act) -> None:
    request = request_in(
        Stage.CONSIDERATION,
        questions=("How many calls?", "Who <!channel> supplies it?", "At what price?"),
        answers=(
            AnswerPart(1, Treatment.DISCLOSED, "159,740"),
            AnswerPart(2, Treatment.WITHHELD, "The model", sections=("s.31(1)(a)",)),
            AnswerPart(2, Treatment.NOT_HELD, "The year"),
        ),
    )

    assert shown(act, request) == [
        "1. How many calls? (disclosed)",
        "2. Who <!channel> supplies it? (withheld, not held)",
        "3. At what price?",
    ]


def test_a_request_without_numbered_questions_is_one_question() -> None:
    request = request_in(Stage.CONSIDERATION, questions=(), description="How many calls?")

    assert shown(Act.ANSWER, request) == ["1. How many calls?"]
