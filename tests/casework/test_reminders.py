# ruff: noqa: E501  # the table is read across, one row a line
"""The ladder of config/reminders.toml: what is said, to whom, on which working day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest

from tests.casework.examples import DAYS, LADDER, ROSTER, day, do, moment, request_in, shown
from workflow.casework import anchors, reminders
from workflow.casework.complaint import Appeal, Complaint
from workflow.casework.ladder import Rule
from workflow.casework.referral import Referral
from workflow.casework.reminders import Reminder
from workflow.casework.request import (
    Escalation,
    InformationRequest,
    Search,
    current_reading,
)
from workflow.casework.stages import Act, Stage
from workflow.law import clock

R, S, C, A, V, X = (
    Stage.RECEIVED,
    Stage.SEARCHING,
    Stage.CONSIDERATION,
    Stage.RESPONSE,
    Stage.REVIEW,
    Stage.CLOSED,
)
TEAM, HOLDER, DESK, MANAGER = "control-room", "amira", "", "marcus"
LONG_AGO = moment("Tue 2020-07-14 08:00")
SOUGHT = (clock.Received(day("Tue 2020-07-14")), clock.ClarificationSought(day("Wed 2020-07-15")))
UNPAID = (clock.Received(day("Tue 2020-07-14")), clock.FeesNoticeGiven(day("Wed 2020-07-15")))


ASKED = (Referral("NPCC", day("Tue 2020-07-14"), day("Tue 2020-07-21")),)
COMPLAINT = Complaint("IC-12345-A1B2", day("Fri 2020-07-31"))
ENQUIRY = replace(
    COMPLAINT, asked_on=day("Tue 2020-08-04"), answer_by=day("Tue 2020-09-01"), asked="Why s.31?"
)
DECIDED = replace(COMPLAINT, decided_on=day("Wed 2020-08-05"), decision="upheld")
NOTICE = replace(DECIDED, steps="disclose question 4", steps_by=day("Tue 2020-09-01"))

# At £25 an hour 18 hours are the limit of £450 (Fees Regs reg. 3, reg. 4(4)).
LONG = Search("amira", day("Mon 2020-07-20"), "every mailbox", 19.0, found=True)


class Expected(NamedTuple):
    """A rung of the ladder for the request of Tuesday 14 July 2020, due Wednesday 12 August."""

    rule: str
    stage: Stage
    on: str
    to: tuple[str, ...]
    changes: dict[str, Any] = {}  # noqa: RUF012  # read only


# fmt: off
# Monday 3 August is a bank holiday in Scotland and so no working day. The review of the example is
# asked for on Monday 10 August and due on Tuesday 8 September, over Monday 31 August in England.
EXPECTED = (
    Expected("unclaimed",                       R, "Wed 2020-07-15", (TEAM,)),
    Expected("unclaimed, manager",              R, "Thu 2020-07-16", (MANAGER,)),
    Expected("unallocated",                     R, "Thu 2020-07-16", (DESK,), {"team": None, "allocated_on": None}),
    Expected("still working on it?",            S, "Tue 2020-07-21", (HOLDER,)),
    Expected("still working on it?",            S, "Fri 2020-07-24", (HOLDER,), {"acted_on": day("Fri 2020-07-17")}),
    Expected("over the cost limit",             S, "Tue 2020-07-21", (HOLDER, DESK, MANAGER), {"searches": (LONG,)}),
    Expected("searches due soon",               S, "Fri 2020-07-24", (HOLDER,)),
    Expected("searches due soon",               R, "Fri 2020-07-24", (TEAM,)),
    Expected("searches not returned",           S, "Wed 2020-07-29", (HOLDER, MANAGER)),
    Expected("searches not returned",           R, "Wed 2020-07-29", (TEAM, MANAGER)),
    Expected("no decision",                     C, "Thu 2020-08-06", (DESK, MANAGER)),
    Expected("no decision",                     S, "Thu 2020-08-06", (DESK, MANAGER, HOLDER)),
    Expected("due in five working days",        S, "Wed 2020-08-05", (HOLDER, TEAM, DESK)),
    Expected("due in five working days",        R, "Wed 2020-08-05", (TEAM, DESK)),
    Expected("due in two working days",         S, "Mon 2020-08-10", (HOLDER, DESK, MANAGER)),
    Expected("due in two working days",         C, "Mon 2020-08-10", (DESK, MANAGER)),
    Expected("waits for sign-off",              A, "Mon 2020-08-10", ("grace", "ruth")),
    Expected("sign-off not given",              A, "Tue 2020-08-11", ("grace", "ruth", DESK, MANAGER)),
    Expected("due today",                       S, "Wed 2020-08-12", (HOLDER, DESK, MANAGER)),
    Expected("due today",                       A, "Wed 2020-08-12", (DESK, MANAGER)),
    Expected("overdue",                         S, "Thu 2020-08-13", (HOLDER, DESK, MANAGER)),
    Expected("overdue",                         S, "Fri 2020-08-14", (HOLDER, DESK, MANAGER)),
    Expected("overdue",                         S, "Mon 2020-08-17", (HOLDER, DESK, MANAGER)),
    Expected("overdue",                         S, "Tue 2020-08-18", (HOLDER, DESK, MANAGER)),
    Expected("overdue",                         S, "Wed 2020-08-19", (HOLDER, DESK, MANAGER)),
    Expected("no clarification",                S, "Thu 2020-08-13", (DESK, MANAGER, HOLDER), {"clock": SOUGHT}),
    Expected("may lapse",                       S, "Fri 2020-10-16", (DESK,), {"clock": SOUGHT}),
    Expected("may lapse",                       C, "Thu 2020-10-15", (DESK,), {"clock": UNPAID}),
    Expected("review unclaimed",                V, "Wed 2020-08-12", ("ruth", DESK)),
    Expected("review due in five working days", V, "Tue 2020-09-01", ("ruth",), {"reviewer": "ruth"}),
    Expected("review overdue",                  V, "Wed 2020-09-09", ("ruth", DESK, MANAGER), {"reviewer": "ruth"}),
    Expected("review overdue",                  V, "Tue 2020-09-15", ("ruth", DESK, MANAGER), {"reviewer": "ruth"}),
    # The NPCC was asked on Tuesday 14 July, its reply wanted by the 21st.
    Expected("reply wanted",                    C, "Tue 2020-07-21", (DESK,), {"referrals": ASKED}),
    Expected("no reply",                        C, "Thu 2020-07-23", (DESK,), {"referrals": ASKED}),
    # The ICO wants its answer, and later the steps, by Tuesday 1 September, after Monday 31 August.
    Expected("ICO's questions, five working days", X, "Mon 2020-08-24", (DESK,), {"complaints": (ENQUIRY,)}),
    Expected("ICO's questions, today",          X, "Tue 2020-09-01", (DESK, MANAGER), {"complaints": (ENQUIRY,)}),
    Expected("ICO's questions, overdue",        X, "Wed 2020-09-02", (DESK, MANAGER), {"complaints": (ENQUIRY,)}),
    Expected("steps, five working days",        X, "Mon 2020-08-24", (DESK, MANAGER), {"complaints": (NOTICE,)}),
    Expected("steps, today",                    X, "Tue 2020-09-01", (DESK, MANAGER), {"complaints": (NOTICE,)}),
    Expected("steps, overdue",                  X, "Tue 2020-09-08", (DESK, MANAGER), {"complaints": (NOTICE,)}),
    # Decided on Wednesday 5 August: 28 days later is Wednesday 2 September.
    Expected("last days to appeal",             X, "Tue 2020-08-25", (DESK,), {"complaints": (DECIDED,)}),
)
# fmt: on


def said(request: InformationRequest, *, after: datetime, now: datetime) -> tuple[Reminder, ...]:
    return reminders.due(request, LADDER, roster=ROSTER, days=DAYS, after=after, now=now)


def told(request: InformationRequest, rule: str, on: str) -> set[str]:
    """Say who hears of a rule between 08:59 and 10:00 of a day."""
    found = said(request, after=moment(f"{on} 08:59"), now=moment(f"{on} 10:00"))
    return {one.recipient for one in found if one.rule.name == rule}


def weekday_of(on: str, *, later: int) -> str:
    """Give the day so many working days later, or earlier, with its weekday."""
    start = day(on)
    moved = DAYS.nth_after(start, later) if later > 0 else DAYS.nth_before(start, -later)
    return f"{moved:%a} {moved.isoformat()}"


def rule(name: str) -> Rule:
    return next(one for one in LADDER.rules if one.name == name)


def test_every_rule_of_the_file_is_in_the_table() -> None:
    assert {one.rule for one in EXPECTED} == {one.name for one in LADDER.rules}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: f"{e.rule}, {e.stage}, {e.on}")
def test_a_rung_speaks_on_its_day_and_only_to_its_people(expected: Expected) -> None:
    request = request_in(expected.stage, **expected.changes)

    assert told(request, expected.rule, expected.on) == set(expected.to)


@pytest.mark.parametrize(
    "expected",
    [one for one in EXPECTED if not rule(one.rule).again],
    ids=lambda e: f"{e.rule}, {e.stage}",
)
def test_a_rung_that_is_not_repeated_is_silent_the_day_before_and_the_day_after(
    expected: Expected,
) -> None:
    request = request_in(expected.stage, **expected.changes)

    for later in (-1, 1):
        assert told(request, expected.rule, weekday_of(expected.on, later=later)) == set()


@pytest.mark.parametrize(
    ("name", "stage", "first", "last"),
    [
        ("overdue", S, "Thu 2020-08-13", "Wed 2020-08-19"),
        ("review overdue", V, "Wed 2020-09-09", "Tue 2020-09-15"),
        ("ICO's questions, overdue", X, "Wed 2020-09-02", "Tue 2020-09-08"),
    ],
)
def test_what_is_overdue_is_said_on_five_working_days(
    name: str, stage: Stage, first: str, last: str
) -> None:
    changes: dict[Stage, dict[str, Any]] = {X: {"complaints": (ENQUIRY,)}, V: {"reviewer": "ruth"}}
    request = request_in(stage, **changes.get(stage, {}))
    heard = [
        each
        for later in range(-2, 8)
        if (each := weekday_of(first, later=later) if later else first)
        and told(request, name, each)
    ]

    assert (len(heard), heard[0], heard[-1]) == (5, first, last)


def test_nothing_is_said_before_its_moment_nor_twice() -> None:
    request = request_in(S)
    nine = moment("Wed 2020-08-12 09:00")

    assert said(request, after=LONG_AGO, now=nine - timedelta(seconds=1)) == ()
    assert len(said(request, after=nine - timedelta(seconds=1), now=nine)) == 3
    assert said(request, after=nine, now=moment("Wed 2020-08-12 16:59")) == ()


@pytest.mark.parametrize(
    ("at", "speaks"),
    [
        ("Thu 2020-08-13 08:59:59", False),
        ("Thu 2020-08-13 09:00:00", True),
        ("Thu 2020-08-13 16:59:59", True),
        ("Thu 2020-08-13 17:00:00", False),
        ("Sat 2020-08-15 10:00", False),
        ("Sun 2020-08-16 10:00", False),
        ("Mon 2020-08-17 10:00", True),
        ("Mon 2020-08-31 10:00", False),  # summer bank holiday, not in Scotland
        ("Mon 2020-11-30 10:00", False),  # St Andrew's Day, Scotland
        ("Fri 2020-12-25 10:00", False),  # Christmas Day
        ("Mon 2020-12-28 10:00", False),  # Boxing Day, substitute
        ("Wed 2021-03-17 10:00", False),  # St Patrick's Day, Northern Ireland
        ("Fri 2021-04-02 10:00", False),  # Good Friday
        ("Mon 2021-04-05 10:00", False),  # Easter Monday, not in Scotland
        ("Mon 2021-07-12 10:00", False),  # Battle of the Boyne, Northern Ireland
        ("Tue 2021-07-13 10:00", True),
        ("Mon 2021-08-02 10:00", False),  # summer bank holiday, Scotland
    ],
)
def test_nobody_is_told_outside_working_hours(at: str, speaks: bool) -> None:
    assert bool(said(request_in(S), after=LONG_AGO, now=moment(at))) is speaks


@pytest.mark.parametrize(
    ("received", "overdue", "utc_hour"),
    [
        # Clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October 2026.
        ("Wed 2026-02-25", "Fri 2026-03-27", 9),
        ("Thu 2026-02-26", "Mon 2026-03-30", 8),
        ("Thu 2026-09-24", "Fri 2026-10-23", 8),
        ("Fri 2026-09-25", "Mon 2026-10-26", 9),
    ],
)
def test_the_hour_is_londons_in_summer_and_in_winter(
    received: str, overdue: str, utc_hour: int
) -> None:
    on = day(received)
    request = request_in(S, received_on=on)
    due = current_reading(request, days=DAYS, on=on).due
    assert due is not None

    first = next(
        one
        for one in reminders.occurrences(request, LADDER, days=DAYS, on=due)
        if one.rule.name == "overdue"
    )

    assert (shown(first.at), first.at.hour) == (f"{overdue} 09:00", utc_hour)


def test_escalations_and_the_last_days_of_what_binds_are_urgent() -> None:
    urgent = {one.name for one in LADDER.rules if reminders.is_urgent(one)}

    assert urgent == {one.name for one in LADDER.rules if one.escalates} | {
        *("due in two working days", "due today"),
        *("ICO's questions, today", "ICO's questions, overdue", "steps, today", "steps, overdue"),
    }


@pytest.mark.parametrize(("offset", "is_urgent"), [(-3, False), (-2, True), (0, True), (1, True)])
def test_two_working_days_before_the_due_date_are_its_last(offset: int, is_urgent: bool) -> None:
    rule = next(one for one in LADDER.rules if one.name == "due today")

    assert reminders.is_urgent(replace(rule, offset=offset)) is is_urgent


def test_a_claimed_request_loses_the_rules_for_unclaimed_ones() -> None:
    unclaimed = {one.name for one in LADDER.rules if one.unclaimed}
    received = request_in(R)

    speaking = {
        one.rule.name
        for one in reminders.occurrences(
            replace(received, holder="amira"), LADDER, days=DAYS, on=day("Tue 2020-07-14")
        )
    }

    assert speaking & unclaimed == set()
    assert told(received, "unclaimed", "Wed 2020-07-15") == {"control-room"}


def test_a_claimed_review_loses_them_too_whoever_held_the_request() -> None:
    assert told(request_in(V), "review unclaimed", "Wed 2020-08-12") == {"ruth", ""}
    assert told(request_in(V, reviewer="ruth"), "review unclaimed", "Wed 2020-08-12") == set()


@pytest.mark.parametrize("waits", ["clarification", "fee"])
def test_while_the_applicant_is_awaited_nothing_is_said_of_the_due_date(waits: str) -> None:
    act = Act.SEEK_CLARIFICATION if waits == "clarification" else Act.GIVE_FEES_NOTICE
    request = do(act, request_in(S), "dana", "Wed 2020-07-15").request

    found = said(request, after=LONG_AGO, now=moment("Wed 2020-08-12 10:00"))

    assert found == ()


def test_a_moved_due_date_moves_what_is_said() -> None:
    request = do(Act.SEEK_CLARIFICATION, request_in(S), "amira", "Thu 2020-07-16").request
    request = do(Act.RECORD_CLARIFICATION, request, "amira", "Mon 2020-07-20").request

    assert told(request, "due today", "Wed 2020-08-12") == set()
    assert told(request, "due today", "Tue 2020-08-18") == {"amira", "", "marcus"}
    assert told(request, "searches due soon", "Thu 2020-07-30") == {"amira"}


def test_an_extension_moves_what_is_said_of_the_end_but_not_the_searches() -> None:
    request = do(Act.EXTEND, request_in(C), "dana", "Thu 2020-07-16", further=5).request

    assert told(request, "due today", "Wed 2020-08-12") == set()
    assert told(request, "due today", "Wed 2020-08-19") == {"", "marcus"}
    assert told(request, "no decision", "Thu 2020-08-06") == {"", "marcus"}


def test_after_downtime_each_person_hears_once_and_the_latest() -> None:
    found = said(request_in(S), after=LONG_AGO, now=moment("Fri 2020-08-14 11:00"))

    assert {(one.recipient, one.to, one.key) for one in found} == {
        ("amira", "holder", "overdue 2|2020-08-12"),
        ("control-room", "team", "due in five working days|2020-08-12"),
        ("", "desk", "overdue 2|2020-08-12"),
        ("marcus", "manager", "overdue 2|2020-08-12"),
    }
    assert len({(one.recipient) for one in found}) == len(found)


def test_a_holder_who_is_also_the_manager_hears_once() -> None:
    request = request_in(S, holder="marcus")

    found = said(request, after=moment("Wed 2020-08-12 08:59"), now=moment("Wed 2020-08-12 09:00"))

    assert sorted(one.recipient for one in found) == ["", "marcus"]


def test_the_words_name_the_request_the_day_and_how_late_it_is() -> None:
    found = said(
        request_in(S), after=moment("Fri 2020-08-14 08:00"), now=moment("Fri 2020-08-14 09:00")
    )

    assert {one.words for one in found} == {
        (
            "002335/20 “Computer aided dispatch” is 2 working days overdue: it was due "
            "Wednesday 12 August 2020. It is in searching."
        )
    }


@pytest.mark.parametrize(
    ("now", "left"),
    [("Wed 2020-08-05 09:00", "5 working days"), ("Thu 2020-08-06 09:00", "4 working days")],
)
def test_a_reminder_that_comes_late_counts_the_days_that_are_left_now(now: str, left: str) -> None:
    found = said(request_in(S), after=moment("Wed 2020-08-05 08:00"), now=moment(now))

    words = {one.words for one in found if one.rule.name == "due in five working days"}
    assert words == {
        (
            f"002335/20 “Computer aided dispatch” is due in {left}, Wednesday 12 August 2020. "
            "It is in searching."
        )
    }


@pytest.mark.parametrize(
    ("paid", "wanted"),
    [
        # Two working days are left out when it is paid on the day after, three on the next.
        ("Fri 2020-07-17", "Tue 2020-07-28"),
        ("Mon 2020-07-20", "Wed 2020-07-29"),
    ],
)
def test_days_of_suspension_do_not_count_toward_a_target_either(paid: str, wanted: str) -> None:
    request = do(Act.GIVE_FEES_NOTICE, request_in(S), "dana", "Thu 2020-07-16").request
    request = do(Act.RECORD_FEE, request, "dana", paid).request

    assert told(request, "searches due soon", wanted) == {"amira"}


def test_a_team_may_have_a_target_of_its_own() -> None:
    own = replace(LADDER, team_targets={"control-room": {"return_searches": 5}})

    days = [
        {
            name: f"{on:%a %Y-%m-%d}"
            for name, on in anchors.targets(
                request_in(S, team=team), own, days=DAYS, on=day("Tue 2020-07-14")
            ).items()
        }
        for team in ("control-room", "digital")
    ]

    assert [one["return_searches"] for one in days] == ["Tue 2020-07-21", "Tue 2020-07-28"]
    assert [one["draft"] for one in days] == ["Wed 2020-08-05"] * 2


def test_braces_in_a_subject_are_words_like_any_other() -> None:
    request = request_in(S, subject="{holder} {0} {reference.__class__}")

    found = said(request, after=LONG_AGO, now=moment("Wed 2020-08-12 09:00"))

    assert all("{holder} {0} {reference.__class__}" in one.words for one in found)


# --- Escalations that rest ---------------------------------------------------------------------


def escalated(until: str, *, on: str = "Thu 2020-08-13") -> InformationRequest:
    """Make a request escalated on a day and answered by Marcus with a plan until another."""
    return request_in(
        S,
        escalation=Escalation(
            on=day(on), cause="overdue", by=None, acknowledged_by="marcus", until=day(until)
        ),
    )


@pytest.mark.parametrize(
    ("on", "speaks"),
    [("Mon 2020-08-17", False), ("Tue 2020-08-18", True), ("Wed 2020-08-19", True)],
)
def test_an_acknowledged_escalation_rests_until_its_day(on: str, speaks: bool) -> None:
    request = escalated(until="Tue 2020-08-18")

    assert bool(told(request, "overdue", on)) is speaks


def test_what_rested_is_said_on_the_day_the_rest_ends_and_not_before() -> None:
    request = escalated(until="Mon 2020-09-07")
    resumes = moment("Mon 2020-09-07 09:00")

    before = said(request, after=LONG_AGO, now=resumes - timedelta(days=3))
    after = said(request, after=moment("Thu 2020-08-13 09:00"), now=resumes)

    assert {one.rule.name for one in before if one.rule.escalates} == set()
    assert {(one.recipient, one.rule.name) for one in after} == {
        ("amira", "overdue"),
        ("", "overdue"),
        ("marcus", "overdue"),
    }


def test_a_plan_pauses_an_escalation_and_does_not_end_it() -> None:
    request = escalated(until="Mon 2020-09-07")

    coming = reminders.next_at(
        request,
        LADDER,
        roster=ROSTER,
        days=DAYS,
        after=moment("Thu 2020-08-13 10:00"),
        on=day("Thu 2020-08-13"),
    )

    assert coming == moment("Mon 2020-09-07 09:00")


def test_a_rest_that_ends_on_a_weekend_ends_on_the_next_working_day() -> None:
    request = escalated(until="Sat 2020-08-29")

    coming = reminders.next_at(
        request,
        LADDER,
        roster=ROSTER,
        days=DAYS,
        after=moment("Thu 2020-08-13 10:00"),
        on=day("Thu 2020-08-13"),
    )

    assert coming == moment("Tue 2020-09-01 09:00")


# --- Days that others set --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "on", "stage", "settled"),
    [
        ("no reply", "Thu 2020-07-23", C, {"referrals": (replace(ASKED[0], replied_on=day("Wed 2020-07-22")),)}),
        ("ICO's questions, today", "Tue 2020-09-01", X, {"complaints": (replace(ENQUIRY, answered_on=day("Fri 2020-08-28")),)}),
        ("steps, today", "Tue 2020-09-01", X, {"complaints": (replace(NOTICE, steps_done_on=day("Fri 2020-08-28")),)}),
        ("last days to appeal", "Tue 2020-08-25", X, {"complaints": (replace(DECIDED, appeal=Appeal("applicant", day("Mon 2020-08-24"))),)}),
    ],
)  # fmt: skip
def test_what_is_done_is_not_reminded_of(
    rule: str, on: str, stage: Stage, settled: dict[str, Any]
) -> None:
    assert told(request_in(stage, **settled), rule, on) == set()


def test_a_referral_is_reminded_of_though_the_clock_waits_for_the_applicant() -> None:
    request = request_in(C, referrals=ASKED, clock=SOUGHT)

    assert told(request, "reply wanted", "Tue 2020-07-21") == {DESK}


def test_the_next_reply_is_wanted_once_the_first_has_come() -> None:
    supplier = Referral("the supplier", day("Wed 2020-07-15"), day("Thu 2020-07-23"))
    replied = replace(ASKED[0], replied_on=day("Tue 2020-07-21"), reply="neither")
    request = request_in(C, referrals=(supplier, replied))

    found = said(request, after=moment("Thu 2020-07-23 08:59"), now=moment("Thu 2020-07-23 10:00"))

    (one,) = found
    assert one.words == (
        "the supplier is to reply about 002335/20 “Computer aided dispatch” by today, Thursday "
        "23 July 2020. Record it with: /foi replied 002335/20 the supplier"
    )


def test_a_closed_request_with_a_complaint_has_a_next_moment() -> None:
    closed = request_in(X, complaints=(ENQUIRY,))

    coming = reminders.next_at(
        closed, LADDER, roster=ROSTER, days=DAYS, after=LONG_AGO, on=day("Tue 2020-08-04")
    )

    assert coming == moment("Mon 2020-08-24 09:00")


# --- The next moment ---------------------------------------------------------------------------


def test_a_closed_request_has_no_next_moment() -> None:
    closed = request_in(Stage.CLOSED)

    assert (
        reminders.next_at(
            closed, LADDER, roster=ROSTER, days=DAYS, after=LONG_AGO, on=day("Thu 2020-07-30")
        )
        is None
    )


@pytest.mark.parametrize("paid", ["Fri 2020-07-24", "Mon 2020-08-10"])
def test_a_fee_that_is_paid_brings_the_reminders_back(paid: str) -> None:
    """A request last looked at while it was suspended is looked at again."""
    request = do(Act.GIVE_FEES_NOTICE, request_in(S), "dana", "Thu 2020-07-16").request
    request = do(Act.RECORD_FEE, request, "dana", paid).request
    looked_at = moment("Mon 2020-07-20 09:00")

    coming = reminders.next_at(
        request, LADDER, roster=ROSTER, days=DAYS, after=looked_at, on=day(paid)
    )

    assert coming is not None


def test_clarification_sought_when_all_else_is_said_is_still_reminded_of() -> None:
    """Sought after the last rung of the ladder, the desk hears twenty working days later."""
    request = do(Act.SEEK_CLARIFICATION, request_in(S), "amira", "Fri 2020-08-21").request
    looked_at = moment("Wed 2020-08-19 09:00")

    coming = reminders.next_at(
        request, LADDER, roster=ROSTER, days=DAYS, after=looked_at, on=day("Fri 2020-08-21")
    )

    assert coming == moment("Mon 2020-09-21 09:00")


def test_a_review_has_a_next_moment_though_the_request_was_last_looked_at_before_it() -> None:
    request = request_in(V)
    looked_at = moment("Fri 2020-07-24 09:00")

    coming = reminders.next_at(
        request, LADDER, roster=ROSTER, days=DAYS, after=looked_at, on=day("Mon 2020-08-10")
    )

    assert coming == moment("Wed 2020-08-12 09:00")


@pytest.mark.parametrize("stage", [C, A], ids=str)
def test_once_the_searches_are_returned_the_team_is_left_in_peace(stage: Stage) -> None:
    found = said(request_in(stage), after=LONG_AGO, now=moment("Fri 2020-08-14 11:00"))

    assert {one.recipient for one in found} & {HOLDER, TEAM} == set()


# --- What would not be true is not said --------------------------------------------------------


def test_an_approver_who_approved_is_not_asked_again() -> None:
    request = request_in(A, approved_by="grace")

    assert told(request, "waits for sign-off", "Mon 2020-08-10") == set()


def test_a_request_released_today_is_not_said_to_have_been_unclaimed_for_days() -> None:
    released = do(Act.RELEASE, request_in(S), "amira", "Mon 2020-07-20").request

    found = said(released, after=LONG_AGO, now=moment("Mon 2020-07-20 12:00"))

    assert found == ()
    assert told(released, "unclaimed", "Tue 2020-07-21") == {"control-room"}
    assert told(released, "unclaimed, manager", "Wed 2020-07-22") == {"marcus"}
