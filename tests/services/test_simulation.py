"""A simulated office: the same for the same seed, and honest about what it breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.casework.examples import CONFIG, DAYS, day, moment
from tests.recorder import Recorder
from tests.services.offices_in_memory import MemoryOffice
from workflow import scheduler
from workflow.bank_holidays import load
from workflow.bootstrap import open_office
from workflow.casework.errors import Lacking
from workflow.casework.roles import Role
from workflow.casework.stages import Act, Stage
from workflow.law.regime import Regime
from workflow.reports.period import year_of
from workflow.roster_shelf import RosterShelf
from workflow.services import acts, lists, simulation
from workflow.services.counting_messenger import CountingMessenger
from workflow.services.messenger import Message
from workflow.services.office import Office
from workflow.services.simulated_office import CLOSES, OPENS, TICKS, Clock
from workflow.services.simulated_people import Absence, Diary, Plan, read_absence, staff
from workflow.services.simulated_requests import arrivals, ask
from workflow.services.simulation import Progress, Simulated
from workflow.services.simulation_checks import overdue_silent, promises
from workflow.store.throwaway import hurry

SPRING = Plan(500, 1, 7, date(2026, 3, 2), until=date(2026, 5, 31))
PROMISES = [
    "Nothing is said twice",
    "Nobody is reminded outside working hours",
    "The stage is where the history leads",
    "The clock has what the history has",
    "Nothing is left unsaid",
    "What is overdue or due today is never silent",
]


@contextmanager
def opened(folder: Path, plan: Plan) -> Iterator[tuple[Office, Clock, CountingMessenger]]:
    clock = Clock(plan.start)
    messenger = CountingMessenger(clock.now, opens=OPENS, closes=CLOSES)
    office = open_office(
        database_url=f"sqlite:///{folder / 'simulation.db'}",
        config_dir=CONFIG,
        messenger=messenger,
        now=clock.now,
    )
    hurry(office.store)
    try:
        people = RosterShelf(staff(plan), office.store)
        yield replace(office, people=people, wall=clock.now), clock, messenger
    finally:
        office.store.close()


@pytest.fixture(scope="module")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    told: list[Progress] = []
    with opened(tmp_path_factory.mktemp("spring"), SPRING) as (office, clock, messenger):
        done = simulation.run(
            office,
            SPRING,
            clock=clock,
            messenger=messenger,
            tick=scheduler.tick,
            progress=told.append,
        )
    assert [f"{one.day:%a %Y-%m-%d}" for one in told] == [
        *("Tue 2026-03-31", "Thu 2026-04-30", "Sun 2026-05-31")
    ]
    return done


@pytest.mark.slow
def test_no_promise_is_broken_in_a_spring_of_the_real_desk(spring: Simulated) -> None:
    assert [one.name for one in spring.promises] == PROMISES
    assert {one.name: one.broken for one in spring.promises} == dict.fromkeys(PROMISES, ())
    assert [one.name for one in spring.promises if one.checked == 0] == []


@pytest.mark.slow
def test_people_are_reminded_and_managers_answer(spring: Simulated) -> None:
    rules = set(spring.messenger.reminders)

    assert {"unclaimed", "due in five working days", "due today", "overdue 1"} <= rules
    assert spring.acts[Act.ACKNOWLEDGE_ESCALATION] > 0
    assert spring.messenger.cards > spring.acts[Act.LOG]


@pytest.mark.slow
def test_what_was_done_in_the_store_is_what_is_reported(spring: Simulated) -> None:
    atoms = spring.report.atoms
    left_out = sum(spring.report.left_out.values())

    assert len(atoms) + left_out == spring.acts[Act.LOG]
    assert sum(one.is_answered for one in atoms) <= spring.acts[Act.ISSUE]
    assert 60 < len(atoms) < 180


def lived(plan: Plan) -> list[tuple[str, str, str]]:
    office = MemoryOffice(plan)
    return [
        (reference, event.act.value, event.on.isoformat())
        for reference, events in office.happened.items()
        for event in events
    ]


def test_the_same_seed_lives_the_same_year() -> None:
    plan = Plan(120, 1, 4, date(2026, 1, 1))

    assert lived(plan) == lived(plan)
    assert lived(plan) != lived(replace(plan, seed=5))


def test_what_is_asked_does_not_depend_on_who_is_there() -> None:
    plan = Plan(120, 1, 4, date(2026, 1, 1))
    absent = replace(plan, absences=(Absence(2, date(2026, 8, 1), Role.DESK),))

    logged = [
        [
            (request.reference, request.received_on, request.regime)
            for request in MemoryOffice(one).requests.values()
        ]
        for one in (plan, absent)
    ]

    assert logged[0][:60] == logged[1][:60]
    assert lived(plan) != lived(absent)


def test_nobody_works_on_a_day_off() -> None:
    happened = lived(Plan(120, 1, 4, date(2026, 1, 1)))

    assert [one for one in happened if date.fromisoformat(one[2]) not in DAYS] == []


def test_requests_arrive_on_every_day_and_as_many_as_planned() -> None:
    year = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]

    numbers = [arrivals(2000, 1, one) for one in year]

    assert 1850 < sum(numbers) < 2150
    assert 0 < sum(n for n, one in zip(numbers, year, strict=True) if one.weekday() > 4) < 300


def test_a_request_is_drawn_from_its_own_number_alone() -> None:
    one = ask(1, 42, day("Mon 2026-03-02"))

    assert ask(1, 42, day("Tue 2026-03-03")) == replace(one, on=day("Tue 2026-03-03"))
    assert ask(1, 43, day("Mon 2026-03-02")) != replace(one, number=43)


@pytest.mark.parametrize(
    ("written", "absence"),
    [
        ("2:2026-08", Absence(2, date(2026, 8, 1))),
        ("1:2026-12:desk", Absence(1, date(2026, 12, 1), Role.DESK)),
    ],
)
def test_an_absence_is_read(written: str, absence: Absence) -> None:
    assert read_absence(written) == absence


@pytest.mark.parametrize("written", ["", "2", "2026-08", "2:2026-13", "x:2026-08", "2:2026-08:cat"])
def test_what_is_no_absence_is_refused_with_the_cure(written: str) -> None:
    with pytest.raises(Lacking, match="2:2026-08"):
        read_absence(written)


def test_who_is_absent_is_away_all_month_and_not_a_day_longer() -> None:
    plan = Plan(500, 1, 1, date(2026, 1, 1), absences=(Absence(2, date(2026, 8, 1)),))
    roster = staff(plan)
    diary = Diary(plan, roster)
    days = [date(2026, 8, n) for n in range(1, 32)]

    away = {one.handle for one in roster.officers if all(diary.is_away(one, on) for on in days)}

    assert len(away) == 2
    assert not all(
        diary.is_away(one, date(2026, 9, n))
        for one in roster.officers
        for n in range(1, 31)
        if one.handle in away
    )


def test_who_leaves_works_until_that_month_and_never_after() -> None:
    leave = read_absence("2:2026-08:officer", for_good=True)
    plan = Plan(500, 1, 1, date(2026, 1, 1), absences=(leave,))
    roster = staff(plan)
    diary = Diary(plan, roster)
    year = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]

    left = {
        one.handle
        for one in roster.officers
        if all(diary.is_away(one, on) for on in year if on.month >= 8)
    }
    here_before = [
        sum(not diary.is_away(one, on) for on in year if on.month < 8)
        for one in roster.officers
        if one.handle in left
    ]

    assert {roster.officer(one).has(Role.OFFICER) for one in left} == {True}
    assert len(left) == 2
    assert all(days > 150 for days in here_before)


def test_the_staff_of_a_plan_can_do_every_act() -> None:
    roster = staff(Plan(50, 1, 1, date(2026, 1, 1)))

    assert all(roster.having(role) for role in Role)
    assert all(any(one.team == team.key for one in roster.officers) for team in roster.teams)


def test_a_message_said_twice_is_seen() -> None:
    messenger = counting("Tue 2020-07-14 10:00")
    message = Message("R-1|due today|2020-07-14|person:amira", "person:amira", "due", "R-1")

    messenger.say(message)
    messenger.say(message)

    assert messenger.twice == [message.key]


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        ("Tue 2020-07-14 09:00", False),
        ("Tue 2020-07-14 08:59", True),
        ("Tue 2020-07-14 17:00", True),
        ("Sat 2020-07-18 10:00", True),
        ("Mon 2020-08-03 10:00", True),  # a bank holiday in Scotland
        ("Mon 2020-07-13 10:00", True),  # the Battle of the Boyne, in Northern Ireland
    ],
)
def test_a_reminder_outside_working_hours_is_seen(at: str, seen: bool) -> None:
    messenger = counting(at)

    messenger.say(Message("R-1|due today|2020-07-14|desk:", "desk:", "due", "R-1"))

    assert bool(messenger.out_of_hours) is seen


def test_what_is_told_because_of_an_act_may_be_told_at_any_time() -> None:
    messenger = counting("Sat 2020-07-18 23:00")

    messenger.say(Message("told|R-1|3|desk:", "desk:", "approved", "R-1"))

    assert messenger.out_of_hours == []


def test_silence_about_what_is_overdue_is_seen(tmp_path: Path) -> None:
    plan = Plan(1, 1, 1, day("Tue 2020-07-14"))
    with opened(tmp_path, plan) as (office, clock, messenger):
        clock.move(plan.start, OPENS)
        reference = logged(office)
        # Nobody ticks: the day after Wednesday 12 August 2020 comes in silence.
        silent = {
            on: overdue_silent(office, messenger, day(on)).broken
            for on in ("Tue 2020-08-11", "Wed 2020-08-12", "Thu 2020-08-13")
        }

    assert silent["Tue 2020-08-11"] == ()
    assert silent["Wed 2020-08-12"] == (f"{reference}, due 2020-08-12, on 2020-08-12",)
    assert silent["Thu 2020-08-13"] == (f"{reference}, due 2020-08-12, on 2020-08-13",)


def test_what_was_spoken_of_in_time_is_not_silence(tmp_path: Path) -> None:
    plan = Plan(1, 1, 1, day("Tue 2020-07-14"))
    with opened(tmp_path, plan) as (office, clock, messenger):
        clock.move(plan.start, OPENS)
        logged(office)
        for on in ("Wed 2020-08-12", "Thu 2020-08-13"):
            clock.move(day(on), OPENS)
            scheduler.tick(office)

            assert overdue_silent(office, messenger, day(on)) == ("overdue", 1, ())


def test_a_history_that_does_not_lead_where_the_request_stands_is_seen(tmp_path: Path) -> None:
    plan = Plan(1, 1, 1, day("Tue 2020-07-14"))
    with opened(tmp_path, plan) as (office, clock, messenger):
        clock.move(plan.start, OPENS)
        reference = logged(office)
        scheduler.tick(office)
        with office.store.writing() as connection:
            connection.exec_driver_sql("UPDATE requests SET stage = 'response', clock = '[]'")
        found = {one.name: one.broken for one in promises(office, messenger, year_of(2020))}

    assert found["The stage is where the history leads"] == (
        f"{reference}: {Stage.RESPONSE}, but its history leads to {Stage.RECEIVED}",
    )
    assert re.match(f"{reference}: ", found["The clock has what the history has"][0])
    assert found["Nothing is left unsaid"] == ()


def test_only_a_file_of_ones_own_is_hurried(tmp_path: Path) -> None:
    office = open_office(
        database_url=f"sqlite:///{tmp_path / 'desk.db'}", config_dir=CONFIG, messenger=Recorder()
    )
    with office.store.reading() as connection:
        before = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    hurry(office.store)
    with office.store.reading() as connection:
        after = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    office.store.close()

    assert (before, after) == (2, 0)


def counting(at: str) -> CountingMessenger:
    messenger = CountingMessenger(lambda: moment(at), opens=OPENS, closes=CLOSES)
    messenger.days = DAYS
    return messenger


def logged(office: Office, regime: Regime = Regime.FOIA) -> str:
    dana = office.roster.having(Role.DESK)[0]
    asked = "All that is held."
    done = acts.log(office, officer=dana, subject="Dispatch", description=asked, regime=regime)
    return done.request.reference


def test_a_reminder_on_a_day_off_of_foia_is_right_for_a_law_that_counts_the_day() -> None:
    """Monday 13 July 2026 is Northern Ireland's: subject access in England counts it."""
    messenger = counting("Mon 2026-07-13 10:00")
    calendars = load(CONFIG)
    messenger.days = calendars.uk
    kept = {"SAR": calendars.national("England"), "FOI": calendars.uk}
    messenger.days_of = kept.__getitem__

    for reference in ("SAR", "FOI"):
        key = f"{reference}|due today|2026-07-13|desk:"
        messenger.say(Message(key, "desk:", "due", reference))

    assert messenger.out_of_hours == ["FOI|due today|2026-07-13|desk: at Mon 2026-07-13 10:00"]


def test_subject_access_is_never_silent_on_a_day_off_of_foia(tmp_path: Path) -> None:
    """Every request of the weeks before 13 July 2026 is one for the applicant's own data."""
    plan = Plan(1, 1, 1, day("Fri 2026-06-12"))
    with opened(tmp_path, plan) as (office, clock, messenger):
        messenger.days = office.days
        messenger.days_of = lambda one: office.days_of(lists.find(office, one))
        clock.move(day("Fri 2026-06-12"), OPENS)
        references = [logged(office, regime=Regime.SAR) for _ in range(3)]
        silent = []
        for number in range(40):
            on = plan.start + timedelta(days=number)
            for at in TICKS:
                clock.move(on, at)
                scheduler.tick(office)
                if at == OPENS and on in office.days:
                    silent.append(overdue_silent(office, messenger, on))

    assert len(references) == 3
    assert sum(one.checked for one in silent) > 0
    assert [one.broken for one in silent if one.broken] == []
    assert messenger.out_of_hours == []
    assert messenger.reminders["after downtime"] == 0
