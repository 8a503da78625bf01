"""Acts of the desk in consideration: exemptions, the public interest, extension, the decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workflow.casework.counting import counted
from workflow.casework.errors import Lacking, in_one_sentence, shown
from workflow.casework.events import Told
from workflow.casework.occasion import carry_out, permit
from workflow.casework.request import AnswerPart, Exemption, Treatment, reading
from workflow.casework.stages import Act, Stage
from workflow.law import clock, exemptions
from workflow.law.clock import ClockState
from workflow.law.exemptions import Status
from workflow.law.regime import TIME_LIMITS, Regime, Unit

if TYPE_CHECKING:
    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest

OUTCOMES = ("disclose", "part", "refuse", "not-held", "s.12", "s.14")
_WITHHOLDING = ("part", "refuse")


def engage_exemption(
    request: InformationRequest, occasion: Occasion, *, section: str, why: str
) -> Decision:
    """Rely on an exemption for some of the information, and say why it applies (s.17(1)).

    Raises Lacking when the section is not an exemption of Part II.
    """
    permit(Act.ENGAGE_EXEMPTION, request, occasion.officer)
    if not _named(request, section):
        raise Lacking(
            what=f"{shown(section)} is not an exemption in Part II of the Act.",
            cure="Name the section and subsection: s.31(1)(a).",
        )
    known = {one.section: one for one in request.exemptions}
    engaged = replace(known.get(section, Exemption(section, why)), why=why)
    return carry_out(
        Act.ENGAGE_EXEMPTION,
        request,
        occasion,
        said={"section": section, "why": why},
        exemptions=tuple((known | {section: engaged}).values()),
    )


def record_harm(
    request: InformationRequest, occasion: Occasion, *, section: str, likelihood: str, harm: str
) -> Decision:
    """Keep what harm disclosure would do, or would be likely to, apart from the public interest."""
    permit(Act.RECORD_HARM, request, occasion.officer)
    return carry_out(
        Act.RECORD_HARM,
        request,
        occasion,
        said={"section": section, "likelihood": likelihood.replace("-", " "), "harm": harm},
        exemptions=_with(request, section, likelihood=likelihood, harm=harm),
    )


def record_public_interest_test(
    request: InformationRequest,
    occasion: Occasion,
    *,
    section: str,
    balance: str,
    for_disclosure: str = "",
    for_withholding: str = "",
) -> Decision:
    """Keep the public interest test of an exemption already engaged (s.2(2)(b), s.17(3)).

    Who weighed it and when is the officer and the day.
    """
    permit(Act.RECORD_PUBLIC_INTEREST_TEST, request, occasion.officer)
    weighed = _with(
        request,
        section,
        for_disclosure=for_disclosure,
        for_withholding=for_withholding,
        public_interest=balance,
        weighed_by=occasion.officer.handle,
        weighed_on=occasion.on,
    )
    return carry_out(
        Act.RECORD_PUBLIC_INTEREST_TEST,
        request,
        occasion,
        said={"section": section, "balance": balance},
        exemptions=weighed,
    )


def _with(
    request: InformationRequest,
    section: str,
    **changes: Any,  # noqa: ANN401  # fields of Exemption
) -> tuple[Exemption, ...]:
    """Give the exemptions with one of them changed. Raises Lacking when it is not engaged."""
    if section not in {one.section for one in request.exemptions}:
        raise Lacking(
            what=f"{shown(section)} is not engaged on {request.reference}.",
            cure="Engage the exemption first: exempt.",
        )
    return tuple(
        replace(one, **changes) if one.section == section else one for one in request.exemptions
    )


def answer(
    request: InformationRequest,
    occasion: Occasion,
    *,
    numbers: tuple[int, ...],
    treatment: Treatment,
    words: str,
    sections: tuple[str, ...] = (),
) -> Decision:
    """Answer questions one by one: disclosed, elsewhere, withheld, not held, or neither.

    A second answer of the same treatment to a question replaces the first. For "elsewhere" the
    words are "what | where" (s.21). Raises Lacking for a question there is none of, and when
    something is withheld under an exemption that is not engaged (s.17(1)(b)).
    """
    permit(Act.ANSWER, request, occasion.officer)
    total = max(len(request.questions), 1)
    if not set(numbers) <= set(range(1, total + 1)):
        raise Lacking(
            what=f"The questions of {request.reference} are numbered 1 to {total}.",
            cure="Name some of them, like 2-11.",
        )
    _check_sections(request, treatment, sections)
    what, _, where = words.partition("|") if treatment is Treatment.ELSEWHERE else (words, "", "")
    made = tuple(
        AnswerPart(number, treatment, what.strip(), where.strip(), sections)
        for number in sorted(set(numbers))
    )
    replaced = {(one.number, one.treatment) for one in made}
    kept = (one for one in request.answers if (one.number, one.treatment) not in replaced)
    in_order = sorted(
        (*kept, *made), key=lambda one: (one.number, list(Treatment).index(one.treatment))
    )
    return carry_out(
        Act.ANSWER,
        request,
        occasion,
        said={
            "numbers": ", ".join(map(str, sorted(set(numbers)))),
            "treatment": treatment.replace("-", " "),
            "words": words,
        },
        answers=tuple(in_order),
    )


def _check_sections(
    request: InformationRequest, treatment: Treatment, sections: tuple[str, ...]
) -> None:
    relies = treatment in (Treatment.WITHHELD, Treatment.NEITHER)
    if relies and not sections:
        raise Lacking(
            what="Say under which exemptions (s.17(1)(b)).",
            cure="Write them like s.24(1),s.31(1)(a).",
        )
    engaged = {one.section for one in request.exemptions}
    for section in sections:
        if section not in engaged:
            raise Lacking(
                what=f"{section} is not engaged on {request.reference}.",
                cure="Engage the exemption first: exempt.",
            )


def extend(
    request: InformationRequest,
    occasion: Occasion,
    *,
    reason: str,
    further: int | None = None,
    section: str = "",
) -> Decision:
    """Move the end, as the regime allows, with a reason and an estimate (s.10(3), s.17(2)).

    Under FOIA only for the public interest test on a named qualified exemption; under the EIR for
    complexity and volume (reg. 7); for subject access for complexity or number. `further` is in
    working days, in months for subject access. Raises Lacking when the law knows no such extension,
    when the clock does not run, and when the due date has passed.
    """
    permit(Act.EXTEND, request, occasion.officer)
    under_foia = request.regime is Regime.FOIA
    if under_foia and not any(row.needs_public_interest_test for row in _named(request, section)):
        raise Lacking(
            what=f"{shown(section)} is not a qualified exemption; only those may extend (s.10(3)).",
            cure="Name the qualified exemption whose public interest is being weighed: s.31(1)(a).",
        )
    now = reading(request, days=occasion.days, on=occasion.on)
    if now.state is not ClockState.RUNNING or now.due is None or now.due < occasion.on:
        raise Lacking(
            what=f"The clock of {request.reference} is not running, or the due date has passed.",
            cure="An extension must be notified within the time for compliance (s.17(1)-(2)).",
        )
    in_months = TIME_LIMITS[request.regime].unit is Unit.MONTHS
    moved = clock.Extended(
        occasion.on,
        section if under_foia else reason,
        further_working_days=None if in_months else further,
        further_months=further if in_months else None,
    )
    events = counted(request, occasion, moved)
    unit = "months" if in_months else "working days"
    return carry_out(
        Act.EXTEND,
        request,
        occasion,
        said={"further": f"{further} {unit}", "section": section, "reason": reason},
        clock=events,
    )


def send_back(request: InformationRequest, occasion: Occasion, *, reason: str) -> Decision:
    """Send a request back: by the desk to the searches, by an approver to consideration."""
    permit(Act.SEND_BACK, request, occasion.officer)
    if request.stage is Stage.RESPONSE:
        told = tuple(
            Told("person", str(handle), f"{request.reference} was sent back: {reason}")
            for handle in dict.fromkeys((request.drafter, request.decided_by))
            if handle not in (None, occasion.officer.handle)
        )
        changes = {"approved_by": None, "outcome": None}
    else:
        target = request.holder
        note = f"{request.reference} is back with you: {reason}"
        told = (Told("person", target, note),) if target else ()
        changes = {"held": None}
    return carry_out(
        Act.SEND_BACK, request, occasion, said={"reason": reason}, told=told, **changes
    )


def decide(
    request: InformationRequest,
    occasion: Occasion,
    *,
    outcome: str,
    reason: str,
    why_late: str = "",
) -> Decision:
    """Decide what the answer is. The approvers are told that it waits for them.

    Who decides is told what the answer still lacks before it may be issued. Raises Lacking when
    information is withheld and no exemption is engaged (s.17(1)(b)).
    """
    permit(Act.DECIDE, request, occasion.officer)
    if outcome in _WITHHOLDING and not request.exemptions:
        raise Lacking(
            what=f"To withhold, an exemption must be named (s.17(1)(b)), and {request.reference} "
            "has none.",
            cure="Engage it first: exempt.",
        )
    note = f"{request.reference} “{request.subject}” waits for approval."
    made = carry_out(
        Act.DECIDE,
        request,
        occasion,
        said={"outcome": outcome.replace("-", " "), "reason": reason},
        outcome=outcome,
        decided_by=occasion.officer.handle,
        drafter=occasion.officer.handle,
        letter=reason,
        why_late=why_late or request.why_late,
        approved_by=None,
    )
    waiting = (
        Told("person", one.handle, note) for one in occasion.roster.approvers_for(made.request)
    )
    missing = occasion.lacking(made.request)
    lacks = f"It cannot be issued yet. It lacks: {in_one_sentence(missing)}" if missing else ""
    return replace(made, told=tuple(waiting), advice=lacks)


def _named(request: InformationRequest, section: str) -> list[exemptions.Exemption]:
    """Give the exemptions that a section may mean. s.12 and s.14 are not exemptions."""
    rows = (row for group in exemptions.cited(request.regime, section) for row in group)
    return [row for row in rows if row.status in (Status.ABSOLUTE, Status.QUALIFIED)]
