"""How a refused act is told: once, privately, in one sentence that says what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.errors import either
from workflow.services.verbs import verb_for
from workflow.store.unit_of_work import DATABASE_AWAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.casework.errors import Refusal

OUT_OF_DATE = "That button is out of date. Look at the request again: /foi show REF"
NO_DATABASE = (
    "The database of FOI Desk does not answer. Wait a minute, look whether it was done, and try "
    "again."
)
OLD_FORM = "This form is out of date, and nothing was changed. Close it and begin again: /foi"
LATE_FORM = (
    "Slack gives three seconds to open a form, and they were over. Nothing was changed: try again."
)
ELSEWHERE = "FOI Desk serves another workspace. Use it in the one where it is installed."


def stranger(slack_id: str, desk: Sequence[str]) -> str:
    """Tell somebody whom the desk does not know who can add them, and by which member ID."""
    return (
        f"FOI Desk does not know you yet. {either(desk)} of the FOI desk can add you: your Slack "
        f"member ID is {slack_id}."
    )


def apology(refusal: Refusal) -> str:
    """Word a refusal for Slack, the acts that are open said as the verbs one types."""
    return refusal.worded(lambda act: verb_for(act).name)


def fault(number: str) -> str:
    """Word a fault of ours: nothing was lost that was confirmed, and the log knows the number."""
    return (
        f"Something went wrong on our side, and nothing was changed. Try again; if it stays, "
        f"tell the FOI desk this number: {number}"
    )


def fault_of(error: BaseException, number: str) -> str:
    """Word what went wrong: the database that is away, or else a fault of ours."""
    return NO_DATABASE if isinstance(error, DATABASE_AWAY) else fault(number)
