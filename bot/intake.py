"""A new request from Slack: out of a message, and what to think about before it is logged."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.blocks.about import concerned, from_message
from bot.blocks.fields import Setting
from bot.blocks.modal import act_modal
from bot.forms import form
from workflow.casework.errors import Lacking
from workflow.casework.ladder import UK
from workflow.casework.stages import Act
from workflow.services import intake
from workflow.services.fields import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.answers import Answer, Asker
    from bot.blocks.modal import Carried
    from bot.blocks.text import Block
    from bot.desk import Desk

# What Slack writes for a link or a mention: <https://gov.uk|gov.uk>, <@U123|name>, <!here>.
_MARKED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


async def from_a_message(desk: Desk, asker: Asker, message: Mapping[str, Any]) -> Answer:
    """Open the form of a new request with a message's words, and its UK day as day of receipt."""
    sent = sent_on(str(message["ts"]))
    today = desk.office.today()
    given = {"description": words_of(message)[:LONGEST_TEXT]}
    if sent <= today:  # a demonstration's clock may stand before the message
        given["received"] = sent.isoformat()
    if sent < today:
        given["earlier"] = wording.MESSAGE_OF_THAT_DAY
    return await form(desk, asker, Act.LOG, None, given, first=[from_message(sent)])


def words_of(message: Mapping[str, Any]) -> str:
    """Give a message's words as they are read: Slack's marks undone."""
    plain = _MARKED.sub(lambda found: found[2] or found[1], str(message.get("text") or ""))
    return html.unescape(plain).strip()


def sent_on(ts: str) -> date:
    """Give the UK day on which a message was sent."""
    return datetime.fromtimestamp(float(ts), UTC).astimezone(UK).date()


async def second_thoughts(
    desk: Desk, carried: Carried, values: Mapping[str, Any], given: Mapping[str, str | None]
) -> Block | None:
    """Draw the form again over what is to be thought about; None where all of it was told.

    `given` are the words as they were filled in. Raises Lacking for an earlier day without a cause.
    """
    today = desk.office.today()
    received = values.get("received") or today
    if received < today and not values.get("earlier"):
        raise Lacking(
            what=wording.WHY_EARLIER,
            cure=wording.CLOCK_RUNS,
            asks="earlier",
        )
    found = await desk.ask(
        intake.concerns,
        desk.office,
        subject=values["subject"],
        description=values["description"],
        received=received,
        applicant=(values.get("applicant_name", ""), values.get("applicant_address", "")),
        **({"regime": values["regime"]} if "regime" in values else {}),
    )
    about = tuple(one.about for one in found)
    if set(about) <= set(carried.warned):
        return None
    # Slack keeps what is in a field whose id stays: nothing of the applicant goes back to it.
    known = {name: one for name, one in given.items() if one and not name.startswith("applicant_")}
    return act_modal(
        carried._replace(warned=about),
        Setting(desk.office.roster, today),
        given=known,
        above=concerned([one.words for one in found]),
    )
