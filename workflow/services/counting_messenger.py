"""A messenger that posts nothing and counts everything: what a simulation is told by."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import time
from typing import TYPE_CHECKING

from workflow.casework.ladder import UK
from workflow.store.cards import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from workflow.law.working_days import WorkingDays
    from workflow.services.messenger import File, Message, Trouble
    from workflow.services.pictures import CardPicture

_FRIDAY = 4


class CountingMessenger:
    """Keeps every key it was given. `twice` and `out_of_hours` are the promises it saw broken.

    `reminders` counts by rule of the ladder, `acts` what was told because of an act. `told` has,
    for each request, the rules and dates it was reminded of.
    """

    def __init__(self, now: Callable[[], datetime], *, opens: time, closes: time) -> None:
        self._now, self._opens, self._closes = now, opens, closes
        self.days: WorkingDays | None = None
        self.days_of: Callable[[str], WorkingDays] | None = None  # of a request, by its reference
        self._places: dict[tuple[str, str], Place] = {}
        self.reminders: Counter[str] = Counter()
        self.people: Counter[str] = Counter()
        self.acts = self.lines = self.cards = self.files = 0
        self.twice: list[str] = []
        self.out_of_hours: list[str] = []
        self.told: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self._unheard: list[tuple[str, str, str]] = []

    def say(self, message: Message) -> Place:
        """Count a message, and look whether it may be said now."""
        if (message.recipient, message.key) in self._places:
            self.twice.append(message.key)
        if message.key.startswith("thread|"):
            self.lines += 1
        elif message.key.startswith(("told|", "calendar|", "undeliverable|")):
            self.acts += 1
        else:
            self._remind(message)
        return self._place(message.recipient, message.key)

    def file(self, file: File) -> Place:
        """Count a file, which is never made."""
        if (file.recipient, file.key) in self._places:
            self.twice.append(file.key)
        self.files += 1
        return self._place(file.recipient, file.key)

    def draw(self, card: CardPicture, *, recipient: str, key: str, at: Place | None) -> Place:
        """Count a card, drawn or drawn again."""
        del card
        self.cards += 1
        return at or self._place(recipient, key)

    def find(
        self, recipient: str, key: str, *, since: datetime, thread: Place | None = None
    ) -> Place | None:
        """Find a message by its key."""
        del since, thread
        return self._places.get((recipient, key))

    def delete(self, place: Place, *, is_file: bool) -> None:
        """Leave it: a simulation disposes of nothing."""
        del place, is_file

    def is_mended(self, trouble: Trouble, about: str) -> bool:
        """Say that nothing was amiss."""
        del trouble, about
        return True

    def refusal(self) -> None:
        """Say that somebody is there: a simulation has no outage."""

    def heard(self) -> list[tuple[str, str, str]]:
        """Give the reminders since this was last asked: reference, rule, recipient."""
        heard, self._unheard = self._unheard, []
        return heard

    def forget(self) -> None:
        """Keep the figures and let go of every single message: many offices follow one another."""
        self._places.clear()
        self.told.clear()
        self._unheard.clear()

    def _remind(self, message: Message) -> None:
        _, rule, about, *_ = message.key.split("|")
        self.reminders[rule] += 1
        self.people[message.recipient] += 1
        self.told[message.reference].add((rule, about))
        self._unheard.append((message.reference, rule, message.recipient))
        local = self._now().astimezone(UK)
        works = self._works(local.date(), message.reference)
        if not (works and self._opens <= local.time() < self._closes):
            self.out_of_hours.append(f"{message.key} at {local:%a %Y-%m-%d %H:%M}")

    def _works(self, day: date, reference: str) -> bool:
        """Look at the week and at the list of bank holidays, not at the table made of them.

        What is a day off for FOIA may be none for the law of the request spoken of.
        """
        if day.weekday() > _FRIDAY or self.days is None:
            return day.weekday() <= _FRIDAY
        if not _is_listed(day, self.days):
            return True
        own = self.days_of(reference) if self.days_of and reference else self.days
        return not _is_listed(day, own)

    def _place(self, recipient: str, key: str) -> Place:
        place = Place(recipient, str(len(self._places)))
        self._places[recipient, key] = place
        return place


def _is_listed(day: date, days: WorkingDays) -> bool:
    return day in {one.on for one in days.holidays}
