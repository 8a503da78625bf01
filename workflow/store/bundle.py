"""Everything kept of a request, as plain values that can be written to a file and put back.

It is read off the tables themselves: whatever table speaks of a request goes along, one that is
added later too. Only the numbers of rows are left behind, for another database has its own.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import JSON, Boolean, Date, Integer, insert, select
from sqlalchemy.exc import DataError, IntegrityError

from workflow.casework.errors import shown
from workflow.casework.request import InformationRequest
from workflow.casework.stages import Stage
from workflow.law.clock import ClockEvent
from workflow.law.reviews import ReviewEvent
from workflow.store.columns import UtcDateTime
from workflow.store.mapping import columns_of, event_from, legible, request_from
from workflow.store.tables import RequestRow, metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import Column, Connection, RowMapping, Table

    from workflow.store.requests import Stored

FORMAT = 1
PAGE = 200
LARGEST_NUMBER = 2**31 - 1  # what both databases keep in a whole number

# The numbers of rows, and what can be undone here and now.
_STAYS = ("id", "request_id", "last_act")

Plain = dict[str, Any]

_requests: Table = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_ABOUT = {table.name: table for table in metadata.sorted_tables if "request_id" in table.columns}
# What a picture holds when nothing has happened yet: for a file that is older than a column.
_BLANK = InformationRequest("", "", "", date.min, Stage.RECEIVED, date.min, clock=())


class Unreadable(ValueError):
    """What was to be put back is not a request as this program writes it."""

    def __init__(self, *, where: str, why: str) -> None:
        """Keep the entry that cannot be read, and say what is wrong with it."""
        self.where = where
        super().__init__(f"{where}: {why}")


class AlreadyHere(ValueError):
    """A request of this reference is kept already; nothing is written over it."""

    def __init__(self, *, reference: str) -> None:
        """Keep the reference."""
        self.reference = reference
        super().__init__(f"{reference} is here already, and nothing is written over it.")


def everything(connection: Connection, *, leaving_out: Collection[str] = ()) -> Iterator[Plain]:
    """Give all that is kept, one request after another in the order in which they were logged.

    `leaving_out` names tables. However many requests there are, a page of them is held at a time.
    """
    for ids in _pages(connection):
        rows = connection.execute(
            select(_requests).where(_requests.c.id.in_(ids)).order_by(_requests.c.id)
        )
        about = {
            name: _by_request(connection, table, ids)
            for name, table in _ABOUT.items()
            if name not in leaving_out
        }
        for row in rows.mappings():
            yield _whole(row, {name: found.get(row["id"], []) for name, found in about.items()})


def of_one(connection: Connection, stored: Stored, *, leaving_out: Collection[str] = ()) -> Plain:
    """Give all that is kept of one request."""
    row = connection.execute(select(_requests).where(_requests.c.id == stored.row_id)).mappings()
    about = {
        name: _by_request(connection, table, [stored.row_id]).get(stored.row_id, [])
        for name, table in _ABOUT.items()
        if name not in leaving_out
    }
    return _whole(row.one(), about)


def pictures(connection: Connection) -> Iterator[InformationRequest]:
    """Give the picture of every request, in the order in which they were logged."""
    for ids in _pages(connection):
        statement = select(_requests).where(_requests.c.id.in_(ids)).order_by(_requests.c.id)
        for row in connection.execute(statement).mappings():
            yield request_from(row)


def plain_picture(request: InformationRequest) -> Plain:
    """Give a picture alone as plain values."""
    return {name: _plain(value) for name, value in columns_of(request).items()}


def put_back(connection: Connection, whole: Plain) -> InformationRequest:
    """Write a request down as it was kept elsewhere: its history with its original moments.

    Raises Unreadable for what is not a request as `everything` gives it, AlreadyHere when its
    reference is taken. The transaction is then to be given up.
    """
    picture, values = _picture(whole)
    about = {name: _rows(name, rows) for name, rows in _entries(whole).items()}
    _check_history(about.get("events", []))
    taken = select(_requests.c.id).where(_requests.c.reference == picture.reference)
    if connection.scalar(taken) is not None:
        raise AlreadyHere(reference=picture.reference)
    try:
        row_id = connection.execute(insert(_requests).returning(_requests.c.id), values).scalar()
        for name, rows in about.items():
            for row in rows:
                connection.execute(insert(_ABOUT[name]), row | {"request_id": row_id})
    except (IntegrityError, DataError) as error:
        raise Unreadable(where=picture.reference, why=_said(error)) from None
    return picture


def taken(connection: Connection, references: Collection[str]) -> set[str]:
    """Give those of some references that requests have here."""
    there = select(_requests.c.reference).where(_requests.c.reference.in_(references))
    return set(connection.scalars(there))


def _pages(connection: Connection) -> Iterator[Sequence[int]]:
    last = 0
    while True:
        page = select(_requests.c.id).where(_requests.c.id > last).order_by(_requests.c.id)
        ids = connection.scalars(page.limit(PAGE)).all()
        if not ids:
            return
        yield ids
        last = ids[-1]


def _by_request(connection: Connection, table: Table, ids: Sequence[int]) -> dict[int, list[Plain]]:
    found: dict[int, list[Plain]] = {}
    order = table.primary_key.columns.values()
    statement = select(table).where(table.c.request_id.in_(ids)).order_by(*order)
    for row in connection.execute(statement).mappings():
        found.setdefault(row["request_id"], []).append(_written(table, row))
    return found


def _whole(row: RowMapping, about: Mapping[str, list[Plain]]) -> Plain:
    kept = {name: rows for name, rows in about.items() if rows}
    return {"foi_desk": FORMAT, "request": _written(_requests, row), **kept}


def _travelling(table: Table) -> Iterator[Column[Any]]:
    """Give the columns whose values mean the same in another database."""
    return (one for one in table.columns if one.name not in _STAYS)


def _written(table: Table, row: RowMapping) -> Plain:
    return {one.name: _plain(row[one.name]) for one in _travelling(table)}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _picture(whole: Plain) -> tuple[InformationRequest, Plain]:
    """Read the request itself, and see that it makes a picture."""
    if whole.get("foi_desk") != FORMAT:
        raise Unreadable(where="foi_desk", why=f"it must be {FORMAT}: this is not such a file.")
    written = whole.get("request")
    if not isinstance(written, dict):
        raise Unreadable(where="request", why="it must hold the request's fields.")
    values = _values(_requests, plain_picture(_BLANK) | written, "request")
    try:
        picture = request_from(values)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(where="request", why=f"it makes no picture ({error}).") from None
    if not all(isinstance(one, ClockEvent) for one in picture.clock):
        raise Unreadable(where="request", why="its clock holds what is no event of a clock.")
    if not all(isinstance(one, ReviewEvent) for one in picture.review_clock):
        raise Unreadable(where="request", why="its review holds what is no event of a review.")
    return picture, values


def _entries(whole: Plain) -> dict[str, list[Any]]:
    found = {name: rows for name, rows in whole.items() if name not in ("foi_desk", "request")}
    for name, rows in found.items():
        if name not in _ABOUT or not isinstance(rows, list):
            raise Unreadable(where=name[:40], why="this program keeps nothing of that name.")
    return {name: found[name] for name in _ABOUT if name in found}


def _rows(name: str, rows: list[Any]) -> list[Plain]:
    made = []
    for row in rows:
        if not isinstance(row, dict):
            raise Unreadable(where=name, why="each entry must hold fields.")
        made.append(_values(_ABOUT[name], row, name))
    return made


def _check_history(events: list[Plain]) -> None:
    if not events:
        raise Unreadable(where="events", why="a request without a history is not put back.")
    for event in events:
        try:
            event_from(cast("RowMapping", event))  # it reads no more than names
        except (ValueError, TypeError, AttributeError) as error:
            raise Unreadable(where="events", why=f"{error}.") from None


def _values(table: Table, written: Plain, where: str) -> Plain:
    columns = {one.name: one for one in _travelling(table)}
    strange = sorted(written.keys() - columns.keys())
    missing = sorted(name for name, one in columns.items() if name not in written)
    if strange:
        raise Unreadable(where=where, why=f"there is no field {shown(strange[0])} here.")
    if missing:
        raise Unreadable(where=where, why=f"the field {missing[0]} is missing.")
    return {name: _value(one, written[name], where) for name, one in columns.items()}


def _value(column: Column[Any], written: object, where: str) -> object:
    """Read one value as its column keeps it. Raises Unreadable for one of another kind."""
    if isinstance(column.type, JSON):
        return _legible(written)
    if written is None and column.nullable:
        return None
    read = next((read for kind, read in _READERS if isinstance(column.type, kind)), _text)
    try:
        return read(written)
    except (TypeError, ValueError) as error:
        raise Unreadable(where=where, why=f"{column.name}: {error}.") from None


def _day(written: object) -> date:
    return date.fromisoformat(_text(written))


def _moment(written: object) -> datetime:
    moment = datetime.fromisoformat(_text(written))
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment


def _number(written: object) -> int:
    if type(written) is not int or abs(written) > LARGEST_NUMBER:
        raise TypeError("it must be a whole number")
    return written


def _flag(written: object) -> bool:
    if not isinstance(written, bool):
        raise TypeError("it must be true or false")
    return written


def _text(written: object) -> str:
    if not isinstance(written, str):
        raise TypeError("it must be text")
    return legible(written)


_READERS = ((UtcDateTime, _moment), (Date, _day), (Boolean, _flag), (Integer, _number))


def _legible(value: object) -> object:
    """Leave out, however deep, what no database keeps."""
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, list):
        return [_legible(one) for one in value]
    if isinstance(value, dict):
        return {legible(str(name)): _legible(one) for name, one in value.items()}
    return value


def _said(error: IntegrityError | DataError) -> str:
    first = str(error.orig).strip().splitlines()[0]
    return f"the database refuses it ({first.rstrip('.')})."
