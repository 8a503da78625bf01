"""The installation in force: the one token of all that speaks to Slack, in every process.

It stands in the database. Each process remembers it for a while, looks again when Slack refuses it,
and renews it when it has the turn to: see `workflow.services.installation` and decision 0013. No
token and no answer of Slack's that may hold one is ever logged.
"""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import timedelta
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import wording
from bot.slack_errors import code_of
from workflow.casework.errors import Lacking
from workflow.services import installation
from workflow.store.installation import Grant, Installation
from workflow.store.unit_of_work import DATABASE_TROUBLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workflow.store.unit_of_work import Store

log = structlog.get_logger(__name__)

SECONDS_FOR_SLACK = 10
LOOK_AGAIN = 30.0  # seconds for which what the database said is taken for granted
TRY_AGAIN = 5.0  # seconds before this process asks for the turn again that it did not get
OTHERS_TURN = 3.0  # seconds that a call waits while another process renews what has run out
# What Slack says of a token that is good no more.
EXPIRED = "token_expired"
REFUSED = {EXPIRED, "token_revoked", "invalid_auth", "account_inactive", "not_authed"}
# What it says of what the app shows of itself: the settings are wrong.
OF_THE_APP = {"bad_client_secret", "invalid_client_id"}
# What it says of a refresh token where trying again is of little use.
FOR_GOOD = REFUSED | OF_THE_APP | {"invalid_refresh_token"}
NO_ANSWER = (SlackClientError, HTTPException, OSError)


class AsApp(NamedTuple):
    """By which the app shows Slack who it is, where Slack is, and where the desk is reached.

    `team` is the id of the only workspace it may be installed in: the page is open to everybody.
    """

    client_id: str
    client_secret: str
    api_url: str
    address: str
    team: str


