"""The pages at which somebody installs the app in Slack: /slack/install, and back from Slack.

Who begins is given a secret, in a cookie and in the address of Slack's page: only the browser that
began can finish, once, and within ten minutes. Whoever may install apps is known to Slack alone.
"""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin

import structlog
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot import ids, wording
from bot.plain_page import HEADERS, link, plain_page, told
from workflow.casework.errors import Lacking
from workflow.services import installation
from workflow.store.unit_of_work import DATABASE_TROUBLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from starlette.requests import Request

    from bot.desk import Desk
    from bot.installation import AsApp, InForce

log = structlog.get_logger(__name__)

COOKIE = "foi-install"
SEE_OTHER, NOT_POSSIBLE, DENIED, NOT_FOUND, OTHERWISE, UNAVAILABLE = 303, 400, 403, 404, 409, 503
LONGEST = 500  # characters of a code or a state; Slack's are far shorter
CODE = re.compile(r"[a-z_.]{1,60}")


def install_routes(desk: Desk, in_force: InForce, scopes: Sequence[str]) -> list[Route]:
    """Make the pages; `scopes` are what is asked of Slack, those of the manifest."""
    pages = _Pages(desk, in_force, scopes)
    routes = {
        ids.INSTALL_PATH: pages.begin,
        ids.BACK_PATH: pages.back,
        ids.INSTALLED_PATH: pages.installed,
    }
    return [Route(path, _kindly(page), methods=["GET"]) for path, page in routes.items()]


class _Pages:
    def __init__(self, desk: Desk, in_force: InForce, scopes: Sequence[str]) -> None:
        self._desk, self._in_force, self._scopes = desk, in_force, scopes
        self._store, self._now = desk.office.store, desk.office.wall

    async def begin(self, _request: Request) -> Response:
        found = await self._desk.ask(installation.current, self._store)
        secret = await self._desk.ask(installation.begin, self._store, at=self._now())
        there = self._in_force.app.team
        consent = _consent(self._in_force.app, self._scopes, secret, there)
        page = _first_page(found.team if found else "", consent)
        page.set_cookie(
            COOKIE,
            secret,
            max_age=int(installation.BEGUN_LASTS.total_seconds()),
            path=ids.SLACK_FOLDER,
            secure=True,
            httponly=True,
            samesite="lax",  # it must come along when Slack sends the browser back
        )
        return page

    async def back(self, request: Request) -> Response:
        """Finish what this browser began; the page that stays open has no code in its address."""
        asked = request.query_params
        if not await self._began(request.cookies.get(COOKIE, ""), asked.get("state", "")):
            return _told(NOT_POSSIBLE, wording.NOT_INSTALLED, wording.BEGUN_IS_OVER, again=True)
        code = asked.get("code", "")
        if not code or len(code) > LONGEST:
            return _denied(asked.get("error", ""))
        await self._desk.ask(self._in_force.install, code, _address(self._in_force.app))
        self._desk.speak()
        done = RedirectResponse(ids.INSTALLED_PATH, SEE_OTHER, HEADERS)
        done.delete_cookie(COOKIE, path=ids.SLACK_FOLDER, secure=True, httponly=True)
        return done

    async def installed(self, _request: Request) -> Response:
        found = await self._desk.ask(installation.current, self._store)
        if found is None:
            return _told(NOT_FOUND, wording.NOT_INSTALLED, wording.NOBODY_INSTALLED, again=True)
        return _told(200, wording.INSTALLED, wording.installed_in(found.team), wording.INVITE_IT)

    async def _began(self, cookie: str, state: str) -> bool:
        """Say whether this browser began, and use that up."""
        if not state or len(state) > LONGEST:
            return False
        if not hmac.compare_digest(cookie.encode(), state.encode()):
            return False
        return await self._desk.ask(installation.finish, self._store, state, at=self._now())


def _kindly(
    page: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Let a page say in words why it could not do it."""

    async def answered(request: Request) -> Response:
        try:
            return await page(request)
        except DATABASE_TROUBLE:
            return _told(UNAVAILABLE, wording.NOT_INSTALLED, wording.TRY_LATER, again=True)
        except Lacking as error:
            log.warning("not installed", why=error.what)
            return _told(OTHERWISE, wording.NOT_INSTALLED, error.what, error.cure, again=True)

    return answered


def _consent(app: AsApp, scopes: Sequence[str], state: str, team: str) -> str:
    """Give the address of Slack's page that asks for consent, beside its API."""
    wanted = {
        "client_id": app.client_id,
        "scope": ",".join(scopes),
        "redirect_uri": _address(app),
        "state": state,
        "team": team,
    }
    return f"{urljoin(app.api_url, '/oauth/v2/authorize')}?{urlencode(wanted)}"


def _address(app: AsApp) -> str:
    return f"{app.address}{ids.BACK_PATH}"


def _first_page(team: str, consent: str) -> Response:
    already = [wording.installed_already(team)] if team else []
    words = told(wording.INSTALL, wording.ASKS_FOR, *already, wording.WITHIN_TEN_MINUTES)
    return plain_page(words + link(consent, wording.GO_ON_TO_SLACK), title=wording.INSTALL)


def _denied(code: str) -> Response:
    """Say that Slack came back without a code: somebody said no, or something is wrong there."""
    if code in {"", "access_denied"}:
        return _told(DENIED, wording.NOT_INSTALLED, wording.CONSENT_DENIED, again=True)
    why = wording.slack_said(code if CODE.fullmatch(code) else "")
    return _told(OTHERWISE, wording.NOT_INSTALLED, why, wording.INSTALL_AGAIN, again=True)


def _told(status: int, headline: str, *words: str, again: bool = False) -> Response:
    body = told(headline, *words) + (link(ids.INSTALL_PATH, wording.BEGIN_AGAIN) if again else "")
    return plain_page(body, status, title=headline)
