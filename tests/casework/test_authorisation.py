"""Who may do what: the written table against every act, done by everybody at every stage."""

from __future__ import annotations

import csv

from tests.casework.authorisation import COLUMNS, TABLE, rows
from workflow.casework.stages import TRANSITIONS, Act, Relation


def table() -> list[list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_what_the_written_table_says_is_what_the_acts_do() -> None:
    head, *lines = table()

    assert head == list(COLUMNS)
    assert [tuple(line) for line in lines] == rows()


def test_nobody_in_particular_may_escalate_and_no_more() -> None:
    nobody = COLUMNS.index("nobody in particular")

    may = {line[0] for line in table()[1:] if line[nobody] != "-"}

    assert may == {Act.ESCALATE, Act.UNDO}


def test_no_role_but_the_approvers_approves_and_no_role_but_the_reviewers_reviews() -> None:
    may = {
        line[0]: {c for c, cell in zip(COLUMNS[1:], line[1:], strict=True) if cell != "-"}
        for line in table()[1:]
    }

    assert may[Act.APPROVE] == {"approver"}
    assert may[Act.CLAIM_REVIEW] == may[Act.DECIDE_REVIEW] == {"reviewer"}
    assert may[Act.ACKNOWLEDGE_ESCALATION] == {"manager"}


def test_the_cover_may_what_the_holder_may_by_holding_it() -> None:
    """What the holder may as an officer of the team is not the cover's."""
    as_holder = {row.act.value for row in TRANSITIONS if Relation.HOLDER in row.by}
    lines = {line[0]: dict(zip(COLUMNS, line, strict=True)) for line in table()[1:]}

    for act in as_holder:
        assert lines[act]["cover of the holder"] == lines[act]["holder"]
    assert lines[Act.CLAIM]["cover of the holder"] == "-"
