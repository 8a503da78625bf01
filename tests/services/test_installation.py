"""The app's installation: begun once, in one workspace, its token renewed by one of all."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.store.pictures import at, received
from workflow.casework.errors import Lacking
from workflow.services import installation
from workflow.services.office import DESK
from workflow.store import outbox, requests, unsent
from workflow.store.installation import Grant, Installation

if TYPE_CHECKING:
    from workflow.store.unit_of_work import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)  # Mon 2026-03-02
HALF_A_DAY = timedelta(hours=12)
MADE = Installation(
    team_id="T1",
    team="Leicester",
    bot_id="B1",
    bot_user_id="U1",
    installed_by="U0DANA",
    installed_at=NOW,
    access_token="xoxe.xoxb-1-" + "a" * 300,
    refresh_token="xoxe-1-" + "r" * 300,
    granted_at=NOW,
    expires_at=NOW + HALF_A_DAY,
)
NEXT = Grant(
    access_token="xoxe.xoxb-1-next",
    refresh_token="xoxe-1-next",
    granted_at=NOW + HALF_A_DAY,
    expires_at=NOW + 2 * HALF_A_DAY,
)


def install(store: Store, made: Installation = MADE, *, team_id: str = MADE.team_id) -> None:
    installation.install(store, made, team_id=team_id, at=NOW)


def notices(store: Store) -> list[str]:
    with store.reading() as connection:
        return [one.text for one in unsent.unsent(connection, most=9) if one.recipient == DESK]


def test_what_somebody_began_is_finished_once_and_within_ten_minutes(store: Store) -> None:
    first, second = (installation.begin(store, at=NOW) for _ in range(2))
    soon, late = NOW + timedelta(minutes=9, seconds=59), NOW + timedelta(minutes=10)

    assert installation.finish(store, first, at=soon)
    assert not installation.finish(store, first, at=soon)
    assert not installation.finish(store, second, at=late)
    assert not installation.finish(store, "never begun", at=NOW)


def test_only_so_many_may_have_begun_and_what_has_ended_is_forgotten(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "MOST_BEGUN", 2)
    for _ in range(2):
        installation.begin(store, at=NOW)

    with pytest.raises(Lacking, match="in ten minutes"):
        installation.begin(store, at=NOW)

    assert installation.begin(store, at=NOW + timedelta(minutes=10))


def test_another_workspace_than_the_one_that_is_named_is_refused(store: Store) -> None:
    other = replace(MADE, team_id="T2", team="Derby", access_token="other")
    with pytest.raises(Lacking):
        install(store, other)
    assert installation.current(store) is None
    install(store)

    with pytest.raises(Lacking) as why:
        install(store, other)

    assert str(why.value) == (
        "This desk serves the workspace T1, and you installed it in Derby (T2). "
        "Nothing was changed. To move the desk, set SLACK_TEAM_ID to the new workspace's id."
    )
    assert installation.current(store) == MADE


def test_a_desk_moves_to_another_workspace_once_that_one_is_named(store: Store) -> None:
    install(store)
    moved = replace(MADE, team_id="T2", team="Derby")

    install(store, moved, team_id="T2")

    assert installation.current(store) == moved


def test_installing_anew_in_the_same_workspace_takes_the_place_of_what_was(store: Store) -> None:
    install(store)
    again = replace(MADE, installed_by="U0GRACE", access_token="new", expires_at=None)

    install(store, again)

    assert installation.current(store) == again


@pytest.mark.parametrize(
    ("lasts", "before", "after"),
    [
        (HALF_A_DAY, timedelta(hours=9, minutes=59), timedelta(hours=10)),
        (timedelta(minutes=2), timedelta(seconds=59), timedelta(minutes=1)),
    ],
)
def test_a_token_is_renewed_two_hours_before_it_runs_out_or_at_half_its_time(
    lasts: timedelta, before: timedelta, after: timedelta
) -> None:
    found = replace(MADE, expires_at=NOW + lasts)

    assert not installation.is_due(found, NOW + before)
    assert installation.is_due(found, NOW + after)


def test_a_token_that_never_runs_out_is_never_renewed(store: Store) -> None:
    lasting = replace(MADE, refresh_token="", expires_at=None)
    install(store, lasting)

    assert not installation.is_due(lasting, NOW + timedelta(days=9999))
    assert not installation.take_turn(store, lasting, at=NOW)


def test_of_many_that_would_renew_one_has_the_turn(store: Store) -> None:
    install(store)
    won: list[bool] = []
    together = threading.Barrier(8)

    def take() -> None:
        together.wait()
        won.append(installation.take_turn(store, MADE, at=NOW))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(won) == [False] * 7 + [True]


def test_a_turn_that_nobody_used_is_free_again_and_a_used_token_has_no_turn(store: Store) -> None:
    install(store)
    assert installation.take_turn(store, MADE, at=NOW)

    assert not installation.take_turn(store, MADE, at=NOW + timedelta(seconds=29))
    assert installation.take_turn(store, MADE, at=NOW + timedelta(seconds=30))

    installation.renewed(store, MADE.refresh_token, NEXT)
    assert not installation.take_turn(store, MADE, at=NOW + timedelta(seconds=90))
    found = installation.current(store)
    assert found is not None
    assert (found.access_token, found.expires_at) == (NEXT.access_token, NEXT.expires_at)
    assert (found.team, found.installed_at) == (MADE.team, MADE.installed_at)


def test_a_renewal_that_ends_after_a_new_installation_changes_nothing(store: Store) -> None:
    install(store)
    assert installation.take_turn(store, MADE, at=NOW)
    anew = replace(MADE, refresh_token="xoxe-1-anew", access_token="anew")
    install(store, anew)

    installation.renewed(store, MADE.refresh_token, NEXT)
    installation.not_renewed(store, MADE, "too late", news="Too late.", at=NOW)

    assert installation.current(store) == anew
    assert notices(store) == []


def test_a_token_that_could_not_be_renewed_is_told_to_the_desk_once(store: Store) -> None:
    install(store)

    for _ in range(2):
        installation.not_renewed(store, MADE, "Slack says no", news="Install it anew.", at=NOW)

    found = installation.current(store)
    assert found is not None
    assert found.trouble == "Slack says no"
    assert notices(store) == ["Install it anew."]
    installation.renewed(store, MADE.refresh_token, NEXT)
    assert getattr(installation.current(store), "trouble", None) == ""


def test_what_is_refused_for_good_is_tried_after_a_minute_two_four_up_to_an_hour(
    store: Store,
) -> None:
    install(store)
    found, waits = MADE, []
    for _ in range(8):
        installation.not_renewed(store, found, "Slack says no", news="Install it anew.", at=NOW)
        current = installation.current(store)
        assert current is not None
        assert current.refused_until is not None
        found = current
        waits.append((current.refused_until - NOW) / timedelta(minutes=1))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]

    late = NOW + HALF_A_DAY
    assert not installation.is_due(found, NOW + timedelta(minutes=59))
    assert installation.is_due(found, late)
    assert not installation.take_turn(store, found, at=NOW + timedelta(minutes=59))
    assert installation.take_turn(store, found, at=late)
    assert installation.is_dead(found, late)
    installation.renewed(store, MADE.refresh_token, NEXT)
    assert getattr(installation.current(store), "refusals", None) == 0


def test_an_installation_that_is_over_is_renewed_by_nobody_until_it_is_made_anew(
    store: Store,
) -> None:
    install(store)
    later = NOW + timedelta(hours=11)
    assert not installation.ended(store, "another token", installation.UNINSTALLED, at=later)

    assert installation.ended(store, MADE.access_token, installation.REVOKED, at=later)

    found = installation.current(store)
    assert found is not None
    assert (found.has_ended, found.trouble, found.ended_at) == (True, "tokens_revoked", later)
    assert installation.is_dead(found, later)
    assert not installation.is_due(found, later)
    assert not installation.take_turn(store, found, at=later)
    install(store)
    assert installation.current(store) == MADE


def test_a_later_token_is_not_over_though_an_old_program_kept_it(store: Store) -> None:
    install(store)
    installation.ended(store, MADE.access_token, installation.REVOKED, at=NOW)

    # The program before this one knows no such column, and leaves what stands in it.
    with store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE installations SET access_token = 'new', granted_at = '2026-03-02 10:00:00+00'"
        )

    found = installation.current(store)
    assert found is not None
    assert (found.ended_at, found.has_ended) == (NOW, False)


def test_what_waits_is_sent_as_soon_as_the_app_is_installed(store: Store) -> None:
    with store.writing() as connection:
        row = requests.add(connection, received(), at(), applicant=None)
        outbox.put(connection, row, [outbox.Outgoing("k", "notice", DESK, "x")], at=NOW)
        (leased,) = outbox.lease(connection, name="w", now=NOW, most=1, in_hours=True)
        outbox.put_off(connection, leased, until=NOW + timedelta(minutes=5), why="not_authed")

    install(store)

    with store.reading() as connection:
        assert [one.not_before for one in unsent.unsent(connection, most=9)] == [NOW]


def test_no_token_shows_in_what_is_printed_of_an_installation() -> None:
    assert "xoxe" not in f"{MADE!r} {NEXT!r} {MADE}"
