"""The app's installation in Slack: begun and finished by somebody, its token renewed by one of all.

What Slack itself is asked stands in `bot.installation`; here is what is kept, one transaction each.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from workflow.casework.errors import Lacking
from workflow.services.office import DESK
from workflow.store import installation, outbox, unsent

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.store.installation import Grant, Installation
    from workflow.store.unit_of_work import Store

BEGUN_LASTS = timedelta(minutes=10)
MOST_BEGUN = 1000  # at once: the page is open to everybody
SECRET_BYTES = 32
# A turn to renew outlasts the longest call to Slack; and so long nobody tries again what failed.
TURN = timedelta(seconds=30)
# What was refused for good is tried again ever more rarely: Slack may have erred after all.
REFUSED_WAITS, LONGEST_REFUSED = timedelta(minutes=1), timedelta(hours=1)
# Slack's word for it that an installation is over. The last says more than the other.
REVOKED, UNINSTALLED = "tokens_revoked", "app_uninstalled"
# A token is renewed so long before it runs out, and never before half of its time.
AHEAD = timedelta(hours=2)


def current(store: Store) -> Installation | None:
    """Give the installation, None where there is none."""
    with store.reading() as connection:
        return installation.find(connection)


def begin(store: Store, *, at: datetime) -> str:
    """Begin to install: gives the secret that Slack will give back, good once and ten minutes.

    Raises Lacking where too many have begun and not finished.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with store.writing() as connection:
        if installation.begun(connection, now=at) >= MOST_BEGUN:
            raise Lacking(what="Too many have begun to install it.", cure="Try in ten minutes.")
        installation.begin(connection, _digest(secret), ends_at=at + BEGUN_LASTS)
    return secret


def finish(store: Store, secret: str, *, at: datetime) -> bool:
    """Use up what was begun. False where it is too late, came twice, or was never begun."""
    with store.writing() as connection:
        return installation.finish(connection, _digest(secret), now=at)


def install(store: Store, made: Installation, *, team_id: str, at: datetime) -> None:
    """Keep an installation, and let what waits for it be sent now.

    Raises Lacking for one in another workspace than `team_id` names.
    """
    if made.team_id != team_id:
        raise _other(made, team_id)
    with store.writing() as connection:
        installation.save(connection, made)
        unsent.hurry(connection, now=at)


def is_due(found: Installation, now: datetime) -> bool:
    """Say whether it is time to renew the token."""
    if found.expires_at is None or not found.refresh_token or found.has_ended:
        return False
    if found.refused_until is not None and now < found.refused_until:
        return False
    ahead = min(AHEAD, (found.expires_at - found.granted_at) / 2)
    return now >= found.expires_at - ahead


def take_turn(store: Store, found: Installation, *, at: datetime) -> bool:
    """Take the turn to renew a token, in all processes. False where another has it."""
    if not found.refresh_token or found.has_ended:
        return False
    with store.writing() as connection:
        turn = at + TURN
        return installation.take_turn(connection, found.refresh_token, now=at, until=turn)


def renewed(store: Store, used: str, grant: Grant) -> None:
    """Keep what a refresh token gave, unless the app was installed anew meanwhile."""
    with store.writing() as connection:
        installation.renew(connection, used, grant)


def not_renewed(store: Store, found: Installation, why: str, *, news: str, at: datetime) -> None:
    """Keep why a token could not be renewed, and tell the desk once while it still can be told.

    `news` is what the desk is told; nothing where the next try may well succeed. Where there is
    news, the next one waits twice as long as the one before.
    """
    used, doubled = found.refresh_token, REFUSED_WAITS * 2 ** min(found.refusals, 10)
    with store.writing() as connection:
        if not news:
            installation.note(connection, used, why)
        elif installation.refused(connection, used, why, until=at + min(doubled, LONGEST_REFUSED)):
            key = f"installation|{found.granted_at.isoformat()}"
            outbox.put(connection, None, [outbox.Outgoing(key, "notice", DESK, news)], at=at)


def is_dead(found: Installation, now: datetime) -> bool:
    """Say whether its token is known to be good no more, so that no call by it is worth making."""
    ran_out = found.expires_at is not None and now >= found.expires_at
    return found.has_ended or (ran_out and found.refusals > 0)


def let_try(store: Store) -> None:
    """Let whoever starts the desk anew try at once what was refused for good: see `is_due`."""
    with store.writing() as connection:
        installation.let_try(connection)


def ended(store: Store, refused: str, word: str, *, at: datetime) -> bool:
    """Keep that an installation is over whose token Slack refuses, in Slack's word for it.

    False where the app was installed anew meanwhile, or it was known already.
    """
    with store.writing() as connection:
        found = installation.find(connection)
        if found is None or found.access_token != refused:
            return False
        if found.has_ended and word != UNINSTALLED:
            return False
        since = found.ended_at if found.has_ended and found.ended_at else at
        return installation.end(connection, refused, word, at=since)


def _other(made: Installation, served: str) -> Lacking:
    wanted = f"{made.team} ({made.team_id})"
    return Lacking(
        what=f"This desk serves the workspace {served}, and you installed it in {wanted}.",
        cure="Nothing was changed. To move the desk, set SLACK_TEAM_ID to the new workspace's id.",
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
