"""Who asked: for the desk, with a reason, once by link, and written down whenever it is read."""

from __future__ import annotations

import pytest

from tests.services.desk import REFERENCE, Desk
from workflow.casework.decide import people as decide
from workflow.casework.errors import Lacking, Restricted
from workflow.casework.stages import Act
from workflow.services import people, reveal
from workflow.store import looks, requests

ANN = ("Ann Onymous", "1 High Street\nTown")
WHY = "to post the answer"
OTHERS = ("amira", "marcus", "grace", "ruth")


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """Give a desk with a request whose applicant is kept."""
    desk.log(applicant=ANN)
    return desk


def link(desk: Desk, by: str = "dana", why: str = WHY) -> str:
    officer = desk.office.roster.officer(by)
    return reveal.link(desk.office, REFERENCE, officer=officer, why=why).partition("/")[2]


def seen(desk: Desk) -> list[tuple[str, str]]:
    with desk.office.store.reading() as connection:
        row_id = requests.get(connection, REFERENCE).row_id
        return [(one.by, one.why) for one in looks.of(connection, row_id)]


def test_a_link_is_opened_once_and_the_look_is_written_down(asked: Desk) -> None:
    secret = link(asked)
    assert seen(asked) == []

    first, second = (reveal.opened(asked.office, secret) for _ in range(2))

    assert first is not None
    assert first.applicant == ANN
    assert second is None
    assert seen(asked) == [("dana", WHY)]


def test_to_look_at_the_address_uses_nothing_up_and_names_nobody(asked: Desk) -> None:
    secret = link(asked)

    found = [reveal.waiting(asked.office, secret) for _ in range(3)]

    assert {one.reference for one in found if one} == {REFERENCE}
    assert "Onymous" not in repr(found)
    assert seen(asked) == []
    assert reveal.opened(asked.office, secret) is not None


@pytest.mark.parametrize(("minutes", "opens"), [(4.9, True), (5.1, False)])
def test_a_link_lasts_five_minutes(asked: Desk, minutes: float, *, opens: bool) -> None:
    secret = link(asked)

    asked.pass_time(minutes=minutes)

    assert (reveal.opened(asked.office, secret) is not None) == opens


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_desk_is_told(asked: Desk, who: str) -> None:
    officer = asked.office.roster.officer(who)

    for look in (reveal.link, reveal.reveal):
        with pytest.raises(Lacking, match="Only the FOI desk may look at who asked"):
            look(asked.office, REFERENCE, officer=officer, why=WHY)
    assert seen(asked) == []


def test_a_reason_is_needed(asked: Desk) -> None:
    with pytest.raises(Lacking, match="Say why you need to know who asked"):
        link(asked, why=" ")


def test_the_link_of_somebody_who_is_of_the_desk_no_more_shows_nothing(asked: Desk) -> None:
    secret, tom = link(asked), asked.office.roster.officer("tom")

    people.change(asked.office, lambda now: decide.leave(now, "dana"), officer=tom)

    assert reveal.opened(asked.office, secret) is None
    assert seen(asked) == []


def test_a_restricted_request_tells_its_applicant_to_the_named_alone(asked: Desk) -> None:
    toms = link(asked, by="tom")
    asked.do(Act.RESTRICT, "dana", names=("dana",))

    with pytest.raises(Restricted):
        reveal.opened(asked.office, toms)
    with pytest.raises(Restricted):
        reveal.reveal(
            asked.office.seen_by("tom"),
            REFERENCE,
            officer=asked.office.roster.officer("tom"),
            why=WHY,
        )
    assert seen(asked) == []


def test_a_guessed_secret_opens_nothing(asked: Desk) -> None:
    link(asked)

    assert reveal.opened(asked.office, "guessed") is None
