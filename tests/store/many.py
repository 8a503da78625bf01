"""Very many requests, made by the database itself: one row copied as often as is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, case, cast, insert, literal, select, text
from sqlalchemy.types import Text

from workflow.store.tables import RequestRow

_requests: Any = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


def copy(
    connection: Connection,
    row_id: int,
    *,
    times: int,
    due: int,
    due_at: datetime,
    later: datetime,
) -> None:
    """Copy a request so many times, as R1, R2 …; the first `due` of them are due at `due_at`."""
    first = select(literal(1, Integer).label("n")).cte("numbers", recursive=True)
    numbers = first.union_all(select(first.c.n + 1).where(first.c.n < times))
    different = {
        "reference": literal("R", Text) + cast(numbers.c.n, Text),
        "next_notice_at": case(
            (numbers.c.n <= due, literal(due_at, _requests.c.next_notice_at.type)),
            else_=literal(later, _requests.c.next_notice_at.type),
        ),
    }
    copied = [column for column in _requests.columns if column.name != "id"]
    values = [different.get(column.name, column) for column in copied]
    connection.execute(
        insert(_requests).from_select(
            copied,
            select(*values)
            .select_from(_requests.join(numbers, literal(value=True)))
            .where(_requests.c.id == row_id),
        )
    )
    if connection.dialect.name == "postgresql":  # it counts its rows from time to time by itself
        connection.execute(text("ANALYZE requests"))
