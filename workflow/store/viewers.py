"""Who looks: a restricted request is not there for anybody who is not named.

This is the one place. Whatever is read from the requests on a connection that has a viewer, alone
or joined with anything else, is narrowed as it is sent to the database: a list, a count, a search
that is written tomorrow is narrowed too. A connection without a viewer is the office's own: it
reminds, delivers and reckons, and sees everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Alias, Join, Select, SelectBase, Text, bindparam, event, func, or_
from sqlalchemy.sql import visitors

from workflow.store.tables import RequestRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, Engine, FromClause

VIEWER, SEES_ALL = "viewer", "sees_all"
NOBODY = "-"  # no handle: whoever said no name sees what everybody sees

_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it


_NAMED = "named_viewer"  # the parameter of a narrowed statement: who looks, between bars
# A statement that is built once is narrowed once: to do so SQLAlchemy has to compile it.
_NARROWED: WeakKeyDictionary[Select[Any], Select[Any]] = WeakKeyDictionary()


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
    narrowed = _NARROWED.get(statement)
    if narrowed is None:
        read = [one for source in statement.get_final_froms() for one in _requests_in(source)]
        narrowed = _NARROWED[statement] = statement.where(*map(_may_see, read))
    return narrowed, many, {**one, _NAMED: f"|{viewer}|"}


def _may_see(requests: FromClause) -> ColumnElement[bool]:
    restricted = requests.c.restricted_to
    # What speaks of no request is joined with none: a digest, in the list of what was said.
    about_none = requests.c.id.is_(None)
    # With LIKE, SQLite would prepare the statement anew for each viewer.
    without = func.replace(restricted, bindparam(_NAMED, type_=Text), "")
    return or_(restricted == "", without != restricted, about_none)


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
