"""What the letters of a request are made of, and the refusal of one that cannot be made yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.errors import Lacking
from workflow.law.refusal_notice import Incomplete
from workflow.services.lists import statutory_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.casework.events import Event
    from workflow.casework.request import InformationRequest
    from workflow.casework.stages import Act
    from workflow.law.clock import Reading
    from workflow.law.refusal_notice import Notice
    from workflow.services.office import Office


class Known(NamedTuple):
    """What a letter is made of: the request, what happened to it, and its clock today."""

    office: Office
    request: InformationRequest
    happened: Sequence[Event]
    reading: Reading


def known(office: Office, request: InformationRequest, happened: Sequence[Event]) -> Known:
    """Gather what the letters of a request are made of."""
    return Known(office, request, happened, statutory_reading(office, request))


def last(it: Known, act: Act, verb: str) -> Event:
    """Find the last time an act was done. Raises Lacking, naming the verb that does it."""
    found = next((one for one in reversed(it.happened) if one.act is act), None)
    if found is None:
        what = f"There is nothing to write yet: nobody did “{act}” on {it.request.reference}."
        raise Lacking(what=what, cure=f"Do it first: {verb}.")
    return found


def complete(it: Known, drafted: Notice | Incomplete) -> Notice:
    """Give a notice that is complete. Raises Lacking, naming all that is missing."""
    if isinstance(drafted, Incomplete):
        raise not_complete(it, drafted.told())
    return drafted


def not_complete(it: Known, missing: Sequence[str]) -> Lacking:
    """Make the refusal of a letter that is not complete."""
    what = f"The letter of {it.request.reference} is not complete: {'; '.join(missing)}"
    return Lacking(what=what, cure="Complete it with: answer, exempt, harm, interest.")
