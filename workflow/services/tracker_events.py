"""A row of a tracker, told as events on their days: only what the row itself says.

A row is evidence of dates and words, not of acts by our officers: so the events are the import's,
each on the day the row gives, and nothing between them is made up. What the law or the office's own
rules refuse (an answer before the receipt, an unknown team) rejects the row.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.counting import checked, counted
from workflow.casework.decide import escalation, intake, searching
from workflow.casework.errors import Lacking, Refusal, shown
from workflow.casework.events import Event
from workflow.casework.occasion import Decision
from workflow.casework.request import reading
from workflow.casework.roles import Officer, Role
from workflow.casework.stages import Act, Stage
from workflow.law import clock
from workflow.law.dates import long_date
from workflow.law.regime import Regime
from workflow.services.tracker_mapping import folded, meant, read_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from workflow.casework.occasion import Occasion
    from workflow.casework.request import InformationRequest
    from workflow.services.office import Office
    from workflow.services.tracker_row import Row

IMPORT = Officer("The import", "The import", "", "", frozenset({Role.DESK}))
NOT_ANSWERED = {
    "transferred": Act.TRANSFER,
    "withdrawn": Act.WITHDRAW,
    "lapsed": Act.LAPSE,
}


class Taken(NamedTuple):
    """What a row came to: the request, what happened to it, who asked, and what is to be noted."""

    request: InformationRequest
    events: tuple[Event, ...]
    applicant: tuple[str, str] | None
    remarks: tuple[str, ...]


Step = tuple["date", "Callable[[InformationRequest, Occasion], Decision]"]


def taken(office: Office, row: Row, *, officer: Officer) -> Taken:
    """Tell a row as a request with its history. Raises a Refusal when it cannot be true.

    `officer` runs the import, and says so in the history.
    """
    occasion = replace(office.occasion(IMPORT), on=row.days["received"])
    logged = intake.log(
        occasion,
        reference=row.word("reference"),
        subject=_subject(row),
        description=row.word("description") or row.word("subject"),
        received=row.days["received"],
        regime=_regime(row),
    )
    request, events = logged.request, [logged.event]
    remarks: list[str] = []
    for day, step in _steps(office, row, officer, remarks):
        # The calendar is that of the request's own regime.
        made = step(request, replace(office.occasion(IMPORT, request), on=day))
        request = made.request
        events.append(made.event)
    remarks += _doubts(office, row, request)
    made_of = replace(request, version=len(events) - 1)
    return Taken(made_of, tuple(events), _applicant(row), tuple(remarks))


def _subject(row: Row) -> str:
    words = " ".join((row.word("subject") or row.word("description")).split())
    longest = intake.LONGEST_SUBJECT
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _regime(row: Row) -> Regime:
    word = row.word("regime")
    return Regime(meant(word, row.mapping.regime, "regime")) if word else Regime.FOIA


def _applicant(row: Row) -> tuple[str, str] | None:
    name, address = row.word("applicant_name"), row.word("applicant_address")
    return (name, address) if name or address else None


def _steps(office: Office, row: Row, officer: Officer, remarks: list[str]) -> Iterator[Step]:
    """Give what the row tells, in the order of its days: each with what it makes of a request."""
    yield office.today(), lambda request, _occasion: _taken_over(request, row, officer, office)
    yield from sorted((*_intake(row), *_clock(row)), key=lambda one: one[0])
    ending, day = _ending(row), row.days.get("closed")
    if ending and day is None:
        raise Lacking(what="The row is closed without a date.", cure="Give the day it was closed.")
    if day is not None and not ending:
        raise Lacking(
            what="The row has a date of closing and does not say how it ended.",
            cure="Give its outcome.",
        )
    if ending and day is not None:
        yield from _closing(ending, day, row)
    else:
        yield from _holding(office, row, remarks)


def _taken_over(
    request: InformationRequest, row: Row, officer: Officer, office: Office
) -> Decision:
    note = f"taken over from {row.place}; what follows is told as it stands there"
    return escalation.update(request, office.occasion(officer, request), note=note)


def _intake(row: Row) -> Iterator[Step]:
    if "acknowledged" in row.days:
        yield row.days["acknowledged"], intake.acknowledge
    if row.word("team"):
        day = row.days.get("allocated", row.days["received"])
        team = row.mapping.team.get(folded(row.word("team")), row.word("team"))
        yield day, lambda request, occasion: intake.allocate(request, occasion, team=team)


def _clock(row: Row) -> Iterator[Step]:
    """Give the events of the clock, each under the law's own guards."""
    days = row.days
    if "clarification_sought" in days:
        yield (
            days["clarification_sought"],
            lambda request, occasion: intake.seek_clarification(request, occasion, question=""),
        )
    if "clarification_received" in days:
        yield (
            days["clarification_received"],
            lambda request, occasion: intake.record_clarification(request, occasion, answer=""),
        )
    if "fees_notice" in days:
        amount = _amount(row)
        yield (
            days["fees_notice"],
            lambda request, occasion: intake.give_fees_notice(request, occasion, amount=amount),
        )
    if "fee_received" in days:
        yield days["fee_received"], intake.record_fee
    if "extended" in days:
        yield (
            days["extended"],
            lambda request, occasion: _extended(request, occasion, row),
        )


