"""A bank holiday proclaimed in the middle of open requests."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.recorder import Recorder
from workflow.bootstrap import open_office
from workflow.calendar_shelf import CalendarShelf
from workflow.casework.stages import Act
from workflow.scheduler import tick
from workflow.services import acts, calendar, lists
from workflow.services.office import Office

LARGE = os.environ.get("FOI_LARGE_PROOFS", "0") not in {"", "0"}  # noqa: TID251 - the tests' own
MANY = 1000 if LARGE else 250
CONFIG = Path(__file__).resolve().parents[2] / "config"
HOLDERS = {"control-room": "amira", "digital": "sian", "procurement": "callum"}

# The library knows Monday 19 September 2022 by now: the office of this test does not.
BEFORE = """
[[remove]]
on = 2022-09-19
name = "State Funeral of Queen Elizabeth II"
nations = ["England", "Wales", "Scotland", "Northern Ireland"]
source = "not proclaimed yet"
proclaimed = 2022-09-01
"""


class Moment:
    """An office's time, set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    with (copied / "bank_holidays.toml").open("a") as file:
        file.write(BEFORE)
    return copied


@pytest.fixture
def moment() -> Moment:
    return Moment(datetime(2022, 9, 1, 9, tzinfo=UTC))


@pytest.fixture
def office(folder: Path, moment: Moment, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(
        database_url=f"sqlite:///{tmp_path / 'office.db'}",
        config_dir=folder,
        messenger=Recorder(),
        now=moment,
    )
    calendar.follow(opened)
    yield opened
    opened.store.close()


def proclaim(folder: Path) -> None:
    """Take the entry that hides the day out again: now it is a bank holiday."""
    path = folder / "bank_holidays.toml"
    path.write_text(path.read_text().replace(BEFORE, "\n# proclaimed\n"))


def log(office: Office, received: date, team: str, *, claimed: bool = True) -> str:
    dana = office.roster.officer("dana")
    made = acts.log(office, officer=dana, subject="s", description="d", received=received)
    reference = made.request.reference
    acts.perform(office, Act.ALLOCATE, reference, officer=dana, team=team)
    if claimed:
        holder = office.roster.officer(HOLDERS[team])
        acts.perform(office, Act.CLAIM, reference, officer=holder)
    return reference


def due(office: Office, reference: str) -> date | None:
    return lists.card(office, lists.find(office, reference)).reading.due


def test_the_day_of_the_state_funeral_moves_what_was_due_after_it(
    office: Office, folder: Path
) -> None:
    monday = log(office, date(2022, 8, 22), "digital")  # due Tue 20 September, then Wed 21
    earlier = log(office, date(2022, 8, 15), "digital")  # due Tue 13 September: before the day
    assert (due(office, monday), due(office, earlier)) == (date(2022, 9, 20), date(2022, 9, 13))

    proclaim(folder)
    moved = calendar.follow(office).moved

    assert [(one.reference, one.before, one.after) for one in moved] == [
        (monday, date(2022, 9, 20), date(2022, 9, 21))
    ]
    assert due(office, monday) == date(2022, 9, 21)
    assert lists.history_of(office, monday)[-1].sentence == (
        "FOI Desk moved the due date from Tuesday 20 September 2022 to Wednesday 21 September "
        "2022: Monday 19 September 2022 (State Funeral of Queen Elizabeth II, throughout the "
        "United Kingdom) is a bank holiday."
    )
    assert len(lists.history_of(office, earlier)) == 3  # logged, allocated, claimed


def test_following_the_same_calendar_again_changes_nothing(office: Office, folder: Path) -> None:
    reference = log(office, date(2022, 8, 22), "digital")
    proclaim(folder)
    calendar.follow(office)
    before = lists.history_of(office, reference), lists.said(office)

    assert calendar.follow(office) == calendar.Reckoned(0, ())
    assert calendar.reckon_anew(office) == calendar.Reckoned(0, ())
    assert (lists.history_of(office, reference), lists.said(office)) == before


def test_what_would_move_can_be_seen_before_and_nothing_is_written(
    office: Office, folder: Path, tmp_path: Path
) -> None:
    reference = log(office, date(2022, 8, 22), "digital")
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    proclaim(other)

    foreseen = calendar.foresee(office, other)

    assert [(one.reference, one.after) for one in foreseen] == [(reference, date(2022, 9, 21))]
    assert due(office, reference) == date(2022, 9, 20)


def test_a_file_that_cannot_be_used_leaves_the_calendar_as_it_was(
    office: Office, folder: Path
) -> None:
    reference = log(office, date(2022, 8, 22), "digital")
    (folder / "bank_holidays.toml").write_text("[[add]]\non = nonsense")
    office.shelf.look()

    assert due(office, reference) == date(2022, 9, 20)
    assert office.shelf.trouble is not None
    assert "line 2" in str(office.shelf.trouble)


def test_an_act_follows_the_file_within_a_second(folder: Path) -> None:
    clock = [100.0]
    shelf = CalendarShelf(folder, now=lambda: clock[0])
    proclaim(folder)

    clock[0] = 100.9
    assert date(2022, 9, 19) in shelf.calendars.uk
    clock[0] = 101.0
    assert date(2022, 9, 19) not in shelf.calendars.uk


def test_a_tick_follows_the_file_without_a_restart(
    office: Office, folder: Path, moment: Moment
) -> None:
    log(office, date(2022, 8, 22), "digital")
    moment.now = datetime(2022, 9, 12, 10, tzinfo=UTC)
    tick(office)
    proclaim(folder)

    assert tick(office).reckoned == 1
    assert tick(office).reckoned == 0


@pytest.mark.slow
def test_of_many_open_requests_each_holder_told_once_and_none_closed_moved(
    office: Office, folder: Path, moment: Moment
) -> None:
    made = random.Random(1922)  # noqa: S311  # a spread of requests, not a secret
    dana = office.roster.officer("dana")
    open_ones: list[str] = []
    closed: list[str] = []
    while len(open_ones) < MANY:
        moment.now = datetime(2022, 8, 1, 9, tzinfo=UTC) + timedelta(days=made.randrange(39))
        team = made.choice(sorted(HOLDERS))
        claimed = made.random() < 0.7
        reference = log(office, moment.now.date(), team, claimed=claimed)
        if made.random() < 0.1:
            acts.perform(office, Act.WITHDRAW, reference, officer=dana)
            closed.append(reference)
        else:
            open_ones.append(reference)
    moment.now = datetime(2022, 9, 9, 18, tzinfo=UTC)
    before = {one: due(office, one) for one in open_ones}
    said_before = len(lists.said(office))

    proclaim(folder)
    reckoned = calendar.follow(office)

    after = {one: due(office, one) for one in open_ones}
    moved = {one for one in open_ones if before[one] != after[one]}
    told = Counter(one.recipient for one in lists.said(office)[said_before:])
    assert reckoned.looked_at == MANY
    assert {one.reference for one in reckoned.moved} == moved
    assert not moved & set(closed)
    assert told == dict.fromkeys({one.recipient for one in reckoned.moved}, 1)
    assert set(told) == {f"person:{one}" for one in HOLDERS.values()} | {
        f"team:{one}" for one in HOLDERS
    }
    print(f"\n{len(moved)} of {MANY} moved; {len(closed)} closed, none moved; {dict(told)}")  # noqa: T201  # the figure is the claim
