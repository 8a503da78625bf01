"""`/foi stats`: the figures in Slack, counts alone, for the desk and the managers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import wording
from bot.answers import Answer, Asker
from bot.blocks import pages
from bot.blocks.text import escape
from workflow.casework.errors import Lacking
from workflow.casework.roles import Role
from workflow.reports import period, summary
from workflow.services import reporting

if TYPE_CHECKING:
    from bot.desk import Desk


async def stats(desk: Desk, asker: Asker, words: str) -> Answer:
    """Answer with the figures of a month, quarter or year; this year's unless one is named."""
    if not (asker.officer.has(Role.DESK) or asker.officer.has(Role.MANAGER)):
        raise Lacking(what=wording.ONLY_FIGURES, cure="Ask them.")
    try:
        wanted = period.named(words, on=desk.office.today())
    except period.NoSuchPeriod as error:
        raise Lacking(what=str(error), cure="") from None
    made = await desk.ask(reporting.report, desk.office, wanted)
    title, *told = summary.lines(made)
    drawn = pages.ledger(wanted.name, [title, *told], title="Figures:")
    return Answer(escape(title), drawn)
