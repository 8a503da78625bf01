# ruff: noqa: E501 - the table of what is told is read across, one mistake a line
"""What is said to somebody whose words cannot be obeyed: one private sentence that says what can.

The tables are for a clerk to read. "You can: …" stands for the acts that are open to the person.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from tests.doors.page import Json, Page
    from tests.doors.served import Served

LONG = "x" * 10_000

# fmt: off
TYPED: list[tuple[str, str, str]] = [
    # who     types after /foi                       is told
    ("amira", "dance",                               "There is no verb “dance”. Type help for what you can do."),
    ("amira", "clame 002335/20",                     "There is no verb “clame”. Did you mean claim or escalate?"),
    ("amira", "help dance",                          "There is no verb “dance”. Type help for what you can do."),
    ("amira", "why",                                 "Why which request? Type: /foi why REF"),
    ("amira", "claim 9999",                          "There is no request “9999”. List the open ones with: list."),
    ("amira", "show 002",                            "There is no request “002”. Did you mean 002335/20, FOI-2020-0024, FOI-2020-0027 or FOI-2020-0029?"),
    ("amira", "list kitchen",                        "There is no stage or team “kitchen”. Try one of: received, searching, consideration, response, closed, review, foi-desk, control-room, digital, procurement, legal."),
    ("dana",  "allocate 002335/20 kitchen",          "There is no team “kitchen”. The teams are: foi-desk, control-room, digital, procurement, legal."),
    ("dana",  "issue 002335/20",                     "002335/20 is in received. Issue is for requests in response. You can: …"),
    ("amira", "return 002335/20 held",               "002335/20 is in received. Return searches is for requests in searching. You can: …"),
    ("amira", "allocate 002335/20 digital",          "002335/20: only the FOI desk can allocate. You can: …"),
    ("sian",  "claim 002335/20",                     "002335/20: only an officer of the allocated team or the FOI desk can claim. You can: …"),
    ("joel",  "search FOI-2020-0031 1 found here",   "FOI-2020-0031: only the officer who holds it can log search. You can: …"),
    ("tom",   "approve FOI-2020-0024",               "FOI-2020-0024: only an approver can approve. You can: …"),
    ("dana",  "issue FOI-2020-0024",                 "FOI-2020-0024 is not approved yet. An approver, not the drafter, approves it first."),
    ("marcus", "ack FOI-2020-0031 fine",             "FOI-2020-0031 is not escalated. Nothing is needed."),
    ("amira", "new Pigeons",                         "Only the FOI desk can log a request. Forward it to them the day it arrives: the clock is already running."),
    ("amira", f"update 002335/20 {LONG}",            "That is 10,017 characters; a command holds 4,000. Leave the words out and a form opens for them."),
    ("amira", LONG,                                  "That is 10,000 characters; a command holds 4,000. Leave the words out and a form opens for them."),
    ("joel",  f"update 002335/20 {LONG[:3500]}",     "Note: 3,500 characters are too many. Keep it under 3,000 and attach the rest to the thread."),
    ("amira", f"claim {LONG[:200]}",                 f"There is no request “{LONG[:60]}…” (200 characters). List the open ones with: list."),
    ("amira", "🐦",                                  "There is no verb “🐦”. Type help for what you can do."),
    ("amira", "claim 🐦",                            "There is no request “🐦”. List the open ones with: list."),
    ("amira", "claim مرحبا",                          "There is no request “مرحبا”. List the open ones with: list."),
    ("amira", "claim \u202e02/533200",               "There is no request “\ufffd02/533200”. List the open ones with: list."),
    ("amira", "claim\0 002335/20",                   "There is no verb “claim\u2400”. Did you mean claim or clarify?"),
    ("amira", "\x07\x1b[31mclaim",                   "There is no verb “\u2407\u241b[31mclaim”. Did you mean claim?"),
    ("amira", "claim '; DROP TABLE requests;--",     "There is no request “';”. List the open ones with: list."),
    ("amira", "claim <!channel>",                    "There is no request “<!channel>”. List the open ones with: list."),
    ("amira", "claim <@U0MARCUS>",                   "There is no request “<@U0MARCUS>”. List the open ones with: list."),
    ("amira", "claim *bold*_it_`code`",              "There is no request “*bold*_it_`code`”. List the open ones with: list."),
]  # fmt: skip


def test_each_mistake_is_answered_with_one_private_sentence_and_changes_nothing(
    page: Page,
) -> None:
    page.let_it_settle()
    before = (page.posts(), history(page))

    told = [(who, text, sentence(page.command(who, f"/foi {text}"))) for who, text, _ in TYPED]

    assert told == TYPED
    page.let_it_settle()
    assert (page.posts(), history(page)) == before


def test_a_form_that_asks_which_request_refuses_what_is_not_for_the_person(page: Page) -> None:
    asked = page.command("sian", "/foi claim")["view_id"]
    where = {"as": "sian", "view_id": asked, "action_id": "reference"}

    offered = page.post("options", **where, text="")

    assert [one["value"] for one in offered if one["value"] == "002335/20"] == []
    refused = page.submit("sian", asked, reference="002335/20")["errors"]
    assert {name: words.partition(" You can: ")[0] for name, words in refused.items()} == {
        "reference": ("002335/20: only an officer of the allocated team or the FOI desk can claim.")
    }


def test_an_empty_command_shows_the_ways_in(page: Page) -> None:
    reply = page.command("amira", "/foi")["reply"]

    assert reply["text"] == "What would you like to do?"
    assert reply["ephemeral"]


@pytest.mark.parametrize(
    "words", ["🐦 مرحبا", "a\0b\x07c", "\u202e0202 yluJ 41 eud", "*b* _i_ `c`"]
)
def test_any_words_make_a_note_that_reads_as_it_was_written(page: Page, words: str) -> None:
    told = page.command("dana", f"/foi update FOI-2020-0027 {words}")["reply"]

    page.let_it_settle()
    noted = words.replace("\0", "").replace("\x07", "\u2407").replace("\u202e", "\ufffd")
    line = page.messages(channel="foi-desk", thread_ts=page.card("FOI-2020-0027")["ts"])[-1]
    assert told["blocks"][0]["text"]["text"].startswith(
        f"FOI-2020-0027: Dana Whitfield noted: {noted}. Due "
    )
    assert line["blocks"][0]["text"] == {
        "type": "plain_text",
        "text": f"Dana Whitfield noted: {noted}.",
        "emoji": False,
    }


def sentence(outcome: Json) -> str:
    """Read the one private answer, as it is shown."""
    assert len(outcome["replies"]) == 1, outcome
    reply = outcome["reply"]
    assert reply["ephemeral"]
    assert reply["blocks"][0]["text"]["type"] == "plain_text"
    words, can, _ = str(reply["blocks"][0]["text"]["text"]).partition("You can: ")
    return words + (f"{can}…" if can else "")


def history(page: Page) -> list[Any]:
    """Give everything that anybody can see of what happened, request by request."""
    return [
        page.command("dana", f"/foi show {reference}")["reply"]["text"]
        for reference in ("002335/20", "FOI-2020-0024", "FOI-2020-0031")
    ]


# --- presses and forms that Slack did not make, or made long ago --------------------------------

ASK_THEM = "Ask them to release it, or a manager to reassign it."
OUT_OF_DATE = "That button is out of date. Look at the request again: /foi show REF"
OLD_FORM = "This form is out of date, and nothing was changed. Close it and begin again: /foi"
STRANGER = (
    "FOI Desk does not know you yet. Dana Whitfield or Tom Ashworth of the FOI desk can add you: "
    "your Slack member ID is U0EVE."
)


def test_a_button_pressed_twice_or_gone_is_answered_privately(served: Served) -> None:
    reference = served.new("Pressed")
    pressed = [
        # who       what they press, which is what is shown to them no more
        ("U0AMIRA", button("act:claim", reference)),
        ("U0AMIRA", button("act:claim", reference)),
        ("U0JOEL", button("act:claim", reference)),
        ("U0AMIRA", button("act:burn_the_letter", reference)),
        ("U0AMIRA", button("a_button_of_last_year", reference)),
        ("U0AMIRA", button("act:claim", "FOI-1999-0001")),
        ("U0AMIRA", entry(f"burn_the_letter|{reference}")),
        ("U0AMIRA", entry("nothing")),
        ("U0JOEL", button("act:decide", reference)),
        ("U0EVE", button("act:claim", reference)),
    ]

    told = [press(served, user, action) for user, action in pressed]

    assert told[0].startswith(f"{reference}: Amira Hassan claimed it. Due ")
    assert [words.partition(" You can: ")[0] for words in told[1:]] == [
        f"You already hold {reference}.",
        f"{reference} is already claimed: Amira Hassan holds it. {ASK_THEM}",
        OUT_OF_DATE,
        OUT_OF_DATE,
        "There is no request “FOI-1999-0001”. List the open ones with: list.",
        OUT_OF_DATE,
        OUT_OF_DATE,
        f"{reference} is in searching. Decide is for requests in consideration.",
        STRANGER,
    ]
    assert served.request(reference)["history"][-1]["sentence"] == "Amira Hassan claimed it."


def test_a_forged_form_is_refused_on_the_form_and_changes_nothing(served: Served) -> None:
    reference = served.new("Forged")
    before = served.request(reference)
    good = {"act": "ALLOCATE", "reference": reference, "channel": None}
    forms = [
        ("U0JOEL", json.dumps(good), f"{reference}: only the FOI desk can allocate."),
        ("U0DANA", json.dumps({**good, "reference": "FOI-1999-0001"}),
         "There is no request “FOI-1999-0001”. List the open ones with: list."),
        ("U0DANA", json.dumps({**good, "act": "RETURN_SEARCHES"}),
         "To return searches, this is still needed: is the information held."),
        ("U0EVE", json.dumps(good), STRANGER),
        ("U0DANA", json.dumps({**good, "act": "BURN"}), OLD_FORM),
        ("U0DANA", json.dumps({"act": "ALLOCATE"}), OLD_FORM),
        ("U0DANA", "", OLD_FORM),
        ("U0DANA", "{not json", OLD_FORM),
        ("U0DANA", "[]", OLD_FORM),
        ("U0DANA", "null", OLD_FORM),
        ("U0DANA", "\0", OLD_FORM),
    ]  # fmt: skip

    told = [submit(served, user, metadata) for user, metadata, _ in forms]

    assert told == [words for _, _, words in forms]
    assert served.request(reference) == before


def test_a_stranger_is_told_who_can_add_them_and_nothing_else(served: Served) -> None:
    told = {served.page.says("eve", f"/foi {text}") for text in ("list", "claim 1", "", "help")}

    assert told == {STRANGER}
    home = served.page.get("home", **{"as": "eve"})
    assert [one["text"]["text"] for one in home["blocks"]] == [STRANGER]


def button(action_id: str, value: str) -> Json:
    return {"type": "button", "action_id": action_id, "block_id": "b", "value": value}


def entry(value: str) -> Json:
    option = {"text": {"type": "plain_text", "text": "…"}, "value": value}
    return {"type": "overflow", "action_id": "more", "block_id": "b", "selected_option": option}


def press(served: Served, user: str, action: Json) -> str:
    """Press by a signed request of our own. Without a response URL the answer is a direct one."""
    payload = {
        "type": "block_actions",
        "actions": [action],
        "trigger_id": f"long gone {uuid4().hex}",
    }
    answer = served.interact({**payload, **person(user)})
    assert (answer.status_code, answer.text) == (200, "")
    direct = served.page.messages(dm=user)[-1]
    return str(direct["blocks"][0]["text"]["text"] if direct["blocks"] else direct["text"])


def submit(served: Served, user: str, metadata: str) -> str:
    """Submit the form of an allocation, carrying whatever, and read what is said on it."""
    element = {"type": "static_select", "selected_option": {"value": "digital"}}
    view = {
        "id": "V0FORGED",
        "type": "modal",
        "callback_id": "act",
        "private_metadata": metadata,
        "state": {"values": {"team": {"team": element}}},
        "blocks": [
            {"type": "input", "block_id": "team", "label": {"type": "plain_text", "text": "Team"}}
        ],
    }
    answer = served.interact({"type": "view_submission", "view": view, **person(user)})
    said = answer.json()
    assert said["response_action"] == "errors", said
    (words,) = set(said["errors"].values())
    return str(words).partition(" You can: ")[0]


def person(user: str) -> Json:
    return {"team": {"id": "T0SANDBOX01"}, "user": {"id": user}, "api_app_id": "A04C75924A"}
