"""An answer that lacks what s.17 asks is held back on the form, and goes out only with a reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.doors.buttons import fill_in, labels, press_on

if TYPE_CHECKING:
    from tests.doors.page import Json, Page
    from tests.doors.served import Served

REASON = "the court wants it today"
# What a refusal lacks that names no exemption for the question (law.refusal_notice).
LACKING = ("s.17(1)(b)", "s.17(3)")


def refused_without_exemption(served: Served) -> str:
    """Bring a request to the point where a refusal is approved that names no exemption."""
    reference, page = served.new("Refused"), served.page
    for who, typed in (
        ("amira", "claim REF"),
        ("amira", "search REF 1 found the call log"),
        ("amira", "return REF held"),
        ("dana", "exempt REF s.31(1)(a) It would help thieves."),
        ("dana", "harm REF s.31(1)(a) would Thieves would find them."),
        ("dana", "decide REF refuse So it was agreed."),
        ("grace", "approve REF"),
    ):
        told = page.says(who, f"/foi {typed}".replace("REF", reference))
        assert told.startswith(f"{reference}: "), told
    return reference


def issue_form(page: Page, reference: str) -> Json:
    """Press Issue on what "Everything you can do" shows."""
    shown = page.command("dana", f"/foi show {reference}")["reply"]
    if "Issue" not in labels(shown["blocks"]):
        shown = press_on(page, "dana", shown, "Everything you can do")["reply"]
    return press_on(page, "dana", shown, "Issue")


def test_the_button_opens_the_form_which_says_what_is_lacking(served: Served) -> None:
    reference, page = refused_without_exemption(served), served.page

    pressed = issue_form(page, reference)

    form = page.get("views", **{"as": "dana"})[-1]
    assert pressed["view_id"] == form["id"]
    first = json.dumps(form["blocks"], ensure_ascii=False)
    assert f"The answer of {reference} still lacks: " in first
    assert [one for one in LACKING if one not in first] == []

    empty = page.submit("dana", form["id"])
    assert list(empty["errors"]) == ["override"]
    assert empty["errors"]["override"].endswith(
        "Send it back and complete it, or issue it all the same: override: REASON."
    )
    assert served.request(reference)["request"]["stage"] == "response"

    issued = fill_in(page, "dana", pressed, override=REASON, how="by e-mail")
    told = issued["reply"]["text"]
    assert told.startswith(f"{reference}: Dana Whitfield issued the response: by e-mail.")
    assert f"Issued all the same because: {REASON}." in told
    request = served.request(reference)
    assert request["request"]["stage"] == "closed"
    kept = request["history"][-1]["sentence"]
    assert [one for one in (*LACKING, REASON) if one not in kept] == []


def test_typed_it_is_refused_once_and_goes_out_with_the_reason(served: Served) -> None:
    reference, page = refused_without_exemption(served), served.page

    refused = page.says("dana", f"/foi issue {reference}")
    by_another = page.says("amira", f"/foi issue {reference} override: {REASON}")
    issued = page.says("dana", f"/foi issue {reference} override: {REASON}")

    assert refused.startswith(f"The answer of {reference} still lacks: ")
    assert by_another.startswith(f"{reference}: only the FOI desk can issue.")
    assert f"Issued all the same because: {REASON}." in issued


def test_a_reason_is_not_asked_of_an_answer_that_lacks_nothing(served: Served) -> None:
    reference, page = served.new("Disclosed"), served.page
    for who, typed in (
        ("amira", "claim REF"),
        ("amira", "search REF 1 found the call log"),
        ("amira", "return REF held"),
        ("dana", "decide REF disclose All of it."),
        ("grace", "approve REF"),
    ):
        page.says(who, f"/foi {typed}".replace("REF", reference))

    told = issue_form(page, reference)

    assert told["view_id"] is None
    assert told["reply"]["text"].startswith(f"{reference}: Dana Whitfield issued the response")