class InForce:
    """Gives the installation in force, and renews its token in good time. For many threads."""

    def __init__(self, store: Store, app: AsApp, *, now: Callable[[], datetime]) -> None:
        self.store, self.app, self._now = store, app, now
        self._slack = WebClient(base_url=app.api_url, timeout=SECONDS_FOR_SLACK, retry_handlers=[])
        self._guard = threading.Lock()
        self._known: Installation | None = None
        self._looked_at = self._tried_at = float("-inf")
        self._unsaved: tuple[str, Grant] | None = None

    def token(self) -> str:
        """Give the token in force. Raises SlackApiError, as Slack would, where none is good.

        Slack is not asked then: it would be, by every call and every tick, until somebody installs
        the app. That is noticed at once, for the database is.
        """
        return self._good(self.found())

    async def token_soon(self) -> str:
        """Give the token to whoever must answer soon, as `token` does."""
        return self._good(await self.found_soon())

    def _good(self, found: Installation | None) -> str:
        if found is not None and not installation.is_dead(found, self._now()):
            return found.access_token
        code = "not_authed" if found is None else found.trouble if found.has_ended else EXPIRED
        answer = {"ok": False, "error": code}
        raise SlackApiError("no token is good", answer)  # type: ignore[no-untyped-call]  # slack_sdk's

    def at_hand(self) -> Installation | None:
        """Give the installation where it is known and its token good; the database is not asked."""
        found = self._known
        if found is None or time.monotonic() - self._looked_at > LOOK_AGAIN:
            return None
        return None if self._is_over(found) or found.has_ended else found

    def found(self) -> Installation | None:
        """Give the installation, its token renewed if it is time; None where there is none."""
        found = self.at_hand()
        return found if found is not None and not self._is_to_be_renewed(found) else self.looked()

    def looked(self) -> Installation | None:
        """Look in the database, renew the token if it is time, and give what stands there then."""
        found = self._look()
        if found is not None and self._is_to_be_renewed(found):
            return self._renewed(found, is_over=self._is_over(found))
        return found

    async def found_soon(self) -> Installation | None:
        """Give the installation to whoever must answer soon: `looked` renews it in good time."""
        return self.at_hand() or await asyncio.to_thread(self.found)

    def another(self, refused: str, code: str) -> str:
        """Give the token to try instead of one that Slack refused with a code; "" for none.

        It may have been renewed, or the app installed anew, by another process.
        """
        if code not in REFUSED:
            return ""
        found = self._look()
        if found is not None and found.access_token == refused and code == EXPIRED:
            found = self._renewed(found, is_over=True)
        if found is None or found.access_token == refused or found.has_ended:
            return ""
        return found.access_token

    def let_try(self) -> None:
        """Let what Slack refused for good be tried at once: the settings may have been mended."""
        try:
            installation.let_try(self.store)
        except DATABASE_TROUBLE as error:
            log.warning("the database is away", why=type(error).__name__)

    def ended(self, word: str) -> None:
        """Look whether the installation is over, as Slack says by an event, and keep that it is.

        The event may be old, or of a token before this one: the token itself is tried.
        """
        found = self._look()
        if found is None or (found.has_ended and word != installation.UNINSTALLED):
            return
        try:
            self._as_bot(found.access_token).auth_test()
        except SlackApiError as error:
            if code_of(error) in REFUSED - {EXPIRED}:
                installation.ended(self.store, found.access_token, word, at=self._now())
                log.warning("the installation is over", said=word, team=found.team_id)
                self._look()
                return
        except NO_ANSWER as error:
            log.warning("Slack did not say whether it is over", why=type(error).__name__)
            return
        log.info("Slack said that the installation is over, and takes its token", said=word)

    def install(self, code: str, back: str) -> Installation:
        """Exchange the code that Slack gave for a token, and keep the installation.

        Raises Lacking, with the sentence for whoever installs it, where Slack or the desk refuses.
        """
        at = self._now()
        try:
            answer = self._asked(code=code, redirect_uri=back)
            made = self._made(answer, at)
        except SlackApiError as error:
            told = wording.slack_said(code_of(error))
            raise Lacking(what=told, cure=wording.INSTALL_AGAIN) from None
        except NO_ANSWER:
            raise Lacking(what=wording.SLACK_SILENT, cure=wording.INSTALL_AGAIN) from None
        try:
            installation.install(self.store, made, team_id=self.app.team, at=at)
        except Lacking:
            self._give_back(made.access_token)
            raise
        log.info("installed", team=made.team_id, by=made.installed_by, until=str(made.expires_at))
        with self._guard:
            self._known, self._looked_at = made, time.monotonic()
        return made

    def _made(self, answer: Any, at: datetime) -> Installation:
        token = answer["access_token"]
        if answer.get("is_enterprise_install") or not answer.get("team"):
            self._give_back(token)
            raise Lacking(what=wording.ORGANISATION, cure=wording.INSTALL_AGAIN)
        who = self._as_bot(token).auth_test()
        return Installation(
            **vars(_grant(answer, at)),
            team_id=answer["team"]["id"],
            team=answer["team"].get("name") or answer["team"]["id"],
            bot_id=who.get("bot_id") or "",
            bot_user_id=who["user_id"],
            installed_by=(answer.get("authed_user") or {}).get("id") or "",
            installed_at=at,
        )

    def _give_back(self, token: str) -> None:
        """Revoke a token that the desk must not have."""
        try:
            self._as_bot(token).auth_revoke()
        except NO_ANSWER as error:
            log.warning("a token could not be given back", why=type(error).__name__)

    def _as_bot(self, token: str) -> WebClient:
        url = self.app.api_url
        return WebClient(token, base_url=url, timeout=SECONDS_FOR_SLACK, retry_handlers=[])

    def _asked(self, **how: str) -> Any:
        app = self.app
        return self._slack.oauth_v2_access(
            client_id=app.client_id, client_secret=app.client_secret, **how
        )

    # --- what the database says -----------------------------------------------------------------

    def _look(self) -> Installation | None:
        """Read it. A database that is away changes nothing in what is known."""
        try:
            self._save_what_is_not_saved()
            found = installation.current(self.store)
        except DATABASE_TROUBLE as error:
            log.warning("the installation could not be read", why=type(error).__name__)
            return self._known
        if found is not None and self.app.team != found.team_id:
            found = None
        with self._guard:
            self._known, self._looked_at = found, time.monotonic()
        return found

    def _save_what_is_not_saved(self) -> None:
        if (unsaved := self._unsaved) is not None:
            installation.renewed(self.store, *unsaved)
            self._unsaved = None

    # --- renewing -------------------------------------------------------------------------------

    def _is_to_be_renewed(self, found: Installation) -> bool:
        may_try = time.monotonic() - self._tried_at > TRY_AGAIN
        return may_try and installation.is_due(found, self._now())

    def _is_over(self, found: Installation) -> bool:
        return found.expires_at is not None and self._now() >= found.expires_at

    def _renewed(self, found: Installation, *, is_over: bool) -> Installation:
        """Renew the token if it is this process's turn; else wait for it only if it is over."""
        self._tried_at = time.monotonic()
        try:
            mine = installation.take_turn(self.store, found, at=self._now())
        except DATABASE_TROUBLE:
            return found
        if mine:
            self._renew(found)
            return self._look() or found
        return self._waited(found) if is_over else found

    def _waited(self, found: Installation) -> Installation:
        """Wait until whoever has the turn has used it, unless it was used in vain."""
        ends = time.monotonic() + OTHERS_TURN
        now = found
        while now.refresh_token == found.refresh_token and not now.trouble:
            if time.monotonic() > ends:
                break
            time.sleep(0.05)
            now = self._look() or found
        return now

    def _renew(self, found: Installation) -> None:
        at = self._now()
        try:
            answer = self._asked(grant_type="refresh_token", refresh_token=found.refresh_token)
        except SlackApiError as error:
            code = code_of(error)
            self._could_not(
                found, f"Slack says {code or 'nothing'}", code if code in FOR_GOOD else ""
            )
        except NO_ANSWER as error:
            self._could_not(found, f"Slack did not answer: {type(error).__name__}")
        else:
            # The refresh token is used up: what came for it must not be lost with the database.
            self._unsaved = found.refresh_token, _grant(answer, at)
            log.info("the token is renewed", until=str(self._unsaved[1].expires_at))

    def _could_not(self, found: Installation, why: str, for_good: str = "") -> None:
        log.warning("the token could not be renewed", why=why, until=str(found.expires_at))
        install = wording.install_at(self.app.address)
        cure = wording.MEND_APP if for_good in OF_THE_APP else install
        news = wording.not_renewed(why, found.expires_at, cure) if for_good else ""
        try:
            installation.not_renewed(self.store, found, why, news=news, at=self._now())
        except DATABASE_TROUBLE:
            log.warning("that could not be noted either")


def _grant(answer: Any, at: datetime) -> Grant:
    """Read a token, and what renews it, out of Slack's answer."""
    seconds = int(answer.get("expires_in") or 0)
    return Grant(
        access_token=answer["access_token"],
        refresh_token=answer.get("refresh_token") or "",
        granted_at=at,
        expires_at=at + timedelta(seconds=seconds) if seconds else None,
    )
