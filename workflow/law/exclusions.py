"""Which exemptions may not cover one piece of information together, and which none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.citations import read_citation
from workflow.law.exemptions import EXCLUSIONS, NOT_FOR_EMISSIONS
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def excluded(
    regime: Regime, citations: Iterable[str], *, in_the_alternative: bool = False
) -> Iterator[str]:
    """Say which of the exemptions cited for one piece exclude each other, and by which section."""
    refs = refs_of(regime, citations)
    for these, those, section, may_be_alternatives in EXCLUSIONS:
        if regime is not Regime.FOIA or (may_be_alternatives and in_the_alternative):
            continue
        if refs & set(these) and refs & set(those):
            one, other = min(refs & set(these)), min(refs & set(those))
            yield f"{other} covers only what {one} does not ({section})"


def are_alternatives(regime: Regime, citations: Iterable[str]) -> bool:
    """Tell whether exemptions stand side by side so that nobody learns which of them applies."""
    refs = refs_of(regime, citations)
    return any(
        bool(refs & set(these)) and bool(refs & set(those))
        for these, those, _, may_be_alternatives in EXCLUSIONS
        if may_be_alternatives and regime is Regime.FOIA
    )


def barred_by_emissions(regime: Regime, citations: Iterable[str]) -> Iterator[str]:
    """Say which exceptions never withhold information on emissions (reg. 12(9) EIR)."""
    for ref in sorted(refs_of(regime, citations) & NOT_FOR_EMISSIONS):
        yield f"Information on emissions is not withheld under {ref} (reg. 12(9))"


def refs_of(regime: Regime, citations: Iterable[str]) -> set[str]:
    """Give the rows of the table that citations mean, by their names."""
    read = (read_citation(regime, one) for one in citations)
    return {one.row.ref for one in read if one is not None}
