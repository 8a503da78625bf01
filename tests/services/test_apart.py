"""Parts split off, dates corrected, search time against the limit of s.12, requests aggregated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.recorder import Recorder
from workflow.bootstrap import open_office
from workflow.casework.errors import Lacking
from workflow.casework.stages import Act, Stage
from workflow.law.clock import ClockState
from workflow.law.cost_limit import Activity
from workflow.services import acts, lists
from workflow.services.office import Office

CONFIG = Path(__file__).resolve().parents[2] / "config"
REFERENCE = "002335/20"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(
        database_url=f"sqlite:///{tmp_path / 'office.db'}",
        config_dir=CONFIG,
        messenger=Recorder(),
        now=lambda: datetime(2020, 7, 20, 9, tzinfo=UTC),
    )
    dana = opened.roster.officer("dana")
    acts.log(
        opened,
        officer=dana,
        reference=REFERENCE,
        subject="Emergency calls",
        description="How many, and who supplies what?",
        received=date(2020, 7, 14),
        questions=("How many?", "Which recorder?", "Which radio?"),
        applicant=("A. Person", "a@example.org"),
    )
    acts.perform(opened, Act.ALLOCATE, REFERENCE, officer=dana, team="control-room")
    yield opened
    opened.store.close()


def do(office: Office, act: Act, who: str, reference: str = REFERENCE, **words: Any) -> None:
    acts.perform(office, act, reference, officer=office.roster.officer(who), **words)


def test_clarification_of_a_part_leaves_the_rest_running(office: Office) -> None:
    do(office, Act.SPLIT, "dana", numbers=(3,), question="Which radio: vehicle or hand-held?")

    rest, part = (lists.card(office, lists.find(office, r)) for r in (REFERENCE, "002335/20-2"))
    assert rest.request.questions == ("How many?", "Which recorder?")
    assert (rest.reading.state, rest.reading.due) == (ClockState.RUNNING, date(2020, 8, 12))
    assert part.request.questions == ("Which radio?",)
    assert part.reading.state is ClockState.AWAITING_CLARIFICATION
    assert (part.request.split_from, part.request.received_on) == (REFERENCE, date(2020, 7, 14))


def test_not_every_question_can_be_split_off(office: Office) -> None:
    with pytest.raises(Lacking, match="some must go and some stay"):
        do(office, Act.SPLIT, "dana", numbers=(1, 2, 3), question="What?")

    assert lists.find(office, REFERENCE).version == 1
    assert lists.count_open(office) == 1


def test_a_corrected_date_of_receipt_moves_every_date_and_an_extension_with_it(
    office: Office,
) -> None:
    do(office, Act.CLAIM, "amira")
    do(office, Act.LOG_SEARCH, "amira", hours=1.0, where="the archive", found="found")
    do(office, Act.RETURN_SEARCHES, "amira", held="held")
    do(office, Act.EXTEND, "dana", further=20, section="s.31(1)(a)", reason="weighing it")
    assert due(office) == date(2020, 9, 10)

    do(office, Act.CORRECT_RECEIPT, "dana", received=date(2020, 7, 10), reason="the post room's")

    assert due(office) == date(2020, 9, 9)  # 13 July was a bank holiday in Northern Ireland
    assert lists.find(office, REFERENCE).received_on == date(2020, 7, 10)


def due(office: Office) -> date | None:
    return lists.card(office, lists.find(office, REFERENCE)).reading.due


def test_the_date_of_receipt_cannot_be_after_what_has_happened_since(office: Office) -> None:
    do(office, Act.SEEK_CLARIFICATION, "dana", question="Which year?")

    with pytest.raises(Lacking):
        do(office, Act.CORRECT_RECEIPT, "dana", received=date(2020, 7, 21), reason="a slip")


def test_the_desk_hears_once_that_the_limit_is_near_and_once_that_it_is_exceeded(
    office: Office,
) -> None:
    do(office, Act.CLAIM, "amira")
    for hours in (13.0, 0.5, 4.5, 0.1, 1.0):  # 13.5 h is 75 % of 18; 18.0 is within, 18.1 over
        do(office, Act.LOG_SEARCH, "amira", hours=hours, where="x", found="found")

    told = [one.text for one in lists.said(office) if "s.12" in one.text]
    assert told == [
        "002335/20: search time comes to £337.50 and is near the limit of £450 (s.12).",
        (
            "002335/20: search time comes to £452.50 and exceeds the limit of £450 (s.12): "
            "consider refusing, with advice (s.16)."
        ),
    ]


def test_an_estimate_counts_until_the_search_took_longer(office: Office) -> None:
    do(office, Act.CLAIM, "amira")
    do(office, Act.ESTIMATE, "amira", hours=14.0, activity=Activity.EXTRACTING)
    do(
        office,
        Act.LOG_SEARCH,
        "amira",
        hours=4.0,
        where="x",
        found="found",
        activity=Activity.EXTRACTING,
    )

    assert [one.text for one in lists.said(office) if "s.12" in one.text] == [
        "002335/20: search time comes to £350.00 and is near the limit of £450 (s.12)."
    ]


def test_aggregation_is_proposed_for_one_party_on_one_matter_and_changes_nothing(
    office: Office,
) -> None:
    dana = office.roster.officer("dana")
    other = acts.log(
        office, officer=dana, subject="s", description="d", received=date(2020, 7, 20)
    ).request.reference
    assert lists.aggregations(office) == ()

    for reference in (REFERENCE, other):
        do(office, Act.GROUP, "dana", reference, party="campaign", matter="radio")

    proposed = lists.aggregations(office)
    assert [one.references for one in proposed] == [(REFERENCE, other)]
    assert lists.find(office, REFERENCE).stage is Stage.RECEIVED
