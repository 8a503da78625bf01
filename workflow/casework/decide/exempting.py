"""What the table of exemptions allows: the guards of the acts that rely on one.

The facts are law's (`law.exemptions`, `law.citations`); here stands only when they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking, shown
from workflow.casework.request import Nature, Treatment
from workflow.law import exemptions
from workflow.law.citations import read_citation
from workflow.law.exclusions import are_alternatives, barred_by_emissions, excluded
from workflow.law.exemptions import Status
from workflow.law.regime import Regime

if TYPE_CHECKING:
    from workflow.casework.request import Exemption, InformationRequest
    from workflow.law.citations import Citation

EXAMPLE = {Regime.EIR: "reg. 12(5)(b)"}


def named(request: InformationRequest, section: str) -> list[exemptions.Exemption]:
    """Give the exemptions that a section may mean. s.12 and s.14 are not exemptions."""
    rows = (row for group in exemptions.cited(request.regime, section) for row in group)
    return [row for row in rows if row.status in (Status.ABSOLUTE, Status.QUALIFIED)]


def full_citation(request: InformationRequest, section: str) -> str:
    """Give an exemption as the desk writes it, "s.31(1)(a)" or "reg. 12(5)(b)".

    Raises Lacking when it is none of this law, or when subsection and limb are not named.
    """
    cited = read_citation(request.regime, section)
    if cited is None or not named(request, section):
        of = "the Regulations" if request.regime is Regime.EIR else "Part II of the Act"
        example = EXAMPLE.get(request.regime, "s.31(1)(a)")
        raise Lacking(
            what=f"{shown(section)} is not an exemption in {of}.",
            cure=f"Name the section and subsection: {example}.",
        )
    if not cited.is_full:
        raise Lacking(
            what=f"{_written(cited)} does not say which (s.17(1)(b)).",
            cure=f"Name subsection and limb: {cited.example.replace(' and ', '')}.",
        )
    return _written(cited)


def _written(cited: Citation) -> str:
    """Write a citation as one word, so that it can be typed as one: "s.40(2)(3A)(a)"."""
    prefix = "reg. " if cited.row.ref.startswith("reg.") else "s."
    return f"{prefix}{cited.number}"


def engaged(request: InformationRequest, section: str) -> str:
    """Give an exemption as it is engaged on a request. Raises Lacking when it is not."""
    cited = read_citation(request.regime, section)
    written = _written(cited) if cited else section
    for one in request.exemptions:
        if one.section in (written, section):
            return one.section
    raise Lacking(
        what=f"{written} is not engaged on {request.reference}.",
        cure="Engage the exemption first: exempt.",
    )


def check_likelihood(request: InformationRequest, likelihood: str) -> None:
    """Raise Lacking for a harm that the law does not hold to be enough."""
    if request.regime is Regime.EIR and likelihood != "would":
        raise Lacking(
            what="Under the EIR the harm has to be one that would happen (reg. 12(5)).",
            cure="Say would, or disclose it.",
        )


def check_citable(
    request: InformationRequest,
    treatment: Treatment,
    sections: tuple[str, ...],
    nature: Nature | None,
) -> None:
    """Raise Lacking unless these exemptions may together answer a question so."""
    if treatment not in (Treatment.WITHHELD, Treatment.NEITHER):
        return
    if not sections:
        raise Lacking(
            what="Say under which exemptions (s.17(1)(b)).",
            cure="Write them like s.24(1),s.31(1)(a).",
        )
    objections = list(
        excluded(
            request.regime,
            sections,
            in_the_alternative=are_alternatives(request.regime, sections),
        )
    )
    if nature is Nature.EMISSIONS:
        objections += barred_by_emissions(request.regime, sections)
    if treatment is Treatment.NEITHER:
        objections += _must_confirm(request, sections)
    if objections:
        raise Lacking(
            what=f"{'; '.join(objections)}.", cure="Answer it under another, or disclose."
        )


def _must_confirm(request: InformationRequest, sections: tuple[str, ...]) -> list[str]:
    read = (read_citation(request.regime, one) for one in sections)
    return [
        f"{_written(one)} never relieves from confirming or denying, so say whether it is held"
        for one in read
        if one is not None and not one.row.neither_confirm_nor_deny
    ]


def check_withholding(request: InformationRequest) -> None:
    """Raise Lacking unless what a refusal rests on is there: exemptions, their harm, an opinion."""
    # Where it is elsewhere, s.21 is the exemption: the answer says where, and no more is engaged.
    elsewhere = any(one.treatment is Treatment.ELSEWHERE for one in request.answers)
    if not request.exemptions and not elsewhere:
        raise Lacking(
            what=f"To withhold, an exemption must be named (s.17(1)(b)), and {request.reference} "
            "has none.",
            cure="Engage it first: exempt.",
        )
    for one in request.exemptions:
        row = _row(request, one)
        if row is None or one.favours == "disclosure":  # it was weighed, and withholds nothing
            continue
        if row.needs_harm and not one.harm.strip():
            raise Lacking(
                what=f"{one.section} rests on harm, and none is recorded (s.17(1)(c)).",
                cure="Record it first: harm.",
            )
        if row.needs_qualified_person and not (one.opinion or _only_statistics(request, one)):
            raise Lacking(
                what=f"{one.section} rests on the qualified person's opinion, and there is none "
                "(s.36(2)).",
                cure="Record it first: opinion.",
            )


def _row(request: InformationRequest, one: Exemption) -> exemptions.Exemption | None:
    cited = read_citation(request.regime, one.section)
    return cited.row if cited else None


def _only_statistics(request: InformationRequest, one: Exemption) -> bool:
    """Tell whether all that an exemption withholds is statistical information (s.36(4))."""
    natures = {part.nature for part in request.answers if one.section in part.sections}
    return natures == {Nature.STATISTICS}
