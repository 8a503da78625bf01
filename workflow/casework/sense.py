"""Which open acts make sense as things stand: a card offers those, and leaves out the rest.

This decides nothing: the table and the acts themselves do. It only spares people a refusal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.complaint import latest
from workflow.casework.referral import awaited as awaited_replies
from workflow.casework.stages import Act, Stage
from workflow.law.clock import ClockState

if TYPE_CHECKING:
    from workflow.casework.complaint import Complaint
    from workflow.casework.request import InformationRequest

_WAITING: dict[ClockState, tuple[Act, ...]] = {
    ClockState.AWAITING_CLARIFICATION: (Act.RECORD_CLARIFICATION, Act.LAPSE),
    ClockState.SUSPENDED: (Act.RECORD_FEE, Act.LAPSE),
}
_ONLY_WAITING = (Act.RECORD_CLARIFICATION, Act.RECORD_FEE, Act.LAPSE)
_AFTER_A_COMPLAINT = (
    *(Act.RECORD_ICO_QUESTIONS, Act.ANSWER_ICO, Act.RECORD_ICO_DECISION),
    *(Act.RECORD_STEPS, Act.RECORD_APPEAL, Act.RECORD_TRIBUNAL),
)


def awaited(state: ClockState) -> tuple[Act, ...]:
    """Give the acts that a clock in this state waits for."""
    return _WAITING.get(state, ())


def senseless(request: InformationRequest, state: ClockState) -> frozenset[Act]:
    """Give the acts that could not succeed as things stand, by whoever may do them.

    Undoing is among them: it is offered to whoever acted, in the answer to the act.
    """
    running = state is ClockState.RUNNING
    complaint = latest(request.complaints)
    checks = {
        **{act: act in awaited(state) for act in _ONLY_WAITING},
        **_after(complaint),
        Act.UNDO: False,
        Act.ACKNOWLEDGE: request.acknowledged_on is None,
        Act.CLAIM: request.team is not None,
        Act.SEEK_CLARIFICATION: running,
        Act.GIVE_FEES_NOTICE: running,
        Act.EXTEND: running,
        Act.RETURN_SEARCHES: bool(request.searches),
        Act.RECORD_HARM: bool(request.exemptions),
        Act.RECORD_OPINION: any(one.section.startswith("s.36") for one in request.exemptions),
        Act.RECORD_PUBLIC_INTEREST_TEST: bool(request.exemptions),
        Act.APPROVE: request.approved_by is None,
        Act.ISSUE: request.approved_by is not None,
        Act.ACKNOWLEDGE_ESCALATION: request.escalation is not None,
        Act.HAND_OVER: _in_hand(request) is not None,
        Act.UNRESTRICT: bool(request.restricted_to),
        Act.CLAIM_REVIEW: request.reviewer is None,
        Act.DECIDE_REVIEW: request.reviewer is not None,
        Act.REQUEST_REVIEW: request.outcome is not None,
        Act.RECORD_FINDING: bool(request.exemptions) and request.reviewer is not None,
        Act.RECORD_REPLY: bool(awaited_replies(request.referrals)),
        Act.RECORD_COMPLAINT: complaint is None or not complaint.is_undecided,
    }
    return frozenset(act for act, could_succeed in checks.items() if not could_succeed)


def _in_hand(request: InformationRequest) -> str | None:
    return request.reviewer if request.stage is Stage.REVIEW else request.holder


def _after(complaint: Complaint | None) -> dict[Act, bool]:
    """Say of each act that follows a complaint whether it is the next step."""
    if complaint is None:
        return dict.fromkeys(_AFTER_A_COMPLAINT, False)
    return {
        Act.RECORD_ICO_QUESTIONS: complaint.is_undecided,
        Act.ANSWER_ICO: complaint.owes_answer,
        Act.RECORD_ICO_DECISION: complaint.is_undecided,
        Act.RECORD_STEPS: complaint.owes_steps,
        Act.RECORD_APPEAL: complaint.appeal_by is not None,
        Act.RECORD_TRIBUNAL: complaint.is_before_tribunal,
    }
