"""A simulated office at work: people do real acts, one after another, in the minutes they have.

A request's life is a generator: it asks for somebody of a pool and some minutes, or waits for a
day, and does its acts with whoever comes. The people of the office pick what is urgent first, then
what was received first. What they may not do is refused by the casework itself, and counted.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from workflow.casework.errors import Refusal
from workflow.casework.ladder import UK
from workflow.casework.roles import Role
from workflow.casework.stages import Act
from workflow.services.simulated_people import Diary
from workflow.services.simulated_requests import arrivals, ask
from workflow.services.simulated_work import Wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workflow.casework.roles import Officer, Roster
    from workflow.law.working_days import WorkingDays
    from workflow.services.simulated_people import Plan
    from workflow.services.simulated_requests import Asked
    from workflow.services.simulated_work import Life, Work

OPENS, CLOSES = time(9), time(17)
TICKS = (time(2, 30), *(time(hour) for hour in (9, 11, 13, 15, 17, 21)))
_LOOKS_AGAIN = timedelta(minutes=45)
_REASSIGNED_AFTER = 3  # working days for which a holder must be away
_ANSWERED = 0.5  # of what is escalated to them, managers answer so much with a plan


class Clock:
    """The office's time, moved by the simulation."""

    def __init__(self, start: date) -> None:
        self.at = datetime.combine(start, time(0), UK)

    def now(self) -> datetime:
        """Tell the office's time."""
        return self.at

    def move(self, day: date, at: time) -> None:
        """Move on to a time of a day, UK time."""
        self.at = datetime.combine(day, at, UK)


class Door(NamedTuple):
    """How the simulated people act: log a request, do an act, let time do its part."""

    log: Callable[..., str]
    perform: Callable[..., object]
    tick: Callable[[], object]


class Lives(NamedTuple):
    """The stories that are lived here: of a request, and of a manager's answer about one."""

    request: Callable[[SimulatedOffice, Asked], Life]
    answer: Callable[[SimulatedOffice, Asked, Officer], Life]


@dataclass
class Waiting:
    """A request that wants somebody's minutes."""

    life: Life
    asked: Asked
    work: Work
    since: date


