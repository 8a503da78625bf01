"""Buttons, menus, modals, shortcuts and the App Home, as an unmodified Bolt app sees them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Times
from tests.bot.sandbox.bench import Bench, running
from tests.bot.sandbox.lending import card, lends


class Lending:
    """The bench with the lending app, and what was submitted and closed."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.submitted: list[dict[str, Any]] = []
        self.closed: list[str] = []
        lends(bench.bolt, self.submitted, self.closed)

    async def card(self) -> str:
        await self.bench.command("/lend card")
        [message] = await self.bench.get("messages", channel="desk")
        return str(message["ts"])

    async def click(self, ts: str, action_id: str, **more: Any) -> Any:
        where = {"as": "amal", "channel": "desk", "ts": ts, "action_id": action_id}
        return await self.bench.post("click", **where, **more)

    async def form(self) -> str:
        outcome = await self.bench.command("/lend form")
        assert outcome["error"] is None
        return str(outcome["view_id"])

    async def submit(self, view_id: str, **values: Any) -> Any:
        return await self.bench.post("submit", **{"as": "amal", "view_id": view_id}, values=values)

    async def open_titles(self) -> list[str]:
        views = await self.bench.get("views", **{"as": "amal"})
        return [one["title"]["text"] for one in views]


@pytest.fixture
async def lending(tmp_path: Path) -> AsyncIterator[Lending]:
    async with running(tmp_path) as bench:
        yield Lending(bench)


async def test_a_button_changes_the_card_and_answers_whoever_clicked(lending: Lending) -> None:
    ts = await lending.card()

    outcome = await lending.click(ts, "claim")

    assert outcome["error"] is None
    assert outcome["reply"]["text"] == "It is yours."
    changed, reply = await lending.bench.get("messages", channel="desk")
    assert changed["edited"] is True
    assert changed["blocks"][2]["fields"][0]["text"] == "*State*\nheld by <@U0AMAL>"
    assert (reply["thread_ts"], reply["text"]) == (ts, "<@U0AMAL> claimed it at *09:00*")


async def test_a_person_is_picked_by_handle(lending: Lending) -> None:
    outcome = await lending.click(await lending.card(), "give", value="@bryn")

    assert outcome["reply"]["text"] == "Given to <@U0BRYN>."


async def test_an_overflow_choice_opens_a_modal(lending: Lending) -> None:
    outcome = await lending.click(await lending.card(), "more", value="describe")

    assert await lending.open_titles() == ["Describe it"]
    assert outcome["view_id"] is not None


async def test_an_option_that_is_not_there_is_refused_with_those_that_are(
    lending: Lending,
) -> None:
    ts = await lending.card()

    answer = await lending.bench.http.post(
        "/sandbox/click",
        json={"as": "amal", "channel": "desk", "ts": ts, "action_id": "more", "value": "burn"},
    )

    assert answer.status_code == 400
    assert answer.json() == {
        "error": "“burn” is not one of the options. There are: describe, fail."
    }


async def test_an_action_that_is_not_there_is_refused_with_those_that_are(
    lending: Lending,
) -> None:
    ts = await lending.card()

    answer = await lending.bench.http.post(
        "/sandbox/click", json={"as": "amal", "channel": "desk", "ts": ts, "action_id": "sell"}
    )

    assert answer.status_code == 404
    assert answer.json() == {
        "error": "Nothing here has the action “sell”. There are: claim, give, lose, more."
    }


async def test_a_form_reaches_the_app_as_slacks_nested_state(lending: Lending) -> None:
    view_id = await lending.form()

    outcome = await lending.submit(
        view_id,
        name="Kettle",
        shelf="top",
        keeper="@bryn",
        maker="smythe",
        at="09:30",
        wear=["dented"],
        state_value="poor",
    )

    assert (outcome["error"], outcome["errors"], outcome["open_views"]) == (None, None, [])
    [values] = lending.submitted
    assert values["name"]["name_value"] == {"type": "plain_text_input", "value": "Kettle"}
    assert values["notes"]["notes_value"] == {"type": "plain_text_input", "value": None}
    assert values["shelf"]["shelf_value"]["selected_option"]["value"] == "top"
    assert values["keeper"]["keeper_value"] == {"type": "users_select", "selected_user": "U0BRYN"}
    assert values["maker"]["maker_value"]["selected_option"]["value"] == "smythe"
    assert values["due"]["due_value"] == {"type": "datepicker", "selected_date": "2020-08-12"}
    assert values["at"]["at_value"] == {"type": "timepicker", "selected_time": "09:30"}
    assert [one["value"] for one in values["wear"]["wear_value"]["selected_options"]] == ["dented"]
    assert values["state"]["state_value"]["selected_option"]["value"] == "poor"


