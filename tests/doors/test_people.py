"""The people of the office, changed in Slack: who comes, changes, is away, leaves, hands over."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.doors.buttons import choices, fill_in, labels, press_on
from tests.doors.test_outsiders import payload
from workflow.law.dates import long_date

if TYPE_CHECKING:
    from tests.doors.page import Json, Page
    from tests.doors.served import Served

FOR_ONESELF = ("I will be away", "How I am told")
FOR_THE_DESK = (
    *("Add somebody", "Change somebody", "Somebody is away", "Somebody has left", "Hand over"),
)
ONLY_THE_DESK = "Only the FOI desk may {}, and Joel Barker is not of it. Ask a desk officer."

ABSENCE = (
    "Only they themselves, their manager or the FOI desk may note an absence of Siân Pritchard."
)


@pytest.fixture(scope="module")
def page(served: Served) -> Page:
    return served.page


def people(page: Page, who: str) -> Json:
    reply: Json = page.command(who, "/foi people")["reply"]
    return reply


def open_form(page: Page, label: str, *, who: str = "dana") -> Json:
    return press_on(page, who, people(page, who), label)


def history(page: Page, whose: str = "") -> list[str]:
    """Read what changed about people, or about one of them, the first first."""
    told = page.command("dana", f"/foi people history {whose}".strip())["reply"]["blocks"]
    return [line for one in told[1:] for line in one["text"]["text"].splitlines()]


def test_a_stranger_is_told_who_can_add_them_and_is_added_by_the_form(page: Page) -> None:
    assert page.says("eve", "/foi mine") == (
        "FOI Desk does not know you yet. Dana Whitfield or Tom Ashworth of the FOI desk can add "
        "you: your Slack member ID is U0EVE."
    )

    form = open_form(page, "Add somebody")["view_id"]
    eve: Json = {"slack": "eve", "name": "Eve Stranger", "team": "digital", "roles": ["officer"]}
    wrong = page.submit("dana", form, **{**eve, "handle": "Eve!"})
    taken = page.submit("dana", form, **{**eve, "handle": "joel"})
    twice = page.submit("dana", form, **{**eve, "handle": "eve", "slack": "joel"})
    added = page.submit("dana", form, **{**eve, "handle": "eve", "reason": "to cover the summer"})

    assert wrong["errors"] == {"handle": "“Eve!” cannot be a handle. Write it like amira."}
    assert taken["errors"] == {"handle": "joel is somebody's handle already. Take another."}
    assert twice["errors"] == {"slack": "U0JOEL is Joel Barker's Slack member ID."}
    sentence = (
        "Dana Whitfield added Eve Stranger (eve) to Digital and Technology as officer: "
        "to cover the summer."
    )
    assert added["reply"]["text"] == sentence
    page.until(lambda: page.says("eve", "/foi mine") == "0 requests with you")
    assert history(page, "@eve") == [sentence]
    assert "Eve Stranger (eve), Digital and Technology: officer" in json.dumps(people(page, "joel"))


def test_only_the_desk_is_offered_to_change_people(page: Page) -> None:
    assert labels(people(page, "joel")["blocks"]) == list(FOR_ONESELF)
    assert labels(people(page, "tom")["blocks"]) == [*FOR_ONESELF, *FOR_THE_DESK]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("people add", ONLY_THE_DESK.format("add people")),
        ("people change", ONLY_THE_DESK.format("change people")),
        ("people leave", ONLY_THE_DESK.format("note that somebody has left")),
        ("people add zed digital officer Zed Black", "Only the FOI desk may add people."),
        ("people change @joel roles desk", "Only the FOI desk may change people."),
        ("people leave @sian", "Only the FOI desk may note that somebody has left."),
        ("people absent @sian friday", ABSENCE),
        (
            "handover @amira @joel",
            "Only the FOI desk or their manager may hand over what others hold.",
        ),
    ],
)
def test_whoever_may_not_change_people_is_told_who_may(page: Page, typed: str, told: str) -> None:
    before = history(page)

    assert page.says("joel", f"/foi {typed}") == told
    assert history(page) == before


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("add", {"handle": "zed", "name": "Zed", "team": "digital", "slack": "U0ZED"}),
        ("change", {"who": "joel", "roles": "desk"}),
        ("leave", {"who": "sian"}),
        ("absence", {"who": "sian", "first": "2099-01-01"}),
        ("handover", {"who": "amira", "successor": "joel"}),
    ],
)
def test_a_forged_form_changes_nobody(
    served: Served, page: Page, form: str, words: dict[str, str]
) -> None:
    before = history(page)
    label = {"type": "plain_text", "text": "Who?"}
    typed = {
        name: {name: {"type": "plain_text_input", "value": one}} for name, one in words.items()
    }
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "people",
        "private_metadata": json.dumps({"form": form, "channel": None}),
        "state": {"values": typed},
        "blocks": [{"type": "input", "block_id": name, "label": label} for name in words],
    }

    answer = served.interact(payload("view_submission", "joel", view=view)).json()

    assert [one.startswith("Only ") for one in answer["errors"].values()] == [True]
    assert history(page) == before


def test_somebody_is_changed_by_the_form_and_by_the_command(page: Page) -> None:
    opened = page.command("tom", "/foi people change <@U0RUTH|ruth>")
    by_form = fill_in(page, "tom", opened, email="ruth@legal.example", reason="new address")
    by_command = page.says("tom", "/foi people change @ruth team foi-desk")

    assert by_form["reply"]["text"] == (
        "Tom Ashworth changed Ruth Lindqvist: email ruth@legal.example: new address."
    )
    assert by_command == "Tom Ashworth changed Ruth Lindqvist: team foi-desk."
    assert history(page, "@ruth") == [by_form["reply"]["text"], by_command]
    assert "Ruth Lindqvist (ruth), FOI Desk" in json.dumps(people(page, "ruth"))

    empty = page.submit("tom", page.command("tom", "/foi people change @ruth")["view_id"])
    assert empty["errors"] == {"who": "Nothing was said to change about Ruth Lindqvist."}


def test_who_is_away_is_covered_until_they_are_back(served: Served, page: Page) -> None:
    reference = served.new("Covered", team="procurement")
    page.says("callum", f"/foi claim {reference}")
    opened = press_on(page, "callum", people(page, "callum"), "I will be away")
    today = page.now().date()
    until = today + timedelta(days=4)
    past = page.submit("callum", opened["view_id"], first=str(today), last="2020-01-01")
    told = fill_in(page, "callum", opened, last=str(until), cover="owen", reason="a course")

    assert past["errors"] == {
        "last": "That absence would be over already. Give a last day that is not past."
    }
    assert told["reply"]["text"] == (
        f"Callum Frazer is away from {long_date(today)} to "
        f"{long_date(until)}, covered by Owen Baxter: a course."
    )
    page.until(lambda: "Away" in json.dumps(people(page, "dana")))
    page.says("owen", f"/foi search {reference} 1 found the ledger")
    assert served.request(reference)["history"][-1]["sentence"].startswith("Owen Baxter searched")
    before = len(page.messages(dm="owen"))
    page.says("dana", f"/foi withdraw {reference}")
    page.until(lambda: len(page.messages(dm="owen")) > before, seconds=20)
    assert page.messages(dm="owen")[-1]["text"].startswith("For Callum Frazer: ")

    assert page.says("callum", "/foi present") == ("Callum Frazer is back.")


def test_the_desk_and_the_manager_note_an_absence_for_somebody(page: Page) -> None:
    until = page.now().date() + timedelta(days=9)
    opened = open_form(page, "Somebody is away", who="tom")
    by_form = fill_in(page, "tom", opened, who="sian", last=str(until), cover="priya")
    back = page.says("priya", "/foi people present @sian")
    by_command = page.says("priya", f"/foi people absent @sian {until} <@U0PRIYA|priya> ill")

    assert "noted that Siân Pritchard is away from" in by_form["reply"]["text"]
    assert back == "Priya Raman noted that Siân Pritchard is back."
    assert by_command.endswith("covered by Priya Raman: ill.")
    assert len(history(page, "@sian")) == 3


def test_one_says_by_a_form_how_one_likes_to_be_told(page: Page) -> None:
    opened = press_on(page, "grace", people(page, "grace"), "How I am told")
    told = fill_in(page, "grace", opened, digest="off", starts_at="10:00")

    assert told["reply"]["text"] == (
        "Grace Okafor noted what they prefer: starts at 10:00, digest off, early on."
    )
    again = page.get("views", **{"as": "grace"})
    assert again == []
    form = page.command("grace", "/foi prefer")
    drawn = json.dumps(page.get("views", **{"as": "grace"})[-1]["blocks"])
    assert form["view_id"]
    assert '"initial_time": "10:00"' in drawn


def test_a_leaver_can_do_nothing_and_their_name_stays(served: Served, page: Page) -> None:
    reference = served.new("Left behind", team="digital")
    page.until(lambda: page.says("eve", "/foi mine") == "0 requests with you")
    page.says("eve", f"/foi claim {reference}")
    told = fill_in(page, "dana", open_form(page, "Somebody has left"), who="eve", reason="moved")

    assert told["reply"]["text"] == (
        "Dana Whitfield noted that Eve Stranger has left: moved. Eve Stranger still has 1 request "
        "in hand: hand them over."
    )
    page.until(lambda: "does not know you" in page.says("eve", f"/foi show {reference}"))
    assert "does not know you" in page.says("eve", f"/foi release {reference}")
    assert "Eve Stranger" not in json.dumps(people(page, "dana"))
    assert history(page, "@eve")[-1] == "Dana Whitfield noted that Eve Stranger has left: moved."

    opened = press_on(page, "dana", told["reply"], "Hand over")
    assert (
        '"initial_option": {"text": {"type": "plain_text", "text": "Eve Stranger (has left)"'
        in (json.dumps(page.get("views", **{"as": "dana"})))
    )
    listed = fill_in(page, "dana", opened, who="eve", successor="sian")["reply"]
    done = press_on(page, "dana", listed, "Hand them over")["reply"]["text"]
    assert done.startswith("Siân Pritchard has taken over 1 request of Eve Stranger's 1.")
    assert served.request(reference)["request"]["holder"] == "sian"


# --- all that somebody holds --------------------------------------------------------------------


def test_a_hand_over_is_listed_first_then_done_and_can_be_undone(served: Served) -> None:
    page = served.page
    references = [served.new(f"Held {number}") for number in (1, 2, 3)]
    for reference in references:
        page.says("amira", f"/foi claim {reference}")
    *both, secret = references
    page.says("dana", f"/foi restrict {secret} amira It names a colleague")
    told = len(page.messages(dm="joel"))

    opened = open_form(page, "Hand over", who="tom")
    same = page.submit("tom", opened["view_id"], who="amira", successor="amira")
    listed = fill_in(page, "tom", opened, who="amira", successor="joel", reason="She leaves")

    assert same["errors"] == {"who": "That is the same person twice. Name two people."}
    text = listed["reply"]["text"]
    assert text == (
        "Amira Hassan has 2 requests in hand; 2 can go to Joel Barker. One more is restricted: "
        "only the people named can hand over what they may see."
    )
    assert secret not in json.dumps(listed)
    assert holders(served, both) == ["amira", "amira"]

    done = press_on(page, "tom", listed["reply"], "Hand them over")["reply"]["text"]

    assert done.splitlines()[1:] == [
        f"{one}: Tom Ashworth handed it over to Joel Barker: She leaves." for one in both
    ]
    assert holders(served, both) == ["joel", "joel"]
    assert holders(served, [secret], "--as", "amira") == ["amira"]
    page.until(lambda: len(page.messages(dm="joel")) > told, seconds=20)
    news = [one["text"] for one in page.messages(dm="joel")[told:]]
    assert news == [f"2 requests came to you from Amira Hassan (She leaves): {', '.join(both)}."]

    undone = page.says("tom", f"/foi undo {both[0]}")
    assert undone.startswith(f"{both[0]}: Tom Ashworth undid what they had just done (hand over).")
    assert holders(served, both) == ["amira", "joel"]


def holders(served: Served, references: list[str], *words: str) -> list[str]:
    return [served.request(one, *words)["request"]["holder"] for one in references]


def test_who_is_named_is_told_why_a_restricted_request_stays(served: Served) -> None:
    page = served.page
    reference = served.new("Only for some")
    page.says("marcus", "/foi mine")
    page.says("amira", f"/foi claim {reference}")
    page.says("dana", f"/foi restrict {reference} amira It names a colleague")

    listed = page.command("dana", "/foi handover @amira @joel")["reply"]
    done = press_on(page, "dana", listed, "Hand them over")["reply"]["text"]

    assert f"{reference} is restricted, and Joel Barker may not see it." in done
    assert holders(served, [reference], "--as", "dana") == ["amira"]


def test_nowadays_is_a_reason_and_does_not_hand_anything_over(served: Served) -> None:
    page = served.page
    reference = served.new("Kept")
    page.says("joel", f"/foi claim {reference}")

    listed = page.command("marcus", "/foi handover @joel @amira now that he leaves")["reply"]

    assert [name for name, _, _ in choices(listed["blocks"])] == ["Hand them over"]
    assert holders(served, [reference]) == ["joel"]
