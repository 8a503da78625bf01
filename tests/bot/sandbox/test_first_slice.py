"""A command is answered privately, a card is posted and changed, a button is clicked."""

from typing import Any

from tests.bot.sandbox.bench import Bench


def card(text: str) -> list[dict[str, Any]]:
    button = {
        "type": "button",
        "action_id": "claim",
        "text": {"type": "plain_text", "text": "Claim"},
        "value": "42",
    }
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "elements": [button]},
    ]


async def test_a_command_is_answered_privately(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any, command: dict[str, Any], respond: Any) -> None:
        await ack()
        await respond(f"You lend {command['text']}")

    outcome = await bench.command("/lend a kettle")

    assert outcome["error"] is None
    assert outcome["ack_ms"] < 3000
    assert outcome["reply"]["text"] == "You lend a kettle"
    assert [one["text"] for one in await bench.get("messages", channel="desk")] == []
    mine = await bench.get("messages", channel="desk", **{"as": "amal"})
    assert [(one["text"], one["ephemeral"]) for one in mine] == [("You lend a kettle", True)]


async def test_a_click_changes_the_card_in_place(bench: Bench) -> None:
    @bench.bolt.action("claim")
    async def claim(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        channel, ts = body["channel"]["id"], body["message"]["ts"]
        await client.chat_update(channel=channel, ts=ts, text="held", blocks=card("held by Amal"))

    posted = await bench.client.chat_postMessage(channel="C0DESK", text="free", blocks=card("free"))
    outcome = await bench.post(
        "click", **{"as": "@amal", "channel": "#desk", "ts": posted["ts"], "action_id": "claim"}
    )

    assert outcome["error"] is None
    [message] = await bench.get("messages", channel="C0DESK")
    assert message["text"] == "held"
    assert message["blocks"][0]["text"]["text"] == "held by Amal"
    assert message["edited"] is True
