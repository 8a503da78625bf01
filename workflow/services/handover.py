"""Handing over all that somebody holds: first what it would be, then request by request.

Each request is handed over in a transaction of its own, under its own lock, so that a hand-over of
hundreds stops nobody's work and one request that has changed meanwhile spoils no other. What is
done is done: broken off in the middle, the same command hands over the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.decide import DECIDE
from workflow.casework.decide.people import NotYours
from workflow.casework.errors import Lacking, Refusal
from workflow.casework.roles import Role
from workflow.casework.stages import Act, Stage
from workflow.services.acts import perform
from workflow.services.people import held_by
from workflow.store import outbox
from workflow.store.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer, Roster
    from workflow.services.office import Office


class Part(NamedTuple):
    """One request of a hand-over: what becomes of it; or, where `done` is false, why not."""

    reference: str
    line: str
    done: bool


class HandOver(NamedTuple):
    """A hand-over, planned or carried out."""

    leaver: Officer
    successor: Officer
    title: str
    parts: tuple[Part, ...]


def read(words: str) -> tuple[str, str, str]:
    """Read what is typed: who hands over, to whom, and why. Raises Lacking."""
    leaver, _, rest = words.strip().partition(" ")
    successor, _, reason = rest.strip().partition(" ")
    if not successor:
        raise Lacking(
            what="Say who hands over to whom.", cure="Type: handover @leaver @successor [REASON]"
        )
    return leaver, successor, reason.strip()


def plan(office: Office, leaver: str, successor: str, *, officer: Officer) -> HandOver:
    """Say what would be handed over, request by request; nothing is written.

    The desk may, and the manager of either's team. Raises NotYours, UnknownOfficer, Lacking.
    """
    gone, comes = _pair(office.roster, leaver, successor, officer)
    parts = tuple(_planned(office, one, comes, officer) for one in held_by(office, gone.handle))
    can = sum(part.done for part in parts)
    title = f"{gone.name} has {_counted(len(parts))} in hand; {can} can go to {comes.name}."
    title += _hidden(office, gone, len(parts))
    return HandOver(gone, comes, title, parts)


def carry_out(
    office: Office, leaver: str, successor: str, *, officer: Officer, reason: str = ""
) -> HandOver:
    """Hand over all that somebody holds, each request with its own line in its own history.

    Raises as `plan` does. What cannot be handed over stays, and is told with its reason.
    """
    gone, comes = _pair(office.roster, leaver, successor, officer)
    held = held_by(office, gone.handle)
    hidden = _hidden(office, gone, len(held))
    parts = tuple(_handed(office, one, comes, officer, reason) for one in held)
    taken = [part.reference for part in parts if part.done]
    title = f"{comes.name} has taken over {_counted(len(taken))} of {gone.name}'s {len(parts)}."
    title += hidden
    if taken and comes.handle != officer.handle:
        _tell(office, gone, comes, taken, reason)
    return HandOver(gone, comes, title, parts)


def _hidden(office: Office, gone: Officer, seen: int) -> str:
    """Say that there is more, so that nothing is left behind: how many, and of none what it is."""
    number = len(held_by(office.whole, gone.handle)) - seen
    if not number:
        return ""
    more = "One more is" if number == 1 else f"{number} more are"
    return f" {more} restricted: only the people named can hand over what they may see."


def _tell(office: Office, gone: Officer, comes: Officer, taken: Sequence[str], reason: str) -> None:
    """Tell whoever takes over once of all that came to them."""
    now = office.now()
    why = f" ({reason})" if reason else ""
    words = f"{_counted(len(taken))} came to you from {gone.name}{why}: {', '.join(taken)}."
    key = f"handed over|{gone.handle}|{comes.handle}|{now.isoformat()}"
    recipient = f"person:{office.roster.reached_at(comes.handle, office.today())}"
    with office.store.writing() as connection:
        outbox.put(connection, None, [Outgoing(key, "notice", recipient, words)], at=now)


def _pair(roster: Roster, leaver: str, successor: str, officer: Officer) -> tuple[Officer, Officer]:
    gone, comes = roster.here_or_gone(leaver), roster.officer(successor)
    if gone.handle == comes.handle:
        raise Lacking(what="That is the same person twice.", cure="Name two people.")
    managers = {roster.manager_of(one.team) for one in (gone, comes)}
    if not officer.has(Role.DESK) and officer.handle not in managers:
        raise NotYours(what="hand over what others hold", may="the FOI desk or their manager")
    return gone, comes


def _planned(office: Office, request: InformationRequest, comes: Officer, officer: Officer) -> Part:
    try:
        DECIDE[Act.HAND_OVER](
            request, office.occasion(officer, request), colleague=comes.handle, reason=""
        )
    except Refusal as refusal:
        return Part(request.reference, str(refusal), done=False)
    what = "its review" if request.stage is Stage.REVIEW else request.stage.value
    return Part(request.reference, f"{request.reference}: {request.subject} ({what})", done=True)


def _handed(
    office: Office, request: InformationRequest, comes: Officer, officer: Officer, reason: str
) -> Part:
    try:
        done = perform(
            office,
            Act.HAND_OVER,
            request.reference,
            officer=officer,
            colleague=comes.handle,
            reason=reason,
        )
    except Refusal as refusal:
        return Part(request.reference, str(refusal), done=False)
    return Part(request.reference, f"{request.reference}: {done.sentence}", done=True)


def _counted(number: int) -> str:
    return f"{number} request{'s' if number != 1 else ''}"