@dataclass
class SimulatedOffice:
    """The office of a plan. `chased` are references that somebody was reminded of."""

    plan: Plan
    roster: Roster
    days: WorkingDays
    clock: Clock
    door: Door
    lives: Lives
    chased: set[str] = field(default_factory=set)
    received: int = 0
    acts: Counter[Act] = field(default_factory=Counter)
    refused: Counter[tuple[Act, str]] = field(default_factory=Counter)
    after_opening: Callable[[date], object] | None = None

    def __post_init__(self) -> None:
        """Open with nothing to do."""
        self._diary = Diary(self.plan, self.roster)
        self._pools: dict[str, list[Waiting]] = defaultdict(list)
        self._later: list[tuple[date, int, Life, Asked]] = []
        self._references: dict[int, str] = {}
        self._by_reference: dict[str, Asked] = {}
        self._order = 0

    def work_through(self) -> Iterator[date]:
        """Work from the first day to the last. Gives each day once it is over."""
        day = self.plan.start
        while day <= self.plan.end:
            self._receive(day)
            if day in self.days:
                self._wake(day)
                self._cover(day)
            self._one_day(day)
            yield day
            day += timedelta(days=1)

    def do(self, act: Act, asked: Asked, officer: Officer, **words: Any) -> bool:  # noqa: ANN401  # each act has its own
        """Let an officer do an act on a request. False when it was refused."""
        try:
            self.door.perform(act, self._references[asked.number], officer=officer, **words)
        except Refusal as refusal:
            self.refused[act, type(refusal).__name__] += 1
            return False
        self.acts[act] += 1
        return True

    def log(self, asked: Asked, officer: Officer) -> None:
        """Let an officer log a request under the reference that is made for it."""
        subject = f"Request {asked.number} of the simulation"
        self._references[asked.number] = self.door.log(
            officer=officer,
            subject=subject,
            description=f"All that is held on the subject of request {asked.number}.",
            received=asked.on,
            regime=asked.regime,
        )
        self._by_reference[self._references[asked.number]] = asked
        self.acts[Act.LOG] += 1

    def remind(self, reference: str, handle: str | None, *, escalates: bool) -> None:
        """Let a reminder be heard: it is urgent now, and a manager may answer an escalation."""
        self.chased.add(reference)
        asked = self._by_reference.get(reference)
        if asked is None or handle is None or not escalates:
            return
        manager = self.roster.officer(handle)
        drawn = Random(f"{self.plan.seed}:{reference}:{self.today()}")  # noqa: S311  # no secret
        if manager.has(Role.MANAGER) and drawn.random() < _ANSWERED:
            self._go_on(self.lives.answer(self, asked, manager), asked, self.today())

    def team_of(self, asked: Asked) -> str:
        """Give the team that holds what is asked for."""
        able = [one.key for one in self.roster.teams if self._officers_of(one.key)]
        return able[asked.team % len(able)]

    def today(self) -> date:
        """Give the day of the simulation."""
        return self.clock.at.date()

    def _officers_of(self, team: str) -> list[Officer]:
        return [one for one in self.roster.having(Role.OFFICER) if one.team == team]

    def _receive(self, day: date) -> None:
        for _ in range(arrivals(self.plan.requests_per_year, self.plan.seed, day)):
            self.received += 1
            asked = ask(self.plan.seed, self.received, day)
            self._go_on(self.lives.request(self, asked), asked, day)

    def _wake(self, day: date) -> None:
        while self._later and self._later[0][0] <= day:
            _, _, life, asked = heapq.heappop(self._later)
            self._go_on(life, asked, day)

    def _go_on(self, life: Life, asked: Asked, day: date, officer: Officer | None = None) -> None:
        """Let a life go on until it next wants somebody, waits, or is over."""
        try:
            wanted = next(life) if officer is None else life.send(officer)
        except StopIteration:
            return
        self._order += 1
        if isinstance(wanted, Wait):
            heapq.heappush(self._later, (wanted.until, self._order, life, asked))
        else:
            self._pools[wanted.pool].append(Waiting(life, asked, wanted, day))

    def _one_day(self, day: date) -> None:
        """Let a day go by: its ticks, and between them everybody's work in order of time."""
        present = self._present(day) if day in self.days else []
        left = {officer.handle: self._diary.minutes(officer, day) for officer in present}
        drawn = Random(f"{self.plan.seed}:{day}:starts")  # noqa: S311  # no secret
        agenda: list[tuple[time, int, Officer | None]] = [(at, -1, None) for at in TICKS]
        for number, one in enumerate(present):
            minute = drawn.randrange(120)
            agenda.append((time(9 + minute // 60, minute % 60, 1), number, one))
        heapq.heapify(agenda)
        while agenda:
            at, number, officer = heapq.heappop(agenda)
            self.clock.move(day, at)
            if officer is None:
                self._tick(day, at)
                continue
            taken = self._turn(officer, day)
            left[officer.handle] -= taken
            pause = timedelta(minutes=taken) if taken else _LOOKS_AGAIN
            again = (datetime.combine(day, at) + pause).time()
            if left[officer.handle] > 0 and at < again < CLOSES:
                heapq.heappush(agenda, (again, number, officer))

    def _tick(self, day: date, at: time) -> None:
        self.door.tick()
        if at == OPENS and day in self.days and self.after_opening is not None:
            self.after_opening(day)

    def _present(self, day: date) -> list[Officer]:
        return [one for one in self.roster.officers if self._diary.minutes(one, day)]

    def _turn(self, officer: Officer, day: date) -> int:
        """Let an officer take up what comes next for them. Gives the minutes it took, or 0."""
        found = self._next_for(officer)
        if found is None:
            return 0
        pool, waiting = found
        self._pools[pool].remove(waiting)
        self._go_on(waiting.life, waiting.asked, day, officer)
        return waiting.work.minutes

    def _next_for(self, officer: Officer) -> tuple[str, Waiting] | None:
        able = [
            (pool, one)
            for pool in self._pools_of(officer)
            for one in self._pools[pool]
            if officer.handle not in one.work.barred
        ]
        return min(able, key=lambda found: self._urgency(found[1]), default=None)

    def _urgency(self, waiting: Waiting) -> tuple[bool, date, int]:
        reference = self._references.get(waiting.asked.number, "")
        return reference not in self.chased, waiting.asked.on, waiting.asked.number

    def _pools_of(self, officer: Officer) -> Iterator[str]:
        yield f"@{officer.handle}"
        if officer.has(Role.OFFICER):
            yield officer.team
        for role in (Role.DESK, Role.APPROVER, Role.REVIEWER):
            if officer.has(role):
                yield role.value

    def _cover(self, day: date) -> None:
        """Let managers hand on what people hold who are away for days."""
        for holder in self.roster.having(Role.OFFICER):
            waiting = self._pools[f"@{holder.handle}"]
            if not waiting or not self._away_for_days(holder, day):
                continue
            here = [
                one for one in self._officers_of(holder.team) if not self._diary.is_away(one, day)
            ]
            manager = self.roster.officer(self.roster.manager_of(holder.team))
            if here and not self._diary.is_away(manager, day):
                self._hand_on(holder, here, manager, day)

    def _hand_on(self, holder: Officer, here: list[Officer], manager: Officer, day: date) -> None:
        self.clock.move(day, OPENS)
        kept = []
        for number, one in enumerate(self._pools[f"@{holder.handle}"]):
            chosen = here[number % len(here)]
            if one.work.handed_on and self.do(
                Act.REASSIGN, one.asked, manager, colleague=chosen.handle
            ):
                self._pools[f"@{chosen.handle}"].append(one)
            else:
                kept.append(one)
        self._pools[f"@{holder.handle}"] = kept

    def _away_for_days(self, officer: Officer, day: date) -> bool:
        ahead = (self.days.nth_after(day, n) for n in range(_REASSIGNED_AFTER))
        return all(self._diary.is_away(officer, one) for one in ahead)
