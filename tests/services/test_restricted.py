"""Restricted requests: every surface, for every person, says of them what that person may know."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.casework.examples import PARTICULARS, ROSTER
from tests.services.desk import Desk
from workflow.casework.errors import Lacking, Refusal, Restricted
from workflow.casework.stages import Act, Stage
from workflow.reports.period import year_of
from workflow.services import (
    acts,
    agenda,
    board,
    correspondence,
    dossier,
    export,
    feeds,
    handover,
    lists,
    people,
    reporting,
)
from workflow.services.letter_kinds import kind_named
from workflow.services.office import Office
from workflow.store.tables import EventRow, RequestRow

SECRET, OPEN = "FOI-2020-0007", "FOI-2020-0008"
WORDS = "Grievance of a colleague"
NAMED = ("amira", "dana")
EVERYBODY = (*(one.handle for one in ROSTER.officers), None)
OTHERS = tuple(one for one in EVERYBODY if one not in NAMED)
# What only the named may ever read: the subject, the words of the request and of what is done.
SUBSTANCE = (WORDS, "Everything about it", "the personnel drawer")


@pytest.fixture
def restricted(sqlite_desk: Desk) -> Desk:
    """Give a desk with two requests that Amira holds, one of them restricted to her and Dana."""
    desk = sqlite_desk
    for reference in (SECRET, OPEN):
        subject = WORDS if reference == SECRET else "Emergency calls"
        desk.log(reference, subject=subject, description="Everything about it")
        desk.do(Act.GROUP, "dana", reference, party="campaign", matter="matter")
        desk.do(Act.ALLOCATE, "dana", reference, team="control-room")
        desk.do(Act.CLAIM, "amira", reference)
        where = "the personnel drawer" if reference == SECRET else "the call log"
        desk.do(Act.LOG_SEARCH, "amira", reference, where=where, hours=1.0)
    desk.do(Act.RESTRICT, "dana", SECRET, names=("amira",))
    return desk


# Every function by which somebody may look, with what it tells of the requests.
SURFACES: dict[str, Callable[[Office, Path], Any]] = {
    "list": lambda office, _: lists.listing(office),
    "list of the holder": lambda office, _: lists.listing(office, holder="amira"),
    "list of the team": lambda office, _: lists.listing(office, team="control-room"),
    "list of the stage": lambda office, _: lists.listing(office, stage=Stage.SEARCHING.value),
    "search and autocomplete": lambda office, _: [
        lists.choosable(office, one, (Act.UPDATE, Act.ESCALATE), words, most=100)
        for one in office.roster.officers
        for words in ("", "Grievance", "0007")
    ],
    "what one did last": lambda office, _: [
        _or_refused(lists.latest_by, office, one) for one in office.roster.officers
    ],
    "find": lambda office, _: _or_refused(lists.find, office, SECRET),
    "find by its end": lambda office, _: _or_refused(lists.find, office, "0007"),
    "history": lambda office, _: _or_refused(lists.history_of, office, SECRET),
    "what was said": lambda office, _: lists.said(office),
    "what may be aggregated": lambda office, _: lists.aggregations(office),
    "what somebody has in hand": lambda office, _: people.held_by(office, "amira"),
    "hand-over": lambda office, _: [
        _or_refused(handover.plan, office, "amira", "joel", officer=one)
        for one in office.roster.officers
    ],
    "agenda of a team": lambda office, _: agenda.agenda(office, "team:control-room"),
    "agenda of a person": lambda office, _: agenda.agenda(office, "person:amira"),
    "due today": lambda office, _: agenda.due_today(office),
    "board, part by part": lambda office, _: [
        board.find(office, one, board.Look(part, words=words), limit=50)
        for one in office.roster.officers
        for part in board.Part
        for words in ("", "Grievance")
    ],
    "letter": lambda office, _: [
        _or_refused(
            correspondence.letter,
            *(office, SECRET),
            officer=one,
            kind=kind_named("acknowledgement"),
            with_applicant=False,
        )
        for one in office.roster.officers
    ],
    "bundle": lambda office, _: [
        _or_refused(dossier.dossier, office, SECRET, officer=one)
        for one in (*office.roster.officers, None)
    ],
    "export as a table": lambda office, folder: _written(
        lambda path: export.export_spreadsheet(office, path), folder / "all.csv"
    ),
    "export of everything": lambda office, folder: _written(
        lambda path: export.export_everything(office, path), folder / "all.jsonl"
    ),
}
# The functions of `lists` that look at nothing but a request that was found already.
OF_WHAT_WAS_FOUND = {
    *("card", "card_for", "acts_for", "may", "check", "review_reading", "statutory_reading"),
    "later_dates",
}
TRIED = {"find", "listing", "choosable", "latest_by", "history_of", "said", "aggregations"}


def _or_refused(look: Callable[..., Any], *given: Any, **named: Any) -> Any:
    try:
        return look(*given, **named)
    except Refusal as refusal:
        return type(refusal).__name__  # the sentence names the reference, as the card does


def _written(write: Callable[[Path], object], path: Path) -> str:
    write(path)
    return path.read_text("utf-8-sig")


@pytest.mark.parametrize("surface", SURFACES)
def test_nobody_but_the_named_reads_anything_of_it(
    restricted: Desk, surface: str, tmp_path: Path
) -> None:
    look = SURFACES[surface]
    told = {}
    for number, who in enumerate(EVERYBODY):
        folder = tmp_path / str(number)
        folder.mkdir()
        told[who] = repr(look(restricted.office.seen_by(who), folder))

    leaked = [(who, word) for who in OTHERS for word in (WORDS, SECRET) if word in told[who]]
    assert leaked == []
    hers = told["amira"]
    assert surface == "due today" or any(word in hers for word in (WORDS, SECRET, "restricted it"))


def test_every_list_is_tried_above() -> None:
    """Whoever adds a way of looking is asked here whether it is narrowed."""
    public = {
        name
        for name, one in inspect.getmembers(lists, inspect.isfunction)
        if one.__module__ == lists.__name__ and not name.startswith("_")
    }

    assert public == OF_WHAT_WAS_FOUND | TRIED | {"count_open"}


@pytest.mark.parametrize("who", EVERYBODY)
def test_counts_are_of_what_one_may_see(restricted: Desk, who: str | None) -> None:
    assert lists.count_open(restricted.office.seen_by(who)) == (2 if who in NAMED else 1)


@pytest.mark.parametrize("who", [one for one in OTHERS if one is not None])
def test_no_act_is_open_to_anybody_else(restricted: Desk, who: str) -> None:
    officer = restricted.office.roster.officer(who)
    before = restricted.dump()

    for act in ACTS:
        for office in (restricted.office.seen_by(who), restricted.office):
            with pytest.raises(Refusal) as refused:
                acts.perform(office, act, SECRET, officer=officer, **_words(act))
            # Claim and undo tell, before anything else, who holds it and who acted last.
            by_the_office = office is restricted.office and act in (Act.UNDO, Act.CLAIM)
            assert by_the_office or isinstance(refused.value, Restricted), act
    assert restricted.dump() == before


ACTS = [act for act in Act if act not in (Act.LOG, Act.RECKON_ANEW)]


def _words(act: Act) -> dict[str, Any]:
    return (
        {"numbers": (1,), "question": "?"} if act is Act.SPLIT else dict(PARTICULARS.get(act, {}))
    )


def test_a_query_written_tomorrow_is_narrowed_too(restricted: Desk) -> None:
    requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
    events = EventRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
    other = requests.alias()
    statements = (
        select(requests.c.subject),
        select(events.c.particulars).join(requests, requests.c.id == events.c.request_id),
        select(other.c.subject),
        select(func.max(requests.c.subject)),
        select(other.c.subject).join(requests, requests.c.id == other.c.id),
    )

    told = {who: [_read(restricted, who, one) for one in statements] for who in ("joel", "amira")}

    assert [one for one in told["joel"] if WORDS in one or "personnel" in one] == []
    assert all(WORDS in one or "personnel" in one for one in told["amira"])


def test_what_cannot_be_narrowed_is_not_read_at_all(restricted: Desk) -> None:
    requests = RequestRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
    statements = (
        select(select(requests.c.subject).subquery().c.subject),
        select(requests.c.subject).union_all(select(requests.c.subject)),
    )

    for one in statements:
        with pytest.raises(LookupError):
            _read(restricted, "joel", one)


def _read(desk: Desk, who: str, statement: Any) -> str:
    with desk.office.seen_by(who).store.reading() as connection:
        return repr(connection.execute(statement).all())


def test_figures_count_it_and_name_nothing_of_it(restricted: Desk) -> None:
    whole = reporting.report(restricted.office, year_of(2020))

    for who in ("joel", None):
        assert reporting.report(restricted.office.seen_by(who), year_of(2020)) == whole
    assert not [one for one in SUBSTANCE if one in repr(whole)]


def test_the_disclosure_log_keeps_it_back(restricted: Desk) -> None:
    log = reporting.disclosure_log(restricted.office, last=restricted.office.today())

    assert WORDS not in repr(log)


def test_a_feed_shows_what_its_maker_may_see(restricted: Desk) -> None:
    office = restricted.office
    told = {}
    for who in ("amira", "joel", "marcus", "dana"):
        address = feeds.make(office, "team:control-room", officer=office.roster.officer(who))
        served = feeds.served(office, address.removeprefix("calendar/").removesuffix(".ics"))
        assert served is not None
        told[who] = served.body.decode()

    assert {who: WORDS.split(maxsplit=1)[0] in text for who, text in told.items()} == {
        "amira": True,
        "joel": False,
        "marcus": False,
        "dana": True,
    }


def test_what_is_said_elsewhere_has_no_substance_for_a_whole_year(restricted: Desk) -> None:
    """Through every reminder and escalation, channels and others hear reference and stage only."""
    desk = restricted
    desk.recorder.posts.clear()
    desk.tick()
    desk.do(Act.UPDATE, "amira", SECRET, note="the personnel drawer is empty")
    desk.do(Act.ESCALATE, "amira", SECRET, reason="the personnel drawer")
    for _ in range(40):
        desk.pass_time(days=1)
        desk.tick()

    heard = [one for one in desk.recorder.posts if SECRET in one.text]
    assert len(heard) > 10
    leaks = [
        (one.recipient, one.text)
        for one in heard
        if one.recipient.removeprefix("person:") not in NAMED
        if any(word in one.text for word in (*SUBSTANCE, "Amira", "amira"))
    ]
    assert leaks == []
    assert any(WORDS in one.text for one in heard if one.recipient == "person:amira")


def test_who_restricts_is_named_and_may_lift_it(restricted: Desk) -> None:
    assert restricted.found(SECRET).restricted_to == ("amira", "dana")
    restricted.do(Act.UNRESTRICT, "dana", SECRET)

    assert lists.find(restricted.office.seen_by("joel"), SECRET).subject == WORDS


def test_it_comes_into_nobodys_hands_who_may_not_see_it(restricted: Desk) -> None:
    with pytest.raises(Lacking) as refused:
        restricted.do(Act.REASSIGN, "dana", SECRET, colleague="joel")
    assert str(refused.value) == (
        f"{SECRET} is restricted, and Joel Barker may not see it. Name them too: restrict. Or let "
        "somebody else take it."
    )
    with pytest.raises(Lacking):
        restricted.do(Act.RESTRICT, "dana", SECRET, names=("joel",))


def test_a_reference_that_one_cannot_see_is_not_given_twice(restricted: Desk) -> None:
    office = restricted.office.seen_by("tom")
    tom = office.roster.officer("tom")

    made = acts.log(office, officer=tom, subject="New", description="Something")

    assert made.request.reference == "FOI-2020-0009"


def test_a_part_of_a_restricted_request_is_restricted(restricted: Desk) -> None:
    restricted.do(Act.SPLIT, "dana", SECRET, numbers=(1,), question="Which?")

    assert restricted.found(f"{SECRET}-2").restricted_to == ("amira", "dana")


def test_the_desk_exports_it_by_name_and_others_are_told_what_is_left_out(
    restricted: Desk, tmp_path: Path
) -> None:
    office, roster = restricted.office, restricted.office.roster
    by_tom = export.export_everything(
        office.seen_by("tom"), tmp_path / "tom.jsonl", officer=roster.officer("tom")
    )
    by_joel = export.export_everything(
        office.seen_by("joel"), tmp_path / "joel.jsonl", officer=roster.officer("joel")
    )

    assert (by_tom.requests, by_tom.restricted) == (2, 0)
    assert (by_joel.requests, by_joel.restricted) == (1, 1)
    with pytest.raises(Lacking):
        dossier.dossier(office.seen_by("amira"), SECRET, officer=roster.officer("amira"))
