"""What was posted of a request goes from Slack with its words: lines, notices, files, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.examples import CONFIG, moment
from tests.recorder import Trouble
from tests.services.desk import REFERENCE, Desk
from tests.services.lives import ANN, answered
from workflow.casework.stages import Act
from workflow.services import removal, retention
from workflow.services.messenger import Undeliverable
from workflow.services.removal import LONGEST_WAIT, take_away
from workflow.services.retention_schedule import read_schedule
from workflow.store import outbox, removals
from workflow.store.outbox import Outgoing

SCHEDULE = read_schedule(CONFIG)
DAY_AFTER = "Fri 2022-07-15 12:00"  # 24 months after it was disclosed, and a day


@pytest.fixture
def posted(desk: Desk) -> Desk:
    """Give a desk that answered a request, and that of another told as much; all was posted."""
    answered(desk, applicant=ANN)
    desk.claimed("R2")
    desk.do(Act.UPDATE, "amira", "R2", note="rang the supplier")
    digest = Outgoing("digest|amira", "notice", "person:amira", f"You hold {REFERENCE} and R2.")
    with desk.office.store.writing() as connection:
        outbox.put(connection, None, [digest], at=desk.at)
    desk.tick()
    assert len(about(desk, REFERENCE)) > 3
    return desk


def about(desk: Desk, reference: str) -> list[str]:
    """Give the keys of what stands in Slack about a request, but for its cards."""
    of_it = (key for key in desk.recorder.keys if f"|{reference}|" in f"{key}|")
    return sorted(key for key in of_it if not key.startswith("card|"))


def disposed(desk: Desk, *, days: int = 0) -> None:
    desk.at = desk.wall = moment(DAY_AFTER) + timedelta(days=days)
    dana = desk.office.roster.officer("dana")
    assert [one.reference for one in retention.apply(desk.office, SCHEDULE, officer=dana)] == [
        REFERENCE
    ]


def all_taken(desk: Desk) -> int:
    taken = 0
    while gone := take_away(desk.office):
        taken += gone
    return taken


def test_everything_posted_of_it_goes_but_its_card_and_nothing_of_another(posted: Desk) -> None:
    others = about(posted, "R2")
    files = [one for one in posted.recorder.posts if one.key.startswith("file|")]
    disposed(posted)

    taken = all_taken(posted)

    assert taken > len(files) > 0
    assert about(posted, REFERENCE) == []
    assert "digest|amira" not in posted.recorder.keys  # it named the request as well
    assert about(posted, "R2") == others != []
    assert f"card|{REFERENCE}" in posted.recorder.keys
    assert removal.left(posted.office) == []


def test_looking_at_what_is_due_takes_nothing_away(posted: Desk) -> None:
    before = list(posted.recorder.posts)
    posted.at = posted.wall = moment(DAY_AFTER)

    list(retention.standings(posted.office, SCHEDULE))

    assert take_away(posted.office) == 0
    assert posted.recorder.posts == before


def test_of_what_is_held_nothing_goes(posted: Desk) -> None:
    dana = posted.office.roster.officer("dana")
    retention.hold(posted.office, REFERENCE, officer=dana, reason="an appeal")
    posted.at = posted.wall = moment(DAY_AFTER)

    assert list(retention.apply(posted.office, SCHEDULE, officer=dana)) == []
    assert take_away(posted.office) == 0


def test_what_somebody_took_away_before_is_gone_and_no_trouble(posted: Desk) -> None:
    for post in list(posted.recorder.posts):
        posted.recorder.remove(post.place)
    disposed(posted)

    assert all_taken(posted) > 3
    assert removal.left(posted.office) == []


@pytest.mark.parametrize("trouble", [Trouble.UNKNOWN_BEFORE, Trouble.UNKNOWN_AFTER])
def test_what_was_not_answered_is_tried_again(posted: Desk, trouble: Trouble) -> None:
    disposed(posted)
    posted.recorder.meets(trouble, on="delete")

    assert take_away(posted.office) == 0  # it leaves off: Slack may be away
    assert [one.trouble for one in removal.left(posted.office)] == ["no answer"]
    posted.pass_time(minutes=1)
    all_taken(posted)

    assert about(posted, REFERENCE) == []
    assert removal.left(posted.office) == []


def test_when_slack_wants_a_pause_it_is_given_one(posted: Desk) -> None:
    disposed(posted)
    posted.recorder.meets(Trouble.RATE_LIMITED, on="delete")

    assert take_away(posted.office) == 0
    calls = [kind for kind, _ in posted.recorder.calls].count("delete")
    posted.pass_time(seconds=posted.recorder.retry_after)
    all_taken(posted)

    assert calls == 1
    assert about(posted, REFERENCE) == []


def test_of_an_archived_channel_it_goes_once_that_is_opened_again(
    posted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def archived(*_: object, **__: object) -> None:
        raise Undeliverable("Slack says is_archived")

    disposed(posted)
    posted.pass_time(minutes=1)
    posted.tick()  # the card is drawn anew
    with monkeypatch.context() as closed:
        closed.setattr(posted.recorder, "delete", archived)
        assert take_away(posted.office) == 0
        posted.pass_time(hours=1)
        assert take_away(posted.office) == 0
    (still,) = removal.left(posted.office)
    assert (still.reference, still.trouble) == (REFERENCE, "Slack says is_archived")
    assert still.messages > 3

    posted.pass_time(hours=LONGEST_WAIT.days * 24)

    assert all_taken(posted) == still.messages
    assert about(posted, REFERENCE) == []


def test_a_crash_after_slack_did_it_is_no_trouble(
    posted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    disposed(posted)
    with monkeypatch.context() as crash:
        crash.setattr(removals, "done", killed)
        with pytest.raises(KeyboardInterrupt):
            take_away(posted.office)

    all_taken(posted)

    assert about(posted, REFERENCE) == []
    assert removal.left(posted.office) == []
