"""Reading and writing requests. Statements are built once; nothing here decides anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, bindparam, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.casework.errors import (
    Ambiguous,
    ChangedMeanwhile,
    Lacking,
    Restricted,
    UnknownRequest,
)
from workflow.casework.slips import nearly
from workflow.casework.stages import Stage
from workflow.law.regime import Regime
from workflow.store import last_acts, viewers
from workflow.store.mapping import columns_of, legible, request_from
from workflow.store.tables import ApplicantRow, RequestRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection

    from workflow.casework.decide.undo import LastAct
    from workflow.casework.request import InformationRequest

LONGEST_REFERENCE = 40
LATEST = 1000  # references among which a mistyped one is looked for
_ONE_AT_A_TIME = 0xF01  # the lock under which references are made

_requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
_applicants = ApplicantRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it

# For a reference must be nobody else's, seen or not.
_EVERYTHING = {viewers.SEES_ALL: True}

# What only undoing needs is large, and no list reads it.
_picture = select(*(column for column in _requests.c if column.name != "last_act"))
_by_reference = _picture.where(_requests.c.reference == bindparam("wanted"))
_by_reference_to_change = _by_reference.with_for_update()
_save = update(_requests).where(
    _requests.c.id == bindparam("row_id"), _requests.c.version == bindparam("seen_version")
)
# ORDER BY is what keeps PostgreSQL on the index once it plans this statement for any value.
_due = (
    select(_requests.c.reference, _requests.c.next_notice_at, _requests.c.regime)
    .where(_requests.c.next_notice_at <= bindparam("now"))
    .where(_requests.c.regime.in_(bindparam("under", expanding=True)))
    .order_by(_requests.c.next_notice_at)
    .limit(bindparam("most"))
)

_restricted_to = select(_requests.c.restricted_to).where(_requests.c.id == bindparam("row_id"))
_still_due = (
    _picture.where(
        _requests.c.reference.in_(bindparam("wanted", expanding=True)),
        _requests.c.next_notice_at <= bindparam("now"),
    )
    .order_by(_requests.c.next_notice_at)
    .with_for_update(skip_locked=True)
)
# Where somebody mistypes a reference, it is one of those that are worked on.
_latest = select(_requests.c.reference).order_by(_requests.c.id.desc()).limit(LATEST)


class Stored(NamedTuple):
    """A request together with what only the store knows of it."""

    row_id: int
    request: InformationRequest
    due_on: date | None
    noticed_to: datetime
    next_notice_at: datetime | None


class NotWrittenSo(LookupError):
    """No reference is written exactly so; `get` finds what is meant."""


class Waiting(NamedTuple):
    """A request of which something is due to be said since a moment."""

    reference: str
    at: datetime
    regime: Regime


class Timing(NamedTuple):
    """What is computed with every save: for the lists and for the sweep."""

    due_on: date | None
    calendar_version: str
    noticed_to: datetime
    next_notice_at: datetime | None


def get(connection: Connection, typed: str, *, to_change: bool = False) -> Stored:
    """Find a request by its reference, however it was typed: "0042", "foi-2020-0042".

    Raises UnknownRequest with what looks near, Lacking when several would fit.
    """
    typed = legible(typed)
    statement = _by_reference_to_change if to_change else _by_reference
    row = connection.execute(statement, {"wanted": typed}).mappings().first()
    if row is None:
        _say_if_restricted(connection, typed)
        reference = _resolve(connection, typed)
        row = connection.execute(statement, {"wanted": reference}).mappings().one()
    return stored_from(row)


def written(connection: Connection, reference: str) -> Stored:
    """Find a request to change by its reference as it is written. Raises NotWrittenSo for none."""
    row = connection.execute(_by_reference_to_change, {"wanted": legible(reference)})
    found = row.mappings().first()
    if found is None:
        raise NotWrittenSo(reference)
    return stored_from(found)


def is_restricted(connection: Connection, row_id: int) -> bool:
    """Say whether a request may be seen by the people named for it only."""
    return connection.scalar(_restricted_to, {"row_id": row_id}) != ""


def _say_if_restricted(connection: Connection, typed: str) -> None:
    """Tell somebody who may not see a request that it is there: its card says so to everybody."""
    wanted = func.lower(_requests.c.reference) == _bare(typed)
    found = select(_requests.c.reference).where(wanted, _requests.c.restricted_to != "")
    reference = connection.execute(found, execution_options=_EVERYTHING).scalar()
    if reference is not None and connection.execute(found).first() is None:
        raise Restricted(reference=reference)


def _bare(typed: str) -> str:
    return typed.strip().strip("`#").casefold()


def _resolve(connection: Connection, typed: str) -> str:
    wanted = _bare(typed)
    folded = func.lower(_requests.c.reference)
    exact = _alike(connection, folded == wanted)
    if exact:
        return exact[0]
    if not 1 < len(wanted) <= LONGEST_REFERENCE:
        raise UnknownRequest(reference=typed)
    ending = _alike(connection, folded.endswith(wanted, autoescape=True))
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise Ambiguous(reference=typed, options=ending)
    near = _alike(connection, folded.contains(wanted, autoescape=True))
    near = near or nearly(wanted, connection.scalars(_latest))
    raise UnknownRequest(reference=typed, near=near)


def _alike(connection: Connection, condition: ColumnElement[bool]) -> Sequence[str]:
    """Give up to five references that a condition fits."""
    return connection.scalars(
        select(_requests.c.reference).where(condition).order_by(_requests.c.reference).limit(5)
    ).all()


def add(
    connection: Connection,
    request: InformationRequest,
    timing: Timing,
    *,
    applicant: tuple[str, str] | None,
) -> int:
    """Keep a new request, and its applicant apart from it. Gives the row's id.

    Raises Lacking when the reference is taken.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    adding = dialect.insert(_requests).on_conflict_do_nothing(index_elements=["reference"])
    values = _row_values(request, timing)
    row_id = connection.execute(adding.returning(_requests.c.id), values).scalar()
    if row_id is None:
        raise Lacking(what=f"{request.reference} is already logged.", cure="Use another reference.")
    if applicant is not None:
        name, address = applicant
        connection.execute(
            insert(_applicants), {"request_id": row_id, "name": name, "address": address}
        )
    return int(row_id)


