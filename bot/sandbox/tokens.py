"""The tokens that open the Web API: the fixed one, and what installing the app has granted.

With rotation, as Slack does it: an access token runs out, a refresh token renews it once, and the
token before stays good until it runs out by itself; of one workspace at most two are good at once.
"""

import json
import secrets
import time
from typing import NamedTuple

from bot.sandbox.json_values import Json
from bot.sandbox.manifest import TEAM_ID
from bot.sandbox.refusals import SlackError
from bot.sandbox.store import Store

ROTATED_SECONDS = 12 * 60 * 60
GOOD_AT_ONCE = 2
NO_GOOD = "token_revoked"


class Granted(NamedTuple):
    """What an installation or a renewal gives; without rotation there is no refresh token."""

    access_token: str
    refresh_token: str
    seconds: int


class Tokens:
    """Grants tokens, renews them, and says of which workspace one is. Kept in the store."""

    def __init__(self, store: Store, bot_token: str, *, rotates: bool) -> None:
        self._store, self._bot_token = store, bot_token
        self._rotates = rotates

    @property
    def seconds(self) -> int:
        """How long a token is good; 0 without rotation."""
        usual = ROTATED_SECONDS if self._rotates else 0
        return int(self._store.counter("tokens:seconds") or usual)

    def set_seconds(self, seconds: int) -> None:
        """Set how long the tokens of from now on are good."""
        self._store.set_counter("tokens:seconds", str(seconds))

    def grant(self, team: str) -> Granted:
        """Grant the token of a workspace, and with rotation what renews it."""
        seconds = self.seconds
        if not seconds:
            token = self._bot_token if team == TEAM_ID else f"xoxb-dev-{_chance()}"
            self._keep(token, {"team": team})
            return Granted(token, "", 0)
        token = f"xoxe.xoxb-dev-1-{_chance()}"
        refresh = f"xoxe-dev-1-{_chance()}"
        self._keep(token, {"team": team, "until": time.time() + seconds})
        self._keep(refresh, {"renews": team})
        good = [*_listed(self._store.counter(f"tokens:{team}")), token]
        for old in good[:-GOOD_AT_ONCE]:
            self._end(old, NO_GOOD)
        self._store.set_counter(f"tokens:{team}", json.dumps(good[-GOOD_AT_ONCE:]))
        return Granted(token, refresh, seconds)

    def renew(self, refresh_token: str) -> tuple[str, Granted]:
        """Use a refresh token up; gives the workspace and what is good now. Raises `SlackError`."""
        known = self._known(refresh_token)
        if "renews" not in known or "ended" in known:
            raise SlackError("invalid_refresh_token")
        self._end(refresh_token, "used")
        return known["renews"], self.grant(known["renews"])

    def team(self, token: str) -> str:
        """Say of which workspace a bot token is; raises `SlackError` for one that is not good."""
        known = self._known(token)
        if "ended" in known:
            raise SlackError(known["ended"])
        if token == self._bot_token:
            return TEAM_ID
        if "team" not in known:
            raise SlackError("invalid_auth")
        if known.get("until", float("inf")) <= time.time():
            raise SlackError("token_expired")
        return str(known["team"])

    def expire(self) -> None:
        """Let every token that runs out have run out now."""
        for name in self._store.counters("token:"):
            token = name.removeprefix("token:")
            if "until" in (known := self._known(token)):
                self._keep(token, {**known, "until": time.time()})

    def end(self, token: str) -> None:
        """Revoke one token (auth.revoke)."""
        self._end(token, NO_GOOD)

    def end_all(self, why: str) -> None:
        """Take every token that was granted so far; the fixed one is good again."""
        for name in self._store.counters("token:"):
            token = name.removeprefix("token:")
            if token != self._bot_token and "ended" not in self._known(token):
                self._end(token, why)

    def _end(self, token: str, why: str) -> None:
        self._keep(token, {**self._known(token), "ended": why})

    def _known(self, token: str) -> Json:
        read: Json = json.loads(self._store.counter(f"token:{token}") or "{}")
        return read

    def _keep(self, token: str, known: Json) -> None:
        self._store.set_counter(f"token:{token}", json.dumps(known))


def _chance() -> str:
    return secrets.token_hex(70)  # about as long as Slack's own


def _listed(text: str) -> list[str]:
    read: list[str] = json.loads(text or "[]")
    return read
