"""A restricted request through Slack: the people named work on it, nobody else learns of it.

Everybody may know that it is there, and at what stage: its card says so. The rest is for those
named: the subject, the words, who holds it, what was done, when it is due.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from bot.wording import OUT_OF_DATE
from tests.doors.buttons import choices, fill_in
from tests.doors.page import DESK
from tests.doors.served import Served, command_body
from workflow.casework.stages import Act
from workflow.services.verbs import VERBS, verb_for

if TYPE_CHECKING:
    from tests.doors.page import Json, Page

SUBJECT = "Grievance of a colleague"
DRAWER = "the personnel drawer"
NAMED = ("amira", "dana")
CHANNELS = (DESK, "control-room")
OTHERS = ("joel", "marcus", "tom", "grace", "ruth", "sian", "eve")
# Nobody but those named reads any of these: subject, words, what was done, who holds it.
SUBSTANCE = (SUBJECT, "Grievance", DRAWER, "All about")


class Restricted(NamedTuple):
    """A desk, a request that is restricted to Amira and Dana, and one beside it that is not."""

    served: Served
    secret: str
    open: str
    since: str  # the time stamp of what was said last before it was restricted

    @property
    def page(self) -> Page:
        return self.served.page

    def as_it_is(self) -> Json:
        """Read the restricted request as one of those named."""
        return self.served.request(self.secret, "--as", "amira")

    def refusal(self) -> str:
        return (
            f"{self.secret} is restricted to named people, and you are not one of them. "
            "A desk officer who is can name you."
        )


@pytest.fixture(scope="module")
def restricted(served: Served) -> Restricted:
    """Claim and search two requests, restrict one by the form, and work on that once more."""
    page = served.page
    secret, beside = served.new(SUBJECT), served.new("Emergency calls")
    page.until(lambda: len(cards(page)) >= 4, seconds=20)  # two requests, the desk and the team
    for reference in (secret, beside):
        page.says("amira", f"/foi claim {reference}")
    page.until(lambda: "0 waiting, 0 sending" in served.foi("outbox").stdout)
    since = max(one["ts"] for where in CHANNELS for one in page.messages(channel=where))
    opened = page.command("dana", "/foi restrict")
    chosen = page.submit("dana", opened["view_id"], reference=secret)
    fill_in(page, "dana", chosen, names="amira", reason="It names a colleague")
    page.says("amira", f"/foi search {secret} 1.5 found {DRAWER}")
    page.says("amira", f"/foi search {beside} 1.5 found the call log")
    page.until(lambda: all(SUBJECT not in json.dumps(one) for one in cards(page)), seconds=20)
    return Restricted(served, secret, beside, since)


def cards(page: Page) -> list[Json]:
    found = [one for where in CHANNELS for one in page.messages(channel=where)]
    return [
        one
        for one in found
        if (one["metadata"] or {}).get("event_payload", {}).get("key", "").startswith("card|")
    ]


def leaks(told: object, *, beyond: tuple[str, ...] = ()) -> list[str]:
    """Find what only the people named may read in what somebody was told."""
    text = json.dumps(told, ensure_ascii=False)
    return [one for one in (*SUBSTANCE, *beyond) if one in text]


def test_its_cards_say_that_it_is_there_its_stage_and_no_more(restricted: Restricted) -> None:
    found = [one for one in cards(restricted.page) if restricted.secret in json.dumps(one)]

    assert {one["text"] for one in found} == {
        f"{restricted.secret} “Restricted”: searching. Only the people named for it can see more."
    }
    assert {name for one in found for name, _, _ in choices(one["blocks"])} == {"Show"}
    assert leaks([one["blocks"] for one in found], beyond=("Amira", "Due")) == []


def test_its_thread_says_that_there_is_news_and_no_more(restricted: Restricted) -> None:
    lines = restricted.page.thread(restricted.secret)

    assert lines[-1] == (
        f"There is news of {restricted.secret}, which is restricted and stands in searching. "
        "The people named for it can see more."
    )
    assert leaks(lines) == []


@pytest.mark.parametrize("who", ["joel", "marcus", "tom", "eve"])
def test_no_verb_typed_on_it_tells_more_than_that_it_is_restricted(
    restricted: Restricted, who: str
) -> None:
    page, before = restricted.page, restricted.as_it_is()

    told = {
        verb.name: page.command(who, f"/foi {verb.name} {restricted.secret} {more}".strip())
        for verb in VERBS
        if "REF" in verb.form
        for more in ("" if verb.name == "letter" else "1 found reason",)
    }

    assert {name for name, one in told.items() if one["view_id"]} == set()
    expected = {restricted.refusal()}
    if who == "eve":
        expected = {one["reply"]["text"] for one in told.values()}
        assert len(expected) == 1
        assert "does not know you" in expected.pop()
    else:
        if who != "tom":  # of the desk
            assert "only the foi desk" in told.pop("applicant")["reply"]["text"].casefold()
        assert {one["reply"]["text"] for one in told.values()} == expected
    assert leaks(told, beyond=("Amira",)) == []
    assert restricted.as_it_is() == before


@pytest.mark.parametrize("who", ["joel", "tom"])
@pytest.mark.parametrize("spoilt", ["{end}", "{year}-{end}", "{whole}x", "{short}", "`{whole}`"])
def test_what_is_nearly_its_reference_does_not_lead_to_it(
    restricted: Restricted, who: str, spoilt: str
) -> None:
    whole = restricted.secret
    _, year, end = whole.split("-")
    typed = spoilt.format(end=end, year=year, whole=whole, short=whole[:-1])

    told = restricted.page.command(who, f"/foi show {typed}")["reply"]

    offered = [name for name, _, _ in choices(told["blocks"])]
    assert whole not in offered
    assert leaks(told, beyond=("Amira",)) == []
    if spoilt == "`{whole}`":
        assert told["text"] == restricted.refusal()
    else:
        assert whole not in told["text"].replace(typed, "")


def test_nothing_that_lists_requests_names_it_to_anybody_else(restricted: Restricted) -> None:
    page = restricted.page
    looks = (
        *("list", "list searching", "list control-room", "mine", "agenda", "agenda control-room"),
        *("agenda amira", "people", "people history", "handover @amira @joel", "stats", "outbox"),
    )

    told = {who: [page.command(who, f"/foi {one}") for one in looks] for who in OTHERS}
    named = {who: [page.command(who, f"/foi {one}") for one in looks[:3]] for who in NAMED}

    assert leaks(told) == []
    assert {who for who in OTHERS if restricted.secret in json.dumps(told[who][:-1])} == set()
    assert all(SUBJECT in json.dumps(one) for lists in named.values() for one in lists)


def test_only_those_named_are_offered_it_in_a_menu(restricted: Restricted) -> None:
    assert offered_to(restricted, "joel", "search") == []
    assert offered_to(restricted, "tom", "update") == [restricted.open]
    assert offered_to(restricted, "grace", "escalate") == [restricted.open]
    assert offered_to(restricted, "dana", "update") == [restricted.secret, restricted.open]
    assert offered_to(restricted, "tom", "update", words="grievance") == []


def offered_to(restricted: Restricted, who: str, verb: str, *, words: str = "") -> list[str]:
    page = restricted.page
    where = {"as": who, "view_id": page.command(who, f"/foi {verb}")["view_id"]}
    offered: list[Json] = page.post("options", **where, action_id="reference", text=words)
    assert leaks(offered) == ([SUBJECT, "Grievance"] if who in NAMED else [])
    return sorted(one["value"] for one in offered)


def test_app_home_counts_and_finds_what_one_may_see(restricted: Restricted) -> None:
    page = restricted.page

    found = {who: home_of(page, who) for who in (*OTHERS, "amira")}
    for who in OTHERS:
        assert leaks(found[who], beyond=(restricted.secret,)) == []
    assert SUBJECT in json.dumps(found["amira"])
    assert "You hold (2)" in json.dumps(found["amira"])

    searched = {who: search_home(page, who, "grievance") for who in ("marcus", "tom", "dana")}
    assert searched == {
        "marcus": "Open requests: “grievance” (0)",
        "tom": "Open requests: “grievance” (0)",
        "dana": "Open requests: “grievance” (1)",
    }


def home_of(page: Page, who: str) -> Json:
    view: Json = page.get("home", **{"as": who})
    return view


def search_home(page: Page, who: str, words: str) -> str:
    """Search on a Home and give the header that stands over what was found."""
    body = {"as": who, "view_id": home_of(page, who)["id"], "action_id": "home:words"}
    page.post("click", **body, value=words)
    page.until(lambda: "Open requests: “" in headers(page, who))
    found = headers(page, who)
    page.post("click", **{**body, "action_id": "home:back"}, value="-")
    return found


def headers(page: Page, who: str) -> str:
    blocks = home_of(page, who)["blocks"]
    return next((one["text"]["text"] for one in blocks if one["type"] == "header"), "")


# --- what Slack is made to say that the page does not offer -------------------------------------


def forged(kind: str, who: str, **more: object) -> Json:
    user = {"id": f"U0{who.upper()}", "team_id": "T0SANDBOX01"}
    return {"type": kind, "user": user, "team": {"id": "T0SANDBOX01"}, **more}


ACTS = [act for act in Act if act not in (Act.LOG, Act.RECKON_ANEW)]  # the latter is the clock's
PRESSES: list[Json] = [
    *({"action_id": f"act:{act.name.lower()}", "value": "REF"} for act in ACTS),
    {"action_id": "show", "value": "REF"},
    {"action_id": "why", "value": "REF"},
    {"action_id": "menu:again:0", "value": "show REF"},
    {"action_id": "more", "selected_option": {"value": "everything|REF"}},
    {"action_id": "more", "selected_option": {"value": "update|REF"}},
]


@pytest.mark.parametrize("who", ["joel", "marcus", "tom"])
def test_a_forged_press_is_refused_in_one_sentence(restricted: Restricted, who: str) -> None:
    page, before = restricted.page, restricted.as_it_is()
    already = len(page.messages(dm=who))

    for number, press in enumerate(PRESSES):
        kind = "overflow" if "selected_option" in press else "button"
        action = {"type": kind, "block_id": "b", **press}
        action = json.loads(json.dumps(action).replace("REF", restricted.secret))
        payload = forged("block_actions", who, actions=[action], trigger_id=f"{who}{number}")
        answer = restricted.served.interact(payload)
        assert (answer.status_code, answer.text) == (200, "")

    told = page.messages(dm=who)[already:]
    assert [one["text"] for one in told] == [restricted.refusal()] * len(PRESSES)
    assert leaks(told, beyond=("Amira",)) == []
    assert restricted.as_it_is() == before


def test_a_forged_press_of_what_only_the_clock_does_is_out_of_date(restricted: Restricted) -> None:
    button = {"type": "button", "block_id": "b", "action_id": "act:reckon_anew"}
    press = {**button, "value": restricted.open}

    restricted.served.interact(forged("block_actions", "dana", actions=[press], trigger_id="c"))

    assert restricted.page.messages(dm="dana")[-1]["text"] == OUT_OF_DATE


@pytest.mark.parametrize("who", ["joel", "tom"])
def test_a_forged_form_is_refused_on_the_form(restricted: Restricted, who: str) -> None:
    before = restricted.as_it_is()
    carried = [{"act": act.name, "reference": restricted.secret, "channel": None} for act in ACTS]

    told = [sent(restricted, who, "act", one) for one in carried]
    stale = [sent(restricted, who, "act", {**one, "seen": 0}) for one in carried[::6]]
    which = [
        sent(restricted, who, "which", {"verb": verb_for(act).name, "channel": None})
        for act in ACTS[::6]
    ]

    # What a form lacks is said before the request is looked up, and tells nothing of it.
    refused = {"reference": restricted.refusal()}
    assert [one for one in (*told, *stale) if one != refused and not lacks(one)] == []
    assert refused in told
    assert [one for one in which if one != refused] == []
    assert restricted.as_it_is() == before


def sent(restricted: Restricted, who: str, form: str, carried: Json) -> dict[str, str]:
    """Submit a form with one field, which holds the reference, and give its errors."""
    element = {"type": "plain_text_input", "value": restricted.secret}
    label = {"type": "plain_text", "text": "Which request?"}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": form,
        "private_metadata": json.dumps(carried),
        "state": {"values": {"reference": {"reference": element}}},
        "blocks": [{"type": "input", "block_id": "reference", "label": label, "element": element}],
    }
    answer = restricted.served.interact(forged("view_submission", who, view=view))
    errors: dict[str, str] = answer.json()["errors"]
    return errors


@pytest.mark.parametrize("who", ["joel", "tom"])
def test_a_forged_menu_offers_nothing_of_it(restricted: Restricted, who: str) -> None:
    carried = {"act": "ENGAGE_EXEMPTION", "reference": restricted.secret, "channel": None}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": "act",
        "private_metadata": json.dumps(carried),
    }
    asked = {"action_id": "fill:section", "block_id": "section", "value": "31"}

    answer = restricted.served.interact(
        forged("block_suggestion", who, **asked, view={**view, "blocks": []})
    )

    assert answer.json() == {"options": []}


def test_a_forged_command_from_a_channel_it_does_not_work_in_is_refused(
    restricted: Restricted,
) -> None:
    for text in (f"show {restricted.secret}", f"update {restricted.secret} I was here"):
        answer = restricted.served.send(command_body(text, user="U0JOEL"))
        assert answer.json()["text"] == restricted.refusal()


def test_a_calendar_shows_it_to_those_named(restricted: Restricted) -> None:
    served, page = restricted.served, restricted.page
    read = {}
    for who in ("joel", "tom", "dana"):
        told = page.says(who, "/foi feed control-room")
        address = next(one for one in told.split() if one.startswith("http"))
        read[who] = served.read(address)

    assert leaks([read["joel"], read["tom"]], beyond=(restricted.secret,)) == []
    assert SUBJECT in read["dana"]
    for page_name in ("health", "metrics"):
        assert leaks(served.read(f"{served.url}/{page_name}"), beyond=(restricted.secret,)) == []


def test_those_named_work_on_it_and_are_told_of_it(restricted: Restricted) -> None:
    page = restricted.page

    show = page.command("amira", f"/foi show {restricted.secret}")
    why = page.says("dana", f"/foi why {restricted.secret}")

    assert {SUBJECT, DRAWER} <= set(leaks(show))
    assert why.startswith("Due ")
    assert SUBJECT in json.dumps(page.command("amira", "/foi mine"))


def test_nothing_of_it_was_said_to_anybody_else(restricted: Restricted) -> None:
    """Look, after all of this, at what stands in channels and in the messages of others."""
    page = restricted.page

    told = {f"#{one['name']}": page.messages(channel=one["name"]) for one in page.get("channels")}
    told |= {who: page.messages(dm=who) for who in OTHERS}

    # What channels were told before is there still; nothing that is said to people is older.
    since = {
        where: [one for one in said if where[0] != "#" or one["ts"] > restricted.since]
        for where, said in told.items()
    }
    assert {where: found for where, said in since.items() if (found := leaks(said))} == {}


def test_who_logs_the_same_again_hears_of_no_likeness(restricted: Restricted) -> None:
    """Log it as somebody who may not see it: last, for its card then has the same subject."""
    page = restricted.page
    words = {"subject": SUBJECT, "description": f"All about {SUBJECT}."}
    applicant = {"applicant_name": "Robin Example", "applicant_address": "1 High Street"}
    told = {}
    for who in ("tom", "dana"):
        opened = page.command(who, "/foi new")["view_id"]
        page.submit(who, opened, **words, **applicant)
        views = page.get("views", **{"as": who})
        told[who] = json.dumps(views)

    assert restricted.secret not in told["tom"]
    assert restricted.secret in told["dana"]


def lacks(told: dict[str, str]) -> bool:
    """Say whether a form was only told what the act needs: "To claim, this is still needed: …"."""
    return set(told) == {"reference"} and ", this is still needed: " in told["reference"]
