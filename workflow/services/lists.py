"""What people may look at: a request, lists, the history. Nothing here changes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.casework import anchors
from workflow.casework import request as request_clock
from workflow.casework.errors import Lacking
from workflow.casework.events import sentence
from workflow.casework.ladder import UK
from workflow.casework.occasion import open_acts, permit
from workflow.casework.request import current_reading, reading
from workflow.casework.sense import senseless
from workflow.casework.stages import Stage, stages_of
from workflow.law.cost_limit import aggregations as aggregations_of
from workflow.law.dates import long_date
from workflow.law.reviews import NoSuchDate, complain_by, request_review_by
from workflow.services import discretion
from workflow.services.pictures import CardPicture, HistoryLine
from workflow.store import disposal, history, holds, outbox, requests

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer
    from workflow.casework.stages import Act
    from workflow.law.clock import Reading
    from workflow.law.cost_limit import Aggregation
    from workflow.law.reviews import Line
    from workflow.services.office import Office
    from workflow.store.holds import Hold
    from workflow.store.outbox import Said
    from workflow.store.unit_of_work import Connection

LOOKED_AT = 500  # more than these nobody looks through in a menu: they type another letter


def find(office: Office, reference: str) -> InformationRequest:
    """Find a request by its reference, however it was typed. Raises UnknownRequest or Lacking."""
    with office.store.reading() as connection:
        return requests.get(connection, reference).request


def card(office: Office, request: InformationRequest) -> CardPicture:
    """Make the picture that a card shows to somebody who may see the request."""
    today, roster = office.today(), office.roster
    now = current_reading(request, days=office.days_of(request), on=today)
    return CardPicture(
        request=request,
        reading=now,
        team=roster.team_name(request.team),
        holder=roster.name_of(request.holder) if request.holder else None,
        reviewer=roster.name_of(request.reviewer) if request.reviewer else None,
        targets=anchors.targets(request, office.ladder, days=office.days_of(request), on=today),
        today=today,
    )


def card_for(office: Office, request: InformationRequest, recipient: str) -> CardPicture:
    """Make the picture that a channel sees: of a restricted request only that it is there."""
    if discretion.is_for(request, recipient):
        return card(office, request)
    return card(office, discretion.veiled(request))._replace(is_veiled=True)


def acts_for(office: Office, request: InformationRequest, officer: Officer) -> tuple[Act, ...]:
    """Give the acts that this officer may do on this request now, and that make sense."""
    state = current_reading(request, days=office.days_of(request), on=office.today()).state
    vain = senseless(request, state)
    return tuple(act for act in open_acts(request, officer) if act not in vain)


def may(request: InformationRequest, act: Act, officer: Officer) -> bool:
    """Say whether the table lets this officer do an act on this request now."""
    return act in open_acts(request, officer)


def check(request: InformationRequest, act: Act, officer: Officer) -> None:
    """Say why an officer may not do an act, if so. Raises ActNotOpen or NotForYou."""
    permit(act, request, officer)


def review_reading(office: Office, request: InformationRequest) -> Reading:
    """Read the clock of the internal review with its ledger, as of today."""
    return request_clock.review_reading(request, days=office.days_of(request), on=office.today())


def statutory_reading(office: Office, request: InformationRequest) -> Reading:
    """Read the clock of s.10 with its ledger, as of today."""
    return reading(request, days=office.days_of(request), on=office.today())


def latest_by(office: Office, officer: Officer) -> str:
    """Give the reference of the request on which an officer acted last. Raises Lacking for none."""
    with office.store.reading() as connection:
        reference = history.latest_reference_of(connection, officer.handle)
    if reference is None:
        raise Lacking(
            what="You have not acted on any request yet.", cure="There is nothing to undo."
        )
    return reference


def history_of(office: Office, reference: str) -> list[HistoryLine]:
    """Give what happened to a request, the first first, each line a sentence.

    Holds and the disposal stand among its acts: they are kept elsewhere, for they change nothing
    of the request.
    """
    name_of = office.roster.name_of
    with office.store.reading() as connection:
        stored = requests.get(connection, reference)
        rows = history.of(connection, stored.row_id)
        besides = _of_records(connection, stored.row_id, name_of)
    lines = [
        HistoryLine(one.at, one.event.on, sentence(one.event, name_of=name_of)) for one in rows
    ]
    return sorted([*lines, *besides], key=lambda one: one.at) if besides else lines


def _of_records(
    connection: Connection, row_id: int, name_of: Callable[[str | None], str]
) -> list[HistoryLine]:
    """Say when words were to be kept all the same, and when, by which rule, they were erased."""
    said = [
        (one.at, f"{name_of(one.by)} {_hold_said(one)}") for one in holds.of(connection, row_id)
    ]
    if done := disposal.of(connection, row_id):
        erased = f"{name_of(done.by)} disposed of it: its words are erased ({done.why})."
        said.append((done.at, erased))
    return [HistoryLine(at, at.astimezone(UK).date(), line) for at, line in said]


def _hold_said(one: Hold) -> str:
    did = "placed a legal hold" if one.placed else "lifted the legal hold"
    return f"{did}: {one.reason}." if one.reason else f"{did}."


def listing(
    office: Office,
    *,
    limit: int = 20,
    offset: int = 0,
    holder: str | None = None,
    team: str | None = None,
    stage: str | None = None,
    reviewer: str | None = None,
) -> list[CardPicture]:
    """List open requests, the soonest due first, narrowed by what is given."""
    wanted = {"holder": holder, "team": team, "stage": stage, "reviewer": reviewer}
    with office.store.reading() as connection:
        rows = requests.listing(connection, wanted, limit=limit, offset=offset)
    return [card(office, row.request) for row in rows]


def choosable(
    office: Office, officer: Officer, acts: tuple[Act, ...], words: str, *, most: int
) -> list[InformationRequest]:
    """List the requests on which an officer may do one of these acts, narrowed by words.

    The words stand in the reference or the subject. The soonest due come first.
    """
    stages = tuple({stage for act in acts for stage in stages_of(act)})
    with office.store.reading() as connection:
        rows = requests.matching(connection, words, stages, limit=LOOKED_AT)
    found = [row.request for row in rows if any(may(row.request, act, officer) for act in acts)]
    return found[:most]


def count_open(office: Office) -> int:
    """Count the requests that are not closed."""
    with office.store.reading() as connection:
        return requests.count_open(connection)


def said(office: Office, *, reference: str | None = None) -> list[Said]:
    """List every notice: when it was sent, to whom, by which rule, in which words."""
    with office.store.reading() as connection:
        return outbox.said(connection, reference=reference)


def aggregations(office: Office) -> tuple[Aggregation, ...]:
    """Propose requests that may be taken together for the cost limit (s.12(4), Fees Regs reg. 5).

    Only those that the desk has grouped, by party and matter; whether to aggregate is its decision.
    """
    with office.store.reading() as connection:
        rows = requests.grouped(connection)
    counted = [request_clock.counted_for_aggregation(row.request) for row in rows]
    return aggregations_of(
        counted, days=office.calendars.uk, authority=office.letterhead.authority_class
    )


def later_dates(office: Office, request: InformationRequest) -> tuple[str, ...]:
    """Tell the dates that follow an answer: to ask for a review, to go to the Commissioner.

    Each is a line with its authority. None while the request itself is open.
    """
    days, on = office.days_of(request), office.today()
    if request.stage is not Stage.CLOSED or request.outcome is None:
        return ()
    answered = statutory_reading(office, request)
    ended = answered.stopped_on or on
    lines: list[Line] = []
    try:
        if request.review_clock:
            ended = review_reading(office, request).stopped_on or ended
        else:
            lines.append(request_review_by(answered, days=days))
        lines.append(complain_by(request.regime, ended))
    except NoSuchDate:
        return ()
    return tuple(f"{one.what}: {long_date(one.on)}, {one.how} ({one.authority})." for one in lines)
