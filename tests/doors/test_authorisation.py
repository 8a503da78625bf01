"""The authorisation table at every door: typed, pressed by hand, a form made by hand, the terminal.

Officers who stand to a request in each way try every act that is not theirs, at one stage in turn
(FOI_LARGE_PROOFS=1: everybody of the roster, at all stages). Every try is refused in words, and
nothing is written.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from sqlalchemy import text

from bot.apologies import apology
from tests.casework.examples import CONFIG, ROSTER, request_in
from tests.doors.three_ways import command, words
from tests.recorder import Recorder
from workflow.bootstrap import open_office
from workflow.casework.errors import Refusal
from workflow.casework.events import Event
from workflow.casework.occasion import open_acts, permit
from workflow.casework.stages import Act, Stage
from workflow.services.forms import FORMS
from workflow.services.office import timing
from workflow.services.verbs import act_of, verb_for
from workflow.store import history, requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doors.served import Served
    from workflow.casework.request import InformationRequest
    from workflow.services.office import Office

LARGE = os.environ.get("FOI_LARGE_PROOFS", "0") not in {"", "0"}  # noqa: TID251 - the tests' own
pytestmark = pytest.mark.timeout(3600 if LARGE else 600)
# To log has no request, to reckon anew is the clock's, and to undo is refused by what was done.
ACTS = [act for act in Act if act not in (Act.LOG, Act.RECKON_ANEW, Act.UNDO)]
STAGES = list(Stage)
# One of the team, one of another, a manager, one who approves and reviews, and the desk.
WHO = (
    [one.handle for one in ROSTER.officers] if LARGE else ["joel", "sian", "marcus", "ruth", "dana"]
)


class Try(NamedTuple):
    """Somebody tries an act that is not theirs. `told` is what they must read."""

    act: Act
    request: InformationRequest
    told: str


@pytest.fixture(scope="module")
def office(served: Served) -> Iterator[Office]:
    """Open the same database, with a request at each stage, all held by Amira."""
    opened = open_office(
        database_url=served.settings["FOI_DATABASE_URL"], config_dir=CONFIG, messenger=Recorder()
    )
    for stage in STAGES:
        _put_down(opened, at(stage))
    yield opened
    opened.store.close()


def at(stage: Stage) -> InformationRequest:
    held = None if stage is Stage.RECEIVED else "amira"
    return replace(request_in(stage), reference=f"AUTH-{stage}", holder=held)


def _put_down(office: Office, request: InformationRequest) -> None:
    now = office.now()
    with office.store.writing() as connection:
        kept = timing(office, request, noticed_to=now)._replace(next_notice_at=None)
        row_id = requests.add(connection, request, kept, applicant=None)
        logged = Event(Act.LOG, "dana", now.date(), {"received": "14 July 2020"})
        history.append(connection, row_id, logged, version=request.version, at=now)


def tries(handle: str) -> list[Try]:
    """Give what is not somebody's to do, with the refusal that the table makes of it."""
    officer, found = ROSTER.officer(handle), []
    for number, act in enumerate(ACTS):
        stages = STAGES if LARGE else [STAGES[(number + len(handle)) % len(STAGES)]]
        for stage in stages:
            request = at(stage)
            # A verb means whichever of its acts is open at the stage.
            meant = act_of(verb_for(act), stage)
            if meant is act and act not in open_acts(request, officer):
                found.append(Try(act, request, _refused(act, request, handle)))
    return found


def _refused(act: Act, request: InformationRequest, handle: str) -> str:
    try:
        permit(act, request, ROSTER.officer(handle))
    except Refusal as refusal:
        return apology(refusal)
    raise AssertionError(f"{act} is open to {handle} at {request.stage}")


def everything(office: Office) -> list[Any]:
    """Give all that is kept of the requests: only what these tests must not change."""
    with office.store.reading() as connection:
        kept = [
            connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).all()  # noqa: S608  # our own
            for table in ("requests", "events", "people")
        ]
    return [tuple(map(repr, rows)) for rows in kept]


def is_claimed(one: Try) -> bool:
    """Say whether the loser of a claim is told first who holds it."""
    return one.act is Act.CLAIM and one.request.holder is not None


