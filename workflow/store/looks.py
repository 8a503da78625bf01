"""Looks at who asked: written down for ever, so that it can be told who saw an applicant's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, literal, select

from workflow.store.tables import ApplicantRow, LookRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_looks = LookRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_applicants = ApplicantRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Look(NamedTuple):
    """Who looked at an applicant, when and for what."""

    by: str
    at: datetime
    why: str


def keep(connection: Connection, request_id: int, look: Look) -> None:
    """Write a look down. It can never be changed: the database refuses."""
    connection.execute(insert(_looks), look._asdict() | {"request_id": request_id})


def keep_for_all(connection: Connection, look: Look) -> None:
    """Write down a look at every applicant there is."""
    values = (_applicants.c.request_id, literal(look.by), literal(look.at, _looks.c.at.type))
    seen = select(*values, literal(look.why)).order_by(_applicants.c.request_id)
    names = ["request_id", "by", "at", "why"]
    connection.execute(insert(_looks).from_select(names, seen))


def of(connection: Connection, request_id: int) -> list[Look]:
    """Give every look at a request's applicant, the first first."""
    statement = select(_looks).where(_looks.c.request_id == request_id).order_by(_looks.c.id)
    rows = connection.execute(statement).mappings()
    return [Look(row["by"], row["at"], row["why"]) for row in rows]
