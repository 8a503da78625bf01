"""The example configuration as casework sees it, days that carry their weekday, and requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from workflow.bank_holidays import load
from workflow.casework.complaint import Appeal, Complaint
from workflow.casework.decide import DECIDE
from workflow.casework.ladder import UK
from workflow.casework.occasion import Decision, Occasion
from workflow.casework.referral import Referral
from workflow.casework.request import Escalation, Exemption, InformationRequest, Search, Treatment
from workflow.casework.roles import Officer
from workflow.casework.stages import Act, Stage
from workflow.ladder_file import read_ladder
from workflow.law import clock
from workflow.law.cost_limit import Activity
from workflow.law.reviews import ReviewRequested
from workflow.practice import read_roster

CONFIG = Path(__file__).parents[2] / "config"
ROSTER = read_roster(CONFIG)
LADDER = read_ladder(CONFIG)
DAYS = load(CONFIG).uk


def day(written: str) -> date:
    """Read "Tue 2020-07-14", and refuse a weekday that is not that date's."""
    weekday, iso = written.split()
    read = date.fromisoformat(iso)
    assert f"{read:%a}" == weekday, f"{iso} is a {read:%a}"
    return read


def moment(written: str) -> datetime:
    """Read "Tue 2020-07-14 09:00", the time that clocks in London show."""
    weekday, iso, clock_time = written.split()
    local = datetime.combine(day(f"{weekday} {iso}"), datetime.min.time(), UK)
    hour, minute, *seconds = (int(part) for part in clock_time.split(":"))
    shown = local.replace(hour=hour, minute=minute, second=seconds[0] if seconds else 0)
    return shown.astimezone(UTC)


def shown(at: datetime) -> str:
    """Write a moment as `moment` reads it."""
    return f"{at.astimezone(UK):%a %Y-%m-%d %H:%M}"


def occasion(handle: str | Officer, on: str | date) -> Occasion:
    """Make an occasion: somebody of the example roster acts on a day."""
    officer = ROSTER.officer(handle) if isinstance(handle, str) else handle
    return Occasion(officer, day(on) if isinstance(on, str) else on, ROSTER, DAYS)


def request_in(stage: Stage, **changes: Any) -> InformationRequest:
    """Make a request in a stage, received on Tuesday 14 July 2020 and due on 12 August.

    From `searching` on Amira of the control room holds it; what the stages before must have left
    behind is there: searches, a decision by Dana, an issued answer.
    """
    received = changes.pop("received_on", date(2020, 7, 14))
    made = InformationRequest(
        reference="002335/20",
        subject="Computer aided dispatch",
        description="Eleven questions about the system of the control room.",
        received_on=received,
        stage=stage,
        since=received,
        clock=(clock.Received(received),),
        team="control-room",
        allocated_on=received,
    )
    order = [Stage.RECEIVED, Stage.SEARCHING, Stage.CONSIDERATION, Stage.RESPONSE, Stage.CLOSED]
    gone = order.index(stage) if stage in order else len(order)
    if gone >= order.index(Stage.SEARCHING):
        made = replace(made, holder="amira")
    if gone >= order.index(Stage.CONSIDERATION):
        search = Search("amira", received, "the CAD contract file", 1.5, found=True)
        made = replace(made, searches=(search,), held="held")
    if gone >= order.index(Stage.RESPONSE):
        made = replace(made, outcome="disclose", decided_by="dana", drafter="dana")
    if gone >= order.index(Stage.CLOSED):
        answered = (*made.clock, clock.Responded(date(2020, 7, 30)))
        made = replace(
            made,
            approved_by="grace",
            closed_as="disclose",
            left=Stage.RESPONSE,
            clock=answered,
            since=date(2020, 7, 30),
        )
    if stage is Stage.REVIEW:
        asked = date(2020, 8, 10)
        made = replace(made, review_clock=(ReviewRequested(asked),), since=asked)
    return replace(made, **changes)