def save(
    connection: Connection,
    before: Stored,
    after: InformationRequest,
    timing: Timing,
    *,
    last: LastAct | None = None,
) -> InformationRequest:
    """Write a changed request over the version that was read. Gives it with its new version.

    `last` is what undoing it would need; without it nothing can be undone. Raises ChangedMeanwhile
    when somebody else wrote first.
    """
    version = before.request.version + 1
    values = columns_of(after, changed_from=before.request) | timing._asdict()
    values |= {"version": version, "last_act": last_acts.written(last)}
    keys = {"row_id": before.row_id, "seen_version": before.request.version}
    if connection.execute(_save, values | keys).rowcount != 1:
        raise ChangedMeanwhile(reference=after.reference)
    return replace(after, version=version)


def save_timing(connection: Connection, seen: Stored, timing: Timing) -> None:
    """Write only when a request is next looked at: nothing happened to it, so its version stays.

    Raises ChangedMeanwhile when somebody else wrote first.
    """
    save_timings(connection, [(seen, timing)])


def save_timings(connection: Connection, timings: Sequence[tuple[Stored, Timing]]) -> None:
    """Write when some requests are next looked at. Raises ChangedMeanwhile as above."""
    rows = [
        {"row_id": seen.row_id, "seen_version": seen.request.version, **timing._asdict()}
        for seen, timing in timings
    ]
    if rows and connection.execute(_save, rows).rowcount != len(rows):
        raise ChangedMeanwhile(reference=timings[0][0].request.reference)


def reckoned_otherwise(connection: Connection, version: str) -> list[Stored]:
    """Give the open requests whose dates were reckoned under another calendar, to be changed."""
    statement = (
        _picture.where(
            _requests.c.stage != Stage.CLOSED.value, _requests.c.calendar_version != version
        )
        .order_by(_requests.c.id)
        .with_for_update()
    )
    return [stored_from(row) for row in connection.execute(statement).mappings()]


def due_moments(
    connection: Connection, now: datetime, *, under: Sequence[Regime], most: int
) -> list[Waiting]:
    """Give of which something is due to be said, and since when, the longest waiting first.

    Only of requests under these laws: the others rest today.
    """
    asked = {"now": now, "under": [one.value for one in under], "most": most}
    return [Waiting(row[0], row[1], Regime(row[2])) for row in connection.execute(_due, asked)]


def still_due(connection: Connection, references: Sequence[str], now: datetime) -> list[Stored]:
    """Give those of some requests that are due still, to be changed.

    What another writer has in hand at this moment is left out: it is due again, or it is not.
    """
    wanted = {"wanted": references, "now": now}
    return [stored_from(row) for row in connection.execute(_still_due, wanted).mappings()]


def longest_due(
    connection: Connection, now: datetime, *, under: Sequence[Regime]
) -> datetime | None:
    """Give since when the longest waiting under these laws is due, or None when nothing is."""
    return next((one.at for one in due_moments(connection, now, under=under, most=1)), None)


def next_notice_after(connection: Connection, moment: datetime) -> datetime | None:
    """Give the first moment after another at which anything falls due on any request, or None."""
    statement = (
        select(_requests.c.next_notice_at)
        .where(_requests.c.next_notice_at > moment)
        .order_by(_requests.c.next_notice_at)
        .limit(1)
    )
    found: datetime | None = connection.scalars(statement).first()
    return found


