"""Every act a person may do, by each of three ways, at a real desk in a real (local) Slack.

The cases are read from TRANSITIONS. FOI_LARGE_PROOFS=1 does each at every stage of its row.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.casework.examples import CONFIG, moment
from tests.doors.buttons import APPLICANT, choices
from tests.doors.page import DESK
from tests.doors.three_ways import (
    WAYS,
    Case,
    cases,
    command,
    path_on_card,
    ready,
    words,
)
from tests.recorder import Recorder
from workflow.bootstrap import open_office
from workflow.casework.events import Event
from workflow.casework.stages import Act, leads_to
from workflow.services import lists
from workflow.services.office import timing
from workflow.services.verbs import verb_for
from workflow.store import history, outbox, requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doors.demonstrations import Demonstration
    from tests.doors.page import Json, Page
    from workflow.services.office import Office

LARGE = os.environ.get("FOI_LARGE_PROOFS", "0") not in {"", "0"}  # noqa: TID251 - the tests' own
pytestmark = pytest.mark.timeout(3600 if LARGE else 300)
NOW = moment("Mon 2020-08-10 09:00")
CASES = list(cases(all_stages=LARGE))


class Prepared(NamedTuple):
    """A demonstration on Monday 10 August 2020, and the office beneath it, read directly."""

    page: Page
    office: Office
    cards: dict[str, Json]


@pytest.fixture(scope="module")
def prepared(demonstration: Demonstration) -> Iterator[Prepared]:
    page = demonstration.page
    page.wait_until("2020-08-10T09:00")
    office = open_office(
        database_url=demonstration.database,
        config_dir=CONFIG,
        messenger=Recorder(),
        now=lambda: NOW,
    )
    for number, case in enumerate(CASES):
        for way in WAYS:
            put_down(office, case, reference_of(number, way))
    page.let_it_settle()
    page.until(lambda: len(drawn(page)) == len(CASES) * len(WAYS), seconds=60)
    yield Prepared(page, office, drawn(page))
    office.store.close()


def reference_of(number: int, way: str) -> str:
    return f"{way.upper()}-{number:03}"


def put_down(office: Office, case: Case, reference: str) -> None:
    """Put a request into the office as it stands at the case's stage, its card to be drawn."""
    request = ready(case, reference)
    logged = Event(Act.LOG, "dana", NOW.date(), {"received": "14 July 2020"})
    with office.store.writing() as connection:
        kept = timing(office, request, noticed_to=NOW)
        row_id = requests.add(connection, request, kept, applicant=None)
        history.append(connection, row_id, logged, version=request.version, at=NOW)
        drawing = outbox.Outgoing(f"card|{reference}|0", "card", "desk:")
        outbox.put(connection, row_id, [drawing], at=NOW)


def drawn(page: Page) -> dict[str, Json]:
    """Find the cards of the requests that were put down: reference -> message."""
    found = {}
    for one in page.messages(channel=DESK):
        kind, _, key = (
            (one["metadata"] or {}).get("event_payload", {}).get("key", "").partition("|")
        )
        if kind == "card" and key.partition("-")[0].lower() in WAYS:
            found[key] = one
    return found


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=lambda n: f"{CASES[n].act} at {CASES[n].stage}"
)
def test_an_act_typed_in_a_form_and_on_the_card_comes_to_the_same(
    prepared: Prepared, number: int
) -> None:
    case = CASES[number]
    before = {way: ready(case, reference_of(number, way)) for way in WAYS}

    told = {way: do(prepared, way, case, reference_of(number, way)) for way in WAYS}

    after = {way: lists.find(prepared.office, reference_of(number, way)) for way in WAYS}
    lines = {way: said(prepared.office, reference_of(number, way)) for way in WAYS}
    assert {len(one) for one in lines.values()} == {2}, lines
    assert {one[-1] for one in lines.values()} == {lines["typed"][-1]}
    expected = before["typed"].left if case.act is Act.REOPEN else leads_to(case.row, case.stage)
    assert {one.stage.value for one in after.values()} == {str(expected)}
    for way, private in told.items():
        assert private.replace(reference_of(number, way), "REF").startswith(
            f"REF: {lines[way][-1]}"
        )


