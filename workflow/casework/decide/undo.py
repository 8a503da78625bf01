"""Undoing: the one who acted takes it back, soon, and before anybody else built on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking
from workflow.casework.events import Event, Told, sentence
from workflow.casework.occasion import Decision
from workflow.casework.stages import Act

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from workflow.casework.occasion import Occasion
    from workflow.casework.request import InformationRequest

UNDO_WITHIN = timedelta(minutes=10)

# Acts that cannot be taken back, each with what to do instead: somebody outside was answered, or
# what was said was said.
STANDS: Mapping[Act, str] = {
    Act.LOG: "If it was logged by mistake, close it: withdraw.",
    Act.SPLIT: "The part is a request of its own; withdraw that one.",
    Act.ISSUE: "The answer has gone out. Open it again: reopen.",
    Act.TRANSFER: "Open it again: reopen.",
    Act.WITHDRAW: "Open it again: reopen.",
    Act.LAPSE: "Open it again: reopen.",
    Act.UPDATE: "A note stays in the history. Add another that corrects it: update.",
    Act.ESCALATE: "The manager has been told. Say what changed: update.",
    Act.UNDO: "Do the act again instead.",
}


@dataclass(frozen=True, slots=True)
class LastAct:
    """The last act on a request, and the request as it stood before: what undoing needs.

    `told` are those who were told of the act at once, as "kind:name". `at` is an aware moment.
    """

    event: Event
    at: datetime
    told: tuple[tuple[str, str], ...]
    before: InformationRequest


def last_act(before: InformationRequest, decision: Decision, *, at: datetime) -> LastAct | None:
    """Keep what undoing a decision would need, or None where it stands for good.

    What the clock did is nobody's to take back.
    """
    event = decision.event
    if event.by is None or event.act in STANDS:
        return None
    return LastAct(event, at, tuple((one.kind, one.name) for one in decision.told), before)


def can_undo(last: LastAct | None, handle: str, *, now: datetime) -> bool:
    """Say whether somebody may take back the last act at a moment."""
    return last is not None and last.event.by == handle and now - last.at <= UNDO_WITHIN


def undo(
    request: InformationRequest,
    occasion: Occasion,
    *,
    last: LastAct | None,
    latest: Event,
    now: datetime,
) -> Decision:
    """Put a request back to how it stood before its last act. Whoever was told is told again.

    `latest` is the newest event of the history. Both stay in the history: nothing is erased. Raises
    Lacking when the act cannot be taken back, was somebody else's, or is more than ten minutes old.
    """
    if last is None:
        raise Lacking(
            what=f"The last act on {request.reference} cannot be undone: {latest.act}.",
            cure=STANDS.get(latest.act, ""),
        )
    name_of = occasion.roster.name_of
    if last.event.by != occasion.officer.handle:
        raise Lacking(
            what=f"{name_of(last.event.by)} did the last act on {request.reference}: "
            f"{last.event.act}.",
            cure="Only they can undo it.",
        )
    if not can_undo(last, occasion.officer.handle, now=now):
        raise Lacking(
            what=f"The last act on {request.reference} is more than "
            f"{UNDO_WITHIN // timedelta(minutes=1)} minutes old: {last.event.act}.",
            cure="Correct it with another act.",
        )
    undone = sentence(last.event, name_of=name_of)
    note = f"{request.reference}: {occasion.officer.name} has undone this: {undone}"
    return Decision(
        request=replace(last.before, version=request.version),
        event=Event(
            act=Act.UNDO,
            by=occasion.officer.handle,
            on=occasion.on,
            particulars={"what": last.event.act.value},
        ),
        told=tuple(Told(kind, name, note) for kind, name in last.told),
    )
