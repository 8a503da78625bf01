"""Figures of the office: atoms made from the store at a monitoring day, and the report on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.reports import report as figures
from workflow.reports.atoms import atom
from workflow.store import reported

if TYPE_CHECKING:
    from datetime import date

    from workflow.reports.atoms import Atom
    from workflow.reports.period import Period
    from workflow.reports.report import Report
    from workflow.services.office import Office


def atoms(office: Office, period: Period, *, as_at: date) -> list[Atom]:
    """Make the atoms of all requests received in a period, as they stood at the end of a day.

    What happened after that day is left out, also where a request has moved on since.
    """
    with office.store.reading() as connection:
        found = reported.received_between(connection, period.first, period.last)
    made = (
        atom(one.request, one.happened, days=office.days_of(one.request), on=as_at) for one in found
    )
    return [one for one in made if one is not None]


def report(
    office: Office, period: Period, *, as_at: date | None = None, publish: bool = False
) -> Report:
    """Report on a period as it stood at a day: today unless given.

    With `publish`, small numbers are withheld and no request is named.
    """
    on = as_at or office.today()
    return figures.make(
        atoms(office, period, as_at=on),
        authority=office.letterhead.name,
        period=period,
        as_at=on,
        team_names={team.key: team.name for team in office.roster.teams},
        publish=publish,
    )
