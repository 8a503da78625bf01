"""Installing the app: the page that asks for consent, and the exchange of its code for a token."""

import json
import secrets
import time
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from bot.sandbox.administration import Administration
from bot.sandbox.guard import is_loopback
from bot.sandbox.json_values import Json
from bot.sandbox.manifest import TEAM_ID, TEAM_NAME
from bot.sandbox.refusals import SlackError
from bot.sandbox.tokens import Granted, Tokens
from bot.sandbox.workspace import Workspace

CODE_SECONDS = 10 * 60
ELSEWHERE_ID, ELSEWHERE_NAME = "T0ELSEWHERE", "Elsewhere"
TEAMS = {TEAM_ID: TEAM_NAME, ELSEWHERE_ID: ELSEWHERE_NAME}


class Installing:
    """Answers `/oauth/v2/authorize` and `oauth.v2.access`. Whoever is asked consents at once.

    What else may happen is set by `/sandbox/administer {"consent": …}`: `denied`, `elsewhere` (the
    person is of another workspace), `organisation` (they install it for a whole organisation).
    """

    def __init__(
        self,
        workspace: Workspace,
        administration: Administration,
        tokens: Tokens,
        *,
        client_id: str,
        client_secret: str,
    ) -> None:
        self._workspace, self._administration = workspace, administration
        self._tokens = tokens
        self._client = client_id, client_secret

    async def authorize(self, request: Request) -> Response:
        """Send the person back to the app, with a code or with what they decided."""
        asked = request.query_params
        back = asked.get("redirect_uri", "")
        if not is_loopback(urlsplit(back).netloc):
            why = "redirect_uri must be on this machine (http://127.0.0.1…)."
            return PlainTextResponse(why, status_code=400)
        if asked.get("client_id") != self._client[0]:
            return PlainTextResponse("client_id is not that of this app.", status_code=400)
        consent = self._administration.consent
        said = {"error": "access_denied"} if consent == "denied" else {"code": self._code(back)}
        joint = "&" if "?" in back else "?"
        return RedirectResponse(
            f"{back}{joint}{urlencode({**said, 'state': asked.get('state', '')})}"
        )

    def exchange(self, args: Json) -> Json:
        """Give a token for a code or a refresh token, each good once; raises `SlackError`."""
        if args.get("client_id") != self._client[0]:
            raise SlackError("invalid_client_id")
        if args.get("client_secret") != self._client[1]:
            raise SlackError("bad_client_secret")
        if args.get("grant_type") == "refresh_token":
            return self._renewed(str(args.get("refresh_token", "")))
        return self._installed(str(args.get("code", "")), str(args.get("redirect_uri", "")))

    def _code(self, back: str) -> str:
        code = f"code-{secrets.token_hex(16)}"
        issued = {"at": time.time(), "back": back, "consent": self._administration.consent}
        self._workspace.store.set_counter(f"oauth:{code}", json.dumps(issued))
        return code

    def _installed(self, code: str, back: str) -> Json:
        issued: Json = json.loads(self._workspace.store.counter(f"oauth:{code}") or "{}")
        if not issued or time.time() - issued["at"] > CODE_SECONDS:
            raise SlackError("invalid_code")
        if back != issued["back"]:
            raise SlackError("bad_redirect_uri")
        self._workspace.store.set_counter(f"oauth:{code}", "")
        if self._administration.revoked:  # what was taken stays taken; the app is installed anew
            self._tokens.end_all(self._administration.revoked)
            self._administration.revoked = ""
        team = ELSEWHERE_ID if issued["consent"] == "elsewhere" else TEAM_ID
        told = self._told(team, self._tokens.grant(team))
        if issued["consent"] == "organisation":
            enterprise = {"id": "E0SANDBOX01", "name": "Sandbox Organisation"}
            told |= {"team": None, "enterprise": enterprise, "is_enterprise_install": True}
        return told

    def _renewed(self, refresh_token: str) -> Json:
        if self._administration.revoked:
            raise SlackError("invalid_refresh_token")
        return self._told(*self._tokens.renew(refresh_token))

    def _told(self, team: str, granted: Granted) -> Json:
        app = self._workspace.app
        rotated: Json = {
            "expires_in": granted.seconds,
            "refresh_token": granted.refresh_token,
        }
        return {
            "app_id": app.app_id,
            "authed_user": {"id": self._workspace.directory.people[0].id},
            "scope": ",".join(app.scopes),
            "token_type": "bot",
            "access_token": granted.access_token,
            "bot_user_id": app.bot_person_id,
            "team": {"id": team, "name": TEAMS[team]},
            "enterprise": None,
            "is_enterprise_install": False,
            **(rotated if granted.seconds else {}),
        }
