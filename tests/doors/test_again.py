"""What was not understood is offered again, with the word that was meant, as buttons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.doors.buttons import APPLICANT, choices, press_on
from workflow.services.verb_help import help_of
from workflow.services.verbs import VERBS

if TYPE_CHECKING:
    from tests.doors.page import Json, Page

CAMS, FLEET = "FOI-2020-0031", "FOI-2020-0027"


def offered(answer: Json) -> list[str]:
    return [name for name, _, _ in choices(answer["blocks"])]


@pytest.mark.parametrize(
    ("typed", "offers", "chosen", "answered"),
    [
        ("shaw 0027", ["show"], "show", "FOI-2020-0027 “Vehicles in the fleet by fuel”"),
        ("WHYY 0027", ["why"], "why", "Due Tuesday 28 July 2020"),
        ("show 2020-00", [], None, ""),
    ],
)
def test_a_verb_that_is_nearly_one_is_offered(
    page: Page, typed: str, offers: list[str], chosen: str | None, answered: str
) -> None:
    answer = page.command("dana", f"/foi {typed}")["reply"]

    found = offered(answer)

    if chosen is None:
        assert FLEET in found
        return
    assert found[: len(offers)] == offers
    done = press_on(page, "dana", answer, chosen)
    assert answered in done["reply"]["text"]


def test_an_ending_that_several_have_is_asked_about_and_the_rest_is_kept(page: Page) -> None:
    opened = page.command("dana", "/foi new Noise at night")["view_id"]
    words = {"description": "All complaints.", "reference": "EIR-2020-0031", **APPLICANT}
    assert page.submit("dana", opened, **words)["open_views"] == []

    answer = page.command("dana", "/foi update 0031 Said <!channel> once")["reply"]
    done = press_on(page, "dana", answer, "EIR-2020-0031")

    assert answer["text"] == (f"Several requests end in “0031”. Say which: EIR-2020-0031, {CAMS}.")
    assert offered(answer) == ["EIR-2020-0031", CAMS]
    assert done["reply"]["text"].startswith(
        "EIR-2020-0031: Dana Whitfield noted: Said &lt;!channel&gt; once."
    )


def test_the_help_of_every_verb_tells_its_purpose_an_example_and_who_may(page: Page) -> None:
    whole = json.dumps(page.command("joel", "/foi help")["reply"]["blocks"])
    told = {verb.name: page.command("joel", f"/foi help {verb.name}")["reply"] for verb in VERBS}

    assert [verb.name for verb in VERBS if f"`/foi {verb.name}`" not in whole] == []
    for verb in VERBS:
        about = help_of(verb)
        drawn = [one["text"]["text"] for one in told[verb.name]["blocks"] if "text" in one]
        assert told[verb.name]["text"] == f"/foi {verb.form}"
        assert drawn[0].splitlines() == [f"`/foi {verb.form}`", about.purpose]
        assert drawn[1] == f"*For example*\n`/foi {about.example}`"
        assert drawn[2].splitlines() == ["*Who may*", *about.who]


def test_help_on_what_is_no_verb_offers_what_is_near(page: Page) -> None:
    answer = page.command("joel", "/foi help clame")["reply"]
    done = press_on(page, "joel", answer, "claim")

    assert answer["text"].startswith("There is no verb “clame”. Did you mean claim")
    assert done["reply"]["text"] == "/foi claim REF"