async def test_slacks_own_nested_state_may_be_given_as_well(lending: Lending) -> None:
    view_id = await lending.form()

    await lending.submit(
        view_id, name={"name_value": {"type": "plain_text_input", "value": "Kettle"}}
    )

    assert lending.submitted[0]["name"]["name_value"]["value"] == "Kettle"


async def test_a_required_field_left_empty_never_reaches_the_app(lending: Lending) -> None:
    view_id = await lending.form()
    before = len(lending.bench.bodies)

    empty = await lending.submit(view_id)
    short = await lending.submit(view_id, name="ab")

    assert empty["errors"] == {"name": "This field is required."}
    assert short["errors"] == {"name": "Write between 3 and 3000 characters."}
    assert len(lending.bench.bodies) == before
    assert await lending.open_titles() == ["Describe it"]


async def test_a_date_that_is_none_is_refused(lending: Lending) -> None:
    view_id = await lending.form()

    answer = await lending.bench.http.post(
        "/sandbox/submit",
        json={"as": "amal", "view_id": view_id, "values": {"name": "Kettle", "due": "12/8/2020"}},
    )

    assert answer.json() == {
        "error": "“12/8/2020” cannot be picked here. Write it like 2020-08-12."
    }


async def test_the_other_tab_of_the_app_is_told_apart(lending: Lending) -> None:
    await lending.bench.get("home", **{"as": "amal", "tab": "messages"})
    await lending.bench.until(lambda: len(lending.bench.bodies) == 1)

    assert lending.bench.bodies[0]["event"]["tab"] == "messages"


async def test_errors_keep_the_modal_open(lending: Lending) -> None:
    outcome = await lending.submit(await lending.form(), name="bad")

    assert outcome["errors"] == {"name": "Not that name."}
    assert await lending.open_titles() == ["Describe it"]


async def test_a_pushed_modal_lies_on_top_and_uncovers_the_one_below(lending: Lending) -> None:
    first = await lending.form()

    second = (await lending.submit(first, name="more"))["view_id"]
    assert await lending.open_titles() == ["Describe it", "Step two"]
    await lending.submit(second, name="Kettle")
    assert await lending.open_titles() == ["Describe it"]


async def test_a_fourth_modal_is_refused(lending: Lending) -> None:
    second = (await lending.submit(await lending.form(), name="more"))["view_id"]
    third = (await lending.submit(second, name="more"))["view_id"]

    answer = await lending.bench.http.post(
        "/sandbox/submit", json={"as": "amal", "view_id": third, "values": {"name": "more"}}
    )

    assert answer.json() == {"error": "The app's answer was refused: push_limit_reached."}
    assert len(await lending.open_titles()) == 3


async def test_a_modal_may_be_changed_in_place_or_all_be_cleared(lending: Lending) -> None:
    view_id = await lending.form()

    await lending.submit(view_id, name="other")
    assert await lending.open_titles() == ["Changed"]
    await lending.submit(view_id, name="all")
    assert await lending.open_titles() == []


async def test_an_update_with_a_hash_of_before_is_refused(lending: Lending) -> None:
    view_id = await lending.form()
    [view] = await lending.bench.get("views", **{"as": "amal"})
    fresh = {"type": "modal", "title": view["title"], "blocks": [{"type": "divider"}]}

    await lending.bench.client.views_update(view_id=view_id, hash=view["hash"], view=fresh)
    late = await lending.bench.http.post(
        "/api/views.update",
        json={"view_id": view_id, "hash": view["hash"], "view": fresh},
        headers={"Authorization": f"Bearer {lending.bench.client.token}"},
    )

    assert late.json()["error"] == "hash_conflict"


async def test_a_closed_modal_is_told_to_the_app_that_asked(lending: Lending) -> None:
    view_id = await lending.form()

    await lending.bench.post("close", **{"as": "amal", "view_id": view_id})

    assert lending.closed == [view_id]
    assert await lending.open_titles() == []


async def test_nobody_can_use_another_persons_modal(lending: Lending) -> None:
    view_id = await lending.form()

    answer = await lending.bench.http.post(
        "/sandbox/submit", json={"as": "bryn", "view_id": view_id, "values": {"name": "Kettle"}}
    )

    assert answer.status_code == 404
    assert lending.submitted == []


