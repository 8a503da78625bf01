"""Who asked: read only for a desk officer who asks, and that look is itself recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, or_, select

from workflow.store.tables import ApplicantRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_applicants = ApplicantRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Applicant(NamedTuple):
    """The applicant's name and address for correspondence (s.8(1)(b))."""

    name: str
    address: str


def same(connection: Connection, name: str, address: str) -> frozenset[int]:
    """Give the rows of the requests by an applicant of this name or address; none for no words."""
    wanted = [
        func.lower(func.trim(column)) == said.strip().lower()
        for column, said in ((_applicants.c.name, name), (_applicants.c.address, address))
        if said.strip()
    ]
    if not wanted:
        return frozenset()
    return frozenset(connection.scalars(select(_applicants.c.request_id).where(or_(*wanted))))


def of(connection: Connection, request_id: int) -> Applicant | None:
    """Find the applicant of a request, or None when none is kept."""
    statement = select(_applicants.c.name, _applicants.c.address).where(
        _applicants.c.request_id == request_id
    )
    row = connection.execute(statement).first()
    return Applicant(row.name, row.address) if row else None
