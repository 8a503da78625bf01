"""A large authority made for a test: many teams and people, and very much to be said to them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.casework.examples import CONFIG, moment
from tests.services.desk import OPENED_AT, REFERENCE, Desk
from tests.store import many
from workflow import practice
from workflow.store import outbox, requests
from workflow.store.outbox import Outgoing

if TYPE_CHECKING:
    from pathlib import Path

    from workflow.casework.roles import Roster

# The example's request was due the day before, so a copy of it that is looked at is overdue.
MORNING = moment("Thu 2020-08-13 10:00")
IN_A_YEAR = moment("Fri 2021-08-13 10:00")
NOTICES_EACH = 10
AT_ONCE = 200  # requests for which notices are put in by one transaction


def write_config(folder: Path, *, teams: int, officers_in_a_team: int) -> Path:
    """Write the example's configuration with further teams. Gives its folder."""
    config = folder / "config"
    shutil.copytree(CONFIG, config)
    path = config / practice.TEAMS
    added = "".join(_team(number, officers_in_a_team) for number in range(1, teams + 1))
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    return config


def _team(number: int, officers: int) -> str:
    key = f"team-{number}"
    team = (
        f'\n[[team]]\nkey = "{key}"\nname = "Team {number}"\nchannel = "{key}"\nmanager = "grace"\n'
    )
    return team + "".join(
        f'\n[[person]]\nhandle = "p{number}-{n}"\nname = "Person {n} of {number}"\n'
        f'slack = "U0P{number}X{n}"\nteam = "{key}"\nroles = ["officer"]\n'
        for n in range(1, officers + 1)
    )


def fill(desk: Desk, *, notices: int, due: int) -> None:
    """Let so many notices wait to be said, ten about each request, and some requests be looked at.

    The requests are copies of the example: R1, R2 …, of which the first `due` are overdue.
    """
    desk.at = OPENED_AT
    desk.claimed()
    desk.at = MORNING
    kept = max(-(-notices // NOTICES_EACH), due)
    with desk.office.store.writing() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        many.copy(connection, row_id, times=kept, due=due, due_at=MORNING, later=IN_A_YEAR)
    recipients = _recipients(desk.office.roster)
    for first in range(0, notices, AT_ONCE * NOTICES_EACH):
        last = min(first + AT_ONCE * NOTICES_EACH, notices)
        with desk.office.store.writing() as connection:
            for start in range(first, last, NOTICES_EACH):
                _put(desk, connection, recipients, range(start, min(start + NOTICES_EACH, last)))


def _put(desk: Desk, connection: object, recipients: list[str], numbers: range) -> None:
    reference = f"R{numbers[0] // NOTICES_EACH + 1}"
    row_id = requests.get(connection, reference).row_id  # type: ignore[arg-type]  # the store's own
    made = [
        Outgoing(
            key=f"notice|{reference}|{number}",
            kind="notice",
            recipient=recipients[number % len(recipients)],
            text=f"Notice {number} about {reference}.",
            rule="chaos" if number % 2 else None,
        )
        for number in numbers
    ]
    outbox.put(connection, row_id, made, at=desk.office.now())  # type: ignore[arg-type]  # as above


def _recipients(roster: Roster) -> list[str]:
    """Give everybody, every team's channel and the desk, so that each is told in turn."""
    people = [f"person:{one.handle}" for one in roster.officers]
    return [*people, *(f"team:{one.key}" for one in roster.teams), "desk:"]
