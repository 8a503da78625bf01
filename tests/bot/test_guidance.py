"""Above the form of a public interest test stand questions; its fields stay empty."""

from __future__ import annotations

from bot.blocks.about import to_think_about
from tests.casework.examples import CONFIG, request_in
from workflow.casework.request import Exemption
from workflow.casework.stages import Act, Stage
from workflow.practice import read_guidance

GUIDANCE = {"every": ("What is learnt?",), "s.31": ("Who would <offend>?",)}
ENGAGED = request_in(Stage.CONSIDERATION, exemptions=(Exemption("s.31(1)(a)", "it helps"),))


def test_each_engaged_exemption_has_its_questions_above_the_form() -> None:
    (block,) = to_think_about(Act.RECORD_PUBLIC_INTEREST_TEST, ENGAGED, GUIDANCE)

    shown = str(block)
    assert "s.31(1)(a)" in shown
    assert "What is learnt?" in shown


def test_other_forms_have_none() -> None:
    for act in (Act.RECORD_HARM, Act.ANSWER, Act.DECIDE):
        assert to_think_about(act, ENGAGED, GUIDANCE) == []


def test_the_configured_questions_fit_into_slack() -> None:
    for block in to_think_about(Act.RECORD_PUBLIC_INTEREST_TEST, ENGAGED, read_guidance(CONFIG)):
        assert len(str(block)) < 3000
