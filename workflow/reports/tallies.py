"""Tallies over atoms that are more than one figure: by group, by exemption, by review, of days."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from workflow.law.exemptions import cited
from workflow.reports.atoms import WITHHELD
from workflow.reports.period import months_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workflow.reports.atoms import Atom
    from workflow.reports.period import Period

HIGH = 90  # the percentile told beside the median
OUTCOMES_OF_REVIEWS = ("upheld", "varied", "overturned")


def by_team(atoms: Iterable[Atom]) -> dict[str, list[Atom]]:
    """Part atoms by the key of their team, in the order of the keys; "" where none has it."""
    found: dict[str, list[Atom]] = {}
    for atom in atoms:
        found.setdefault(atom.team or "", []).append(atom)
    return dict(sorted(found.items()))


def by_month(atoms: Iterable[Atom], period: Period) -> dict[str, list[Atom]]:
    """Part atoms by the month of receipt, every month of the period in order: "2020-07"."""
    found: dict[str, list[Atom]] = {month: [] for month in months_of(period)}
    for atom in atoms:
        found[f"{atom.received_on:%Y-%m}"].append(atom)
    return found


def by_exemption(atoms: Iterable[Atom]) -> dict[str, int]:
    """Count, for each exemption, the requests in which it stood behind something withheld.

    An exemption is a row of the law's table, "s.31 Law enforcement", however its limb was cited.
    """
    found: Counter[str] = Counter()
    for atom in atoms:
        if atom.ending in WITHHELD:
            found.update({_exemption(atom, words) for words in atom.exemptions})
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _exemption(atom: Atom, words: str) -> str:
    """Give the row that was cited; of several it may mean, as in s.40(2), what they share."""
    rows = [row for group in cited(atom.regime, words) for row in group]
    titles = {row.title.partition(":")[0] for row in rows}
    if len(titles) != 1:
        return words
    return f"{rows[0].ref if len(rows) == 1 else words} {titles.pop()}"


def of_reviews(atoms: Sequence[Atom]) -> dict[str, int]:
    """Count internal reviews: asked for, by outcome, not yet decided, late; and complaints."""
    reviews = [atom.review for atom in atoms if atom.review is not None]
    by_outcome = Counter(one.outcome for one in reviews if one.decided_on is not None)
    return {
        "reviewed": len(reviews),
        **{outcome: by_outcome[outcome] for outcome in OUTCOMES_OF_REVIEWS},
        "review_open": sum(one.decided_on is None for one in reviews),
        "review_late": sum(one.late is True for one in reviews),
        "complaints": sum(atom.complained_on is not None for atom in atoms),
    }


def spread(days: Iterable[int | None]) -> tuple[float | None, int | None, int | None]:
    """Give median, 90th percentile (by nearest rank) and longest of some days; None of nothing."""
    known = sorted(one for one in days if one is not None)
    if not known:
        return None, None, None
    rank = -(-HIGH * len(known) // 100)
    return median(known), known[rank - 1], known[-1]
