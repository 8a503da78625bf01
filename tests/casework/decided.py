"""What each act comes to, written out: what is said, who is told, what is different.

`python -m tests.casework.decided` writes the table anew; read the difference before you keep it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from tests.casework.examples import BEFOREHAND, PARTICULARS, ROSTER, occasion, request_in
from workflow.casework.complaint import Appeal, Complaint
from workflow.casework.decide import DECIDE
from workflow.casework.errors import Refusal
from workflow.casework.events import sentence
from workflow.casework.finding import Finding, Found
from workflow.casework.occasion import Decision
from workflow.casework.referral import Referral
from workflow.casework.request import (
    AnswerPart,
    Escalation,
    Exemption,
    InformationRequest,
    Nature,
    Treatment,
)
from workflow.casework.roles import stands
from workflow.casework.stages import TRANSITIONS, Act, Stage, Transition
from workflow.law import clock
from workflow.law.regime import Regime

# An act, at a stage, by somebody, on a request so changed, with other words.
Case: TypeAlias = tuple[Act, Stage, str, dict[str, Any], dict[str, Any]]

TABLE = Path(__file__).parent / "decided.json"
ON = "Mon 2020-08-10"

COMPLAINT = Complaint("IC-12345-A1B2", date(2020, 7, 31))
APPEAL = Appeal("authority", date(2020, 8, 7))
# Received Wednesday 29 July, due Thursday 27 August 2020.
LATER: dict[str, Any] = {"clock": (clock.Received(date(2020, 7, 29)),)}

# Other words and other circumstances, each of which another rule of the act meets.
FURTHER: tuple[Case, ...] = (
    (Act.SNOOZE, Stage.SEARCHING, "amira", {}, {"until": date(2020, 8, 11)}),
    (Act.SNOOZE, Stage.SEARCHING, "amira", LATER, {"until": date(2020, 8, 10)}),
    (Act.SNOOZE, Stage.SEARCHING, "amira", LATER, {"until": date(2022, 8, 14)}),
    (Act.SNOOZE, Stage.SEARCHING, "amira", LATER, {"until": date(2020, 8, 25)}),
    (Act.SNOOZE, Stage.SEARCHING, "amira", LATER, {"until": date(2020, 8, 22)}),
    (Act.TRANSFER, Stage.RECEIVED, "dana", {}, {"way": "passed-on", "contact": "foi@btp.example"}),
    (Act.TRANSFER, Stage.RECEIVED, "dana", {}, {"way": "advised", "contact": "foi@btp.example"}),
    (Act.ANSWER, Stage.CONSIDERATION, "dana", {}, {"numbers": (2,)}),
    (Act.ANSWER, Stage.CONSIDERATION, "dana", {}, {"treatment": Treatment.WITHHELD}),
    (
        Act.ANSWER,
        Stage.CONSIDERATION,
        "dana",
        {},
        {"treatment": Treatment.NEITHER, "sections": ("s.31(1)(a)",)},
    ),
    (
        Act.ANSWER,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("s.31(1)(a)", "it helps"),), "questions": ("A?", "B?")},
        {
            "numbers": (2, 1, 2),
            "treatment": Treatment.WITHHELD,
            "sections": ("s.31(1)(a)",),
            "words": "the plan",
        },
    ),
    (
        Act.ANSWER,
        Stage.CONSIDERATION,
        "dana",
        {},
        {"treatment": Treatment.ELSEWHERE, "words": "the list | our website"},
    ),
    (Act.ENGAGE_EXEMPTION, Stage.CONSIDERATION, "dana", {}, {"section": "s.99"}),
    (Act.ENGAGE_EXEMPTION, Stage.CONSIDERATION, "dana", {}, {"section": "s.12"}),
    (Act.ENGAGE_EXEMPTION, Stage.CONSIDERATION, "dana", {}, {"section": "s.40(2)"}),
    (Act.ENGAGE_EXEMPTION, Stage.CONSIDERATION, "dana", {}, {"section": "s.31(1)"}),
    (
        Act.ENGAGE_EXEMPTION,
        Stage.CONSIDERATION,
        "dana",
        {"regime": Regime.EIR},
        {"section": "s.12(5)(b)"},
    ),
    (
        Act.ANSWER,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("s.21(1)", "it is published"),)},
        {"treatment": Treatment.NEITHER, "sections": ("s.21(1)",)},
    ),
    (
        Act.ANSWER,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("s.30(1)(b)", "a case"), Exemption("s.31(1)(a)", "crime"))},
        {"treatment": Treatment.WITHHELD, "sections": ("s.30(1)(b)", "s.31(1)(a)")},
    ),
    (
        Act.ANSWER,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("s.23(1)", "a body"), Exemption("s.24(1)", "a need"))},
        {"treatment": Treatment.WITHHELD, "sections": ("s.23(1)", "s.24(1)")},
    ),
    (
        Act.ANSWER,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("reg. 12(5)(e)", "prices"),), "regime": Regime.EIR},
        {
            "treatment": Treatment.WITHHELD,
            "sections": ("s.12(5)(e)",),
            "nature": Nature.EMISSIONS,
        },
    ),
    (
        Act.ANSWER,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("s.31(1)(a)", "crime"),)},
        {"treatment": Treatment.NEITHER, "sections": ("s.31(1)(a)",), "words": "nothing said"},
    ),
    (Act.RECORD_OPINION, Stage.CONSIDERATION, "dana", {}, {"given": date(2020, 8, 11)}),
    (
        Act.RECORD_OPINION,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("s.31(1)(a)", "crime"),)},
        {"section": "s.31(1)(a)"},
    ),
    (
        Act.RECORD_HARM,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("reg. 12(5)(b)", "a trial"),), "regime": Regime.EIR},
        {"section": "reg. 12(5)(b)", "likelihood": "would-be-likely"},
    ),
    (
        Act.DECIDE,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("s.31(1)(a)", "crime"),)},
        {"outcome": "part"},
    ),
    (
        Act.DECIDE,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("s.36(2)(c)", "it distracts", harm="calls wait"),)},
        {"outcome": "refuse"},
    ),
    (
        Act.DECIDE,
        Stage.CONSIDERATION,
        "dana",
        {
            "exemptions": (Exemption("s.36(2)(c)", "it distracts", harm="calls wait"),),
            "answers": (
                AnswerPart(
                    1, Treatment.WITHHELD, "x", "", ("s.36(2)(c)",), nature=Nature.STATISTICS
                ),
            ),
        },
        {"outcome": "refuse"},
    ),
    (
        Act.DECIDE,
        Stage.CONSIDERATION,
        "dana",
        {"exemptions": (Exemption("s.31(1)(a)", "crime", favours="disclosure"),)},
        {"outcome": "part"},
    ),
    (Act.RECORD_HARM, Stage.CONSIDERATION, "dana", {}, {}),
    (Act.RECORD_PUBLIC_INTEREST_TEST, Stage.CONSIDERATION, "dana", {"exemptions": ()}, {}),
    (Act.EXTEND, Stage.CONSIDERATION, "dana", {}, {"section": "s.40(1)"}),
    (
        Act.EXTEND,
        Stage.CONSIDERATION,
        "dana",
        {"regime": Regime.SAR},
        {"further": 2, "section": "", "reason": "eleven requests at once"},
    ),
    (
        Act.EXTEND,
        Stage.CONSIDERATION,
        "dana",
        {"regime": Regime.EIR},
        {"further": 20, "section": "", "reason": "complex and voluminous"},
    ),
    (
        Act.EXTEND,
        Stage.CONSIDERATION,
        "dana",
        {"clock": (clock.Received(date(2020, 7, 1)),)},
        {},
    ),
    (Act.DECIDE, Stage.CONSIDERATION, "dana", {"exemptions": ()}, {"outcome": "refuse"}),
    (Act.DECIDE, Stage.CONSIDERATION, "dana", {}, {"outcome": "not-held"}),
    (Act.RETURN_SEARCHES, Stage.SEARCHING, "amira", {"searches": ()}, {}),
    (Act.LOG_SEARCH, Stage.SEARCHING, "amira", {}, {"hours": -1.0}),
    (Act.LOG_SEARCH, Stage.SEARCHING, "amira", {}, {"hours": 1000.0, "found": "not-found"}),
    (Act.LOG_SEARCH, Stage.SEARCHING, "amira", {}, {"hours": 1000.5}),
    (Act.REASSIGN, Stage.SEARCHING, "amira", {}, {"colleague": "sian"}),
    (Act.REASSIGN, Stage.SEARCHING, "marcus", {}, {"colleague": "nobody"}),
    (Act.RELEASE, Stage.SEARCHING, "marcus", {}, {"reason": "ill"}),
    (Act.CLAIM, Stage.RECEIVED, "amira", {"team": None, "holder": None}, {}),
    (Act.CLAIM, Stage.SEARCHING, "joel", {"holder": "amira"}, {}),
    (Act.CLAIM, Stage.SEARCHING, "amira", {"holder": "amira"}, {}),
    (Act.ALLOCATE, Stage.RECEIVED, "dana", {}, {"team": "no such"}),
    (Act.GIVE_FEES_NOTICE, Stage.SEARCHING, "dana", {}, {"amount": 0}),
    (Act.RECORD_FEE, Stage.SEARCHING, "dana", {"clock": (clock.Received(date(2020, 7, 14)),)}, {}),
    (Act.LAPSE, Stage.SEARCHING, "dana", {"clock": (clock.Received(date(2020, 7, 14)),)}, {}),
    (
        Act.LAPSE,
        Stage.SEARCHING,
        "dana",
        {
            "clock": (
                clock.Received(date(2020, 7, 14)),
                clock.ClarificationSought(date(2020, 7, 20)),
            )
        },
        {},
    ),
    (Act.APPROVE, Stage.RESPONSE, "grace", {"drafter": "grace"}, {}),
    (Act.ISSUE, Stage.RESPONSE, "dana", {"approved_by": None}, {}),
    (Act.ISSUE, Stage.RESPONSE, "dana", {"approved_by": "grace"}, {"how": "by post"}),
    (Act.SEND_BACK, Stage.RESPONSE, "grace", {"drafter": "tom"}, {}),
    (Act.ESCALATE, Stage.RECEIVED, "joel", {"team": None}, {}),
    (Act.ACKNOWLEDGE_ESCALATION, Stage.SEARCHING, "marcus", {"escalation": None}, {}),
    (
        Act.ACKNOWLEDGE_ESCALATION,
        Stage.SEARCHING,
        "marcus",
        {"escalation": Escalation(date(2020, 8, 7), "overdue", None)},
        {"until": date(2020, 8, 7)},
    ),
    (
        Act.ACKNOWLEDGE_ESCALATION,
        Stage.SEARCHING,
        "marcus",
        {"escalation": Escalation(date(2020, 8, 7), "overdue", None)},
        {"until": date(2020, 8, 14)},
    ),
    (Act.REQUEST_REVIEW, Stage.CLOSED, "dana", {"outcome": None}, {}),
    (Act.CLAIM_REVIEW, Stage.REVIEW, "ruth", {"decided_by": "ruth"}, {}),
    (Act.CLAIM_REVIEW, Stage.REVIEW, "ruth", {"reviewer": "ruth"}, {}),
    (Act.DECIDE_REVIEW, Stage.REVIEW, "ruth", {"reviewer": None}, {}),
    (Act.DECIDE_REVIEW, Stage.REVIEW, "ruth", {"reviewer": "ruth"}, {"outcome": "varied"}),
    (Act.DECIDE_REVIEW, Stage.REVIEW, "ruth", {"reviewer": "ruth", "decided_by": "ruth"}, {}),
    (Act.EXTEND_REVIEW, Stage.REVIEW, "ruth", {}, {"further": 21}),
    (Act.EXTEND_REVIEW, Stage.REVIEW, "ruth", {}, {"further": 0}),
    (Act.REFER, Stage.RECEIVED, "dana", {}, {"wanted": date(2020, 8, 7)}),
    (Act.REFER, Stage.CONSIDERATION, "dana", {}, {"wanted": date(2020, 8, 21), "reason": "NCND?"}),
    (
        Act.REFER,
        Stage.SEARCHING,
        "dana",
        {"referrals": (Referral("npcc", date(2020, 8, 3), date(2020, 8, 10)),)},
        {},
    ),
    (Act.RECORD_REPLY, Stage.RESPONSE, "dana", {"referrals": ()}, {}),
    (Act.RECORD_REPLY, Stage.RESPONSE, "dana", {}, {"body": "the supplier"}),
    (Act.RECORD_FINDING, Stage.REVIEW, "ruth", {}, {"section": "s.43(2)"}),
    (Act.RECORD_FINDING, Stage.REVIEW, "ruth", {}, {"finding": "replaced"}),
    (Act.RECORD_FINDING, Stage.REVIEW, "ruth", {}, {"finding": "replaced", "instead": "s.43(2)"}),
    (
        Act.RECORD_FINDING,
        Stage.REVIEW,
        "ruth",
        {},
        {"finding": "replaced", "instead": "s.43(2)", "balance": "Trade weighs more."},
    ),
    (Act.RECORD_FINDING, Stage.REVIEW, "ruth", {}, {"finding": "replaced", "instead": "s.41(1)"}),
    (Act.RECORD_FINDING, Stage.REVIEW, "ruth", {}, {"finding": "replaced", "instead": "s.99"}),
    (Act.RECORD_FINDING, Stage.REVIEW, "ruth", {"reviewer": None}, {}),
    (
        Act.DECIDE_REVIEW,
        Stage.REVIEW,
        "ruth",
        {"reviewer": "ruth", "exemptions": (Exemption("s.31(1)(a)", "harm"),)},
        {"outcome": "varied"},
    ),
    *(
        (
            Act.DECIDE_REVIEW,
            Stage.REVIEW,
            "ruth",
            {
                "reviewer": "ruth",
                "exemptions": (Exemption("s.31(1)(a)", "harm"), Exemption("s.43(2)", "trade")),
                "findings": (
                    Finding("s.31(1)(a)", Found.UPHELD, "it stands"),
                    Finding("s.43(2)", Found.NOT_UPHELD, "it is old"),
                ),
            },
            {"outcome": outcome},
        )
        for outcome in ("upheld", "varied", "overturned")
    ),
    (Act.RECORD_COMPLAINT, Stage.CLOSED, "dana", {"complaints": (COMPLAINT,)}, {}),
    (Act.RECORD_ICO_QUESTIONS, Stage.CLOSED, "dana", {"complaints": ()}, {}),
    (
        Act.RECORD_ICO_QUESTIONS,
        Stage.CLOSED,
        "dana",
        {"complaints": (COMPLAINT,)},
        {"answer_by": date(2020, 8, 7)},
    ),
    (Act.ANSWER_ICO, Stage.CLOSED, "dana", {"complaints": (COMPLAINT,)}, {}),
    (
        Act.RECORD_ICO_DECISION,
        Stage.CLOSED,
        "dana",
        {"complaints": (COMPLAINT,)},
        {"steps_by": date(2020, 9, 7), "steps": "disclose question 4"},
    ),
    (
        Act.RECORD_ICO_DECISION,
        Stage.CLOSED,
        "dana",
        {"complaints": (COMPLAINT,)},
        {"steps": "disclose question 4"},
    ),
    (Act.RECORD_STEPS, Stage.CLOSED, "dana", {"complaints": (COMPLAINT,)}, {}),
    (Act.RECORD_APPEAL, Stage.CLOSED, "dana", {"complaints": (COMPLAINT,)}, {}),
    (
        Act.RECORD_APPEAL,
        Stage.CLOSED,
        "dana",
        {"complaints": (replace(COMPLAINT, decided_on=date(2020, 8, 7), appeal=APPEAL),)},
        {},
    ),
    (Act.RECORD_TRIBUNAL, Stage.CLOSED, "dana", {"complaints": ()}, {}),
    (Act.REOPEN, Stage.CLOSED, "dana", {"left": None}, {}),
    (Act.CORRECT_RECEIPT, Stage.RECEIVED, "dana", {}, {"received": date(2020, 8, 11)}),
    (Act.CORRECT_RECEIPT, Stage.RECEIVED, "dana", {}, {"received": date(1999, 8, 11)}),
    (Act.ISSUE, Stage.SEARCHING, "joel", {}, {}),
    (Act.APPROVE, Stage.RESPONSE, "dana", {}, {}),
)


def cases() -> list[Callable[[], dict[str, Any]]]:
    """Give every act at each of its stages, then the further ones, still to be done."""
    return [partial(_told, *one) for one in (*_by_the_table(), *FURTHER)]


def _by_the_table() -> Iterator[Case]:
    for row in TRANSITIONS:
        if row.act not in DECIDE:
            continue
        for stage in row.at:
            request = replace(request_in(stage), **BEFOREHAND.get(row.act, {}))
            yield row.act, stage, _who(row, request), {}, {}


def _who(row: Transition, request: InformationRequest) -> str:
    """Find the first of the roster who may."""
    able = [
        one.handle
        for one in reversed(ROSTER.officers)
        if any(stands(one, relation, request) for relation in row.by)
    ]
    barred = (request.drafter, request.decided_by)
    return next((one for one in able if one not in barred), able[0])


def _told(
    act: Act, stage: Stage, who: str, changes: dict[str, Any], words: dict[str, Any]
) -> dict[str, Any]:
    given = dict(BEFOREHAND.get(act, {})) | changes
    request = replace(request_in(stage), **given)
    asked = f"{act} in {stage} by {who}"
    said = dict(PARTICULARS.get(act, {})) | words
    try:
        decision = DECIDE[act](request, occasion(who, ON), **said)
    except Refusal as refusal:
        return {"asked": asked, "refused": str(refusal)}
    return {"asked": asked} | _came_to(request, decision)


def _came_to(before: InformationRequest, decision: Decision) -> dict[str, Any]:
    after = decision.request
    changed = {
        one.name: repr(getattr(after, one.name))
        for one in fields(after)
        if getattr(after, one.name) != getattr(before, one.name)
        and one.name != "acted_on"  # the day of every act: see test_still_working_on_it
    }
    return {
        "said": sentence(decision.event, name_of=ROSTER.name_of),
        "particulars": dict(decision.event.particulars),
        "by": decision.event.by,
        "on": decision.event.on.isoformat(),
        "told": [list(one) for one in decision.told],
        "changed": changed,
    }


if __name__ == "__main__":
    TABLE.write_text(
        json.dumps([do() for do in cases()], ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
