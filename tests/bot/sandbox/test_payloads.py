"""What an app is sent has the same keys as what Slack sends."""

from typing import Any

from tests.bot.sandbox.bench import Bench
from tests.bot.sandbox.test_interactions import Lending

SLASH_COMMAND = {
    "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name",
    "command", "text", "api_app_id", "is_enterprise_install", "response_url", "trigger_id",
}  # fmt: skip
IN_MESSAGE = {
    "type", "user", "api_app_id", "token", "container", "trigger_id", "team", "enterprise",
    "is_enterprise_install", "channel", "message", "state", "response_url", "actions",
}  # fmt: skip
IN_VIEW = {
    "type", "user", "api_app_id", "token", "container", "trigger_id", "team", "enterprise",
    "is_enterprise_install", "view", "actions",
}  # fmt: skip
SUBMISSION = {
    "type", "team", "user", "api_app_id", "token", "trigger_id", "view", "response_urls",
    "is_enterprise_install", "enterprise",
}  # fmt: skip
VIEW_CLOSED = {
    "type", "team", "user", "api_app_id", "token", "view", "is_cleared", "is_enterprise_install",
    "enterprise",
}  # fmt: skip
VIEW = {
    "id", "team_id", "type", "blocks", "private_metadata", "callback_id", "state", "hash", "title",
    "clear_on_close", "notify_on_close", "close", "submit", "previous_view_id", "root_view_id",
    "app_id", "external_id", "app_installed_team_id", "bot_id",
}  # fmt: skip
SHORTCUT = {
    "type", "token", "action_ts", "team", "user", "is_enterprise_install", "enterprise",
    "callback_id", "trigger_id",
}  # fmt: skip
MESSAGE_SHORTCUT = SHORTCUT | {"channel", "response_url", "message_ts", "message"}
SUGGESTION = {
    "type", "user", "container", "api_app_id", "token", "action_id", "block_id", "value", "team",
    "enterprise", "is_enterprise_install", "view",
}  # fmt: skip
EVENT = {
    "token", "team_id", "context_team_id", "context_enterprise_id", "api_app_id", "event", "type",
    "event_id", "event_time", "authorizations", "is_ext_shared_channel", "event_context",
}  # fmt: skip
BUTTON_ACTION = {"action_id", "block_id", "text", "value", "style", "type", "action_ts"}


def keys(one: dict[str, Any]) -> set[str]:
    return set(one)


async def test_the_payloads_of_commands_cards_and_modals_have_slacks_keys(bench: Bench) -> None:
    lending = Lending(bench)
    await bench.command("/lend card")
    [card] = await bench.get("messages", channel="desk")
    await lending.click(card["ts"], "claim")
    view_id = await lending.form()
    await bench.post(
        "options", **{"as": "amal", "view_id": view_id, "action_id": "maker_value", "text": "S"}
    )
    await lending.submit(view_id, name="Kettle")
    await bench.post("close", **{"as": "amal", "view_id": await lending.form()})
    await bench.post("shortcut", **{"as": "amal", "callback_id": "begin"})
    await bench.post(
        "shortcut", **{"as": "amal", "callback_id": "lend_it", "channel": "desk", "ts": card["ts"]}
    )
    home = await bench.get("home", **{"as": "amal"})
    await bench.post("click", **{"as": "amal", "view_id": home["id"], "action_id": "home_button"})

    sent = {one["type"]: one for one in bench.bodies if "type" in one and "event" not in one}
    by_view = [one for one in bench.bodies if one.get("type") == "block_actions" and "view" in one]
    by_message = [one for one in bench.bodies if "actions" in one and "message" in one]
    command = next(one for one in bench.bodies if "command" in one)

    assert keys(command) == SLASH_COMMAND
    assert keys(by_message[0]) == IN_MESSAGE
    assert keys(by_message[0]["actions"][0]) == BUTTON_ACTION
    assert by_message[0]["container"] == {
        "type": "message",
        "message_ts": card["ts"],
        "channel_id": "C0DESK",
        "is_ephemeral": False,
    }
    assert keys(by_message[0]["user"]) == {"id", "username", "name", "team_id"}
    assert keys(by_view[0]) == IN_VIEW
    assert keys(sent["view_submission"]) == SUBMISSION
    assert keys(sent["view_submission"]["view"]) == VIEW
    assert keys(sent["view_closed"]) == VIEW_CLOSED
    assert keys(sent["shortcut"]) == SHORTCUT
    assert keys(sent["message_action"]) == MESSAGE_SHORTCUT
    assert keys(sent["block_suggestion"]) == SUGGESTION


async def test_an_ephemeral_message_is_not_repeated_in_the_payload(bench: Bench) -> None:
    @bench.bolt.action("again")
    async def again(ack: Any, respond: Any) -> None:
        await respond("Again.", replace_original=True)
        await ack()

    button = {
        "type": "button",
        "action_id": "again",
        "text": {"type": "plain_text", "text": "Again"},
    }
    await bench.client.chat_postEphemeral(
        channel="C0DESK",
        user="U0AMAL",
        text="once",
        blocks=[{"type": "actions", "elements": [button]}],
    )
    [shown] = await bench.get("messages", channel="desk", **{"as": "amal"})
    await bench.post(
        "click", **{"as": "amal", "channel": "desk", "ts": shown["ts"], "action_id": "again"}
    )

    assert keys(bench.bodies[0]) == IN_MESSAGE - {"message"}
    assert bench.bodies[0]["container"]["is_ephemeral"] is True
    [changed] = await bench.get("messages", channel="desk", **{"as": "amal"})
    assert (changed["text"], changed["ephemeral"]) == ("Again.", True)


async def test_an_event_is_wrapped_as_the_events_api_wraps_it(bench: Bench) -> None:
    @bench.bolt.event("message")
    async def heard() -> None:
        """Take it."""

    await bench.post("message", **{"as": "amal", "dm": True, "text": "hello"})
    await bench.until(lambda: len(bench.bodies) == 1)

    [body] = bench.bodies
    assert keys(body) == EVENT
    assert keys(body["event"]) == {
        "type", "user", "text", "ts", "team", "channel", "event_ts", "channel_type",
    }  # fmt: skip
    assert body["event"]["channel_type"] == "im"


async def test_the_app_does_not_answer_its_own_messages(bench: Bench) -> None:
    heard = []

    @bench.bolt.event("message")
    async def message(event: dict[str, Any]) -> None:
        heard.append(event)

    await bench.client.chat_postMessage(channel="C0DESK", text="from the app itself")
    await bench.until(lambda: len(bench.headers) == 1)

    assert heard == []
