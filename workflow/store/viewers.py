"""Who looks: a restricted request is not there for anybody who is not named.

This is the one place. Whatever is read from the requests on a connection that has a viewer, alone
or joined with anything else, is narrowed as it is sent to the database: a list, a count, a search
that is written tomorrow is narrowed too. A connection without a viewer is the office's own: it
reminds, delivers and reckons, and sees everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Alias, Join, Select, SelectBase, event, or_
from sqlalchemy.sql import visitors

from workflow.store.tables import RequestRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, Engine, FromClause

VIEWER, SEES_ALL = "viewer", "sees_all"
NOBODY = "-"  # no handle: whoever said no name sees what everybody sees

_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


_KNOWN: WeakKeyDictionary[Select[Any], tuple[FromClause, ...]] = WeakKeyDictionary()


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
    if viewer is None or options.get(SEES_ALL) or not isinstance(statement, SelectBase):
        return statement, many, one
    if not isinstance(statement, Select):
        _must_not_read(statement)
        return statement, many, one
    return statement.where(*(_may_see(viewer, one) for one in _read_by(statement))), many, one


def _read_by(statement: Select[Any]) -> tuple[FromClause, ...]:
    """Give the tables of requests that a statement reads.

    SQLAlchemy compiles it to tell, so a statement that is built once is asked once.
    """
    found = _KNOWN.get(statement)
    if found is None:
        froms = statement.get_final_froms()
        found = tuple(one for source in froms for one in _requests_in(source))
        _KNOWN[statement] = found
    return found


def _may_see(viewer: str, requests: FromClause) -> ColumnElement[bool]:
    restricted = requests.c.restricted_to
    # What speaks of no request is joined with none: a digest, in the list of what was said.
    about_none = requests.c.id.is_(None)
    named = restricted.contains(f"|{viewer}|", autoescape=True)
    return or_(restricted == "", named, about_none)


def _requests_in(source: FromClause) -> Iterator[FromClause]:
    """Find the table of requests, under whatever name, among what a statement reads from."""
    if isinstance(source, Join):
        yield from _requests_in(source.left)
        yield from _requests_in(source.right)
    elif source is _requests or (isinstance(source, Alias) and source.element is _requests):
        yield source
    else:
        _must_not_read(source)


def _must_not_read(source: Any) -> None:  # noqa: ANN401  # a subquery, a union, a table
    """Refuse to look at requests in a way that cannot be narrowed here: it is to be rewritten."""
    if any(one is _requests for one in visitors.iterate(source)):
        raise LookupError("requests are read for a viewer through what cannot be narrowed")
