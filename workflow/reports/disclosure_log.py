"""The disclosure log: what was answered, for everyone to read. Who asked is never in it.

An answer is left out where its subject could itself tell what must not be told: subject access, the
applicant's own data, and where it is neither confirmed nor denied that anything is held.
"""

from __future__ import annotations

import csv
import io
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.request import Treatment
from workflow.law.dates import long_date
from workflow.law.exemptions import EXEMPTIONS
from workflow.law.regime import Regime
from workflow.reports.atoms import Ending
from workflow.reports.frame import framed
from workflow.reports.masking import masked
from workflow.reports.spreadsheet import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workflow.casework.request import InformationRequest
    from workflow.reports.atoms import Atom

OUTCOMES = {
    Ending.DISCLOSE: "Information given",
    Ending.PART: "Some information given, some withheld",
    Ending.REFUSE: "Information withheld",
    Ending.NOT_HELD: "Information not held",
    Ending.S12: "Refused: the cost would exceed the limit (s.12)",
    Ending.S14: "Refused: vexatious or repeated (s.14)",
}
_PERSONAL = (Regime.SAR, Regime.DPA_PART_3)
_OWN_DATA = ("s.40(1)", "reg. 5(3)")
# The provisions by which an authority may neither confirm nor deny: s.31(3), reg. 12(6).
_NEITHER = tuple(
    {row.neither_confirm_nor_deny for rows in EXEMPTIONS.values() for row in rows} - {"", "-"}
)
COLUMNS = ("Reference", "Answered", "Subject", "Outcome")


class Entry(NamedTuple):
    """An answer as it is published. `removed` is what was masked, for the desk's eyes only."""

    reference: str
    answered_on: date
    subject: str
    outcome: str
    answer: str
    removed: tuple[str, ...]


def kept_back(request: InformationRequest, atom: Atom) -> str:
    """Say why an answer is not published; nothing where it may be."""
    if atom.regime in _PERSONAL:
        return "it is about the applicant's own data"
    if any(section.startswith(_OWN_DATA) for section in atom.exemptions):
        return "it is about the applicant's own data (s.40(1))"
    denies = any(section.startswith(_NEITHER) for section in atom.exemptions)
    if denies or any(one.treatment is Treatment.NEITHER for one in request.answers):
        return "it is neither confirmed nor denied that information is held"
    return ""


def entry(
    request: InformationRequest, atom: Atom, *, names: Sequence[str], letters: bool = False
) -> Entry:
    """Make the entry of an answered request, its words masked; those of its letter if wanted.

    `names` are those of the applicant. Raises ValueError for what was not answered.
    """
    if atom.ending not in OUTCOMES or atom.ended_on is None:
        raise ValueError(f"{atom.reference} was not answered, so there is nothing to publish")
    subject = masked(request.subject, names=names)
    answer = masked(request.letter if letters else "", names=names)
    removed = (
        *(f"{what} in the subject" for what in subject.removed),
        *(f"{what} in the letter" for what in answer.removed),
    )
    outcome = OUTCOMES[atom.ending]
    return Entry(atom.reference, atom.ended_on, subject.text, outcome, answer.text, removed)


def spreadsheet(entries: Sequence[Entry], *, letters: bool = False) -> str:
    """Write the log as CSV."""
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerow((*COLUMNS, *(["Answer"] if letters else [])))
    for one in entries:
        values = (one.reference, one.answered_on.isoformat(), one.subject, one.outcome)
        writer.writerow(map(harmless, (*values, *([one.answer] if letters else []))))
    return told.getvalue()


def page(entries: Sequence[Entry], *, authority: str, letters: bool = False) -> str:
    """Write the log as an HTML page that needs nothing else."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in COLUMNS)
    rows = "".join(_row(one, letters=letters) for one in entries)
    table = (
        '<div class="scroll" tabindex="0" role="region" aria-label="Answers"><table class="log">'
        f"<caption>Answers</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    count = f"{len(entries)} answer{'' if len(entries) == 1 else 's'}, the latest first."
    note = "Who asked is not published. What could name a person is masked."
    body = table if entries else "<p>None yet.</p>"
    return framed(f"{authority}: disclosure log", (count, note), f"<section>{body}</section>")


def _row(one: Entry, *, letters: bool) -> str:
    answer = ""
    if letters and one.answer:
        answer = f"<details><summary>The answer</summary><p>{escape(one.answer)}</p></details>"
    day = f'<time datetime="{one.answered_on.isoformat()}">{long_date(one.answered_on)}</time>'
    return (
        f'<tr class="in0"><th scope="row">{escape(one.reference)}</th><td>{day}</td>'
        f'<td class="words">{escape(one.subject)}{answer}</td>'
        f'<td class="words">{escape(one.outcome)}</td></tr>'
    )
