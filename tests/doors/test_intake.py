"""A request out of Slack: by a shortcut, out of a message, and what is said before it is logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doors.buttons import APPLICANT
from tests.doors.test_forms import fields, view, words

if TYPE_CHECKING:
    from tests.doors.demonstrations import Demonstration
    from tests.doors.page import Json, Page

PHONES = "FOI-2020-0012"  # answered on 12 June, by the applicant of every request of the story
ASKED = "Please send the policy on officers' use of personal mobile phones on duty"


def shortcut(page: Page, who: str, callback_id: str, **where: str) -> Json:
    outcome: Json = page.post("shortcut", **{"as": who, "callback_id": callback_id, **where})
    assert outcome["error"] is None, outcome
    return outcome


def wrote(page: Page, who: str, text: str) -> str:
    return str(page.post("message", **{"as": who, "channel": "foi-desk", "text": text})["ts"])


def logged(page: Page, subject: str) -> list[str]:
    return [
        one["text"] for one in page.messages(channel="foi-desk") if subject in str(one["blocks"])
    ]


def test_a_message_is_logged_with_its_words_and_received_on_its_day(fresh: Demonstration) -> None:
    page = fresh.page
    ts = wrote(page, "marcus", "How many <bodycams> & drones?")
    page.working_days_pass(2)

    opened = shortcut(page, "dana", "log_message", channel="foi-desk", ts=ts)

    held = fields(page, "dana")
    assert held["description"] == "How many <bodycams> & drones?"
    assert held["received"] == "2020-07-14"
    assert held["earlier"] == "It reached us in a message of that day."
    assert "The message was sent on Tuesday 14 July 2020" in words(page, "dana")
    page.submit("dana", opened["view_id"], subject="Bodycams", **APPLICANT)
    page.let_it_settle()
    assert ["Due Wednesday 12 August 2020" in text for text in logged(page, "Bodycams")] == [True]


def test_the_global_shortcut_opens_the_form_and_who_may_not_log_is_told(
    fresh: Demonstration,
) -> None:
    page = fresh.page

    assert shortcut(page, "dana", "log_request")["view_id"]
    assert fields(page, "dana")["received"] == "2020-07-14"

    assert shortcut(page, "amira", "log_request")["view_id"] is None
    told = page.messages(dm="amira")[-1]["text"]
    assert told.startswith("Only the FOI desk can log a request.")


def test_what_is_no_valid_request_is_said_once_and_may_be_logged_all_the_same(
    fresh: Demonstration,
) -> None:
    page = fresh.page
    view_id = page.command("dana", "/foi new Parking fines")["view_id"]

    first = page.submit("dana", view_id, description="How much was paid in parking fines?")

    assert first["open_views"] == [view_id]
    assert "not a valid request (s.8(1)(b))" in words(page, "dana")
    assert logged(page, "Parking fines") == []
    second = page.submit("dana", view_id)
    assert second["open_views"] == []
    page.let_it_settle()
    assert len(logged(page, "Parking fines")) == 1


def test_a_request_that_was_made_before_is_shown_before_the_new_one_is_logged(
    fresh: Demonstration,
) -> None:
    page = fresh.page
    view_id = page.command("dana", "/foi new Mobile phones")["view_id"]

    page.submit("dana", view_id, description=ASKED, **APPLICANT)

    told = words(page, "dana")
    assert f"{PHONES} “Policy on personal mobile phones”, received Tuesday 2 June 2020" in told
    assert "The same applicant" not in told


def test_a_repeated_request_of_the_same_applicant_is_said_to_be_one(fresh: Demonstration) -> None:
    page = fresh.page
    view_id = page.command("dana", "/foi new Mobile phones")["view_id"]
    same = {"applicant_name": "an applicant ", "applicant_address": "elsewhere"}

    page.submit("dana", view_id, description=ASKED, **same)

    told = words(page, "dana")
    assert "The same applicant asked, and was answered 21 working days before" in told
    assert "(s.14(2))" in told


def test_the_applicants_name_never_comes_back_to_slack(fresh: Demonstration) -> None:
    page = fresh.page
    view_id = page.command("dana", "/foi new Mobile phones")["view_id"]
    named = {"applicant_name": "Zebedee Quux", "applicant_address": ""}

    page.submit("dana", view_id, description=ASKED, **named)

    assert "Zebedee" not in str(view(page, "dana")["blocks"])
    page.submit("dana", view_id)
    page.let_it_settle()
    assert "Zebedee" not in str(page.messages(channel="foi-desk"))
    kept = (fresh.folder / name for name in ("office.db", "office.db-wal"))
    assert any(b"Zebedee Quux" in one.read_bytes() for one in kept if one.exists())


def test_an_earlier_day_of_receipt_needs_a_reason_and_the_history_keeps_it(
    fresh: Demonstration,
) -> None:
    page = fresh.page
    view_id = page.command("dana", "/foi new Parking fines")["view_id"]
    given = {"description": "How much?", "received": "2020-07-13", **APPLICANT}

    refused = page.submit("dana", view_id, **given)
    page.submit("dana", view_id, earlier="It lay in the post room")

    assert list(refused["errors"]) == ["earlier"]
    page.let_it_settle()
    reference = next(
        str(one["blocks"][0]["text"]["text"]).split(" ")[0]
        for one in page.messages(channel="foi-desk")
        if "Parking fines" in str(one["blocks"])
    )
    assert page.thread(reference)[0].endswith(
        "logged the request, received Monday 13 July 2020: It lay in the post room."
    )
