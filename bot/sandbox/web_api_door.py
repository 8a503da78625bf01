"""The door of the Web API: reads a call, checks its token, lets faults happen, and answers."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.arguments import read_arguments
from bot.sandbox.installing import Installing
from bot.sandbox.json_values import Json
from bot.sandbox.log import Log
from bot.sandbox.manifest import TEAM_ID
from bot.sandbox.refusals import SlackError
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.tokens import Tokens
from bot.sandbox.web_api import METHODS, Call

WITH_APP_TOKEN = frozenset({"apps.connections.open"})
WITHOUT_TOKEN = frozenset({"oauth.v2.access", "api.test"})
OF_ANY_TEAM = frozenset({"auth.test", "auth.revoke"})
APP_TOKENS = "xapp-dev-"
MADE_UP = (APP_TOKENS, "xoxb-dev-", "xoxe.xoxb-dev-")
SECRET = frozenset({"client_secret", "code", "refresh_token", "access_token"})


class WebApiDoor:
    """Routes of everything that an app calls."""

    def __init__(
        self,
        *,
        call: Callable[[Json], Call],
        response_urls: ResponseUrls,
        log: Log,
        installing: Installing,
        tokens: Tokens,
        app_token: str,
    ) -> None:
        self._call = call
        self._response_urls = response_urls
        self._log = log
        self._installing, self._tokens = installing, tokens
        self._app_token = app_token

    def routes(self) -> list[Route]:
        """List the routes."""
        return [
            Route("/api/{method}", self.method, methods=["GET", "POST"]),
            Route("/respond/{token}", self.respond, methods=["POST"]),
            Route("/upload/{token}", self.upload, methods=["POST", "PUT"]),
            Route("/oauth/v2/authorize", self._installing.authorize, methods=["GET"]),
        ]

    async def method(self, request: Request) -> Response:
        """Answer one method: HTTP 200 with `ok`, or what a fault makes of it."""
        name = request.path_params["method"]
        call = self._call({})
        call.faults.calls += 1
        if fault := call.faults.happens("rate_limited", name):
            self._log.note("call", method=name, answer="429")
            return JSONResponse(
                {"ok": False, "error": "ratelimited"},
                status_code=429,
                headers={"Retry-After": f"{fault.seconds:.0f}"},
            )
        if call.faults.happens("fail_before", name):
            self._log.note("call", method=name, answer="500, not done")
            return PlainTextResponse("server error", status_code=500)
        if fault := call.faults.happens("hang_before", name):
            self._log.note("call", method=name, answer="500, not done", after=fault.seconds)
            await asyncio.sleep(fault.seconds)
            return PlainTextResponse("server error", status_code=500)
        answer, args = await self._answer(name, request)
        self._log.note(
            "call", method=name, args=without_secrets(args), answer=without_secrets(answer)
        )
        if call.faults.happens("fail_after", name):
            return PlainTextResponse("server error", status_code=500)
        if fault := call.faults.happens("hang_after", name):
            await asyncio.sleep(fault.seconds)
        taken = call.administration.taken
        scopes = ",".join(one for one in call.workspace.app.scopes if one not in taken)
        return JSONResponse(answer, headers={"x-oauth-scopes": scopes})

    async def respond(self, request: Request) -> Response:
        """Take what an app posts to a response URL."""
        try:
            args, _ = await read_arguments(request)
            payload = args.get("payload")
            body = args if payload is None else dict(payload)
            self._response_urls.post(request.path_params["token"], body)
        except SlackError as why:
            self._log.note("response_url", answer=why.code)
            status = 404 if why.code.endswith("_url") else 400
            return JSONResponse({"ok": False, "error": why.code, **why.extra}, status_code=status)
        self._log.note("response_url", args=body, answer="ok")
        return PlainTextResponse("ok")

    async def upload(self, request: Request) -> Response:
        """Take a file's bytes."""
        store = self._call({}).workspace.store
        found = store.file(request.path_params["token"])
        if found is None:
            return PlainTextResponse("unknown upload", status_code=404)
        described, token, _ = found
        content = await request.body()
        if request.headers.get("content-type", "").startswith("multipart/"):
            args, _ = await read_arguments(request)
            content = next((one for one in args.values() if isinstance(one, bytes)), b"")
        store.save_file(token, {**described, "size": len(content)}, content)
        return PlainTextResponse(f"OK - {len(content)}")

    async def _answer(self, name: str, request: Request) -> tuple[Json, Json]:
        args: Json = {}
        try:
            args, token = await read_arguments(request)
            self._check_token(name, token)
            call = replace(self._call(args), token=token)
            if name not in WITHOUT_TOKEN | WITH_APP_TOKEN:
                call.administration.check(name, call.workspace.app.scopes)
            return {"ok": True, **METHODS[name](call)}, args
        except SlackError as why:
            return {"ok": False, "error": why.code, **why.extra}, args

    def _check_token(self, name: str, token: str) -> None:
        if name not in METHODS:
            raise SlackError("unknown_method", req_method=name)
        if name in WITHOUT_TOKEN:
            return
        if not token:
            raise SlackError("not_authed")
        if not token.startswith(MADE_UP):  # a real token must not come here
            raise SlackError("invalid_auth")
        if name in WITH_APP_TOKEN:
            if token != self._app_token:
                raise SlackError(_wrong_kind(token, APP_TOKENS))
        elif token == self._app_token:
            raise SlackError("not_allowed_token_type")
        elif self._tokens.team(token) != TEAM_ID and name not in OF_ANY_TEAM:
            raise SlackError("team_access_not_granted")


def _wrong_kind(token: str, kind: str) -> str:
    return "invalid_auth" if token.startswith(kind) else "not_allowed_token_type"


def without_secrets(said: Json) -> Json:
    """Give what was said without what must stand in no log."""
    return {name: "…" if name in SECRET and value else value for name, value in said.items()}
