"""The whole desk over time, on a real database and whatever happens: what must always hold.

People act, snooze, go away and answer; bank holidays are proclaimed; nothing runs for hours or
days; Slack answers late, slowly or not at all. Never on a day off nor outside hours, never twice,
never silent on the last day, always in order.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, event, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text

from tests.casework.examples import CONFIG, DAYS
from tests.recorder import Trouble
from tests.services.desk import Desk
from tests.store.databases import migrated
from workflow import scheduler
from workflow.casework.decide import people as decide
from workflow.casework.errors import Refusal
from workflow.casework.ladder import UK
from workflow.casework.request import current_reading
from workflow.casework.stages import Act, Stage
from workflow.law.clock import ClockState
from workflow.services import people
from workflow.store.throwaway import hurry

if TYPE_CHECKING:
    from tests.recorder import Post
    from workflow.casework.request import InformationRequest

REFERENCES = ("R1", "R2")
PEOPLE = ("amira", "joel", "marcus", "dana")
ACTS = (Act.CLAIM, Act.RELEASE, Act.CONFIRM, Act.UPDATE, Act.ESCALATE)
FIRST, LATEST = date(2026, 6, 15), date(2026, 12, 1)
OPENS, CLOSES, SATURDAY = time(9), time(17), 5
TICKS = (time(6), time(9), time(11, 30), time(16, 30), time(20))
# What an act says may be said at any time; everything else is a reminder.
OF_ACTS = ("card|", "thread|", "told|", "calendar|", "undeliverable|")
PROCLAIMED = """
[[add]]
on = {on}
name = "A day of thanks"
nations = ["England", "Wales", "Scotland", "Northern Ireland"]
source = "London Gazette"
proclaimed = {known}
"""


class OfficeOverTime(RuleBasedStateMachine):
    """Two requests, four people, and a wall calendar that the desk is measured by."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        config = Path(shutil.copytree(CONFIG, Path(self.folder.name) / "config"))
        url = migrated(f"sqlite:///{Path(self.folder.name) / 'desk.db'}")
        self.desk = Desk(url, config=config)
        hurry(self.desk.office.store)
        self.holidays = {one.on for one in DAYS.holidays}
        self.heard: list[tuple[datetime, Post]] = []
        self.due_seen: dict[str, date | None] = dict.fromkeys(REFERENCES)

    @initialize()
    def two_requests_arrive(self) -> None:
        self.move(datetime.combine(FIRST, time(10), UK))
        for reference, ago in zip(REFERENCES, (16, 6), strict=True):
            self.desk.log(reference, received=DAYS.nth_before(FIRST, ago))
            self.desk.do(Act.ALLOCATE, "dana", reference, team="control-room")
        self.desk.do(Act.CLAIM, "amira", REFERENCES[0])
        self.tick()

    # --- Time ---------------------------------------------------------------------------------

    def move(self, to: datetime) -> None:
        self.desk.at = self.desk.wall = to

    @property
    def local(self) -> datetime:
        return self.desk.at.astimezone(UK)

    def is_worked(self, moment: datetime) -> bool:
        local = moment.astimezone(UK)
        is_off = local.weekday() >= SATURDAY or local.date() in self.holidays
        return not is_off and OPENS <= local.time() < CLOSES

    def tick(self) -> None:
        """Tick, and hold what was said now against the promises."""
        known, before = len(self.desk.recorder.posts), self.looked_last
        scheduler.tick(self.desk.office)
        said = self.desk.recorder.posts[known:]
        self.heard += [(self.desk.at, post) for post in said]
        if self.is_worked(self.desk.at):
            for reference in REFERENCES:
                self.check_the_last_day(reference, before)
            self.looked_last = self.local.date()
        self.due_seen = {one: self.due_of(self.desk.found(one)) for one in REFERENCES}

    looked_last = FIRST

    @rule(days=st.integers(1, 8))
    def the_desk_runs(self, days: int) -> None:
        last = self.local.date() + timedelta(days=days)
        while self.local.date() < min(last, LATEST):
            self.move(self.next_tick())
            self.tick()

    def next_tick(self) -> datetime:
        today, now = self.local.date(), self.local.time()
        later = [at for at in TICKS if at > now]
        if later:
            return datetime.combine(today, later[0], UK)
        return datetime.combine(today + timedelta(days=1), TICKS[0], UK)

    @rule(days=st.integers(0, 6), at=st.sampled_from([time(5), time(10), time(15), time(21)]))
    def nothing_runs_for_days(self, days: int, at: time) -> None:
        to = datetime.combine(self.local.date() + timedelta(days=days), at, UK)
        if self.desk.at < to and to.date() < LATEST:
            self.move(to)
            self.tick()

    @rule(at=st.sampled_from([time(9), time(12), time(16, 59)]))
    def nothing_runs_until_a_last_day(self, at: time) -> None:
        due = [on for on in self.due_seen.values() if on and self.local.date() < on < LATEST]
        if due:
            self.move(datetime.combine(min(due), at, UK))
            self.tick()

    @rule()
    def the_desk_runs_until_a_last_day(self) -> None:
        due = [on for on in self.due_seen.values() if on and self.local.date() < on < LATEST]
        if due:
            self.the_desk_runs(min(30, (min(due) - self.local.date()).days))

    # --- What happens -------------------------------------------------------------------------

    def attempt(self, act: Act, handle: str, reference: str, **words: Any) -> None:
        try:
            self.desk.do(act, handle, reference, **words)
        except Refusal as refusal:
            event(f"refused: {type(refusal).__name__}")

    @rule(
        act=st.sampled_from(ACTS),
        who=st.sampled_from(PEOPLE),
        reference=st.sampled_from(REFERENCES),
    )
    def somebody_acts(self, act: Act, who: str, reference: str) -> None:
        self.attempt(act, who, reference)

    @rule(
        who=st.sampled_from(PEOPLE),
        reference=st.sampled_from(REFERENCES),
        days=st.integers(1, 25),
    )
    def somebody_snoozes(self, who: str, reference: str, days: int) -> None:
        until = self.local.date() + timedelta(days=days)
        self.attempt(Act.SNOOZE, who, reference, until=until, reason="other work")

    @rule(reference=st.sampled_from(REFERENCES), days=st.integers(0, 9))
    def the_manager_answers(self, reference: str, days: int) -> None:
        until = self.local.date() + timedelta(days=days)
        self.attempt(Act.ACKNOWLEDGE_ESCALATION, "marcus", reference, until=until)

    @rule(reference=st.sampled_from(REFERENCES))
    def clarification_is_sought_or_comes(self, reference: str) -> None:
        self.attempt(Act.RECORD_CLARIFICATION, "dana", reference)
        self.attempt(Act.SEEK_CLARIFICATION, "dana", reference)

    @rule(who=st.sampled_from(PEOPLE), days=st.integers(0, 9), cover=st.sampled_from(PEOPLE))
    def somebody_is_away(self, who: str, days: int, cover: str) -> None:
        last = self.local.date() + timedelta(days=days)
        self.change(
            lambda now: decide.be_away(now, who, last=last, cover="" if cover == who else cover)
        )

    @rule(who=st.sampled_from(PEOPLE), hour=st.sampled_from([None, 8, 11, 16]), early=st.booleans())
    def somebody_prefers(self, who: str, hour: int | None, early: bool) -> None:
        starts = None if hour is None else time(hour)
        self.change(lambda now: decide.prefer(now, who, {"starts_at": starts, "early": early}))

    def change(self, decision: Any) -> None:
        try:
            people.change(
                self.desk.office, decision, officer=self.desk.office.roster.officer("dana")
            )
        except Refusal as refusal:
            event(f"refused: {type(refusal).__name__}")

    @rule(ahead=st.integers(0, 12))
    def a_bank_holiday_is_proclaimed(self, ahead: int) -> None:
        """At least a day before: what was said this morning cannot be taken back."""
        on = self.local.date() + timedelta(days=1 + ahead)
        if on.weekday() >= SATURDAY or on in self.holidays:
            return
        with (self.desk.config / "bank_holidays.toml").open("a") as file:
            file.write(PROCLAIMED.format(on=on, known=self.local.date()))
        self.holidays.add(on)
        self.tick()

    @rule(troubles=st.lists(st.sampled_from(list(Trouble)), max_size=3))
    def slack_has_trouble(self, troubles: list[Trouble]) -> None:
        self.desk.recorder.meets(*(one for one in troubles if one is not Trouble.GONE))

    # --- What always holds --------------------------------------------------------------------

    def due_of(self, request: InformationRequest) -> date | None:
        reading = current_reading(request, days=self.desk.office.days, on=self.local.date())
        running = reading.state is ClockState.RUNNING and request.is_open
        return reading.due if running else None

    def check_the_last_day(self, reference: str, looked_last: date) -> None:
        """At the first look on the last day, and the first after it, all whom it concerns hear."""
        request, today = self.desk.found(reference), self.local.date()
        due = self.due_of(request)
        if due is None or due != self.due_seen[reference] or looked_last >= today:
            return
        answered = request.escalation
        paused = answered is not None and answered.until is not None
        if due == today:
            self.must_be_heard(request, "due today")
        elif looked_last <= due < today and not paused:
            self.must_be_heard(request, "overdue")

    def must_be_heard(self, request: InformationRequest, rule_name: str) -> None:
        """In the outbox, though Slack be in trouble: it is sent, or it waits for its turn."""
        event(f"{rule_name} was to be heard")
        roster, today = self.desk.office.roster, self.local.date()
        ears = {"desk:", f"person:{roster.reached_at(roster.manager_of(request.team), today)}"}
        if request.stage is Stage.SEARCHING and request.holder is not None:
            ears.add(f"person:{roster.reached_at(request.holder, today)}")
        told = text(
            "SELECT outbox.recipient FROM outbox JOIN requests ON requests.id = request_id"
            " WHERE reference = :one AND rule = :rule AND state IN ('sent', 'gathered',"
            " 'waiting', 'sending', 'unknown')"
        )
        with self.desk.office.store.reading() as connection:
            found = connection.execute(told, {"one": request.reference, "rule": rule_name})
            assert ears <= {row.recipient for row in found}, (rule_name, request.reference)

    @invariant()
    def reminders_come_in_working_hours(self) -> None:
        reminders = (at for at, post in self.heard if not post.key.startswith(OF_ACTS))
        assert all(self.is_worked(at) for at in reminders)

    @invariant()
    def nothing_is_said_twice(self) -> None:
        said = Counter((post.recipient, post.key) for _, post in self.heard)
        assert [one for one, times in said.items() if times > 1] == []
        gathered = [post.text for _, post in self.heard if post.key.startswith("gathered|")]
        lines = [line[2:4] for words in gathered for line in words.splitlines()[1:]]
        assert len(lines) <= len(gathered) * len(REFERENCES)

    @invariant()
    def nobody_is_to_hear_of_one_request_twice_at_one_moment(self) -> None:
        """By when it came up: what Slack held back on Friday may arrive with what Monday brings."""
        asked = text("SELECT key, created_at FROM outbox")
        with self.desk.office.store.reading() as connection:
            came_up = {row.key: row.created_at for row in connection.execute(asked)}
        heard = Counter(
            (came_up[post.key], post.recipient, post.key.split("|")[0])
            for _, post in self.heard
            if post.key.startswith(tuple(f"{one}|" for one in REFERENCES))
        )
        assert [one for one, times in heard.items() if times > 1] == []

    @invariant()
    def the_order_of_each_request_is_kept(self) -> None:
        """Of reminders, and of what acts say: what waits for the morning holds no act back."""
        asked = text("SELECT id, key, request_id, rule IS NULL AS of_act FROM outbox")
        with self.desk.office.store.reading() as connection:
            rows = {row.key: row for row in connection.execute(asked)}
        order: dict[tuple[int, bool], list[int]] = {}
        for _, post in self.heard:
            row = rows.get(post.key)
            if row is not None and row.request_id is not None and not post.key.startswith("card|"):
                order.setdefault((row.request_id, bool(row.of_act)), []).append(row.id)
        assert all(ids == sorted(ids) for ids in order.values())

    def teardown(self) -> None:
        self.desk.close()
        self.folder.cleanup()


TestOfficeOverTime = OfficeOverTime.TestCase
TestOfficeOverTime.settings = settings(
    max_examples=6,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
