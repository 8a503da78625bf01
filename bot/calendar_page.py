"""The page of calendar feeds: /calendar/SECRET.ics, for calendar programs, which look again often.

A wrong secret, a revoked one and one that never was are answered alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import wording
from workflow.services import feeds
from workflow.store.unit_of_work import DATABASE_TROUBLE

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.desk import Desk

NOT_CHANGED, NOT_FOUND, UNAVAILABLE = 304, 404, 503
# The address is a secret: it is to stand in no cache of others, no search and no link onward.
HEADERS = {
    "cache-control": "private, max-age=300",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def calendar_routes(desk: Desk) -> list[Route]:
    """Make the page at which feeds are fetched."""

    async def feed(request: Request) -> Response:
        try:
            found = await desk.ask(feeds.served, desk.office, request.path_params["secret"])
        except DATABASE_TROUBLE:
            headers = {"retry-after": "60"}
            return PlainTextResponse(wording.TRY_LATER, UNAVAILABLE, headers)
        if found is None:
            return PlainTextResponse(wording.NO_CALENDAR, NOT_FOUND)
        headers = HEADERS | {"etag": found.tag}
        if _is_known(request.headers.get("if-none-match", ""), found.tag):
            return Response(status_code=NOT_CHANGED, headers=headers)
        return Response(found.body, media_type="text/calendar", headers=headers)

    path = f"/{feeds.FOLDER}/{{secret}}.ics"
    return [Route(path, feed, methods=["GET"])]


def _is_known(header: str, tag: str) -> bool:
    """Read If-None-Match: tags with or without the sign of a weak one, or a star for any."""
    known = {one.strip().removeprefix("W/") for one in header.split(",")}
    return tag in known or "*" in known
