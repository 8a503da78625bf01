"""Who looks: a restricted request is not there for anybody who is not named.

This is the one place. Whatever is read from the requests on a connection that has a viewer, alone
or joined with anything else, is narrowed as it is sent to the database: a list, a count, a search
that is written tomorrow is narrowed too. A connection without a viewer is the office's own: it
reminds, delivers and reckons, and sees everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, event, or_
from sqlalchemy.sql import visitors

from workflow.store.tables import RequestRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Engine

VIEWER, SEES_ALL = "viewer", "sees_all"
NOBODY = "-"  # no handle: whoever said no name sees what everybody sees

_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


def narrow(engine: Engine) -> None:
    """Have every look at the requests on this engine narrowed to what its viewer may see."""
    event.listen(engine, "before_execute", _narrowed, retval=True)


def _narrowed(
    _connection: Connection,
    statement: Any,  # noqa: ANN401  # anything that can be sent to a database
    many: Any,  # noqa: ANN401  # its parameters, as they came
    one: Any,  # noqa: ANN401  # as above
    options: Mapping[str, Any],
) -> tuple[Any, Any, Any]:
    viewer = options.get(VIEWER)
    if viewer is None or options.get(SEES_ALL) or not isinstance(statement, Select):
        return statement, many, one
    if not any(_reads_requests(source) for source in statement.get_final_froms()):
        return statement, many, one
    named = _requests.c.restricted_to.contains(f"|{viewer}|", autoescape=True)
    # What speaks of no request is joined with none: a digest, in the list of what was said.
    about_none = _requests.c.id.is_(None)
    return statement.where(or_(_requests.c.restricted_to == "", named, about_none)), many, one


def _reads_requests(source: Any) -> bool:  # noqa: ANN401  # a table, a join, a subquery
    return any(one is _requests for one in visitors.iterate(source))
