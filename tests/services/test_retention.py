"""Retention: words go when their time is over, figures stay, and a hold stops it all."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.casework.examples import CONFIG, moment
from tests.services.desk import REFERENCE, Desk
from tests.services.lives import ANN, YEAR, answered, lived, reviewed
from tests.store.pictures import requests as pictures
from workflow.casework.errors import Lacking
from workflow.casework.events import Event
from workflow.casework.finding import Found
from workflow.casework.request import InformationRequest, Treatment
from workflow.casework.stages import Act, Stage
from workflow.law.cost_limit import Activity
from workflow.law.regime import Regime
from workflow.practice import PracticeError
from workflow.services import lists, reporting, retention
from workflow.services.erasure import ERASED, FACTS, erased, words_erased
from workflow.services.retention import Standing
from workflow.services.retention_schedule import Schedule, period, read_schedule
from workflow.store import bundle, disposal, outbox, requests
from workflow.store.outbox import Outgoing

SCHEDULE = read_schedule(CONFIG)
CLOSED = "Tue 2020-07-14"  # the day on which everything in `answered` happens
LAST_DAY, DAY_AFTER = "Thu 2022-07-14 12:00", "Fri 2022-07-15 12:00"  # 24 months: disclosed
WORDS = ("Ann", "Onymous", "dispatch", "Eleven", "Question 1", "shared drive", "All of it")


def standing(desk: Desk, reference: str = REFERENCE) -> Standing:
    found = {one.reference: one.standing for one in retention.standings(desk.office, SCHEDULE)}
    return found[reference]


def apply(desk: Desk, handle: str = "dana") -> list[str]:
    officer = desk.office.roster.officer(handle)
    return [one.reference for one in retention.apply(desk.office, SCHEDULE, officer=officer)]


def hold(desk: Desk, handle: str = "dana", reason: str = "litigation") -> str:
    officer = desk.office.roster.officer(handle)
    return retention.hold(desk.office, REFERENCE, officer=officer, reason=reason)


def unhold(desk: Desk, handle: str = "dana") -> str:
    officer = desk.office.roster.officer(handle)
    return retention.unhold(desk.office, REFERENCE, officer=officer)


def everything(desk: Desk) -> str:
    with desk.office.store.reading() as connection:
        return json.dumps(list(bundle.everything(connection)))


def test_words_are_kept_on_the_last_day_and_due_the_day_after(desk: Desk) -> None:
    answered(desk)

    for day, wanted in ((LAST_DAY, Standing.KEPT), (DAY_AFTER, Standing.DUE)):
        desk.at = moment(day)
        assert standing(desk) is wanted


def test_looking_erases_nothing(desk: Desk) -> None:
    answered(desk, applicant=ANN)
    desk.at = moment(DAY_AFTER)
    before = desk.dump()

    list(retention.standings(desk.office, SCHEDULE))

    assert desk.dump() == before


def test_what_people_wrote_is_gone_and_what_happened_stays(desk: Desk) -> None:
    answered(desk, applicant=ANN)
    desk.do(Act.REQUEST_REVIEW, "dana", reason="I, Ann Onymous, ask for a review")
    desk.do(Act.CLAIM_REVIEW, "ruth")
    desk.do(Act.DECIDE_REVIEW, "ruth")
    desk.at = moment("Mon 2024-07-15 12:00")
    figures = reporting.report(desk.office, YEAR)
    facts = [(one.at, one.on) for one in lists.history_of(desk.office, REFERENCE)]
    ledger = lists.statutory_reading(desk.office, desk.found()).ledger

    assert apply(desk) == [REFERENCE]

    assert [word for word in WORDS if word in everything(desk)] == []
    assert reporting.report(desk.office, YEAR) == figures
    *before, last = lists.history_of(desk.office, REFERENCE)
    assert [(one.at, one.on) for one in before] == facts
    assert last.sentence == (
        "Dana Whitfield disposed of it: its words are erased (review: 36 months after 2020-07-14)."
    )
    assert lists.statutory_reading(desk.office, desk.found()).ledger == ledger
    assert desk.found().outcome == "disclose"
    assert desk.found().hours_searched == 1.5


def test_what_was_done_is_recorded_with_its_rule(desk: Desk) -> None:
    answered(desk)
    desk.at = moment(DAY_AFTER)

    apply(desk)

    with desk.office.store.reading() as connection:
        done = disposal.of(connection, requests.get(connection, REFERENCE).row_id)
    assert done == ("dana", desk.at, "disclose: 24 months after 2020-07-14")


def test_what_is_done_is_not_done_again(desk: Desk) -> None:
    answered(desk)
    desk.at = moment(DAY_AFTER)

    assert apply(desk) == [REFERENCE]
    assert apply(desk) == []


def test_only_closed_requests_are_ever_disposed_of(desk: Desk) -> None:
    desk.claimed()
    desk.at = moment("Mon 2035-07-16 12:00")

    assert list(retention.standings(desk.office, SCHEDULE)) == []
    assert apply(desk) == []


def test_nothing_unsent_is_said_of_an_erased_request(desk: Desk) -> None:
    answered(desk)
    desk.at = desk.wall = moment(DAY_AFTER)

    apply(desk)
    desk.tick()

    assert desk.recorder.posts == []


def test_a_message_about_several_requests_keeps_no_words_of_one_that_is_erased(
    desk: Desk,
) -> None:
    answered(desk)
    about = [
        Outgoing("digest|amira", "notice", "person:amira", f"You hold {REFERENCE} “dispatch”."),
        Outgoing("digest|joel", "notice", "person:joel", "You hold 000001/20 “radios”."),
    ]
    with desk.office.store.writing() as connection:
        outbox.put(connection, None, about, at=desk.at)
    desk.at = desk.wall = moment(DAY_AFTER)

    apply(desk)

    words = {one.recipient: one.text for one in lists.said(desk.office) if not one.reference}
    assert words == {"person:amira": ERASED, "person:joel": "You hold 000001/20 “radios”."}


def test_the_card_that_stands_in_slack_is_drawn_over_without_the_words(desk: Desk) -> None:
    answered(desk)
    desk.tick()
    (before,) = (one for one in desk.recorder.posts if one.key == f"card|{REFERENCE}")
    desk.at = desk.wall = moment(DAY_AFTER)

    apply(desk)
    desk.pass_time(minutes=1)
    desk.tick()

    (after,) = (one for one in desk.recorder.posts if one.key == f"card|{REFERENCE}")
    assert (after.place, after.drawn) == (before.place, before.drawn + 1)
    assert lists.card(desk.office, desk.found()).request.subject == ERASED


def test_a_hold_keeps_everything_until_it_is_lifted(desk: Desk) -> None:
    answered(desk, applicant=ANN)
    desk.at = moment(DAY_AFTER)

    hold(desk)
    assert (standing(desk), apply(desk)) == (Standing.HELD, [])

    unhold(desk)
    assert (standing(desk), apply(desk)) == (Standing.DUE, [REFERENCE])
    said = [one.sentence for one in lists.history_of(desk.office, REFERENCE)]
    assert said[-3:-1] == [
        "Dana Whitfield placed a legal hold: litigation.",
        "Dana Whitfield lifted the legal hold.",
    ]


def test_a_hold_is_placed_once_with_a_reason_and_lifted_once(desk: Desk) -> None:
    answered(desk)

    with pytest.raises(Lacking, match="reason"):
        hold(desk, reason="  ")
    with pytest.raises(Lacking, match="not held"):
        unhold(desk)
    assert hold(desk) == REFERENCE
    with pytest.raises(Lacking, match="held already: litigation"):
        hold(desk)


def test_an_officer_of_a_team_neither_holds_nor_erases(desk: Desk) -> None:
    answered(desk)
    desk.at = moment(DAY_AFTER)

    for act in (apply, hold, unhold):
        with pytest.raises(Lacking, match="desk or a manager"):
            act(desk, "amira")
    assert standing(desk) is Standing.DUE


def test_while_the_commissioner_has_not_decided_everything_is_kept(desk: Desk) -> None:
    answered(desk)
    reviewed(desk)
    desk.at = moment("Mon 2035-07-16 12:00")
    assert (standing(desk), apply(desk)) == (Standing.COMMISSIONER, [])

    desk.do(Act.RECORD_ICO_DECISION, "dana")

    assert standing(desk) is Standing.KEPT


def test_the_longest_rule_that_fits_holds() -> None:
    closed = date(2020, 7, 14)
    request = InformationRequest(
        *("R1", "s", "d"), closed, Stage.CLOSED, closed, clock=(), closed_as="withdrawn"
    )
    complaint = Event(Act.RECORD_COMPLAINT, "dana", closed + timedelta(days=30))

    assert period(request, [], SCHEDULE).rule == "withdrawn: 12 months"
    assert period(request, [], SCHEDULE).until == date(2021, 7, 14)
    assert period(request, [complaint], SCHEDULE).rule == "complaint: 72 months"
    assert period(request, [complaint], SCHEDULE).until == date(2026, 8, 13)


def test_the_subject_stays_where_the_schedule_says_so(sqlite_desk: Desk) -> None:
    answered(sqlite_desk)

    kept = erased(sqlite_desk.found(), keeps_subject=True)

    assert (kept.subject, kept.description) == ("Computer aided dispatch", ERASED)


def test_many_lives_are_each_judged_by_themselves(desk: Desk) -> None:
    lived(desk)
    desk.at = moment("Mon 2035-07-16 12:00")

    assert {one.reference: one.standing for one in retention.standings(desk.office, SCHEDULE)} == {
        REFERENCE: Standing.COMMISSIONER,
        "R5": Standing.HELD,
    }


def words_in(value: object, name: str = "") -> list[str]:
    """Give every text of plain values that no table calls a fact."""
    if isinstance(value, dict):
        return [word for key, one in value.items() for word in words_in(one, key)]
    if isinstance(value, list):
        return [word for one in value for word in words_in(one, name)]
    return [value] if isinstance(value, str) and name not in FACTS else []


@settings(deadline=None)
@given(request=pictures)
def test_no_text_of_a_picture_stays_unless_it_is_a_fact(request: InformationRequest) -> None:
    gone = bundle.plain_picture(erased(request, keeps_subject=False))

    for clock in ("clock", "review_clock"):
        assert gone.pop(clock) == bundle.plain_picture(request)[clock]
    listed = {*Stage, *Regime, "", ERASED}
    days = {one for one in words_in(gone) if one[:1].isdigit() and one.count("-") == 2}
    listed |= {*Activity, *Treatment, *Found}
    assert set(words_in(gone)) - listed - days == set()


@settings(deadline=None)
@given(request=pictures)
def test_erasing_leaves_every_number_and_day_as_it_was(request: InformationRequest) -> None:
    gone = erased(request, keeps_subject=False)

    for name in ("received_on", "since", "stage", "regime", "version", "clock", "outcome"):
        assert getattr(gone, name) == getattr(request, name)
    assert gone.hours_searched == request.hours_searched
    assert len(gone.questions) == len(request.questions)
    assert erased(gone, keeps_subject=False) == gone


def test_of_an_event_only_facts_stay() -> None:
    said = {
        "section": "s.31(1)(a)",
        "why": "Ann Onymous rang",
        "hours": "2",
        "new": "x",
        "note": "",
    }

    assert words_erased(said) == said | {"why": ERASED, "new": ERASED}


@pytest.mark.parametrize(
    ("before", "after", "entry"),
    [
        ("part = 36", "", "months, part"),
        ("part = 36", "part = 0", "months, part"),
        ("part = 36", "part = 3", "months, part"),  # a complaint may still come
        ("part = 36", "part = true", "months, part"),
        ("part = 36", 'part = "36"', "months, part"),
        ("part = 36", "part = 36\nshredded = 1", "months, shredded"),
        ('subjects = "erase"', "", "subjects"),
        ("[months]", "[months", "the file"),
        ("[months]", "[weeks]", "[months]"),
    ],
)
def test_a_schedule_that_cannot_be_used_names_its_entry(
    tmp_path: Path, before: str, after: str, entry: str
) -> None:
    text = (CONFIG / "retention.toml").read_text("utf-8")
    assert before in text
    (tmp_path / "retention.toml").write_text(text.replace(before, after), "utf-8")

    with pytest.raises(PracticeError) as refused:
        read_schedule(tmp_path)

    assert refused.value.entry == entry


def test_a_schedule_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="FOI_CONFIG_DIR"):
        read_schedule(tmp_path)


def test_the_house_schedule_knows_every_ending() -> None:
    assert isinstance(SCHEDULE, Schedule)
    assert min(SCHEDULE.months.values()) >= 12
