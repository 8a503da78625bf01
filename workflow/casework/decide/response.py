"""Acts at the answer: draft, approve, issue; and the three other ways in which a request ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.casework.counting import checked
from workflow.casework.errors import AnswerIncomplete, Lacking, SameHands, in_one_sentence
from workflow.casework.events import Told
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import reading
from workflow.casework.stages import Act
from workflow.law import clock
from workflow.law.dates import long_date
from workflow.law.lapse import lapses
from workflow.law.regime import TIME_LIMITS, Unit

if TYPE_CHECKING:
    from datetime import date

    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest
    from workflow.law.clock import Reading

# The two ways of sending an applicant on to another authority, and what the history calls them.
ADVISED, PASSED_ON = "advised", "passed-on"
WAYS_TO_TRANSFER = (ADVISED, PASSED_ON)
_KEPT_AS = {ADVISED: "advised", PASSED_ON: "passed_on"}
_UNREACHED = "The letter does not say how to reach them: to help the applicant is a duty (s.16)."


def draft_letter(request: InformationRequest, occasion: Occasion, *, letter: str) -> Decision:
    """Keep the words of the answer. A change after approval voids the approval."""
    return carry_out(
        Act.DRAFT_LETTER,
        request,
        occasion,
        letter=letter,
        drafter=occasion.officer.handle,
        approved_by=None,
    )


def approve(request: InformationRequest, occasion: Occasion) -> Decision:
    """Approve the response. The desk is told that it can be issued, or what s.17 still asks first.

    Raises SameHands for the one who drafted or decided it: sign-off is by somebody else.
    """
    permit(Act.APPROVE, request, occasion.officer)
    if occasion.officer.handle in (request.drafter, request.decided_by):
        raise SameHands(
            reference=request.reference, act=Act.APPROVE, because="you drafted the response"
        )
    missing = occasion.lacking(request)
    lacking = f"The answer still lacks: {in_one_sentence(missing)}" if missing else ""
    news = f"{request.reference} is approved and can be issued."
    if lacking:
        news = f"{request.reference} is approved, but cannot be issued yet. {lacking}"
    made = carry_out(
        Act.APPROVE,
        request,
        occasion,
        said={"lacking": "; ".join(missing)} if missing else {},
        told=(Told("desk", "", news),),
        approved_by=occasion.officer.handle,
    )
    return replace(made, advice=lacking)


def issue(  # how, when, why late and why all the same, each by name
    request: InformationRequest,
    occasion: Occasion,
    *,
    how: str = "",
    sent: date | None = None,
    why_late: str = "",
    override: str = "",
) -> Decision:
    """Send the answer out: the clock stops on the day it was sent, today unless said (s.10(1)).

    The history keeps how and when it was sent, the working day, whether that was in time and why
    not. Raises Lacking without an approval, for a day on which it cannot have been sent, and for
    a late answer without a reason; AnswerIncomplete while s.17 misses something, unless the desk
    overrides that with a reason, which is kept beside what was missing.
    """
    permit(Act.ISSUE, request, occasion.officer)
    if request.approved_by is None:
        raise Lacking(
            what=f"{request.reference} is not approved yet.",
            cure="An approver, not the drafter, approves it first.",
        )
    went = _day_of_sending(request, occasion, sent)
    said = {"how": how or "by e-mail", "sent": went.isoformat()}
    reason = why_late or request.why_late
    now = reading(request, days=occasion.days, on=went)
    if now.is_late and not reason:
        raise Lacking(
            what=f"{request.reference} was due {long_date(now.due or went)}: the answer is late.",
            cure="Say why, for the letter and the history. Typed: late because: two were ill.",
            asks="why_late",
        )
    said["standing"] = f"{long_date(went)}, {_standing(now)}"
    if now.is_late:
        said["why_late"] = reason
    ending = request.outcome or "answered"
    made = _close(Act.ISSUE, request, occasion, said, ending, on=went)
    answered = replace(made.request, why_late=reason if now.is_late else "")
    missing = occasion.lacking(answered)
    if not missing:
        return replace(made, request=answered)
    if not override:
        raise AnswerIncomplete(reference=request.reference, missing=missing)
    kept = dict(made.event.particulars) | {"lacking": "; ".join(missing), "override": override}
    return replace(made, request=answered, event=replace(made.event, particulars=kept))


def _day_of_sending(request: InformationRequest, occasion: Occasion, sent: date | None) -> date:
    """Give the day the answer went out. Raises Lacking unless it is between decision and today."""
    if sent is None:
        return occasion.on
    if not request.since <= sent <= occasion.on:
        raise Lacking(
            what=f"{long_date(sent)} cannot be the day it was sent: it was decided "
            f"{long_date(request.since)}, and today is {long_date(occasion.on)}.",
            cure="",
            asks="sent",
        )
    return sent


def _standing(now: Reading) -> str:
    """Say on which working day of the count an answer went out, and whether that was in time."""
    counted = "" if TIME_LIMITS[now.regime].unit is Unit.MONTHS else f"on working day {now.day}, "
    if not now.is_late or now.left is None or now.due is None:
        return f"{counted}in time"
    days = "working day" if now.left == -1 else "working days"
    return f"{counted}late by {-now.left} {days} (due {long_date(now.due)})"


def transfer(
    request: InformationRequest,
    occasion: Occasion,
    *,
    body: str,
    way: str = ADVISED,
    contact: str = "",
) -> Decision:
    """Close a request whose information another authority holds (s.1(1)(a), s.16; reg. 10 EIR).

    `way` is whether it was passed on to them or the applicant was advised to ask them: the s.45
    Code and reg. 10(1) know both, and the letter may not say that it was passed on when it was
    not. `contact` is how to reach them, a line each, which the applicant is told (s.16).
    """
    said = {"body": body, _KEPT_AS[way]: occasion.on.isoformat()}
    made = _close(
        Act.TRANSFER,
        request,
        occasion,
        said | ({"contact": contact} if contact else {}),
        "transferred",
    )
    # Who says that nothing is held decides, and so cannot review it.
    by = request.decided_by or occasion.officer.handle
    made = replace(made, request=replace(made.request, decided_by=by))
    return made if contact else replace(made, advice=_UNREACHED)


def withdraw(request: InformationRequest, occasion: Occasion, *, reason: str = "") -> Decision:
    """Close the request because the applicant withdrew it."""
    return _close(Act.WITHDRAW, request, occasion, {"reason": reason}, "withdrawn")


def lapse(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Close the request because no clarification or fee came in time (s.1(3), s.9(2)).

    Raises Lacking while the clock runs, when an answer is owed; and while there is still time.
    """
    permit(Act.LAPSE, request, occasion.officer)
    now = reading(request, days=occasion.days, on=occasion.on)
    silence = lapses(now, months=occasion.months_of_silence)
    if silence is None:
        raise Lacking(
            what=f"The clock of {request.reference} is {now.state}, so it cannot lapse.",
            cure="Only a request that waits for a clarification or a fee can.",
        )
    if occasion.on < silence.from_day:
        raise Lacking(
            what=f"The applicant of {request.reference} has until {long_date(silence.last_day)}.",
            cure=f"It can lapse from {long_date(silence.from_day)} ({silence.authority}).",
        )
    return _close(Act.LAPSE, request, occasion, {"reason": reason}, "lapsed")


def _close(
    act: Act,
    request: InformationRequest,
    occasion: Occasion,
    said: dict[str, str],
    closed_as: str,
    *,
    on: date | None = None,
) -> Decision:
    permit(act, request, occasion.officer)
    answered = act is Act.ISSUE
    ended = on or occasion.on
    ending = clock.Responded(ended) if answered else clock.Closed(ended, closed_as)
    told: tuple[Told, ...] = ()
    if request.holder not in (None, occasion.officer.handle) and request.holder:
        told = (Told("person", request.holder, f"{request.reference} is closed: {closed_as}."),)
    return carry_out(
        act,
        request,
        occasion,
        said=said,
        told=told,
        clock=checked((*request.clock, ending), request, occasion),
        closed_as=closed_as,
        escalation=None,
    )
