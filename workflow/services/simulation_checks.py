"""What must be true of a simulated office: looked at from outside, in what was said and is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workflow.casework.ladder import Anchor
from workflow.casework.stages import Act, Stage, row
from workflow.law import clock
from workflow.store import outbox, reported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from workflow.casework.request import InformationRequest
    from workflow.reports.period import Period
    from workflow.services.counting_messenger import CountingMessenger
    from workflow.services.office import Office
    from workflow.store.reported import Reported

# Each act that the statute counts leaves one event on the clock, and nothing else does.
_COUNTED = {
    Act.LOG: clock.Received,
    Act.SEEK_CLARIFICATION: clock.ClarificationSought,
    Act.RECORD_CLARIFICATION: clock.ClarificationReceived,
    Act.GIVE_FEES_NOTICE: clock.FeesNoticeGiven,
    Act.RECORD_FEE: clock.FeeReceived,
    Act.EXTEND: clock.Extended,
    Act.ISSUE: clock.Responded,
    Act.TRANSFER: clock.Closed,
    Act.WITHDRAW: clock.Closed,
    Act.LAPSE: clock.Closed,
}


class Promise(NamedTuple):
    """A promise of the desk: how often it was looked at, and each time it was broken."""

    name: str
    checked: int
    broken: tuple[str, ...]


def promises(office: Office, messenger: CountingMessenger, period: Period) -> tuple[Promise, ...]:
    """Look at what was said and at every request with its history."""
    with office.store.reading() as connection:
        kept = reported.received_between(connection, period.first, period.last)
        unsaid = outbox.waiting(connection)
    said = messenger.lines + messenger.acts + messenger.reminders.total()
    reminders = messenger.reminders.total()
    stages = tuple(wrong for one in kept for wrong in _stage(one))
    clocks = tuple(wrong for one in kept for wrong in _clock(one))
    return (
        Promise("Nothing is said twice", said, tuple(messenger.twice)),
        Promise("Nobody is reminded outside working hours", reminders, _told(messenger)),
        Promise("The stage is where the history leads", len(kept), stages),
        Promise("The clock has what the history has", len(kept), clocks),
        Promise("Nothing is left unsaid", said, tuple(f"{unsaid} wait" for _ in range(unsaid > 0))),
    )


def overdue_silent(office: Office, messenger: CountingMessenger, day: date) -> Promise:
    """Look, on the morning of a working day, whether all that is due or overdue was spoken of.

    A manager's answer may pause the escalation of what is overdue. The reminders' own reckoning is
    not asked: the due dates are those kept beside the requests.
    """
    with office.store.reading() as connection:
        found = reported.due_by(connection, day)
    rules = _rules(office)
    silent = [
        f"{one.reference}, due {due.isoformat()}, on {day.isoformat()}"
        for one, due in found
        if not _spoken_of(one, due, day, messenger, rules)
    ]
    return Promise("overdue", len(found), tuple(silent))


def _spoken_of(
    request: InformationRequest,
    due: date,
    day: date,
    messenger: CountingMessenger,
    rules: dict[tuple[int, Stage], set[str]],
) -> bool:
    names = rules.get((int(due < day), request.stage), set())
    said = {rule for rule, about in messenger.told[request.reference] if about == due.isoformat()}
    answered = request.escalation
    paused = answered is not None and answered.until is not None and day < answered.until
    return not names or paused or bool(names & said)


def _rules(office: Office) -> dict[tuple[int, Stage], set[str]]:
    """Give the rules of the ladder that must have spoken: on the last day, and on the day after."""
    found: dict[tuple[int, Stage], set[str]] = {}
    for rule in office.ladder.rules:
        if rule.anchor is Anchor.DUE and rule.offset in (0, 1):
            first = f"{rule.name} 1" if rule.again else rule.name
            later = {f"{rule.name} {n}" for n in range(2, rule.again + 2)}
            for stage in rule.stages:
                found.setdefault((rule.offset, stage), set()).update({first, *later})
    return found


def _told(messenger: CountingMessenger) -> tuple[str, ...]:
    return tuple(messenger.out_of_hours)


def _stage(one: Reported) -> Iterator[str]:
    """Follow the history through the table of transitions; every act must have been open."""
    stage: Stage | None = None
    left = Stage.RECEIVED
    for event in one.happened:
        if stage is None:
            stage = Stage.RECEIVED
            continue
        line = row(event.act, stage)
        if line is None:
            yield f"{one.request.reference}: {event.act} while {stage}"
            continue
        target = left if event.act is Act.REOPEN else line.to or stage
        if target is Stage.CLOSED and stage is not Stage.REVIEW:
            left = stage
        stage = target
    if stage is not one.request.stage:
        yield f"{one.request.reference}: {one.request.stage}, but its history leads to {stage}"
    if one.request.version != len(one.happened) - 1:
        yield f"{one.request.reference}: version {one.request.version}, {len(one.happened)} events"


def _clock(one: Reported) -> Iterator[str]:
    told = [_COUNTED[event.act] for event in one.happened if event.act in _COUNTED]
    kept = [type(event) for event in one.request.clock]
    if told != kept and Act.REOPEN not in {event.act for event in one.happened}:
        yield f"{one.request.reference}: {kept}, but its history has {told}"