def expected(one: Try, told: str) -> str:
    if is_claimed(one) and "claim" in told:
        return told
    return one.told


@pytest.mark.parametrize("who", WHO)
def test_what_is_typed_in_slack_is_refused_in_words(
    served: Served, office: Office, who: str
) -> None:
    before = everything(office)

    told = {one: _typed(served, who, one) for one in tries(who)}

    assert told == {one: expected(one, said) for one, said in told.items()}
    assert everything(office) == before


def _typed(served: Served, who: str, one: Try) -> str:
    return _plain(
        served.page.command(who, f"/foi {command(one.act, one.request.reference)}")["reply"]
    )


@pytest.mark.parametrize("who", WHO)
def test_a_button_made_by_hand_is_refused_in_words(
    served: Served, office: Office, who: str
) -> None:
    before = everything(office)

    told = {one: _pressed(served, who, one) for one in tries(who)}

    assert told == {one: expected(one, said) for one, said in told.items()}
    assert everything(office) == before


def _pressed(served: Served, who: str, one: Try) -> str:
    button = {
        "type": "button",
        "action_id": f"act:{one.act.name.lower()}",
        "block_id": "b",
        "value": one.request.reference,
    }
    payload = _from(who, "block_actions", actions=[button], trigger_id="long gone")
    answer = served.interact(payload)
    assert (answer.status_code, answer.text) == (200, "")
    return _plain(served.page.messages(dm=f"U0{who.upper()}")[-1])


@pytest.mark.parametrize("who", WHO)
def test_a_form_made_by_hand_is_refused_on_the_form(
    served: Served, office: Office, who: str
) -> None:
    before = everything(office)

    told = {one: _submitted(served, who, one) for one in tries(who)}

    assert told == {one: expected(one, said) for one, said in told.items()}
    assert everything(office) == before


def _submitted(served: Served, who: str, one: Try) -> str:
    said = words(one.act)
    fields = [field.name for field in FORMS[one.act]] or ["nothing"]
    carried = {"act": one.act.name, "reference": one.request.reference, "channel": None}
    view = {
        "id": "V0FORGED",
        "type": "modal",
        "callback_id": "act",
        "private_metadata": json.dumps(carried | {"version": 0}),
        "state": {
            "values": {
                name: {name: {"type": "plain_text_input", "value": value}}
                for name, value in said.items()
            }
        },
        "blocks": [
            {"type": "input", "block_id": name, "label": {"type": "plain_text", "text": name}}
            for name in fields
        ],
    }
    answer = served.interact(_from(who, "view_submission", view=view))
    assert answer.status_code == 200  # well
    errors = answer.json()["errors"] if answer.text else {}
    assert len(errors) == 1, (one, answer.text)
    return str(next(iter(errors.values())))


def _from(who: str, kind: str, **more: Any) -> dict[str, Any]:
    team = {"id": "T0SANDBOX01"}
    user = {"id": f"U0{who.upper()}", "team_id": team["id"]}
    return {"type": kind, "user": user, "team": team, "api_app_id": "A04C75924A", **more}


def _plain(message: dict[str, Any]) -> str:
    return str(message["blocks"][0]["text"]["text"] if message["blocks"] else message["text"])


def test_a_payload_with_another_persons_id_in_its_value_is_still_ones_own(
    served: Served, office: Office
) -> None:
    """Who acts is who Slack says sent it: nothing in a button or a form can say otherwise."""
    before = everything(office)
    button = {
        "type": "button",
        "action_id": "act:release",
        "block_id": "b",
        "value": "AUTH-searching",
        "user": {"id": "U0AMIRA"},
    }
    payload = _from("joel", "block_actions", actions=[button], trigger_id="t", user_id="U0AMIRA")
    payload["container"] = {"type": "message", "user": "U0AMIRA"}

    assert served.interact(payload).status_code == 200  # well

    told = _plain(served.page.messages(dm="U0JOEL")[-1])
    assert told.startswith(
        "AUTH-searching: only the officer who holds it, the FOI desk or a manager"
    )
    assert everything(office) == before
