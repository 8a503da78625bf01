"""What was put off goes at once when the way to people is open again, once, and in order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tests.services.desk import REFERENCE, Desk
from workflow.casework.stages import Act
from workflow.services import delivery, health, mending, troubles
from workflow.services.messenger import Trouble, Undeliverable, Undelivered
from workflow.store import outbox
from workflow.store import troubles as store

if TYPE_CHECKING:
    from datetime import datetime

REVOKED = "Slack says token_revoked: run foi doctor"


def revoked() -> Undelivered:
    return Undelivered(REVOKED, retry_after=300, trouble=Trouble.INSTALLATION)


def seen(desk: Desk, kind: Trouble) -> list[tuple[str, bool]]:
    with desk.office.store.reading() as connection:
        return [
            (one.why, one.over_at is None) for one in troubles.seen(connection) if one.kind == kind
        ]


def test_what_a_revoked_token_held_up_goes_within_a_tick_of_its_return(desk: Desk) -> None:
    desk.recorder.refuses = revoked()
    desk.claimed()
    desk.tick()
    desk.tick()
    assert desk.recorder.posts == []
    assert health.slack_is_away_since(desk.office) is not None

    desk.recorder.refuses = None
    desk.pass_time(seconds=1)
    desk.tick()

    assert {state for _, state in desk.outbox()} <= {"sent", "superseded"}
    keys = desk.recorder.keys
    assert len(keys) == len(set(keys)) > 0
    assert seen(desk, Trouble.INSTALLATION) == [(REVOKED, False)]


def test_the_first_that_arrives_lets_go_what_was_put_off_for_the_same_reason(desk: Desk) -> None:
    lacking = Undelivered(
        "Slack says missing_scope", retry_after=300, trouble=Trouble.SCOPE, lacks="im:write"
    )
    desk.recorder.refuses = lacking
    desk.claimed("A")
    desk.pass_time(seconds=100)
    desk.claimed("B")
    desk.tick()
    desk.recorder.refuses = None
    with desk.office.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE state = 'waiting'")
        assert rows.scalar_one() > 4
    with desk.office.store.writing() as connection:  # the time of one of them has come
        connection.exec_driver_sql(
            "UPDATE outbox SET not_before = NULL"
            " WHERE id = (SELECT min(id) FROM outbox WHERE state = 'waiting')"
        )

    desk.tick()
    desk.tick()

    assert {state for _, state in desk.outbox()} <= {"sent", "superseded"}
    assert len(desk.recorder.keys) == len(set(desk.recorder.keys))


def test_whoever_starts_it_anew_lets_everything_be_tried_but_what_may_have_been_said(
    desk: Desk,
) -> None:
    desk.recorder.refuses = revoked()
    desk.log()
    desk.tick()

    assert delivery.try_again(desk.office) == 1
    with desk.office.store.writing() as connection:
        leased = outbox.lease(
            connection, name="cut off", now=desk.wall, most=1, in_hours=True, settled=True
        )
        assert len(leased) == 1
    assert delivery.try_again(desk.office) == 0


def test_why_slack_is_away_is_kept_when_it_changes(desk: Desk) -> None:
    for why in ("Slack could not be reached", "Slack says nothing that can be read"):
        desk.recorder.refuses = Undelivered(why, retry_after=1, trouble=Trouble.AWAY)
        desk.claimed(f"R{len(why)}")
        desk.pass_time(seconds=1)
        desk.tick()

        assert seen(desk, Trouble.AWAY) == [(why, True)]
        with desk.office.store.reading() as connection:
            told = connection.exec_driver_sql("SELECT trouble FROM heartbeats WHERE job = 'slack'")
            assert told.scalar_one() == why


def test_what_is_said_to_another_keeps_its_rule_and_its_urgency(desk: Desk) -> None:
    desk.claimed()
    desk.tick()
    desk.do(Act.ESCALATE, "amira", REFERENCE)
    with desk.office.store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET urgent = true, rule = 'ladder' WHERE recipient = 'person:marcus'"
        )
        (meant,) = connection.exec_driver_sql(
            "SELECT key FROM outbox WHERE recipient = 'person:marcus' AND state = 'waiting'"
        ).scalars()

    def deactivated(kind: str, key: str) -> None:
        if (kind, key) == ("say", meant):
            raise Undeliverable("Slack says user_disabled", trouble=Trouble.NO_ACCOUNT)

    desk.recorder.before = deactivated
    desk.tick()
    desk.tick()

    with desk.office.store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT key, rule, urgent, state FROM outbox WHERE substr(key, 1, 8) = 'instead|'"
        ).all()
    assert [tuple(one) for one in rows] == [(f"instead|{meant}", "ladder", True, "sent")]


def test_what_was_mended_is_over_at_the_next_tick_though_nothing_was_to_be_sent(
    desk: Desk,
) -> None:
    lacking = Undelivered(
        "Slack says missing_scope", retry_after=300, trouble=Trouble.SCOPE, lacks="groups:read"
    )
    desk.recorder.refuses = lacking
    desk.log()
    desk.tick()
    assert seen(desk, Trouble.SCOPE) == [("Slack says missing_scope", True)]

    assert mending.look(desk.office) == 0  # the question is refused as well
    desk.recorder.refuses = None
    assert mending.look(desk.office) == 0
    desk.recorder.mended.add((Trouble.SCOPE, "groups:read"))
    assert mending.look(desk.office) == 1

    assert seen(desk, Trouble.SCOPE) == [("Slack says missing_scope", False)]
    desk.tick()
    assert {state for _, state in desk.outbox()} == {"sent"}  # long before its time had come
    assert len(desk.recorder.keys) == len(set(desk.recorder.keys)) > 0


def test_where_nothing_is_amiss_or_slack_is_away_nothing_is_asked(desk: Desk) -> None:
    def asked() -> int:
        mending.look(desk.office)
        return sum(kind == "is mended" for kind, _ in desk.recorder.calls)

    desk.log()
    desk.tick()
    assert asked() == 0
    desk.recorder.refuses = Undelivered(
        "Slack says missing_scope", retry_after=1, trouble=Trouble.SCOPE, lacks="chat:write"
    )
    desk.claimed("A")
    desk.tick()
    desk.recorder.refuses = None
    assert asked() == 1

    desk.recorder.refuses = revoked()
    desk.pass_time(seconds=100)
    desk.tick()

    assert health.slack_is_away_since(desk.office) is not None
    assert asked() == 1


def test_the_longer_it_lasts_the_more_rarely_it_is_looked_at(desk: Desk) -> None:
    with desk.office.store.writing() as connection:
        for kind, about in ((Trouble.SCOPE, "groups:read"), (Trouble.NO_CHANNEL, "desk:")):
            store.note(connection, kind, about, at=desk.wall, why="Slack says so")
    looked: dict[tuple[str, str], datetime] = {}
    minutes = []
    for minute in range(121):
        before = len(desk.recorder.calls)
        mending.look(desk.office, looked)
        minutes += [(minute, about) for _, about in desk.recorder.calls[before:]]
        desk.pass_time(minutes=1)

    a_permission = [minute for minute, about in minutes if about == "groups:read"]
    a_channel = [minute for minute, about in minutes if about == "desk:"]
    waits = [after - before for before, after in pairwise(a_permission)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (1, 5)
    assert a_channel == list(range(0, 121, 5))
