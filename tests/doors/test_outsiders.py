"""Guests and people of other workspaces: turned away by every way in, roster or not."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.doorkeeper import Doorkeeper
from bot.wording import GUEST, VISITOR
from tests.doors.programs import free_port
from tests.doors.served import Served, command_body

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.doors.page import Json

OUTSIDERS = {"joel": GUEST, "sian": GUEST, "callum": VISITOR}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("outsiders")
    desk = Served(folder, outsiders=("joel=guest", "sian=single-channel", "callum=elsewhere"))
    yield desk
    desk.end()


def payload(kind: str, handle: str, **more: object) -> Json:
    team = "T0ELSEWHERE" if handle == "callum" else "T0SANDBOX01"
    user = {"id": f"U0{handle.upper()}", "team_id": team}
    return {"type": kind, "user": user, "team": {"id": "T0SANDBOX01"}, **more}


@pytest.mark.parametrize(("handle", "told"), OUTSIDERS.items())
@pytest.mark.parametrize("text", ["", "help", "list", "mine", "new Emergency calls"])
def test_an_outsiders_command_is_refused_with_a_sentence(
    served: Served, handle: str, told: str, text: str
) -> None:
    assert served.page.says(handle, f"/foi {text}") == told


@pytest.mark.parametrize(("handle", "told"), OUTSIDERS.items())
def test_an_outsiders_press_does_nothing(served: Served, handle: str, told: str) -> None:
    reference = served.new(f"Pressed by {handle}")
    before = served.request(reference)
    button = {"type": "button", "action_id": "act:claim", "block_id": "b", "value": reference}

    answer = served.interact(payload("block_actions", handle, actions=[button], trigger_id="t"))

    assert (answer.status_code, answer.text) == (200, "")
    assert served.page.messages(dm=f"U0{handle.upper()}")[-1]["text"] == told
    assert served.request(reference) == before


@pytest.mark.parametrize(("handle", "told"), OUTSIDERS.items())
def test_an_outsiders_form_is_refused_on_the_form(served: Served, handle: str, told: str) -> None:
    reference = served.new(f"Submitted by {handle}")
    before = served.request(reference)
    said = {"act": "UPDATE", "reference": reference, "channel": None}
    element = {"type": "plain_text_input", "value": "let me in"}
    label = {"type": "plain_text", "text": "Note"}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "act",
        "private_metadata": json.dumps(said),
        "state": {"values": {"note": {"note": element}}},
        "blocks": [{"type": "input", "block_id": "note", "label": label, "element": element}],
    }

    answer = served.interact(payload("view_submission", handle, view=view))

    assert answer.json() == {"response_action": "errors", "errors": {"note": told}}
    assert served.request(reference) == before


@pytest.mark.parametrize("handle", OUTSIDERS)
def test_an_outsider_is_offered_no_request(served: Served, handle: str) -> None:
    served.new("Offered")
    carried = json.dumps({"verb": "show", "channel": None})
    view = {"id": "V1", "type": "modal", "callback_id": "which", "private_metadata": carried}
    asked = payload(
        "block_suggestion",
        handle,
        action_id="reference",
        block_id="reference",
        value="",
        view=view | {"blocks": []},
    )

    assert served.interact(asked).json() == {"options": []}


@pytest.mark.parametrize(("handle", "told"), OUTSIDERS.items())
def test_an_outsiders_home_says_why_it_is_empty(served: Served, handle: str, told: str) -> None:
    home = served.page.get("home", **{"as": handle})

    assert [one["text"]["text"] for one in home["blocks"]] == [told]


def test_a_full_member_comes_in_and_another_workspaces_command_does_not(served: Served) -> None:
    assert served.page.says("amira", "/foi mine") == "0 requests with you"

    answer = served.send(command_body("list", team="T0ELSEWHERE"))
    assert "FOI Desk serves another workspace" in answer.text


def test_where_slack_cannot_say_who_somebody_is_the_roster_decides() -> None:
    nobody = AsyncWebClient("xoxb-dev-1", base_url=f"http://127.0.0.1:{free_port()}/api/")
    keeper = Doorkeeper(nobody)

    here = "T0SANDBOX01"
    assert asyncio.run(keeper.refuses({"user_id": "U0AMIRA"}, team_id=here)) == ""
    foreign = {"user": {"id": "U0AMIRA", "team_id": "T0ELSEWHERE"}}
    assert asyncio.run(keeper.refuses(foreign, team_id=here)) == VISITOR
