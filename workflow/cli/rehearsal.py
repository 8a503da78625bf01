"""A dry run: an act is decided on the value alone, so that nothing can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workflow.casework.decide import DECIDE, apart
from workflow.casework.decide.intake import log
from workflow.casework.events import sentence
from workflow.casework.stages import Act
from workflow.cli.outcome import Outcome
from workflow.services.acts import occasion_of, undoing
from workflow.store import requests

if TYPE_CHECKING:
    from workflow.casework.occasion import Decision
    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer
    from workflow.services.office import Office


def rehearse(
    office: Office,
    chosen: Act,
    request: InformationRequest,
    officer: Officer,
    values: dict[str, Any],
) -> Outcome:
    """Decide an act without saving it. Raises a Refusal as the act would."""
    with office.store.reading() as connection:
        occasion = occasion_of(office, connection, officer, request)
        if chosen is Act.SPLIT:
            part = requests.next_part(connection, request.reference)
            rest, _made = apart.split(request, occasion, part=part, numbers=values["numbers"])
            return _told(office, rest)
        if chosen is Act.UNDO:
            kept = requests.get(connection, request.reference)
            return _told(office, undoing(office, connection, kept, occasion))
        return _told(office, DECIDE[chosen](request, occasion, **values))


def rehearse_new(office: Office, officer: Officer, values: dict[str, Any]) -> Outcome:
    """Decide on a new request without keeping it. Raises a Refusal as logging it would."""
    occasion = office.occasion(officer)
    with office.store.reading() as connection:
        spare = requests.next_reference(connection, occasion.on.year)
    defaults: dict[str, Any] = {"reference": spare, "received": occasion.on}
    given = {name: value for name, value in values.items() if name != "applicant"}
    return _told(office, log(occasion, **defaults | given))


def _told(office: Office, decision: Decision) -> Outcome:
    line = sentence(decision.event, name_of=office.roster.name_of)
    return Outcome(decision.request, line, decision.advice, decision.told)
