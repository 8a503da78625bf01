"""Questions before the public interest is weighed: the configuration asks them, nobody answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.casework.examples import CONFIG
from workflow.casework.guidance import questions_about
from workflow.law.exemptions import EXEMPTIONS
from workflow.practice import PracticeError, read_guidance

GUIDANCE = {
    "every": ("What is learnt?",),
    "s.31": ("Who would offend?",),
    "s.31(1)(a)": ("Which crime?",),
    "s.3": ("Never asked.",),
    "reg. 12(5)": ("Would it happen?",),
}


@pytest.mark.parametrize(
    ("section", "asked"),
    [
        ("s.31(1)(a)", ("Which crime?", "Who would offend?", "What is learnt?")),
        ("s.31(1)(b)", ("Who would offend?", "What is learnt?")),
        ("S.31", ("Who would offend?", "What is learnt?")),
        ("s.42(1)", ("What is learnt?",)),
        ("reg. 12(5)(b)", ("Would it happen?", "What is learnt?")),
    ],
)
def test_the_questions_of_the_limb_come_first_then_the_section_then_all(
    section: str, asked: tuple[str, ...]
) -> None:
    assert questions_about(GUIDANCE, section) == asked


def test_every_qualified_exemption_has_something_to_think_about() -> None:
    guidance = read_guidance(CONFIG)

    for rows in EXEMPTIONS.values():
        for row in rows:
            if row.needs_public_interest_test:
                assert questions_about(guidance, row.ref)


@pytest.mark.parametrize(
    ("written", "entry"),
    [('"s.99" = ["?"]', "s.99"), ('"s.31" = "one question"', "s.31"), ('"s.31" = [1]', "s.31")],
)
def test_a_mistake_in_guidance_is_told_with_its_entry(
    tmp_path: Path, written: str, entry: str
) -> None:
    (tmp_path / "guidance.toml").write_text(written, encoding="utf-8")

    with pytest.raises(PracticeError) as told:
        read_guidance(tmp_path)

    assert told.value.entry == entry


def test_without_the_file_nothing_is_asked(tmp_path: Path) -> None:
    assert read_guidance(tmp_path) == {}
