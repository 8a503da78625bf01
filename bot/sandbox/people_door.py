"""The door for people: everything the page does, as an HTTP API that a script can use as well."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.administration import Administering
from bot.sandbox.asked import Asked, read
from bot.sandbox.doing import Doing
from bot.sandbox.live import Live
from bot.sandbox.reading import Reading
from bot.sandbox.refusals import Refused, SlackError
from bot.sandbox.workspace import Workspace

Answerer = Callable[[Asked], Awaitable[Any]]


def people_routes(
    workspace: Workspace,
    *,
    doing: Doing,
    reading: Reading,
    live: Live,
    administering: Administering,
) -> list[Route]:
    """List the routes under /sandbox."""
    table: list[tuple[str, str, Answerer]] = [
        ("POST", "command", doing.command),
        ("POST", "click", doing.click),
        ("POST", "submit", doing.submit),
        ("POST", "close", doing.close),
        ("POST", "shortcut", doing.shortcut),
        ("POST", "message", doing.message),
        ("POST", "options", doing.options),
        ("POST", "read", doing.mark_read),
        ("GET", "messages", reading.messages),
        ("GET", "views", reading.views),
        ("GET", "home", reading.home),
        ("GET", "people", reading.people),
        ("GET", "channels", reading.channels),
        ("GET", "log", reading.log),
        ("GET", "workspace", reading.workspace),
        ("GET", "complete", reading.complete),
        ("GET", "clock", live.clock),
        ("POST", "clock", live.move_clock),
        ("GET", "faults", live.faults),
        ("POST", "faults", live.ask_fault),
        ("POST", "administer", administering.administer),
    ]
    routes = [_route(workspace, method, name, answer) for method, name, answer in table]
    return [*routes, Route("/sandbox/events", live.stream, methods=["GET"])]


def _route(workspace: Workspace, method: str, name: str, answer: Answerer) -> Route:
    async def answered(request: Request) -> Response:
        try:
            return JSONResponse(await answer(await read(workspace, request)))
        except Refused as why:
            return JSONResponse({"error": why.sentence}, status_code=why.status)
        except SlackError as why:
            return JSONResponse({"error": f"Refused: {why.code}."}, status_code=400)

    return Route(f"/sandbox/{name}", answered, methods=[method])
