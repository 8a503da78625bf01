"""An extension: whether it has an effect, and how far it moves the end (s.10(3), reg. 7 EIR)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.law.count import Count, Outcome
from workflow.law.dates import long_date
from workflow.law.explanation import counted_told
from workflow.law.grounds import is_leave_of_commissioner, objection_to_extending
from workflow.law.history import Extended, ImpossibleHistory
from workflow.law.regime import EXTENSIONS, TIME_LIMITS, USUAL_TOTAL, Extension, Unit
from workflow.law.special_limits import SPECIAL_LIMITS

if TYPE_CHECKING:
    pass

# Beyond these, a length is a slip of the pen: no law or guidance comes near them.
LONGEST = {Unit.WORKING_DAYS: 250, Unit.MONTHS: 12}


def extended(count: Count, event: Extended) -> Outcome:
    """Move the end, or say why an extension leaves it where it was.

    Raises ImpossibleHistory when its length is missing, in the wrong unit or absurd.
    """
    terms = count.terms
    why_void = objection_to_extending(terms.regime, event.ground, limit=terms.limit)
    rule = EXTENSIONS.get(terms.regime)
    if rule is None:
        return _void(count, event, f"{why_void}", terms.time_limit.authority)
    if why_void is not None:
        return _void(count, event, why_void, rule.authority)
    if event.on < rule.since:
        return _void(count, event, f"none existed before {long_date(rule.since)}", rule.authority)
    length = _length(event, rule)
    if is_leave_of_commissioner(terms.limit, event.ground):
        row = SPECIAL_LIMITS[terms.regime, terms.limit]
        return _moved(count, event, length, row.furthest - row.number, row.authority)
    if rule.void_if_late and count.is_late_for_notices(event.on):
        late = f"the applicant had to be told by {long_date(count.notice_by)}"
        return _void(count, event, late, rule.notice)
    return _moved(count, event, length, rule.furthest, rule.authority)


def _length(event: Extended, rule: Extension) -> int:
    """Read the length in the regime's unit; an EIR or subject access extension has a usual one."""
    given = {
        Unit.WORKING_DAYS: event.further_working_days,
        Unit.MONTHS: event.further_months,
    }
    length = given.pop(rule.unit)
    if any(other is not None for other in given.values()):
        raise ImpossibleHistory(
            f"The extension of {long_date(event.on)} must be counted in {rule.unit} under "
            f"{rule.authority}: give its length in those.",
            event,
        )
    if length is None:
        length = rule.usual
    if length is None or not 1 <= length <= LONGEST[rule.unit]:
        raise ImpossibleHistory(
            f"The extension of {long_date(event.on)} needs its estimated length: give the further "
            f"{rule.unit}, from 1 to {LONGEST[rule.unit]}.",
            event,
        )
    return length


def _moved(
    count: Count, event: Extended, length: int, furthest: int | None, authority: str
) -> Outcome:
    wanted = count.further + length
    further = wanted if furthest is None else min(wanted, furthest)
    moved = count._replace(further=further)
    unit = TIME_LIMITS[count.terms.regime].unit
    ground = f" ({event.ground.strip()})" if event.ground.strip() else ""
    effect = f"the end moves by {counted_told(further - count.further, unit)}{ground}"
    warning = _caution(count, moved, event) if furthest is None else _beyond(wanted, furthest, unit)
    return Outcome(moved, "Time extended", authority, effect, warning)


def _beyond(wanted: int, furthest: int, unit: Unit) -> str:
    if wanted <= furthest:
        return ""
    return f"No more than {counted_told(furthest, unit)} can be added, and the rest has no effect."


def _caution(count: Count, moved: Count, event: Extended) -> str:
    """Say what the Commissioner would: a late notice, no ground, or more than 40 days in all."""
    if count.is_late_for_notices(event.on):
        by = long_date(count.notice_by)
        return f"The notice of the extension was due by {by} and came late: that breaks s.17(1)."
    if not event.ground.strip():
        return "No ground was given: only a public interest test on a qualified exemption extends."
    if moved.number > USUAL_TOTAL:
        return (
            f"This makes {moved.number} working days in all: the Commissioner accepts more than "
            f"{USUAL_TOTAL} only exceptionally."
        )
    return ""


def _void(count: Count, event: Extended, why: str, authority: str) -> Outcome:
    effect = f"no effect: {why}"
    warning = f"The extension of {long_date(event.on)} has no effect: {why}."
    return Outcome(count, "Extension notified", authority, effect, warning)