def test_a_request_is_logged_by_the_command_the_menu_and_app_home(prepared: Prepared) -> None:
    page = prepared.page

    _fill_in(page, "By command", page.command("dana", "/foi new By command"))
    menu = page.command("dana", "/foi")["reply"]
    _fill_in(page, "By menu", _press(page, "dana", menu, "Log a request"))
    home = {"as": "dana", "view_id": page.get("home", **{"as": "dana"})["id"]}
    _fill_in(page, "By App Home", page.post("click", **home, action_id="menu:new"))

    logged = {
        one.request.subject: said(prepared.office, one.request.reference)
        for one in lists.listing(prepared.office, limit=500)
        if one.request.subject.startswith("By ")
    }
    sentence = "Dana Whitfield logged the request, received Monday 10 August 2020."
    assert logged == {f"By {way}": [sentence] for way in ("command", "menu", "App Home")}


def test_an_act_is_undone_by_the_command_with_and_without_a_reference_and_by_the_button(
    prepared: Prepared,
) -> None:
    page, office = prepared.page, prepared.office
    case = next(one for one in cases(all_stages=False) if one.act is Act.CLAIM)
    references = [f"UNDO-{number}" for number in (1, 2, 3)]
    told: dict[str, str] = {}
    for reference in references:
        put_down(office, case, reference)
        claimed = page.command("joel", f"/foi claim {reference}")["reply"]
        match reference:
            case "UNDO-1":
                told[reference] = page.says("joel", "/foi undo")
            case "UNDO-2":
                told[reference] = page.says("joel", f"/foi undo {reference}")
            case _:
                told[reference] = _press(page, "joel", claimed, "Undo")["reply"]["text"]

    sentence = "Joel Barker undid what they had just done (claim)."
    assert {said(office, one)[-1] for one in references} == {sentence}
    assert {lists.find(office, one).holder for one in references} == {None}
    assert all(told[one].startswith(f"{one}: {sentence}") for one in references)


def _fill_in(page: Page, subject: str, opened: Json) -> None:
    taken = page.submit(
        "dana", opened["view_id"], subject=subject, description="How many?", **APPLICANT
    )
    assert not taken["errors"], taken


def said(office: Office, reference: str) -> list[str]:
    """Read the history, the request's own reference left out of its sentences."""
    return [one.sentence.replace(reference, "REF") for one in lists.history_of(office, reference)]


def do(prepared: Prepared, way: str, case: Case, reference: str) -> str:
    """Do an act by one way and give what the person was told."""
    page = prepared.page
    match way:
        case "typed":
            return page.says(case.who, f"/foi {command(case.act, reference)}")
        case "form":
            outcome = _by_form(page, case, reference)
        case _:
            outcome = _by_card(prepared, case, reference)
    return str(outcome["reply"]["text"])


def _by_form(page: Page, case: Case, reference: str) -> Json:
    """Type the verb alone, choose the request from those offered, fill in what follows."""
    asked = page.command(case.who, f"/foi {verb_for(case.act).name}")
    where = {"as": case.who, "view_id": asked["view_id"], "action_id": "reference"}
    offered = [one["value"] for one in page.post("options", **where, text=reference)]
    assert reference in offered
    chosen = page.submit(case.who, asked["view_id"], reference=reference)
    assert not chosen["errors"], chosen
    return _filled_in(page, case, chosen)


def _by_card(prepared: Prepared, case: Case, reference: str) -> Json:
    """Press what leads from the card to the act: its button, its menu, or what shows the rest."""
    message = prepared.cards[reference]
    *before, act = path_on_card(ready(case, reference), case.act)
    for label in before:
        message = _press(prepared.page, case.who, message, label)["reply"]
    return _filled_in(prepared.page, case, _press(prepared.page, case.who, message, act))


def _press(page: Page, who: str, message: Json, label: str) -> Json:
    there = {name: chosen for name, *chosen in choices(message["blocks"])}
    assert label in there, f"“{label}” is none of: {', '.join(there)}"
    return page.press(who, message["ts"], *there[label])


def _filled_in(page: Page, case: Case, opened: Json) -> Json:
    if not opened["view_id"]:
        return opened
    outcome = page.submit(case.who, opened["view_id"], **words(case.act))
    assert not outcome["errors"], outcome
    return outcome
