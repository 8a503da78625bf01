"""The web door: Slack's signed requests, and a page that says the process is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import ids

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from starlette.requests import Request

LONGEST_BODY = 1_000_000  # Slack's own payloads stay far below


def create_web(app: AsyncApp, *, by_socket: bool = False) -> Starlette:
    """Make the web application: POST to SLACK_PATH unless Slack comes by socket, GET /health."""
    handler = AsyncSlackRequestHandler(app)

    async def slack(request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LONGEST_BODY:
            return PlainTextResponse("Slack says how long its requests are.", status_code=413)
        return await handler.handle(request)

    async def health(_request: Request) -> Response:
        return JSONResponse({"ok": True})

    routes = [Route("/health", health, methods=["GET"])]
    if not by_socket:
        routes.append(Route(ids.SLACK_PATH, slack, methods=["POST"]))
    return Starlette(routes=routes)
