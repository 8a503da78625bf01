"""The office: everything an act needs that is not the act. Handed in, never reached for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from workflow.casework import reminders
from workflow.casework.ladder import UK
from workflow.casework.occasion import Occasion
from workflow.casework.request import current_reading
from workflow.law.regime import Regime
from workflow.store.outbox import AS_FAST_AS_IT_GOES, Outgoing
from workflow.store.requests import Timing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from workflow.bank_holidays import Calendars
    from workflow.calendar_shelf import CalendarShelf
    from workflow.casework.events import Told
    from workflow.casework.ladder import Ladder
    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer, Roster
    from workflow.law.working_days import WorkingDays
    from workflow.letters.compose import Words
    from workflow.practice import Letterhead
    from workflow.roster_shelf import RosterShelf
    from workflow.services.mail import Mail
    from workflow.services.messenger import Messenger
    from workflow.store.paces import Pace
    from workflow.store.unit_of_work import Store


DESK = "desk:"
# For how long a card that stands waits for further acts before it is drawn again.
SETTLES = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Office:
    """An authority's desk at work. `now` is the office's time; `wall` the machine's.

    The two differ only where time is moved: leases and retries are about machines, so they go by
    `wall`; everything that people read goes by `now`. `pace` is how fast a channel is spoken to;
    `mail` is for escalations while Slack is away.
    """

    store: Store
    people: RosterShelf
    ladder: Ladder
    shelf: CalendarShelf
    letterhead: Letterhead
    words: Words
    messenger: Messenger
    now: Callable[[], datetime]
    wall: Callable[[], datetime]
    pace: Pace = AS_FAST_AS_IT_GOES
    mail: Mail | None = None
    guidance: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def seen_by(self, viewer: str | None) -> Office:
        """Give the office as somebody sees it, by handle: what is restricted only if named."""
        return replace(self, store=self.store.seen_by(viewer))

    @property
    def whole(self) -> Office:
        """The office as its own machinery sees it: everything, for what it tells nobody in person.

        Delivery, the sweep and the figures look so, whoever set them going.
        """
        return replace(self, store=self.store.whole)

    @property
    def roster(self) -> Roster:
        """The people as they stand today: a change is followed without a restart."""
        return self.people.roster(self.today())

    @property
    def calendars(self) -> Calendars:
        """The calendars as they stand now: a proclamation is followed without a restart."""
        return self.shelf.calendars

    @property
    def days(self) -> WorkingDays:
        """The working days of FOIA: a bank holiday anywhere in the UK is a day off (s.10(6))."""
        return self.calendars.uk

    def days_of(self, request: InformationRequest) -> WorkingDays:
        """Give the calendar of a request's regime; subject access counts the nation's own."""
        return self.days_under(request.regime)

    def days_under(self, regime: Regime) -> WorkingDays:
        """Give the calendar that a law counts on here."""
        return self.calendars.of(regime, self._nation)

    @property
    def is_at_work(self) -> bool:
        """Say whether people may be reminded now: working hours on a working day of their nation.

        Another nation's bank holiday is a day off for the count of s.10(6), not for people.
        """
        return self.ladder.hours.include(self.now(), self.calendars.national(self._nation))

    @property
    def speaking(self) -> tuple[Regime, ...]:
        """The laws whose requests are spoken of now: people work, and it is a day the law counts.

        Subject access counts by the authority's own nation, FOISA by Scotland: what falls due on
        a day that FOIA leaves out is spoken of on that day.
        """
        if not self.is_at_work:
            return ()
        now, hours = self.now(), self.ladder.hours
        return tuple(one for one in Regime if hours.include(now, self.days_under(one)))

    @property
    def _nation(self) -> str:
        return self.letterhead.nation.title()

    def today(self) -> date:
        """Give the UK day by the office's time."""
        return self.now().astimezone(UK).date()

    def occasion(self, officer: Officer, request: InformationRequest | None = None) -> Occasion:
        """Make the occasion of an act that this officer does now, on a request or a new one."""
        return Occasion(
            officer=officer,
            on=self.today(),
            roster=self.roster,
            days=self.days_of(request) if request else self.days,
            authority=self.letterhead.authority_class,
            months_of_silence=self.letterhead.months_of_silence,
            days_to_reply=self.letterhead.days_to_reply,
            at=self.now(),
            ladder=self.ladder,
        )


def timing(
    office: Office,
    request: InformationRequest,
    *,
    noticed_to: datetime,
    was_next: datetime | None = None,
) -> Timing:
    """Compute what is kept beside a request for the lists and the sweep.

    `was_next` is when something was next to be said of it before; None for never.
    """
    today = office.today()
    days = office.days_of(request)
    reading = current_reading(request, days=days, on=today)
    coming = reminders.next_at(
        request, office.ladder, roster=office.roster, days=days, after=noticed_to, on=today
    )
    return Timing(
        due_on=reading.due if request.is_open else None,
        calendar_version=reading.calendar_version,
        noticed_to=noticed_to,
        next_notice_at=_due_since(coming, was_next, office.now()),
    )


def _due_since(
    coming: datetime | None, was_next: datetime | None, now: datetime
) -> datetime | None:
    """Give since when it is due: what an act made due today is not late because it looks back.

    Only what was due before is: then nobody looked at it, and that is what downtime is.
    """
    return coming and max(coming, min(was_next or now, now))


def announcements(  # what an act says to whom, each by name
    office: Office,
    request: InformationRequest,
    line: str,
    told: tuple[Told, ...],
    *,
    version: int,
    standing: Collection[str] = (),
) -> list[Outgoing]:
    """Give what an act puts in the outbox: its cards anew, a line in a thread, and the notices.

    `standing` are the recipients where a card stands already: changing those waits a moment, so
    that several acts are one change. The thread hangs on the desk's card only: a line in each
    channel would be noise.
    """
    key = f"{request.reference}|{version}"
    desk, *others = cards_of(office, request, standing, key=key)
    notices = [
        Outgoing(f"told|{key}|{one.kind}:{one.name}", "notice", f"{one.kind}:{one.name}", one.text)
        for one in (_reached(office, one) for one in told)
    ]
    return [desk, Outgoing(f"thread|{key}", "thread", "desk:", line), *notices, *others]


def _reached(office: Office, told: Told) -> Told:
    """Tell whoever covers in the place of somebody who is away or has left, and say for whom."""
    if told.kind != "person":
        return told
    roster = office.roster
    reached = roster.reached_at(told.name, office.today())
    if reached == told.name:
        return told
    return told._replace(name=reached, text=f"For {roster.name_of(told.name)}: {told.text}")


def cards_of(
    office: Office, request: InformationRequest, standing: Collection[str], *, key: str
) -> list[Outgoing]:
    """Give a request's cards to be drawn, the desk's first: there, with its team, and where it was.

    A team that talks in the desk's own channel sees the desk's card.
    """
    elsewhere = (one.key for one in office.roster.teams if one.key == request.team)
    places = [DESK, *(f"team:{one}" for one in elsewhere if not _is_at_desk(office, one))]
    settled = office.wall() + SETTLES
    return [
        Outgoing(
            f"card|{key}" if place == DESK else f"card|{key}|{place}",
            "card",
            place,
            not_before=settled if place in standing else None,
        )
        for place in dict.fromkeys((*places, *sorted(standing)))
    ]


def _is_at_desk(office: Office, team: str) -> bool:
    return office.roster.team(team).channel == office.roster.desk_channel
