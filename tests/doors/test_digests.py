"""The demonstration's clock stops where digests come, however far it is moved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.doors.demonstrations import Demonstration


def test_moving_past_a_monday_brings_the_managers_summary_of_that_morning(
    fresh: Demonstration,
) -> None:
    happened = fresh.page.working_days_pass(5)  # from Tuesday 14 to Tuesday 21 July 2020

    weekly = {(one["at"], one["to"]) for one in happened if str(one["rule"]).startswith("weekly")}
    assert {at for at, _ in weekly} == {"2020-07-20T09:00"}
    assert {"Marcus Reid", "Grace Okafor"} <= {to for _, to in weekly}
