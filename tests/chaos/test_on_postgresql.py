"""The small chaos, in every run of the tests; the large is a program (see on_postgresql.py)."""

from __future__ import annotations

import pytest

from tests.chaos.on_postgresql import SMALL, run, tell
from tests.postgres_server import NoPostgresServerError

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(600)]


def test_whatever_falls_over_nothing_is_lost_nothing_said_twice_and_order_holds() -> None:
    try:
        found = run(SMALL)
    except NoPostgresServerError as absence:
        pytest.skip(str(absence))
    tell(SMALL, found)

    assert found.wrong == []
    assert found.kills == SMALL.kills
    assert found.restarts == 2
    assert found.confirmed > 0
    assert min(found.faults.values()) > 0
