"""Looking through requests by several things at once, a page at a time."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from workflow.casework.stages import Stage
from workflow.store.mapping import legible
from workflow.store.requests import Stored, stored_from
from workflow.store.tables import RequestRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Waits(Enum):
    """For whom a request waits that is in nobody's hands."""

    DESK = "to be allocated, considered or issued"
    APPROVER = "to be signed off"
    REVIEWER = "to be reviewed"


_at = _requests.c.stage
_is_approved = _requests.c.approved_by.is_not(None)
_WAITING: dict[Waits, ColumnElement[bool]] = {
    Waits.DESK: or_(
        and_(_at == Stage.RECEIVED.value, _requests.c.team.is_(None)),
        _at == Stage.CONSIDERATION.value,
        and_(_at == Stage.RESPONSE.value, _is_approved),
    ),
    Waits.APPROVER: and_(_at == Stage.RESPONSE.value, ~_is_approved),
    Waits.REVIEWER: and_(_at == Stage.REVIEW.value, _requests.c.reviewer.is_(None)),
}


def page(  # noqa: PLR0913  # what may be asked for, each by name
    connection: Connection,
    *,
    limit: int,
    offset: int = 0,
    team: str = "",
    stage: str = "",
    words: str = "",
    hands: str = "",
    due_from: date | None = None,
    due_before: date | None = None,
    waits: Waits | None = None,
) -> tuple[list[Stored], int]:
    """Give a page of requests, the soonest due first, and how many there are in all.

    Without a stage those that are open. `hands` is who holds it or reviews it; `words` stand in the
    reference, the subject or the description; `waits` is for whom it waits.
    """
    conditions = [
        *_placed(team, stage, hands),
        *([_has(words)] if words.strip() else []),
        *([_requests.c.due_on >= due_from] if due_from else []),
        *([_requests.c.due_on < due_before] if due_before else []),
        *([_WAITING[waits]] if waits else []),
    ]
    total = connection.scalar(select(func.count()).select_from(_requests).where(*conditions))
    statement = (
        select(_requests)
        .where(*conditions)
        .order_by(_requests.c.due_on.is_(None), _requests.c.due_on, _requests.c.id)
        .limit(limit)
        .offset(offset)
    )
    found = connection.execute(statement).mappings()
    return [stored_from(row) for row in found], int(total or 0)


def due_between(connection: Connection, first: date, last: date) -> Sequence[date]:
    """Give the due date of every open request that falls due from one day to another."""
    open_ones = _requests.c.stage != Stage.CLOSED.value
    statement = select(_requests.c.due_on).where(
        open_ones, _requests.c.due_on >= first, _requests.c.due_on <= last
    )
    return connection.scalars(statement).all()


def _placed(team: str, stage: str, hands: str) -> Iterator[ColumnElement[bool]]:
    yield _requests.c.stage == stage if stage else _requests.c.stage != Stage.CLOSED.value
    if team:
        yield _requests.c.team == team
    if hands:
        review = _requests.c.stage == Stage.REVIEW.value
        yield or_(
            and_(~review, _requests.c.holder == hands),
            and_(review, _requests.c.reviewer == hands),
        )


def _has(words: str) -> ColumnElement[bool]:
    wanted = legible(words).strip().casefold()
    columns = (_requests.c.reference, _requests.c.subject, _requests.c.description)
    return or_(*(func.lower(one).contains(wanted, autoescape=True) for one in columns))
