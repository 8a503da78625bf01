"""How earlier requests were answered, looked up across requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Text, cast, select

from workflow.casework.request import Treatment
from workflow.store.tables import RequestRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
MOST = 10


def neither(connection: Connection, section: str, *, besides: str) -> tuple[str, ...]:
    """Give the latest requests that were neither confirmed nor denied under a section.

    At most ten, by reference, the newest first; not the one that is named by `besides`.
    """
    answers = _requests.c.answers
    said = cast(answers, Text).like(f'%"{Treatment.NEITHER.value}"%')
    statement = (
        select(_requests.c.reference, answers)
        .where(said, _requests.c.reference != besides)
        .order_by(_requests.c.id.desc())
    )
    found = (
        row.reference
        for row in connection.execute(statement)
        for one in row.answers
        if one["treatment"] == Treatment.NEITHER.value and section in one["sections"]
    )
    return tuple(dict.fromkeys(found))[:MOST]
