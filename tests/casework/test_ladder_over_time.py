"""The ladder and its chains over time, whatever happens: holidays, snoozes, absences, downtime.

Never on a day that is not worked nor outside hours, never twice, never silent on the last day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import event, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.casework.examples import LADDER, PARTICULARS, ROSTER, request_in
from workflow.casework import reminders
from workflow.casework.audience import one_ear
from workflow.casework.decide import DECIDE
from workflow.casework.decide.escalation import escalate_by_clock
from workflow.casework.errors import Refusal
from workflow.casework.ladder import UK, Anchor, Audience, Chain, Rule, Step, Wait
from workflow.casework.occasion import Occasion
from workflow.casework.reminders import Reminder
from workflow.casework.request import InformationRequest, current_reading
from workflow.casework.roles import Absence, Preferences, Roster
from workflow.casework.stages import Act, Stage
from workflow.law.clock import ClockState
from workflow.law.working_days import BankHoliday, WorkingDays

RECEIVED = date(2021, 3, 1)
LATEST = date(2021, 12, 1)
PEOPLE = ("amira", "joel", "marcus", "dana")
AN_HOUR = timedelta(hours=1)
LONG_BEFORE = datetime.combine(RECEIVED, time(0), UTC)
# A chain quick enough to be met in a run: hours first, then days, each said more than once.
QUICK = Chain(
    "quick",
    (
        Step(Wait(hours=3), (Audience.MANAGER, Audience.HOLDER), "{cause}", again=1),
        Step(Wait(days=1), (Audience.HEAD, Audience.DEPUTY), "{cause} {plan}", again=1),
    ),
)
HURRIED = replace(LADDER, chains=(QUICK,))
# A rung that speaks to everybody every morning, last of those that speak then.
CHATTER = Rule(
    "zz something else",
    Anchor.RECEIVED,
    1,
    tuple(stage for stage in Stage if stage not in (Stage.CLOSED, Stage.REVIEW)),
    (Audience.HOLDER, Audience.DESK, Audience.MANAGER),
    "{reference}",
    again=30,
)
CHATTY = replace(HURRIED, rules=(*HURRIED.rules, CHATTER))
OPENS, CLOSES = time(9), time(17)
SATURDAY = 5
_MAY_BE_HOLIDAYS = [
    on for n in range(60) if (on := RECEIVED + timedelta(days=n)).weekday() < SATURDAY
]


def working_days(holidays: set[date]) -> WorkingDays:
    named = [BankHoliday(day, "a holiday", ("England",)) for day in sorted(holidays)]
    return WorkingDays(named, first_year=2020, last_year=2023, version="drawn")


class LadderOverTime(RuleBasedStateMachine):
    """One request, an office that looks at it once an hour while it is up, and people's whims."""

    @initialize(
        holidays=st.sets(st.sampled_from(_MAY_BE_HOLIDAYS), min_size=2, max_size=8),
        starts=st.sampled_from([None, time(8), time(10, 30), time(16)]),
        early=st.booleans(),
        chatty=st.booleans(),
        minute=st.sampled_from([0, 30]),
    )
    def the_request_arrives(
        self, holidays: set[date], starts: time | None, early: bool, chatty: bool, minute: int
    ) -> None:  # drawn by name
        self.holidays, self.days = holidays, working_days(holidays)
        self.ladder = CHATTY if chatty else HURRIED
        liked = Preferences(early=early, starts_at=starts)
        people = tuple(replace(one, prefers=liked) for one in ROSTER.officers)
        self.roster: Roster = replace(ROSTER, officers=people)
        self.request: InformationRequest = request_in(Stage.SEARCHING, received_on=RECEIVED)
        self.now = datetime.combine(RECEIVED, time(8, minute), UK).astimezone(UTC)
        self.looked = self.now
        self.said: list[tuple[datetime, Reminder]] = []

    # --- What the office does -----------------------------------------------------------------

    def look(self) -> None:
        """Do what the sweep does: say what is due, write down what escalates, move on."""
        about: dict[str, Any] = {"days": self.days, "after": self.looked, "now": self.now}
        if not self.is_worked(self.now):
            self.check_the_silence(about)
            return
        found = reminders.due(self.request, self.ladder, roster=self.roster, **about)
        escalated = reminders.escalations(self.request, self.ladder, **about)
        assert [one.at for one in escalated] == sorted(one.at for one in escalated)
        for one in escalated:
            self.request = escalate_by_clock(
                self.request, one, ladder=self.ladder, roster=self.roster, at=self.now
            ).request
        ears = [one_ear(one.to, one.recipient) for one in found]
        assert len(ears) == len(set(ears)), "two messages to one ear about one request"
        self.said += [(self.now, one) for one in found]
        self.check_the_last_days(found)
        self.looked = self.now

    def is_worked(self, moment: datetime) -> bool:
        """Say by the calendar on the wall whether people work then; the code is not asked."""
        local = moment.astimezone(UK)
        is_off = local.weekday() >= SATURDAY or local.date() in self.holidays
        return not is_off and OPENS <= local.time() < CLOSES

    def check_the_silence(self, about: dict[str, Any]) -> None:
        """While nobody works nothing is due, were everything since the receipt unsaid."""
        if self.now.astimezone(UK).hour not in (0, 12, 17):
            return  # three times in a night or a day off are enough
        everything = about | {"after": LONG_BEFORE}
        assert reminders.due(self.request, self.ladder, roster=self.roster, **everything) == ()
        assert reminders.escalations(self.request, self.ladder, **everything) == ()

    def check_the_last_days(self, found: tuple[Reminder, ...]) -> None:
        """At the first look on the last day, or after it: desk, manager, whoever holds it hear.

        What is overdue may rest while a manager's answer pauses it; the last day itself never.
        """
        today = self.now.astimezone(UK).date()
        reading = current_reading(self.request, days=self.days, on=today)
        if reading.state is not ClockState.RUNNING or reading.due is None or self.moved_today:
            return
        opening = self.ladder.hours.opening
        last, late = opening(reading.due), opening(self.days.nth_after(reading.due, 1))
        answered = self.request.escalation
        paused = answered is not None and answered.until is not None
        if self.looked < late <= self.now and not paused:
            self.must_be_heard("overdue", found, today)
        elif self.looked < last <= self.now < late:
            self.must_be_heard("due today", found, today)

    def must_be_heard(self, name: str, found: tuple[Reminder, ...], today: date) -> None:
        event(f"{name} was to be heard")
        heard = {(one.rule.name, one.recipient) for one in found}
        ears = {"", self.roster.reached_at(self.roster.manager_of(self.request.team), today)}
        if self.request.stage is Stage.SEARCHING and self.request.holder is not None:
            ears.add(self.roster.reached_at(self.request.holder, today))
        assert {(name, ear) for ear in ears} <= heard, name

    @property
    def moved_today(self) -> bool:
        """Say whether the due date came to be after the morning of the day it is looked at."""
        return self.moved_on is not None and self.moved_on >= self.now.astimezone(UK).date()

    moved_on: date | None = None

    @rule(hours=st.integers(1, 12 * 24))
    def the_office_works(self, hours: int) -> None:
        for _ in range(hours if self.now.date() < LATEST else 0):
            self.now += AN_HOUR
            self.look()

    @rule()
    def the_office_works_until_the_end_is_near(self) -> None:
        due = current_reading(self.request, days=self.days, on=self.now.date()).due
        if due is not None:
            near = self.ladder.hours.opening(self.days.nth_before(due, 3))
            self.the_office_works(max(1, (near - self.now) // AN_HOUR))

    @rule(by_hand=st.booleans(), back_at=st.integers(9, 16))
    def nothing_runs_as_the_last_day_begins(self, by_hand: bool, back_at: int) -> None:
        """The afternoon before, perhaps with something escalated; then nothing until that day."""
        due = current_reading(self.request, days=self.days, on=self.now.date()).due
        if due is None or due > LATEST:
            return
        before = datetime.combine(self.days.nth_before(due, 1), time(16), UK)
        self.the_office_works(max(0, (before - self.now) // AN_HOUR))
        if by_hand:
            self.does(Act.ESCALATE, "amira")
        back = datetime.combine(due, time(back_at, 30), UK).astimezone(UTC)
        self.now = max(self.now, back)
        self.look()

    @rule()
    def nothing_runs_until_noon_of_a_day_off(self) -> None:
        ahead = (self.now.date() + timedelta(days=n) for n in range(1, 60))
        coming = next((on for on in ahead if on in self.holidays), None)
        if coming is not None:
            self.now = datetime.combine(coming, time(12), UK).astimezone(UTC)
            self.look()

    @rule(hours=st.integers(1, 200))
    def nothing_runs_for_a_while(self, hours: int) -> None:
        self.now += hours * AN_HOUR if self.now.date() < LATEST else timedelta()
        self.look()

    # --- What people do -----------------------------------------------------------------------

    def does(self, act: Act, handle: str, **words: Any) -> bool:
        on = self.now.astimezone(UK).date()
        officer = self.roster.on(on).officer(handle)
        occasion = Occasion(officer, on, self.roster, self.days, at=self.now, ladder=self.ladder)
        before = current_reading(self.request, days=self.days, on=on).due
        try:
            made = DECIDE[act](self.request, occasion, **dict(PARTICULARS.get(act, {})) | words)
        except Refusal:
            return False
        self.request = made.request
        if current_reading(self.request, days=self.days, on=on).due != before:
            self.moved_on = on
        return True

    @rule(who=st.sampled_from(PEOPLE), ahead=st.integers(-1, 30))
    def somebody_snoozes(self, who: str, ahead: int) -> None:
        on = self.now.astimezone(UK).date()
        until = on + timedelta(days=ahead)
        due = current_reading(self.request, days=self.days, on=on).due
        if self.does(Act.SNOOZE, who, until=until) and due is not None:
            assert self.days.on_or_after(until) < self.days.nth_before(due, 2)

    @rule(who=st.sampled_from(PEOPLE), days=st.integers(0, 12), cover=st.sampled_from(PEOPLE))
    def somebody_is_away(self, who: str, days: int, cover: str) -> None:
        on = self.now.astimezone(UK).date()
        away = Absence(who, on, on + timedelta(days=days), "" if cover == who else cover)
        self.roster = replace(self.roster, absences=(*self.roster.absences, away))

    @rule(ahead=st.integers(0, 9))
    def a_manager_answers(self, ahead: int) -> None:
        until = self.now.astimezone(UK).date() + timedelta(days=ahead)
        self.does(Act.ACKNOWLEDGE_ESCALATION, "marcus", until=until)

    @rule(act=st.sampled_from([Act.CONFIRM, Act.ESCALATE, Act.RELEASE, Act.CLAIM, Act.UPDATE]))
    def amira_does_something(self, act: Act) -> None:
        self.does(act, "amira")

    @rule()
    def clarification_is_sought_or_comes(self) -> None:
        if not self.does(Act.SEEK_CLARIFICATION, "dana"):
            self.does(Act.RECORD_CLARIFICATION, "dana")

    # --- What always holds --------------------------------------------------------------------

    @invariant()
    def nothing_is_said_outside_working_hours(self) -> None:
        assert all(self.is_worked(at) for at, _ in self.said)

    @invariant()
    def nothing_is_said_twice(self) -> None:
        keys = [(one.key, one_ear(one.to, one.recipient)) for _, one in self.said]
        assert len(keys) == len(set(keys))

    @invariant()
    def a_chain_takes_no_more_steps_than_it_has(self) -> None:
        chain = self.request.chain
        assert chain is None or 0 <= chain.taken <= 4


TestLadderOverTime = LadderOverTime.TestCase
TestLadderOverTime.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
)
