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
    if found.expires_at is None or not found.refresh_token:
        return False
    ahead = min(AHEAD, (found.expires_at - found.granted_at) / 2)
    return now >= found.expires_at - ahead


def take_turn(store: Store, found: Installation, *, at: datetime) -> bool:
    """Take the turn to renew a token, in all processes. False where another has it."""
    if not found.refresh_token:
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

    `news` is what the desk is told; nothing where the next try may well succeed.
    """
    with store.writing() as connection:
        if installation.note(connection, found.refresh_token, why) and news:
            key = f"installation|{found.granted_at.isoformat()}"
            outbox.put(connection, None, [outbox.Outgoing(key, "notice", DESK, news)], at=at)


def _other(made: Installation, served: str) -> Lacking:
    wanted = f"{made.team} ({made.team_id})"
    return Lacking(
        what=f"This desk serves the workspace {served}, and you installed it in {wanted}.",
        cure="Nothing was changed. To move the desk, set SLACK_TEAM_ID to the new workspace's id.",
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
