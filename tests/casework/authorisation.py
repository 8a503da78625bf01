"""Who may do what, and how they stand to the request: the table that a clerk can check.

`authorisation.csv` is written down, read by people, and compared with what the acts really do.
`python -m tests.casework.authorisation` writes it anew; read the difference before you keep it.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.casework.examples import do, ready_for
from workflow.casework.decide import DECIDE
from workflow.casework.errors import ActNotOpen, NotForYou, Restricted
from workflow.casework.request import InformationRequest
from workflow.casework.roles import Officer, Role
from workflow.casework.stages import Act, Stage

TABLE = Path(__file__).parent / "authorisation.csv"
ON = date(2020, 8, 10)
TEAM = "control-room"


def _person(handle: str, team: str, *roles: Role, covers: str = "") -> Officer:
    holder = frozenset({covers} if covers else ())
    return Officer(handle, handle.title(), "", team, frozenset(roles), covers=holder)


# Everybody who can stand to a request, in one way each. The request is with the control room.
PEOPLE: dict[str, Officer] = {
    "desk": _person("desk", "foi-desk", Role.DESK),
    "holder": _person("amira", TEAM, Role.OFFICER),
    "cover of the holder": _person("cover", "digital", Role.OFFICER, covers="amira"),
    "officer of its team": _person("colleague", TEAM, Role.OFFICER),
    "officer of another team": _person("stranger", "digital", Role.OFFICER),
    "manager": _person("manager", "digital", Role.MANAGER),
    "approver": _person("approver", "legal", Role.APPROVER),
    "reviewer": _person("ruth", "legal", Role.REVIEWER),
    "nobody in particular": _person("nobody", "digital"),
}
COLUMNS = ("act", *PEOPLE)
NEVER, ALWAYS, WHILE_OPEN = "-", "at every stage", "while it is open"
OPEN = [stage for stage in Stage if stage is not Stage.CLOSED]
# They make a request of their own, or look at who acted before, or are the clock's.
APART = {
    Act.LOG: {"desk": "a new request"},
    Act.SPLIT: {"desk": "received, searching, consideration"},
    Act.UNDO: dict.fromkeys(PEOPLE, "what they did themselves, within ten minutes"),
    Act.RECKON_ANEW: {},
}


def rows() -> list[tuple[str, ...]]:
    """Try every act by everybody at every stage, and write down where it was open to them."""
    return [(act.value, *(_where(act, who) for who in PEOPLE)) for act in Act]


def _where(act: Act, who: str) -> str:
    if act in APART:
        return APART[act].get(who, NEVER)
    stages = [stage for stage in Stage if is_open(act, PEOPLE[who], request_for(act, stage))]
    if not stages:
        return NEVER
    if stages == OPEN:
        return WHILE_OPEN
    return ALWAYS if len(stages) == len(Stage) else ", ".join(stages)


def request_for(act: Act, stage: Stage) -> InformationRequest:
    """Make a request that Amira of the control room holds, on which nothing else forbids an act."""
    made = ready_for(act, stage)
    if act is Act.CLAIM or stage is Stage.RECEIVED:
        return replace(made, holder=None if act is Act.CLAIM else "amira")
    reviewed = act in (Act.RECORD_FINDING, Act.DECIDE_REVIEW) and stage is Stage.REVIEW
    return replace(made, reviewer="ruth") if reviewed else made


def is_open(act: Act, officer: Officer, request: InformationRequest) -> bool:
    """Say whether an act is really done when this officer does it."""
    if request.restricted_to:
        request = replace(request, restricted_to=(*request.restricted_to, officer.handle))
    try:
        made = do(act, request, officer, ON)
    except (ActNotOpen, NotForYou, Restricted):
        return False
    return made.event.act is act and act in DECIDE


def written() -> str:
    """Give the table as it is kept."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows())
    return text.getvalue()


if __name__ == "__main__":
    TABLE.write_text(written(), encoding="utf-8")
