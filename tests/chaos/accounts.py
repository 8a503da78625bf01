"""The reckoning: what was to be said, what stands in Slack, what was confirmed and what is kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from workflow.casework.events import sentence
from workflow.store import history, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.chaos.people import People
    from workflow.services.office import Office

# A row in one of these states needs nothing more. "superseded": a newer card took its place;
# "gathered": another row says it together with others.
DONE = {"sent", "superseded", "gathered"}
_ROWS = text("SELECT id, request_id, key, kind, state FROM outbox ORDER BY id")


class Stands(NamedTuple):
    """A message as it stands in Slack."""

    key: str
    ts: str


class Reckoning(NamedTuple):
    """What was to be said, and each thing that went wrong with it."""

    to_say: int
    standing: int
    unsaid: list[str]
    lost: list[str]
    twice: list[str]
    out_of_order: list[str]

    @property
    def wrong(self) -> list[str]:
        """Give everything that went wrong."""
        return [*self.unsaid, *self.lost, *self.twice, *self.out_of_order]


class Row(NamedTuple):
    """A row of the outbox."""

    id: int
    request_id: int | None
    key: str
    kind: str
    state: str


def rows_of(office: Office) -> list[Row]:
    """Read the whole outbox, in the order in which it was filled."""
    with office.store.reading() as connection:
        return [Row(*row) for row in connection.execute(_ROWS)]


def reckon(rows: Sequence[Row], standing: Iterable[Stands]) -> Reckoning:
    """Compare what was to be said with what stands."""
    places: dict[str, list[str]] = defaultdict(list)
    for one in standing:
        places[one.key].append(one.ts)
    expected = [_key(row) for row in rows if row.state == "sent"]
    return Reckoning(
        to_say=len(rows),
        standing=sum(len(found) for found in places.values()),
        unsaid=[f"{row.key} is {row.state}" for row in rows if row.state not in DONE],
        lost=[f"{key} was lost" for key in dict.fromkeys(expected) if key not in places],
        twice=[f"{key} stands {len(at)} times" for key, at in places.items() if len(at) > 1],
        out_of_order=_out_of_order(rows, places),
    )


def _key(row: Row) -> str:
    """Give the key under which a row stands; every drawing of a card is the same message."""
    if row.kind != "card":
        return row.key
    card, reference, _version, *where = row.key.split("|")
    return "|".join((card, reference, *where))


def _out_of_order(rows: Sequence[Row], places: Mapping[str, list[str]]) -> list[str]:
    """Follow each request: what was put in later must not stand earlier."""
    latest: dict[int, tuple[str, str]] = {}
    wrong = []
    for row in rows:
        if row.request_id is None or row.kind == "card" or row.key not in places:
            continue
        ts, before = places[row.key][0], latest.get(row.request_id)
        if before is not None and ts < before[0]:
            wrong.append(f"{row.key} stands before {before[1]}")
        latest[row.request_id] = (ts, row.key)
    return wrong


def lost_acts(office: Office, people: People) -> list[str]:
    """Compare what was confirmed with the history: all of it, in its order, none more than once."""
    wrong = []
    for reference, confirmed in people.confirmed.items():
        kept, asked = _history(office, reference), people.asked_for[reference]
        doubled = [said for said, n in Counter(kept).items() if said in asked and n > asked[said]]
        wrong += [f"{reference}: “{said}” stands more than once" for said in doubled]
        there = iter(kept)
        wrong += [f"{reference}: “{said}” was lost" for said in confirmed if said not in there]
    return wrong


def _history(office: Office, reference: str) -> list[str]:
    with office.store.reading() as connection:
        events = history.of(connection, requests.get(connection, reference).row_id)
    return [sentence(one.event, name_of=office.roster.name_of) for one in events]
