# ruff: noqa: E501  # the table is read across, one row a line
"""What may happen next: the stages of a request, the acts, who may do them. The one table.

Nothing else decides which act is open. The sentence for a refused act, the buttons on a card, the
help, `foi stages` and the diagram in the README are all made from TRANSITIONS.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Stage(StrEnum):
    """Where the work stands. What the statute counts is another question: see `law.clock`."""

    RECEIVED = "received"
    SEARCHING = "searching"
    CONSIDERATION = "consideration"
    RESPONSE = "response"
    CLOSED = "closed"
    REVIEW = "review"


class Act(StrEnum):
    """What a person may do to a request. The value is how the act is said: "you can: claim"."""

    LOG = "log"
    ACKNOWLEDGE = "acknowledge"
    CORRECT_RECEIPT = "correct the date of receipt"
    ALLOCATE = "allocate"
    CLAIM = "claim"
    RELEASE = "release"
    REASSIGN = "reassign"
    SEEK_CLARIFICATION = "seek clarification"
    RECORD_CLARIFICATION = "record clarification"
    GIVE_FEES_NOTICE = "give fees notice"
    RECORD_FEE = "record fee"
    ESTIMATE = "estimate searches"
    LOG_SEARCH = "log search"
    RETURN_SEARCHES = "return searches"
    ENGAGE_EXEMPTION = "engage exemption"
    RECORD_HARM = "record harm"
    RECORD_OPINION = "record the qualified person's opinion"
    ANSWER = "answer"
    RECORD_PUBLIC_INTEREST_TEST = "record public interest test"
    EXTEND = "extend"
    REFER = "refer"
    RECORD_REPLY = "record a reply"
    SEND_BACK = "send back"
    DECIDE = "decide"
    DRAFT_LETTER = "draft letter"
    APPROVE = "approve"
    ISSUE = "issue"
    TRANSFER = "transfer"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    SPLIT = "split"
    GROUP = "group"
    HAND_OVER = "hand over"
    RESTRICT = "restrict"
    UNRESTRICT = "lift the restriction"
    UPDATE = "update"
    CONFIRM = "confirm"
    SNOOZE = "snooze"
    ESCALATE = "escalate"
    ACKNOWLEDGE_ESCALATION = "acknowledge escalation"
    REQUEST_REVIEW = "request review"
    CLAIM_REVIEW = "claim review"
    EXTEND_REVIEW = "extend review"
    RECORD_FINDING = "record a finding"
    DECIDE_REVIEW = "decide review"
    RECORD_COMPLAINT = "record complaint to the ICO"
    RECORD_ICO_QUESTIONS = "record the ICO's questions"
    ANSWER_ICO = "answer the ICO"
    RECORD_ICO_DECISION = "record the ICO's decision"
    RECORD_STEPS = "record the steps taken"
    RECORD_APPEAL = "record an appeal"
    RECORD_TRIBUNAL = "record the tribunal's decision"
    REOPEN = "reopen"
    RECKON_ANEW = "reckon anew"
    UNDO = "undo"


class Relation(StrEnum):
    """How an officer stands to a request. The value completes "only … can do that"."""

    DESK = "the FOI desk"
    TEAM = "an officer of the allocated team"
    HOLDER = "the officer who holds it"
    MANAGER = "a manager"
    APPROVER = "an approver"
    REVIEWER = "a reviewer"
    ANYONE = "anyone here"
    CLOCK = "the clock"
    DOER = "whoever did the act before"


class Transition(NamedTuple):
    """One row: at these stages, this act, by these people, leads there (None: the same stage)."""

    act: Act
    at: tuple[Stage, ...]
    by: tuple[Relation, ...]
    to: Stage | None
    effect: str = ""


_R, _S, _C = Stage.RECEIVED, Stage.SEARCHING, Stage.CONSIDERATION
_A, _X, _V = Stage.RESPONSE, Stage.CLOSED, Stage.REVIEW
WORKING = (_R, _S, _C)
OPEN = (_R, _S, _C, _A)
ANSWERING = (*OPEN, _V)
ALWAYS = (*ANSWERING, _X)

_DESK, _TEAM, _HOLDER = Relation.DESK, Relation.TEAM, Relation.HOLDER
_MANAGER, _APPROVER, _REVIEWER = Relation.MANAGER, Relation.APPROVER, Relation.REVIEWER

# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    # act                             at         by                           to    guard, effect
    Transition(Act.LOG,               (),        (_DESK,),                    _R,   "clock starts on the date of receipt, s.10(1)"),
    Transition(Act.ACKNOWLEDGE,       (_R,),     (_DESK,),                    None, "not statutory; good practice"),
    Transition(Act.CORRECT_RECEIPT,   OPEN,      (_DESK,),                    None, "every date is reckoned anew, s.10(1)"),
    Transition(Act.ALLOCATE,          (_R,),     (_DESK,),                    None, "to the team that holds the information"),
    Transition(Act.CLAIM,             (_R,),     (_TEAM, _DESK),              _S,   "one winner; the loser is told who holds it"),
    Transition(Act.SEEK_CLARIFICATION, WORKING,  (_DESK, _HOLDER),            None, "clock: awaiting clarification, s.1(3)"),
    Transition(Act.RECORD_CLARIFICATION, WORKING, (_DESK, _HOLDER),           None, "clock: starts again, s.10(6)"),
    Transition(Act.GIVE_FEES_NOTICE,  WORKING,   (_DESK,),                    None, "clock: suspended, s.10(2)"),
    Transition(Act.RECORD_FEE,        WORKING,   (_DESK,),                    None, "clock: resumes, s.10(2)"),
    Transition(Act.ESTIMATE,          (_S,),     (_HOLDER, _DESK),            None, "before searching: toward the s.12 limit"),
    Transition(Act.LOG_SEARCH,        (_S,),     (_HOLDER,),                  None, "counts toward the s.12 limit"),
    Transition(Act.RELEASE,           (_S,),     (_HOLDER, _DESK, _MANAGER),  _R,   "nobody holds it; the team is told"),
    Transition(Act.REASSIGN,          (_S,),     (_HOLDER, _DESK, _MANAGER),  None, "to another officer of the team"),
    Transition(Act.RETURN_SEARCHES,   (_S,),     (_HOLDER,),                  _C,   "held, part held or not held"),
    Transition(Act.ENGAGE_EXEMPTION,  (_C,),     (_DESK,),                    None, "names the section, s.17(1)(b)"),
    Transition(Act.RECORD_HARM,       (_C,),     (_DESK,),                    None, "would, or would be likely to; apart from the test"),
    Transition(Act.RECORD_OPINION,    (_C,),     (_DESK,),                    None, "before the decision, s.36(2)"),
    Transition(Act.RECORD_PUBLIC_INTEREST_TEST, (_C,), (_DESK,),              None, "for a qualified exemption, s.2(2)(b)"),
    Transition(Act.ANSWER,            (_C,),     (_DESK,),                    None, "question by question, s.1(1)"),
    Transition(Act.EXTEND,            (_C,),     (_DESK,),                    None, "names a qualified exemption; moves the end, s.10(3)"),
    Transition(Act.SEND_BACK,         (_C,),     (_DESK,),                    _S,   "with a reason"),
    Transition(Act.DECIDE,            (_C,),     (_DESK,),                    _A,   "disclose, part, refuse, not held, s.12, s.14"),
    Transition(Act.DRAFT_LETTER,      (_A,),     (_DESK,),                    None, "a change after approval voids it"),
    Transition(Act.APPROVE,           (_A,),     (_APPROVER,),                None, "never the drafter"),
    Transition(Act.SEND_BACK,         (_A,),     (_APPROVER, _DESK),          _C,   "with a reason"),
    Transition(Act.ISSUE,             (_A,),     (_DESK,),                    _X,   "needs approval and all that s.17 asks; stops the clock"),
    Transition(Act.SPLIT,             WORKING,   (_DESK,),                    None, "clarification of a part leaves the rest running"),
    Transition(Act.GROUP,             ANSWERING, (_DESK,),                    None, "whose campaign, on what: for aggregation, s.12(4)"),
    Transition(Act.TRANSFER,          OPEN,      (_DESK,),                    _X,   "to the authority that holds the information"),
    Transition(Act.WITHDRAW,          OPEN,      (_DESK,),                    _X,   "by the applicant"),
    Transition(Act.LAPSE,             OPEN,      (_DESK,),                    _X,   "no clarification or fee in time, s.1(3), s.9(2)"),
    Transition(Act.REFER,             WORKING,   (_DESK,),                    None, "third party or NPCC; never stops the clock"),
    Transition(Act.RECORD_REPLY,      OPEN,      (_DESK,),                    None, "what they said, and when"),
    Transition(Act.UPDATE,            ANSWERING, (_HOLDER, _TEAM, _DESK, _MANAGER, _APPROVER, _REVIEWER), None, "a note in the history"),
    Transition(Act.CONFIRM,           (_S,),     (_HOLDER,),                  None, "still working on it"),
    Transition(Act.SNOOZE,            ANSWERING, (_HOLDER, _TEAM, _DESK, _MANAGER, _APPROVER, _REVIEWER), None, "one's own reminders rest; never in the last two working days"),
    Transition(Act.ESCALATE,          ANSWERING, (Relation.ANYONE,),          None, "brings it to a manager's attention"),
    Transition(Act.ACKNOWLEDGE_ESCALATION, ANSWERING, (_MANAGER,),            None, "with a plan"),
    Transition(Act.REQUEST_REVIEW,    (_X,),     (_DESK,),                    _V,   "within the window, or with a reason; own clock"),
    Transition(Act.CLAIM_REVIEW,      (_V,),     (_REVIEWER,),                None, "never the decision-maker"),
    Transition(Act.EXTEND_REVIEW,     (_V,),     (_REVIEWER,),                None, "to 40 working days at most, with a reason"),
    Transition(Act.RECORD_FINDING,    (_V,),     (_REVIEWER,),                None, "on one exemption: upheld, not upheld, replaced"),
    Transition(Act.DECIDE_REVIEW,     (_V,),     (_REVIEWER,),                _X,   "upheld, varied or overturned"),
    Transition(Act.RECORD_COMPLAINT,  ALWAYS,    (_DESK,),                    None, "s.50; its own dates"),
    Transition(Act.RECORD_ICO_QUESTIONS, ALWAYS, (_DESK,),                    None, "by a day: 20 working days unless the letter says"),
    Transition(Act.ANSWER_ICO,        ALWAYS,    (_DESK,),                    None, "the questions are answered"),
    Transition(Act.RECORD_ICO_DECISION, ALWAYS,  (_DESK,),                    None, "s.50(3); with steps by a day, s.50(4)"),
    Transition(Act.RECORD_STEPS,      ALWAYS,    (_DESK,),                    None, "what the decision notice requires is done"),
    Transition(Act.RECORD_APPEAL,     ALWAYS,    (_DESK,),                    None, "to the tribunal, within 28 days, s.57"),
    Transition(Act.RECORD_TRIBUNAL,   ALWAYS,    (_DESK,),                    None, "s.58"),
    Transition(Act.RECKON_ANEW,       ANSWERING, (Relation.CLOCK,),           None, "when a bank holiday is proclaimed, s.10(6)"),
    Transition(Act.HAND_OVER,         ANSWERING, (_DESK, _MANAGER),           None, "to anybody who can take it, when its holder cannot"),
    Transition(Act.RESTRICT,          ALWAYS,    (_DESK,),                    None, "only the people named see it from now on"),
    Transition(Act.UNRESTRICT,        ALWAYS,    (_DESK,),                    None, "everybody sees it again"),
    Transition(Act.UNDO,              tuple(Stage), (Relation.DOER,),         None, "within ten minutes; back to how it stood before"),
    Transition(Act.REOPEN,            (_X,),     (_DESK, _MANAGER),           None, "to the stage it left, with a reason"),
)
# fmt: on

# Acts that lead back to where a request came from.
_BACK = {Act.REOPEN: "the stage it left", Act.UNDO: "the stage before"}


@cache
def rows(stage: Stage) -> tuple[Transition, ...]:
    """Give the rows of the table that are open at a stage: first what is done there and nowhere else.

    Among equals it is the table's order.
    """
    return tuple(sorted((row for row in TRANSITIONS if stage in row.at), key=_breadth))


def _breadth(row: Transition) -> int:
    return len(row.at)


@cache
def row(act: Act, stage: Stage) -> Transition | None:
    """Give the row for an act at a stage, or None when the act is not open there."""
    return next((row for row in rows(stage) if row.act is act), None)


def of_stage(acts: tuple[Act, ...], stage: Stage) -> Act:
    """Give the first of some acts that is open at a stage; the first of all where none is."""
    return next((act for act in acts if row(act, stage) is not None), acts[0])


def stages_of(act: Act) -> tuple[Stage, ...]:
    """Give the stages at which an act is open, in the order of the stages."""
    open_at = {stage for row in TRANSITIONS if row.act is act for stage in row.at}
    return tuple(stage for stage in Stage if stage in open_at)


def leads_to(row: Transition, stage: Stage) -> str:
    """Say where a row leads from a stage: a stage's name, or what it left for a reopening."""
    return _BACK.get(row.act) or (row.to or stage).value


def mermaid() -> str:
    """Draw the table as a Mermaid state diagram: only the acts that change the stage."""
    lines = ["stateDiagram-v2", f"    [*] --> {_R}: {Act.LOG}"]
    for source in Stage:
        moves: dict[Stage, list[str]] = {}
        for row in rows(source):
            if row.to is not None and row.to is not source:
                moves.setdefault(row.to, []).append(row.act.value)
        lines += [f"    {source} --> {target}: {', '.join(acts)}" for target, acts in moves.items()]
    lines.append(f"    {_X} --> {_R}: {Act.REOPEN} (to the stage it left)")
    return "\n".join(lines)


def markdown() -> str:
    """Print the whole table in Markdown, as the README and `foi stages` show it."""
    head = ["| at | act | by | to | guard, effect |", "|---|---|---|---|---|"]
    body = [
        f"| {', '.join(row.at) or '–'} | {row.act} | {', '.join(row.by)} "
        f"| {_target(row)} | {row.effect} |"
        for row in TRANSITIONS
    ]
    return "\n".join(head + body)


def _target(row: Transition) -> str:
    return _BACK.get(row.act) or (row.to.value if row.to else "same")
