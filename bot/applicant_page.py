"""The page at which a desk officer reads who asked: /applicant/SECRET, once.

To look at the address shows nothing and uses nothing up, for programs look at addresses too: Slack
does, to show what is behind one. Only the button on the page does, and the look is written down.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from starlette.routing import Route

from bot import wording
from bot.plain_page import plain_page
from workflow.casework.errors import Refusal
from workflow.services import reveal
from workflow.store.unit_of_work import DATABASE_TROUBLE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from bot.desk import Desk

GONE, UNAVAILABLE = 404, 503


def applicant_routes(desk: Desk) -> list[Route]:
    """Make the page: to be looked at, and to be opened."""

    async def look(request: Request) -> Response:
        try:
            found = await desk.ask(reveal.waiting, desk.office, request.path_params["secret"])
        except DATABASE_TROUBLE:
            return plain_page(f"<p>{wording.TRY_LATER}</p>", UNAVAILABLE)
        if found is None:
            return _nothing_here()
        return plain_page(
            f"<p>Who asked for {escape(found.reference)} is shown once. That you looked, and why, "
            f"is kept: “{escape(found.why)}”.</p>"
            '<form method="post"><button>Show who asked</button></form>'
        )

    async def show(request: Request) -> Response:
        try:
            found = await desk.ask(reveal.opened, desk.office, request.path_params["secret"])
        except DATABASE_TROUBLE:
            return plain_page(f"<p>{wording.TRY_LATER}</p>", UNAVAILABLE)
        except Refusal:
            return _nothing_here()
        if found is None:
            return _nothing_here()
        who = found.applicant
        told = f"{who.name}\n{who.address}" if who else wording.NO_APPLICANT
        return plain_page(f"<h1>{escape(found.reference)}</h1><pre>{escape(told)}</pre>")

    path = f"/{reveal.FOLDER}/{{secret}}"
    return [Route(path, look, methods=["GET"]), Route(path, show, methods=["POST"])]


def _nothing_here() -> Response:
    return plain_page(
        "<p>There is nothing to see here any more. Ask again: /foi applicant REF REASON</p>",
        GONE,
    )
