"""Every act, word for word: what is said, who is told, what is different, and how it is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.casework.decided import TABLE, cases
from workflow.casework.decide import DECIDE

CURE = "read the difference; if it is meant, run: python -m tests.casework.decided"
WRITTEN: list[dict[str, Any]] = json.loads(TABLE.read_text("utf-8"))


def test_the_table_holds_every_act() -> None:
    done = {one["asked"].partition(" in ")[0] for one in WRITTEN if "said" in one}

    assert done == {act.value for act in DECIDE}


@pytest.mark.parametrize(
    ("do", "written"),
    list(zip(cases(), WRITTEN, strict=True)),
    ids=[f"{n}: {one['asked']}" for n, one in enumerate(WRITTEN)],
)
def test_an_act_comes_to_what_is_written(
    do: Callable[[], dict[str, Any]], written: dict[str, Any]
) -> None:
    assert do() == written, CURE
