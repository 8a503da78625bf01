"""Calendar feeds: the right dates, for those who may see them, until they are revoked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import icalendar
import pytest
from sqlalchemy import text

from tests.services.desk import Desk
from workflow.casework.errors import Lacking
from workflow.casework.stages import Act
from workflow.roster_shelf import RosterShelf
from workflow.services import feeds


@pytest.fixture
def claimed(desk: Desk) -> Desk:
    """Give a desk where Amira holds a request that is due on Wed 2020-08-12."""
    desk.log(subject="Calls; to 999, “all” of them", applicant=("Ann Onymous", "1 High Street"))
    desk.do(Act.ALLOCATE, "dana", team="control-room")
    desk.do(Act.CLAIM, "amira")
    return desk


def made(desk: Desk, owner: str = "person:amira", by: str = "amira") -> str:
    """Make a feed and give its secret."""
    address = feeds.make(desk.office, owner, officer=desk.office.roster.officer(by))
    return address.removeprefix("calendar/").removesuffix(".ics")


def events(desk: Desk, secret: str) -> list[dict[str, object]]:
    served = feeds.served(desk.office, secret)
    assert served is not None
    calendar = icalendar.Calendar.from_ical(served.body)
    assert isinstance(calendar, icalendar.Calendar)
    return [
        {
            "start": one.start,
            "end": one.end,
            "summary": str(one["summary"]),
            "uid": str(one["uid"]),
        }
        for one in calendar.events
    ]


def test_a_feed_has_a_whole_day_for_each_due_date(claimed: Desk) -> None:
    assert events(claimed, made(claimed)) == [
        {
            "start": date(2020, 8, 12),
            "end": date(2020, 8, 13),
            "summary": "002335/20 answer due: Calls; to 999, “all” of them",
            "uid": "002335/20-answer-due@foi-desk",
        }
    ]


def test_a_feed_says_nothing_of_who_asked_or_what_happened(claimed: Desk) -> None:
    served = feeds.served(claimed.office, made(claimed))

    assert served is not None
    names = {line.partition(b":")[0].partition(b";")[0] for line in served.body.splitlines()}
    assert b"Ann" not in served.body
    assert names == {
        *(b"BEGIN", b"END", b"VERSION", b"PRODID", b"X-WR-CALNAME", b"REFRESH-INTERVAL"),
        *(b"UID", b"DTSTAMP", b"DTSTART", b"DTEND", b"SUMMARY", b"CLASS", b"TRANSP"),
    }


def test_the_same_dates_are_the_same_text_and_a_moved_date_is_another(claimed: Desk) -> None:
    secret = made(claimed)
    before = feeds.served(claimed.office, secret)
    claimed.pass_time(days=1)
    later = feeds.served(claimed.office, secret)
    claimed.do(Act.SEEK_CLARIFICATION, "dana")
    waiting = feeds.served(claimed.office, secret)

    assert before == later
    assert waiting is not None
    assert before is not None
    assert waiting.tag != before.tag
    assert events(claimed, secret) == []  # nothing is due while the applicant is asked


def test_the_secret_is_kept_nowhere(claimed: Desk) -> None:
    secret = made(claimed)

    with claimed.office.store.reading() as connection:
        kept = repr(connection.execute(text("SELECT * FROM feeds")).all())

    assert len(secret) >= 43
    assert secret not in kept


def test_a_feed_that_is_revoked_and_one_that_never_was_are_alike(claimed: Desk) -> None:
    secret = made(claimed)
    amira = claimed.office.roster.officer("amira")

    assert feeds.revoke(claimed.office, "person:amira", officer=amira) == 1
    assert feeds.served(claimed.office, secret) is None
    assert feeds.served(claimed.office, "x" * 43) is None
    assert feeds.revoke(claimed.office, "person:amira", officer=amira) == 0


def test_a_new_feed_ends_the_one_before_and_nobody_elses(claimed: Desk) -> None:
    first = made(claimed, "team:control-room")
    joels = made(claimed, "team:control-room", by="joel")
    second = made(claimed, "team:control-room")

    assert feeds.served(claimed.office, first) is None
    assert feeds.served(claimed.office, second) == feeds.served(claimed.office, joels)


@pytest.mark.parametrize(
    ("owner", "by", "may"),
    [
        ("person:amira", "amira", True),
        ("person:amira", "dana", True),  # of the desk
        ("person:amira", "marcus", True),  # a manager
        ("person:amira", "joel", False),
        ("team:control-room", "joel", True),
        ("team:control-room", "sian", False),
    ],
)
def test_one_may_have_ones_own_days_and_those_of_ones_team(
    claimed: Desk, owner: str, by: str, *, may: bool
) -> None:
    if may:
        assert feeds.served(claimed.office, made(claimed, owner, by)) is not None
    else:
        with pytest.raises(Lacking, match="is not yours to give out"):
            made(claimed, owner, by)


def test_a_feed_ends_when_whoever_made_it_leaves_or_changes_teams(claimed: Desk) -> None:
    secret = made(claimed, "team:control-room", by="joel")
    roster = claimed.office.roster
    moved = replace(roster.officer("joel"), team="digital")

    others = tuple(one for one in roster.officers if one.handle != "joel")
    for officers in (others, (*others, moved)):
        left = RosterShelf(replace(roster, officers=officers), claimed.office.store)
        claimed.office = replace(claimed.office, people=left)
        assert feeds.served(claimed.office, secret) is None


def test_a_restricted_request_is_in_nobodys_feed_who_may_not_see_it(claimed: Desk) -> None:
    amiras, joels = (made(claimed, "team:control-room", by=one) for one in ("amira", "joel"))
    claimed.do(Act.RESTRICT, "dana", names=("amira", "dana"), reason="a colleague asks")

    assert len(events(claimed, amiras)) == 1
    assert events(claimed, joels) == []