def _amount(row: Row) -> Decimal:
    written = row.word("fee_amount").lstrip("£ ").replace(",", "")
    try:
        amount = Decimal(written)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise Lacking(what=f"The fee {shown(written)} is no amount.", cure="Give it in pounds.")
    return amount


def _extended(request: InformationRequest, occasion: Occasion, row: Row) -> Decision:
    """Move the end, as the row says it was moved (s.10(3)); the law refuses what would be void."""
    written = row.word("extended_by")
    if not (written.isascii() and written.isdigit()):
        raise Lacking(
            what="The row was extended, and does not say by how many working days.",
            cure="Give the further working days in the column for extended_by.",
        )
    ground, further = row.word("extended_for"), int(written)
    moved = clock.Extended(occasion.on, ground, further_working_days=further)
    events = counted(request, occasion, moved)
    said = {"further": f"{further} working days", "section": ground, "reason": row.as_told}
    return Decision(
        replace(request, clock=events), Event(Act.EXTEND, IMPORT.handle, occasion.on, said)
    )


def _ending(row: Row) -> str:
    """Say how the row ended, or nothing while it is open."""
    status, outcome = row.word("status"), row.word("outcome")
    is_closed = (
        meant(status, row.mapping.status, "status") == Stage.CLOSED
        if status
        else "closed" in row.days
    )
    if not is_closed:
        return ""
    if outcome:
        return meant(outcome, row.mapping.outcome, "outcome")
    return meant(status, row.mapping.outcome, "outcome") if status else ""


def _closing(ending: str, day: date, row: Row) -> Iterator[Step]:
    """End a request elsewhere than here, on its day. No approval is made up: none is claimed."""
    if ending in NOT_ANSWERED:
        said = {"body": "another authority", "reason": row.as_told}
        end = clock.Closed(day, ending)
        act = NOT_ANSWERED[ending]
        yield day, lambda request, occasion: _ended(act, request, occasion, end, ending, said)
        return
    yield day, lambda request, occasion: _decided(request, occasion, ending, row)
    yield (
        day,
        lambda request, occasion: _ended(
            Act.ISSUE, request, occasion, clock.Responded(day), ending, {"how": row.as_told}
        ),
    )


def _decided(request: InformationRequest, occasion: Occasion, outcome: str, row: Row) -> Decision:
    said = {"outcome": outcome.replace("-", " "), "reason": row.as_told.capitalize()}
    event = Event(Act.DECIDE, IMPORT.handle, occasion.on, said)
    return Decision(replace(request, outcome=outcome), event)


def _ended(
    act: Act,
    request: InformationRequest,
    occasion: Occasion,
    end: clock.Responded | clock.Closed,
    closed_as: str,
    said: Mapping[str, str],
) -> Decision:
    made = replace(
        request,
        clock=checked((*request.clock, end), request, occasion),
        stage=Stage.CLOSED,
        since=end.on,
        left=request.stage,
        closed_as=closed_as,
    )
    return Decision(made, Event(act, IMPORT.handle, end.on, said))


def _holding(office: Office, row: Row, remarks: list[str]) -> Iterator[Step]:
    """Give an open request to the officer the row names, where the office's rules let them hold it.

    Otherwise it waits with its team to be claimed, and a remark says why.
    """
    status = row.word("status")
    wanted = meant(status, row.mapping.status, "status") if status else Stage.RECEIVED.value
    if wanted != Stage.SEARCHING:
        return
    named, day = row.word("officer"), row.days.get("allocated", row.days["received"])
    holder = _officer(office, named)
    if holder is None:
        who = f"{shown(named)} is nobody of teams.toml" if named else "the row names no officer"
        remarks.append(f"It waits to be claimed: {who}.")
        return

    def hold(request: InformationRequest, occasion: Occasion) -> Decision:
        made = searching.claim(request, replace(occasion, officer=holder))
        said = {"officer": holder.name}
        return Decision(made.request, Event(Act.REASSIGN, IMPORT.handle, occasion.on, said))

    last = max(day, *(one for name, one in row.days.items() if name != "closed"))
    yield last, hold


def _officer(office: Office, named: str) -> Officer | None:
    """Find an officer as a tracker writes one: by name, or by handle."""
    for officer in office.roster.officers:
        if named.casefold() == officer.name.casefold():
            return officer
    try:
        return office.roster.officer(named)
    except Refusal:
        return None


def _doubts(office: Office, row: Row, request: InformationRequest) -> Iterator[str]:
    """Tell where the law reads the row's dates otherwise than the row does."""
    now = reading(request, days=office.days_of(request), on=office.today())
    yield from now.warnings
    if not row.word("due") or now.due is None:
        return
    told = read_day(row.word("due"), row.mapping)
    if told != now.due:
        yield f"The row says it was due {long_date(told)}; the law says {long_date(now.due)}."
