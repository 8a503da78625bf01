"""An office at work in a test: a database, a recorder for a messenger, and two clocks to move."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from tests.casework.examples import CONFIG, PARTICULARS, moment
from tests.recorder import Recorder
from workflow.bootstrap import open_office
from workflow.casework.request import InformationRequest, Treatment
from workflow.casework.roles import Preferences, Roster
from workflow.casework.stages import Act
from workflow.services import acts, deadlines, delivery, lists
from workflow.services.acts import Done
from workflow.services.messenger import Messenger
from workflow.services.office import Office

REFERENCE = "002335/20"
OPENED = "Tue 2020-07-14 09:30"
OPENED_AT = moment(OPENED)
TABLES = ("requests", "applicants", "events", "outbox", "cards")
EVERYTHING = {table: text(f"SELECT * FROM {table}") for table in TABLES}  # noqa: S608  # our own


@dataclass
class Desk:
    """An office, and what a test may move: the office's time (`at`) and the machine's (`wall`)."""

    database_url: str
    recorder: Recorder = field(default_factory=Recorder)
    at: datetime = OPENED_AT
    wall: datetime = OPENED_AT
    messenger: Messenger | None = None
    config: Path = CONFIG

    def __post_init__(self) -> None:
        """Open the office."""
        opened = open_office(
            database_url=self.database_url,
            config_dir=self.config,
            messenger=self.messenger or self.recorder,
            now=lambda: self.at,
        )
        self.office: Office = replace(opened, wall=lambda: self.wall)

    def log(self, reference: str = REFERENCE, **changes: Any) -> Done:
        """Log the request of the example, by Dana of the desk."""
        given = {
            "subject": "Computer aided dispatch",
            "description": "Eleven questions about the system of the control room.",
            "questions": tuple(f"Question {number}?" for number in range(1, 12)),
        }
        dana = self.office.roster.officer("dana")
        return acts.log(self.office, officer=dana, reference=reference, **given | changes)

    def do(self, act: Act, handle: str, reference: str = REFERENCE, **words: Any) -> Done:
        """Do an act, with words that it understands unless others are given."""
        said = dict(PARTICULARS.get(act, {})) | words
        officer = self.office.roster.officer(handle)
        return acts.perform(self.office, act, reference, officer=officer, **said)

    def claimed(self, reference: str = REFERENCE, team: str = "control-room") -> None:
        """Log a request, allocate it to a team and let Amira claim it."""
        self.log(reference)
        self.do(Act.ALLOCATE, "dana", reference, team=team)
        self.do(Act.CLAIM, "amira", reference)

    def considered_in_part(self, reference: str = REFERENCE) -> None:
        """Let Dana answer question 1 and withhold the rest, with all that s.17 asks of that."""
        for act in (Act.ENGAGE_EXEMPTION, Act.RECORD_HARM, Act.RECORD_PUBLIC_INTEREST_TEST):
            self.do(act, "dana", reference)
        self.do(Act.ANSWER, "dana", reference)
        withheld = {
            "treatment": Treatment.WITHHELD,
            "sections": ("s.31(1)(a)",),
            "words": "the rest",
        }
        numbers = tuple(range(2, len(self.found(reference).questions) + 1))
        self.do(Act.ANSWER, "dana", reference, numbers=numbers, **withheld)

    def tick(self) -> None:
        """Sweep and deliver, as the scheduler does."""
        deadlines.sweep(self.office)
        delivery.deliver(self.office)

    def pass_time(self, **by: float) -> None:
        """Let both clocks go on."""
        self.at += timedelta(**by)
        self.wall += timedelta(**by)

    def found(self, reference: str = REFERENCE) -> InformationRequest:
        """Find a request as it stands."""
        return lists.find(self.office, reference)

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Give everything there is in the database."""
        with self.office.store.reading() as connection:
            return {
                table: sorted(tuple(map(repr, row)) for row in connection.execute(everything))
                for table, everything in EVERYTHING.items()
            }

    def outbox(self) -> list[tuple[str, str]]:
        """Give key and state of every row of the outbox, in order."""
        with self.office.store.reading() as connection:
            rows = connection.execute(text("SELECT key, state FROM outbox ORDER BY id"))
            return [(row.key, row.state) for row in rows]

    def close(self) -> None:
        """Close the office."""
        self.office.store.close()


def with_preferences(desk: Desk, prefers: Preferences) -> None:
    """Let everybody of the desk prefer the same."""

    class Preferring:
        def roster(self, day: object) -> Roster:
            roster = people.roster(day)  # type: ignore[arg-type]  # a day
            officers = tuple(replace(one, prefers=prefers) for one in roster.officers)
            return replace(roster, officers=officers)

    people = desk.office.people
    desk.office = replace(desk.office, people=Preferring())  # type: ignore[arg-type]  # the same method
