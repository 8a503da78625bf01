"""The form of each act: one input for each thing it asks, taken by Slack as it is."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bot.blocks.fields import Setting, values_of
from bot.blocks.modal import Carried, act_modal
from bot.listeners.views import errors_on
from tests.bot.offices import CONFIG, drawn
from tests.bot.slack_says import refused_view
from workflow import practice
from workflow.casework.stages import Act
from workflow.services.forms import FORMS, Missing

if TYPE_CHECKING:
    from workflow.casework.roles import Roster


@pytest.fixture(scope="module")
def roster() -> Roster:
    return practice.read_roster(CONFIG)


def modal(roster: Roster, act: Act, **changes: Any) -> dict[str, Any]:
    new = act is Act.LOG
    carried = Carried(act, "" if new else "002335/20", "C0FOIDESK", None if new else 3)
    setting = Setting(roster, date(2020, 7, 14), None if new else "control-room")
    return act_modal(carried, setting._replace(**changes.pop("setting", {})), **changes)


ALLOCATE = [
    "context: mrkdwn *002335/20*: allocate.",
    "team: Team",
    "  static_select -> fill:team",
    "    FOI Desk = foi-desk",
    "    Control Room = control-room",
    "    Digital and Technology = digital",
    "    Procurement = procurement",
    "    Legal Services = legal",
]
REASSIGN = [
    "context: mrkdwn *002335/20*: reassign.",
    "colleague: Officer",
    "  static_select -> fill:colleague",
    "    Amira Hassan = amira",
    "    Joel Barker = joel",
    "    Marcus Reid = marcus",
]
ANSWER_THE_ESCALATION = [
    "context: mrkdwn *002335/20*: acknowledge escalation.",
    "until (optional): Quiet until",
    "  datepicker -> fill:until []",
    "plan: The plan",
    "  plain_text_input -> fill:plan [('max_length', 3000), ('multiline', True)]",
]


@pytest.mark.parametrize(
    ("act", "title", "lines"),
    [
        (Act.ALLOCATE, "Allocate", ALLOCATE),
        (Act.REASSIGN, "Reassign", REASSIGN),
        (Act.ACKNOWLEDGE_ESCALATION, "Answer the escalation", ANSWER_THE_ESCALATION),
    ],
)
def test_a_form_asks_what_its_act_needs(
    roster: Roster, act: Act, title: str, lines: list[str]
) -> None:
    view = modal(roster, act)

    assert view["title"]["text"] == title
    assert drawn(view["blocks"]) == lines


def test_the_button_of_a_form_says_what_it_does(roster: Roster) -> None:
    pressed = {act: modal(roster, act)["submit"]["text"] for act in FORMS}

    # What a form is headed by may be a thing; what its button says begins as the act is said.
    others = {act: does for act, does in pressed.items() if does.split()[0].lower() not in act}
    assert others == {Act.ACKNOWLEDGE_ESCALATION: "Answer the escalation"}
    assert pressed[Act.RECORD_OPINION] == "Record"
    assert pressed[Act.CORRECT_RECEIPT] == "Correct"
    assert pressed[Act.LOG] == "Log a request"


@pytest.mark.parametrize("act", FORMS)
def test_slack_takes_every_form_and_its_title_is_whole(roster: Roster, act: Act) -> None:
    view = modal(roster, act)

    assert refused_view(view) == []
    assert "…" not in view["title"]["text"]
    assert [one["block_id"] for one in view["blocks"][1:]] == [one.name for one in FORMS[act]]
    assert [one["label"]["text"] for one in view["blocks"][1:]] == [one.label for one in FORMS[act]]


@pytest.mark.parametrize("act", FORMS)
def test_a_form_carries_ids_and_no_words_of_people(roster: Roster, act: Act) -> None:
    view = modal(roster, act, given={"subject": "Jane Doe asks"})

    carried = json.loads(view["private_metadata"])
    assert set(carried) == {"act", "reference", "channel", "seen", "warned"}
    assert "Jane" not in view["private_metadata"]


def test_words_typed_already_stand_in_the_form(roster: Roster) -> None:
    view = modal(roster, Act.LOG, given={"subject": "x" * 200})

    assert view["blocks"][1]["element"]["initial_value"] == "x" * 150
    assert refused_view(view) == []


def test_what_was_filled_in_is_read_by_field() -> None:
    state = {
        "values": {
            "found": {"found": {"type": "static_select", "selected_option": {"value": "found"}}},
            "until": {"until": {"type": "datepicker", "selected_date": "2020-08-12"}},
            "note": {"note": {"type": "plain_text_input", "value": "here"}},
            "reason": {"reason": {"type": "plain_text_input", "value": None}},
            "team": {"team": {"type": "static_select", "selected_option": None}},
        }
    }

    assert values_of(state) == {
        "found": "found",
        "until": "2020-08-12",
        "note": "here",
        "reason": None,
        "team": None,
    }


def test_a_form_says_what_it_lacks_on_its_fields(roster: Roster) -> None:
    view = modal(roster, Act.LOG_SEARCH)
    missing = [one for one in FORMS[Act.LOG_SEARCH] if one.required]

    told = errors_on(view, Missing(act=Act.LOG_SEARCH, fields=missing))

    assert told == {one.name: "This is needed." for one in missing}


def test_what_a_form_does_not_show_is_named_on_its_first_field(roster: Roster) -> None:
    view = modal(roster, Act.ALLOCATE)  # the form of another act, or of another version
    missing = [one for one in FORMS[Act.LOG_SEARCH] if one.required]

    told = errors_on(view, Missing(act=Act.LOG_SEARCH, fields=missing))

    assert told == {
        "team": "To log search, this is still needed: hours, found and where you looked."
    }