def listing(
    connection: Connection, wanted: Mapping[str, str | None], *, limit: int, offset: int = 0
) -> list[Stored]:
    """Give requests that are not closed, the soonest due first.

    `wanted` narrows by columns: holder, team, stage, reviewer. The stage "closed" shows those.
    """
    conditions: list[ColumnElement[bool]] = [
        _requests.c[column] == value for column, value in wanted.items() if value is not None
    ]
    if wanted.get("stage") is None:
        conditions.append(_requests.c.stage != Stage.CLOSED.value)
    statement = (
        _picture.where(*conditions)
        .order_by(_requests.c.due_on.is_(None), _requests.c.due_on, _requests.c.id)
        .limit(limit)
        .offset(offset)
    )
    return [stored_from(row) for row in connection.execute(statement).mappings()]


def due_until(connection: Connection, last: date, *, most: int) -> list[Stored]:
    """Give the requests that are not closed and due up to a day, overdue ones too, by due date."""
    statement = (
        _picture.where(_requests.c.stage != Stage.CLOSED.value, _requests.c.due_on <= last)
        .order_by(_requests.c.due_on, _requests.c.id)
        .limit(most)
    )
    return [stored_from(row) for row in connection.execute(statement).mappings()]


def matching(
    connection: Connection, words: str, stages: Sequence[Stage], *, limit: int
) -> list[Stored]:
    """List requests in some stages whose reference or subject holds these words, due ones first."""
    wanted = legible(words).strip().casefold()
    statement = (
        _picture.where(_requests.c.stage.in_([stage.value for stage in stages]))
        .where(
            or_(
                func.lower(_requests.c.reference).contains(wanted, autoescape=True),
                func.lower(_requests.c.subject).contains(wanted, autoescape=True),
            )
        )
        .order_by(_requests.c.due_on.is_(None), _requests.c.due_on, _requests.c.id.desc())
        .limit(limit)
    )
    return [stored_from(row) for row in connection.execute(statement).mappings()]


def received_since(connection: Connection, day: date, *, limit: int = 5000) -> list[Stored]:
    """Give the requests that are open or were received since a day, the latest first."""
    recent = or_(_requests.c.stage != Stage.CLOSED.value, _requests.c.received_on >= day)
    statement = _picture.where(recent).order_by(_requests.c.id.desc()).limit(limit)
    return [stored_from(row) for row in connection.execute(statement).mappings()]


def in_hands(connection: Connection, handle: str) -> list[Stored]:
    """Give the open requests that somebody holds, and those whose review they have taken."""
    review = _requests.c.stage == Stage.REVIEW.value
    held = and_(_requests.c.holder == handle, _requests.c.stage != Stage.CLOSED.value, ~review)
    statement = _picture.where(or_(held, and_(review, _requests.c.reviewer == handle))).order_by(
        _requests.c.due_on.is_(None), _requests.c.due_on, _requests.c.id
    )
    return [stored_from(row) for row in connection.execute(statement).mappings()]


def count_hidden(connection: Connection) -> int:
    """Count the requests that are there and that whoever looks may not see."""
    everything = select(func.count()).select_from(_requests)
    there = connection.scalar(everything, execution_options=_EVERYTHING)
    return int(there or 0) - int(connection.scalar(everything) or 0)


def count_open(connection: Connection) -> int:
    """Count the requests that are not closed."""
    statement = select(func.count()).where(_requests.c.stage != Stage.CLOSED.value)
    return int(connection.scalar(statement) or 0)


def next_reference(connection: Connection, year: int) -> str:
    """Make the next reference of a year: "FOI-2020-0007". Who logs at the same time waits."""
    if connection.dialect.name == "postgresql":  # on SQLite there is one writer anyway
        connection.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    prefix = f"FOI-{year}-"
    like = _requests.c.reference.startswith(prefix, autoescape=True)
    named = select(_requests.c.reference).where(like)
    taken = connection.scalars(named, execution_options=_EVERYTHING).all()
    numbers = [int(one.removeprefix(prefix)) for one in taken if one.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:04d}"


def _row_values(request: InformationRequest, timing: Timing) -> dict[str, Any]:
    return columns_of(request) | timing._asdict()


def stored_from(row: Any) -> Stored:  # noqa: ANN401  # a row of any select of the table
    """Read a request and what the store alone knows of it from a row."""
    return Stored(row["id"], request_from(row), *(row[name] for name in Stored._fields[2:]))


def next_part(connection: Connection, reference: str) -> str:
    """Make the reference of the next part split off a request: "002335/20-2"."""
    parts = select(func.count()).where(_requests.c.split_from == reference)
    taken = connection.scalar(parts, execution_options=_EVERYTHING)
    return f"{reference}-{int(taken or 0) + 2}"


def grouped(connection: Connection) -> list[Stored]:
    """Give the requests that the desk has grouped for aggregation, closed ones too."""
    statement = _picture.where(_requests.c.party != "").order_by(_requests.c.id)
    return [stored_from(row) for row in connection.execute(statement).mappings()]