async def test_an_external_menu_asks_the_app_for_its_options(lending: Lending) -> None:
    view_id = await lending.form()

    found = await lending.bench.post(
        "options", **{"as": "amal", "view_id": view_id, "action_id": "maker_value", "text": "Sm"}
    )

    assert [one["value"] for one in found] == ["smith & co", "smythe"]


async def test_shortcuts_open_modals_with_and_without_a_message(lending: Lending) -> None:
    ts = await lending.card()

    await lending.bench.post("shortcut", **{"as": "amal", "callback_id": "begin"})
    assert await lending.open_titles() == ["Begin"]
    await lending.bench.post(
        "shortcut", **{"as": "amal", "callback_id": "lend_it", "channel": "desk", "ts": ts}
    )
    assert await lending.open_titles() == ["Lend it"]


async def test_opening_home_lets_the_app_fill_it(lending: Lending) -> None:
    home = await lending.bench.get("home", **{"as": "amal"})
    assert home["blocks"][0]["text"]["text"] == "Lent to <U0AMAL>"

    await lending.bench.post(
        "click", **{"as": "amal", "view_id": home["id"], "action_id": "home_button"}
    )
    home = await lending.bench.get("home", **{"as": "amal"})
    assert home["type"] == "home"


async def test_a_trigger_works_once(bench: Bench) -> None:
    errors = []

    @bench.bolt.command("/lend")
    async def lend(ack: Any, command: dict[str, Any]) -> None:
        view = {
            "type": "modal",
            "title": {"type": "plain_text", "text": "Once"},
            "blocks": [{"type": "divider"}],
        }
        for _ in range(2):
            answer = await bench.http.post(
                "/api/views.open",
                json={"trigger_id": command["trigger_id"], "view": view},
                headers={"Authorization": f"Bearer {bench.client.token}"},
            )
            errors.append(answer.json().get("error"))
        await ack()

    await bench.command("/lend once")

    assert errors == [None, "exchanged_trigger_id"]


async def test_a_trigger_expires(tmp_path: Path) -> None:
    async with running(tmp_path, Times(trigger=0.0, linger=0.1)) as bench:
        errors = []

        @bench.bolt.command("/lend")
        async def lend(ack: Any, command: dict[str, Any]) -> None:
            answer = await bench.http.post(
                "/api/views.open",
                json={
                    "trigger_id": command["trigger_id"],
                    "view": {
                        "type": "modal",
                        "title": {"type": "plain_text", "text": "Late"},
                        "blocks": [{"type": "divider"}],
                    },
                },
                headers={"Authorization": f"Bearer {bench.client.token}"},
            )
            errors.append(answer.json()["error"])
            await ack()

        await bench.command("/lend late")

        assert errors == ["expired_trigger_id"]


async def test_a_response_url_is_good_for_five_answers(bench: Bench) -> None:
    statuses = []

    @bench.bolt.command("/lend")
    async def lend(ack: Any, respond: Any) -> None:
        statuses.extend([(await respond(f"{number}")).status_code for number in range(6)])
        await ack()

    outcome = await bench.command("/lend often")

    assert statuses == [200] * 5 + [404]
    assert [one["text"] for one in outcome["replies"]] == ["0", "1", "2", "3", "4"]


async def test_a_response_url_replaces_and_deletes_the_message_it_came_from(bench: Bench) -> None:
    @bench.bolt.action("claim")
    async def claim(ack: Any, respond: Any) -> None:
        await respond("Taken.", replace_original=True)
        await ack()

    @bench.bolt.action("lose")
    async def lose(ack: Any, respond: Any) -> None:
        await respond(delete_original=True)
        await ack()

    posted = [
        (await bench.client.chat_postMessage(channel="C0DESK", text="x", blocks=card("x")))["ts"]
        for _ in range(2)
    ]
    for ts, action_id in zip(posted, ("claim", "lose"), strict=True):
        await bench.post(
            "click", **{"as": "amal", "channel": "desk", "ts": ts, "action_id": action_id}
        )

    assert [(one["ts"], one["text"]) for one in await bench.get("messages", channel="desk")] == [
        (posted[0], "Taken.")
    ]


async def test_what_was_pressed_a_moment_ago_still_reaches_the_app(lending: Lending) -> None:
    ts = await lending.card()
    only_a_header = card("changed")[:1]
    await lending.bench.client.chat_update(channel="C0DESK", ts=ts, text="-", blocks=only_a_header)

    outcome = await lending.click(ts, "claim")

    assert outcome["error"] is None
    assert outcome["reply"]["text"] == "It is yours."
