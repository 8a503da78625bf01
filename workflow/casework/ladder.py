"""The ladder of an authority, as config/reminders.toml has it: rules, chains, targets, hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from workflow.law.cost_limit import AuthorityClass
from workflow.law.lapse import MONTHS_OF_SILENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflow.casework.stages import Stage
    from workflow.law.working_days import WorkingDays

UK = ZoneInfo("Europe/London")


class Anchor(StrEnum):
    """The day from which a rule counts its working days."""

    RECEIVED = "received"  # the receipt from which the count runs now
    DUE = "due"
    ALLOCATED = "allocated"
    STAGE = "stage"  # the day on which the present stage began
    ACTED = "acted"  # the day on which somebody last did anything to it
    CLARIFICATION = "clarification"  # the day on which clarification was sought
    LAPSE = "lapse"  # the first day on which silence lets it be closed
    COST_LIMIT = "cost limit"  # the day on which the searches passed the limit of s.12
    REFERRAL = "referral"  # the day on which the next reply to a referral is wanted
    ICO = "ico"  # the day by which the ICO's questions are to be answered
    STEPS = "steps"  # the day by which the steps of a decision notice are to be taken
    APPEAL = "appeal"  # the last day to appeal to the tribunal
    TARGET = "target"  # an internal date of the team's, by its name


class Audience(StrEnum):
    """Who is told. The team stands in for a holder while nobody holds the request.

    Once the searches are returned the work is with the desk, which then stands in for both.
    """

    HOLDER = "holder"
    TEAM = "team"
    DESK = "desk"
    MANAGER = "manager"
    DEPUTY = "deputy"  # of the team's manager; the manager where there is none
    HEAD = "head"  # of all the work: the desk's manager
    APPROVERS = "approvers"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rung: `offset` working days from the anchor, at these stages, these people, these words.

    `again` more times follow, one each working day. `escalates` makes it an escalation: it is kept
    in the history, and rests while a manager's answer pauses it. `offers` is an act, by its name,
    that its message offers as a button.
    """

    name: str
    anchor: Anchor
    offset: int
    stages: tuple[Stage, ...]
    to: tuple[Audience, ...]
    words: str
    again: int = 0
    unclaimed: bool = False
    escalates: bool = False
    target: str = ""
    offers: str = ""


class Wait(NamedTuple):
    """How long a chain waits before a step: working days, or working hours."""

    days: int = 0
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: after a wait these people are told, and `again` more times after it."""

    after: Wait
    to: tuple[Audience, ...]
    words: str
    again: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """What follows an escalation, step by step. No teams or no causes: those of every one.

    A cause is the name of a rule that escalates, or "by hand".
    """

    name: str
    steps: tuple[Step, ...]
    teams: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When people may be told, UK time: from `start` until `end`, on working days."""

    start: time
    end: time

    def include(self, now: datetime, days: WorkingDays) -> bool:
        """Say whether a moment lies in working hours on a working day."""
        local = now.astimezone(UK)
        return local.date() in days and self.start <= local.time() < self.end

    def opening(self, day: date) -> datetime:
        """Give the moment at which a day's working hours begin, in UTC."""
        return datetime.combine(day, self.start, UK).astimezone(UTC)

    def first_from(self, moment: datetime, days: WorkingDays) -> datetime:
        """Give the first moment from a moment on that lies in working hours, in UTC.

        Raises CalendarTooShort beyond the calendar.
        """
        if self.include(moment, days):
            return moment.astimezone(UTC)
        day = moment.astimezone(UK).date()
        if day in days and moment < self.opening(day):
            return self.opening(day)
        return self.opening(days.nth_after(day, 1))

    def later(self, moment: datetime, wait: Wait, days: WorkingDays) -> datetime:
        """Give the moment after a wait: the opening of a working day, or so many hours of work on.

        Raises CalendarTooShort beyond the calendar.
        """
        if wait.days:
            return self.opening(days.nth_after(moment.astimezone(UK).date(), wait.days))
        return self._worked(moment, timedelta(hours=wait.hours), days)

    def _worked(self, moment: datetime, left: timedelta, days: WorkingDays) -> datetime:
        """Walk through working hours until so much of them has passed."""
        while True:
            day = moment.astimezone(UK).date()
            closing = datetime.combine(day, self.end, UK).astimezone(UTC)
            at = max(moment, self.opening(day))
            if day in days and at + left < closing:
                return at + left
            if day in days and at < closing:
                left -= closing - at
            moment = self.opening(days.nth_after(day, 1))


@dataclass(frozen=True, slots=True)
class Ladder:
    """The whole ladder of an authority: its rules, its targets in working days, its hours.

    `team_targets` are the targets of teams that differ from the others. `months_of_silence` and
    `authority` (for the limit of s.12) are the letterhead's.
    """

    rules: tuple[Rule, ...]
    targets: Mapping[str, int]
    hours: WorkingHours
    team_targets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    chains: tuple[Chain, ...] = ()
    months_of_silence: int = MONTHS_OF_SILENCE
    authority: AuthorityClass = AuthorityClass.OTHER

    def targets_of(self, team: str | None) -> Mapping[str, int]:
        """Give the targets of a team, in working days after receipt."""
        return {**self.targets, **self.team_targets.get(team or "", {})}

    def steps_for(self, team: str | None, cause: str) -> tuple[Step, ...]:
        """Give the steps that follow an escalation: the first chain that fits, a team's own first.

        None fit: nothing follows.
        """
        fitting = [one for one in self.chains if not one.causes or cause in one.causes]
        own = (one for one in fitting if team in one.teams)
        general = (one for one in fitting if not one.teams)
        chosen = next(own, None) or next(general, None)
        return chosen.steps if chosen else ()
