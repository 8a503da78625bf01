"""How a refused act is told: once, privately, in one sentence that says what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import wording
from workflow.services.verbs import verb_for
from workflow.store.unit_of_work import DATABASE_AWAY

if TYPE_CHECKING:
    from workflow.casework.errors import Refusal


def apology(refusal: Refusal) -> str:
    """Word a refusal for Slack, the acts that are open said as the verbs one types."""
    return refusal.worded(lambda act: verb_for(act).name)


def fault_of(error: BaseException, number: str) -> str:
    """Word what went wrong: the database that is away, or else a fault of ours."""
    return wording.NO_DATABASE if isinstance(error, DATABASE_AWAY) else wording.fault(number)
