"""Undoing: by the one who acted, within ten minutes, and before anything else happened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.examples import PARTICULARS, do, moment, occasion, request_in
from workflow.casework.decide.undo import STANDS, LastAct, last_act, undo
from workflow.casework.errors import Lacking
from workflow.casework.events import Event, sentence, standing
from workflow.casework.occasion import Decision
from workflow.casework.request import InformationRequest
from workflow.casework.stages import Act, Stage

ON = "Mon 2020-08-10"
AT = moment("Mon 2020-08-10 10:00")
MINUTE = timedelta(minutes=1)


def reassigned() -> tuple[InformationRequest, Decision, LastAct]:
    """Amira hands her request to Joel at ten o'clock."""
    before = request_in(Stage.SEARCHING)
    made = do(Act.REASSIGN, before, "amira", ON)
    kept = last_act(before, made, at=AT)
    assert kept is not None
    return before, made, kept


def undone(by: str, *, minutes: float) -> Decision:
    _before, made, kept = reassigned()
    now = AT + minutes * MINUTE
    return undo(made.request, occasion(by, ON), last=kept, latest=made.event, now=now)


def test_undoing_gives_back_the_request_as_it_stood() -> None:
    before, made, _kept = reassigned()

    assert made.request != before
    assert undone("amira", minutes=3).request == before


def test_both_the_act_and_its_undoing_stay_in_the_history() -> None:
    event = undone("amira", minutes=3).event

    assert sentence(event, name_of=str) == "amira undid what they had just done (reassign)."


def test_whoever_was_told_of_the_act_is_told_that_it_is_undone() -> None:
    _before, made, _kept = reassigned()
    told = undone("amira", minutes=3).told

    assert [(one.kind, one.name) for one in told] == [(one.kind, one.name) for one in made.told]
    assert told[0].text == (
        "002335/20: Amira Hassan has undone this: Amira Hassan reassigned it to Joel Barker."
    )


@pytest.mark.parametrize(("minutes", "may"), [(0, True), (10, True), (10.02, False), (60, False)])
def test_an_act_can_be_undone_for_ten_minutes(minutes: float, may: bool) -> None:
    if may:
        assert undone("amira", minutes=minutes).request.holder == "amira"
        return
    with pytest.raises(Lacking) as refused:
        undone("amira", minutes=minutes)
    assert str(refused.value) == (
        "The last act on 002335/20 is more than 10 minutes old: reassign. "
        "Correct it with another act."
    )


def test_only_who_did_an_act_can_undo_it() -> None:
    with pytest.raises(Lacking) as refused:
        undone("dana", minutes=1)

    assert str(refused.value) == (
        "Amira Hassan did the last act on 002335/20: reassign. Only they can undo it."
    )


@pytest.mark.parametrize("act", STANDS, ids=str)
def test_what_went_out_or_was_said_stands_and_the_cure_is_named(act: Act) -> None:
    request = request_in(Stage.CLOSED)
    event = Event(act, "dana", request.since)
    assert last_act(request, Decision(request, event), at=AT) is None

    with pytest.raises(Lacking) as refused:
        undo(request, occasion("dana", ON), last=None, latest=event, now=AT)

    assert str(refused.value) == (
        f"The last act on 002335/20 cannot be undone: {act}. {STANDS[act]}"
    )


def test_what_the_clock_did_nobody_undoes() -> None:
    request = request_in(Stage.SEARCHING)
    event = Event(Act.RECKON_ANEW, None, request.since)

    assert last_act(request, Decision(request, event), at=AT) is None


def test_every_other_act_leaves_what_undoing_it_needs() -> None:
    for act in set(PARTICULARS) - set(STANDS):
        request = request_in(Stage.SEARCHING)
        event = Event(act, "amira", request.since)
        kept = last_act(request, Decision(request, event), at=AT)
        assert kept == LastAct(event, AT, (), request), act


def test_figures_count_neither_what_was_undone_nor_the_undoing() -> None:
    made = [
        Event(act, "amira", request_in(Stage.CLOSED).since)
        for act in (Act.LOG, Act.CLAIM, Act.RELEASE, Act.UNDO, Act.LOG_SEARCH, Act.UNDO, Act.ISSUE)
    ]

    assert [event.act for event in standing(made)] == [Act.LOG, Act.CLAIM, Act.ISSUE]
