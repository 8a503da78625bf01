"""Figures of the office: atoms made from the store at a monitoring day, and the report on them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from workflow.reports import disclosure_log as published
from workflow.reports import report as figures
from workflow.reports.atoms import atom
from workflow.store import reported

if TYPE_CHECKING:
    from workflow.reports.atoms import Atom
    from workflow.reports.disclosure_log import Entry
    from workflow.reports.period import Period
    from workflow.reports.report import Report
    from workflow.services.office import Office


# Before it nobody had the right to information.
RIGHT_BEGAN = date(2005, 1, 1)


class DisclosureLog(NamedTuple):
    """The log, the latest answer first; and what is kept back from it: reference and why."""

    authority: str
    entries: tuple[Entry, ...]
    kept_back: tuple[tuple[str, str], ...]


def atoms(office: Office, period: Period, *, as_at: date) -> list[Atom]:
    """Make the atoms of all requests received in a period, as they stood at the end of a day.

    What happened after that day is left out, also where a request has moved on since.
    """
    with office.whole.store.reading() as connection:  # figures count what is restricted, too
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


def disclosure_log(
    office: Office, *, last: date, first: date | None = None, letters: bool = False
) -> DisclosureLog:
    """Make the disclosure log of what was answered between two days, and stands so today."""
    with office.whole.store.reading() as connection:
        found = reported.received_between(connection, RIGHT_BEGAN, last)
        names = reported.applicant_names(connection)
    entries: list[Entry] = []
    kept_back: list[tuple[str, str]] = []
    for request, happened in found:
        made = atom(request, happened, days=office.days_of(request), on=office.today())
        if made is None or not made.is_answered or made.ended_on is None:
            continue
        if not (first or RIGHT_BEGAN) <= made.ended_on <= last:
            continue
        why = "it is restricted" if request.restricted_to else published.kept_back(request, made)
        if why:
            kept_back.append((made.reference, why))
            continue
        asked = [names[made.reference]] if made.reference in names else []
        entries.append(published.entry(request, made, names=asked, letters=letters))
    entries.sort(key=lambda one: (one.answered_on, one.reference), reverse=True)
    return DisclosureLog(office.letterhead.name, tuple(entries), tuple(kept_back))
