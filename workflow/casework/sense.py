"""Which open acts make sense as things stand: a card offers those, and leaves out the rest.

This decides nothing: the table and the acts themselves do. It only spares people a refusal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.stages import Act
from workflow.law.clock import ClockState

if TYPE_CHECKING:
    from workflow.casework.request import InformationRequest

_WAITING: dict[ClockState, tuple[Act, ...]] = {
    ClockState.AWAITING_CLARIFICATION: (Act.RECORD_CLARIFICATION, Act.LAPSE),
    ClockState.SUSPENDED: (Act.RECORD_FEE, Act.LAPSE),
}
_ONLY_WAITING = (Act.RECORD_CLARIFICATION, Act.RECORD_FEE, Act.LAPSE)


def awaited(state: ClockState) -> tuple[Act, ...]:
    """Give the acts that a clock in this state waits for."""
    return _WAITING.get(state, ())


def makes_sense(act: Act, request: InformationRequest, state: ClockState) -> bool:
    """Say whether an act that is open could succeed as things stand, by whoever may do it."""
    if act is Act.UNDO:
        return False  # offered to whoever acted, in the answer to the act
    if act in _ONLY_WAITING:
        return act in awaited(state)
    running = state is ClockState.RUNNING
    checks = {
        Act.ACKNOWLEDGE: request.acknowledged_on is None,
        Act.CLAIM: request.team is not None,
        Act.SEEK_CLARIFICATION: running,
        Act.GIVE_FEES_NOTICE: running,
        Act.EXTEND: running,
        Act.RETURN_SEARCHES: bool(request.searches),
        Act.RECORD_HARM: bool(request.exemptions),
        Act.RECORD_PUBLIC_INTEREST_TEST: bool(request.exemptions),
        Act.APPROVE: request.approved_by is None,
        Act.ISSUE: request.approved_by is not None,
        Act.ACKNOWLEDGE_ESCALATION: request.escalation is not None,
        Act.CLAIM_REVIEW: request.reviewer is None,
        Act.DECIDE_REVIEW: request.reviewer is not None,
        Act.REQUEST_REVIEW: request.outcome is not None,
    }
    return checks.get(act, True)
