"""Modals made from the table of forms: one input per field, errors on the fields themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from bot import ids, wording
from bot.blocks.fields import AGAIN, LONGEST_INPUT, Setting, field_input, values_of
from bot.blocks.text import TITLE, Block, context, escape, named, plain
from workflow.casework.stages import Act
from workflow.services.drafts import NEVER_KEPT
from workflow.services.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

__all__ = ["LONGEST_INPUT", "Carried", "act_modal", "carried_by", "values_of"]


class Carried(NamedTuple):
    """What a form carries: the act, the request ("" for a new one), where to answer.

    `seen` is the version of the request that the form was drawn from; `warned` names the concerns
    that were told already.
    """

    act: Act
    reference: str
    channel: str | None
    seen: int | None = None
    warned: tuple[str, ...] = ()


def act_modal(
    carried: Carried,
    setting: Setting,
    *,
    given: Mapping[str, str] | None = None,
    above: Sequence[Block] = (),
    blank: bool = False,
) -> Block:
    """Draw the modal of an act. `given` are words known already; `above` stands over the fields.

    `blank` draws fields that Slack takes for others, so that what was filled in is gone.
    """
    act, values = carried.act, given or {}
    first = f"*{escape(carried.reference)}*: {act}."
    return {
        "type": "modal",
        "callback_id": ids.ACT_MODAL,
        "private_metadata": json.dumps(carried._asdict() | {"act": act.name}),
        "notify_on_close": True,
        "title": plain(title(act), TITLE),
        "submit": plain(does(act), TITLE),
        "close": plain("Cancel", TITLE),
        "blocks": [
            context(first if carried.reference else wording.ARRIVED),
            *above,
            *(
                field_input(one, values.get(one.name), setting, kept=one.name not in NEVER_KEPT)
                | ({"block_id": f"{one.name}{AGAIN}"} if blank else {})
                for one in FORMS[act]
            ),
        ],
    }


def carried_by(view: Mapping[str, Any]) -> Carried:
    """Read what a form carries. Raises KeyError, TypeError or ValueError where it is another's."""
    said = json.loads(view["private_metadata"])
    act, warned = ids.act_named(said["act"]), tuple(said.get("warned") or ())
    return Carried(act, said["reference"] or "", said["channel"], said.get("seen"), warned)


def title(act: Act) -> str:
    """Give the title of an act's form: 24 letters at most."""
    return _CALLED.get(act) or _ABOUT.get(act) or named(act)


def does(act: Act) -> str:
    """Say on the button of an act's form what it does: the verb alone where there is no room."""
    return named(act).partition(" ")[0] if act in _ABOUT else title(act)


_CALLED = {
    Act.LOG: "Log a request",
    Act.ACKNOWLEDGE_ESCALATION: "Answer the escalation",
}
# What is too long to be a title: its form is headed by what it is about.
_ABOUT = {
    Act.RECORD_PUBLIC_INTEREST_TEST: "Public interest test",
    Act.RECORD_OPINION: "Qualified person",
    Act.CORRECT_RECEIPT: "Date of receipt",
    Act.RECORD_COMPLAINT: "Complaint to the ICO",
    Act.RECORD_ICO_QUESTIONS: "The ICO's questions",
    Act.RECORD_ICO_DECISION: "The ICO's decision",
    Act.RECORD_STEPS: "Steps taken",
    Act.RECORD_TRIBUNAL: "The tribunal's decision",
}
