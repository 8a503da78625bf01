"""The Web API answers as Slack's does, to the clients that everybody uses."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.metadata import Metadata

from tests.bot.sandbox.bench import APP_TOKEN, BOT_TOKEN, Bench


def section(text: str = "Hello") -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def test_a_message_past_a_limit_is_refused_and_not_posted(bench: Bench) -> None:
    with pytest.raises(SlackApiError) as why:
        await bench.client.chat_postMessage(channel="C0DESK", text="x", blocks=[section()] * 51)

    assert why.value.response["error"] == "invalid_blocks"
    assert why.value.response["response_metadata"]["messages"] == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert await bench.get("messages", channel="desk") == []


async def test_blocks_validate_points_at_what_is_wrong(bench: Bench) -> None:
    answer = await bench.client.api_call(
        "blocks.validate", json={"blocks": [section(), section("x" * 3001)]}
    )

    assert answer["errors"] == [
        {"message": "must be less than 3001 characters", "pointer": "/blocks/1/text"}
    ]


async def test_a_message_is_found_again_by_its_metadata(bench: Bench) -> None:
    metadata = Metadata(event_type="notice", event_payload={"key": "42:first"})
    posted = await bench.client.chat_postMessage(channel="C0DESK", text="x", metadata=metadata)
    await bench.client.chat_postMessage(channel="C0DESK", text="y")

    found = await bench.client.conversations_history(channel="C0DESK", include_all_metadata=True)
    without = await bench.client.conversations_history(channel="C0DESK")

    assert [(one["ts"], one["metadata"]) for one in found["messages"] if "metadata" in one] == [
        (posted["ts"], {"event_type": "notice", "event_payload": {"key": "42:first"}})
    ]
    assert not any("metadata" in one for one in without["messages"])


async def test_a_reply_stays_in_its_thread_unless_it_is_broadcast(bench: Bench) -> None:
    parent = (await bench.client.chat_postMessage(channel="C0DESK", text="card"))["ts"]
    await bench.client.chat_postMessage(channel="C0DESK", text="quiet", thread_ts=parent)
    await bench.client.chat_postMessage(
        channel="C0DESK", text="loud", thread_ts=parent, reply_broadcast=True
    )

    history = await bench.client.conversations_history(channel="C0DESK")
    replies = await bench.client.conversations_replies(channel="C0DESK", ts=parent)

    assert [one["text"] for one in history["messages"]] == ["loud", "card"]
    assert history["messages"][1]["reply_count"] == 2
    assert [one["text"] for one in replies["messages"]] == ["card", "quiet", "loud"]
    page = await bench.get("messages", channel="desk")
    assert [(one["text"], one["thread_ts"]) for one in page] == [
        ("card", None),
        ("quiet", parent),
        ("loud", parent),
    ]


async def test_timestamps_carry_the_clocks_time_and_grow(bench: Bench) -> None:
    first = (await bench.client.chat_postMessage(channel="C0DESK", text="a"))["ts"]
    second = (await bench.client.chat_postMessage(channel="C0QUIET", text="b"))["ts"]
    await bench.post("clock", advance_working_days=1)
    third = (await bench.client.chat_postMessage(channel="C0DESK", text="c"))["ts"]

    assert (first, second) == ("1594713600.000001", "1594713600.000002")  # Tue 2020-07-14 09:00
    assert third == "1594800000.000001"  # Wed 2020-07-15 09:00


async def test_a_message_to_a_person_arrives_in_their_direct_messages(bench: Bench) -> None:
    posted = await bench.client.chat_postMessage(channel="U0BRYN", text="for you")
    opened = await bench.client.conversations_open(users="U0BRYN")

    assert posted["channel"] == opened["channel"]["id"]
    assert [one["text"] for one in await bench.get("messages", dm="bryn")] == ["for you"]


async def test_an_ephemeral_message_is_one_persons_and_in_no_history(bench: Bench) -> None:
    await bench.client.chat_postEphemeral(channel="C0DESK", user="U0AMAL", text="psst")

    history = await bench.client.conversations_history(channel="C0DESK")
    assert history["messages"] == []
    assert len(await bench.get("messages", channel="desk", **{"as": "amal"})) == 1
    assert await bench.get("messages", channel="desk", **{"as": "bryn"}) == []


async def test_a_file_is_sent_and_shared_in_a_thread(bench: Bench) -> None:
    parent = (await bench.client.chat_postMessage(channel="C0DESK", text="card"))["ts"]

    await bench.client.files_upload_v2(
        channel="C0DESK", thread_ts=parent, filename="letter.docx", title="Letter", content=b"PK..."
    )

    message = (await bench.get("messages", channel="desk"))[-1]
    assert message["thread_ts"] == parent
    [file] = message["files"]
    assert (file["title"], file["size"]) == ("Letter", 5)
    download = await bench.http.get(f"/files/{file['id']}")
    assert download.content == b"PK..."
    assert download.headers["content-disposition"] == 'attachment; filename="letter.docx"'


async def test_people_and_teams_are_those_of_the_workspace(bench: Bench) -> None:
    person = (await bench.client.users_info(user="U0CORA"))["user"]
    found = await bench.client.users_lookupByEmail(email="BRYN@example.org")
    everyone = await bench.client.users_list()
    groups = await bench.client.usergroups_list()

    assert (person["real_name"], person["is_restricted"]) == ("Cora Lind", True)
    assert found["user"]["id"] == "U0BRYN"
    assert [one["is_bot"] for one in everyone["members"]] == [False, False, False, True]
    assert [(one["name"], one["users"]) for one in groups["usergroups"]] == [
        ("Library", ["U0AMAL", "U0BRYN"]),
        ("Archive", ["U0CORA"]),
    ]
    page = await bench.get("workspace", **{"as": "amal"})
    assert [(one["id"], one["handle"]) for one in page["groups"]] == [
        (one["id"], one["handle"]) for one in groups["usergroups"]
    ]


async def test_a_long_list_is_read_page_by_page(bench: Bench) -> None:
    for number in range(5):
        await bench.client.chat_postMessage(channel="C0DESK", text=str(number))

    texts = [
        [one["text"] for one in page["messages"]]
        async for page in await bench.client.conversations_history(channel="C0DESK", limit=2)
    ]

    assert texts == [["4", "3"], ["2", "1"], ["0"]]


async def test_arguments_may_come_in_the_query_of_a_post(bench: Bench) -> None:
    ts = (await bench.client.chat_postMessage(channel="C0DESK", text="x"))["ts"]

    await bench.client.reactions_add(channel="C0DESK", timestamp=ts, name="eyes")
    await bench.client.pins_add(channel="C0DESK", timestamp=ts)
    await bench.client.bookmarks_add(
        channel_id="C0DESK", title="Guide", link="https://example.org", type="link"
    )

    [message] = await bench.get("messages", channel="desk")
    assert [one["name"] for one in message["reactions"]] == ["eyes"]
    assert message["edited"] is False
    [channel] = [one for one in await bench.get("channels") if one["name"] == "desk"]
    assert [one["title"] for one in channel["bookmarks"]] == ["Guide"]


REFUSED_CALLS = [
    ("chat.postMessage", {"channel": "C0NONE", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0DESK"}, "no_text"),
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "C0DESK", "blocks": "{"}, "invalid_blocks_format"),
    ("chat.update", {"channel": "C0DESK", "ts": "1.000001", "text": "x"}, "message_not_found"),
    ("chat.postMessage", {"channel": "C0DESK", "text": "x", "thread_ts": "1.1"},
     "thread_not_found"),
    ("chat.postEphemeral", {"channel": "C0DESK", "text": "x", "user": "U0NONE"}, "user_not_found"),
    ("chat.postEphemeral", {"channel": "C0QUIET", "text": "x", "user": "U0AMAL"},
     "user_not_in_channel"),
    ("users.info", {"user": "U0NONE"}, "user_not_found"),
    ("views.open", {"trigger_id": "1.2.3", "view": "{}"}, "invalid_trigger_id"),
    ("conversations.info", {"channel": "C0NONE"}, "channel_not_found"),
    ("chat.rejoice", {}, "unknown_method"),
]  # fmt: skip


async def test_each_refusal_has_slacks_own_code(bench: Bench) -> None:
    answers = [
        await bench.http.post(
            f"/api/{method}", data=arguments, headers={"Authorization": f"Bearer {BOT_TOKEN}"}
        )
        for method, arguments, _ in REFUSED_CALLS
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert [answer.json()["error"] for answer in answers] == [code for *_, code in REFUSED_CALLS]


async def test_only_the_sandboxes_own_token_is_taken(bench: Bench) -> None:
    tokens = ["", "xoxb-123-real-looking", "xoxb-dev-another", APP_TOKEN, BOT_TOKEN]

    answers = [await bench.http.post("/api/auth.test", data={"token": one}) for one in tokens]

    assert [one.json().get("error", "ok") for one in answers] == [
        "not_authed",
        "invalid_auth",
        "invalid_auth",
        "not_allowed_token_type",
        "ok",
    ]
