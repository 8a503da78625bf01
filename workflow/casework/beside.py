"""What stands beside the clock of a request: who was asked, the review's findings, the ICO's days.

Each line is a name and words, for the card, `foi show` and whoever reads along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.complaint import latest
from workflow.casework.stages import Stage
from workflow.law.answer import Outcome
from workflow.law.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflow.casework.complaint import Complaint
    from workflow.casework.referral import Referral
    from workflow.casework.request import InformationRequest


class Line(NamedTuple):
    """A line to be shown. `is_open` where something is still awaited or owed."""

    name: str
    words: str
    is_open: bool = False


def beside(request: InformationRequest) -> tuple[Line, ...]:
    """Say all that stands beside the clock, the oldest first within each kind."""
    complaints = (line for one in request.complaints for line in _complaint(one))
    return (*map(_referral, request.referrals), *under_review(request), *complaints)


def open_beside(request: InformationRequest) -> tuple[Line, ...]:
    """Say only what is awaited or owed now; at a review, the first answer and each finding too."""
    in_review = under_review(request) if request.stage is Stage.REVIEW else ()
    replies = (_referral(one) for one in request.referrals if request.is_open)
    complaint = latest(request.complaints)
    days = _complaint(complaint) if complaint else ()
    return (*(one for one in (*replies, *days) if one.is_open), *in_review)


def under_review(request: InformationRequest) -> tuple[Line, ...]:
    """Put the first answer and what the review finds on it side by side. None before a review."""
    if not request.review_clock:
        return ()
    found = {one.section: one for one in request.findings}
    first = Outcome(request.outcome).words if request.outcome else "none"
    lines = [Line("First answer", f"{first}: {_shortly(request.letter)}".rstrip(": "))]
    for one in request.exemptions:
        finding = found.get(one.section)
        now = f"{finding.words}: {finding.reasons}" if finding else "not looked at yet"
        lines.append(
            Line(one.section, f"First answer: {one.why.rstrip('. ')}. Review: {now}", not finding)
        )
    return tuple(lines)


def _shortly(words: str, longest: int = 300) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= longest else f"{flat[:longest].rstrip()} …"


def _referral(one: Referral) -> Line:
    asked = f"asked {long_date(one.asked_on)}"
    if one.replied_on is None:
        return Line(one.body, f"{asked}, reply wanted by {long_date(one.wanted_by)}", is_open=True)
    return Line(one.body, f"{asked}, replied {long_date(one.replied_on)}: {one.reply}")


def _complaint(one: Complaint) -> Iterator[Line]:
    name = f"ICO {one.ico_reference}"
    yield Line(name, f"complaint recorded {long_date(one.on)}", one.is_undecided)
    if one.answer_by is not None and one.answered_on is not None:
        yield Line(name, f"its questions were answered {long_date(one.answered_on)}")
    elif one.answer_by is not None:
        yield Line(
            name, f"its questions to be answered by {long_date(one.answer_by)}", one.owes_answer
        )
    if one.decided_on is not None:
        yield Line(name, f"decided {long_date(one.decided_on)}: {one.decision}")
    if one.steps_by is not None:
        yield Line(name, f"steps {_taken(one)}: {one.steps}", one.owes_steps)
    if one.appeal is not None:
        yield Line(
            name, f"the {one.appeal.by} appealed {long_date(one.appeal.on)}", one.is_before_tribunal
        )
        if one.appeal.decided_on is not None:
            judged = long_date(one.appeal.decided_on)
            yield Line(name, f"the tribunal decided {judged}: {one.appeal.decision}")
    elif one.appeal_by is not None:
        yield Line(name, f"last day to appeal to the tribunal: {long_date(one.appeal_by)}")


def _taken(one: Complaint) -> str:
    if one.steps_done_on is not None:
        return f"taken {long_date(one.steps_done_on)}"
    return f"to be taken by {long_date(one.steps_by)}" if one.steps_by else "to be taken"
