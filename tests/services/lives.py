"""A desk on which requests have lived: of each stage one, with all that can stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import text

from tests.services.desk import REFERENCE, Desk
from workflow.casework.stages import Act
from workflow.reports.period import Period
from workflow.services import delivery, lists, reporting, retention
from workflow.store.tables import metadata

ANN = ("Ann Onymous", "1 High Street, Midshire")
YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))


def answered(desk: Desk, reference: str = REFERENCE, **logged: Any) -> None:
    """Take a request from its receipt to its answer."""
    desk.log(reference, **logged)
    desk.do(Act.ALLOCATE, "dana", reference, team="control-room")
    desk.do(Act.CLAIM, "amira", reference)
    desk.do(Act.ESTIMATE, "amira", reference)
    desk.do(Act.LOG_SEARCH, "amira", reference)
    desk.do(Act.RETURN_SEARCHES, "amira", reference)
    desk.do(Act.ENGAGE_EXEMPTION, "dana", reference)
    desk.do(Act.RECORD_PUBLIC_INTEREST_TEST, "dana", reference)
    desk.do(Act.DECIDE, "dana", reference, outcome="disclose", reason="All of it.")
    desk.do(Act.APPROVE, "grace", reference)
    desk.do(Act.ISSUE, "dana", reference, how="by post")


def reviewed(desk: Desk, reference: str = REFERENCE) -> None:
    """Take an answered request through its review and to the Commissioner."""
    desk.do(Act.REQUEST_REVIEW, "dana", reference)
    desk.do(Act.CLAIM_REVIEW, "ruth", reference)
    desk.do(Act.DECIDE_REVIEW, "ruth", reference)
    desk.do(Act.RECORD_COMPLAINT, "dana", reference)


def lived(desk: Desk) -> list[str]:
    """Let requests of every kind live on a desk. Gives their references."""
    answered(desk, applicant=ANN)
    reviewed(desk)
    desk.claimed("R2")
    desk.do(Act.ESCALATE, "amira", "R2")
    desk.log("R3", applicant=("Łukasz Żółć", "lukasz@example.org"), subject="=1+1")
    desk.do(Act.SEEK_CLARIFICATION, "dana", "R3")
    desk.log("R4")
    desk.do(Act.SPLIT, "dana", "R4", numbers=(1, 2), question="Which years?")
    desk.log("R5")
    desk.do(Act.WITHDRAW, "dana", "R5", reason="asked elsewhere")
    retention.hold(
        desk.office, "R5", officer=desk.office.roster.officer("dana"), reason="litigation"
    )
    delivery.deliver(desk.office)
    desk.pass_time(days=30)
    desk.tick()
    return [REFERENCE, "R2", "R3", "R4", "R4-2", "R5"]


NUMBERS = ("last_act", "id", "request_id")
# Kept of a desk and its people, not of a request: none of it travels with one.
OF_NO_REQUEST = {
    *("drafts", "paces", "heartbeats", "feeds", "once", "people", "reveals", "rounds"),
    *("troubles", "installations", "installation_states", "removals"),
}
PLACES = ("lease", "channel", "ts")


def rows(desk: Desk, *, without: Sequence[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table by its request's reference, but for the numbers of rows."""
    left_out = (*NUMBERS, *without)
    found: dict[str, list[tuple[Any, ...]]] = {}
    with desk.office.store.reading() as connection:
        for table in (one for one in metadata.sorted_tables if one.name not in OF_NO_REQUEST):
            columns = [f't."{one.name}"' for one in table.columns if one.name not in left_out]
            key = "request_id" if "request_id" in table.columns else "id"
            select = (
                f"SELECT r.reference, {', '.join(columns)} FROM {table.name} t "  # noqa: S608  # our own tables
                f"JOIN requests r ON r.id = t.{key}"
            )
            found[table.name] = sorted(
                tuple(map(repr, row)) for row in connection.execute(text(select))
            )
    return found


def told(desk: Desk, references: Sequence[str]) -> list[Any]:
    """Give pictures, histories, ledgers and figures as people see them."""
    office = desk.office
    pictures = [lists.find(office, one) for one in references]
    return [
        pictures,
        [lists.history_of(office, one) for one in references],
        [lists.statutory_reading(office, one) for one in pictures],
        [lists.said(office, reference=one) for one in references],
        reporting.report(office, YEAR),
    ]
