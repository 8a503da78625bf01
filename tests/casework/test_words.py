"""What is drawn, offered and said from the tables, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.casework.examples import DAYS, LADDER, ROSTER, do, moment, occasion, request_in
from workflow.casework import reminders, sense, stages
from workflow.casework.complaint import Appeal, Complaint
from workflow.casework.counting import checked, counted
from workflow.casework.decide import apart
from workflow.casework.decide.escalation import escalate_by_clock
from workflow.casework.errors import ChangedMeanwhile, Lacking, Refusal, UnknownRequest, shown
from workflow.casework.events import Event, sentence
from workflow.casework.ladder import Anchor, Audience, Rule
from workflow.casework.referral import Referral
from workflow.casework.reminders import Occurrence
from workflow.casework.request import Escalation, Exemption, InformationRequest, Search
from workflow.casework.request import counted_for_aggregation as aggregated
from workflow.casework.stages import Act, Stage
from workflow.law import clock
from workflow.law.clock import ClockState
from workflow.law.cost_limit import Activity, CountedRequest, SearchTime
from workflow.law.regime import Regime

R, S, C, A, X, V = Stage

DIAGRAM = """\
stateDiagram-v2
    [*] --> received: log
    received --> searching: claim
    received --> closed: transfer, withdraw, lapse
    searching --> received: release
    searching --> consideration: return searches
    searching --> closed: transfer, withdraw, lapse
    consideration --> searching: send back
    consideration --> response: decide
    consideration --> closed: transfer, withdraw, lapse
    response --> consideration: send back
    response --> closed: issue, transfer, withdraw, lapse
    closed --> review: request review
    review --> closed: decide review
    closed --> received: reopen (to the stage it left)"""


def test_the_diagram_draws_each_act_that_leads_elsewhere() -> None:
    assert stages.mermaid() == DIAGRAM


def test_the_table_is_printed_whole() -> None:
    head, rule, *rows = stages.markdown().splitlines()

    assert (head, rule) == ("| at | act | by | to | guard, effect |", "|---|---|---|---|---|")
    assert len(rows) == len(stages.TRANSITIONS)
    assert rows[0] == (
        "| – | log | the FOI desk | received | clock starts on the date of receipt, s.10(1) |"
    )
    assert rows[1].split(" | ")[3] == "same"
    assert rows[-1].split(" | ")[3] == "the stage it left"


@pytest.mark.parametrize(
    ("act", "stage", "leads"),
    [
        (Act.CLAIM, R, "searching"),
        (Act.UPDATE, S, "searching"),
        (Act.REOPEN, X, "the stage it left"),
    ],
)
def test_a_row_says_where_it_leads(act: Act, stage: Stage, leads: str) -> None:
    row = stages.row(act, stage)
    assert row is not None

    assert stages.leads_to(row, stage) == leads


def senseless(request: InformationRequest, state: ClockState) -> set[Act]:
    return set(sense.senseless(request, state))


NEVER_WHILE_RUNNING = {Act.RECORD_CLARIFICATION, Act.RECORD_FEE, Act.LAPSE}
NEW = {
    Act.UNDO,  # offered with the answer to an act, never by a card
    Act.CLAIM,
    Act.RETURN_SEARCHES,
    Act.RECORD_HARM,
    Act.RECORD_OPINION,
    Act.RECORD_PUBLIC_INTEREST_TEST,
    Act.ISSUE,
    Act.ACKNOWLEDGE_ESCALATION,
    Act.DECIDE_REVIEW,
    Act.REQUEST_REVIEW,
    Act.RECORD_REPLY,
    Act.RECORD_FINDING,
    Act.HAND_OVER,
    Act.UNRESTRICT,
}
NO_COMPLAINT = {
    Act.RECORD_ICO_QUESTIONS,
    Act.ANSWER_ICO,
    Act.RECORD_ICO_DECISION,
    Act.RECORD_STEPS,
    Act.RECORD_APPEAL,
    Act.RECORD_TRIBUNAL,
}
WHILE_RUNNING = {Act.SEEK_CLARIFICATION, Act.GIVE_FEES_NOTICE, Act.EXTEND}


def test_what_could_only_be_refused_is_not_offered() -> None:
    new = request_in(R, team=None)
    full = replace(
        request_in(A),
        acknowledged_on=date(2020, 7, 14),
        exemptions=(Exemption("s.31(1)(a)", "x"),),
        approved_by="grace",
        escalation=Escalation(date(2020, 7, 20), "overdue", None),
        reviewer="ruth",
        referrals=(Referral("NPCC", date(2020, 7, 14), date(2020, 7, 21)),),
    )

    assert senseless(new, ClockState.RUNNING) == NEW | NO_COMPLAINT | NEVER_WHILE_RUNNING
    assert senseless(full, ClockState.RUNNING) == NEVER_WHILE_RUNNING | NO_COMPLAINT | {
        Act.UNDO,
        Act.ACKNOWLEDGE,
        Act.RECORD_OPINION,
        Act.APPROVE,
        Act.CLAIM_REVIEW,
        Act.UNRESTRICT,
    }


_COMPLAINT = Complaint("IC-12345-A1B2", date(2020, 7, 31))
_ASKED = replace(_COMPLAINT, asked_on=date(2020, 8, 3), answer_by=date(2020, 9, 1))
_DECIDED = replace(_COMPLAINT, decided_on=date(2020, 8, 5))


@pytest.mark.parametrize(
    ("complaint", "offered"),
    [
        (_COMPLAINT, {Act.RECORD_ICO_QUESTIONS, Act.RECORD_ICO_DECISION}),
        (_ASKED, {Act.RECORD_ICO_QUESTIONS, Act.ANSWER_ICO, Act.RECORD_ICO_DECISION}),
        (_DECIDED, {Act.RECORD_APPEAL}),
        (replace(_DECIDED, steps_by=date(2020, 9, 1)), {Act.RECORD_STEPS, Act.RECORD_APPEAL}),
        (replace(_DECIDED, appeal=Appeal("applicant", date(2020, 8, 6))), {Act.RECORD_TRIBUNAL}),
    ],
)
def test_a_complaint_offers_its_next_steps(complaint: Complaint, offered: set[Act]) -> None:
    request = request_in(X, complaints=(complaint,))

    assert NO_COMPLAINT - senseless(request, ClockState.STOPPED) == offered


@pytest.mark.parametrize(
    ("state", "awaited"),
    [
        (ClockState.AWAITING_CLARIFICATION, (Act.RECORD_CLARIFICATION, Act.LAPSE)),
        (ClockState.SUSPENDED, (Act.RECORD_FEE, Act.LAPSE)),
        (ClockState.RUNNING, ()),
        (ClockState.STOPPED, ()),
    ],
)
def test_a_clock_that_waits_offers_what_it_waits_for(
    state: ClockState, awaited: tuple[Act, ...]
) -> None:
    request = request_in(R, team=None)

    assert sense.awaited(state) == awaited
    expected = NEW | NO_COMPLAINT | NEVER_WHILE_RUNNING - set(awaited)
    if state is not ClockState.RUNNING:
        expected |= WHILE_RUNNING
    assert senseless(request, state) == expected


def test_an_escalation_by_the_clock_has_no_officer() -> None:
    request = request_in(S)

    overdue = next(one for one in LADDER.rules if one.name == "overdue")
    occurrence = Occurrence(moment("Thu 2020-08-13 09:00"), overdue, "overdue 1|2020-08-12")

    made = escalate_by_clock(
        request,
        occurrence,
        ladder=replace(LADDER, chains=()),
        roster=ROSTER,
        at=moment("Thu 2020-08-13 09:02"),
    )

    assert made.told == ()
    assert made.event == Event(
        Act.ESCALATE, None, date(2020, 8, 13), {"manager": "Marcus Reid", "reason": "overdue"}
    )
    assert made.request == replace(
        request, escalation=Escalation(on=date(2020, 8, 13), cause="overdue", by=None)
    )
    assert sentence(made.event, name_of=ROSTER.name_of) == (
        "FOI Desk escalated it to Marcus Reid: overdue."
    )


def test_a_part_is_split_off_whole_and_the_rest_stays_whole() -> None:
    request = request_in(
        S,
        questions=("One?", "Two?", "Three?"),
        searches=(Search("amira", date(2020, 7, 15), "a drive", 1.0, found=True),),
        exemptions=(Exemption("s.31(1)(a)", "x"),),
        escalation=Escalation(date(2020, 7, 20), "overdue", None),
        version=4,
    )
    by_dana = occasion("dana", "Mon 2020-07-20")

    rest, part = apart.split(request, by_dana, part="002335/20-2", numbers=(3, 1, 3))

    assert rest.request == replace(request, questions=("Two?",), acted_on=date(2020, 7, 20))
    assert rest.event.particulars == {"questions": "1, 3", "part": "002335/20-2"}
    assert part.request == replace(
        request,
        reference="002335/20-2",
        questions=("One?", "Three?"),
        split_from="002335/20",
        searches=(),
        exemptions=(),
        escalation=None,
        acted_on=date(2020, 7, 20),
        version=0,
    )
    assert part.event == Event(
        Act.LOG, "dana", date(2020, 7, 20), {"received": "Tuesday 14 July 2020"}
    )
    clarified = apart.clarify_part(part.request, by_dana, question="Which?")
    assert clarified.event.particulars == {"question": "Which?"}


@pytest.mark.parametrize("numbers", [(), (1, 2, 3), (4,), (0, 1)])
def test_some_questions_go_and_some_stay(numbers: tuple[int, ...]) -> None:
    request = request_in(S, questions=("One?", "Two?", "Three?"))

    with pytest.raises(Lacking) as refused:
        apart.split(request, occasion("dana", "Mon 2020-07-20"), part="p", numbers=numbers)

    assert str(refused.value) == (
        "002335/20 has 3 numbered questions; some must go and some stay. "
        "Name those to split off by number: 3,4."
    )


def test_aggregation_counts_what_was_searched_by_activity() -> None:
    searches = (
        Search("amira", date(2020, 7, 15), "x", 1.5, found=True, activity=Activity.EXTRACTING),
    )
    request = request_in(S, party="campaign", matter="radio", searches=searches)

    assert aggregated(request) == CountedRequest(
        "002335/20",
        date(2020, 7, 14),
        "campaign",
        "radio",
        (SearchTime(Activity.EXTRACTING, 90),),
    )


def test_an_extension_that_the_law_would_not_see_is_refused_with_its_reason() -> None:
    request = request_in(C, regime=Regime.EIR)
    late = clock.Extended(date(2020, 8, 10), "staff are away", further_working_days=20)

    with pytest.raises(Lacking) as refused:
        counted(request, occasion("dana", "Mon 2020-08-10"), late)

    assert str(refused.value).endswith("So it was not recorded.")
    assert "has no effect" in str(refused.value)


def test_what_cannot_be_true_is_refused_in_the_laws_own_words() -> None:
    request = request_in(S)
    fee = (*request.clock, clock.FeeReceived(date(2020, 7, 20)))

    with pytest.raises(Lacking, match="fee"):
        checked(fee, request, occasion("dana", "Mon 2020-07-20"))
    assert checked(request.clock, request, occasion("dana", "Mon 2020-07-20")) == request.clock


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (
            UnknownRequest(reference="0042"),
            "There is no request “0042”. List the open ones with: list.",
        ),
        (
            UnknownRequest(reference="42", near=("A-42", "B-42")),
            "There is no request “42”. Did you mean A-42 or B-42?",
        ),
        (
            ChangedMeanwhile(reference="A"),
            "A was changed by somebody else just now. Look again and retry.",
        ),
        (Lacking(what="It is so.", cure=""), "It is so."),
    ],
)
def test_a_refusal_is_one_sentence_or_two(refusal: Refusal, words: str) -> None:
    assert (str(refusal), refusal.worded(str)) == (words, words)


def test_long_words_are_quoted_short_and_say_how_long_they_were() -> None:
    assert shown(" a  b\n") == "“a b”"
    assert shown("x" * 60) == f"“{'x' * 60}”"
    assert shown("x" * 61) == f"“{'x' * 60}…” (61 characters)"
    assert shown("abc", 2) == "“ab…” (3 characters)"


def test_a_question_keeps_its_mark_and_a_sentence_ends_once() -> None:
    asked = do(Act.SEEK_CLARIFICATION, request_in(S), "dana", "Mon 2020-07-20", question="Which?!")
    ended = do(Act.UPDATE, request_in(S), "dana", "Mon 2020-07-20", note="done...")

    assert sentence(asked.event, name_of=ROSTER.name_of).endswith("Which?!")
    assert sentence(ended.event, name_of=ROSTER.name_of) == "Dana Whitfield noted: done."


DUE = "Wednesday 12 August 2020"
WORDS = "{reference}|{subject}|{holder}|{team}|{stage}|{due}|{left}|{late}"


@pytest.mark.parametrize(
    ("on", "stage", "changes", "words"),
    [
        (
            "Tue 2020-08-11 09:00",
            S,
            {},
            f"Amira Hassan|Control Room|searching|{DUE}|1 working day|-1 working days",
        ),
        (
            "Fri 2020-08-14 09:00",
            R,
            {"holder": None, "team": None},
            f"nobody|no team|received|{DUE}|-2 working days|2 working days",
        ),
    ],
)
def test_a_reminder_fills_in_every_word(
    on: str, stage: Stage, changes: dict[str, None], words: str
) -> None:
    now = moment(on)
    rule = Rule("r", Anchor.RECEIVED, 0, (stage,), (Audience.DESK,), WORDS, again=30)
    ladder = replace(LADDER, rules=(rule,))

    [said] = reminders.due(
        request_in(stage, **changes),
        ladder,
        roster=ROSTER,
        days=DAYS,
        after=now - timedelta(hours=12),
        now=now,
    )

    assert said.words == f"002335/20|Computer aided dispatch|{words}"
