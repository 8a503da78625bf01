"""One pure function per act: (request, occasion, words of the act) -> Decision, or a Refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.decide import (
    apart,
    commissioner,
    consideration,
    escalation,
    hands,
    intake,
    referral,
    refusing,
    response,
    review,
    searching,
)
from workflow.casework.stages import Act

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflow.casework.occasion import Decision

# Every act of the table but those that make a request (LOG, SPLIT) and the clock's own.
DECIDE: dict[Act, Callable[..., Decision]] = {
    Act.ACKNOWLEDGE: intake.acknowledge,
    Act.CORRECT_RECEIPT: intake.correct_receipt,
    Act.ALLOCATE: intake.allocate,
    Act.CLAIM: searching.claim,
    Act.RELEASE: searching.release,
    Act.REASSIGN: searching.reassign,
    Act.SEEK_CLARIFICATION: intake.seek_clarification,
    Act.RECORD_CLARIFICATION: intake.record_clarification,
    Act.GIVE_FEES_NOTICE: intake.give_fees_notice,
    Act.RECORD_FEE: intake.record_fee,
    Act.ESTIMATE: searching.estimate,
    Act.LOG_SEARCH: searching.log_search,
    Act.RETURN_SEARCHES: searching.return_searches,
    Act.ENGAGE_EXEMPTION: refusing.engage_exemption,
    Act.RECORD_HARM: refusing.record_harm,
    Act.RECORD_OPINION: refusing.record_opinion,
    Act.ANSWER: refusing.answer,
    Act.RECORD_PUBLIC_INTEREST_TEST: refusing.record_public_interest_test,
    Act.EXTEND: consideration.extend,
    Act.REFER: referral.refer,
    Act.RECORD_REPLY: referral.record_reply,
    Act.SEND_BACK: consideration.send_back,
    Act.DECIDE: consideration.decide,
    Act.DRAFT_LETTER: response.draft_letter,
    Act.APPROVE: response.approve,
    Act.ISSUE: response.issue,
    Act.TRANSFER: response.transfer,
    Act.WITHDRAW: response.withdraw,
    Act.LAPSE: response.lapse,
    Act.GROUP: apart.group,
    Act.HAND_OVER: hands.hand_over,
    Act.RESTRICT: hands.restrict,
    Act.UNRESTRICT: hands.unrestrict,
    Act.UPDATE: escalation.update,
    Act.CONFIRM: escalation.confirm,
    Act.SNOOZE: escalation.snooze,
    Act.ESCALATE: escalation.escalate,
    Act.ACKNOWLEDGE_ESCALATION: escalation.acknowledge_escalation,
    Act.REQUEST_REVIEW: review.request_review,
    Act.CLAIM_REVIEW: review.claim_review,
    Act.EXTEND_REVIEW: review.extend_review,
    Act.RECORD_FINDING: review.record_finding,
    Act.DECIDE_REVIEW: review.decide_review,
    Act.RECORD_COMPLAINT: commissioner.record_complaint,
    Act.RECORD_ICO_QUESTIONS: commissioner.record_ico_questions,
    Act.ANSWER_ICO: commissioner.answer_ico,
    Act.RECORD_ICO_DECISION: commissioner.record_ico_decision,
    Act.RECORD_STEPS: commissioner.record_steps,
    Act.RECORD_APPEAL: commissioner.record_appeal,
    Act.RECORD_TRIBUNAL: commissioner.record_tribunal,
    Act.REOPEN: review.reopen,
}
