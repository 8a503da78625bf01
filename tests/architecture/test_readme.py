"""The README says what the tables say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.documents import DOCUMENTS, README, made
from workflow.settings import Settings

CURE = "run: python -m tests.architecture.documents"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_what_a_document_tells_of_the_tables_is_what_they_say(document: Path) -> None:
    assert document.read_text("utf-8") == made(document), CURE


def test_every_setting_is_told() -> None:
    text = README.read_text("utf-8")
    named = {
        str(field.validation_alias or f"FOI_{name}").upper()
        for name, field in Settings.model_fields.items()
    }

    assert named - set(re.findall(r"`((?:FOI|SLACK)_\w+)`", text)) == set()


def test_the_readme_opens_with_what_it_is_for_in_under_a_screen() -> None:
    opening = README.read_text("utf-8").partition("\n## ")[0]

    assert len(opening.splitlines()) <= 40
    assert opening.index("make demo") < opening.index("make test") < 400
