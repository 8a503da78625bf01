"""What the page does is an HTTP API: clear answers, clear refusals, no other site let in."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox
from tests.bot.sandbox.bench import BOT_TOKEN, CHANNELS, MANIFEST, PEOPLE, SECRET, Bench, running


async def test_people_and_channels_are_listed(bench: Bench) -> None:
    people = await bench.get("people")
    channels = await bench.get("channels")

    assert people[1] == {
        "id": "U0BRYN",
        "handle": "bryn",
        "name": "Bryn Cole",
        "team": "Library",
        "role": "manager",
    }
    assert [(one["id"], one["name"]) for one in channels] == [
        ("C0DESK", "desk"),
        ("C0QUIET", "quiet"),
    ]


@pytest.mark.parametrize("who", ["amal", "@amal", "U0AMAL", "Amal"])
@pytest.mark.parametrize("where", ["desk", "#desk", "C0DESK"])
async def test_people_and_channels_go_by_every_name(bench: Bench, who: str, where: str) -> None:
    message = await bench.post("message", **{"as": who, "channel": where, "text": "hello"})

    assert message["user"] == "U0AMAL"


async def test_whoever_acts_in_a_channel_joins_it(bench: Bench) -> None:
    await bench.post("message", **{"as": "amal", "channel": "quiet", "text": "hello"})

    quiet = (await bench.get("channels"))[1]
    assert "U0AMAL" in quiet["members"]
    assert "U0BRYN" not in quiet["members"]


REFUSALS: list[tuple[str, dict[str, Any], int, str]] = [
    ("command", {"channel": "desk", "text": "x"}, 400, "“as” is missing."),
    ("command", {"as": "dai", "channel": "desk", "text": "x"}, 404,
     "There is no person “dai”. There are: amal, bryn, cora."),
    ("command", {"as": "amal", "channel": "attic", "text": "x"}, 404,
     "There is no channel “attic”. There are: desk, quiet."),
    ("command", {"as": "amal", "channel": "desk", "text": ""}, 400, "“text” is missing."),
    ("command", {"as": "amal", "channel": "desk", "text": "x" * 40_001}, 400,
     "The text is too long: at most 40,000 characters."),
    ("message", {"as": "amal", "dm": "bryn", "text": "x"}, 400,
     "Amal Haddad cannot act in the direct messages of Bryn Cole."),
    ("message", {"as": "amal", "channel": "desk", "text": "x", "thread_ts": "1.1"}, 404,
     "There is no message 1.1 here that Amal Haddad can see."),
    ("click", {"as": "amal", "channel": "desk", "ts": "1.1", "action_id": "go"}, 404,
     "There is no message 1.1 here that Amal Haddad can see."),
    ("submit", {"as": "amal", "view_id": "V1"}, 404, "No view V1 is open for this person."),
    ("submit", {"as": "amal", "view_id": "V1", "values": [1]}, 400,
     "“values” must be an object: block or action id to value."),
    ("shortcut", {"as": "amal", "callback_id": "dance"}, 404,
     "There is no shortcut “dance”. There are: lend_it, begin."),
    ("clock", {"advance_working_days": 0}, 400,
     "“advance_working_days” must be a whole number from 1 to 400."),
    ("clock", {"to": "tomorrow"}, 400,
     "“tomorrow” is not a time. Write it like 2020-08-12T09:00."),
    ("clock", {"to": "2019-12-24T09:00"}, 400, "The clock does not go back."),
    ("clock", {}, 400, "“to” is missing."),
]  # fmt: skip


async def test_each_refusal_is_one_clear_sentence(bench: Bench) -> None:
    answers = [await bench.http.post(f"/sandbox/{path}", json=body) for path, body, *_ in REFUSALS]

    assert [(one.status_code, one.json()) for one in answers] == [
        (status, {"error": sentence}) for *_, status, sentence in REFUSALS
    ]


async def test_a_body_that_is_not_a_json_object_is_refused(bench: Bench) -> None:
    broken = await bench.http.post("/sandbox/command", content=b"{")
    listed = await bench.http.post("/sandbox/command", content=b"[1]")

    assert (broken.status_code, broken.json()["error"]) == (400, "The body must be JSON.")
    assert (listed.status_code, listed.json()["error"]) == (400, "The body must be a JSON object.")


async def test_the_clock_stands_until_it_is_moved(bench: Bench) -> None:
    before = await bench.get("clock")
    moved = await bench.post("clock", advance_working_days=4)
    set_on = await bench.post("clock", to="2020-12-24T16:30")

    assert (before["text"], before["local"]) == ("Tuesday 14 July 2020, 09:00", "2020-07-14T09:00")
    assert moved["text"] == "Monday 20 July 2020, 09:00"
    assert len(moved["happened"]) == 4
    assert set_on["now"] == "2020-12-24T16:30:00+00:00"  # Thu 2020-12-24, winter time


async def test_two_people_cannot_move_the_clock_at_once(bench: Bench) -> None:
    held = asyncio.Event()

    async def slowly(n: int) -> list[dict[str, Any]]:
        await held.wait()
        return [{"at": "2020-07-15T08:00:00+00:00", "what": f"{n} passed"}]

    bench.clock.advance_working_days = slowly  # type: ignore[method-assign] # a clock of this test's own
    first = asyncio.create_task(bench.post("clock", advance_working_days=1))
    await asyncio.sleep(0.1)

    second = await bench.http.post("/sandbox/clock", json={"advance_working_days": 1})
    held.set()

    assert second.status_code == 400
    assert (await first)["happened"][0]["what"] == "1 passed"


async def test_changes_are_streamed_to_those_who_may_see_them(bench: Bench) -> None:
    async def first_texts(who: str, count: int) -> list[str]:
        texts: list[str] = []
        async with bench.http.stream("GET", "/sandbox/events", params={"as": who}) as stream:
            ready.release()
            async for line in stream.aiter_lines():
                change = json.loads(line[6:]) if line.startswith("data: ") else {}
                if change.get("what") == "message":
                    texts.append(change["message"]["text"])
                if len(texts) == count:
                    break
        return texts

    ready = asyncio.Semaphore(0)
    amal = asyncio.create_task(first_texts("amal", 2))
    bryn = asyncio.create_task(first_texts("bryn", 1))
    await ready.acquire()
    await ready.acquire()
    await bench.client.chat_postEphemeral(channel="C0DESK", user="U0AMAL", text="psst")
    await bench.client.chat_postMessage(channel="C0DESK", text="hello all")

    assert await asyncio.wait_for(amal, 5) == ["psst", "hello all"]
    assert await asyncio.wait_for(bryn, 5) == ["hello all"]


async def test_unread_is_what_came_after_the_last_look(bench: Bench) -> None:
    await bench.client.chat_postMessage(channel="C0DESK", text="one")
    await bench.post("read", **{"as": "amal", "channel": "desk"})
    latest = await bench.client.chat_postMessage(channel="C0DESK", text="two")

    amal = await bench.get("workspace", **{"as": "amal"})
    bryn = await bench.get("workspace", **{"as": "bryn"})

    assert amal["read"]["C0DESK"] < amal["newest"]["C0DESK"] == latest["ts"]
    assert bryn["read"] == {}


async def test_who_is_mentioned_by_name_or_with_their_team_is_told_so(bench: Bench) -> None:
    groups = {
        one["name"]: one["id"] for one in (await bench.client.usergroups_list())["usergroups"]
    }
    words = {"desk": "<@U0BRYN> look", "quiet": f"<!subteam^{groups['Library']}> look"}
    said = [
        (await bench.client.chat_postMessage(channel=f"C0{name.upper()}", text=text))["ts"]
        for name, text in words.items()
    ]
    hostile = f"<@U0CORA> <!subteam^{groups['Archive']}>"
    block = {"type": "section", "text": {"type": "plain_text", "text": hostile}}
    await bench.client.chat_postMessage(channel="C0DESK", text="&lt;@U0CORA&gt;", blocks=[block])

    told = {
        one: (await bench.get("workspace", **{"as": one}))["mentioned"]
        for one in ("amal", "bryn", "cora")
    }

    assert told == {
        "amal": {"C0QUIET": said[1]},
        "bryn": {"C0DESK": said[0], "C0QUIET": said[1]},
        "cora": {},
    }


async def test_completion_offers_commands_and_then_the_apps_own_words(tmp_path: Path) -> None:
    def words(handle: str, text: str) -> list[dict[str, Any]]:
        return [{"text": f"{text}ttle", "description": f"for {handle}"}]

    async with running(tmp_path, completions=words) as bench:
        commands = await bench.get("complete", **{"as": "amal", "text": "/"})
        more = await bench.get("complete", **{"as": "amal", "text": "/lend ke"})

    assert [one["text"] for one in commands] == ["/lend ", "/escaped "]
    assert more == [{"text": "/lend kettle", "description": "for amal"}]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 400),
        ({"Host": "127.0.0.1.evil.example"}, 400),
        ({"Origin": "https://evil.example"}, 400),
        ({"Origin": "null"}, 400),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, 400),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_other_sites_are_refused(bench: Bench, headers: dict[str, str], status: int) -> None:
    answer = await bench.http.post(
        "/sandbox/message",
        json={"as": "amal", "channel": "desk", "text": "hello"},
        headers=headers,
    )

    assert answer.status_code == status
    assert len(await bench.get("messages", channel="desk")) == (1 if status == 200 else 0)


async def test_every_answer_forbids_scripts_from_elsewhere(bench: Bench) -> None:
    for path in ("/", "/page/main.js", "/sandbox/people", "/nowhere"):
        policy = (await bench.http.get(path)).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")


async def test_the_page_needs_nothing_from_elsewhere(bench: Bench) -> None:
    page = (await bench.http.get("/")).text

    wanted = [part.split('"')[0] for part in page.replace('href="', 'src="').split('src="')[1:]]
    assert wanted
    statuses = [
        (await bench.http.get(path)).status_code for path in wanted if not path.startswith("#")
    ]
    assert set(statuses) == {200}
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize("tokens", [("xoxb-real", "xapp-dev-x"), (BOT_TOKEN, "xapp-real")])
def test_real_tokens_are_refused_before_anything_starts(
    tmp_path: Path, tokens: tuple[str, str]
) -> None:
    with pytest.raises(ValueError, match="must begin with"):
        Sandbox(
            folder=tmp_path,
            people=PEOPLE,
            channels=CHANNELS,
            manifest=MANIFEST,
            signing_secret=SECRET,
            bot_token=tokens[0],
            app_token=tokens[1],
        )
    assert list(tmp_path.iterdir()) == []


async def test_a_sandbox_without_a_clock_keeps_real_time(tmp_path: Path) -> None:
    sandbox = Sandbox(
        folder=tmp_path,
        people=PEOPLE,
        channels=CHANNELS,
        manifest=MANIFEST,
        signing_secret=SECRET,
        bot_token=BOT_TOKEN,
        app_token="xapp-dev-made-up",
    )
    transport = httpx.ASGITransport(app=sandbox.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        clock = (await http.get("/sandbox/clock")).json()
        moved = await http.post("/sandbox/clock", json={"advance_working_days": 1})
    sandbox.close()

    assert clock["can_move"] is False
    assert moved.json() == {
        "error": "This sandbox keeps real time, so it cannot be moved by 1 working days."
    }
