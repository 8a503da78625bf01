"""A team's user group is mentioned when something is urgent in its channel, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.doors.demonstrations import Demonstration

CONTROL = "<!subteam^S0CONTROL>"
ARRIVED = "002335/20"  # on Tuesday 14 July 2020, the morning on which the demonstration begins


def said(fresh: Demonstration, channel: str, rule: str) -> list[Any]:
    """Give the messages of a rule about the request that arrived, as they stand in a channel."""
    begins = f"{ARRIVED}|{rule}"
    return [
        one
        for one in fresh.page.messages(channel=channel)
        if one["metadata"] and one["metadata"]["event_payload"]["key"].startswith(begins)
    ]


def test_an_escalation_in_a_teams_channel_calls_the_team_and_a_plain_reminder_does_not(
    fresh: Demonstration,
) -> None:
    fresh.page.working_days_pass(1)
    fresh.page.wait_until("2020-07-30T09:30")  # searches were wanted by Tuesday 28 July

    (plain,) = said(fresh, "control-room", "unclaimed|")
    (late,) = said(fresh, "control-room", "searches not returned|")
    (unclaimed,) = said(fresh, "foi-desk", "unallocated|")
    assert not plain["text"].startswith("<")
    assert "subteam" not in str([plain, unclaimed])
    assert late["text"].startswith(f"{CONTROL} Searches for {ARRIVED} ")
    assert late["blocks"][0]["text"]["text"] == CONTROL

    groups = {one["id"]: one["handle"] for one in fresh.page.get("workspace")["groups"]}
    assert groups["S0CONTROL"] == "control-room"
