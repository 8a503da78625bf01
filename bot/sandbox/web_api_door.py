"""The door of the Web API: reads a call, checks its token, lets faults happen, and answers."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.arguments import read_arguments
from bot.sandbox.guard import is_loopback
from bot.sandbox.json_values import Json
from bot.sandbox.log import Log
from bot.sandbox.refusals import SlackError
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.web_api import METHODS, Call

WITH_APP_TOKEN = frozenset({"apps.connections.open"})
WITHOUT_TOKEN = frozenset({"oauth.v2.access", "api.test"})


class WebApiDoor:
    """Routes of everything that an app calls."""

    def __init__(
        self,
        *,
        call: Callable[[Json], Call],
        response_urls: ResponseUrls,
        log: Log,
        bot_token: str,
        app_token: str,
    ) -> None:
        self._call = call
        self._response_urls = response_urls
        self._log = log
        self._bot_token = bot_token
        self._app_token = app_token

    def routes(self) -> list[Route]:
        """List the routes."""
        return [
            Route("/api/{method}", self.method, methods=["GET", "POST"]),
            Route("/respond/{token}", self.respond, methods=["POST"]),
            Route("/upload/{token}", self.upload, methods=["POST", "PUT"]),
            Route("/oauth/v2/authorize", self.authorize, methods=["GET"]),
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
        self._log.note("call", method=name, args=args, answer=answer)
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

    async def authorize(self, request: Request) -> Response:
        """Install the app at once: there is nothing to ask, everyone here is made up."""
        store = self._call({}).workspace.store
        back = request.query_params.get("redirect_uri", "")
        if not is_loopback(urlsplit(back).netloc):
            return PlainTextResponse(
                "redirect_uri must be on this machine (http://127.0.0.1…).", status_code=400
            )
        code = f"code-{store.next_number('oauth')}"
        store.set_counter(f"oauth:{code}", "issued")
        state = request.query_params.get("state", "")
        joint = "&" if "?" in back else "?"
        return RedirectResponse(f"{back}{joint}code={code}&state={state}")

    async def _answer(self, name: str, request: Request) -> tuple[Json, Json]:
        args: Json = {}
        try:
            args, token = await read_arguments(request)
            self._check_token(name, token)
            call = self._call(args)
            if token == self._bot_token:
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
        if not token.startswith(("xoxb-dev-", "xapp-dev-")):  # a real token must not come here
            raise SlackError("invalid_auth")
        wanted = self._app_token if name in WITH_APP_TOKEN else self._bot_token
        if token != wanted:
            other = token in {self._app_token, self._bot_token}
            raise SlackError("not_allowed_token_type" if other else "invalid_auth")
