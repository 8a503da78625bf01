"""The form that asks on which request: for a verb that was typed alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot import ids, wording
from bot.blocks.text import OPTION, TITLE, Block, named, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.casework.request import InformationRequest
    from workflow.services.verbs import Verb

MOST_OPTIONS = 100  # Slack shows no more


def which_modal(verb: Verb, *, channel: str | None) -> Block:
    """Draw the form that asks on which request; `channel` is where to answer."""
    return {
        "type": "modal",
        "callback_id": ids.WHICH_MODAL,
        "private_metadata": json.dumps({"verb": verb.name, "channel": channel}),
        "title": plain(named(verb.name), TITLE),
        "submit": plain("Go on", TITLE),
        "close": plain("Cancel", TITLE),
        "blocks": [
            {
                "type": "input",
                "block_id": ids.WHICH_REQUEST,
                "label": plain("Which request?", TITLE),
                "hint": plain(wording.to(verb.name, verb.summary), 150),
                "element": {
                    "type": "external_select",
                    "action_id": ids.WHICH_REQUEST,
                    "min_query_length": 0,
                    "placeholder": plain("Reference, or words of its subject", 150),
                },
            }
        ],
    }


def options(requests: Sequence[InformationRequest]) -> list[Block]:
    """Draw requests as the entries of the menu in that form."""
    return [
        {"text": plain(f"{one.reference} · {one.subject}", OPTION), "value": one.reference}
        for one in requests[:MOST_OPTIONS]
    ]
