"""Decisions by chance, made act by act: what is complete goes out, and nothing else does."""

from __future__ import annotations

from itertools import count
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.law.answers_by_chance import CITATIONS, read
from tests.services.desk import Desk
from workflow.casework.errors import Lacking
from workflow.casework.request import Treatment
from workflow.casework.stages import Act, Stage
from workflow.law.regime import Regime

NUMBERS = count(1)
WAYS = {
    "given": (Treatment.DISCLOSED,),
    "elsewhere": (Treatment.ELSEWHERE,),
    "withheld": (Treatment.WITHHELD,),
    "in part": (Treatment.DISCLOSED, Treatment.WITHHELD),
    "not held": (Treatment.NOT_HELD,),
    "silent": (Treatment.NEITHER,),
}
CITED = [one.replace(" and ", "") for one in CITATIONS[Regime.FOIA] if "(" in one]
SILENT = [one for one in CITED if read(Regime.FOIA, one).row.neither_confirm_nor_deny]
RELYING = (Treatment.WITHHELD, Treatment.NEITHER)


class Step(NamedTuple):
    """One act of the desk, and the question or exemption it is about."""

    act: Act
    about: str
    words: dict[str, Any]


@st.composite
def decisions(draw: st.DrawFn) -> tuple[int, str, list[Step]]:
    """Draw how many questions there are, the outcome, and every act that the answer needs."""
    ways = draw(st.lists(st.sampled_from(sorted(WAYS)), min_size=1, max_size=4))
    answers: list[Step] = []
    sections: dict[str, Treatment] = {}
    for number, way in enumerate(ways, 1):
        for treatment in WAYS[way]:
            pool = SILENT if treatment is Treatment.NEITHER else CITED
            # One exemption is relied on either to withhold or to be silent, as a letter has it.
            free = [one for one in pool if sections.get(one, treatment) is treatment]
            cited = draw(st.sampled_from(free)) if treatment in RELYING else ""
            if cited:
                sections[cited] = treatment
            words = {
                "numbers": (number,),
                "treatment": treatment,
                "words": "the register | our website",
                "sections": (cited,) if cited else (),
            }
            answers.append(Step(Act.ANSWER, f"question {number}", words))
    steps = [step for one in sections for step in _grounds(draw, one)]
    return len(ways), _outcome(ways), [*steps, *answers]


def _grounds(draw: st.DrawFn, section: str) -> list[Step]:
    row = read(Regime.FOIA, section).row
    steps = [Step(Act.ENGAGE_EXEMPTION, section, {"why": "The Act of 1990 and the file show it."})]
    if row.needs_harm:
        likelihood = draw(st.sampled_from(("would", "would-be-likely")))
        steps.append(Step(Act.RECORD_HARM, section, {"likelihood": likelihood}))
    if row.needs_qualified_person:
        steps.append(Step(Act.RECORD_OPINION, section, {"given": OPENED}))
    if row.needs_public_interest_test:
        steps.append(Step(Act.RECORD_PUBLIC_INTEREST_TEST, section, {}))
    return [one._replace(words={"section": section, **one.words}) for one in steps]


def _outcome(ways: list[str]) -> str:
    gives = bool({"given", "in part"} & set(ways))
    refuses = bool({"elsewhere", "withheld", "in part", "silent"} & set(ways))
    if refuses:
        return "part" if gives else "refuse"
    return "disclose" if gives else "not-held"


OPENED = Desk.at.date()


def issued(desk: Desk, questions: int, outcome: str, steps: list[Step]) -> str:
    """Do every act, from receipt to issue. Gives the reference. Raises Lacking where refused."""
    reference = f"R{next(NUMBERS)}"
    desk.log(reference, questions=tuple(f"Question {n}?" for n in range(1, questions + 1)))
    desk.do(Act.ALLOCATE, "dana", reference, team="control-room")
    desk.do(Act.CLAIM, "amira", reference)
    desk.do(Act.LOG_SEARCH, "amira", reference)
    desk.do(Act.RETURN_SEARCHES, "amira", reference)
    for step in steps:
        desk.do(step.act, "dana", reference, **step.words)
    desk.do(Act.DECIDE, "dana", reference, outcome=outcome, reason="So it was decided.")
    desk.do(Act.APPROVE, "grace", reference)
    desk.do(Act.ISSUE, "dana", reference)
    return reference


MANY = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.slow
@MANY
@given(decision=decisions())
def test_no_complete_answer_is_held_back(
    sqlite_desk: Desk, decision: tuple[int, str, list[Step]]
) -> None:
    reference = issued(sqlite_desk, *decision)

    assert sqlite_desk.found(reference).closed_as == decision[1]


@pytest.mark.slow
@MANY
@given(decision=decisions(), pick=st.randoms(use_true_random=False))
def test_no_answer_goes_out_with_a_required_part_left_out(
    sqlite_desk: Desk, decision: tuple[int, str, list[Step]], pick: Any
) -> None:
    questions, outcome, steps = decision
    needed = sorted({(one.act.value, one.about) for one in steps if one.act is not Act.ANSWER})
    # What one sentence says of all questions is an answer by itself: it needs none by number.
    if outcome in ("part", "refuse") or questions > 1:
        needed += sorted({(one.act.value, one.about) for one in steps if one.act is Act.ANSWER})
    if not needed:
        return
    left_out = pick.choice(needed)
    short = [one for one in steps if (one.act.value, one.about) != left_out]

    with pytest.raises(Lacking):
        issued(sqlite_desk, questions, outcome, short)

    latest = sqlite_desk.found(f"R{next(NUMBERS) - 1}")
    assert latest.stage is not Stage.CLOSED
