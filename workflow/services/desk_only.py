"""What the FOI desk alone may do with the whole of what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking
from workflow.casework.roles import Role

if TYPE_CHECKING:
    from workflow.casework.roles import Officer


def must_be_desk(officer: Officer, what: str) -> None:
    """Raise Lacking unless the officer is of the desk."""
    if not officer.has(Role.DESK):
        raise Lacking(
            what=f"Only the FOI desk may {what}, and {officer.name} is not of it.",
            cure="Ask a desk officer.",
        )


def whoever_looks(officer: Officer | None, what: str) -> Officer:
    """Give who looks, who is of the desk. Raises Lacking otherwise, and where nobody was named."""
    if officer is None:
        raise Lacking(what="Nobody was named as the one who looks.", cure="Add --as HANDLE.")
    must_be_desk(officer, what)
    return officer