# Words that each act understands, so that only stage and person can stand in its way.
PARTICULARS: Mapping[Act, Mapping[str, Any]] = {
    Act.CORRECT_RECEIPT: {"received": date(2020, 7, 13), "reason": "it lay in another mailbox"},
    Act.ESTIMATE: {"activity": Activity.LOCATING, "hours": 4.0},
    Act.GROUP: {"party": "A campaign", "matter": "dispatch"},
    Act.ALLOCATE: {"team": "digital"},
    Act.REASSIGN: {"colleague": "joel"},
    Act.SEEK_CLARIFICATION: {"question": "Which years?"},
    Act.RECORD_CLARIFICATION: {"answer": "2018 to 2020."},
    Act.GIVE_FEES_NOTICE: {"amount": Decimal("12.50")},
    Act.LOG_SEARCH: {"hours": 1.5, "where": "shared drive", "found": "found"},
    Act.RETURN_SEARCHES: {"held": "part-held", "note": "two of eleven are not held"},
    Act.ENGAGE_EXEMPTION: {"section": "s.31(1)(a)", "why": "it would help those who call falsely"},
    Act.RECORD_HARM: {"section": "s.31(1)(a)", "likelihood": "would", "harm": "false calls"},
    Act.RECORD_OPINION: {
        "section": "s.36(2)(c)",
        "given": date(2020, 7, 17),
        "who": "Helen Marsh",
        "office_held": "chief constable",
        "opinion": "Disclosure would distract the control room.",
    },
    Act.ANSWER: {"numbers": (1,), "treatment": Treatment.DISCLOSED, "words": "Since 2012."},
    Act.RECORD_PUBLIC_INTEREST_TEST: {
        "section": "s.31(1)(a)",
        "for_disclosure": "The choice of systems is seen.",
        "for_withholding": "False calls cost lives.",
        "balance": "Lives weigh more than a list of makers.",
    },
    Act.EXTEND: {"further": 20, "section": "s.31(1)(a)", "reason": "the balance is being weighed"},
    Act.REFER: {"body": "NPCC"},
    Act.RECORD_REPLY: {"body": "NPCC", "reply": "neither confirm nor deny"},
    Act.SEND_BACK: {"reason": "question 4 is not answered"},
    Act.DECIDE: {"outcome": "disclose", "reason": "All of it."},
    Act.DRAFT_LETTER: {"letter": "Dear applicant, here it is."},
    Act.ISSUE: {"why_late": "two officers were ill"},
    Act.TRANSFER: {"body": "the British Transport Police"},
    Act.LAPSE: {"reason": "nothing came"},
    Act.HAND_OVER: {"colleague": "ruth"},
    Act.RESTRICT: {"names": ("amira", "ruth"), "reason": "it concerns a colleague"},
    Act.UNRESTRICT: {"reason": "it is public now"},
    Act.UPDATE: {"note": "rang the supplier"},
    Act.SNOOZE: {"until": date(2020, 8, 18), "reason": "the supplier answers then"},
    Act.ESCALATE: {"reason": "the supplier does not answer"},
    Act.ACKNOWLEDGE_ESCALATION: {"plan": "Joel takes it tomorrow"},
    Act.REQUEST_REVIEW: {"reason": "question 4"},
    Act.EXTEND_REVIEW: {"further": 10, "reason": "three teams"},
    Act.RECORD_FINDING: {
        "section": "s.31(1)(a)",
        "finding": "not-upheld",
        "reasons": "no crime is helped",
    },
    Act.DECIDE_REVIEW: {"outcome": "upheld", "reason": "The search was complete."},
    Act.RECORD_COMPLAINT: {"ico_reference": "IC-12345-A1B2"},
    Act.RECORD_ICO_QUESTIONS: {"asked": "why s.31 applies"},
    Act.RECORD_ICO_DECISION: {"decision": "not upheld"},
    Act.RECORD_APPEAL: {"appellant": "applicant"},
    Act.RECORD_TRIBUNAL: {"decision": "dismissed"},
    Act.REOPEN: {"reason": "question 4 was overlooked"},
}

