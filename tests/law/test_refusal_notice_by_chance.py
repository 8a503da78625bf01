"""No notice passes with a required part missing, and no complete one is refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.law.answers_by_chance import BREAKS, any_words, complete_answers
from workflow.law.answer import Answer
from workflow.law.refusal_notice import Incomplete, Notice, draft
from workflow.law.regime import Regime

ANSWERS = complete_answers(says=any_words)


@settings(max_examples=200, deadline=None)
@given(ANSWERS)
def test_no_complete_notice_is_refused(answer: Answer) -> None:
    drafted = draft(answer)

    assert isinstance(drafted, Notice), drafted


@pytest.mark.parametrize("name", BREAKS)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_notice_passes_with_a_part_missing(name: str, data: st.DataObject) -> None:
    sections, make_broken = BREAKS[name]
    regimes = [
        one for one, section in zip((Regime.FOIA, Regime.EIR), sections, strict=True) if section
    ]
    broken = data.draw(
        complete_answers(regimes).map(make_broken).filter(lambda found: found is not None)
    )
    assert broken is not None

    drafted = draft(broken)

    assert isinstance(drafted, Incomplete)
    expected = sections[0] if broken.regime is Regime.FOIA else sections[1]
    assert expected in {one.section for one in drafted.missing}, drafted.told()
