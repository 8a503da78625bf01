"""What a person types reaches the app, and what the app answers comes back."""

import asyncio
from pathlib import Path
from typing import Any

from bot.sandbox import Times
from tests.bot.sandbox.bench import Bench, running


async def test_a_command_is_answered_privately(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any, command: dict[str, Any], respond: Any) -> None:
        await ack()
        await respond(f"You lend {command['text']}")

    outcome = await bench.command("/lend a kettle")

    assert outcome["error"] is None
    assert outcome["ack_ms"] < 3000
    assert outcome["reply"]["text"] == "You lend a kettle"
    assert await bench.get("messages", channel="desk") == []
    mine = await bench.get("messages", channel="desk", **{"as": "amal"})
    assert [(one["text"], one["ephemeral"]) for one in mine] == [("You lend a kettle", True)]


async def test_an_answer_in_the_acknowledgement_is_the_reply(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any) -> None:
        await ack("Lent.")

    outcome = await bench.command("/lend a kettle")

    assert outcome["reply"]["text"] == "Lent."
    assert outcome["reply"]["ephemeral"] is True


async def test_an_answer_in_the_channel_is_seen_by_everyone(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any) -> None:
        await ack(text="Lent.", response_type="in_channel")

    outcome = await bench.command("/lend a kettle")

    assert outcome["reply"]["text"] == "Lent."
    assert [one["text"] for one in await bench.get("messages", channel="desk")] == ["Lent."]


async def test_a_text_without_a_slash_goes_to_the_first_command(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"{command['command']} [{command['text']}]")

    outcome = await bench.command("a kettle")

    assert outcome["reply"]["text"] == "/lend [a kettle]"


async def test_an_unknown_command_is_told_what_there_is(bench: Bench) -> None:
    outcome = await bench.command("/borrow a kettle")

    assert outcome["error"] == "unknown_command"
    assert (
        outcome["reply"]["text"] == "“/borrow” is not a command here. There are: /lend, /escaped."
    )
    assert bench.bodies == []


async def test_words_are_sent_as_typed_unless_the_manifest_asks_for_references(
    bench: Bench,
) -> None:
    texts = []

    async def note(ack: Any, command: dict[str, Any]) -> None:
        texts.append(command["text"])
        await ack("Noted.")

    bench.bolt.command("/lend")(note)
    bench.bolt.command("/escaped")(note)

    await bench.command("/lend to @bryn in #desk <!channel>")
    await bench.command("/escaped to @bryn in #desk <!channel>")

    assert texts == [
        "to @bryn in #desk <!channel>",
        "to <@U0BRYN|bryn> in <#C0DESK|desk> &lt;!channel&gt;",
    ]


async def test_ten_thousand_characters_arrive_whole(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any, command: dict[str, Any]) -> None:
        await ack(str(len(command["text"])))

    outcome = await bench.command(f"/lend {'é' * 9_999}🫖")

    assert outcome["reply"]["text"] == "10000"


async def test_a_late_acknowledgement_is_shown_to_the_person(tmp_path: Path) -> None:
    async with running(tmp_path, Times(ack=0.3, linger=0.1)) as bench:

        @bench.bolt.command("/lend")
        async def lend(ack: Any) -> None:
            await asyncio.sleep(0.8)
            await ack("Too late.")

        outcome = await bench.command("/lend a kettle")

        assert outcome["error"] == "operation_timeout"
        assert 300 <= outcome["ack_ms"] < 800
        assert outcome["reply"]["text"].startswith(
            "/lend failed with the error “operation_timeout”."
        )


async def test_an_app_that_knows_no_such_command_is_an_error(bench: Bench) -> None:
    outcome = await bench.command("/lend a kettle")  # the bench's app has no listeners

    assert outcome["error"] == "http_error"
    assert "404" in outcome["reply"]["text"]


async def test_an_app_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9/slack/events"
    async with running(tmp_path, request_url=nowhere) as bench:
        outcome = await bench.command("/lend a kettle")

        assert outcome["error"] == "dispatch_failed"


async def test_each_of_thirty_commands_at_once_gets_its_own_reply(bench: Bench) -> None:
    @bench.bolt.command("/lend")
    async def lend(ack: Any, command: dict[str, Any], respond: Any) -> None:
        await ack()
        await respond(command["text"])

    words = [f"kettle {number}" for number in range(30)]
    outcomes = await asyncio.gather(*(bench.command(f"/lend {word}") for word in words))

    assert [[one["text"] for one in outcome["replies"]] for outcome in outcomes] == [
        [word] for word in words
    ]


async def test_what_a_person_writes_is_escaped_and_refers_to_people(bench: Bench) -> None:
    await bench.post(
        "message",
        **{"as": "amal", "channel": "desk", "text": "<!channel> & @bryn see https://example.org/a"},
    )

    [message] = await bench.get("messages", channel="desk")
    assert message["text"] == ("&lt;!channel&gt; &amp; <@U0BRYN> see <https://example.org/a>")
    assert message["user"] == "U0AMAL"


async def test_a_direct_message_reaches_the_app_and_is_answered(bench: Bench) -> None:
    @bench.bolt.event("message")
    async def heard(event: dict[str, Any], say: Any) -> None:
        await say(f"You said: {event['text']}")

    await bench.post("message", **{"as": "amal", "dm": True, "text": "hello"})

    await bench.until(lambda: len(bench.bodies) == 1)
    said = await bench.get("messages", dm="amal")
    for _ in range(100):  # an event is acked before the app has spoken
        if len(said) > 1:
            break
        await asyncio.sleep(0.05)
        said = await bench.get("messages", dm="amal")
    assert [one["text"] for one in said] == ["hello", "You said: hello"]
    assert await bench.get("messages", dm="bryn") == []


async def test_a_mention_reaches_the_app_once(bench: Bench) -> None:
    called = []

    @bench.bolt.event("app_mention")
    async def mentioned(event: dict[str, Any]) -> None:
        called.append(event["text"])

    @bench.bolt.event("message")
    async def heard() -> None:
        """Every message of a channel comes as well; this one is not about that."""

    await bench.post("message", **{"as": "amal", "channel": "desk", "text": "@lending hello"})
    await bench.until(lambda: len(called) == 1)

    assert called[0].endswith("> hello")
