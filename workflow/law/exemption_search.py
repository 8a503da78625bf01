"""Finding an exemption by what somebody types: its section, or words of its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workflow.law.exemptions import EXEMPTIONS, Basis, Exemption, Status, cited
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECTION = re.compile(
    r"(?:s(?:ection)?|reg(?:ulation)?)?[.\s]*(\d{1,2}[A-Za-z]?(?:\s*\(\w{0,4}\)?)*)"
)


def search(regime: Regime, words: str) -> tuple[Exemption, ...]:
    """Give the rows that words name: by section, or by words of the title and the note.

    No words give the whole table. A section that is only begun gives all that begin so; a limb
    finer than the table's gives the row it is a limb of.
    """
    table = _withholding(regime)
    typed = words.strip().casefold()
    if not typed:
        return table
    section = _SECTION.fullmatch(typed)
    if section is not None:
        return _by_section(regime, table, re.sub(r"\s", "", section[1]))
    return tuple(row for row in table if all(one in _text(row) for one in typed.split()))


def citation(regime: Regime, section: str) -> str:
    """Write a section as it is cited: "s.31(1)(a)", "reg. 12(5)(b)"."""
    return f"reg. {section}" if regime is Regime.EIR else f"s.{section}"


def _withholding(regime: Regime) -> tuple[Exemption, ...]:
    """Give the rows by which information is withheld, each section once."""
    rows = {row.section: row for row in reversed(EXEMPTIONS.get(regime, EXEMPTIONS[Regime.FOIA]))}
    left_out = (Status.PROCEDURAL, Status.NOT_COVERED)
    return tuple(row for row in reversed(rows.values()) if row.status not in left_out)


def _by_section(regime: Regime, table: tuple[Exemption, ...], number: str) -> tuple[Exemption, ...]:
    begun = tuple(row for row in table if row.section.casefold().startswith(number))
    return begun or tuple(row for rows in cited(regime, number) for row in rows if row in table)


def _text(row: Exemption) -> str:
    return " ".join(_words(row)).casefold()


def _words(row: Exemption) -> Iterator[str]:
    yield from (row.ref, row.title, row.note, row.status.value)
    if row.basis is Basis.PREJUDICE:
        yield "prejudice"
