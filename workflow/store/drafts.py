"""What people have begun to fill in: one form of one person, until it is submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, insert, select

from workflow.store.tables import DraftRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

_drafts = DraftRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


class Form(NamedTuple):
    """Which form: whose, of which act, on which request (empty for a new one)."""

    person: str
    act: str
    reference: str


class Draft(NamedTuple):
    """What was filled in, by field, and when that was."""

    words: Mapping[str, str]
    at: datetime


def of(connection: Connection, form: Form) -> Draft | None:
    """Find what somebody has begun to fill in, or None."""
    row = connection.execute(select(_drafts).where(*_is(form))).mappings().first()
    return Draft(dict(row["words"]), row["at"]) if row else None


def keep(connection: Connection, form: Form, draft: Draft) -> None:
    """Keep what is filled in now, in place of what was."""
    forget(connection, form)
    connection.execute(
        insert(_drafts), form._asdict() | {"words": dict(draft.words), "at": draft.at}
    )


def forget(connection: Connection, form: Form) -> None:
    """Forget a draft: it was submitted, or begun afresh."""
    connection.execute(delete(_drafts).where(*_is(form)))


def forget_of_request(connection: Connection, reference: str) -> None:
    """Forget all drafts about a request: its words are erased."""
    connection.execute(delete(_drafts).where(_drafts.c.reference == reference))


def forget_older(connection: Connection, moment: datetime) -> None:
    """Forget what was begun before a moment and never submitted."""
    connection.execute(delete(_drafts).where(_drafts.c.at < moment))


def _is(form: Form) -> list[ColumnElement[bool]]:
    return [_drafts.c[name] == value for name, value in form._asdict().items()]
