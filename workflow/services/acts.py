"""Doing an act: one transaction from reading the request to the outbox. The only way to change one.

A refusal writes nothing. Nothing is sent before the commit: see `delivery`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from workflow.casework.decide import DECIDE, apart
from workflow.casework.decide.intake import log as decide_log
from workflow.casework.decide.undo import last_act, undo
from workflow.casework.errors import ChangedSince, Refusal
from workflow.casework.events import sentence
from workflow.casework.stages import Act, of_stage
from workflow.law.regime import Regime
from workflow.services import answers, letter_files, letter_kinds, lists
from workflow.services.office import announcements, timing
from workflow.services.versions import with_letter
from workflow.store import answered, applicants, cards, history, last_acts, outbox, requests
from workflow.store import once as repeats
from workflow.store.mapping import legible

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from workflow.casework.occasion import Decision, Occasion
    from workflow.casework.request import InformationRequest
    from workflow.casework.roles import Officer
    from workflow.services.office import Office
    from workflow.store.requests import Stored
    from workflow.store.unit_of_work import Connection


class Done(NamedTuple):
    """What an act came to: the request as it stands now, and the sentence of what happened.

    `can_undo` says that the officer may take it back, for ten minutes: Act.UNDO. `advice` is for
    the one who acted alone; empty where there is none.
    """

    request: InformationRequest
    sentence: str
    can_undo: bool = False
    advice: str = ""


def log(  # noqa: PLR0913  # what a request arrives with, each by name
    office: Office,
    *,
    officer: Officer,
    subject: str,
    description: str,
    received: date | None = None,
    regime: Regime = Regime.FOIA,
    reference: str | None = None,
    questions: tuple[str, ...] = (),
    applicant: tuple[str, str] | None = None,
    earlier: str = "",
    once: str = "",
) -> Done:
    """Log a new request. The date of receipt is today unless given; a reference is made if none is.

    Side effects, in one transaction: the request, its applicant apart from it, its first event, its
    card in the outbox. Raises a Refusal and writes nothing otherwise.
    """
    occasion = office.occasion(officer)

    def do(connection: Connection) -> Done:
        decision = decide_log(
            occasion,
            reference=reference or requests.next_reference(connection, occasion.on.year),
            subject=legible(subject),
            description=legible(description),
            received=received or occasion.on,
            regime=regime,
            questions=tuple(legible(question) for question in questions),
            earlier=legible(earlier),
        )
        asked = (legible(applicant[0]), legible(applicant[1])) if applicant else None
        return _add(office, connection, decision, applicant=asked)

    return _done_once(office, once, do)


def _done_once(office: Office, key: str, do: Callable[[Connection], Done]) -> Done:
    """Do an act in one transaction; what was done under its key before is told, not done again."""
    try:
        with office.store.writing() as connection:
            made = do(connection)
            if key:
                before = repeats.Before(made.request.reference, made.request.version)
                repeats.keep(connection, key, before, at=office.wall())
            return made
    except repeats.Repeated:
        return _as_before(office, key)
    except Refusal:
        # To claim what one has claimed is refused, unless it is the same claim that came twice.
        if key and _is_known(office, key):
            return _as_before(office, key)
        raise


def _is_known(office: Office, key: str) -> bool:
    with office.store.reading() as connection:
        return repeats.is_known(connection, key)


def _as_before(office: Office, key: str) -> Done:
    with office.store.reading() as connection:
        before = repeats.done(connection, key)
        stored = requests.get(connection, before.reference)
        event = history.of_version(connection, stored.row_id, before.version)
    return Done(stored.request, sentence(event, name_of=office.roster.name_of))


def _add(
    office: Office,
    connection: Connection,
    decision: Decision,
    *,
    applicant: tuple[str, str] | None,
) -> Done:
    made = decision.request
    kept = timing(office, made, noticed_to=office.now())
    row_id = requests.add(connection, made, kept, applicant=applicant)
    return _tell(office, connection, row_id, decision, version=made.version)


def perform(
    office: Office,
    act: Act | tuple[Act, ...],
    reference: str,
    *,
    officer: Officer,
    seen: int | None = None,
    once: str = "",
    **particulars: Any,  # noqa: ANN401  # each act has words of its own; its function names them
) -> Done:
    """Do an act on a request, as an officer, now; of several, the one that its stage is open to.

    `seen` is the version that the officer decided upon: if others have acted since, ChangedSince is
    raised, which tells what they did. `once` is a key under which this is done once, however often
    it is asked: the second time it is told what was done the first.

    Side effects, in one transaction: the request under its next version, one event, its card, a
    line for its thread, and whoever is to be told. Raises a Refusal and writes nothing otherwise.
    """
    particulars = {name: _legible(value) for name, value in particulars.items()}

    def do(connection: Connection, written: str) -> Done:
        before = requests.written(connection, written)
        if seen is not None:
            _nobody_else_since(office, connection, before, seen, officer)
        occasion = occasion_of(office, connection, officer, before.request)
        meant = act if isinstance(act, Act) else of_stage(act, before.request.stage)
        if meant is Act.SPLIT:
            return _split(office, connection, before, occasion, **particulars)
        if meant is Act.UNDO:
            return write(office, connection, before, undoing(office, connection, before, occasion))
        decision = with_letter(office, DECIDE[meant](before.request, occasion, **particulars))
        return write(office, connection, before, decision)

    try:
        return _done_once(office, once, partial(do, written=reference))
    except requests.NotWrittenSo:  # what may be meant is looked up while nobody has to wait for it
        meant = lists.find(office, reference).reference
        return _done_once(office, once, partial(do, written=meant))


def occasion_of(
    office: Office, connection: Connection, officer: Officer, request: InformationRequest
) -> Occasion:
    """Make the occasion of an act on a request: with what the law misses in its answer (s.17).

    And with the earlier requests that were neither confirmed nor denied, for consistency.
    """
    return replace(
        office.occasion(officer, request),
        lacking=partial(answers.lacking, office),
        neither_before=partial(answered.neither, connection, besides=request.reference),
    )


def _nobody_else_since(
    office: Office, connection: Connection, before: Stored, seen: int, officer: Officer
) -> None:
    """See that nobody else acted since a version. Raises ChangedSince, telling what they did."""
    events = (one.event for one in history.since(connection, before.row_id, seen))
    name_of = office.roster.name_of
    changes = [sentence(one, name_of=name_of) for one in events if one.by != officer.handle]
    if changes:
        request = before.request
        raise ChangedSince(reference=request.reference, version=request.version, changes=changes)


def _legible(value: Any) -> Any:  # noqa: ANN401  # what an act's words may be; only text changes
    return legible(value) if type(value) is str else value


def _split(
    office: Office,
    connection: Connection,
    before: Stored,
    occasion: Occasion,
    *,
    numbers: tuple[int, ...],
    question: str,
) -> Done:
    """Split questions off as a linked request, which waits for its clarification at once."""
    part = requests.next_part(connection, before.request.reference)
    rest, made = apart.split(before.request, occasion, part=part, numbers=numbers)
    _add(office, connection, made, applicant=applicants.of(connection, before.row_id))
    clarified = apart.clarify_part(made.request, occasion, question=question)
    fresh = requests.get(connection, part, to_change=True)
    write(office, connection, fresh, clarified)
    return write(office, connection, before, rest)


def undoing(office: Office, connection: Connection, before: Stored, occasion: Occasion) -> Decision:
    """Decide what undoing the last act on a request comes to. Raises as `undo` does."""
    return undo(
        before.request,
        occasion,
        last=last_acts.of(connection, before.row_id),
        latest=history.latest(connection, before.row_id),
        now=office.now(),
    )


def write(office: Office, connection: Connection, before: Stored, decision: Decision) -> Done:
    """Write down a decision within a transaction that is already open."""
    kept = timing(
        office,
        decision.request,
        noticed_to=before.noticed_to,
        was_next=before.next_notice_at,
    )
    last = last_act(before.request, decision, at=office.now())
    saved = requests.save(connection, before, decision.request, kept, last=last)
    made = replace(decision, request=saved)
    done = _tell(office, connection, before.row_id, made, version=saved.version)
    return done._replace(can_undo=last is not None)


def _tell(
    office: Office,
    connection: Connection,
    row_id: int,
    decision: Decision,
    *,
    version: int,
) -> Done:
    now = office.now()
    history.append(connection, row_id, decision.event, version=version, at=now)
    line = sentence(decision.event, name_of=office.roster.name_of)
    standing = cards.standing(connection, row_id)
    messages = announcements(
        office, decision.request, line, decision.told, version=version, standing=standing.recipients
    )
    if decision.event.act is Act.ESCALATE:
        messages = [one._replace(urgent=one.kind == "notice") for one in messages]
    messages += letter_files.files(decision.event, decision.request, version=version)
    outbox.put(connection, row_id, messages, at=now, card_may_wait=standing.may_wait)
    letter = letter_kinds.to_be_sent(decision.event.act, decision.request.reference)
    advice = " ".join(filter(None, (decision.advice, letter)))
    return Done(decision.request, line, advice=advice)
