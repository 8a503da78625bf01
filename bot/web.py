"""The web door: Slack's signed requests, and a page that says the process is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import ids, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from slack_bolt.async_app import AsyncApp
    from starlette.requests import Request

    from bot.connections import Signs

log = structlog.get_logger(__name__)

LONGEST_BODY = 1_000_000  # Slack's own payloads stay far below

LONGEST_MOMENT = 12  # digits, of seconds since 1970

# What Bolt raises for a body that is not Slack's: it reads a body before it looks at the signature,
# and trusts its shape. What a listener raises does not come here: see `listeners.edge`.
UNREADABLE = (AttributeError, LookupError, RecursionError, TypeError, ValueError)


def create_web(
    app: AsyncApp,
    *,
    by_socket: bool = False,
    signs: Callable[[], Signs | None] = lambda: None,
    pages: Sequence[Route] = (),
) -> Starlette:
    """Make the web application: POST to SLACK_PATH unless Slack comes by socket, GET /health.

    /health tells the `signs` of Socket Mode's connections. `pages` are further ones.
    """
    handler = AsyncSlackRequestHandler(app)

    async def slack(request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LONGEST_BODY:
            return PlainTextResponse("Slack says how long its requests are.", status_code=413)
        if not _could_be_signed(request.headers):
            return PlainTextResponse("This is not signed as Slack signs.", status_code=401)
        try:
            return await handler.handle(request)
        except UNREADABLE as error:
            log.warning("a request that Slack cannot have sent", why=type(error).__name__)
            return PlainTextResponse(wording.NOT_SLACK, status_code=400)

    async def health(_request: Request) -> Response:
        told = signs()
        connections = {"connections": told._asdict()} if told else {}
        return JSONResponse({"ok": True, **connections})

    routes = [Route("/health", health, methods=["GET"]), *pages]
    if not by_socket:
        routes.append(Route(ids.SLACK_PATH, slack, methods=["POST"]))
    return Starlette(routes=routes)


def _could_be_signed(headers: Mapping[str, str]) -> bool:
    """Say whether the headers have the form of a signature; Bolt would trip over another."""
    at, signature = (
        headers.get(f"x-slack-{name}", "") for name in ("request-timestamp", "signature")
    )
    return at.isascii() and at.isdecimal() and len(at) <= LONGEST_MOMENT and signature.isascii()
