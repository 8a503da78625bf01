"""Acts before the Commissioner and the tribunal: each is a dated step of one complaint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workflow.casework.complaint import Appeal, Complaint, latest
from workflow.casework.errors import Lacking
from workflow.casework.occasion import carry_out, must_not_be_past, permit
from workflow.casework.stages import Act
from workflow.law.dates import long_date
from workflow.law.reviews import answer_the_commissioner_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest


_DECISION_FIRST = "Record the ICO's decision first: ico."


def record_complaint(
    request: InformationRequest, occasion: Occasion, *, ico_reference: str
) -> Decision:
    """Record that the applicant complained to the Commissioner (s.50(1)).

    Raises Lacking while an earlier complaint is undecided.
    """
    permit(Act.RECORD_COMPLAINT, request, occasion.officer)
    before = latest(request.complaints)
    if before is not None and before.is_undecided:
        raise Lacking(
            what=f"The complaint {before.ico_reference} is not decided yet.",
            cure=_DECISION_FIRST,
        )
    made = Complaint(ico_reference, occasion.on)
    return carry_out(
        Act.RECORD_COMPLAINT,
        request,
        occasion,
        said={"ico_reference": ico_reference},
        complaints=(*request.complaints, made),
    )


def record_ico_questions(
    request: InformationRequest, occasion: Occasion, *, asked: str, answer_by: date | None = None
) -> Decision:
    """Record what the Commissioner asks, and by when: twenty working days unless the letter says.

    Raises Lacking without an undecided complaint, or for a day that has passed.
    """
    open_one = _undecided(Act.RECORD_ICO_QUESTIONS, request, occasion)
    by = answer_by or answer_the_commissioner_by(occasion.on, days=occasion.days)
    must_not_be_past(by, occasion)
    return _with(
        Act.RECORD_ICO_QUESTIONS,
        request,
        occasion,
        {"answer_by": long_date(by), "asked": asked},
        replace(open_one, asked_on=occasion.on, asked=asked, answer_by=by, answered_on=None),
    )


def answer_ico(request: InformationRequest, occasion: Occasion, *, note: str = "") -> Decision:
    """Record that the Commissioner's questions are answered. Raises Lacking when none wait."""
    open_one = _undecided(Act.ANSWER_ICO, request, occasion)
    if not open_one.owes_answer:
        raise Lacking(
            what=f"No question of the ICO's waits about {request.reference}.",
            cure="Record what they ask first: ico-asks.",
        )
    answered = replace(open_one, answered_on=occasion.on)
    return _with(Act.ANSWER_ICO, request, occasion, {"note": note}, answered)


def record_ico_decision(
    request: InformationRequest,
    occasion: Occasion,
    *,
    decision: str,
    steps_by: date | None = None,
    steps: str = "",
) -> Decision:
    """Record the Commissioner's decision notice (s.50(3)), with steps to take by a day (s.50(4)).

    Raises Lacking without an undecided complaint, and for steps without a day or the other way.
    """
    open_one = _undecided(Act.RECORD_ICO_DECISION, request, occasion)
    if bool(steps) != (steps_by is not None):
        raise Lacking(
            what="Steps and the day by which they are to be taken belong together (s.50(4)).",
            cure="Give both: DAY DECISION | STEPS. Or neither.",
        )
    if steps_by is not None:
        must_not_be_past(steps_by, occasion)
    decided = replace(
        open_one, decided_on=occasion.on, decision=decision, steps=steps, steps_by=steps_by
    )
    said = {"decision": decision}
    if steps_by is not None:
        said |= {"steps": f"Steps by {long_date(steps_by)}: {steps}"}
    return _with(Act.RECORD_ICO_DECISION, request, occasion, said, decided)


def record_steps(request: InformationRequest, occasion: Occasion, *, note: str = "") -> Decision:
    """Record that the steps of a decision notice are taken. Raises Lacking when none are owed.

    Not to take them may be dealt with as contempt of court (s.54).
    """
    permit(Act.RECORD_STEPS, request, occasion.officer)
    complaint = latest(request.complaints)
    if complaint is None or not complaint.owes_steps:
        raise Lacking(
            what=f"No decision notice on {request.reference} requires steps that are not taken.",
            cure="Record the decision with its steps first: ico.",
        )
    done = replace(complaint, steps_done_on=occasion.on)
    return _with(Act.RECORD_STEPS, request, occasion, {"note": note}, done)


def record_appeal(
    request: InformationRequest, occasion: Occasion, *, appellant: str, note: str = ""
) -> Decision:
    """Record an appeal to the First-tier Tribunal, by the applicant or the authority (s.57).

    Raises Lacking without a decision notice, and when there is an appeal already.
    """
    permit(Act.RECORD_APPEAL, request, occasion.officer)
    complaint = latest(request.complaints)
    if complaint is None or complaint.is_undecided:
        raise Lacking(
            what=f"There is no decision notice on {request.reference} to appeal against (s.57).",
            cure=_DECISION_FIRST,
        )
    if complaint.appeal is not None:
        raise Lacking(
            what=f"The {complaint.appeal.by} has appealed already, on "
            f"{long_date(complaint.appeal.on)}.",
            cure="Add what is new to the history: update.",
        )
    appealed = replace(complaint, appeal=Appeal(appellant, occasion.on))
    said = {"appellant": appellant, "note": note}
    return _with(Act.RECORD_APPEAL, request, occasion, said, appealed)


def record_tribunal(request: InformationRequest, occasion: Occasion, *, decision: str) -> Decision:
    """Record what the tribunal decided (s.58). Raises Lacking when no appeal waits for it."""
    permit(Act.RECORD_TRIBUNAL, request, occasion.officer)
    complaint = latest(request.complaints)
    if complaint is None or complaint.appeal is None or not complaint.is_before_tribunal:
        raise Lacking(
            what=f"No appeal on {request.reference} waits for the tribunal.",
            cure="Record the appeal first: appeal.",
        )
    judged = replace(complaint.appeal, decided_on=occasion.on, decision=decision)
    return _with(
        Act.RECORD_TRIBUNAL,
        request,
        occasion,
        {"decision": decision},
        replace(complaint, appeal=judged),
    )


def _undecided(act: Act, request: InformationRequest, occasion: Occasion) -> Complaint:
    permit(act, request, occasion.officer)
    complaint = latest(request.complaints)
    if complaint is None or not complaint.is_undecided:
        raise Lacking(
            what=f"No complaint on {request.reference} waits for the ICO's decision.",
            cure="Record the complaint first: complaint.",
        )
    return complaint


def _with(
    act: Act,
    request: InformationRequest,
    occasion: Occasion,
    said: Mapping[str, Any],
    complaint: Complaint,
) -> Decision:
    """Carry an act out with the complaint that is dealt with now as it became."""
    return carry_out(
        act, request, occasion, said=said, complaints=(*request.complaints[:-1], complaint)
    )
