"""What is said of a restricted request where others hear it: its reference and its stage, no more.

Delivery says nothing but what passes here, so that no act and no rule need think of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflow.casework.request import InformationRequest

VEILED = "Restricted"


def is_for(request: InformationRequest, recipient: str) -> bool:
    """Say whether a recipient ("person:amira", "team:x", "desk:") may hear what a request is about.

    A channel never may, if the request is restricted: whoever is in it would read it.
    """
    kind, _, name = recipient.partition(":")
    return not request.restricted_to or (kind == "person" and request.is_shown_to(name))


def veiled(request: InformationRequest) -> InformationRequest:
    """Give a restricted request with all its substance left out: reference, stage and regime stay.

    The events of its clock stay too, for without them it has no date; they hold days only.
    """
    return replace(
        request,
        subject=VEILED,
        description="",
        questions=(),
        team=None,
        holder=None,
        reviewer=None,
        searches=(),
        estimates=(),
        exemptions=(),
        answers=(),
        findings=(),
        referrals=(),
        complaints=(),
        escalation=None,
        outcome=None,
        decided_by=None,
        drafter=None,
        letter="",
        party="",
        matter="",
    )


def words(request: InformationRequest, recipient: str, text: str) -> str:
    """Give the words of a message, or in their place what may be said to this recipient."""
    if is_for(request, recipient):
        return text
    return (
        f"There is news of {request.reference}, which is restricted and stands in {request.stage}. "
        "The people named for it can see more."
    )
