"""The report: the atoms of a period, and which numbers are withheld from publication."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workflow.law.dates import long_date
from workflow.reports import figures, tallies
from workflow.reports.figures import COLUMN_SPLITS, COLUMNS, SPLITS
from workflow.reports.suppression import Sum, withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from workflow.reports.atoms import Atom
    from workflow.reports.period import Period
    from workflow.reports.suppression import Cell, Withheld

SUPPRESSED = (
    "Numbers under 5 are shown as <5. [c] stands for a number of 5 or more that is withheld, "
    "because with it a smaller one could be worked out. Shares and days are left out where they "
    "would tell."
)


# The figures that readers look for first: these are withheld only where nothing else helps.
_DEAR = [
    ("all", key)
    for key in ("received", "answered", "in_time", "late", "granted", "part", "refused_all", "met")
]


@dataclass(frozen=True)
class Report:
    """Figures of a period as they stood at a monitoring day.

    `team_names` gives the name of a team's key, `left_out` how many requests of other regimes the
    period had. `hidden` are the numbers that publication withholds; none for the office's own eyes.
    """

    authority: str
    period: Period
    as_at: date
    atoms: tuple[Atom, ...]
    left_out: Mapping[str, int]
    team_names: Mapping[str, str]
    published: bool = False
    hidden: Mapping[Cell, Withheld] = field(default_factory=dict)

    def groups(self, by: str) -> dict[str, list[Atom]]:
        """Part the atoms by "team" or by "month" of receipt."""
        if by == "month":
            return tallies.by_month(self.atoms, self.period)
        return tallies.by_team(self.atoms)


def make(
    atoms: Iterable[Atom],
    *,
    authority: str,
    period: Period,
    as_at: date,
    team_names: Mapping[str, str],
    publish: bool = False,
) -> Report:
    """Make the report of a period from the atoms of its requests at the monitoring day.

    With `publish`, small numbers are withheld, and others that would give them away.
    """
    within = tuple(atom for atom in atoms if atom.received_on in period)
    left_out = Counter(atom.regime.value for atom in within if atom.regime not in figures.COUNTED)
    kept = figures.counted(within)
    report = Report(authority, period, as_at, kept, dict(left_out), team_names, published=publish)
    if not publish:
        return report
    return replace(report, hidden=withheld(_values(report), _sums(report), dear=_DEAR))


def heading(report: Report) -> str:
    """Give the report's title."""
    return f"{report.authority}: requests received, {report.period.name}"


def notes(report: Report) -> tuple[str, ...]:
    """Say what has to be known to read the report."""
    told = [f"As they stood at the end of {long_date(report.as_at)}."]
    if report.left_out and not report.published:
        others = (f"{number} under {name.upper()}" for name, number in report.left_out.items())
        told.append(f"Left out, for neither set is about them: {', '.join(others)}.")
    if report.published:
        told.append(SUPPRESSED)
    return tuple(told)


def _values(report: Report) -> dict[Cell, int]:
    """Give every number that publication shows, under the name of its cell."""
    every = figures.counts(report.atoms) | tallies.of_reviews(report.atoms)
    values: dict[Cell, int] = {("all", key): number for key, number in every.items()}
    for by in ("team", "month"):
        for key, atoms in report.groups(by).items():
            for name, number in figures.counts(atoms, COLUMNS).items():
                values[by, key, name] = number
    exemptions = tallies.by_exemption(report.atoms).items()
    return values | {("exemption", name): number for name, number in exemptions}


def _sums(report: Report) -> list[Sum]:
    """Give every way in which those numbers add up, within a table and between tables."""
    reviews = (*tallies.OUTCOMES_OF_REVIEWS, "review_open")
    made = [Sum(("all", one.whole), tuple(("all", part) for part in one.parts)) for one in SPLITS]
    made.append(Sum(("all", "reviewed"), tuple(("all", part) for part in reviews)))
    for by in ("team", "month"):
        keys = list(report.groups(by))
        made += [
            Sum((by, key, one.whole), tuple((by, key, part) for part in one.parts))
            for key in keys
            for one in COLUMN_SPLITS
        ]
        made += [
            Sum(("all", name), tuple((by, key, name) for key in keys)) for name in COLUMNS if keys
        ]
    return made
