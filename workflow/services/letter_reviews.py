"""What the letters of an internal review tell: that it was asked for, and what it found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking
from workflow.casework.finding import Found
from workflow.casework.request import review_reading
from workflow.casework.stages import Act
from workflow.law import refusal_notice
from workflow.law.answer import Outcome
from workflow.law.citations import read_citation
from workflow.law.dates import long_date
from workflow.law.exemptions import Status
from workflow.law.particulars import outcomes_of
from workflow.law.refusal_notice import Incomplete
from workflow.letters.contents import Finding, ReviewAcknowledgement, Reviewed, ReviewOutcome
from workflow.services.answers import answer_of
from workflow.services.letter_facts import last

if TYPE_CHECKING:
    from workflow.law.answer import Answer
    from workflow.law.clock import Reading
    from workflow.law.refusal_notice import Notice
    from workflow.services.letter_facts import Known

_FINDINGS = {
    Found.UPHELD: Finding.UPHELD,
    Found.NOT_UPHELD: Finding.OVERTURNED,
    Found.REPLACED: Finding.VARIED,
}
_AS_A_WHOLE = "Our answer as a whole"


def review_acknowledgement(it: Known) -> ReviewAcknowledgement:
    """Say that a review was asked for, who carries it out, and by when. Raises Lacking."""
    asked = last(it, Act.REQUEST_REVIEW, "review")
    reading = _review(it)
    if reading.due is None:
        raise Lacking(what=f"The review of {it.request.reference} has no date.", cure="")
    return ReviewAcknowledgement(asked.on, reading.due, _reviewer(it, "A senior colleague"))


def review_outcome(it: Known) -> ReviewOutcome:
    """Say what a review found, point by point. Raises Lacking before it is decided."""
    decided = last(it, Act.DECIDE_REVIEW, "decide")
    asked = last(it, Act.REQUEST_REVIEW, "review")
    reading, made = _review(it), answer_of(it.office, it.request)
    if it.reading.stopped_on is None or made.commissioner is None:
        raise Lacking(what=f"{it.request.reference} has no answer under review.", cure="")
    late = f"It was due on {long_date(reading.due)}." if reading.is_late and reading.due else ""
    whole = Finding(decided.particulars["outcome"])
    return ReviewOutcome(
        requested=asked.on,
        answered_on=it.reading.stopped_on,
        reviewer=_reviewer(it, "A senior colleague"),
        findings=(
            Reviewed(_AS_A_WHOLE, whole, decided.particulars["reason"]),
            *_reviewed(it),
        ),
        commissioner=made.commissioner,
        late_because=late,
        notice=_after_review(it, made),
    )


def _reviewed(it: Known) -> list[Reviewed]:
    why = {one.section: one.why for one in it.request.exemptions}
    found = (one.particulars for one in it.happened if one.act is Act.RECORD_FINDING)
    balances = {one["section"]: one.get("balance", "") for one in found}
    return [
        Reviewed(
            point=_long(it, one.section),
            finding=_FINDINGS[one.finding],
            reasons=one.reasons,
            first=why.get(one.section, ""),
            told=one.words.replace(one.instead, _long(it, one.instead)) if one.instead else "",
            instead=_in_words(it, one.instead),
            balance=balances.get(one.section, "") if one.instead else "",
            is_absolute=_is_absolute(it, one.instead),
        )
        for one in it.request.findings
    ]


def _after_review(it: Known, first: Answer) -> Notice | None:
    """Make the answer as it stands after a review, where it changed and is complete without more.

    What is not withheld any longer is disclosed; an exemption that replaces another needs reasons
    of its own, which only the findings tell, so then there is no new notice.
    """
    gone = {one.section for one in it.request.findings if one.finding is Found.NOT_UPHELD}
    if not gone or any(one.finding is Found.REPLACED for one in it.request.findings):
        return None
    questions = []
    for one in first.questions:
        kept = [replace(x, under=tuple(s for s in x.under if s not in gone)) for x in one.withheld]
        freed = [x.what for x in kept if not x.under]
        given = "\n".join(filter(None, (one.disclosed, *freed)))
        withheld = tuple(x for x in kept if x.under)
        questions.append(replace(one, disclosed=given, withheld=withheld))
    made = replace(
        first,
        questions=tuple(questions),
        reliances=tuple(one for one in first.reliances if one.citation not in gone),
    )
    possible = outcomes_of(made)
    outcome = Outcome.PART if Outcome.PART in possible else next(iter(possible))
    drafted = refusal_notice.draft(replace(made, outcome=outcome))
    return None if isinstance(drafted, Incomplete) else drafted


def _review(it: Known) -> Reading:
    days = it.office.days_of(it.request)
    return review_reading(it.request, days=days, on=it.office.today())


def _reviewer(it: Known, otherwise: str) -> str:
    return it.office.roster.name_of(it.request.reviewer) if it.request.reviewer else otherwise


def _is_absolute(it: Known, section: str) -> bool:
    read = read_citation(it.request.regime, section)
    return read is not None and read.row.status is Status.ABSOLUTE


def _long(it: Known, section: str) -> str:
    words = _in_words(it, section)
    return words[:1].upper() + words[1:]


def _in_words(it: Known, section: str) -> str:
    read = read_citation(it.request.regime, section)
    return read.long if read else section
