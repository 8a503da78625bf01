"""What is erased of a request, and what stays: the facts that figures are made of.

Whatever is text goes, unless it is named here as a fact: so a field that is added later is erased
until somebody decides otherwise. Dates, numbers, and words of a closed list always stay.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflow.casework.request import InformationRequest

ERASED = "[erased]"

# Texts of the picture that are facts: references, handles, and words of closed lists.
FACTS = frozenset(
    {
        *("reference", "split_from", "team", "holder", "reviewer", "by", "acknowledged_by"),
        *("decided_by", "drafter", "approved_by", "weighed_by", "held", "outcome", "closed_as"),
        *("review_outcome", "section", "sections", "likelihood", "favours", "instead"),
        "ico_reference",
    }
)
# The clocks stay whole: the due date must be reached by the same steps for ever.
CLOCKS = ("clock", "review_clock")
# Particulars of events that are facts, by name. What is not named is erased.
PARTICULARS = frozenset(
    {
        *("received", "before", "after", "team", "officer", "manager", "hours", "activity"),
        *("found", "held", "section", "further", "outcome", "amount", "questions", "part"),
        *("numbers", "treatment", "likelihood", "ico_reference", "finding", "wanted"),
        *("answer_by", "appellant", "sent", "standing", "favours", "given"),
        *("advised", "passed_on"),
    }
)


def erased(request: InformationRequest, *, keeps_subject: bool) -> InformationRequest:
    """Give a request without the words of people: what it asked, what was answered, and why."""
    kept = {name: getattr(request, name) for name in CLOCKS}
    if keeps_subject:
        kept["subject"] = request.subject
    gone: InformationRequest = _without_words(request)
    return replace(gone, **kept)


def words_erased(particulars: Mapping[str, str]) -> dict[str, str]:
    """Give the particulars of an event without free words; a fact stays, and so does a blank."""
    return {
        name: words if name in PARTICULARS or not words else ERASED
        for name, words in particulars.items()
    }


def _without_words(value: Any, name: str = "") -> Any:  # noqa: ANN401  # whatever a picture holds
    if name in FACTS or name in CLOCKS:
        return value
    if type(value) is str:  # a word of a closed list is of a type of its own
        return ERASED if value else value
    if isinstance(value, tuple):
        return tuple(_without_words(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {
            one.name: _without_words(getattr(value, one.name), one.name) for one in fields(value)
        }
        return replace(value, **parts)
    return value
