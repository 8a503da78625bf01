"""Opening the form of an act: with what is known of the request, and with one's draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import wording
from bot.answers import Answer
from bot.blocks.about import above, begun, meanwhile, to_think_about
from bot.blocks.fields import Setting
from bot.blocks.modal import Carried, act_modal
from bot.blocks.text import said
from workflow.casework.errors import Lacking
from workflow.casework.roles import Role
from workflow.casework.stages import Act
from workflow.law.regime import Regime
from workflow.services import drafts, lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.answers import Asker
    from bot.blocks.text import Block
    from bot.desk import Desk
    from workflow.casework.errors import ChangedSince
    from workflow.casework.request import InformationRequest

# Acts that name anew what they are about; the others speak of what is engaged already.
_ANEW = (Act.ENGAGE_EXEMPTION, Act.ANSWER, Act.LOG)


async def form(
    desk: Desk,
    asker: Asker,
    act: Act,
    request: InformationRequest | None,
    given: Mapping[str, str] | None = None,
    *,
    blank: bool = False,
    because: str = "",
    first: Sequence[Block] = (),
) -> Answer:
    """Open the form of an act, filled in with what is known and with the person's draft.

    `because` says why it is asked, `first` stands above all. `blank` draws it empty over one that
    was filled in.
    Raises Lacking for a new request that somebody outside the desk would log.
    """
    if act is Act.LOG and not asker.officer.has(Role.DESK):
        raise Lacking(
            what=wording.ONLY_DESK_LOGS,
            cure=wording.FORWARD_IT,
        )
    reference = request.reference if request else ""
    kept = drafts.form_of(asker.officer.handle, act, reference)
    draft = await desk.ask(drafts.find, desk.office, kept)
    words = {**(draft.words if draft else {}), **(given or {})}
    carried = Carried(act, reference, asker.channel, request.version if request else None)
    drawn = [*first, *([said(because)] if because else [])]
    drawn += [begun(draft.at)] if draft else []
    if request is not None:
        drawn += above(act, request, authority=desk.office.letterhead.authority_class)
        drawn += to_think_about(act, request, desk.office.guidance)
    setting = _setting(desk, act, request)
    return Answer(modal=act_modal(carried, setting, given=words, above=drawn, blank=blank))


async def form_again(
    desk: Desk, carried: Carried, changed: ChangedSince, given: Mapping[str, str | None]
) -> Block:
    """Draw a form again for somebody who was overtaken: what others did stands above it."""
    request = await desk.ask(lists.find, desk.office, carried.reference)
    drawn = [
        *meanwhile(changed.changes),
        *above(carried.act, request, authority=desk.office.letterhead.authority_class),
    ]
    words = {name: one for name, one in given.items() if one}
    now = carried._replace(seen=changed.version)
    return act_modal(now, _setting(desk, carried.act, request), given=words, above=drawn)


def _setting(desk: Desk, act: Act, request: InformationRequest | None) -> Setting:
    roster, today = desk.office.roster, desk.office.today()
    if request is None:
        return Setting(roster, today)
    engaged = () if act in _ANEW else tuple(one.section for one in request.exemptions)
    regime = Regime.EIR if request.regime is Regime.EIR else Regime.FOIA
    return Setting(roster, today, request.team, regime, engaged)
