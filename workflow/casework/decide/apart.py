"""Acts on how requests stand to each other: a part split off, and what may be aggregated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.casework.decide.intake import seek_clarification
from workflow.casework.errors import Lacking
from workflow.casework.events import Event
from workflow.casework.occasion import Decision, carry_out, permit
from workflow.casework.stages import Act
from workflow.law.dates import long_date

if TYPE_CHECKING:
    from workflow.casework.occasion import Occasion
    from workflow.casework.request import InformationRequest


def split(
    request: InformationRequest, occasion: Occasion, *, part: str, numbers: tuple[int, ...]
) -> tuple[Decision, Decision]:
    """Split questions off as a linked request with the same date of receipt.

    Clarification of one part does not reset the rest (ICO on s.10; law of s.1(3)): the part waits,
    the remainder runs on. Gives the decision on the request, then that which makes the part.
    Raises Lacking unless the numbers name some of its questions and leave some.
    """
    permit(Act.SPLIT, request, occasion.officer)
    total = len(request.questions)
    if not numbers or not set(numbers) < set(range(1, total + 1)):
        raise Lacking(
            what=f"{request.reference} has {total} numbered questions; some must go and some stay.",
            cure="Name those to split off by number: 3,4.",
        )
    gone = tuple(one for n, one in enumerate(request.questions, 1) if n in numbers)
    stays = tuple(one for n, one in enumerate(request.questions, 1) if n not in numbers)
    said = {"questions": ", ".join(map(str, sorted(set(numbers)))), "part": part}
    rest = carry_out(Act.SPLIT, request, occasion, said=said, questions=stays)
    made = replace(
        request,
        reference=part,
        questions=gone,
        split_from=request.reference,
        searches=(),
        estimates=(),
        exemptions=(),
        referrals=(),
        complaints=(),
        escalation=None,
        chain=None,
        snoozes=(),
        acted_on=occasion.on,
        version=0,
    )
    logged = Event(
        act=Act.LOG,
        by=occasion.officer.handle,
        on=occasion.on,
        particulars={"received": long_date(request.received_on)},
    )
    return rest, Decision(made, logged)


def clarify_part(part: InformationRequest, occasion: Occasion, *, question: str) -> Decision:
    """Seek the clarification for which a part was split off (s.1(3))."""
    return seek_clarification(part, occasion, question=question)


def group(request: InformationRequest, occasion: Occasion, *, party: str, matter: str) -> Decision:
    """Note whose campaign a request belongs to and on what subject: the desk's judgement.

    Requests of one party on one matter are proposed for aggregation (s.12(4), Fees Regs reg. 5),
    never aggregated by themselves.
    """
    said = {"party": party, "matter": matter}
    return carry_out(Act.GROUP, request, occasion, said=said, party=party, matter=matter)