_COMPLAINT = Complaint("IC-12345-A1B2", date(2020, 7, 31))
_DECIDED = replace(_COMPLAINT, decided_on=date(2020, 8, 5), decision="upheld")

# What must be so before an act makes sense, beside its stage.
BEFOREHAND: Mapping[Act, Mapping[str, Any]] = {
    Act.CLAIM: {"holder": None},
    Act.RECORD_CLARIFICATION: {
        "clock": (
            clock.Received(date(2020, 7, 14)),
            clock.ClarificationSought(date(2020, 7, 15)),
        )
    },
    Act.RECORD_FEE: {
        "clock": (clock.Received(date(2020, 7, 14)), clock.FeesNoticeGiven(date(2020, 7, 15)))
    },
    Act.LAPSE: {
        "received_on": date(2020, 3, 2),
        "clock": (
            clock.Received(date(2020, 3, 2)),
            clock.ClarificationSought(date(2020, 3, 3)),
        ),
    },
    Act.RETURN_SEARCHES: {
        "searches": (Search("amira", date(2020, 7, 20), "drive", 1.0, found=True),)
    },
    Act.SNOOZE: {"received_on": date(2020, 7, 29)},
    Act.RECORD_HARM: {"exemptions": (Exemption("s.31(1)(a)", "harm"),)},
    Act.RECORD_OPINION: {"exemptions": (Exemption("s.36(2)(c)", "it distracts"),)},
    Act.RECORD_PUBLIC_INTEREST_TEST: {"exemptions": (Exemption("s.31(1)(a)", "harm"),)},
    Act.RECORD_REPLY: {"referrals": (Referral("NPCC", date(2020, 7, 14), date(2020, 7, 21)),)},
    Act.RECORD_FINDING: {
        "reviewer": "ruth",
        "exemptions": (Exemption("s.31(1)(a)", "harm"),),
    },
    Act.RECORD_ICO_QUESTIONS: {"complaints": (_COMPLAINT,)},
    Act.ANSWER_ICO: {
        "complaints": (replace(_COMPLAINT, asked_on=date(2020, 8, 3), answer_by=date(2020, 9, 1)),)
    },
    Act.RECORD_ICO_DECISION: {"complaints": (_COMPLAINT,)},
    Act.RECORD_STEPS: {
        "complaints": (replace(_DECIDED, steps="disclose question 4", steps_by=date(2020, 9, 1)),)
    },
    Act.RECORD_APPEAL: {"complaints": (_DECIDED,)},
    Act.RECORD_TRIBUNAL: {
        "complaints": (replace(_DECIDED, appeal=Appeal("applicant", date(2020, 8, 7))),)
    },
    Act.HAND_OVER: {"holder": "amira", "reviewer": "ruth"},
    Act.UNRESTRICT: {
        "restricted_to": (
            *("amira", "dana", "tom", "ruth"),
            *("desk", "team", "holder", "manager", "approver", "reviewer", "anyone"),
        )
    },
    Act.ISSUE: {"approved_by": "grace"},
    Act.ACKNOWLEDGE_ESCALATION: {
        "escalation": Escalation(date(2020, 7, 29), "overdue", by=None),
    },
}


def ready_for(act: Act, stage: Stage, **changes: Any) -> InformationRequest:
    """Make a request in a stage on which nothing but stage and person can forbid an act."""
    return request_in(stage, **(dict(BEFOREHAND.get(act, {})) | changes))


def do(
    act: Act, request: InformationRequest, handle: str | Officer, on: str | date, **words: Any
) -> Decision:
    """Do an act, with words that it understands unless others are given."""
    said = dict(PARTICULARS.get(act, {})) | words
    return DECIDE[act](request, occasion(handle, on), **said)
