"""What a request may be extended for: one test for each regime, said in a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workflow.law.exemptions import cited
from workflow.law.regime import EXTENSIONS, TIME_LIMITS, Regime
from workflow.law.special_limits import Limit

if TYPE_CHECKING:
    from workflow.law.exemptions import Exemption

LEAVE = re.compile(r"\bcommissioner|\bleave of|\bICO\b", re.IGNORECASE)
PUBLIC_INTEREST = re.compile(r"public[- ]interest|\bPIT\b", re.IGNORECASE)
# What never extends the time under the EIR or for subject access, however often it is said.
NOT_THE_AUTHORITYS_TROUBLE = re.compile(
    r"public[- ]interest|\bPIT\b|staff|resourc|sick|absen|holiday|leave|consult|backlog|busy",
    re.IGNORECASE,
)
ALLOWED = {
    Regime.EIR: "the complexity and volume of the information (reg. 7(1))",
    Regime.SAR: "the complexity or the number of the person's requests (Art. 12(3))",
    Regime.DPA_PART_3: "the complexity or the number of the person's requests (s.54(3A))",
}


def objection_to_extending(
    regime: Regime, ground: str, *, limit: Limit = Limit.STANDARD
) -> str | None:
    """Say why this ground extends nothing under this regime; None when it does.

    A ground left empty is taken to be a lawful one: what was not said cannot be judged.
    """
    if regime not in EXTENSIONS:
        return f"{TIME_LIMITS[regime].title} knows no extension"
    if regime is not Regime.FOIA:
        refused = NOT_THE_AUTHORITYS_TROUBLE.search(ground)
        return f"only {ALLOWED[regime]} allows one, not {ground}" if refused else None
    if is_leave_of_commissioner(limit, ground) or not ground.strip():
        return None
    return _objection_under_foia(ground)


def is_leave_of_commissioner(limit: Limit, ground: str) -> bool:
    """Tell whether this is the Commissioner's leave to answer later (regs 5, 6 SI 2004/3364)."""
    return limit in {Limit.ARMED_FORCES, Limit.OVERSEAS} and bool(LEAVE.search(ground))


def _objection_under_foia(ground: str) -> str | None:
    citations = cited(Regime.FOIA, ground)
    if any(_is_qualified(rows) for rows in citations):
        return None
    if citations:
        refs = ", ".join(row.ref for rows in citations for row in rows)
        return f"{refs} needs no public interest test, or not for certain: name the limb that does"
    if PUBLIC_INTEREST.search(ground):
        return None
    return f"s.10(3) needs a public interest test on a qualified exemption, and {ground} names none"


def _is_qualified(rows: tuple[Exemption, ...]) -> bool:
    return all(row.needs_public_interest_test for row in rows)
