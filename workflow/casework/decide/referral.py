"""Acts toward those outside who are asked about a request: the national unit, a third party."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking, shown
from workflow.casework.occasion import carry_out, must_not_be_past, permit
from workflow.casework.referral import Referral, awaited
from workflow.casework.stages import Act
from workflow.law.dates import long_date

if TYPE_CHECKING:
    from datetime import date

    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest


def refer(
    request: InformationRequest,
    occasion: Occasion,
    *,
    body: str,
    wanted: date | None = None,
    reason: str = "",
) -> Decision:
    """Ask the national police unit or a third party. It never stops the clock.

    The reply is wanted by a day of its own: the authority's usual working days unless one is
    given. Raises Lacking for a day that has passed, and while the same body owes a reply.
    """
    permit(Act.REFER, request, occasion.officer)
    by = wanted or occasion.days.nth_after(occasion.on, occasion.days_to_reply)
    must_not_be_past(by, occasion)
    if _waiting(request, body) is not None:
        raise Lacking(
            what=f"{shown(body)} was asked about {request.reference} and has not replied yet.",
            cure="Record what they said first: replied.",
        )
    made = Referral(body, occasion.on, by, asked=reason)
    return carry_out(
        Act.REFER,
        request,
        occasion,
        said={"body": body, "wanted": long_date(by), "reason": reason},
        referrals=(*request.referrals, made),
    )


def record_reply(
    request: InformationRequest, occasion: Occasion, *, body: str, reply: str
) -> Decision:
    """Record what somebody said who was asked. Raises Lacking when nobody waits for them."""
    permit(Act.RECORD_REPLY, request, occasion.officer)
    found = _waiting(request, body)
    if found is None:
        waiting = ", ".join(one.body for one in awaited(request.referrals))
        cure = f"A reply is awaited from: {waiting}." if waiting else "Refer it first: refer."
        what = f"No reply is awaited from {shown(body)} about {request.reference}."
        raise Lacking(what=what, cure=cure)
    replied = replace(found, replied_on=occasion.on, reply=reply)
    return carry_out(
        Act.RECORD_REPLY,
        request,
        occasion,
        said={"body": found.body, "reply": reply},
        referrals=tuple(replied if one is found else one for one in request.referrals),
    )


def _waiting(request: InformationRequest, body: str) -> Referral | None:
    wanted = body.strip().casefold()
    return next(
        (one for one in awaited(request.referrals) if one.body.strip().casefold() == wanted), None
    )
