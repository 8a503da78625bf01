"""After five working days each person hears one message; catch_up.py is the large run."""

from __future__ import annotations

import pytest

from tests.chaos.catch_up import SMALL, run


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_after_five_working_days_each_person_hears_one_message_about_all_that_fell_due() -> None:
    told = run(SMALL)

    assert told.wrong == []
    assert len(told.messages) >= 6
    assert told.flood > SMALL
    assert sum(len(here) for _, here in told.escalated.values()) > SMALL
